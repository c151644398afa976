package data

import (
	"maps"
	"math/rand/v2"
	"slices"

	"gutskin/quiz"
	"gutskin/recommend"
)

// shrink takes answers, ticks and acknowledgements away as long as it still happens.
func (p *prover) shrink(who person, happens func(person) bool) person {
	for again := true; again; {
		again = false
		for _, smaller := range p.smaller(who) {
			if happens(smaller) {
				who, again = smaller, true
				break
			}
		}
	}
	return who
}

func (p *prover) smaller(who person) []person {
	var list []person
	for i := range p.q.Questions {
		id := p.q.Questions[i].ID
		a, ok := who.answers[id]
		if !ok {
			continue
		}
		without := person{maps.Clone(who.answers), who.acknowledged}
		delete(without.answers, id)
		list = append(list, without)
		for i := range a.Picked {
			if len(a.Picked) > 1 {
				fewer := person{maps.Clone(who.answers), who.acknowledged}
				fewer.answers[id] = quiz.Pick(slices.Delete(slices.Clone(a.Picked), i, i+1)...)
				list = append(list, fewer)
			}
		}
	}
	for i := range who.acknowledged {
		list = append(list, person{who.answers, slices.Delete(slices.Clone(who.acknowledged), i, i+1)})
	}
	return list
}

// standing is what the safety rules say to somebody, worked out apart from Assess.
type standing struct {
	fired  []unit
	held   map[string]bool
	banned map[string]bool
}

func (p *prover) standing(who person) standing {
	s := standing{held: map[string]bool{}, banned: map[string]bool{}}
	take := func(e *recommend.Effect) {
		for id := range p.held[e] {
			s.held[id] = true
		}
		for _, tag := range e.Without {
			s.banned[tag] = true
		}
	}
	for _, u := range p.units {
		if ok, _ := p.fires(u, who.answers); !ok {
			continue
		}
		s.fired = append(s.fired, u)
		if u.of == nil && u.rule.After != nil && slices.Contains(who.acknowledged, u.rule.ID) {
			take(u.rule.After)
			continue
		}
		take(u.effect)
	}
	for i := range p.b.Kitchen.Eaters {
		eater := &p.b.Kitchen.Eaters[i]
		if ok, _ := p.q.Holds(&eater.When, who.answers, nil); ok {
			for _, tag := range eater.Without {
				s.banned[tag] = true
			}
		}
	}
	return s
}

// startingPeople said, in turn: nothing; only what keeps every rule quiet; and beside
// that the best, a middling and the worst answer to each scored question.
func (p *prover) startingPeople() []person {
	quiet := quiz.Answers{}
	loud := func(a quiz.Answers) int {
		s := p.standing(person{answers: a})
		return len(s.fired)*100 + len(s.held) + len(s.banned)
	}
	for i := range p.q.Questions {
		x := &p.q.Questions[i]
		if x.Scored() {
			continue
		}
		least, best := loud(quiet), quiz.Answer{}
		for j := range x.Options {
			with := maps.Clone(quiet)
			with[x.ID] = quiz.Pick(x.Options[j].ID)
			if n := loud(with); !x.Options[j].Skip && n < least {
				least, best = n, with[x.ID]
			}
		}
		if !best.IsSkip() {
			quiet[x.ID] = best
		}
	}
	people := []person{{answers: quiz.Answers{}}, {answers: quiet}}
	for _, place := range []func(n int) int{
		func(n int) int { return n - 1 }, func(n int) int { return n / 2 }, func(int) int { return 0 },
	} {
		answers := maps.Clone(quiet)
		for i := range p.q.Questions {
			if x := &p.q.Questions[i]; x.Scored() {
				list := byPoints(x)
				answers[x.ID] = list[place(len(list))]
			}
		}
		people = append(people, person{answers: answers})
	}
	return people
}

// filled answers every question that is still open by chance.
func (p *prover) filled(answers quiz.Answers, chance *rand.Rand) person {
	answers = maps.Clone(answers)
	for walk := p.q.Walk(answers); ; walk = p.q.Walk(answers) {
		open := 0
		for _, v := range walk.Steps {
			if !v.Answered {
				open++
				answers[v.Question.ID] = guess(v, chance)
				if p.decides[v.Question.ID] {
					break
				}
			}
		}
		if open == 0 {
			return person{walk.Kept, p.answered(walk.Kept, chance)}
		}
	}
}

// deciding are the questions that have a say in which others are asked.
func (p *prover) deciding() map[string]bool {
	decides := map[string]bool{}
	for i := range p.q.Questions {
		for _, c := range p.gates(p.q.Questions[i].ID) {
			if c != nil {
				p.q.Mentions(c, func(question, _ string) { decides[question] = true })
			}
		}
	}
	return decides
}

// guess answers by chance: half of the people tick little that needs care.
func guess(v quiz.Visit, chance *rand.Rand) quiz.Answer {
	x := v.Question
	share := []int{0, 3, 10, 40}[chance.IntN(4)]
	var picked, alone []string
	for _, o := range v.Offered {
		switch {
		case x.Kind != quiz.Many || o.Exclusive:
			alone = append(alone, o.ID)
		case chance.IntN(100) < share:
			picked = append(picked, o.ID)
		}
	}
	switch {
	case chance.IntN(20) == 0:
		return quiz.Answer{}
	case x.Range != nil && chance.IntN(20) > 0:
		list := numbers(x, nil, true)
		return quiz.Num(list[chance.IntN(len(list))])
	case len(picked) > 0:
		return quiz.Pick(picked...)
	case len(alone) > 0:
		return quiz.Pick(alone[chance.IntN(len(alone))])
	}
	return quiz.Answer{}
}

// answered are the emergencies that a person has answered on the get-help page: most.
func (p *prover) answered(a quiz.Answers, chance *rand.Rand) []string {
	return slices.DeleteFunc(p.alarms(a), func(string) bool { return chance.IntN(4) == 0 })
}
