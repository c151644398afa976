package data

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gutskin/quiz"
)

// A condition looks at answers through its leaves only. So all answers to a question
// that give every leaf the same value are one kind of answer, and trying one answer
// of each kind tries them all.

// space is every kind of answer to the questions that some conditions look at, and to
// the questions that decide whether those are asked.
type space struct {
	p         *prover
	questions []*quiz.Question // in the order they are asked
	kinds     [][]quiz.Answer  // for each question; the first is a skip
	pillars   []string
	values    [][]int // for each pillar; -1 is no score
	cut       bool    // there are more kinds of answers than are tried
}

// maxCases is how many cases of one space are tried one by one. A larger space is
// sampled.
const maxCases = 60_000

// maxKinds is how many kinds of answers to one question are tried.
const maxKinds = 5_000

// space builds the space of conditions; nil ones are passed over. Of the questions in
// full every single answer is a kind of its own.
func (p *prover) space(full []string, conditions ...*quiz.Condition) *space {
	leaves := map[string][]*quiz.Condition{}
	bounds := map[string][]int{}
	entered := map[*quiz.Condition]bool{}
	needed := map[string]bool{}
	var look func(c *quiz.Condition)
	need := func(id string) {
		if needed[id] {
			return
		}
		needed[id] = true
		for _, c := range p.gates(id) {
			look(c)
		}
	}
	look = func(c *quiz.Condition) {
		if c == nil || entered[c] {
			return
		}
		entered[c] = true
		p.q.Leaves(c, func(leaf *quiz.Condition) {
			if leaf.Pillar != "" {
				for _, bound := range []*float64{leaf.Below, leaf.AtLeast} {
					if bound != nil {
						bounds[leaf.Pillar] = append(bounds[leaf.Pillar], int(*bound)-1, int(*bound))
					}
				}
				return
			}
			leaves[leaf.Question] = append(leaves[leaf.Question], leaf)
			need(leaf.Question)
		})
	}
	for _, c := range conditions {
		look(c)
	}
	for _, id := range full {
		need(id)
	}
	s := &space{p: p}
	for i := range p.q.Questions {
		if x := &p.q.Questions[i]; needed[x.ID] {
			s.questions = append(s.questions, x)
			s.kinds = append(s.kinds, kinds(x, leaves[x.ID], slices.Contains(full, x.ID)))
			s.cut = s.cut || len(s.kinds[len(s.kinds)-1]) >= maxKinds
		}
	}
	for _, pillar := range slices.Sorted(maps.Keys(bounds)) {
		values := slices.DeleteFunc(append([]int{-1}, bounds[pillar]...), func(v int) bool { return v > 100 })
		slices.Sort(values)
		s.pillars, s.values = append(s.pillars, pillar), append(s.values, slices.Compact(values))
	}
	return s
}

// gates are the conditions that decide whether a question is asked, and which of its
// options are offered.
func (p *prover) gates(id string) []*quiz.Condition {
	x := p.q.Question(id)
	list := []*quiz.Condition{x.AskIf}
	for i := range x.Options {
		list = append(list, x.Options[i].OfferIf)
	}
	place := func(id string) int {
		return slices.IndexFunc(p.q.Questions, func(x quiz.Question) bool { return x.ID == id })
	}
	for i := range p.q.Stops {
		if s := &p.q.Stops[i]; place(s.After) < place(id) {
			list = append(list, &s.When)
		}
	}
	return list
}

// kinds returns one answer of each kind, a skip first. The smallest one stands for
// its kind.
func kinds(x *quiz.Question, leaves []*quiz.Condition, full bool) []quiz.Answer {
	list := []quiz.Answer{{}}
	seen := map[string]bool{signature(x, quiz.Answer{}, leaves, full): true}
	add := func(a quiz.Answer) {
		if key := signature(x, a, leaves, full); !seen[key] {
			seen[key] = true
			list = append(list, a)
		}
	}
	for _, n := range numbers(x, leaves, full) {
		add(quiz.Num(n))
	}
	for i := range x.Options {
		if !x.Options[i].Skip {
			add(quiz.Pick(x.Options[i].ID))
		}
	}
	for at := 0; x.Kind == quiz.Many && at < len(list) && len(list) < maxKinds; at++ {
		if len(list[at].Picked) == 0 || full || x.Option(list[at].Picked[0]).Exclusive {
			continue
		}
		for i := range x.Options {
			if o := &x.Options[i]; !o.Skip && !o.Exclusive && !list[at].Has(o.ID) {
				add(quiz.Pick(append(slices.Clone(list[at].Picked), o.ID)...))
			}
		}
	}
	return list
}

// signature is the same for answers that no leaf tells apart. An option that is not
// offered to everybody stands for itself.
func signature(x *quiz.Question, a quiz.Answer, leaves []*quiz.Condition, full bool) string {
	if full {
		return strings.Join(a.Values(), " ")
	}
	var key strings.Builder
	for _, leaf := range leaves {
		ids := slices.Concat(leaf.In, leaf.Lacks)
		hit := slices.ContainsFunc(ids, a.Has)
		if leaf.In == nil && leaf.Lacks == nil {
			hit = a.Number != nil && (leaf.Below == nil || *a.Number < *leaf.Below) && (leaf.AtLeast == nil || *a.Number >= *leaf.AtLeast)
		}
		fmt.Fprintf(&key, "%t%t ", hit, leaf.Lacks != nil && !a.IsSkip())
		for _, id := range a.Picked {
			if o := x.Option(id); o != nil && o.OfferIf != nil && slices.Contains(ids, id) {
				key.WriteString(id)
			}
		}
	}
	return key.String()
}

// numbers are the numbers on both sides of every bound.
func numbers(x *quiz.Question, leaves []*quiz.Condition, full bool) []float64 {
	if x.Range == nil {
		return nil
	}
	step := x.Range.Step
	if x.Range.Whole || step <= 0 {
		step = 1
	}
	list := []float64{x.Range.Min, x.Range.Max}
	around := func(n *float64) {
		if n != nil {
			list = append(list, *n-step, *n, *n+step)
		}
	}
	for _, leaf := range leaves {
		around(leaf.Below)
		around(leaf.AtLeast)
	}
	if full {
		for _, s := range x.Range.Steps {
			around(s.From)
			around(s.Above)
		}
	}
	list = slices.DeleteFunc(list, func(n float64) bool { return n < x.Range.Min || n > x.Range.Max })
	slices.Sort(list)
	return slices.Compact(list)
}

// spot is one case of a space.
type spot struct {
	answers quiz.Answers // what counts of them, where the path was walked
	scores  []quiz.Score
}

func (s spot) person() person { return person{answers: s.answers} }

// each calls yield for every case until it returns false. It returns how many there
// were and whether that were all of them.
func (s *space) each(yield func(spot) bool) (cases int, every bool) {
	sizes := make([]int, 0, len(s.kinds)+len(s.values))
	for _, k := range s.kinds {
		sizes = append(sizes, len(k))
	}
	for _, v := range s.values {
		sizes = append(sizes, len(v))
	}
	cases, every = combine(sizes, s.p.Seed, func(at []int) bool { return yield(s.spot(at)) })
	return cases, every && !s.cut
}

// onPath is each for answers that can really be given: those that the path takes away
// are cases of their own already.
func (s *space) onPath(yield func(spot) bool) (cases int, every bool) {
	_, every = s.each(func(at spot) bool {
		kept := s.p.q.Walk(at.answers).Kept
		for id, a := range at.answers {
			if len(kept[id].Values()) != len(a.Values()) {
				return true
			}
		}
		cases++
		at.answers = kept
		return yield(at)
	})
	return cases, every
}

func (s *space) spot(at []int) spot {
	answers := make(quiz.Answers, len(s.questions))
	for i, x := range s.questions {
		if a := s.kinds[i][at[i]]; !a.IsSkip() {
			answers[x.ID] = a
		}
	}
	var scores []quiz.Score
	for i, pillar := range s.pillars {
		if v := s.values[i][at[len(s.questions)+i]]; v >= 0 {
			scores = append(scores, quiz.Score{Pillar: pillar, State: quiz.Scored, Figures: &quiz.Figures{Value: v}})
		}
	}
	return spot{answers, scores}
}
