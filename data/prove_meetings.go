package data

import (
	"maps"
	"slices"

	"gutskin/quiz"
)

// occasion is answers for which a rule fires, or an advice applies.
type occasion []quiz.Answers

// meetings are people for whom two safety rules, two recommendations, or one of each,
// hold together, where that can be; everything else is in place.
func (p *prover) meetings() []person {
	var list []occasion
	for _, u := range p.units {
		list = append(list, p.occasion(nil, u.conditions(), func(a quiz.Answers) bool { ok, _ := p.fires(u, a); return ok }))
	}
	for i := range p.b.Advice {
		a := &p.b.Advice[i]
		list = append(list, p.occasion(p.triggers(a), p.fitting(a, nil), func(answers quiz.Answers) bool { return p.applies(a, nil, answers) }))
	}
	var people []person
	for i, one := range list {
		for _, other := range list[:i] {
			if answers := p.meet(one, other); answers != nil {
				people = append(people, person{answers, p.alarms(answers)})
			}
		}
	}
	return people
}

// occasion finds the first few answers for which something holds, beside the best
// answers to everything else, or the middling ones where a score has to be low.
func (p *prover) occasion(full []string, conditions []*quiz.Condition, holds func(quiz.Answers) bool) occasion {
	const enough = 4
	var list occasion
	space := p.space(full, conditions...)
	for _, base := range p.bases[2:4] {
		space.each(func(s spot) bool {
			answers := maps.Clone(base.answers)
			maps.Copy(answers, s.answers)
			if len(s.answers) > 0 && holds(p.q.Walk(answers).Kept) {
				list = append(list, s.answers)
			}
			return len(list) < enough
		})
		if len(list) > 0 {
			return list
		}
	}
	return list
}

// meet joins two occasions, ticks beside ticks, or returns nil where they exclude
// each other.
func (p *prover) meet(one, other occasion) quiz.Answers {
	for _, a := range one {
		for _, b := range other {
			joined, fits := maps.Clone(p.bases[2].answers), true
			maps.Copy(joined, a)
			for id, answer := range b {
				if _, both := a[id]; !both {
					joined[id] = answer
					continue
				}
				joined[id] = quiz.Answer{Number: answer.Number, Picked: slices.Concat(a[id].Picked, answer.Picked)}
				fits = fits && p.q.Question(id).Check(joined[id]) == nil
			}
			if fits {
				return p.q.Walk(joined).Kept
			}
		}
	}
	return nil
}
