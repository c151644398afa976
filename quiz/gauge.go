package quiz

// Gauge tells answers to one question apart by what they can change. Two answers
// that read the same make every one of its conditions come out the same, whatever
// else is answered; so do several picks of one question that each read the same.
type Gauge struct {
	q      *Questionnaire
	x      string
	leaves []*Condition
}

// Gauge returns the gauge of a question for some conditions, labels within them
// included.
func (q *Questionnaire) Gauge(question string, conditions []*Condition) Gauge {
	g := Gauge{q: q, x: question}
	for _, c := range conditions {
		q.Leaves(c, func(leaf *Condition) {
			if leaf.Question == question {
				g.leaves = append(g.leaves, leaf)
			}
		})
	}
	return g
}

// Read returns the same text for answers that change nothing against each other.
func (g Gauge) Read(a Answer) string {
	b := make([]byte, len(g.leaves))
	for i, leaf := range g.leaves {
		b[i] = '0'
		if ok, _ := g.q.Holds(leaf, Answers{g.x: a}, nil); ok {
			b[i] = '1'
		}
	}
	return string(b)
}

// Numbers reports that some condition looks at the number itself, so that one
// number cannot stand for all others.
func (g Gauge) Numbers() bool {
	for _, leaf := range g.leaves {
		if leaf.Below != nil || leaf.AtLeast != nil {
			return true
		}
	}
	return false
}
