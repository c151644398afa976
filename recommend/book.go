// Package recommend turns scores into advice. Safety comes first: rules that fire
// hold advice back and hide numbers, and nothing brings back what they hold. Every
// piece of advice says why it was chosen, where it comes from and how sure we are.
//
// Assess is the whole of it: answers in, report out, no clock, no disk, no chance.
package recommend

import "gutskin/quiz"

// Book is everything that can be advised, and what keeps it back. It is immutable
// once Compile has run.
type Book struct {
	HoldSets map[string][]string `yaml:"hold_sets"` // "H-GUT" → advice ids
	Rules    []Rule              `yaml:"rules"`     // in the order of their ids
	Retired  []string            `yaml:"retired"`   // rules and advice that must never come back
	Advice   []Advice            `yaml:"-"`
	Kitchen  Kitchen             `yaml:"-"`
	Grades   []GradeWords        `yaml:"-"`
	Evidence []Topic             `yaml:"-"`
	Limits   []Threshold         `yaml:"-"`
	Sources  []Source            `yaml:"-"`
	Passages []Passage           `yaml:"-"`
	Conflict []Conflict          `yaml:"-"`
	Regions  []Region            `yaml:"-"`
	Speech   Speech              `yaml:"-"`

	advice  map[string]int
	rule    map[string]int
	source  map[string]int
	passage map[string]int
	topic   map[string]int
	food    map[string]int
	tag     map[string]int

	ready ready // what For works out
}

// Level is how loud a safety rule speaks, loudest first.
type Level string

// The levels of care, in the order they are shown.
const (
	Emergency Level = "emergency" // replaces everything
	Urgent    Level = "urgent"    // same day, first card
	Clinician Level = "clinician" // above the tips
	Note      Level = "note"      // a short explanation of what was left out
	Care      Level = "care"      // a care-first recommendation, never ranked
)

// Everything stands for all advice in a hold list. A leading minus takes one out
// again: [everything, -R27].
const Everything = "everything"

// Rule is a safety rule: when it fires, what it holds back and what it says.
type Rule struct {
	ID      string         `yaml:"id"`
	Level   Level          `yaml:"level"`
	When    quiz.Condition `yaml:"when"`
	Effect  `yaml:",inline"`
	Heading string   `yaml:"heading"` // one call to action
	Say     string   `yaml:"say"`
	Silent  bool     `yaml:"silent"` // holds without a card; named under "held" only
	Sources []string `yaml:"sources"`
	Judged  bool     `yaml:"judgement"` // rests on our judgement, no source claimed
	// Cases add to a rule that has fired: more is held, or it speaks louder or
	// differently. Each whose condition holds applies, in order.
	Cases []Case `yaml:"cases"`
	// After replaces the rule's effect once the visitor has answered the get-help
	// page with "this is not happening now" or "I have got help". Only emergencies
	// have it; their card stays.
	After *Effect `yaml:"after"`

	when *quiz.Predicate
}

// Effect is what a rule keeps back.
type Effect struct {
	Hold     []string `yaml:"hold"`     // advice ids, hold sets, or everything
	Hide     []string `yaml:"hide"`     // pillars whose number is hidden, or overall
	Withhold bool     `yaml:"withhold"` // no number at all
	Without  []string `yaml:"without"`  // food tags that no sentence may name
	Caution  []string `yaml:"caution"`  // advice shown only with this rule's text on its card
	Bring    []string `yaml:"bring"`    // advice that must be shown while its own condition holds

	holds []bool // Hold, with sets spelled out, by the place of the advice
	bans  []int  // Without, as places of tags
}

// Case is a variation of a rule.
type Case struct {
	When    quiz.Condition `yaml:"when"`
	Level   Level          `yaml:"level"` // "" leaves it
	Effect  `yaml:",inline"`
	Heading string `yaml:"heading"` // "" leaves it
	Say     string `yaml:"say"`     // "" adds nothing
	Instead bool   `yaml:"instead"` // Say replaces the rule's text

	when *quiz.Predicate
}

// Shelf is where advice is shown.
type Shelf string

// The shelves.
const (
	Ranked     Shelf = "ranked"     // competes for the top three
	Companion  Shelf = "companion"  // shown whenever it applies, counts towards no limit
	Beyond     Shelf = "beyond"     // not in the article, at most three
	Supplement Shelf = "supplement" // the supplement corner
	CareFirst  Shelf = "care"       // above all tips
	Keep       Shelf = "keep"       // when nothing else fits, or all goes well
)

// Effort is what a step costs a person.
type Effort string

// The efforts.
const (
	Low    Effort = "low"
	Medium Effort = "medium"
	High   Effort = "high"
)

// Advice is one recommendation.
type Advice struct {
	ID         string `yaml:"id"`
	Key        string `yaml:"key"` // its name in addresses and data
	Shelf      Shelf  `yaml:"shelf"`
	Title      string `yaml:"title"`
	Do         string `yaml:"do"`         // what to do this week
	Plan       string `yaml:"plan"`       // if … then …
	Why        string `yaml:"why"`        // why you, quoting the answers
	Notice     string `yaml:"notice"`     // when a change can be noticed
	Always     string `yaml:"always"`     // a sentence that is printed wherever the advice is
	Correction string `yaml:"correction"` // where the article overstates
	NotIf      string `yaml:"not_if"`     // who leaves it, or asks first; on the detail page
	Unknown    string `yaml:"unknown"`    // what is not known
	Effort     Effort `yaml:"effort"`

	When   quiz.Condition  `yaml:"when"`
	Unless *quiz.Condition `yaml:"unless"` // does not fit; holds by safety rules are in safety.yaml
	Needs  []string        `yaml:"needs"`  // food tags without which it makes no sense

	Pillar  string         `yaml:"pillar"`
	Trigger []Trigger      `yaml:"trigger"`  // ranked: the item whose gap counts, first that applies
	LessOf  bool           `yaml:"less_of"`  // asks for less of something: at most one on a page
	Match   map[string]int `yaml:"match"`    // skin concern → 1 or 2
	Above   string         `yaml:"above"`    // ranks directly above this advice when both are eligible
	First   []Priority     `yaml:"first"`    // beyond: shown before the rest, lowest first
	With    []string       `yaml:"with"`     // companion of these: shown only when one of them is
	Instead *Instead       `yaml:"instead"`  // another advice takes its place
	NotWith []string       `yaml:"not_with"` // never on one page with these

	Health    Grade            `yaml:"health"`
	Skin      Grade            `yaml:"skin"`
	SkinFor   map[string]Grade `yaml:"skin_for"` // where the grade differs by concern
	Against   []string         `yaml:"against"`  // concerns for which the evidence speaks against it
	Evidence  []string         `yaml:"evidence"` // topics
	Passages  []string         `yaml:"passages"`
	Beyond    bool             `yaml:"beyond"` // beyond the article
	Sources   []string         `yaml:"sources"`
	Judgement bool             `yaml:"judgement"` // ours, no source claimed

	Variants []Variant `yaml:"variants"`
	Reviewed string    `yaml:"reviewed"`  // date, 2006-01-02
	ReviewBy string    `yaml:"review_by"` // date

	fit fit // what For works out
}

// Trigger names the question, or pillar, whose gap ranks an advice.
type Trigger struct {
	Question string          `yaml:"question"`
	Pillar   string          `yaml:"pillar"`
	When     *quiz.Condition `yaml:"when"` // nil: always

	when *quiz.Predicate
	item item
}

// Priority puts advice on the beyond shelf before the others.
type Priority struct {
	When  quiz.Condition `yaml:"when"`
	Order int            `yaml:"order"`

	when *quiz.Predicate
}

// Instead says which advice takes another's place, and when.
type Instead struct {
	Of   string         `yaml:"of"`
	When quiz.Condition `yaml:"when"`

	when *quiz.Predicate
}

// Variant fits an advice to a person. It applies to one kind of eater of the
// kitchen (ID names it), or under its own condition.
type Variant struct {
	ID    string          `yaml:"id"`
	When  *quiz.Condition `yaml:"when"`
	Title string          `yaml:"title"` // replaces
	Do    string          `yaml:"do"`    // replaces
	Plan  string          `yaml:"plan"`  // replaces
	Note  string          `yaml:"note"`  // is added

	when  *quiz.Predicate // nil: for nobody
	lists [][]int         // the food lists of Do, as places of foods
}

// Conflict is a pair of ideas that clash, and how it is resolved. It is a note for
// authors: no visitor reads it, so no language has to say it.
type Conflict struct {
	ID       string   `yaml:"id"`
	Pair     string   `yaml:"pair"`
	Resolved string   `yaml:"resolved"`
	Uses     []string `yaml:"uses"` // rules and advice that carry it out
}

// Region holds help numbers.
type Region struct {
	ID        string   `yaml:"id"`
	Name      string   `yaml:"name"`
	Emergency string   `yaml:"emergency"` // what to call, as in "call 999"
	Urgent    string   `yaml:"urgent"`
	Crisis    []string `yaml:"crisis"` // lines of help for thoughts of self-harm
	Eating    string   `yaml:"eating"` // eating-disorder support
	Minors    []string `yaml:"minors"` // help for people under 18
}
