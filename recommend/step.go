package recommend

import (
	"math"
	"slices"

	"gutskin/quiz"
)

// stepper finds the single realistic steps from one answer to a better-scoring one.
type stepper struct {
	*sitting
	question *quiz.Question
	offered  []*quiz.Option
	points   int // of the answer given
}

// steps lists the answers one step better, best guess first. An answer that was
// skipped, or that takes the question out of the score, has none.
func (s *sitting) steps(v quiz.Visit) []quiz.Answer {
	answer := s.answers[v.Question.ID]
	points, state := v.Question.Points(answer)
	if state != quiz.LineAnswered || points >= quiz.MaxPoints {
		return nil
	}
	at := stepper{s, v.Question, v.Offered, points}
	switch v.Question.Kind {
	case quiz.One:
		return at.option(answer)
	case quiz.Many:
		return at.tick(answer)
	}
	return at.number(answer)
}

// counts reports that an option can be the answer of a step.
func counts(o *quiz.Option) bool { return !o.Skip && !o.Excluded }

// option is the next better option: the one with the fewest points above today's and,
// among equals, the nearest in the list.
func (at stepper) option(answer quiz.Answer) []quiz.Answer {
	from := slices.IndexFunc(at.offered, func(o *quiz.Option) bool { return answer.Has(o.ID) })
	best := -1
	for i, o := range at.offered {
		if !counts(o) || o.Points <= at.points {
			continue
		}
		if best < 0 || o.Points < at.offered[best].Points ||
			o.Points == at.offered[best].Points && distance(i, from) < distance(best, from) {
			best = i
		}
	}
	if best < 0 {
		return nil
	}
	return []quiz.Answer{quiz.Pick(at.offered[best].ID)}
}

func distance(a, b int) int { return max(a-b, b-a) }

// tick changes one tick: away with one that costs points, or one more that gives
// some. An idea that applies to this person must be about that very tick.
func (at stepper) tick(answer quiz.Answer) []quiz.Answer {
	var steps []quiz.Answer
	for _, o := range at.offered {
		if o.Exclusive || !counts(o) || !at.called(o.ID) {
			continue
		}
		var next quiz.Answer
		switch has := answer.Has(o.ID); {
		case has && o.Points < 0:
			next = at.without(answer, o.ID)
		case !has && o.Points > 0:
			next = at.with(answer, o.ID)
		}
		if better, state := at.question.Points(next); state == quiz.LineAnswered && better > at.points {
			steps = append(steps, next)
		}
	}
	return steps
}

// without takes a tick away. Where it was the only one, the option that says "none"
// takes its place.
func (at stepper) without(answer quiz.Answer, id string) quiz.Answer {
	left := slices.DeleteFunc(slices.Clone(answer.Picked), func(p string) bool { return p == id })
	if len(left) > 0 {
		return quiz.Pick(left...)
	}
	for _, o := range at.offered {
		if o.Exclusive && counts(o) {
			return quiz.Pick(o.ID)
		}
	}
	return quiz.Answer{}
}

// with adds a tick, in the order of the question; an exclusive one gives way.
func (at stepper) with(answer quiz.Answer, id string) quiz.Answer {
	var picked []string
	for _, o := range at.offered {
		if o.ID == id || answer.Has(o.ID) && !o.Exclusive {
			picked = append(picked, o.ID)
		}
	}
	return quiz.Pick(picked...)
}

// number is the nearest number with more points, if an idea that applies to this
// person is about the number: more sleep is no better for somebody who sleeps long.
func (at stepper) number(answer quiz.Answer) []quiz.Answer {
	if answer.Number == nil || !at.called(quiz.FormatNumber(*answer.Number)) {
		return nil
	}
	from := *answer.Number
	best, found := 0.0, false
	for _, n := range edges(at.question.Range) {
		next := quiz.Num(n)
		better, _ := at.question.Points(next)
		if at.question.Check(next) != nil || better <= at.points {
			continue
		}
		if !found || math.Abs(n-from) < math.Abs(best-from) {
			best, found = n, true
		}
	}
	if !found {
		return nil
	}
	return []quiz.Answer{quiz.Num(best)}
}

// edges are the numbers at which points can change, from both sides.
func edges(r *quiz.Range) []float64 {
	by := r.Step
	if by <= 0 {
		by = 1
	}
	var list []float64
	for _, s := range r.Steps {
		switch {
		case s.Above != nil:
			list = append(list, *s.Above, *s.Above+by)
		case s.From != nil:
			list = append(list, *s.From, *s.From-by)
		}
	}
	return list
}

// called reports that advice which applies to this person was called for by this
// part of their answer.
func (at stepper) called(value string) bool {
	return slices.ContainsFunc(at.ideas(at.question.ID), func(a *Advice) bool {
		_, because := at.q.Holds(&a.When, at.answers, at.card.Scores)
		return slices.ContainsFunc(because, func(r quiz.Reason) bool {
			return r.Question == at.question.ID && (r.Value == value || r.Lacks == value)
		})
	})
}
