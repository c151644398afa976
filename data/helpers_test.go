package data_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

// The tests of scoring, safety and choosing compare the shipped content and the
// engine with tables and predicates that were written by hand, from the plan of the
// check and not from these files or that code. Nothing in the files named
// reference_*_test.go may be derived from what it judges.

var shipped = sync.OnceValues(func() (*data.Library, error) { return data.Load(data.Files) })

func edition(t testing.TB) *data.Edition {
	t.Helper()
	library, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return library.Edition("en")
}

// visitor is a person's answers, and the emergencies they have answered on the
// get-help page.
type visitor struct {
	answers      quiz.Answers
	acknowledged []string
	known        map[string]result // scores, where they were worked out before
}

// settled is somebody for whom everything is in place.
const settled = "age=a35_64 urgent=none gut_flags=none conditions=none medicines=none pregnancy=no " +
	"eating_pattern=none food_feelings=fine plants=p30 fruitveg=fv5 wholegrain=twice_daily fermented=daily " +
	"prebiotic=d5_7 upf=rarely sugar=rarely stress_freq=none stress_cope=well unwind=d5_7 sleep_hours=8 " +
	"sleep_trouble=n0 rested=always evening=none drinks=7 thirst_signs=rarely alcohol=none gut_feel=never " +
	"stool=ok skin=none extras=oily_fish,active"

// reading makes a visitor of words like "plants=p30 skin=acne,eczema drinks=4". What
// stands later wins, "plants=" is a skip, and ack=S01 acknowledges an emergency.
func reading(words ...string) visitor {
	v := visitor{answers: quiz.Answers{}}
	for _, word := range strings.Fields(strings.Join(words, " ")) {
		question, value, _ := strings.Cut(word, "=")
		number, err := strconv.ParseFloat(value, 64)
		switch {
		case question == "ack":
			v.acknowledged = strings.Split(value, ",")
		case value == "":
			v.answers[question] = quiz.Answer{}
		case err == nil:
			v.answers[question] = quiz.Num(number)
		default:
			v.answers[question] = quiz.Pick(strings.Split(value, ",")...)
		}
	}
	return v
}

// but is settled, except for these words.
func but(words ...string) visitor { return reading(append([]string{settled}, words...)...) }

func (v visitor) String() string {
	var words []string
	for _, x := range asked {
		if a, ok := v.answers[x.id]; ok {
			words = append(words, x.id+"="+strings.Join(a.Values(), ","))
		}
	}
	if len(v.acknowledged) > 0 {
		words = append(words, "ack="+strings.Join(v.acknowledged, ","))
	}
	return strings.Join(words, " ")
}

// said reports that one of these options was picked.
func (v visitor) said(question string, options ...string) bool {
	return slices.ContainsFunc(options, v.answers[question].Has)
}

func (v visitor) answered(question string) bool { return !v.answers[question].IsSkip() }

// below reports that a number was given and lies below the bound.
func (v visitor) below(question string, bound float64) bool {
	n := v.answers[question].Number
	return n != nil && *n < bound
}

// from reports that a number was given and is the bound or more.
func (v visitor) from(question string, bound float64) bool {
	n := v.answers[question].Number
	return n != nil && *n >= bound
}

func (v visitor) has(emergency string) bool { return slices.Contains(v.acknowledged, emergency) }

func (v visitor) assess(e *data.Edition) recommend.Report {
	return recommend.Assess(e.Quiz, e.Book, v.answers, v.acknowledged...)
}

// crowd makes random visitors, the same ones each time. They walk the real path:
// what is asked and offered follows what they said.
type crowd struct{ *rand.Rand }

func newCrowd(seed uint64) crowd { return crowd{rand.New(rand.NewPCG(seed, 33))} }

func (c crowd) chance(percent int) bool { return c.IntN(100) < percent }

func (c crowd) visitor() visitor {
	v := visitor{answers: quiz.Answers{}}
	// Half of the visitors have little that holds advice back, so that there is
	// advice to judge; the others have a few such things, or a great many.
	ticks := []int{0, 1, 1, 6, 6, 25}[c.IntN(6)]
	for _, x := range asked {
		if !x.reached(v) {
			continue
		}
		v.answers[x.id] = c.answer(v, x, ticks)
	}
	for _, id := range []string{"S01", "S02", "S03", "S04", "S05"} {
		if c.chance(60) {
			v.acknowledged = append(v.acknowledged, id)
		}
	}
	return v
}

func (c crowd) answer(v visitor, x question, ticks int) quiz.Answer {
	options := slices.DeleteFunc(slices.Clone(x.options), func(o string) bool { return !x.offers(o, v) })
	switch {
	case c.chance(6):
		return quiz.Answer{}
	case x.most > 0 && (len(options) == 0 || !c.chance(4)):
		return quiz.Num(c.number(x))
	case x.most > 0 || !x.many:
		if x.sensitive && !c.chance(ticks*4) {
			return quiz.Pick(x.calm)
		}
		return quiz.Pick(options[c.IntN(len(options))])
	}
	share := ticks
	if !x.sensitive {
		share = 25
	}
	if x.id == "urgent" {
		share = ticks / 4
	}
	var picked []string
	for _, o := range options {
		if o != "none" && o != "pns" && c.chance(share) {
			picked = append(picked, o)
		}
	}
	if len(picked) > 0 {
		return quiz.Pick(picked...)
	}
	if slices.Contains(options, "pns") && c.chance(5) {
		return quiz.Pick("pns")
	}
	return quiz.Pick("none")
}

func (c crowd) number(x question) float64 {
	if x.id == "drinks" {
		return float64(c.IntN(c.IntN(int(x.most)) + 1))
	}
	if c.chance(10) {
		return float64(c.IntN(101*int(x.most))) / 101
	}
	return float64(7+c.IntN(15)) / 2 // 3.5 to 10.5 hours
}

// everybody fails the test if trouble finds something wrong for one of n random
// visitors. It then tells of the smallest such visitor.
func everybody(t *testing.T, seed uint64, n int, trouble func(visitor) string) {
	t.Helper()
	c := newCrowd(seed)
	for range n {
		v := c.visitor()
		if what := trouble(v); what != "" {
			small := shrink(v, func(v visitor) bool { return trouble(v) != "" })
			t.Fatalf("%s\nthis happens to: %s", trouble(small), small)
		}
	}
}

// shrink drops answers, picks and acknowledgements as long as the visitor is bad.
func shrink(v visitor, bad func(visitor) bool) visitor {
	for again := true; again; {
		again = false
		for _, smaller := range v.smaller() {
			if bad(smaller) {
				v, again = smaller, true
				break
			}
		}
	}
	return v
}

func (v visitor) smaller() []visitor {
	var list []visitor
	change := func(edit func(*visitor)) {
		w := visitor{answers: maps.Clone(v.answers), acknowledged: slices.Clone(v.acknowledged)}
		edit(&w)
		list = append(list, w.onPath())
	}
	for _, x := range asked {
		a, ok := v.answers[x.id]
		if !ok {
			continue
		}
		change(func(w *visitor) { delete(w.answers, x.id) })
		for i := range a.Picked {
			if len(a.Picked) > 1 {
				change(func(w *visitor) {
					w.answers[x.id] = quiz.Pick(slices.Delete(slices.Clone(a.Picked), i, i+1)...)
				})
			}
		}
	}
	for i := range v.acknowledged {
		change(func(w *visitor) { w.acknowledged = slices.Delete(w.acknowledged, i, i+1) })
	}
	return list
}

// onPath is the visitor without answers that nobody asked for.
func (v visitor) onPath() visitor {
	w := visitor{answers: quiz.Answers{}, acknowledged: v.acknowledged}
	for _, x := range asked {
		a, ok := v.answers[x.id]
		if !ok || !x.reached(w) {
			continue
		}
		if a.Picked != nil {
			a.Picked = slices.DeleteFunc(slices.Clone(a.Picked), func(o string) bool { return !x.offers(o, w) })
			if len(a.Picked) == 0 {
				continue
			}
		}
		w.answers[x.id] = a
	}
	return w
}

// memo remembers what was found in a text, as most texts come again.
type memo map[string]string

func (m memo) of(key string, find func() string) string {
	what, ok := m[key]
	if !ok {
		what = find()
		m[key] = what
	}
	return what
}

func ids(picks []recommend.Pick) []string {
	list := []string{}
	for i := range picks {
		list = append(list, picks[i].ID)
	}
	return list
}

// words splits a list that is written in one string.
func words(list string) []string { return strings.Fields(list) }

func mismatch(what string, got, want any) string {
	if fmt.Sprint(got) == fmt.Sprint(want) {
		return ""
	}
	return fmt.Sprintf("%s: got %v, want %v", what, got, want)
}

func pattern(s string) *regexp.Regexp { return regexp.MustCompile(s) }
