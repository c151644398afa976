package data

import (
	"fmt"
	"maps"
	"slices"

	"gutskin/quiz"
)

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
