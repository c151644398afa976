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

// provePraise claims that what is praised never scores less than what is not.
func (p *prover) provePraise() *claim {
	c := newClaim("praise", "An answer that we praise never scores less than one that we do not", "answers")
	for i := range p.q.Questions {
		x := &p.q.Questions[i]
		if !x.Scored() {
			continue
		}
		least, unpraised := "", -1 // the most points without praise
		for _, a := range everyAnswer(x)[1:] {
			points, state := x.Points(a)
			if c.Cases++; state == quiz.LineAnswered && praise(x, a) == "" && len(a.Picked) < 2 && points > unpraised {
				least, unpraised = spoken(x, a), points
			}
		}
		for _, a := range everyAnswer(x)[1:] {
			points, state := x.Points(a)
			if state == quiz.LineAnswered && praise(x, a) != "" && points < unpraised && x.Kind != quiz.Many {
				c.fail(scored(x, a), nil, "under %q we praise %q, which gives %d points, and not %q, which gives %d",
					x.Short, spoken(x, a), points, least, unpraised)
			}
		}
	}
	return c
}

func praise(x *quiz.Question, a quiz.Answer) string {
	if a.Number != nil && x.Range != nil {
		return x.Range.Good(*a.Number)
	}
	if len(a.Picked) == 1 {
		return x.Option(a.Picked[0]).Good
	}
	return ""
}

// scored is the place of the points of an answer.
func scored(x *quiz.Question, a quiz.Answer) string {
	if a.Number != nil || len(a.Picked) == 0 {
		return "questions." + x.ID + ".range.steps"
	}
	return "questions." + x.ID + ".options." + a.Picked[0] + ".points"
}

func (p *prover) pillarIDs() []string {
	var ids []string
	for i := range p.q.Pillars {
		ids = append(ids, p.q.Pillars[i].ID)
	}
	return ids
}

// tally is the scores of one pillar for every combination of its answers.
type tally struct {
	p       *prover
	pillar  string
	items   items
	bounds  *claim
	cases   int
	every   bool
	values  []int16 // by combination; -1 without a score
	overall []int16
	reached map[string]quiz.Answers // "0", "100" and bands
}

// maxScored is how many combinations of one pillar are tried.
const maxScored = 400_000

func (t *tally) sizes() (sizes []int, total int) {
	total = 1
	for _, list := range t.items.answers {
		sizes = append(sizes, len(list))
		total = min(total*len(list), maxScored+1)
	}
	return sizes, total
}

func (t *tally) score() {
	sizes, total := t.sizes()
	t.every = total <= maxScored
	total = min(total, maxScored)
	t.values, t.overall = make([]int16, total), make([]int16, total)
	answers := maps.Clone(t.p.middling())
	at := make([]int, len(sizes))
	for n := range total {
		for i, x := range t.items.questions {
			answers[x.ID] = t.items.answers[i][at[i]]
		}
		card := t.p.q.Score(answers, quiz.Veil{})
		t.values[n], t.overall[n] = t.take(card.Of(t.pillar), answers), t.take(card.Of(quiz.Overall), answers)
		for i := range at {
			if at[i]++; at[i] < sizes[i] {
				break
			}
			at[i] = 0
		}
	}
	t.cases = total
}

// take checks the bounds of a score and keeps the first person in each band.
func (t *tally) take(s *quiz.Score, answers quiz.Answers) int16 {
	if s.Figures == nil {
		return -1
	}
	if s.Low < 0 || s.Value < s.Low || s.High < s.Value || s.High > 100 {
		t.bounds.fail("pillars."+t.pillar, &person{answers: maps.Clone(answers)}, "%s is %d, from %d to %d", s.Pillar, s.Value, s.Low, s.High)
	}
	if s.Pillar == quiz.Overall {
		return int16(s.Value)
	}
	keys := []string{s.Band}
	if (s.Value == 0 || s.Value == 100) && t.complete(answers) {
		keys = append(keys, fmt.Sprint(s.Value))
	}
	for _, key := range keys {
		if _, ok := t.reached[key]; !ok {
			t.reached[key] = t.own(answers)
		}
	}
	return int16(s.Value)
}

// complete reports that every question of the pillar was answered: an end that is
// reached only by leaving a question out is not reached by everybody.
func (t *tally) complete(answers quiz.Answers) bool {
	return !slices.ContainsFunc(t.items.questions, func(x *quiz.Question) bool {
		_, state := x.Points(answers[x.ID])
		return state != quiz.LineAnswered
	})
}

// own are the answers of this pillar.
func (t *tally) own(answers quiz.Answers) quiz.Answers {
	own := quiz.Answers{}
	for _, x := range t.items.questions {
		own[x.ID] = answers[x.ID]
	}
	return own
}

// compare looks at each better answer beside each combination of the other answers.
func (t *tally) compare(c *claim) {
	sizes, _ := t.sizes()
	stride := 1
	for i, x := range t.items.questions {
		for _, pair := range t.items.better[i] {
			if n := t.lowered(pair, stride, sizes[i]); n >= 0 {
				t.tell(c, x, i, pair, n)
				break
			}
		}
		stride *= sizes[i]
	}
}

// lowered returns the first combination that a better answer lowers, or -1.
func (t *tally) lowered(pair [2]int, stride, size int) int {
	for n := range t.values {
		other := n + (pair[1]-pair[0])*stride
		if n/stride%size != pair[0] || other < 0 || other >= len(t.values) {
			continue
		}
		if t.values[n] >= 0 && t.values[other] >= 0 && (t.values[other] < t.values[n] || t.overall[other] < t.overall[n]) {
			return n
		}
	}
	return -1
}

func (t *tally) tell(c *claim, x *quiz.Question, i int, pair [2]int, n int) {
	worse, better := t.items.answers[i][pair[0]], t.items.answers[i][pair[1]]
	others := quiz.Answers{}
	for j, y := range t.items.questions {
		if a := t.items.answers[j][n%len(t.items.answers[j])]; j != i && !a.IsSkip() {
			others[y.ID] = a
		}
		n /= len(t.items.answers[j])
	}
	value := func(answers quiz.Answers, a quiz.Answer) int {
		with := maps.Clone(answers)
		with[x.ID] = a
		if s := t.p.q.Score(with, quiz.Veil{}).Of(t.pillar); s.Figures != nil {
			return s.Value
		}
		return -1
	}
	who := t.p.shrink(person{answers: others}, func(q person) bool {
		low, high := value(q.answers, worse), value(q.answers, better)
		return low >= 0 && high >= 0 && high < low
	})
	c.fail(scored(x, better), &who, "under %q the answer %q is better than %q, but lowers %s from %d to %d",
		x.Short, spoken(x, better), spoken(x, worse), t.pillar, value(who.answers, worse), value(who.answers, better))
}

// ends claims that 0 and 100 were reached, and hands on the bands that were.
func (t *tally) ends(reached map[string]map[string]quiz.Answers) {
	for _, end := range []string{"0", "100"} {
		if who, ok := t.reached[end]; ok {
			t.p.example(t.bounds, t.pillar+" "+end, person{answers: who})
		} else {
			t.bounds.fail("pillars."+t.pillar, nil, "no answers give %s a score of %s", t.pillar, end)
		}
	}
	for key, who := range t.reached {
		if reached[key] == nil {
			reached[key] = map[string]quiz.Answers{}
		}
		reached[key][t.pillar] = who
	}
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
