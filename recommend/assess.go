package recommend

import (
	"slices"

	"gutskin/quiz"
)

// Assess turns answers into a report: safety rules first, then scores, then
// advice. What a rule holds, nothing brings back. Answers off the path do not
// count. Acknowledged names the emergency rules that the visitor has answered on
// the get-help page. Answers must have passed Check.
func Assess(q *quiz.Questionnaire, b *Book, a quiz.Answers, acknowledged ...string) Report {
	s := newSitting(q, b, a, acknowledged)
	report := Report{
		Answers:      s.answers,
		Acknowledged: acknowledged,
		Scores:       s.card.Scores,
		Labels:       s.labels(),
		Care:         s.ruling.notices(),
		Companions:   []Pick{},
		Supplements:  []Pick{},
		Held:         []Hold{},
		Receipt:      s.card.Receipt,
	}
	if report.Receipt == nil {
		report.Receipt = []quiz.Line{}
	}
	s.choose(&report)
	return report
}

// sitting is one visitor's answers with everything that was worked out from them.
type sitting struct {
	q       *quiz.Questionnaire
	b       *Book
	answers quiz.Answers
	ruling  ruling
	card    quiz.Scorecard
	banned  map[string]bool
	skin    []string // concerns ticked
}

func newSitting(q *quiz.Questionnaire, b *Book, a quiz.Answers, acknowledged []string) *sitting {
	s := &sitting{q: q, b: b, answers: q.Walk(a).Kept}
	s.ruling = b.judge(q, s.answers, acknowledged)
	s.card = q.Score(s.answers, s.ruling.veil)
	s.banned = b.bans(q, s.answers, &s.ruling)
	s.skin = s.concerns()
	return s
}

// concerns are the skin concerns ticked, without "none of these".
func (s *sitting) concerns() []string {
	concerns := []string{}
	x := s.q.Question(s.q.Skin.Question)
	if x == nil {
		return concerns
	}
	for _, id := range s.answers[x.ID].Picked {
		if !x.Option(id).Exclusive {
			concerns = append(concerns, id)
		}
	}
	return concerns
}

func (s *sitting) labels() Labels {
	l := Labels{Skin: s.skin}
	for i := range s.q.Gut {
		if ok, _ := s.q.Holds(&s.q.Gut[i].When, s.answers, nil); ok {
			l.Gut = s.q.Gut[i].ID
			break
		}
	}
	l.SeeProfessional, _ = s.q.Holds(&s.q.Skin.Professional, s.answers, nil)
	return l
}

// candidate is advice that applies to this visitor.
type candidate struct {
	*Advice
	because  []quiz.Reason
	heldBy   []string
	priority Hundredths
}

// candidates lists all advice whose own condition holds and that fits: what safety
// rules hold is among them, marked.
func (s *sitting) candidates() []candidate {
	var list []candidate
	for i := range s.b.Advice {
		a := &s.b.Advice[i]
		because, ok := s.because(a)
		if !ok || s.unless(a) {
			continue
		}
		c := candidate{Advice: a, because: because, heldBy: s.ruling.holds(a)}
		if len(c.heldBy) == 0 && s.lacksFood(a) {
			continue
		}
		if a.Shelf == Ranked {
			gap, triggered := s.gap(a)
			if !triggered || gap <= 0 || s.unproven(a) {
				continue
			}
			c.priority = s.priority(a, gap)
		}
		list = append(list, c)
	}
	return list
}

// because reports whether the advice's own condition holds and why: what triggered
// it and, where it takes another's place, what made it do so.
func (s *sitting) because(a *Advice) ([]quiz.Reason, bool) {
	ok, because := s.q.Holds(&a.When, s.answers, s.card.Scores)
	if a.Instead != nil {
		_, more := s.q.Holds(&a.Instead.When, s.answers, s.card.Scores)
		for _, reason := range more {
			if !slices.Contains(because, reason) {
				because = append(because, reason)
			}
		}
	}
	return because, ok
}

func (s *sitting) unless(a *Advice) bool {
	if a.Unless == nil {
		return false
	}
	ok, _ := s.q.Holds(a.Unless, s.answers, s.card.Scores)
	return ok
}

// lacksFood reports that the advice makes no sense for this kind of eater: it needs
// a food they go without, or nothing is left of what it asks them to do.
func (s *sitting) lacksFood(a *Advice) bool {
	lists := a.lists
	for i := range a.Variants {
		if v := &a.Variants[i]; v.Do != "" && s.fits(v) {
			lists = v.lists
		}
	}
	return slices.ContainsFunc(a.Needs, func(tag string) bool { return s.banned[tag] }) ||
		slices.ContainsFunc(lists, func(foods []string) bool {
			return !slices.ContainsFunc(foods, func(id string) bool { return s.allowed(id) != nil })
		})
}

// unproven advice has weak or no evidence for health and skin alike and is never
// among the top three.
func (s *sitting) unproven(a *Advice) bool {
	return s.worth(a.Health) == 0 && s.worth(s.skinGrade(a)) == 0
}

func (s *sitting) worth(g Grade) int {
	if w := s.b.GradeByID(g); w != nil {
		return w.Worth
	}
	return 0
}

// skinGrade is the best grade for a concern this visitor ticked, or the general one.
// Good evidence against an advice is no grade for it.
func (s *sitting) skinGrade(a *Advice) Grade {
	best := NoGrade
	found := false
	for _, concern := range s.skin {
		if slices.Contains(a.Against, concern) {
			continue
		}
		g, ok := a.SkinFor[concern]
		if ok && (!found || s.worth(g) > s.worth(best)) {
			best, found = g, true
		}
	}
	switch {
	case found:
		return best
	case slices.ContainsFunc(s.skin, func(concern string) bool { return slices.Contains(a.Against, concern) }):
		return NoGrade
	}
	return a.Skin
}

func (s *sitting) pick(c *candidate) Pick {
	p := Pick{
		ID: c.ID, Key: c.Key, Health: c.Health, Skin: s.skinGrade(c.Advice),
		Passages: orEmpty(c.Passages), Sources: orEmpty(c.Sources), Because: orEmpty(c.because),
		Variants: s.variants(c.Advice), Cautions: s.ruling.caution[c.ID],
	}
	if c.Shelf == Ranked {
		priority := c.priority
		p.Priority = &priority
	}
	return p
}

// variants names the variants of an advice that fit this visitor.
func (s *sitting) variants(a *Advice) []string {
	ids := []string{}
	for i := range a.Variants {
		if s.fits(&a.Variants[i]) {
			ids = append(ids, a.Variants[i].ID)
		}
	}
	return ids
}

func (s *sitting) fits(v *Variant) bool {
	when := v.When
	if when == nil {
		when = s.b.eater(v.ID)
	}
	if when == nil {
		return false
	}
	ok, _ := s.q.Holds(when, s.answers, nil)
	return ok
}

func (b *Book) eater(id string) *quiz.Condition {
	for i := range b.Kitchen.Eaters {
		if b.Kitchen.Eaters[i].ID == id {
			return &b.Kitchen.Eaters[i].When
		}
	}
	return nil
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
