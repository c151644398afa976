// Package crowd makes up people who take the check, for tests of what is shown about
// them all. It is not part of the product.
package crowd

import (
	"maps"
	"math/rand/v2"
	"slices"

	"gutskin/figures"
	"gutskin/quiz"
	"gutskin/recommend"
)

// Tallies lets about so many made-up people a month take the check in one language, and
// returns what they add up to. The same seed gives the same people.
func Tallies(q *quiz.Questionnaire, b *recommend.Book, lang string, months []string, people int, seed uint64) []figures.Row {
	r := rand.New(rand.NewPCG(seed, 7))
	var rows []figures.Row
	for i, month := range months {
		sums := map[figures.Tally]int{}
		for range people/2 + r.IntN(people) + people*i/len(months) {
			visit(q, b, r, sums)
		}
		for _, t := range slices.SortedFunc(maps.Keys(sums), func(a, b figures.Tally) int {
			return figures.Order(figures.Count{Tally: a}, figures.Count{Tally: b})
		}) {
			rows = append(rows, figures.Row{Month: month, Count: figures.Count{Tally: t, Lang: lang, N: sums[t]}})
		}
	}
	return rows
}

// visit lets one person take the check, or leave it.
func visit(q *quiz.Questionnaire, b *recommend.Book, r *rand.Rand, sums map[figures.Tally]int) {
	add := func(kind, item, value string) { sums[figures.Tally{Kind: kind, Item: item, Value: value}]++ }
	add(figures.Started, "", "")
	answers := quiz.Answers{}
	walk := q.Walk(answers)
	for x := walk.Next(); x != nil; x = walk.Next() {
		add(figures.Shown, x.ID, "")
		if r.IntN(70) == 0 {
			return
		}
		if r.IntN(40) == 0 {
			add(figures.Error, x.ID, "")
		}
		answers[x.ID] = reply(walk, x, r)
		if walk = q.Walk(answers); walk.Stop != "" {
			return
		}
		add(figures.Answered, x.ID, "")
	}
	add(figures.Shown, figures.Check, "")
	if r.IntN(20) == 0 {
		return
	}
	add(figures.Answered, figures.Check, "")
	add(figures.Finished, "", "")
	add(figures.Minutes, "", figures.Stretches()[min(8, 1+r.IntN(4)+r.IntN(3))])
	if r.IntN(3) == 0 {
		add(figures.Linked, "", "")
	}
	if r.IntN(6) == 0 {
		add(figures.Planned, "", "")
	}
	if r.IntN(5) < 2 {
		return
	}
	report := recommend.Assess(q, b, walk.Kept)
	for _, t := range figures.Of(q, &report) {
		sums[t]++
	}
}

// reply is an answer that somebody might give: common things more often.
func reply(walk quiz.Walk, x *quiz.Question, r *rand.Rand) quiz.Answer {
	if r.IntN(25) == 0 {
		return quiz.Answer{}
	}
	if x.Kind == quiz.Number && (len(x.Options) == 0 || r.IntN(12) > 0) {
		return quiz.Num(float64(5 + r.IntN(5)))
	}
	v := walk.Steps[walk.Find(x.ID)]
	o := v.Offered[min(r.IntN(len(v.Offered)), r.IntN(len(v.Offered)))]
	if x.Kind == quiz.Many {
		o = v.Offered[len(v.Offered)-1-min(r.IntN(len(v.Offered)), r.IntN(len(v.Offered)), r.IntN(len(v.Offered)))]
	}
	if x.ID == walk.Steps[0].Question.ID && r.IntN(30) > 0 {
		o = v.Offered[1+r.IntN(len(v.Offered)-1)] // a few are too young
	}
	if o.Skip {
		return quiz.Answer{}
	}
	return quiz.Pick(o.ID)
}
