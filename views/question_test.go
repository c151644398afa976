package views

import (
	"slices"
	"strings"
	"testing"

	"gutskin/quiz"
)

func answered() quiz.Answers {
	return quiz.Answers{"mood": quiz.Pick("fine"), "green_leaves": quiz.Pick("some"), "beans": quiz.Answer{}, "hours": quiz.Num(6.5)}
}

func TestQuestionPage(t *testing.T) {
	e := small(t)
	doc := parse(t, ask(e, answered(), QuestionInput{Question: "green_leaves", Change: "food"}))
	for selector, want := range map[string]string{
		"title":               "Question 2 of 6: How often do you eat <greens>? – Food – Small & Check",
		"legend .cap":         "Food: question 2 of 6",
		"legend h1":           "How often do you eat <greens>?",
		"#hint":               "Raw counts",
		"#why":                "We ask because greens are food",
		".or + label":         "I'm not sure, or prefer not to say",
		"header .back":        "Back",
		"form .btn":           "Continue",
		"label:has(:checked)": "Sometimes",
	} {
		if got := text(doc.Find(selector)); got != want {
			t.Errorf("%s: got %q, want %q", selector, got, want)
		}
	}
	for selector, n := range map[string]int{
		"form[action='/quiz/green-leaves'][method=post][novalidate]": 1,
		"fieldset[aria-describedby='hint why']":                      1,
		"input[type=radio][name=a]":                                  4,
		"input[name=a][value=skip]":                                  1,
		"input[type=hidden][name=attempt][value=ATTEMPT]":            1,
		"input[name=return]":                                         0,
		"button[name=skip]":                                          0,
		"header a.back[href='/quiz/mood']":                           1,
		"[aria-hidden=true].rail i":                                  2,
		"#problem":                                                   0,
	} {
		if got := doc.Find(selector).Length(); got != n {
			t.Errorf("%s: got %d, want %d", selector, got, n)
		}
	}
}

func TestQuestionPageShowsWhatWasAnswered(t *testing.T) {
	e := small(t)
	checked := func(in QuestionInput, a quiz.Answers) []string {
		var values []string
		page := ask(e, a, in)
		for _, c := range append(page.Ask.Choices, *page.Ask.Or) {
			if c.Checked {
				values = append(values, c.Value)
			}
		}
		return values
	}
	fault := func(x string, kind quiz.FaultKind) *quiz.Fault { return &quiz.Fault{Question: x, Kind: kind} }
	for _, tt := range []struct {
		name string
		in   QuestionInput
		a    quiz.Answers
		want []string
	}{
		{"first visit", QuestionInput{Question: "mood"}, nil, nil},
		{"answered", QuestionInput{Question: "mood"}, answered(), []string{"fine"}},
		{"skipped", QuestionInput{Question: "beans"}, answered(), []string{"skip"}},
		{"not reached", QuestionInput{Question: "evening"}, answered(), nil},
		{"prefers not to say", QuestionInput{Question: "mood"}, quiz.Answers{"mood": quiz.Answer{}}, []string{"pns"}},
		{"sent with a fault", QuestionInput{Question: "evening", Sent: Sent{Answer: quiz.Pick("late", "none"), Fault: fault("evening", quiz.NotTogether)}}, answered(), []string{"late", "none"}},
		{"skip beside another", QuestionInput{Question: "evening", Sent: Sent{Answer: quiz.Pick("late", "skip"), Fault: fault("evening", quiz.NotTogether)}}, answered(), []string{"late", "skip"}},
	} {
		if got := checked(tt.in, tt.a); !slices.Equal(got, tt.want) {
			t.Errorf("%s: checked %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestNumberQuestion(t *testing.T) {
	e := small(t)
	doc := parse(t, ask(e, answered(), QuestionInput{Question: "hours"}))
	field := doc.Find("input#n[name=n][type=text][inputmode=decimal]")
	if got := field.AttrOr("value", ""); got != "6.5" {
		t.Errorf("the field holds %q, want 6.5", got)
	}
	if got := text(doc.Find("label[for=n]")); got != "Number of hours" {
		t.Errorf("label: got %q", got)
	}
	if n := doc.Find("input[type=checkbox][name=a]").Length(); n != 2 {
		t.Errorf("choices beside the number: got %d, want 2", n)
	}
	typed := ask(e, answered(), QuestionInput{Question: "hours", Sent: Sent{Typed: "a <lot>", Fault: &quiz.Fault{Question: "hours", Kind: quiz.NotANumber}}})
	if got := parse(t, typed).Find("#n[aria-invalid=true]").AttrOr("value", ""); got != "a <lot>" {
		t.Errorf("what was typed is lost: got %q", got)
	}
}

func TestFaultsSayWhatToDo(t *testing.T) {
	e := small(t)
	for _, tt := range []struct {
		question string
		kind     quiz.FaultKind
		value    string
		miss     int
		want     string
		target   string
	}{
		{"mood", quiz.NothingGiven, "", 1, "Select how food is for you", "#a1"},
		{"mood", quiz.NothingGiven, "", 2, "Select the nearest answer", "#a1"},
		{"mood", quiz.TooMany, "", 1, "Select 1 answer only", "#a1"},
		{"green_leaves", quiz.NothingGiven, "", 2, "Select how often", "#a1"},
		{"evening", quiz.NotTogether, "none", 1, "Select ‘None of these’ on its own, or leave it out", "#a1"},
		{"evening", quiz.NotTogether, "skip", 1, "Select ‘I'm not sure, or prefer not to say’ on its own, or leave it out", "#a1"},
		{"evening", quiz.UnknownOption, "x", 1, "Select any", "#a1"},
		{"hours", quiz.NotANumber, "", 1, "Use numbers only, such as 7", "#n"},
		{"hours", quiz.NotWhole, "", 1, "Use a whole number, such as 7", "#n"},
		{"hours", quiz.OutOfRange, "99", 1, "Use a number from 0 to 16", "#n"},
		{"hours", quiz.NothingGiven, "", 1, "Enter how many hours", "#n"},
	} {
		page := ask(e, answered(), QuestionInput{Question: tt.question, Sent: Sent{Miss: tt.miss, Fault: &quiz.Fault{Question: tt.question, Kind: tt.kind, Value: tt.value}}})
		if got := page.Error.Items[0]; got != (Link{tt.target, tt.want}) {
			t.Errorf("%s, %s: got %v, want %q", tt.question, tt.kind, got, tt.want)
		}
		if !strings.HasPrefix(page.Title, "Error: Question ") {
			t.Errorf("title: got %q", page.Title)
		}
	}
}

func TestSkippingASection(t *testing.T) {
	e := small(t)
	low := quiz.Answers{"mood": quiz.Pick("low")}
	button := parse(t, ask(e, low, QuestionInput{Question: "green_leaves"})).Find("button[name=skip][value=section]")
	if got := text(button); got != "Skip the food questions" {
		t.Errorf("got %q", got)
	}
	if page := ask(e, with(low, answered()), QuestionInput{Question: "green_leaves"}); page.Skip != "" {
		t.Error("a section can be skipped although its condition does not hold")
	}
}

func TestWayBackAndProgress(t *testing.T) {
	e := small(t)
	for _, tt := range []struct {
		name string
		in   QuestionInput
		back string
		rail []string
		line string
	}{
		{"first", QuestionInput{Question: "mood"}, "/quiz/consent", []string{"now", ""}, ""},
		{"later", QuestionInput{Question: "beans"}, "/quiz/green-leaves", []string{"now", ""}, ""},
		{"from check answers", QuestionInput{Question: "beans", Return: true}, "/quiz/answers", []string{"now", ""}, ""},
		{"new section", QuestionInput{Question: "hours", Change: "food"}, "/quiz/beans", []string{"done", "now"}, "Done: Food. Next: Rest, 3 questions. It is the last part."},
	} {
		page := ask(e, answered(), tt.in)
		if page.Back != tt.back || !slices.Equal(page.Rail, tt.rail) || page.Change != tt.line {
			t.Errorf("%s: back %q, rail %q, line %q", tt.name, page.Back, page.Rail, page.Change)
		}
	}
}

func TestGoldenQuestion(t *testing.T) {
	e := small(t)
	golden(t, "question", ask(e, answered(), QuestionInput{Question: "green_leaves"}))
	golden(t, "question-number-missed", ask(e, answered(), QuestionInput{
		Question: "hours", Return: true, Sent: Sent{Typed: "99", Miss: 1, Fault: &quiz.Fault{Question: "hours", Kind: quiz.OutOfRange, Value: "99"}},
	}))
}
