package data

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"gutskin/quiz"
)

// crowdReader turns population.yaml into draws and collects what is wrong with it.
type crowdReader struct {
	*Population
	f    *quiz.Finder
	file *crowdFile
}

func (c *crowdReader) percent(path string, n float64) {
	if !(n >= 0 && n <= 100) {
		c.f.Add(path, "this is %s, it must be 0 to 100", quiz.FormatNumber(n))
	}
}

func (c *crowdReader) draw(x *quiz.Question) draw {
	d := draw{Question: x, skip: c.file.Skip}
	at := slices.IndexFunc(c.file.Questions, func(w crowdWeight) bool { return w.ID == x.ID })
	if at < 0 {
		d.odds = even(x)
		c.Notes = append(c.Notes, fmt.Sprintf("%s does not list the question %s: it is answered at random", populationFile, x.ID))
		return d
	}
	w, path := &c.file.Questions[at], "questions."+x.ID
	if w.Skip != nil {
		d.skip = *w.Skip
		c.percent(path+".skip", d.skip)
	}
	d.odds = c.odds(path, x, w.Weights)
	for i := range w.Cases {
		at := fmt.Sprintf("%s.cases.%d", path, i)
		when := &w.Cases[i].When
		d.cases = append(d.cases, drawCase{when: when, in: c.home(at+".when", x, when), odds: c.odds(at, x, w.Cases[i].Weights)})
	}
	c.unlisted(x, w)
	return d
}

// odds puts weights into the order of the options, and numbers in ascending order, so
// that chance meets them in the same order every time.
func (c *crowdReader) odds(path string, x *quiz.Question, weights map[string]float64) []odd {
	var odds []odd
	total := 0.0
	for _, key := range slices.Sorted(maps.Keys(weights)) {
		at, o := path+".weights."+key, odd{option: key, weight: weights[key]}
		n, numeric := number(key)
		switch known := c.option(x, key); {
		case known == nil && c.retired(x.ID+"."+key):
			continue
		case known != nil && known.Skip:
			c.f.Add(at, "%q counts as not answered, say how often under skip", key)
		case known != nil && !weighed(x, known):
			c.f.Add(at, "%q stands alone and is picked where nothing else is, take it out", key)
		case known != nil:
		case numeric && x.Kind == quiz.Number && x.Check(quiz.Num(n)) == nil:
			o = odd{number: n, weight: weights[key]}
		default:
			c.f.Add(at, "%q is no answer to %s", key, x.ID)
		}
		if o.weight < 0 || math.IsNaN(o.weight) || math.IsInf(o.weight, 0) {
			c.f.Add(at, "this is %s, it must be 0 or more", quiz.FormatNumber(o.weight))
		} else if x.Kind == quiz.Many {
			c.percent(at, o.weight)
		}
		total += o.weight
		odds = append(odds, o)
	}
	if total == 0 {
		c.f.Add(path, "no answer has a weight here, give at least one a number above 0")
	}
	slices.SortStableFunc(odds, func(a, b odd) int {
		return cmp.Or(cmp.Compare(c.place(x, a.option), c.place(x, b.option)), cmp.Compare(a.number, b.number))
	})
	return odds
}

// weighed reports that an option takes a weight: a skip has a share of its own, and
// what stands alone among many is picked where nothing else is.
func weighed(x *quiz.Question, o *quiz.Option) bool {
	return !o.Skip && (!o.Exclusive || x.Kind != quiz.Many)
}

// retired reports that an id was in use once: an older edition may still have it.
func (c *crowdReader) retired(id string) bool {
	return slices.ContainsFunc(c.editions, func(q *quiz.Questionnaire) bool { return slices.Contains(q.Retired, id) })
}

// option is the newest option of this id, or nil.
func (c *crowdReader) option(x *quiz.Question, id string) *quiz.Option {
	for _, q := range c.editions {
		if y := q.Question(x.ID); y != nil && y.Option(id) != nil {
			return y.Option(id)
		}
	}
	return nil
}

func (c *crowdReader) place(x *quiz.Question, option string) int {
	return slices.IndexFunc(x.Options, func(o quiz.Option) bool { return o.ID == option })
}

// home is the newest edition that can read a condition. It may look at earlier
// questions only.
func (c *crowdReader) home(path string, x *quiz.Question, when *quiz.Condition) *quiz.Questionnaire {
	var first *quiz.Finder
	for _, q := range c.editions {
		f := &quiz.Finder{}
		q.CheckCondition(f, path, when, false)
		if len(f.Problems) == 0 {
			q.Mentions(when, func(question, _ string) { c.earlier(path, x, question) })
			return q
		}
		if first == nil {
			first = f
		}
	}
	c.f.Problems = append(c.f.Problems, first.Problems...)
	return c.editions[0]
}

func (c *crowdReader) earlier(path string, x *quiz.Question, question string) {
	order := asked(c.editions)
	place := func(id string) int {
		return slices.IndexFunc(order, func(y *quiz.Question) bool { return y.ID == id })
	}
	if place(question) >= place(x.ID) {
		c.f.Add(path, "this looks ahead to %q, a condition here may only look at earlier questions", question)
	}
}

// unlisted notes answers that nobody gives because the file does not name them.
func (c *crowdReader) unlisted(x *quiz.Question, w *crowdWeight) {
	for i := range x.Options {
		o := &x.Options[i]
		_, listed := w.Weights[o.ID]
		for _, other := range w.Cases {
			_, also := other.Weights[o.ID]
			listed = listed || also
		}
		if !listed && weighed(x, o) {
			c.Notes = append(c.Notes, fmt.Sprintf("%s does not list %s.%s: nobody picks it", populationFile, x.ID, o.ID))
		}
	}
}

// even gives every answer the same weight; of many answers, 1 in 10 people ticks each.
func even(x *quiz.Question) []odd {
	var odds []odd
	for i := range x.Options {
		if o := &x.Options[i]; weighed(x, o) {
			odds = append(odds, odd{option: o.ID, weight: 10})
		}
	}
	if x.Range != nil {
		for n := math.Ceil(x.Range.Min); n <= x.Range.Max; n++ {
			odds = append(odds, odd{number: n, weight: 10})
		}
	}
	return odds
}
