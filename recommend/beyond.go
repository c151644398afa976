package recommend

import (
	"cmp"
	"slices"
	"strings"
)

// beyond chooses up to three ideas that the article does not have. One that asks
// for less of something gives way to such an idea among the top three; one that
// must not stand beside a top idea changes that idea for its replacement, or, where
// there is none, gives way too.
func (s *sitting) beyond(free, top []*candidate) (beyond, newTop []*candidate) {
	lessOf := slices.ContainsFunc(top, func(t *candidate) bool { return t.LessOf })
	list := make([]*candidate, 0, len(free))
	for _, c := range free {
		if c.Shelf == Beyond && (!c.LessOf || !lessOf) {
			c.rank = s.beyondRank(c.Advice)
			list = append(list, c)
		}
	}
	slices.SortStableFunc(list, func(a, b *candidate) int {
		return cmp.Or(a.rank-b.rank, strings.Compare(a.ID, b.ID))
	})
	beyond = make([]*candidate, 0, beyondLimit)
	for _, c := range list {
		if len(beyond) == beyondLimit {
			break
		}
		if swapped, ok := s.makeRoom(c, top); ok {
			beyond, top = append(beyond, c), swapped
		}
	}
	return beyond, top
}

// beyondRank orders the beyond shelf: what comes first by its own rule or was brought
// by a safety rule, then what matches a concern, then the rest.
func (s *sitting) beyondRank(a *Advice) int {
	const brought, matching, rest = 10, 11, 12
	best := rest
	if s.match(a) > 0 {
		best = matching
	}
	if s.ruling.brings(a) {
		best = brought
	}
	for i := range a.First {
		if a.First[i].when.Holds(s.form) {
			best = min(best, a.First[i].Order)
		}
	}
	return best
}

func (s *sitting) makeRoom(c *candidate, top []*candidate) ([]*candidate, bool) {
	clashes := func(t *candidate) bool { return slices.Contains(c.NotWith, t.ID) }
	if !slices.ContainsFunc(top, clashes) {
		return top, true
	}
	top = slices.Clone(top)
	for i, t := range top {
		if !clashes(t) {
			continue
		}
		if top[i] = s.replacement(t); top[i] == nil {
			return nil, false
		}
	}
	return top, true
}

// replacement finds the advice that can stand in for c, whether or not it was
// called for.
func (s *sitting) replacement(c *candidate) *candidate {
	for i := range s.all {
		if o := &s.all[i]; o.Instead != nil && o.Instead.Of == c.ID && !o.held {
			return o
		}
	}
	return nil
}
