package data

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"gutskin/quiz"
)

// Which answer is better is not read from the points, or a wrong point could never be
// found. The answers of a question stand in order, and the end that is praised (good)
// is the better one. Of habits to tick, fewer are better where the question starts
// with points. Of numbers, points rise up to the best and then fall.

// items are the scored questions of a pillar with every answer each can have.
type items struct {
	questions []*quiz.Question
	answers   [][]quiz.Answer // the first is a skip
	better    [][][2]int      // pairs of answers, the worse and the better one
}

func (p *prover) items(pillar string) items {
	var list items
	for i := range p.q.Questions {
		if x := &p.q.Questions[i]; x.Pillar == pillar {
			answers := everyAnswer(x)
			list.questions = append(list.questions, x)
			list.answers = append(list.answers, answers)
			list.better = append(list.better, betterPairs(x, answers))
		}
	}
	return list
}

// maxTicks is how many options can be ticked in every combination.
const maxTicks = 10

// everyAnswer lists all answers to a scored question; of more than maxTicks options
// that can stand together, none, one, or all but one are ticked.
func everyAnswer(x *quiz.Question) []quiz.Answer {
	list := []quiz.Answer{{}}
	var together []string
	for i := range x.Options {
		switch o := &x.Options[i]; {
		case o.Skip:
		case x.Kind == quiz.Many && !o.Exclusive:
			together = append(together, o.ID)
		default:
			list = append(list, quiz.Pick(o.ID))
		}
	}
	for set := 1; len(together) <= maxTicks && set < 1<<len(together); set++ {
		var picked []string
		for i, id := range together {
			if set&(1<<i) != 0 {
				picked = append(picked, id)
			}
		}
		list = append(list, quiz.Pick(picked...))
	}
	if len(together) > maxTicks {
		for i, id := range together {
			rest := slices.Delete(slices.Clone(together), i, i+1)
			list = append(list, quiz.Pick(id), quiz.Pick(rest...))
		}
	}
	if x.Range != nil && x.Range.Whole && x.Range.Max-x.Range.Min <= 100 {
		for n := x.Range.Min; n <= x.Range.Max; n++ {
			list = append(list, quiz.Num(n))
		}
		return list
	}
	for _, n := range numbers(x, nil, true) {
		list = append(list, quiz.Num(n))
	}
	return list
}

// betterPairs are places in answers: the second answer of a pair is the better one.
func betterPairs(x *quiz.Question, answers []quiz.Answer) [][2]int {
	var pairs [][2]int
	counts := func(i int) bool {
		_, state := x.Points(answers[i])
		return state == quiz.LineAnswered
	}
	add := func(worse, better int) {
		if counts(worse) && counts(better) {
			pairs = append(pairs, [2]int{worse, better})
		}
	}
	if x.Kind == quiz.Many {
		for i, a := range answers {
			for j, b := range answers {
				more := len(b.Picked) == len(a.Picked)+1 && !slices.ContainsFunc(a.Picked, func(id string) bool { return !b.Has(id) })
				fewest := len(a.Picked) == 1 && x.Option(a.Picked[0]).Exclusive && len(b.Picked) == 1 && i != j
				if (more || fewest) && len(a.Picked) > 0 {
					if x.Base > 0 {
						add(j, i)
					} else {
						add(i, j)
					}
				}
			}
		}
		return pairs
	}
	var line []int // in the order they stand, numbers ascending
	for i, a := range answers {
		if counts(i) && (a.Number != nil) == (x.Kind == quiz.Number) {
			line = append(line, i)
		}
	}
	best := bestPlace(x, answers, line)
	for i := 1; i < len(line); i++ {
		if i <= best {
			add(line[i-1], line[i])
		} else {
			add(line[i], line[i-1])
		}
	}
	return pairs
}

// bestPlace is the place in line of the best answer: the praised end of a list, the
// number with most points.
func bestPlace(x *quiz.Question, answers []quiz.Answer, line []int) int {
	praised := func(i int) bool { return x.Option(answers[line[i]].Picked[0]).Good != "" }
	points := func(i int) int { n, _ := x.Points(answers[line[i]]); return n }
	last := len(line) - 1
	if last < 0 {
		return 0
	}
	if x.Kind == quiz.Number {
		best := 0
		for i := range line {
			if points(i) > points(best) {
				best = i
			}
		}
		return best
	}
	if praised(0) != praised(last) {
		if praised(0) {
			return 0
		}
		return last
	}
	if points(0) > points(last) {
		return 0
	}
	return last
}

// proveScores tries every combination of answers inside each pillar, with one middling
// answer to everything else.
func (p *prover) proveScores() []*claim {
	bounds := newClaim("bounds", "Each score is 0 to 100 with its range around it, and all answers together can reach both ends", "combinations of answers")
	bands := newClaim("band", "Every band is reached in each score, and can be missed", "combinations of answers")
	better := newClaim("better", "A better answer never lowers its score, nor the overall score", "combinations of answers")
	reached := map[string]map[string]quiz.Answers{} // band → pillar → an example
	for i := range p.q.Pillars {
		t := &tally{p: p, pillar: p.q.Pillars[i].ID, items: p.items(p.q.Pillars[i].ID), bounds: bounds, reached: map[string]quiz.Answers{}}
		t.score()
		t.compare(better)
		t.ends(reached)
		for _, c := range []*claim{bounds, bands, better} {
			c.add(t.cases, t.every)
		}
	}
	p.overallBands(reached, bounds)
	for _, pillar := range append(p.pillarIDs(), quiz.Overall) {
		for _, b := range p.q.Bands {
			who, ok := reached[b.ID][pillar]
			if !ok {
				bands.fail("bands."+b.ID, nil, "no answers put %s into the band %q", pillar, b.Name)
				continue
			}
			p.example(bands, pillar+" "+b.ID, person{answers: who})
		}
	}
	if len(p.q.Bands) < 2 {
		bands.fail("bands", nil, "there is only one band, so nobody can miss it")
	}
	return []*claim{bounds, bands, better, p.provePraise()}
}

func (p *prover) pillarIDs() []string {
	var ids []string
	for i := range p.q.Pillars {
		ids = append(ids, p.q.Pillars[i].ID)
	}
	return ids
}

// overallBands puts the examples of all pillars together: the mean of scores in one
// band lies in it too.
func (p *prover) overallBands(reached map[string]map[string]quiz.Answers, bounds *claim) {
	for key, pillars := range reached {
		all := quiz.Answers{}
		for _, answers := range pillars {
			maps.Copy(all, answers)
		}
		s := p.q.Score(all, quiz.Veil{}).Of(quiz.Overall)
		if s.Figures != nil && (s.Band == key || fmt.Sprint(s.Value) == key) {
			pillars[quiz.Overall] = all
		}
	}
	for _, end := range []string{"0", "100"} {
		if _, ok := reached[end][quiz.Overall]; !ok {
			bounds.fail("pillars", nil, "no answers give an overall score of %s", end)
		}
	}
}

// middling answers every scored question in the middle.
func (p *prover) middling() quiz.Answers {
	answers := quiz.Answers{}
	for i := range p.q.Questions {
		if x := &p.q.Questions[i]; x.Scored() {
			answers[x.ID] = byPoints(x)[len(byPoints(x))/2]
		}
	}
	return answers
}

// byPoints are the single answers to a scored question that count, fewest points first.
func byPoints(x *quiz.Question) []quiz.Answer {
	points := func(a quiz.Answer) int { n, _ := x.Points(a); return n }
	list := slices.DeleteFunc(everyAnswer(x), func(a quiz.Answer) bool {
		_, state := x.Points(a)
		return state != quiz.LineAnswered
	})
	slices.SortStableFunc(list, func(a, b quiz.Answer) int { return points(a) - points(b) })
	if len(list) == 0 {
		return []quiz.Answer{{}}
	}
	return list
}

// proveOverall gives random people one better answer after another.
func (p *prover) proveOverall() []*claim {
	c := newClaim("better-overall", "A better answer never lowers the overall score, whatever else was answered", "better answers")
	c.Basis = Sampled
	chance := rand.New(rand.NewPCG(p.Seed, 2))
	var all []items
	for _, id := range p.pillarIDs() {
		all = append(all, p.items(id))
	}
	overall := func(a quiz.Answers) int {
		if s := p.q.Score(a, quiz.Veil{}).Of(quiz.Overall); s.Figures != nil {
			return s.Value
		}
		return -1
	}
	for c.Cases < p.Samples && len(c.found) == 0 {
		answers := quiz.Answers{}
		for _, list := range all {
			for i, x := range list.questions {
				answers[x.ID] = list.answers[i][chance.IntN(len(list.answers[i]))]
			}
		}
		for _, list := range all {
			for i, x := range list.questions {
				if len(list.better[i]) == 0 {
					continue
				}
				pair := list.better[i][chance.IntN(len(list.better[i]))]
				worse, better := list.answers[i][pair[0]], list.answers[i][pair[1]]
				lowers := func(who person) bool {
					with := maps.Clone(who.answers)
					with[x.ID] = worse
					low := overall(with)
					with[x.ID] = better
					high := overall(with)
					return low >= 0 && high >= 0 && high < low
				}
				c.Cases++
				if who := (person{answers: answers}); lowers(who) {
					who = p.shrink(who, lowers)
					c.fail("questions."+x.ID, &who, "under %q the answer %q is better than %q, but lowers the overall score",
						x.Short, spoken(x, better), spoken(x, worse))
				}
			}
		}
	}
	return []*claim{c}
}
