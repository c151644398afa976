package views

import (
	"maps"

	"gutskin/data"
	"gutskin/quiz"
)

// StyleguidePage shows every component in every state, drawn by the same partials as
// the pages, with made-up data. It is for developers, so its own words are in English
// and stand in its template.
type StyleguidePage struct {
	Page
	Headers   []HeaderSample
	Asks      []AskSample
	Problem   ProblemSample
	Rails     [][]string
	Stop      GetHelpPage
	Cares     []CareCard
	Scores    []ScoreSample
	Overalls  []ScoreCard
	Lines     []*NumberLine
	Chart     *Chart
	Moves     Moves
	First     []AdviceCard
	Brief     []AdviceCard
	Badges    []Badge
	Summary   Summary
	Icons     []ScoreCard
	Colours   []Colour
	Contrasts []Contrast
}

// HeaderSample is the top of a made-up page.
type HeaderSample struct {
	Name string
	Page Page
}

// AskSample is a made-up question.
type AskSample struct {
	Name string
	Ask  Ask
}

// ProblemSample is an error summary.
type ProblemSample struct {
	words
	Error *ErrorSummary
}

// Template names the page's template.
func (StyleguidePage) Template() string { return "styleguide" }

// NewStyleguidePage makes the page for developers.
func NewStyleguidePage(p Page) StyleguidePage {
	page := StyleguidePage{
		Page:    p,
		Headers: p.headerSamples(),
		Asks:    p.askSamples(),
		Problem: ProblemSample{p.words(), &ErrorSummary{[]Link{
			{"#wrong-a1", "Select how often you eat greens"}, {"#number-wrong-n", "Use numbers only, such as 7"},
		}}},
		Rails:    [][]string{{"now", "", "", "", ""}, {"done", "done", "now", "", ""}, {"done", "done", "done", "done", "now"}},
		Stop:     p.stopSample(),
		Cares:    p.careSamples(),
		Scores:   p.scoreSamples(),
		Overalls: p.overallSamples(),
		Lines:    p.lineSamples(),
		Chart:    p.chartSample(),
		Moves:    p.moveSamples(),
		First:    p.firstTips(),
		Brief:    p.briefTips(),
		Badges:   p.badgeSamples(),
		Summary:  p.summarySample(),
		Colours:  colours(styleSheet(p.Dev)),
	}
	page.Contrasts = contrasted(page.Colours)
	for _, id := range []string{"diet", "stress", "sleep", "hydration", quiz.Overall} {
		page.Icons = append(page.Icons, ScoreCard{ID: id, Icon: icon(id)})
	}
	page.private("Style guide")
	page.Back = ""
	return page
}

// headerSamples are tops of pages. Each has a name of its own for its switch, because
// no two landmarks of a page may share one.
func (p Page) headerSamples() []HeaderSample {
	named := func(lang, dir, name, label string) *data.Edition {
		e := *p.words().edition
		e.Lang, e.Dir, e.Name = lang, dir, name
		e.Words = maps.Clone(e.Words)
		e.Words["page.language"] = label
		return &e
	}
	page := func(label string) Page {
		return Page{Edition: named("en", p.Edition.Dir, "English", label), Path: "/styleguide"}
	}
	plain, back, crisis, all := page("Languages"), page("Languages"), page("Languages, a choice of 3"), page("Languages, with all lines")
	back.Back = "/styleguide"
	crisis.CrisisHelp = true
	others := []*data.Edition{named("de", "ltr", "Deutsch", ""), named("ar", "rtl", "العربية", "")}
	crisis.Languages = append([]*data.Edition{crisis.Edition}, others...)
	all.Back, all.CrisisHelp = "/styleguide", true
	all.Languages = append([]*data.Edition{all.Edition}, others[0])
	return []HeaderSample{
		{"Plain", plain}, {"With Back", back}, {"With a choice of languages, and the line of help in a crisis", crisis}, {"With all of it", all},
	}
}

func sampleOptions() []*quiz.Option {
	return []*quiz.Option{
		{ID: "never", Text: "Never"},
		{ID: "some", Text: "On some days", Hint: "2 to 4 days a week"},
		{ID: "often", Text: "On most days, and this is a longer answer that goes over more than one line on a phone"},
	}
}

func sampleVisit(id string, kind quiz.Kind) quiz.Visit {
	x := &quiz.Question{
		ID: id, Kind: kind, Text: "How often do you eat greens?", Hint: "Raw, cooked and frozen greens count", Why: "We ask because the article suggests them",
		Error: "Select how often you eat greens", Again: "Select the nearest answer, a guess is fine",
	}
	v := quiz.Visit{Question: x, Offered: sampleOptions()}
	switch kind {
	case quiz.Many:
		x.Text = "Which of these happen in the evening?"
		v.Offered = append(v.Offered, &quiz.Option{ID: "none", Text: "None of these", Exclusive: true})
	case quiz.Number:
		x.Text, x.Hint, x.Error = "How many hours do you sleep?", "Hours on a normal night", "Enter how many hours you sleep"
		x.Range = &quiz.Range{Min: 0, Max: 16, Unit: "hours"}
		v.Offered = []*quiz.Option{{ID: "varies", Text: "It varies too much to say"}}
	}
	for _, o := range v.Offered {
		x.Options = append(x.Options, *o)
	}
	return v
}

func (p Page) askSamples() []AskSample {
	sample := func(name, id string, kind quiz.Kind, kept quiz.Answer, sent Sent) AskSample {
		v := sampleVisit(id, kind)
		v.Answered = !kept.IsSkip()
		return AskSample{name, p.ask(v, kept, id+"-", sent)}
	}
	nothing, mixed, words := quiz.NothingGiven, quiz.NotTogether, quiz.NotANumber
	alone := sample("One answer, with its caption, as on a page of its own", "plain", quiz.One, quiz.Answer{}, Sent{})
	alone.Ask.Caption = p.T("question.caption", "Eating", 9, 22)
	return []AskSample{
		alone,
		sample("One answer, picked", "picked", quiz.One, quiz.Pick("some"), Sent{}),
		sample("One answer, nothing picked", "wrong", quiz.One, quiz.Answer{}, Sent{Fault: &quiz.Fault{Kind: nothing}, Miss: 1}),
		sample("One answer, nothing picked for the second time", "again", quiz.One, quiz.Answer{}, Sent{Fault: &quiz.Fault{Kind: nothing}, Miss: 2}),
		sample("Several answers, one of which stands alone", "many", quiz.Many, quiz.Answer{}, Sent{}),
		sample("Several answers, picked", "many-picked", quiz.Many, quiz.Pick("never", "often"), Sent{}),
		sample("Several answers, with one that stands alone", "many-wrong", quiz.Many, quiz.Answer{},
			Sent{Answer: quiz.Pick("some", "none"), Fault: &quiz.Fault{Kind: mixed, Value: "none"}, Miss: 1}),
		sample("A number", "number", quiz.Number, quiz.Answer{}, Sent{}),
		sample("A number, given", "number-given", quiz.Number, quiz.Num(7.5), Sent{}),
		sample("A number, not understood", "number-wrong", quiz.Number, quiz.Answer{}, Sent{Typed: "seven", Fault: &quiz.Fault{Kind: words}, Miss: 1}),
		sample("A number, missed for the second time", "number-again", quiz.Number, quiz.Answer{}, Sent{Fault: &quiz.Fault{Kind: nothing}, Miss: 2}),
	}
}
