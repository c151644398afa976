package data

import (
	"maps"
	"math/rand/v2"
	"slices"

	"gutskin/quiz"
)

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
