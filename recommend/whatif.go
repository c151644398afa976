package recommend

import (
	"cmp"
	"maps"
	"slices"

	"gutskin/quiz"
)

// The rules of "what would move your scores":
//
//   - A change is one step on one answer, and what it would do is worked out by the
//     same rules as the report itself.
//   - Only scored questions that an idea of the book works on are changed. So age,
//     conditions, medicines, allergies, feelings about food, gut and skin never are.
//     Nor are signs without an idea of their own: how manageable life feels, waking
//     up rested, thirst. Feeling tense and nights with trouble sleeping have one. A
//     person cannot simply choose those, so a page lets them be ticked away.
//   - Safety goes first. A topic is left alone when a safety rule holds or adds words
//     to an idea on it, or when such an idea does not fit the person. A change that
//     would make any rule speak, or fall silent, is not offered. Nothing is offered
//     for a number that is not shown.

// ChangesShown is how many changes a page shows; the rest is for whoever asks.
const ChangesShown = 5

// Change is one step on one answer and what it would do.
type Change struct {
	Question string
	From, To quiz.Answer
	Moves    []Move   // every score that has a number, pillars first, the overall last
	Ideas    []string // advice of the report that works on this answer, in the order shown
	Appear   []string // advice that would be shown anew
	Go       []string // advice that would no longer be shown
}

// Move is a score before and after a change.
type Move struct {
	Pillar        string
	Before, After quiz.Figures
}

// Gain is how many of 100 points the score would rise by.
func (m Move) Gain() int { return m.After.Value - m.Before.Value }

// CrossesBand reports that the score would come to stand in another band.
func (m Move) CrossesBand() bool { return m.Before.Band != m.After.Band }

// Move returns what happens to a pillar, or to the overall score; nil where it has no
// number.
func (c *Change) Move(pillar string) *Move {
	for i := range c.Moves {
		if c.Moves[i].Pillar == pillar {
			return &c.Moves[i]
		}
	}
	return nil
}

// WhatIf lists the single steps that would raise a score of the report, the largest
// gain of the overall score first, then of the pillar: the first most of them, or all
// where most is 0. Questions in without are left out: what the visitor cannot change. The
// report must have been made with q and b; give an older one to Rework first.
func WhatIf(q *quiz.Questionnaire, b *Book, report Report, without map[string]bool, most int) []Change {
	s := newSitting(q, b, report.Answers, report.Acknowledged)
	before := Assess(q, b, s.answers, report.Acknowledged...)
	var possible []possibility
	for _, v := range q.Walk(report.Answers).Steps {
		x := v.Question
		if without[x.ID] || !s.shows(x) || !s.changeable(x.ID) {
			continue
		}
		for _, to := range s.steps(v) {
			if p, ok := s.possible(&before, x, to); ok {
				possible = append(possible, p)
			}
		}
	}
	slices.SortStableFunc(possible, func(a, b possibility) int {
		return cmp.Or(cmp.Compare(b.overall, a.overall), cmp.Compare(b.pillar, a.pillar))
	})
	var changes []Change
	for i := range possible {
		if most > 0 && len(changes) == most {
			break
		}
		if c, ok := s.change(&before, &possible[i]); ok {
			changes = append(changes, c)
		}
	}
	return changes
}

// possibility is a step of which no more is known than what it gains. That takes a third
// of the time of a whole report, which is made for the best of them only.
type possibility struct {
	question        *quiz.Question
	to              quiz.Answer
	answers         quiz.Answers // all of them, with this one
	overall, pillar int          // what these scores gain
}

// possible is no possibility where a safety rule would say something else.
func (s *sitting) possible(before *Report, x *quiz.Question, to quiz.Answer) (possibility, bool) {
	p := possibility{question: x, to: to, answers: maps.Clone(s.answers)}
	p.answers[x.ID] = to
	other := s.rulingOn(p.answers, before.Acknowledged)
	if !s.ruling.same(&other.ruling) {
		return p, false
	}
	other.form.Score(other.ruling.veil)
	gain := func(pillar int) int {
		then, was := s.form.Value(pillar)
		now, is := other.form.Value(pillar)
		if !was || !is {
			return 0
		}
		return now - then
	}
	p.overall, p.pillar = gain(s.q.PillarPlace(quiz.Overall)), gain(s.q.PillarPlace(x.Pillar))
	return p, true
}

// shows reports that the question counts in a pillar whose number is shown.
func (s *sitting) shows(x *quiz.Question) bool {
	score := s.card.Of(x.Pillar)
	return score != nil && score.State == quiz.Scored
}

// ideas are the pieces of advice that work on this question and may be shown: ranked
// by it, or called for by it.
func (s *sitting) ideas(question string) []*Advice {
	at := s.q.Place(question)
	var list []*Advice
	for i := range s.b.Advice {
		a := &s.b.Advice[i]
		if at >= 0 && a.fit.about[at] && !s.ruling.keepsBack(a) && !s.unless(a) && !s.lacksFood(a) {
			list = append(list, a)
		}
	}
	return list
}

// changeable reports that a step on this question can be told of: an idea in the book
// is ranked by it, and none of those is held, needs a safety rule's words or does not
// fit the person.
func (s *sitting) changeable(question string) bool {
	if s.guarded(question) {
		return false
	}
	return slices.ContainsFunc(s.ideas(question), func(a *Advice) bool { return ranks(a, question) }) &&
		!s.anyAdvice(func(a *Advice) bool { return ranks(a, question) && s.unless(a) })
}

// ranks reports that the advice can be ranked by this question.
func ranks(a *Advice, question string) bool {
	return slices.ContainsFunc(a.Trigger, func(t Trigger) bool { return t.Question == question })
}

// guarded reports that a safety rule has a say in this topic: it holds advice that is
// ranked by the question, or puts its own words on such a card. Then no change of it
// is suggested, and none is tried.
func (s *sitting) guarded(question string) bool {
	return s.anyAdvice(func(a *Advice) bool {
		return ranks(a, question) && (s.ruling.keepsBack(a) || len(s.ruling.cautions(a)) > 0)
	})
}

func (s *sitting) anyAdvice(is func(*Advice) bool) bool {
	for i := range s.b.Advice {
		if is(&s.b.Advice[i]) {
			return true
		}
	}
	return false
}

// change works out what an answer would do. It is no change to speak of when a safety
// rule would say something else, or when no number would rise.
func (s *sitting) change(before *Report, p *possibility) (Change, bool) {
	x := p.question
	after := Assess(s.q, s.b, p.answers, before.Acknowledged...)
	if !sameNotices(before.Care, after.Care) || !within(after.Held, before.Held) {
		return Change{}, false
	}
	c := Change{
		Question: x.ID, From: s.answers[x.ID], To: p.to,
		Moves:  moves(before.Scores, after.Scores),
		Appear: missingIn(before.Shown(), after.Shown()),
		Go:     missingIn(after.Shown(), before.Shown()),
	}
	for _, id := range before.Shown() {
		if a := s.b.AdviceByID(id); a != nil && s.calledBy(a, x.ID) {
			c.Ideas = append(c.Ideas, id)
		}
	}
	return c, slices.ContainsFunc(c.Moves, func(m Move) bool { return m.Gain() > 0 })
}

// calledBy reports that this person's answer to the question called for the advice.
func (s *sitting) calledBy(a *Advice, question string) bool {
	return ranks(a, question) || a.fit.when.Holds(s.form) &&
		slices.ContainsFunc(s.because(a), func(r quiz.Reason) bool { return r.Question == question })
}

// same reports that two rulings come from the same rules with the same cases, and so
// hold, hide and say the same.
func (r *ruling) same(other *ruling) bool {
	return slices.EqualFunc(r.fired, other.fired, func(a, b verdict) bool {
		return a.rule == b.rule && slices.Equal(a.cases, b.cases)
	})
}

func sameNotices(a, b []Notice) bool {
	return slices.EqualFunc(a, b, func(a, b Notice) bool { return a.ID == b.ID && a.Level == b.Level })
}

// within reports that everything held in list is held in other too.
func within(list, other []Hold) bool {
	return !slices.ContainsFunc(list, func(h Hold) bool {
		return !slices.ContainsFunc(other, func(o Hold) bool { return o.ID == h.ID })
	})
}

func moves(before, after []quiz.Score) []Move {
	var list []Move
	for i := range before {
		if before[i].Figures != nil && after[i].Figures != nil {
			list = append(list, Move{Pillar: before[i].Pillar, Before: *before[i].Figures, After: *after[i].Figures})
		}
	}
	return list
}

// missingIn lists what stands in list and not in known, in the order of list.
func missingIn(known, list []string) []string {
	var missing []string
	for _, id := range list {
		if !slices.Contains(known, id) {
			missing = append(missing, id)
		}
	}
	return missing
}
