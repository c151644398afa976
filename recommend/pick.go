package recommend

import (
	"cmp"
	"slices"
)

// How many recommendations a page carries.
const (
	topLimit    = 3
	perPillar   = 2
	moreLimit   = 6
	beyondLimit = 3
	lowPillar   = 40 // a pillar below this has one of the top places kept for it
)

// choose fills the shelves of the report.
func (s *sitting) choose(report *Report) {
	s.all = s.candidates()
	report.Held = s.held()
	free, ranked := s.room.free, s.room.ranked
	for i := range s.all {
		c := &s.all[i]
		if c.held || s.idle(c.Advice) || s.replaced(c.Advice) {
			continue
		}
		free = append(free, c)
		if c.Shelf == Ranked {
			ranked = append(ranked, c)
		}
	}
	s.room.free, s.room.ranked = free, ranked
	rankAll(ranked)
	top := s.top(ranked)
	beyond, top := s.beyond(free, top)
	more := more(ranked, top, beyond)
	companions, supplements := s.room.companions, s.room.supplements
	for _, c := range free {
		switch c.Shelf {
		case CareFirst:
			report.Care = append(report.Care, Notice{ID: c.ID, Level: Care, Because: s.because(c.Advice)})
		case Companion:
			if len(c.With) == 0 || containsAny(top, c.With) || containsAny(more, c.With) {
				companions = append(companions, c)
			}
		case Supplement:
			supplements = append(supplements, c)
		}
	}
	s.room.companions, s.room.supplements = companions, supplements
	report.Companions, report.Supplements = s.picks(companions), s.picks(supplements)
	report.Top, report.More, report.Beyond = s.picks(top), s.picks(more), s.picks(beyond)
	s.keepGoing(report, free)
}

func (s *sitting) picks(list []*candidate) []Pick {
	picks := make([]Pick, len(list))
	for i, c := range list {
		picks[i] = s.pick(c.Advice)
		if c.Shelf == Ranked {
			picks[i].Priority = &s.priorities.copy([]Hundredths{c.priority})[0]
		}
	}
	return picks
}

func (s *sitting) held() []Hold {
	count := 0
	for i := range s.all {
		if s.all[i].held {
			count++
		}
	}
	holds := make([]Hold, 0, count)
	for i := range s.all {
		// What is always on offer was not triggered by anything the visitor said, and a
		// replacement that is not called for would not have been shown.
		if c := &s.all[i]; c.held && c.Shelf != Keep && !s.idle(c.Advice) {
			holds = append(holds, Hold{ID: c.ID, By: s.heldBy(c.Advice)})
		}
	}
	slices.SortFunc(holds, func(a, b Hold) int { return cmp.Compare(a.ID, b.ID) })
	return holds
}

// top chooses the top three: by priority, at most one per trigger item, two per
// pillar and one that asks for less of something. The lowest pillar, when it is
// low, has a place kept for its best advice.
func (s *sitting) top(ranked []*candidate) []*candidate {
	top := make([]*candidate, 0, topLimit)
	if kept := s.lowest(ranked); kept != nil {
		top = append(top, kept)
	}
	for _, c := range ranked {
		if len(top) < topLimit && c.fitsWith(top) {
			top = append(top, c)
		}
	}
	slices.SortFunc(top, func(a, b *candidate) int { return a.rank - b.rank })
	return top
}

// lowest returns the best advice of the lowest pillar, if that is below lowPillar.
func (s *sitting) lowest(ranked []*candidate) *candidate {
	least := lowPillar
	for i := range s.q.Pillars {
		least = min(least, s.standing(i))
	}
	if least == lowPillar {
		return nil
	}
	for _, c := range ranked {
		if c.standing == least {
			return c
		}
	}
	return nil
}

func (c *candidate) fitsWith(top []*candidate) bool {
	same := 0
	for _, t := range top {
		if t.ID == c.ID || t.item == c.item || t.LessOf && c.LessOf {
			return false
		}
		if t.Pillar == c.Pillar {
			same++
		}
	}
	return same < perPillar
}

// more lists what ranked below the top three, best first. None of it asks for less
// of something, and none must not stand beside an idea that is shown.
func more(ranked, top, beyond []*candidate) []*candidate {
	list := make([]*candidate, 0, moreLimit)
	for _, c := range ranked {
		clashes := func(o *candidate) bool { return o.ID == c.ID || slices.Contains(o.NotWith, c.ID) }
		if len(list) < moreLimit && !c.LessOf && !slices.ContainsFunc(top, clashes) && !slices.ContainsFunc(beyond, clashes) {
			list = append(list, c)
		}
	}
	return list
}

// keepGoing adds the advice to keep what works: as the only one when nothing else
// is eligible, or beside the others when all goes well and no safety rule asks for
// care.
func (s *sitting) keepGoing(report *Report, free []*candidate) {
	calm := !slices.ContainsFunc(report.Care, func(n Notice) bool { return n.Level != Note && n.Level != Care })
	for i := range s.b.Advice {
		a := &s.b.Advice[i]
		if a.Shelf != Keep || s.ruling.keepsBack(a) {
			continue
		}
		earned := slices.ContainsFunc(free, func(c *candidate) bool { return c.ID == a.ID })
		switch {
		case len(report.Top) == 0:
			report.Top = append(report.Top, s.pick(a))
		case earned && calm:
			report.Companions = append(report.Companions, s.pick(a))
		}
	}
}

func containsAny(list []*candidate, ids []string) bool {
	return slices.ContainsFunc(list, func(c *candidate) bool { return slices.Contains(ids, c.ID) })
}
