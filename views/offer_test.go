package views

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

// offering is the built-in content with something to offer.
func offering(t *testing.T) *data.Edition {
	t.Helper()
	return branded(t, `title: "" `, "title: My guide ", `text: "" `, "text: 30 simple meals. ", `link: "" `, "link: https://ashley.example/guide ",
		"changed: []", "changed: [diet, sleep]").Edition("")
}

// well is somebody whom no safety rule concerns.
func well() quiz.Answers {
	return with(everyday(), quiz.Answers{"medicines": quiz.Pick("none"), "eating_pattern": quiz.Pick("none"), "gut_feel": quiz.Pick("never"), "stool": quiz.Pick("ok"), "skin": quiz.Pick("none")})
}

// The offer stands once, behind the results and all they lead to.
func TestOffer(t *testing.T) {
	e := offering(t)
	doc := parse(t, results(e, well()))
	offer := doc.Find("#offer")
	if offer.Length() != 1 {
		t.Fatalf("%d offers, want 1", offer.Length())
	}
	want := "From Ashley, who runs this check My guide 30 simple meals. This is not part of your results. None of your answers go with you. Open it on ashley.example"
	if got := text(offer); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if offer.NextAll().Length() != 1 || offer.Closest(".care, .tips, form").Length() > 0 {
		t.Error("the offer does not stand last but for what the results are")
	}
	if rel, _ := offer.Find("a").Attr("rel"); rel != "noreferrer" {
		t.Errorf("the link has rel %q", rel)
	}
	if doc := parse(t, results(full(t), well())); doc.Find("#offer").Length() > 0 {
		t.Error("an offer is shown where there is none")
	}
}

// Whoever is told to take care of anything, or may not be at ease, is offered nothing.
func TestNoOfferBesideCare(t *testing.T) {
	e := offering(t)
	one := func(question string, options ...string) quiz.Answers {
		return with(well(), quiz.Answers{question: quiz.Pick(options...)})
	}
	cases := map[string]quiz.Answers{"worried": worried(), "in a crisis": inCrisis()}
	for i := range e.Quiz.Questions {
		x := &e.Quiz.Questions[i]
		for _, o := range x.Options {
			cases[fmt.Sprintf("%s %s", x.ID, o.ID)] = one(x.ID, o.ID)
		}
	}
	shown := 0
	for name, answers := range cases {
		doc := parse(t, results(e, answers))
		offered := doc.Find("#offer").Length() > 0
		if concerned := doc.Find(".care, #left-out, .crisis").Length() > 0; concerned == offered {
			t.Errorf("%s: something asks for care %v, and there is an offer %v", name, concerned, offered)
		}
		if offered {
			shown++
		}
	}
	if shown == 0 || shown == len(cases) {
		t.Errorf("%d of %d people see the offer, which proves nothing", shown, len(cases))
	}
}

func TestNoOfferElsewhere(t *testing.T) {
	e := offering(t)
	report := assess(e, well())
	for name, page := range map[string]ResultsPage{
		"a view-only link": NewResultsPage(Page{Edition: e, ViewOnly: true}, ResultsInput{Report: report, Key: resultsKey, TodayEdition: e, ViewOnly: true}),
		"a crisis":         NewResultsPage(Page{Edition: e, CrisisHelp: true}, ResultsInput{Report: report, Key: resultsKey, TodayEdition: e}),
		"older results":    NewResultsPage(Page{Edition: e}, ResultsInput{Report: report, Key: resultsKey, TodayEdition: e, Visits: Visits{At: make([]time.Time, 2), Nth: 1}}),
		"what is new":      NewResultsPage(Page{Edition: e}, ResultsInput{Report: report, Key: resultsKey, TodayEdition: e, Today: []recommend.Notice{{ID: "S06", Level: recommend.Urgent}}}),
	} {
		if page.Offer != nil {
			t.Errorf("%s: there is an offer", name)
		}
	}
}

func TestChangedWordsAreNamed(t *testing.T) {
	const want = "Ashley changed words about: "
	e := offering(t)
	for name, doc := range map[string]*goquery.Document{"results": parse(t, results(e, well())), "scoring": parse(t, NewScoringPage(Page{Edition: e}))} {
		if got := text(doc.Find("main")); !strings.Contains(got, want) {
			t.Errorf("%s: %q is missing", name, want)
		}
	}
}
