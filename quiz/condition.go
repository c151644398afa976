package quiz

import "slices"

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

// Holds evaluates c over answers that Keep has cleaned and, for pillar leaves,
// their scores (nil before scoring). The reasons are the leaves that held, each
// once, in the order of the rule.
func (q *Questionnaire) Holds(c *Condition, a Answers, scores []Score) (bool, []Reason) {
	e := evaluator{q: q, answers: a, scores: scores}
	if e.eval(c) != yes {
		return false, nil
	}
	var reasons []Reason
	e.explain(c, func(r Reason) {
		if !slices.Contains(reasons, r) {
			reasons = append(reasons, r)
		}
	})
	return true, reasons
}

// tri is a truth value while some questions are still open.
type tri int8

const (
	no tri = iota
	open
	yes
)

func truth(b bool) tri {
	if b {
		return yes
	}
	return no
}

// evaluator works with what is known so far. With unknown set, a question for
// which it returns true is still open, and so is what depends on it.
type evaluator struct {
	q       *Questionnaire
	answers Answers
	scores  []Score
	unknown func(question string) bool
}

func (e *evaluator) eval(c *Condition) tri {
	switch {
	case c.All != nil:
		result := yes
		for i := range c.All {
			result = min(result, e.eval(&c.All[i]))
		}
		return result
	case c.Any != nil:
		result := no
		for i := range c.Any {
			result = max(result, e.eval(&c.Any[i]))
		}
		return result
	case c.Not != nil:
		return yes - e.eval(c.Not)
	case c.Is != "":
		label := e.q.Labels[c.Is]
		return e.eval(&label)
	case c.Pillar != "":
		_, ok := e.scoreLeaf(c)
		return truth(ok)
	}
	if e.unknown != nil && e.unknown(c.Question) {
		return open
	}
	ok := false
	e.answerLeaf(c, func(Reason) { ok = true })
	return truth(ok)
}

// answerLeaf calls found once for each part of the answer that satisfies the leaf.
func (e *evaluator) answerLeaf(c *Condition, found func(Reason)) {
	answer, answered := e.answers[c.Question]
	if !answered || answer.IsSkip() {
		return
	}
	switch {
	case c.In != nil:
		for _, id := range answer.Picked {
			if slices.Contains(c.In, id) {
				found(Reason{Question: c.Question, Value: id})
			}
		}
	case c.Lacks != nil:
		if !slices.ContainsFunc(c.Lacks, answer.Has) {
			found(Reason{Question: c.Question, Lacks: c.Lacks[0]})
		}
	default:
		if answer.Number != nil && c.within(*answer.Number) {
			found(Reason{Question: c.Question, Value: FormatNumber(*answer.Number)})
		}
	}
}

func (e *evaluator) scoreLeaf(c *Condition) (Reason, bool) {
	for i := range e.scores {
		s := &e.scores[i]
		if s.Pillar == c.Pillar && s.Figures != nil && c.within(float64(s.Value)) {
			return Reason{Pillar: c.Pillar, Value: FormatNumber(float64(s.Value))}, true
		}
	}
	return Reason{}, false
}

func (c *Condition) within(n float64) bool {
	return (c.Below == nil || n < *c.Below) && (c.AtLeast == nil || n >= *c.AtLeast)
}

// explain walks the branches that made c hold. What stands under a Not is the
// absence of something and gives no reason.
func (e *evaluator) explain(c *Condition, found func(Reason)) {
	switch {
	case c.All != nil:
		for i := range c.All {
			e.explain(&c.All[i], found)
		}
	case c.Any != nil:
		for i := range c.Any {
			if e.eval(&c.Any[i]) == yes {
				e.explain(&c.Any[i], found)
			}
		}
	case c.Not != nil:
	case c.Is != "":
		label := e.q.Labels[c.Is]
		e.explain(&label, found)
	case c.Pillar != "":
		if r, ok := e.scoreLeaf(c); ok {
			found(r)
		}
	default:
		e.answerLeaf(c, found)
	}
}

// Mentions calls yield for each question and pillar that c depends on, through
// labels too. Labels that use each other in a circle are walked once.
func (q *Questionnaire) Mentions(c *Condition, yield func(question, pillar string)) {
	q.mentions(c, map[string]bool{}, yield)
}

func (q *Questionnaire) mentions(c *Condition, seen map[string]bool, yield func(question, pillar string)) {
	if c == nil {
		return
	}
	for i := range c.All {
		q.mentions(&c.All[i], seen, yield)
	}
	for i := range c.Any {
		q.mentions(&c.Any[i], seen, yield)
	}
	q.mentions(c.Not, seen, yield)
	if label, ok := q.Labels[c.Is]; ok && c.Is != "" && !seen[c.Is] {
		seen[c.Is] = true
		q.mentions(&label, seen, yield)
	}
	if c.Question != "" || c.Pillar != "" {
		yield(c.Question, c.Pillar)
	}
}
