// Package quiz asks the questions and scores the answers.
//
// It holds the questionnaire as data, replays the path a visitor takes through
// it, and turns answers into pillar scores with a receipt that adds up. It knows
// no advice, no words of the interface, no request and no database.
package quiz

import (
	"cmp"
	"slices"
)

// Questionnaire is everything that is asked and how it is scored. It is
// immutable once Compile has run; any number of goroutines may read it.
type Questionnaire struct {
	Sections  []Section            `yaml:"sections"`
	Pillars   []Pillar             `yaml:"pillars"`
	Bands     []Band               `yaml:"bands"`
	Rules     ScoreRules           `yaml:"score_rules"`
	Labels    map[string]Condition `yaml:"labels"`
	Gut       []Signal             `yaml:"gut_signals"`
	Skin      SkinLabels           `yaml:"skin_signals"`
	Stops     []Stop               `yaml:"stops"`
	AskAnew   []string             `yaml:"ask_anew"` // questions whose answers are never kept for another check
	Retired   []string             `yaml:"retired"`  // questions, and options as question.option, that must never come back
	Questions []Question           `yaml:"-"`        // in asking order, from the topic files

	index   map[string]int // question id → place in Questions
	section map[string]int
	pillar  map[string]int
	items   [][]int // pillar → places of its scored questions
	labels  map[string]Predicate
	stops   []stopWhen // by the place of the stop
}

// stopWhen is a stop made ready.
type stopWhen struct {
	after int // the place of the question
	when  Predicate
}

// Section is a run of questions under one heading.
type Section struct {
	ID   string `yaml:"id"`
	Name string `yaml:"name"` // as in "Sleep: question 9 of 22"
	// SkipIf offers one button that skips the rest of the section. A visitor for
	// whom food is a sore spot need not answer food questions one by one.
	SkipIf   *Condition `yaml:"skip_if"`
	SkipText string     `yaml:"skip_text"`
}

// Pillar is one of the things that are scored.
type Pillar struct {
	ID     string `yaml:"id"`
	Name   string `yaml:"name"`
	Weight int    `yaml:"weight"` // share of the overall score, in hundredths
	Counts string `yaml:"counts"` // what the score counts, one sentence
	Basis  string `yaml:"basis"`  // why this weight, and on what it rests
}

// Band names a stretch of 0 to 100. It reaches up to the next band's From, so a
// gap or an overlap cannot be written.
type Band struct {
	ID   string `yaml:"id"`
	From int    `yaml:"from"`
	Name string `yaml:"name"`
}

// ScoreRules are the numbers of the arithmetic.
type ScoreRules struct {
	PillarAnswered int `yaml:"pillar_answered"` // hundredths of a pillar's weight that must be answered
	OverallPillars int `yaml:"overall_pillars"` // valid pillars needed for an overall score
	OverallWeight  int `yaml:"overall_weight"`  // hundredths of overall weight they must hold
	WideRange      int `yaml:"wide_range"`      // a range wider than this is printed as large as the score
}

// Signal is a label that is never scored: the first whose condition holds is shown.
type Signal struct {
	ID   string    `yaml:"id"`
	Name string    `yaml:"name"`
	When Condition `yaml:"when"`
}

// SkinLabels say which question lists the skin concerns and when a professional
// should look.
type SkinLabels struct {
	Question         string    `yaml:"question"`
	Professional     Condition `yaml:"professional"`
	ProfessionalName string    `yaml:"professional_name"`
}

// Stop ends the quiz early: once After is answered and When holds, nothing more
// is asked and the visitor is shown the page named ID.
type Stop struct {
	ID    string    `yaml:"id"`
	After string    `yaml:"after"`
	When  Condition `yaml:"when"`
}

// Kind is how a question is answered.
type Kind string

// The kinds of question.
const (
	One    Kind = "one"    // one option
	Many   Kind = "many"   // any number of options
	Number Kind = "number" // a number, or one option that stands in for it
)

// Question is one thing asked.
type Question struct {
	ID      string `yaml:"id"`
	Section string `yaml:"-"` // from the topic file it stands in
	Kind    Kind   `yaml:"kind"`
	Text    string `yaml:"text"`
	Short   string `yaml:"short"` // its name on the check-answers page
	Hint    string `yaml:"hint"`
	Why     string `yaml:"why"`   // why we ask
	Error   string `yaml:"error"` // what to do when nothing fitting was sent
	Again   string `yaml:"again"` // the same, worded differently, for the second miss

	AskIf    *Condition `yaml:"ask_if"`
	Pillar   string     `yaml:"pillar"` // scored in this pillar; empty: never scored
	Weight   int        `yaml:"weight"` // inside the pillar
	Base     int        `yaml:"base"`   // for Many: points before any option takes some away
	Basis    string     `yaml:"basis"`  // what the points rest on
	Passages []string   `yaml:"passages"`
	Evidence []string   `yaml:"evidence"`
	Beyond   bool       `yaml:"beyond"`  // not drawn from the article
	Lasting  bool       `yaml:"lasting"` // the answer rarely changes: it may be kept for another check

	Range   *Range   `yaml:"range"` // for Number
	Options []Option `yaml:"options"`

	askIf    *Predicate // nil: always asked
	offerIf  []offerWhen
	ids      []string  // of the options
	pointers []*Option // to the options
	every    uint64    // a bit for each option, by its place
	skips    uint64    // those that skip
	excludes uint64    // those that take the question out of the score
}

// offerWhen is an option that is not always offered.
type offerWhen struct {
	option int // its place
	when   Predicate
}

// Option is one answer that can be picked.
type Option struct {
	ID   string `yaml:"id"`
	Text string `yaml:"text"`
	Hint string `yaml:"hint"`
	Said string `yaml:"said"` // how we give it back: "you told us that …"
	Good string `yaml:"good"` // what already goes well, if this was picked

	Points    int        `yaml:"points"`    // 0 to MaxPoints; for Many: added to the question's base
	Excluded  bool       `yaml:"excluded"`  // takes the question out of the score: a health reason, or not applicable
	Exclusive bool       `yaml:"exclusive"` // cannot stand beside another option
	Skip      bool       `yaml:"skip"`      // "prefer not to say": the same as no answer
	OfferIf   *Condition `yaml:"offer_if"`
}

// Range is what a number may be and how it is scored.
type Range struct {
	Min   float64 `yaml:"min"`
	Max   float64 `yaml:"max"`
	Step  float64 `yaml:"step"` // for hints only; any number in range is taken unless Whole
	Whole bool    `yaml:"whole"`
	Unit  string  `yaml:"unit"`
	Said  string  `yaml:"said"` // with {n} for the number
	// Said for numbers that want other words. English needs SaidOne only, for the
	// number 1; which numbers the others are for depends on the language.
	SaidZero string `yaml:"said_zero"`
	SaidOne  string `yaml:"said_one"`
	SaidTwo  string `yaml:"said_two"`
	SaidFew  string `yaml:"said_few"`
	SaidMany string `yaml:"said_many"`
	Steps    []Step `yaml:"steps"`
}

// SaidIn is Said in the form that words take beside a number: zero, one, two, few or
// many. A form without words of its own is Said.
func (r *Range) SaidIn(form string) string {
	forms := map[string]string{"zero": r.SaidZero, "one": r.SaidOne, "two": r.SaidTwo, "few": r.SaidFew, "many": r.SaidMany}
	return cmp.Or(forms[form], r.Said)
}

// Step gives points from a number upwards (From, inclusive) or above it (Above,
// exclusive), until the next step. The last step that applies counts.
type Step struct {
	From   *float64 `yaml:"from"`
	Above  *float64 `yaml:"above"`
	Points int      `yaml:"points"`
	Good   string   `yaml:"good"`
}

func (s *Step) reached(n float64) bool {
	if s.Above != nil {
		return n > *s.Above
	}
	return s.From != nil && n >= *s.From
}

// step is the last step that n reaches; the zero Step when it reaches none.
func (r *Range) step(n float64) Step {
	last := &Step{}
	for i := range r.Steps {
		if s := &r.Steps[i]; s.reached(n) {
			last = s
		}
	}
	return *last
}

// Good is what already goes well about n, or "".
func (r *Range) Good(n float64) string { return r.step(n).Good }

// MaxPoints is the most a question can give.
const MaxPoints = 4

// Overall is the id under which the weighted mean of all pillars is reported.
const Overall = "overall"

// Question returns the question with this id, or nil.
func (q *Questionnaire) Question(id string) *Question {
	if i, ok := q.index[id]; ok {
		return &q.Questions[i]
	}
	return nil
}

// Pillar returns the pillar with this id, or nil.
func (q *Questionnaire) Pillar(id string) *Pillar {
	if i, ok := q.pillar[id]; ok {
		return &q.Pillars[i]
	}
	return nil
}

// Section returns the section with this id, or nil.
func (q *Questionnaire) Section(id string) *Section {
	if i, ok := q.section[id]; ok {
		return &q.Sections[i]
	}
	return nil
}

// Band returns the band a score of 0 to 100 lies in.
func (q *Questionnaire) Band(value int) Band {
	band := q.Bands[0]
	for _, b := range q.Bands {
		if value >= b.From {
			band = b
		}
	}
	return band
}

// Option returns the option with this id, or nil.
func (x *Question) Option(id string) *Option {
	if i := slices.Index(x.ids, id); i >= 0 {
		return x.pointers[i]
	}
	return nil
}

// Scored reports whether the question's answer gives points.
func (x *Question) Scored() bool { return x.Pillar != "" }
