package views

import (
	"time"

	"gutskin/quiz"
	"gutskin/recommend"
)

// ScoreSample is a made-up score, in the colour of a pillar.
type ScoreSample struct {
	Hue  string
	Card ScoreCard
}

func (p Page) stopSample() GetHelpPage {
	return GetHelpPage{
		Page: p, Heading: "Call your emergency number now if you cannot breathe",
		Notices: []CareItem{
			{Say: []string{"Trouble breathing is an emergency.", "If you carry an adrenaline pen, use it now."}},
			{Heading: "Get help now if you may hurt yourself", Say: []string{"You matter more than any quiz."}, Lines: []string{"A line to call: 000 000", "A line to write to: 111"}, Then: []string{"Is someone with you?"}},
		},
		NotThis: p.T("gethelp.not_this"), CarryOn: p.T("gethelp.carry_on"), Attempt: "SAMPLE",
	}
}

// careSamples has each look once with a single notice and once with several.
func (p Page) careSamples() []CareCard {
	say := []string{"A first paragraph says what may be behind it.", "A second one says what to do."}
	told := p.T("care.told", "you have 2 signs to have checked")
	var cards []CareCard
	for _, look := range []string{"emergency", "urgent", "clinician"} {
		prefix := p.T("care." + look + ".prefix")
		cards = append(cards,
			CareCard{words: p.words(), Look: look, Prefix: prefix, Heading: "Ask for an appointment if you have one of these signs", Items: []CareItem{{Say: say, Told: told}}},
			CareCard{words: p.words(), Look: look, Prefix: prefix, Heading: p.T("care." + look + ".several"), Items: []CareItem{
				{Heading: "Have these signs checked", Say: say, Told: told},
				{Heading: "Talk to someone you trust", Say: say[:1], Lines: []string{"A line to call: 000 000", "A line to write to: 111"}, Then: say[1:], More: Link{"/styleguide", "Talk to someone you trust"}},
			}})
	}
	return cards
}

func (p Page) scoreSamples() []ScoreSample {
	scored := func(id string, value, low, high int) ScoreSample {
		card := p.scoreCard(scoreSample(id, value, low, high), nil)
		card.Based, card.Sums = p.N("score.based", 7, 6), "/styleguide"
		card.Well = p.T("score.well")
		return ScoreSample{id, card}
	}
	unscored := func(id string, state quiz.State) ScoreSample {
		return ScoreSample{id, p.scoreCard(quiz.Score{Pillar: id, State: state}, nil)}
	}
	incomplete := unscored("stress", quiz.Incomplete)
	incomplete.Card.Missing = []string{"Time to unwind", "Feeling on top of things"}
	since := scored("sleep", 70, 70, 70)
	since.Card.lookBack(p, &Before{TakenAt: sampleDay, Scores: []recommend.Difference{
		{Pillar: "sleep", Then: scoreSample("sleep", 44, 44, 44), Now: scoreSample("sleep", 70, 70, 70), Direction: recommend.Up},
	}})
	return []ScoreSample{
		since,
		scored("diet", 0, 0, 0), scored("stress", 34, 30, 40), scored("sleep", 50, 20, 80), scored("hydration", 62, 62, 62),
		scored("diet", 80, 74, 84), scored("sleep", 100, 100, 100),
		unscored("hydration", quiz.Hidden), incomplete, unscored("diet", quiz.Withheld),
	}
}

// sampleDay is when all made-up things happened.
var sampleDay = time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC)

func scoreSample(id string, value, low, high int) quiz.Score {
	return quiz.Score{Pillar: id, State: quiz.Scored, Figures: &quiz.Figures{Value: value, Low: low, High: high}}
}

// chartSample has a gap, and two dates that are compared.
func (p Page) chartSample() *Chart {
	series := &recommend.Series{Pillar: "sleep"}
	var names []string
	for i, value := range []int{44, 52, -1, 60, 70} {
		dot := recommend.Dot{At: sampleDay.AddDate(0, i, 0), State: quiz.Incomplete}
		if value >= 0 {
			dot.State, dot.Figures = quiz.Scored, scoreSample("sleep", value, value, value).Figures
		}
		series.Dots = append(series.Dots, dot)
		names = append(names, p.date(dot.At))
	}
	return p.chart(series, 1, 4, names)
}

func (p Page) moveSamples() Moves {
	line := func(step, goes string, ideas ...string) MoveLine { return MoveLine{p.words(), step, goes, ideas} }
	return Moves{words: p.words(), Href: "/styleguide", Lines: []MoveLine{
		line("1 more step on greens", "Eating goes from 34 to 41", "Idea: Add a handful of greens"), line("1 more step on sleep", "Sleep goes from 50 to 62"),
	}}
}

func (p Page) overallSamples() []ScoreCard {
	return []ScoreCard{p.scoreCard(scoreSample(quiz.Overall, 62, 55, 70), nil), p.scoreCard(quiz.Score{Pillar: quiz.Overall, State: quiz.Incomplete}, nil)}
}

// lineSamples is one number line in both directions of writing.
func (p Page) lineSamples() []*NumberLine {
	var lines []*NumberLine
	for _, dir := range []string{"ltr", "rtl"} {
		e := *p.Edition
		e.Dir = dir
		lines = append(lines, Page{Edition: &e}.lineSince(&quiz.Figures{Value: 62, Low: 50, High: 74}, &quiz.Figures{Value: 44}))
	}
	return lines
}

func (p Page) tip(id, title string) AdviceCard {
	return AdviceCard{
		words: p.words(), ID: id, Title: title, Href: "/styleguide", Source: p.T("advice.article_part", "Dietary Modifications"),
		Do: "Add one handful of greens to a meal that you cook anyway.", Effort: p.T("effort.low"), Badge: p.badgeSample(recommend.Limited),
		Why: p.T("care.told", "you eat greens on 2 days a week"),
	}
}

func (p Page) firstTips() []AdviceCard {
	plain, careful := p.tip("tip-plain", "Add a handful of greens"), p.tip("tip-careful", "Try a longer idea whose title goes over more than one line")
	plain.Number, careful.Number = 1, 2
	plain.Plan = "If I cook in the evening, then I put in one handful of greens."
	careful.Notes = []string{"Frozen greens are fine."}
	careful.Cautions = []string{"Keep greens steady from week to week, and tell the clinic about big changes."}
	careful.Always = "Do not stop a prescribed treatment because of this."
	return []AdviceCard{plain, careful}
}

func (p Page) briefTips() []AdviceCard {
	brief, held := p.tip("tip-brief", "A short card"), p.tip("tip-held", "An idea that is held today")
	held.Held = p.T("advice.held")
	brief.Source = p.T("advice.beyond")
	return []AdviceCard{brief, held}
}

func (p Page) badgeSample(g recommend.Grade) Badge {
	return adviceCards{Page: p}.badge(g, p.T("advice.for_skin"))
}

func (p Page) badgeSamples() []Badge {
	var badges []Badge
	for _, g := range p.Edition.Book.Grades {
		badges = append(badges, p.badgeSample(g.ID))
	}
	return append(badges, Badge{Label: p.T("advice.no_claim_at_all")}, Badge{Label: p.T("advice.against", "Eczema")})
}

func (p Page) summarySample() Summary {
	return Summary{words: p.words(), Name: "Eating", Rows: []SummaryRow{
		{Term: "Different plant foods", Values: []string{"10 to 19"}, Change: Link{"/styleguide", "Different plant foods"}},
		{Term: "Evenings", Values: []string{"Late nights", "Screens in bed"}, Change: Link{"/styleguide", "Evenings"}},
		{Term: "Stress", Change: Link{"/styleguide", "Stress"}},
		{Term: "Hours of sleep", Change: Link{"/styleguide", "Hours of sleep"}, Open: true},
		{Term: "One that cannot be changed", Values: []string{"7.5"}},
	}}
}
