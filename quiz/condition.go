package quiz

// Condition is the rule language: a tree of a few forms, of which exactly one is
// used in each node. It decides what is asked, advised and held, and it explains
// itself: Holds returns the leaves that held.
//
// A skipped or unreached question satisfies no leaf, not even Lacks. Only Not
// turns that round, so write Not with care.
type Condition struct {
	All []Condition `yaml:"all"` // every one holds
	Any []Condition `yaml:"any"` // at least one holds
	Not *Condition  `yaml:"not"` // it does not hold
	Is  string      `yaml:"is"`  // the label of this name holds

	Question string   `yaml:"question"` // with In, Lacks, or a number bound
	In       []string `yaml:"in"`       // one of these options was picked
	Lacks    []string `yaml:"lacks"`    // it was answered, with none of these options

	Pillar string `yaml:"pillar"` // with Below or AtLeast: its score; never holds without a score

	Below   *float64 `yaml:"below"`
	AtLeast *float64 `yaml:"at_least"`
}

// Reason is a leaf that held: which answer, or which score, made a rule apply.
type Reason struct {
	Question string `json:"question,omitempty"`
	Pillar   string `json:"pillar,omitempty"`
	Value    string `json:"value,omitempty"` // the option, the number, or the score
	Lacks    string `json:"lacks,omitempty"` // the option that was not picked
}

// Holds evaluates c over answers that Walk has kept and, for pillar leaves, their
// scores (nil before scoring). The reasons are the leaves that held, each once, in the
// order of the rule. A condition that is asked again and again is better made ready
// once, as a Predicate.
func (q *Questionnaire) Holds(c *Condition, a Answers, scores []Score) (bool, []Reason) {
	p, f := q.predicate(c), q.NewForm()
	p.read(f, a)
	for i := range scores {
		f.take(&scores[i])
	}
	if !p.Holds(f) {
		return false, nil
	}
	return true, p.explain(f, nil)
}

// Leaves calls yield for each leaf that c is made of, through labels too. Labels that
// use each other in a circle are walked once.
func (q *Questionnaire) Leaves(c *Condition, yield func(leaf *Condition)) {
	q.leaves(c, map[string]bool{}, yield)
}

func (q *Questionnaire) leaves(c *Condition, seen map[string]bool, yield func(leaf *Condition)) {
	if c == nil {
		return
	}
	for i := range c.All {
		q.leaves(&c.All[i], seen, yield)
	}
	for i := range c.Any {
		q.leaves(&c.Any[i], seen, yield)
	}
	q.leaves(c.Not, seen, yield)
	if label, ok := q.Labels[c.Is]; ok && c.Is != "" && !seen[c.Is] {
		seen[c.Is] = true
		q.leaves(&label, seen, yield)
	}
	if c.Question != "" || c.Pillar != "" {
		yield(c)
	}
}

// Mentions calls yield for the question or pillar of each leaf of c.
func (q *Questionnaire) Mentions(c *Condition, yield func(question, pillar string)) {
	q.Leaves(c, func(leaf *Condition) { yield(leaf.Question, leaf.Pillar) })
}
