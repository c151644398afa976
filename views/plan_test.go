package views

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

// planned is a plan with the first ideas of a report, from a Monday.
func planned(e *data.Edition, a quiz.Answers, ideas ...string) PlanInput {
	report := assess(e, a)
	in := PlanInput{
		Results: ResultsInput{Report: report, Key: resultsKey, TodayEdition: e, Planned: true},
		Plan:    recommend.Plan{ID: "p1", Start: "2026-06-01"}, Today: "2026-06-03",
	}
	if len(ideas) == 0 {
		ideas = report.Shown()[:3]
	}
	for i, id := range ideas {
		in.Plan.Actions = append(in.Plan.Actions, recommend.Action{
			Advice: id, Days: []time.Weekday{time.Monday, time.Wednesday}, At: []string{"breakfast", "19:30", ""}[i],
		})
	}
	return in
}

func planScreens(t *testing.T, e *data.Edition, list map[string]screen) {
	t.Helper()
	p := Page{Edition: e, Path: "/here"}
	in := planned(e, everyday())
	in.Plan.Tick("2026-06-01", in.Plan.Actions[0].Advice, true)
	list["plan"] = NewPlanPage(p, in)
	over := in
	over.Today, over.LookedAt, over.Held = "2026-07-01", "2026-06-20", []string{in.Plan.Actions[1].Advice}
	over.Plan.Actions = append(over.Plan.Actions[:2:2], recommend.Action{Advice: "R999", Days: []time.Weekday{0, 1, 2, 3, 4, 5, 6}, IfThen: hostile})
	list["plan, over"] = NewPlanPage(p, over)
	over.Held = []string{in.Plan.Actions[0].Advice, in.Plan.Actions[1].Advice, "R999"}
	list["plan, all held"] = NewPlanPage(p, over)
	crisis := in
	crisis.Results.Report = assess(e, inCrisis())
	list["plan, crisis"] = NewPlanPage(p, crisis)
	list["plan, ideas"] = NewPlanIdeasPage(p, in, []string{in.Plan.Actions[0].Advice}, "")
	list["plan, no idea"] = NewPlanIdeasPage(p, in, nil, recommend.NoAction)
	list["plan, too many ideas"] = NewPlanIdeasPage(p, in, in.Results.Report.Shown(), recommend.TooManyOf)
	list["plan, no ideas in a crisis"] = NewPlanIdeasPage(p, crisis, nil, recommend.NoAction)
	sent := PlanSent{Day: "1", Month: "6", Year: "2026"}
	for _, a := range in.Plan.Actions {
		sent.Ideas = append(sent.Ideas, IdeaSent{Action: a})
	}
	list["plan, form"] = NewPlanFormPage(p, in, sent)
	for _, faults := range [][2]recommend.PlanFault{
		{recommend.TextLong, recommend.DatePast}, {recommend.TextOdd, recommend.DateFar}, {recommend.NoDay, recommend.BadDate},
		{recommend.BadDay, ""}, {recommend.BadTime, ""}, {recommend.NotShown, ""}, {recommend.AdviceHeld, ""}, {recommend.Twice, ""},
	} {
		wrong := sent
		wrong.Faults = []recommend.PlanProblem{{Kind: faults[0], Action: 0}, {Kind: faults[0], Action: 1}, {Kind: faults[1], Action: -1}}
		list["plan, form, "+string(faults[0])] = NewPlanFormPage(p, in, wrong)
	}
	list["plan, remove"] = NewRemovePlanPage(p, resultsKey)
	checkInScreens(t, p, in, list)
}

func checkInScreens(t *testing.T, p Page, in PlanInput, list map[string]screen) {
	t.Helper()
	e, report := p.Edition, in.Results.Report
	var asked []quiz.Visit
	var ids []string
	back := map[string]Sent{}
	behind := recommend.CheckIn(e.Quiz, e.Book, report, in.Plan)
	for _, v := range e.Quiz.Walk(report.Answers).Steps {
		for _, id := range behind {
			if id == v.Question.ID {
				v.Answered = false
				asked, ids = append(asked, v), append(ids, id)
				back[id] = Sent{Fault: &quiz.Fault{Question: id, Kind: quiz.NothingGiven}}
			}
		}
	}
	if len(asked) == 0 {
		t.Fatal("the plan asks nothing")
	}
	list["check-in"] = NewCheckInPage(p, in, asked, nil)
	list["check-in, missed"] = NewCheckInPage(p, in, asked, back)
	list["check-in, nothing"] = NewCheckInPage(p, in, nil, nil)
	list["checked in, the same"] = NewCheckedInPage(p, CheckedInInput{Plan: in, Day: "2026-06-15", Now: report, Asked: ids})
	worse := assess(e, inCrisis())
	var care []recommend.Notice
	for _, n := range worse.Care {
		if n.Level != recommend.Care {
			care = append(care, n)
		}
	}
	list["checked in, crisis"] = NewCheckedInPage(p, CheckedInInput{Plan: in, Day: "2026-06-15", Now: worse, News: care, Asked: ids})
	other := assess(e, worried())
	list["checked in, worried"] = NewCheckedInPage(p, CheckedInInput{Plan: in, Day: "2026-06-15", Now: other, Care: other.Care, Asked: ids})
}

const hostile = "If </textarea><script>alert(1)</script>, then \u200fx; BEGIN:VEVENT"

func TestPlanPageSaysWhatIsDue(t *testing.T) {
	e := full(t)
	in := planned(e, everyday())
	first := in.Plan.Actions[0].Advice
	in.Plan.Actions[0].IfThen = hostile
	in.Plan.Tick("2026-06-03", first, true)
	doc := parse(t, NewPlanPage(Page{Edition: e}, in))
	if got := doc.Find("fieldset").Length(); got != 4 {
		t.Errorf("%d days have something due, want 4", got)
	}
	if got, want := text(doc.Find("#today legend")), "Wednesday, 3 June 2026 (today)"; got != want {
		t.Errorf("today: got %q, want %q", got, want)
	}
	if got, want := text(doc.Find("#progress")), "1 of 12 done. Any day counts."; got != want {
		t.Errorf("progress: got %q, want %q", got, want)
	}
	ticked := doc.Find("input[checked]")
	if got, want := ticked.AttrOr("value", ""), "2026-06-03 "+first; ticked.Length() != 1 || got != want {
		t.Errorf("%d ticks, the first %q; want %q", ticked.Length(), got, want)
	}
	if got := doc.Find(".plan bdi").First().Text(); got != hostile {
		t.Errorf("the sentence reads %q, want it as it was written", got)
	}
}

// Of an idea that a safety rule holds, a plan shows its name and why, and nothing to do.
func TestPlanPageOfAHeldIdea(t *testing.T) {
	e := full(t)
	in := planned(e, everyday())
	in.Plan.Actions[0].IfThen = "If it is held, then nobody reads this."
	in.Held = []string{in.Plan.Actions[0].Advice}
	body := render(t, NewPlanPage(Page{Edition: e}, in))
	if !strings.Contains(body, "Leave this out for now.") || strings.Contains(body, "nobody reads this") || strings.Contains(body, " "+in.Held[0]+`"`) {
		t.Error("a held idea is still planned")
	}
	if got := len(NewPlanCalendar(Page{Edition: e}, in).Actions); got != 2 {
		t.Errorf("the calendar has %d ideas, want 2", got)
	}
	doc := parse(t, NewPlanIdeasPage(Page{Edition: e}, in, nil, ""))
	if doc.Find("input[value='"+in.Held[0]+"']").Length() > 0 {
		t.Error("a held idea is on offer")
	}
	if n := doc.Find("input").Length(); n != len(in.Results.Report.Shown())-1 {
		t.Errorf("%d ideas are on offer, want all that are shown but one", n)
	}
}

// Nothing is ticked before somebody ticks it, and each fault leads to its field.
func TestPlanForm(t *testing.T) {
	e := full(t)
	in := planned(e, everyday())
	if n := parse(t, NewPlanIdeasPage(Page{Edition: e}, in, nil, "")).Find("input[checked]").Length(); n > 0 {
		t.Errorf("%d ideas are chosen already", n)
	}
	sent := PlanSent{Day: "31", Month: "2", Year: "2026", Faults: []recommend.PlanProblem{
		{Kind: recommend.BadDate, Action: -1}, {Kind: recommend.AdviceHeld, Action: 1}, {Kind: recommend.NoDay, Action: 0}, {Kind: recommend.BadTime, Action: 0},
	}}
	for _, a := range in.Plan.Actions[:2] {
		sent.Ideas = append(sent.Ideas, IdeaSent{Action: recommend.Action{Advice: a.Advice, IfThen: hostile}, Time: "soon"})
	}
	doc := parse(t, NewPlanFormPage(Page{Edition: e}, in, sent))
	var got []string
	doc.Find("#problem a").Each(func(_ int, s *goquery.Selection) { got = append(got, s.AttrOr("href", "")) })
	if want := "#i1day1 #i1time #i2 #start-day"; strings.Join(got, " ") != want {
		t.Errorf("the summary leads to %q, want %q", got, want)
	}
	if got := doc.Find("textarea").Text(); got != hostile {
		t.Errorf("the sentence came back as %q", got)
	}
	if doc.Find("textarea").Length() != 1 || doc.Find("input[name=idea]").Length() != 1 {
		t.Error("a held idea can still be planned")
	}
	if doc.Find("#start-day").AttrOr("value", "") != "31" || doc.Find("#i1time").AttrOr("value", "") != "soon" {
		t.Error("what was typed is lost")
	}
}

// A link to the plan stands on results, but not where getting help comes first, and
// not for who may only look.
func TestLinkToThePlan(t *testing.T) {
	e := full(t)
	for _, c := range []struct {
		name string
		in   ResultsInput
		want string
	}{
		{"none yet", ResultsInput{Report: assess(e, everyday())}, "Make a plan with these ideas"},
		{"there is one", ResultsInput{Report: assess(e, everyday()), Planned: true}, "Open my two-week plan"},
		{"view only", ResultsInput{Report: assess(e, everyday()), ViewOnly: true}, ""},
		{"crisis", ResultsInput{Report: assess(e, inCrisis())}, ""},
	} {
		c.in.Key, c.in.TodayEdition = resultsKey, e
		doc := parse(t, NewResultsPage(Page{Edition: e}, c.in))
		if got := text(doc.Find("a[href$='/plan']")); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
