package recommend

import (
	"cmp"
	"slices"
	"strings"

	"gutskin/quiz"
)

// candidate is advice that applies to this visitor.
type candidate struct {
	*Advice
	held     bool
	item     item // what triggered it, where it is ranked
	priority Hundredths
	standing int // of its pillar
	rank     int // among what is ranked, or on the beyond shelf: lowest first
}

// candidates lists all advice whose own condition holds and that fits: what safety
// rules hold is among them, marked.
func (s *sitting) candidates() []candidate {
	list := s.all[:0]
	for i := range s.b.Advice {
		a := &s.b.Advice[i]
		if !a.fit.when.Holds(s.form) || s.unless(a) {
			continue
		}
		c := candidate{Advice: a, held: s.ruling.keepsBack(a)}
		if !c.held && s.lacksFood(a) || a.Shelf == Ranked && !s.weigh(&c) {
			continue
		}
		list = append(list, c)
	}
	return list
}

func (s *sitting) unless(a *Advice) bool { return a.fit.unless != nil && a.fit.unless.Holds(s.form) }

// idle reports that the advice is a replacement that is not called for.
func (s *sitting) idle(a *Advice) bool { return a.Instead != nil && !a.Instead.when.Holds(s.form) }

// replaced reports that another takes its place for this visitor. A replacement
// counts as called for even where it is itself held: then neither is shown.
func (s *sitting) replaced(a *Advice) bool {
	return slices.ContainsFunc(a.fit.replacedBy, func(p *quiz.Predicate) bool { return p.Holds(s.form) })
}

// weigh works out where a candidate ranks, or reports that it does not: nothing
// triggers it, or it has weak or no evidence for health and skin alike.
func (s *sitting) weigh(c *candidate) bool {
	t := s.trigger(c.Advice)
	if t == nil {
		return false
	}
	gap := s.gap(t.item)
	evidence := max(c.fit.health, s.skinGrade(c.Advice).worth)
	if gap <= 0 || c.fit.health == 0 && evidence == 0 {
		return false
	}
	c.item, c.standing = t.item, s.standing(c.fit.pillar)
	c.priority = 3*gap + Hundredths(300*s.match(c.Advice)+200*evidence-100*c.fit.effort)
	return true
}

func (s *sitting) trigger(a *Advice) *Trigger {
	for i := range a.Trigger {
		if t := &a.Trigger[i]; t.when == nil || t.when.Holds(s.form) {
			return t
		}
	}
	return nil
}

// gap is how far the item behind an advice is from its best, in hundredths of a
// point: 4 minus its points, or for a pillar (100 minus its score) ÷ 25. A skipped
// or excluded item never triggers anything: it has no gap.
func (s *sitting) gap(i item) Hundredths {
	if i.pillar >= 0 {
		value, scored := s.form.Value(i.pillar)
		if !scored {
			return 0
		}
		return Hundredths((100 - value) * 4)
	}
	if i.question < 0 {
		return 0
	}
	points, state := s.form.Points(i.question)
	if state != quiz.LineAnswered {
		return 0
	}
	return Hundredths((quiz.MaxPoints - points) * 100)
}

// standing is a pillar's score; one without a score ranks last.
func (s *sitting) standing(pillar int) int {
	if pillar >= 0 {
		if value, scored := s.form.Value(pillar); scored {
			return value
		}
	}
	return 101
}

// rankAll puts what competes for the top three in order, best first: by priority, the
// lower pillar, the smaller effort, then by id.
func rankAll(ranked []*candidate) {
	slices.SortFunc(ranked, func(a, b *candidate) int {
		return cmp.Or(
			int(b.priority-a.priority), a.standing-b.standing, a.fit.effort-b.fit.effort, strings.Compare(a.ID, b.ID),
		)
	})
	for i, c := range ranked {
		if c.fit.above < 0 {
			continue
		}
		below := slices.IndexFunc(ranked[:i], func(o *candidate) bool { return o.fit.place == c.fit.above })
		if below >= 0 {
			copy(ranked[below+1:i+1], ranked[below:i])
			ranked[below] = c
		}
	}
	for i, c := range ranked {
		c.rank = i
	}
}
