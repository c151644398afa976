package views

import (
	"fmt"
	"slices"
	"strings"

	"gutskin/quiz"
)

// ScoringPage explains the whole arithmetic. It is written from the content, so it
// cannot say anything that the program does not do.
type ScoringPage struct {
	Page
	Rules    []string
	Pillars  []PillarRules
	Bands    []string
	Example  *Example
	Unscored []UnscoredQuestion
	Reviewed string
}

// PillarRules is how one score is made.
type PillarRules struct {
	words
	ID, Name, Share, Counts, Basis string
	Questions                      []QuestionRules
}

// QuestionRules is what each answer to a question gives.
type QuestionRules struct {
	Text, Weight, Basis string
	Rows                []PointsRow
}

// PointsRow is one answer and its points.
type PointsRow struct{ Answer, Points string }

// UnscoredQuestion is asked for a reason other than points.
type UnscoredQuestion struct{ Text, Why string }

// Example is a pillar worked out by hand, with a real questionnaire.
type Example struct {
	Name    string
	Rows    []ExampleRow
	Sum     string
	Result  string
	Skipped string // the same with one question left out
}

// ExampleRow is one question of the example.
type ExampleRow struct{ Question, Answer, Points, Weight, Product string }

// Template names the page's template.
func (ScoringPage) Template() string { return "scoring" }

// NewScoringPage makes the page from the questionnaire.
func NewScoringPage(p Page) ScoringPage {
	q := p.Edition.Quiz
	page := ScoringPage{Page: p, Bands: p.bands(), Reviewed: p.reviewed()}
	page.named(p.T("scoring.title"))
	page.Description = p.T("scoring.meta")
	page.Back = ""
	page.Rules = []string{
		p.T("scoring.rule_points", quiz.MaxPoints),
		p.T("scoring.rule_weight"),
		p.T("scoring.rule_divide"),
		p.T("scoring.rule_round"),
		p.T("scoring.rule_skipped"),
		p.T("scoring.rule_range", q.Rules.WideRange),
		p.T("scoring.rule_excluded"),
		p.T("scoring.rule_enough", q.Rules.PillarAnswered),
		p.T("scoring.rule_overall", q.Rules.OverallPillars, q.Rules.OverallWeight),
		p.T("scoring.rule_hidden"),
		p.T("scoring.rule_withheld"),
	}
	for i := range q.Pillars {
		page.Pillars = append(page.Pillars, p.pillarRules(&q.Pillars[i]))
	}
	for i := range q.Questions {
		if x := &q.Questions[i]; !x.Scored() {
			page.Unscored = append(page.Unscored, UnscoredQuestion{x.Text, x.Why})
		}
	}
	page.Example = p.example()
	return page
}

func (p Page) bands() []string {
	var lines []string
	bands := p.Edition.Quiz.Bands
	for i, b := range bands {
		end := 100
		if i+1 < len(bands) {
			end = bands[i+1].From - 1
		}
		lines = append(lines, p.T("scoring.band", b.From, end, b.Name))
	}
	return lines
}

func (p Page) pillarRules(pillar *quiz.Pillar) PillarRules {
	rules := PillarRules{
		words: p.words(), ID: pillar.ID, Name: pillar.Name, Counts: pillar.Counts, Basis: pillar.Basis,
		Share: p.T("scoring.share", pillar.Weight),
	}
	for i := range p.Edition.Quiz.Questions {
		x := &p.Edition.Quiz.Questions[i]
		if x.Pillar != pillar.ID {
			continue
		}
		rules.Questions = append(rules.Questions, QuestionRules{
			Text: x.Text, Basis: x.Basis, Weight: p.T("scoring.weight", x.Weight), Rows: p.pointsRows(x),
		})
	}
	return rules
}

func (p Page) pointsRows(x *quiz.Question) []PointsRow {
	var rows []PointsRow
	if x.Range != nil {
		rows = p.stepRows(x.Range)
	}
	if x.Kind == quiz.Many {
		rows = append(rows, PointsRow{p.T("scoring.base"), itoa(x.Base)})
	}
	for i := range x.Options {
		o := &x.Options[i]
		if o.Skip {
			continue
		}
		row := PointsRow{o.Text, itoa(o.Points)}
		switch {
		case o.Excluded:
			row.Points = p.T("scoring.excluded")
		case x.Kind == quiz.Many:
			row.Points = p.change(o.Points)
		}
		rows = append(rows, row)
	}
	return rows
}

// change is what a tick adds to the points a question starts with.
func (p Page) change(points int) string {
	switch {
	case points < 0:
		return p.T("scoring.minus", -points)
	case points > 0:
		return p.T("scoring.plus", points)
	}
	return p.T("scoring.no_change")
}

// stepRows puts the steps of a number into words: "5 to less than 6 hours".
func (p Page) stepRows(r *quiz.Range) []PointsRow {
	var rows []PointsRow
	row := func(text string, points int) { rows = append(rows, PointsRow{text, itoa(points)}) }
	n := quiz.FormatNumber
	for i, s := range r.Steps {
		var next *quiz.Step
		if i+1 < len(r.Steps) {
			next = &r.Steps[i+1]
		}
		switch {
		case s.Above != nil:
			row(p.T("scoring.step_above", n(*s.Above), r.Unit), s.Points)
		case next == nil:
			row(p.T("scoring.step_from", n(*s.From), r.Unit), s.Points)
		case next.Above != nil:
			row(p.T("scoring.step_between", n(*s.From), n(*next.Above), r.Unit), s.Points)
		case r.Whole && *next.From-1 == *s.From:
			row(p.T("scoring.step_one", n(*s.From), r.Unit), s.Points)
		case r.Whole:
			row(p.T("scoring.step_between", n(*s.From), n(*next.From-1), r.Unit), s.Points)
		default:
			row(p.T("scoring.step_below", n(*s.From), n(*next.From), r.Unit), s.Points)
		}
	}
	return rows
}

// example works one pillar out: the first whose questions all take one option. Each
// answer is one further down than the last, so that they differ.
func (p Page) example() *Example {
	q := p.Edition.Quiz
	for i := range q.Pillars {
		questions := p.plain(q.Pillars[i].ID)
		if len(questions) < 2 {
			continue
		}
		ex := &Example{Name: q.Pillars[i].Name}
		answers := quiz.Answers{}
		sum, most := 0, 0
		var products []string
		for k, x := range questions {
			o := &x.Options[min(k+1, len(x.Options)-1)]
			answers[x.ID] = quiz.Pick(o.ID)
			sum += x.Weight * o.Points
			most += x.Weight * quiz.MaxPoints
			products = append(products, itoa(x.Weight*o.Points))
			ex.Rows = append(ex.Rows, ExampleRow{short(x), o.Text, itoa(o.Points), itoa(x.Weight), itoa(x.Weight * o.Points)})
		}
		score := q.Score(answers, quiz.Veil{}).Of(q.Pillars[i].ID)
		ex.Sum = p.T("scoring.example_sum", strings.Join(products, " + ")+" = "+itoa(sum), most)
		ex.Result = p.T("scoring.example_result", fmt.Sprintf("100 × %d ÷ %d", sum, most), score.Value, q.Band(score.Value).Name)
		ex.Skipped = p.skipExample(q.Pillars[i].ID, questions, answers)
		return ex
	}
	return nil
}

// plain lists a pillar's questions if all of them take one option that counts.
func (p Page) plain(pillar string) []*quiz.Question {
	var list []*quiz.Question
	for i := range p.Edition.Quiz.Questions {
		x := &p.Edition.Quiz.Questions[i]
		if x.Pillar != pillar {
			continue
		}
		uncounted := func(o quiz.Option) bool { return o.Excluded || o.Skip }
		if x.Kind != quiz.One || slices.ContainsFunc(x.Options, uncounted) {
			return nil
		}
		list = append(list, x)
	}
	return list
}

// skipExample leaves out the last question.
func (p Page) skipExample(pillar string, questions []*quiz.Question, answers quiz.Answers) string {
	last := questions[len(questions)-1]
	delete(answers, last.ID)
	score := p.Edition.Quiz.Score(answers, quiz.Veil{}).Of(pillar)
	if score.Figures == nil {
		return ""
	}
	return p.T("scoring.example_skipped", short(last), score.Value, score.Low, score.High)
}
