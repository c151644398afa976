package recommend

import (
	"cmp"
	"slices"
	"strings"

	"gutskin/quiz"
)

// How many recommendations a page carries.
const (
	topLimit    = 3
	perPillar   = 2
	moreLimit   = 6
	beyondLimit = 3
	lowPillar   = 40 // a pillar below this has one of the top places kept for it
)

// gap is how far the item behind an advice is from its best, in hundredths of a
// point: 4 minus its points, or for a pillar (100 minus its score) ÷ 25. A skipped
// or excluded item never triggers anything.
func (s *sitting) gap(a *Advice) (Hundredths, bool) {
	t := s.trigger(a)
	if t == nil {
		return 0, false
	}
	if t.Pillar != "" {
		score := s.card.Of(t.Pillar)
		if score == nil || score.Figures == nil {
			return 0, false
		}
		return Hundredths((100 - score.Value) * 4), true
	}
	points, state := s.q.Question(t.Question).Points(s.answers[t.Question])
	return Hundredths((quiz.MaxPoints - points) * 100), state == quiz.LineAnswered
}

func (s *sitting) trigger(a *Advice) *Trigger {
	for i := range a.Trigger {
		t := &a.Trigger[i]
		if t.When == nil {
			return t
		}
		if ok, _ := s.q.Holds(t.When, s.answers, s.card.Scores); ok {
			return t
		}
	}
	return nil
}

// priority = 3 × gap + 3 × match + 2 × evidence − effort.
func (s *sitting) priority(a *Advice, gap Hundredths) Hundredths {
	evidence := max(s.worth(a.Health), s.worth(s.skinGrade(a)))
	return 3*gap + Hundredths(300*s.match(a)+200*evidence-100*effort(a.Effort))
}

func (s *sitting) match(a *Advice) int {
	best := 0
	for _, concern := range s.skin {
		best = max(best, a.Match[concern])
	}
	return best
}

func effort(e Effort) int { return 1 + slices.Index([]Effort{Low, Medium, High}, e) }

// choose fills the shelves of the report.
func (s *sitting) choose(report *Report) {
	all := s.candidates()
	report.Held = s.held(all)
	free := s.withoutReplaced(slices.DeleteFunc(slices.Clone(all), func(c candidate) bool { return len(c.heldBy) > 0 }))

	top := s.top(free)
	beyond, top := s.beyond(free, top)
	more := s.more(free, top, beyond)
	for _, c := range free {
		switch c.Shelf {
		case CareFirst:
			report.Care = append(report.Care, Notice{ID: c.ID, Level: Care, Because: c.because})
		case Companion:
			if len(c.With) == 0 || containsAny(slices.Concat(top, more), c.With) {
				report.Companions = append(report.Companions, s.pick(&c))
			}
		case Supplement:
			report.Supplements = append(report.Supplements, s.pick(&c))
		}
	}
	report.Top, report.More, report.Beyond = s.picks(top), s.picks(more), s.picks(beyond)
	s.keepGoing(report, free)
}

func (s *sitting) picks(list []candidate) []Pick {
	picks := make([]Pick, len(list))
	for i := range list {
		picks[i] = s.pick(&list[i])
	}
	return picks
}

func (s *sitting) held(all []candidate) []Hold {
	holds := []Hold{}
	for _, c := range all {
		// What is always on offer was not triggered by anything the visitor said, and a
		// replacement that is not called for would not have been shown.
		if len(c.heldBy) > 0 && c.Shelf != Keep && !s.idle(c.Advice) {
			holds = append(holds, Hold{ID: c.ID, By: c.heldBy})
		}
	}
	slices.SortFunc(holds, func(a, b Hold) int { return cmp.Compare(a.ID, b.ID) })
	return holds
}

// withoutReplaced drops advice whose place another takes for this visitor, and
// replacements that are not called for. A replacement counts as called for even
// where it is itself held: then neither is shown.
func (s *sitting) withoutReplaced(list []candidate) []candidate {
	replaced := map[string]bool{}
	for i := range s.b.Advice {
		if a := &s.b.Advice[i]; a.Instead != nil && !s.idle(a) {
			replaced[a.Instead.Of] = true
		}
	}
	return slices.DeleteFunc(list, func(c candidate) bool { return replaced[c.ID] || s.idle(c.Advice) })
}

// idle reports that the advice is a replacement that is not called for.
func (s *sitting) idle(a *Advice) bool {
	if a.Instead == nil {
		return false
	}
	ok, _ := s.q.Holds(&a.Instead.When, s.answers, s.card.Scores)
	return !ok
}

// top chooses the top three: by priority, at most one per trigger item, two per
// pillar and one that asks for less of something. The lowest pillar, when it is
// low, has a place kept for its best advice.
func (s *sitting) top(free []candidate) []candidate {
	ranked := s.ranked(free)
	var top []candidate
	if kept := s.lowest(ranked); kept != nil {
		top = append(top, *kept)
	}
	for _, c := range ranked {
		if len(top) < topLimit && s.fitsWith(c, top) {
			top = append(top, c)
		}
	}
	order := places(ranked, func(c candidate) string { return c.ID })
	slices.SortFunc(top, func(a, b candidate) int { return order[a.ID] - order[b.ID] })
	return top
}

// more lists what ranked below the top three, best first. None of it asks for less
// of something, and none must not stand beside an idea that is shown.
func (s *sitting) more(free, top, beyond []candidate) []candidate {
	shown := slices.Concat(top, beyond)
	more := slices.DeleteFunc(s.ranked(free), func(c candidate) bool {
		return c.LessOf || slices.ContainsFunc(shown, func(o candidate) bool {
			return o.ID == c.ID || slices.Contains(o.NotWith, c.ID)
		})
	})
	return more[:min(len(more), moreLimit)]
}

// ranked is the advice that competes for the top three, best first.
func (s *sitting) ranked(free []candidate) []candidate {
	ranked := slices.DeleteFunc(slices.Clone(free), func(c candidate) bool { return c.Shelf != Ranked })
	s.sort(ranked)
	return ranked
}

func (s *sitting) sort(ranked []candidate) {
	slices.SortFunc(ranked, func(a, b candidate) int {
		return cmp.Or(
			cmp.Compare(b.priority, a.priority),
			cmp.Compare(s.standing(a.Pillar), s.standing(b.Pillar)),
			cmp.Compare(effort(a.Effort), effort(b.Effort)),
			strings.Compare(a.ID, b.ID),
		)
	})
	for i, c := range ranked {
		below := slices.IndexFunc(ranked, func(o candidate) bool { return o.ID == c.Above })
		if below >= 0 && below < i {
			copy(ranked[below+1:i+1], ranked[below:i])
			ranked[below] = c
		}
	}
}

// standing is a pillar's score; one without a score ranks last.
func (s *sitting) standing(pillar string) int {
	if score := s.card.Of(pillar); score != nil && score.Figures != nil {
		return score.Value
	}
	return 101
}

// lowest returns the best advice of the lowest pillar, if that is below lowPillar.
func (s *sitting) lowest(ranked []candidate) *candidate {
	least := lowPillar
	for i := range s.q.Pillars {
		least = min(least, s.standing(s.q.Pillars[i].ID))
	}
	if least == lowPillar {
		return nil
	}
	for i := range ranked {
		if s.standing(ranked[i].Pillar) == least {
			return &ranked[i]
		}
	}
	return nil
}

func (s *sitting) fitsWith(c candidate, top []candidate) bool {
	same := 0
	for _, t := range top {
		if t.ID == c.ID || *s.item(t.Advice) == *s.item(c.Advice) || t.LessOf && c.LessOf {
			return false
		}
		if t.Pillar == c.Pillar {
			same++
		}
	}
	return same < perPillar
}

// item is the trigger without its condition: two triggers are the same item when
// they look at the same question or pillar.
func (s *sitting) item(a *Advice) *Trigger {
	t := *s.trigger(a)
	t.When = nil
	return &t
}

// keepGoing adds the advice to keep what works: as the only one when nothing else
// is eligible, or beside the others when all goes well and no safety rule asks for
// care.
func (s *sitting) keepGoing(report *Report, free []candidate) {
	calm := !slices.ContainsFunc(report.Care, func(n Notice) bool { return n.Level != Note && n.Level != Care })
	for i := range s.b.Advice {
		a := &s.b.Advice[i]
		if a.Shelf != Keep || len(s.ruling.holds(a)) > 0 {
			continue
		}
		earned := slices.ContainsFunc(free, func(c candidate) bool { return c.ID == a.ID })
		because, _ := s.because(a)
		p := s.pick(&candidate{Advice: a, because: because})
		switch {
		case len(report.Top) == 0:
			report.Top = append(report.Top, p)
		case earned && calm:
			report.Companions = append(report.Companions, p)
		}
	}
}

func containsAny(list []candidate, ids []string) bool {
	return slices.ContainsFunc(list, func(c candidate) bool { return slices.Contains(ids, c.ID) })
}
