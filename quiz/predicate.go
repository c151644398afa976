package quiz

import (
	"math"
	"math/bits"
	"slices"
	"strconv"
)

// Predicate is a Condition made ready for one questionnaire: ids have become places,
// lists of options bits, and a label the condition it stands for, so that nothing is
// looked up any more. To decide and to explain are two things: Holds decides, Reasons
// explains. The zero Predicate never holds.
type Predicate struct {
	op       op
	parts    []Predicate // of all, any and not
	question int         // its place
	options  uint64      // of in and lacks: a bit for each option, by its place
	lacks    string      // the option that is named as the reason
	pillar   int         // its place; the overall score comes after the pillars
	atLeast  float64
	below    float64
}

type op uint8

const (
	opNever op = iota
	opAll
	opAny
	opNot
	opIn
	opLacks
	opNumber
	opPillar
)

// Predicate makes a condition ready. What the questionnaire does not know never
// holds; CheckCondition is there to refuse it.
func (q *Questionnaire) Predicate(c *Condition) *Predicate {
	p := q.predicate(c)
	return &p
}

func (q *Questionnaire) predicate(c *Condition) Predicate {
	switch {
	case c.All != nil:
		return Predicate{op: opAll, parts: q.predicates(c.All)}
	case c.Any != nil:
		return Predicate{op: opAny, parts: q.predicates(c.Any)}
	case c.Not != nil:
		return Predicate{op: opNot, parts: []Predicate{q.predicate(c.Not)}}
	case c.Is != "":
		return q.labels[c.Is]
	}
	p := Predicate{question: q.Place(c.Question), pillar: q.PillarPlace(c.Pillar), atLeast: math.Inf(-1), below: math.Inf(1)}
	if c.AtLeast != nil {
		p.atLeast = *c.AtLeast
	}
	if c.Below != nil {
		p.below = *c.Below
	}
	switch {
	case p.pillar >= 0:
		p.op = opPillar
	case p.question < 0:
		p.op = opNever
	case c.In != nil:
		p.op, p.options = opIn, q.Questions[p.question].bits(c.In)
	case len(c.Lacks) > 0:
		p.op, p.options, p.lacks = opLacks, q.Questions[p.question].bits(c.Lacks), c.Lacks[0]
	default:
		p.op = opNumber
	}
	return p
}

func (q *Questionnaire) predicates(list []Condition) []Predicate {
	parts := make([]Predicate, len(list))
	for i := range list {
		parts[i] = q.predicate(&list[i])
	}
	return parts
}

// Holds decides on what a form says.
func (p *Predicate) Holds(f *Form) bool { return p.eval(f, false) == yes }

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

// eval looks at what is known here or, ahead, at what no later answer can change:
// then a question that is not settled is open, and so is what depends on it.
func (p *Predicate) eval(f *Form, ahead bool) tri {
	switch p.op {
	case opNever:
		return no
	case opAll:
		result := yes
		for i := range p.parts {
			if result = min(result, p.parts[i].eval(f, ahead)); result == no {
				break
			}
		}
		return result
	case opAny:
		result := no
		for i := range p.parts {
			if result = max(result, p.parts[i].eval(f, ahead)); result == yes {
				break
			}
		}
		return result
	case opNot:
		return yes - p.parts[0].eval(f, ahead)
	case opPillar:
		value, ok := f.Value(p.pillar)
		return truth(ok && p.within(float64(value)))
	}
	e := &f.entries[p.question]
	if ahead && !e.settled {
		return open
	}
	switch p.op {
	case opIn:
		return truth(e.picked&p.options != 0)
	case opLacks:
		return truth(e.state == answered && e.picked&p.options == 0)
	}
	return truth(e.answer.Number != nil && p.within(*e.answer.Number))
}

func (p *Predicate) within(n float64) bool { return n < p.below && n >= p.atLeast }

// Reasons adds the leaves that made p hold, those that are not in the list yet, in
// the order of the rule. Where p does not hold it adds none.
func (p *Predicate) Reasons(f *Form, list []Reason) []Reason {
	if !p.Holds(f) {
		return list
	}
	return p.explain(f, list)
}

// explain walks the branches that made p hold. What stands under a not is the absence
// of something and gives no reason.
func (p *Predicate) explain(f *Form, list []Reason) []Reason {
	switch p.op {
	case opAll:
		for i := range p.parts {
			list = p.parts[i].explain(f, list)
		}
		return list
	case opAny:
		for i := range p.parts {
			list = p.parts[i].Reasons(f, list)
		}
		return list
	case opPillar:
		value, _ := f.Value(p.pillar)
		return addReason(list, Reason{Pillar: f.q.pillarID(p.pillar), Value: strconv.Itoa(value)})
	case opNever, opNot:
		return list
	}
	x, e := &f.q.Questions[p.question], &f.entries[p.question]
	switch p.op {
	case opIn:
		for b := e.picked & p.options; b != 0; b &= b - 1 {
			list = addReason(list, Reason{Question: x.ID, Value: x.ids[bits.TrailingZeros64(b)]})
		}
	case opLacks:
		list = addReason(list, Reason{Question: x.ID, Lacks: p.lacks})
	case opNumber:
		list = addReason(list, Reason{Question: x.ID, Value: FormatNumber(*e.answer.Number)})
	}
	return list
}

func addReason(list []Reason, r Reason) []Reason {
	if slices.Contains(list, r) {
		return list
	}
	return append(list, r)
}

// read fills in the answers p looks at, and no other.
func (p *Predicate) read(f *Form, a Answers) {
	for i := range p.parts {
		p.parts[i].read(f, a)
	}
	if p.op == opIn || p.op == opLacks || p.op == opNumber {
		e := &f.entries[p.question]
		*e = entry{}
		f.q.Questions[p.question].read(a, e)
	}
}
