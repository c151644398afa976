package views

import (
	"slices"
	"strings"
	"testing"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

// whatIf is the page for trying answers out, with these tried and these left out.
func whatIf(t *testing.T, e *data.Edition, answers, changes quiz.Answers, without ...string) WhatIfPage {
	t.Helper()
	in := WhatIfInput{Key: "KEY", Report: assess(e, answers), Without: map[string]bool{}, Answers: changes}
	for _, id := range without {
		in.Without[id] = true
	}
	if changes != nil {
		tried, err := recommend.Try(e.Quiz, e.Book, in.Report, changes)
		if err != nil {
			t.Fatal(err)
		}
		tried.Edition = e.Hash
		in.Tried = &tried
	}
	return NewWhatIfPage(Page{Edition: e, Path: "/here"}, in)
}

// missedWhatIf came back with a number that is none, and an answer that cannot be tried.
func missedWhatIf(e *data.Edition) WhatIfPage {
	return NewWhatIfPage(Page{Edition: e, Path: "/here"}, WhatIfInput{
		Key: "KEY", Report: assess(e, everyday()), Updated: true, Answers: quiz.Answers{"drinks": quiz.Num(9)}, Refused: []string{"drinks"},
		Sent: map[string]Sent{"sleep_hours": {Typed: "lots", Fault: &quiz.Fault{Question: "sleep_hours", Kind: quiz.NotANumber}}},
	})
}

// revised is a report of an older check: it gave other points, showed an idea that
// today's does not know, and lacked one that today's shows.
func revised(e *data.Edition) ResultsPage {
	now := assess(e, everyday())
	old := assess(e, everyday())
	old.Edition = "sha256:old"
	old.Scores, old.Receipt = slices.Clone(old.Scores), slices.Clone(old.Receipt)
	figures := *old.Scores[2].Figures
	figures.Value, figures.Low, figures.High = 35, 35, 35
	old.Scores[2].Figures = &figures
	for i := range old.Receipt {
		if old.Receipt[i].Question == "sleep_hours" {
			points := 0
			old.Receipt[i].Points = &points
		}
	}
	old.Scores[3] = quiz.Score{Pillar: "hydration", State: quiz.Incomplete, Missing: []string{"drinks"}}
	old.Top = old.Top[1:]
	return NewResultsPage(Page{Edition: e}, ResultsInput{
		Report: old, Key: "KEY", KeptUntil: taken, TodayEdition: e,
		Reworked: &recommend.Reworked{Report: now, Was: old.Edition, Dropped: []string{"extras"}},
	})
}

func TestWhatIfLines(t *testing.T) {
	page := results(full(t), everyday())
	if page.Moves == nil || len(page.Moves.Lines) != 3 {
		t.Fatalf("results show %+v, want 3 steps", page.Moves)
	}
	var got []string
	for _, line := range whatIf(t, full(t), everyday(), nil).Shown {
		got = append(got, line.If+": "+line.Goes)
	}
	for _, want := range []string{
		"If you usually sleep 7 hours in 24 hours (now: 6.5): Sleep from 58 to 78 (“Part-way there” to “Mostly in place”) and all together from 44 to 49",
		"If you felt tense or on edge some of the time in the last 30 days (now: Most of the time): Stress from 40 to 50",
	} {
		if !slices.ContainsFunc(got, func(line string) bool { return strings.HasPrefix(line, want) }) {
			t.Errorf("no step begins with %q in %q", want, got)
		}
	}
}

func TestWhatIfTicks(t *testing.T) {
	e := full(t)
	all, left := whatIf(t, e, everyday(), nil), whatIf(t, e, everyday(), nil, "sleep_hours")
	for _, line := range append(left.Shown, left.More...) {
		if strings.Contains(line.If, "usually sleep") {
			t.Errorf("what cannot be changed is still offered: %q", line.If)
		}
	}
	if len(all.Fixed) != len(left.Fixed) {
		t.Errorf("%d ticks before and %d after: one cannot be taken back", len(all.Fixed), len(left.Fixed))
	}
	if n := parse(t, left).Find("#fixed-sleep_hours[checked]").Length(); n != 1 || parse(t, all).Find("[name=without][checked]").Length() > 0 {
		t.Errorf("the ticks are not as they were sent: %d", n)
	}
}

// Every question that may be tried is asked with today's answer.
func TestWhatIfAsks(t *testing.T) {
	e := full(t)
	report := assess(e, everyday())
	doc := parse(t, whatIf(t, e, everyday(), nil))
	for _, id := range recommend.Tryable(e.Quiz, e.Book, report) {
		if doc.Find("[name=asked][value~='"+id+"']").Length() != 1 {
			t.Errorf("%s is not asked", id)
		}
		for _, value := range report.Answers[id].Picked {
			if doc.Find("[name='"+id+"'][value='"+value+"'][checked]").Length() != 1 {
				t.Errorf("%s does not start with %s", id, value)
			}
		}
	}
	if got := doc.Find("[name='sleep_hours.n']").AttrOr("value", ""); got != "6.5" {
		t.Errorf("hours of sleep start with %q", got)
	}
	hidden := parse(t, whatIf(t, e, worried(), nil))
	for _, id := range []string{"plants", "drinks"} {
		if hidden.Find("[name^='"+id+"']").Length() > 0 {
			t.Errorf("%s of a hidden score is asked", id)
		}
	}
}

func TestWhatIfTried(t *testing.T) {
	e := full(t)
	page := whatIf(t, e, everyday(), quiz.Answers{"sleep_hours": quiz.Num(8), "plants": quiz.Pick("p0_9"), "unwind": quiz.Pick("d3_4")})
	got := map[string]string{}
	for _, line := range page.Tried.Scores {
		got[line.Name] = strings.Join(line.Lines, " | ")
	}
	for name, want := range map[string]string{
		"Sleep":    "Today: 58, Part-way there | Tried: 78, Mostly in place | Up by 20",
		"Drinking": "Today: 75, Mostly in place | Tried: 75, Mostly in place | About the same",
	} {
		if got[name] != want {
			t.Errorf("%s: got %q, want %q", name, got[name], want)
		}
	}
	if len(page.Tried.Changed) != 3 || strings.Join(page.Tried.Changed[2].Lines, " | ") != "Today: 6.5 | Tried: 8" {
		t.Errorf("changed: got %v", page.Tried.Changed)
	}
	down := whatIf(t, e, everyday(), quiz.Answers{"sleep_hours": quiz.Num(3)}).Tried.Scores[2].Lines
	if down[2] != "Down by 20" {
		t.Errorf("got %q", down)
	}
}

// A warning that the trial raises comes before everything else of it, and then no
// number is shown where none may be.
func TestWhatIfWarns(t *testing.T) {
	doc := parse(t, whatIf(t, full(t), everyday(), quiz.Answers{"stress_cope": quiz.Pick("unsafe")}))
	if doc.Find("#tried > :first-child.care.emergency .lines li").Length() < 2 {
		t.Errorf("help does not come first: %q", text(doc.Find("#tried > :first-child")))
	}
	if doc.Find("#tried dl").Length() > 0 || strings.Contains(text(doc.Find("#tried")), "cannot cope") {
		t.Error("a number is shown beside an emergency, or the answer is read back")
	}
}

// Nothing is offered where numbers are withheld or help comes first.
func TestWhatIfIsNotOffered(t *testing.T) {
	e := full(t)
	for name, c := range map[string]struct {
		answers      quiz.Answers
		acknowledged []string
	}{
		"unsafe":    {inCrisis(), []string{"S05"}},
		"emergency": {with(everyday(), quiz.Answers{"urgent": quiz.Pick("gut_emergency")}), []string{"S04"}},
		"under 18":  {with(everyday(), quiz.Answers{"age": quiz.Pick("u18")}), nil},
	} {
		page := results(e, c.answers, c.acknowledged...)
		if page.Moves != nil || strings.Contains(render(t, page), "what-if") {
			t.Errorf("%s: steps are offered", name)
		}
	}
	for _, line := range whatIf(t, e, worried(), nil).Shown {
		if strings.Contains(line.Goes, "Eating") || strings.Contains(line.Goes, "Drinking") || strings.Contains(line.Goes, "all together") {
			t.Errorf("a hidden score would move: %q", line.Goes)
		}
	}
}

func TestWhatIfComesBack(t *testing.T) {
	doc := parse(t, missedWhatIf(full(t)))
	if doc.Find("details[open] [name='sleep_hours.n'][value=lots][aria-invalid=true]").Length() != 1 {
		t.Error("what was typed is lost, or stands behind a closed part")
	}
	if doc.Find("details[open] [name='drinks.n'][value='9']").Length() != 1 {
		t.Error("the answer that cannot be tried is lost")
	}
	if got := text(doc.Find("[id='drinks-error']")); got != "Error: Leave “Glasses or mugs a day” as it is. A safety notice rests on these answers" {
		t.Errorf("got %q", got)
	}
}

func TestSince(t *testing.T) {
	e := full(t)
	since := revised(e).Since
	if since == nil {
		t.Fatal("nothing is said of a check that has changed")
	}
	want := []SinceScore{
		{"Sleep: 35 (A place to start) then, 58 (Part-way there) today.", "These count in another way today: Hours of sleep."},
		{"Drinking: no score then, 75 today.", ""},
	}
	if !slices.Equal(since.Scores, want) {
		t.Errorf("got %q, want %q", since.Scores, want)
	}
	if len(since.Came) != 1 || !strings.Contains(since.Came[0], ". You told us that ") || len(since.Went) != 0 || since.Unread != "Usual week" {
		t.Errorf("came %q, went %q, unread %q", since.Came, since.Went, since.Unread)
	}
	same := assess(e, everyday())
	quiet := NewResultsPage(Page{Edition: e}, ResultsInput{Report: same, Key: "KEY", TodayEdition: e, Reworked: &recommend.Reworked{Report: same, Was: "sha256:old"}})
	if quiet.Since != nil {
		t.Errorf("nothing differs, and the page says %+v", quiet.Since)
	}
	if parse(t, revised(e)).Find("details[open]").Length() > 0 {
		t.Error("the note is not quiet")
	}
}
