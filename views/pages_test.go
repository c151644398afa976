package views

import (
	"slices"
	"strings"
	"testing"

	"gutskin/quiz"
)

func TestStartPage(t *testing.T) {
	e := full(t)
	doc := parse(t, NewStartPage(Page{Edition: e}, Underway{}))
	if got := text(doc.Find("main .btn")); got != "Start now" || doc.Find("main .btn[href='/quiz']").Length() != 1 {
		t.Errorf("the one button says %q", got)
	}
	if got := NewStartPage(Page{Edition: e}, Underway{}).Lead; !strings.Contains(got, "up to "+itoa(e.Quiz.Walk(nil).Most)+" ") {
		t.Errorf("lead: got %q", got)
	}
	if doc.Find(".crisis").Length() != 0 || parse(t, NewStartPage(Page{Edition: e, CrisisHelp: true}, Underway{})).Find("header .crisis a[href='/help#crisis']").Length() != 1 {
		t.Error("the line of help is not there exactly when it must be")
	}
}

// Somebody who left a quiz is led back to it, and to nothing else with a button.
func TestStartPageWelcomesBack(t *testing.T) {
	doc := parse(t, NewStartPage(Page{Edition: full(t)}, Underway{Answered: 1, Next: "/quiz/urgent"}))
	if got := text(doc.Find("main > :first-child h2")); got != "Welcome back. You have answered 1 question" {
		t.Errorf("first on the page is %q", got)
	}
	if doc.Find("main a.btn").Length() != 1 || doc.Find("a.btn[href='/quiz/urgent']").Length() != 1 {
		t.Error("the one link that looks like a button does not carry on")
	}
	if doc.Find("form[action='/quiz/restart'] button").Length() != 1 {
		t.Error("starting again is not offered")
	}
}

func TestConsentBoxesStartEmpty(t *testing.T) {
	if parse(t, NewConsentPage(Page{Edition: full(t)}, ConsentForm{})).Find("input[checked]").Length() != 0 {
		t.Error("a box is ticked on the first visit")
	}
	kept := parse(t, NewConsentPage(Page{Edition: full(t)}, ConsentForm{Count: true, Missing: true}))
	if kept.Find("#count[checked]").Length() != 1 || kept.Find("#agree[checked]").Length() != 0 || kept.Find("#agree[aria-invalid=true]").Length() != 1 {
		t.Error("what was ticked is not shown again as it was")
	}
}

func TestAnswersPage(t *testing.T) {
	e := small(t)
	open := parse(t, NewAnswersPage(Page{Edition: e}, e.Quiz.Walk(answered()), "ATTEMPT"))
	if open.Find("form").Length() != 0 || open.Find("main .btn[href='/quiz/evening']").Length() != 1 {
		t.Error("a check with open questions can be finished")
	}
	done := parse(t, NewAnswersPage(Page{Edition: e}, e.Quiz.Walk(with(answered(), quiz.Answers{"evening": quiz.Pick("late"), "skin": quiz.Answer{}})), "ATTEMPT"))
	if done.Find("form[action='/quiz/finish'] input[name=attempt][value=ATTEMPT]").Length() != 1 {
		t.Error("a check without open questions cannot be finished")
	}
	for selector, want := range map[string]string{
		"dl:first-of-type div:nth-child(3) dd:nth-child(2)":      "Not provided",
		"a[href='/quiz/green-leaves?return=1']":                  "Change Greens",
		"a[href='/quiz/hours?return=1']":                         "Change Hours",
		"h2:nth-of-type(2) + dl div:first-child dd:nth-child(2)": "6.5",
	} {
		if got := text(done.Find(selector)); got != want {
			t.Errorf("%s: got %q, want %q", selector, got, want)
		}
	}
	if got := text(open.Find("a[href='/quiz/evening?return=1']")); got != "Answer Evenings" {
		t.Errorf("an open question says %q", got)
	}
}

func TestGetHelpPage(t *testing.T) {
	list := screens(t)
	for name, want := range map[string]struct{ button, heading string }{
		"help first":       {"I have got help, or this is not happening now. Carry on", "tongue or throat"},
		"help first, safe": {"I am safe now. Carry on", "hurt yourself"},
	} {
		doc := parse(t, list[name])
		if got := text(doc.Find("form[action='/quiz/get-help'] button[name=ok][value='1']")); got != want.button {
			t.Errorf("%s: the button says %q", name, got)
		}
		if got := text(doc.Find("h1")); !strings.Contains(got, want.heading) {
			t.Errorf("%s: the heading is %q", name, got)
		}
		if doc.Find("main .btn").Length() != 1 {
			t.Errorf("%s: there is more than one button", name)
		}
	}
}

func TestErrorPages(t *testing.T) {
	e := full(t)
	for _, tt := range []struct{ key, path, action, text string }{
		{"gone", "/r/X", "/", "no longer here"},
		{"too_many", "/quiz/age", "/quiz/age", "Wait 3 seconds"},
		{"busy", "/quiz/finish", "/quiz/answers", "still on your device"},
		{"server", "", "/", "our problem"},
		{"cookies", "/quiz", "/quiz", "cookie"},
		{"not_found", "/x", "", "check it"},
		{"anything else", "/x", "", "check it"},
	} {
		page := NewErrorPage(Page{Edition: e, Path: tt.path}, 400, tt.key, 3)
		action := ""
		if page.Action != nil {
			action = page.Action.Href
		}
		if action != tt.action || !strings.Contains(page.Heading+" "+strings.Join(page.Text, " "), tt.text) {
			t.Errorf("%s: leads to %q and says %q", tt.key, action, page.Text)
		}
	}
	if got := NewErrorPage(Page{Edition: e}, 429, "too_many", 1).Text[0]; got != "Wait 1 second, then try again." {
		t.Errorf("got %q", got)
	}
}

func TestScoringPage(t *testing.T) {
	e := full(t)
	page := NewScoringPage(Page{Edition: e})
	body := text(parse(t, page).Find("main"))
	for i := range e.Quiz.Questions {
		x := &e.Quiz.Questions[i]
		if !strings.Contains(body, strings.Join(strings.Fields(x.Text), " ")) {
			t.Errorf("the page leaves out the question %s", x.ID)
		}
		for _, o := range x.Options {
			if x.Scored() && !o.Skip && !strings.Contains(body, o.Text) {
				t.Errorf("the page leaves out %s of %s", o.ID, x.ID)
			}
		}
	}
	if !strings.Contains(body, "not a validated instrument") {
		t.Error("the page does not say what the check is not")
	}
	if page.Example == nil || !strings.Contains(page.Example.Result, "100 × 30 ÷ 40, rounded, is 75.") {
		t.Errorf("example: got %+v", page.Example)
	}
}

// The steps of a number are told without gap or overlap.
func TestStepRows(t *testing.T) {
	e := full(t)
	for id, want := range map[string][]string{
		"sleep_hours": {"0 to less than 5 hours", "5 to less than 6 hours", "6 to less than 7 hours", "7 to 9 hours", "more than 9 hours"},
		"drinks": {"0 to 2 glasses or mugs", "3 glasses or mugs", "4 glasses or mugs", "5 glasses or mugs",
			"6 to 12 glasses or mugs", "13 or more glasses or mugs"},
	} {
		var got []string
		for _, row := range (Page{Edition: e}).stepRows(e.Quiz.Question(id).Range) {
			got = append(got, row.Answer)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", id, got, want)
		}
	}
}

func TestReviewIsNotClaimedBeforeItIsGiven(t *testing.T) {
	p := Page{Edition: small(t)}
	if got := p.reviewed(); got != "The safety wording was last checked on 1 May 2026 by a dietitian. The next check is due on 1 May 2027." {
		t.Errorf("got %q", got)
	}
	blank := *p.Edition
	blank.Site.Reviewed.By = ""
	p.Edition = &blank
	if got := p.reviewed(); got != "No clinician has signed off the safety wording yet." {
		t.Errorf("got %q", got)
	}
}

func TestUnknownNoticeIsNotShown(t *testing.T) {
	if got := (Page{Edition: full(t), Notice: "<made up>"}).NoticeText(); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestGoldenScoring(t *testing.T) {
	golden(t, "scoring", NewScoringPage(Page{Edition: small(t)}))
}
