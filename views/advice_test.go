package views

import (
	"slices"
	"strings"
	"testing"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

// The page for everyone knows nobody: it quotes no answer, and who leaves the advice
// out stands before how to start.
func TestPublicAdvice(t *testing.T) {
	e := full(t)
	for i := range e.Book.Advice {
		a := &e.Book.Advice[i]
		page := NewAdvicePage(Page{Edition: e}, a)
		doc := parse(t, page)
		body := text(doc.Find("main"))
		for _, personal := range []string{"You told us", "Why you", "For you:", "/r/"} {
			if strings.Contains(body, personal) {
				t.Errorf("%s says %q to everyone", a.Key, personal)
			}
		}
		leave, start := strings.Index(body, "Who leaves this out, or asks first"), strings.Index(body, "How to start")
		if leave < 0 || start < leave || !strings.Contains(body, a.NotIf[:20]) {
			t.Errorf("%s: who leaves it out does not stand first", a.Key)
		}
		if always := text(doc.Find(".mind strong")); a.Always != "" && !strings.Contains(always, a.Always) {
			t.Errorf("%s: it leaves out %q", a.Key, a.Always)
		}
		if page.NoIndex || doc.Find("main a[href^='/help']").Length() == 0 {
			t.Errorf("%s is hidden from search engines, or does not lead to help", a.Key)
		}
		if sources := doc.Find(".sources li").Length(); sources != len(a.Sources) || (sources == 0) != (page.Judged != "") {
			t.Errorf("%s: %d sources for %d, and says %q", a.Key, sources, len(a.Sources), page.Judged)
		}
		if !strings.Contains(body, "We last checked this idea on ") {
			t.Errorf("%s does not say when it was checked", a.Key)
		}
	}
}

// Good evidence against something never reads as if it were for it.
func TestPublicAdviceTellsConcernsApart(t *testing.T) {
	e := full(t)
	var got []string
	for _, b := range NewAdvicePage(Page{Edition: e}, e.Book.AdviceByID("R18")).Grades {
		got = append(got, b.Label)
	}
	x := e.Quiz.Question(e.Quiz.Skin.Question)
	for _, want := range []string{
		"Evidence for your skin (" + x.Option("acne").Text + "): limited.",
		"The evidence speaks against this for: " + x.Option("eczema").Text + ".",
		"Evidence for general health: limited.",
	} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
}

// The page of a person says why, fits the advice to them, and leads back.
func TestOwnAdvice(t *testing.T) {
	e := full(t)
	report := assess(e, everyday())
	page := ownAdvice(t, e, everyday(), report.Top[0].ID)
	body := text(parse(t, page).Find("main"))
	for _, want := range []string{
		page.Card.Why, page.Card.Do, page.Card.Plan, page.Notice, page.Unknown,
		"Evidence for your skin: ", "Evidence for general health: ", "Why this grade?", "Back to my results",
	} {
		if want == "" || !strings.Contains(body, strings.Join(strings.Fields(want), " ")) {
			t.Errorf("the page leaves out %q", want)
		}
	}
	if !page.NoIndex || page.Back != "/r/"+resultsKey || strings.Contains(page.Title, page.Card.Title) {
		t.Errorf("not private: title %q, back %q", page.Title, page.Back)
	}
	care := ownAdvice(t, e, worried(), "R43")
	if care.Card.Why == "" || len(care.Topics) == 0 {
		t.Errorf("care-first advice says why: %q, with %d topics", care.Card.Why, len(care.Topics))
	}
}

func TestHeldTodayIsSaidOnTheAdvice(t *testing.T) {
	e := full(t)
	report := assess(e, everyday())
	pick := report.Top[0]
	in := ResultsInput{Report: report, Key: resultsKey, TodayEdition: e, NowHeld: []string{pick.ID}}
	page, _ := NewOwnAdvicePage(Page{Edition: e}, in, pick.Key)
	if got := text(parse(t, page).Find("h1 + .mind")); got != "Leave this out for now. The top of your results says more." {
		t.Errorf("got %q", got)
	}
}

// Nothing that a report holds is on the results page, and none of it has a page.
func TestWhatIsHeldIsNeverShown(t *testing.T) {
	e := full(t)
	people, err := data.LoadPeople(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	held := 0
	people.Each(e, func(p data.Persona, report recommend.Report, err error) {
		if err != nil {
			t.Fatal(err)
		}
		in := ResultsInput{Report: report, Key: resultsKey, TodayEdition: e}
		page := render(t, NewResultsPage(Page{Edition: e}, in))
		for _, hold := range report.Held {
			held++
			key := e.Book.AdviceByID(hold.ID).Key
			if strings.Contains(page, "/advice/"+key+`"`) || strings.Contains(page, `id="tip-`+hold.ID+`"`) {
				t.Errorf("%s: the results show %s, which is held", p.ID, hold.ID)
			}
			if _, ok := NewOwnAdvicePage(Page{Edition: e}, in, key); ok {
				t.Errorf("%s: %s is held and has a page", p.ID, hold.ID)
			}
		}
	})
	if held == 0 {
		t.Error("nobody has anything held, so nothing was tested")
	}
}

func TestAdviceThatIsNotThere(t *testing.T) {
	e := full(t)
	in := ResultsInput{Report: recommend.Report{}, Key: resultsKey, TodayEdition: e}
	if _, ok := NewOwnAdvicePage(Page{Edition: e}, in, "made_up"); ok {
		t.Error("made-up advice has a page")
	}
}

func TestGoldenAdvice(t *testing.T) {
	e := small(t)
	golden(t, "advice", ownAdvice(t, e, with(answered(), quiz.Answers{"evening": quiz.Pick("late"), "skin": quiz.Pick("spots")}), "R1"))
	golden(t, "advice-public", NewAdvicePage(Page{Edition: e}, e.Book.AdviceByID("R2")))
}
