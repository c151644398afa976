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
func (s *sitting) beyond(free, top []candidate) (beyond, newTop []candidate) {
	list := slices.DeleteFunc(slices.Clone(free), func(c candidate) bool {
		return c.Shelf != Beyond || c.LessOf && slices.ContainsFunc(top, func(t candidate) bool { return t.LessOf })
	})
	slices.SortStableFunc(list, func(a, b candidate) int {
		return cmp.Or(
			cmp.Compare(s.rank(a.Advice), s.rank(b.Advice)),
			strings.Compare(a.ID, b.ID),
		)
	})
	for i := 0; i < min(len(list), beyondLimit); i++ {
		swapped, ok := s.makeRoom(list[i], top)
		if ok {
			top = swapped
			continue
		}
		list = slices.Delete(list, i, i+1)
		i--
	}
	return list[:min(len(list), beyondLimit)], top
}

// rank orders the beyond shelf: what comes first by its own rule or was brought by
// a safety rule, then what matches a concern, then the rest.
func (s *sitting) rank(a *Advice) int {
	const brought, matching, rest = 10, 11, 12
	best := rest
	if s.match(a) > 0 {
		best = matching
	}
	if s.ruling.brought[a.ID] {
		best = brought
	}
	for i := range a.First {
		if ok, _ := s.q.Holds(&a.First[i].When, s.answers, s.card.Scores); ok {
			best = min(best, a.First[i].Order)
		}
	}
	return best
}

func (s *sitting) makeRoom(c candidate, top []candidate) ([]candidate, bool) {
	top = slices.Clone(top)
	for i, t := range top {
		if !slices.Contains(c.NotWith, t.ID) {
			continue
		}
		other := s.replacement(t)
		if other == nil {
			return nil, false
		}
		top[i] = *other
	}
	return top, true
}

// replacement finds the advice that can stand in for c, whether or not it was
// called for.
func (s *sitting) replacement(c candidate) *candidate {
	for _, o := range s.candidates() {
		if o.Instead != nil && o.Instead.Of == c.ID && len(o.heldBy) == 0 {
			return &o
		}
	}
	return nil
}
