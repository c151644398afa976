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

// tick is one option, or one number, that a person can give.
type tick struct {
	question string
	answer   quiz.Answer
}

func (p *prover) ticks() []tick {
	var list []tick
	for i := range p.q.Questions {
		x := &p.q.Questions[i]
		for j := range x.Options {
			if !x.Options[j].Skip && !retired(x.Options[j].OfferIf) {
				list = append(list, tick{x.ID, quiz.Pick(x.Options[j].ID)})
			}
		}
		for _, n := range numbers(x, nil, true) {
			list = append(list, tick{x.ID, quiz.Num(n)})
		}
	}
	return list
}

func (t tick) in(a quiz.Answers) bool {
	answer := a[t.question]
	if t.answer.Number != nil {
		return answer.Number != nil && *answer.Number == *t.answer.Number
	}
	return answer.Has(t.answer.Picked[0])
}

// pairs returns people among whom every two answers that can stand together do, and
// how many such pairs there are. Everything else they say is left to chance.
func (p *prover) pairs() (people []person, count int) {
	ticks := p.ticks()
	chance := rand.New(rand.NewPCG(p.Seed, 3))
	ways := p.ways(ticks)
	met := make([][]bool, len(ticks))
	for i := range met {
		met[i] = make([]bool, len(ticks))
	}
	for i := range ticks {
		for j := range i {
			if met[i][j] {
				continue
			}
			answers := p.joined(ticks[i], ticks[j], ways)
			if answers == nil {
				continue
			}
			who := p.filled(answers, chance)
			people = append(people, who)
			var in []int
			for k := range ticks {
				if ticks[k].in(who.answers) {
					in = append(in, k)
				}
			}
			for a, k := range in {
				for _, l := range in[:a] {
					if !met[k][l] {
						met[k][l], met[l][k] = true, true
						count++
					}
				}
			}
		}
	}
	return people, count
}

// ways are, for each question, the answers that lead to it and to all its options.
func (p *prover) ways(ticks []tick) map[string][]quiz.Answers {
	ways := map[string][]quiz.Answers{}
	for _, t := range ticks {
		if len(ways[t.question]) > 0 {
			continue
		}
		list := []quiz.Answers{{}}
		p.space(nil, p.gates(t.question)...).onPath(func(s spot) bool {
			if len(s.answers) > 0 && len(list) < 400 {
				list = append(list, s.answers)
			}
			return true
		})
		ways[t.question] = list
	}
	return ways
}

// joined finds answers in which both ticks count, or nil where they exclude each other.
func (p *prover) joined(one, other tick, ways map[string][]quiz.Answers) quiz.Answers {
	for _, way := range ways[one.question] {
		for _, also := range ways[other.question] {
			answers := maps.Clone(way)
			for id, a := range also {
				if _, ok := answers[id]; !ok {
					answers[id] = a
				}
			}
			p.give(answers, one)
			p.give(answers, other)
			if !one.in(answers) || p.q.Check(answers) != nil {
				continue
			}
			if kept := p.q.Walk(answers).Kept; one.in(kept) && other.in(kept) {
				return kept
			}
		}
	}
	return nil
}

// give adds a tick beside others where it can stand there, and else in their place.
func (p *prover) give(answers quiz.Answers, t tick) {
	x := p.q.Question(t.question)
	if old := answers[x.ID]; x.Kind == quiz.Many && len(old.Picked) > 0 {
		both := quiz.Pick(append(slices.Clone(old.Picked), t.answer.Picked...)...)
		if x.Check(both) == nil {
			answers[x.ID] = both
			return
		}
	}
	answers[x.ID] = t.answer
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
