package figures

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"gutskin/quiz"
	"gutskin/recommend"
)

// An attacker who may ask for anything, any number of times, writes down what every
// answer says as an equation, adds what everybody knows (who finished also started, and
// each person picked one mood; who was low was told so), and solves for what is hidden.

// left is what the attacker calls who went no further than a question.
const left = "left"

// town is made-up people, and all that is known of them.
type town struct {
	q     *quiz.Questionnaire
	b     *recommend.Book
	agree int // all but one in so many agree to be counted
	rows  []Row
	count map[place]int
}

type place struct {
	Lang, Month string
	Tally
}

var (
	moods  = []string{"fair", "fine", "low", "-"}
	hours  = []string{">=0", ">=5", "varies", "-"}
	bands  = []string{"start", "well", "-"}
	skins  = []string{"acne", "none", "psoriasis", "tired"}
	twelve = []string{"2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06", "2025-07", "2025-08"}
	later  = time.Date(2025, 9, 2, 0, 0, 0, 0, time.UTC)
)

func questions() (*quiz.Questionnaire, *recommend.Book) {
	five := 5.0
	options := func(ids ...string) (list []quiz.Option) {
		for _, id := range ids {
			list = append(list, quiz.Option{ID: id, Text: id})
		}
		return list
	}
	q := &quiz.Questionnaire{
		Pillars: []quiz.Pillar{{ID: "sleep"}},
		Bands:   []quiz.Band{{ID: "start"}, {ID: "well", From: 50}},
		Questions: []quiz.Question{
			{ID: "mood", Kind: quiz.One, Options: options("fine", "fair", "low")},
			{ID: "more", Kind: quiz.One, Options: options("yes", "no"), AskIf: &quiz.Condition{Question: "mood", In: []string{"low", "fair"}}},
			{ID: "hours", Kind: quiz.Number, Range: &quiz.Range{Max: 16, Steps: []quiz.Step{{From: &five}}}, Options: options("varies")},
			{ID: "skin", Kind: quiz.Many, Options: options("acne", "psoriasis", "tired", "none")},
		},
	}
	q.Compile()
	b := &recommend.Book{
		Rules: []recommend.Rule{{ID: "S1", When: quiz.Condition{Question: "mood", In: []string{"low", "fair"}}}},
		Advice: []recommend.Advice{
			{ID: "R1", When: quiz.Condition{Question: "mood", In: []string{"low"}}},
			{ID: "R2", When: quiz.Condition{Question: "hours", In: []string{"varies"}}},
		},
	}
	b.Compile()
	return q, b
}

// settle makes a town of which each month sees about so many people a language.
func settle(seed uint64, monthly map[string]int) *town {
	t := &town{count: map[place]int{}, agree: []int{3, 40}[seed%2]}
	t.q, t.b = questions()
	r := rand.New(rand.NewPCG(seed, 1))
	for _, lang := range slices.Sorted(func(yield func(string) bool) {
		for l := range monthly {
			if !yield(l) {
				return
			}
		}
	}) {
		for _, m := range twelve {
			for range r.IntN(2 * monthly[lang]) {
				t.visit(r, lang, m)
			}
		}
	}
	for p, n := range t.count {
		t.rows = append(t.rows, Row{p.Month, Count{p.Tally, p.Lang, n}})
	}
	return t
}

func pick(r *rand.Rand, list []string, weights ...int) string {
	all := 0
	for _, w := range weights {
		all += w
	}
	i := 0
	for n := r.IntN(all) - weights[0]; n >= 0; n -= weights[i] {
		i++
	}
	return list[i]
}

func (t *town) visit(r *rand.Rand, lang, month string) {
	add := func(kind, item, value string) { t.count[place{lang, month, Tally{kind, item, value}}]++ }
	add(Started, "", "")
	mood := pick(r, moods, 30, 50, 10, 4)
	asked := []string{"mood", "more", "hours", "skin", Check}
	if mood == "fine" || mood == None {
		asked = slices.Delete(asked, 1, 2)
	}
	for _, item := range asked {
		add(Shown, item, "")
		if r.IntN(30) == 0 {
			return
		}
		if r.IntN(20) == 0 {
			add(Error, item, "")
		}
		add(Answered, item, "")
	}
	add(Finished, "", "")
	add(Minutes, "", Stretches()[pick2(r)])
	if r.IntN(t.agree) == 0 {
		return
	}
	add(Counted, "", "")
	add(Answer, "mood", mood)
	if len(asked) == 5 {
		add(Answer, "more", pick(r, []string{"yes", "no", None}, 10, 5, 1))
		add(Notice, "S1", "")
	}
	if mood == "low" {
		add(Advice, "R1", "")
	}
	slept := pick(r, hours, 10, 60, 6, 3)
	add(Answer, "hours", slept)
	if slept == "varies" {
		add(Advice, "R2", "")
	}
	add(Answer, "skin", pick(r, skins[:3], 30, 50, 6))
	if r.IntN(25) > 0 { // nearly everybody
		add(Answer, "skin", "tired")
	}
	add(Band, "sleep", pick(r, bands, 40, 40, 5))
	add(Band, quiz.Overall, pick(r, bands, 50, 30, 5))
}

func pick2(r *rand.Rand) int { return min(r.IntN(9), r.IntN(9)) }

// parts are the tallies that figures are about. Where people left is one of them.
func parts() (list []Tally) {
	for _, kind := range []string{Started, Finished, Counted, "silent"} {
		list = append(list, Tally{Kind: kind})
	}
	for _, item := range []string{"mood", "more", "hours", "skin", Check} {
		list = append(list, Tally{left, "", item}, Tally{Error, item, ""})
	}
	for _, s := range Stretches() {
		list = append(list, Tally{Minutes, "", s})
	}
	for item, values := range map[string][]string{"mood": moods, "more": {"yes", "no", None}, "hours": hours, "skin": skins} {
		for _, v := range values {
			list = append(list, Tally{Answer, item, v})
		}
	}
	for _, v := range bands {
		list = append(list, Tally{Band, "sleep", v}, Tally{Band, quiz.Overall, v})
	}
	return append(list, Tally{Notice, "S1", ""}, Tally{Advice, "R1", ""}, Tally{Advice, "R2", ""})
}

func (t *town) truth(lang, month string, p Tally) int {
	at := func(kind, item string) int { return t.count[place{lang, month, Tally{kind, item, ""}}] }
	switch p.Kind {
	case left:
		return at(Shown, p.Value) - at(Answered, p.Value)
	case "silent":
		return at(Finished, "") - at(Counted, "")
	}
	return t.count[place{lang, month, p}]
}

// attacker is a system of equations.
type attacker struct {
	names []place
	at    map[place]int
	eqs   []equation
}

type equation struct {
	terms map[int]int
	is    int
}

func (a *attacker) name(p place) int {
	i, ok := a.at[p]
	if !ok {
		i = len(a.names)
		a.at[p] = i
		a.names = append(a.names, p)
	}
	return i
}

func (a *attacker) know(is int, terms map[place]int) {
	e := equation{map[int]int{}, is}
	for p, n := range terms {
		e.terms[a.name(p)] += n
	}
	a.eqs = append(a.eqs, e)
}

// rules are what holds for people whatever they say, in each month and so in each sum of
// months.
func rules() (list []map[Tally]int) {
	total := func(of Tally, parts ...Tally) {
		terms := map[Tally]int{of: -1}
		for _, p := range parts {
			terms[p]++
		}
		list = append(list, terms)
	}
	group := func(kind, item string, values []string) (parts []Tally) {
		for _, v := range values {
			parts = append(parts, Tally{kind, item, v})
		}
		return parts
	}
	counted := Tally{Kind: Counted}
	total(counted, group(Answer, "mood", moods)...)
	total(counted, group(Answer, "hours", hours)...)
	total(counted, group(Band, "sleep", bands)...)
	total(counted, group(Band, quiz.Overall, bands)...)
	total(Tally{Kind: Finished}, counted, Tally{Kind: "silent"})
	total(Tally{Kind: Finished}, group(Minutes, "", Stretches())...)
	total(Tally{Kind: Started}, append(group(left, "", []string{"mood", "more", "hours", "skin", Check}), Tally{Kind: Finished})...)
	low, fair := Tally{Answer, "mood", "low"}, Tally{Answer, "mood", "fair"}
	total(Tally{Notice, "S1", ""}, low, fair)
	total(Tally{Advice, "R1", ""}, low)
	total(Tally{Advice, "R2", ""}, Tally{Answer, "hours", "varies"})
	list = append(list, map[Tally]int{
		{Answer, "more", "yes"}: 1, {Answer, "more", "no"}: 1, {Answer, "more", None}: 1, low: -1, fair: -1,
	})
	return list
}

// sums are the months of a piece together, as if they were one.
const sums = "all of "

func spell(p Piece) string { return sums + p.Family + " " + p.First + " " + p.Last }

func monthsOf(p Piece) (list []string) {
	for _, m := range twelve {
		if m >= p.First && m <= p.Last {
			list = append(list, m)
		}
	}
	return list
}

// meaning is which parts a figure adds up.
func meaning(f Figure) (list []Tally) {
	switch f.Kind {
	case Reached: // who left there or later, and who finished
		way := []string{"mood", "more", "hours", "skin", Check}
		for _, item := range way[slices.Index(way, f.Item):] {
			list = append(list, Tally{left, "", item})
		}
		return append(list, Tally{Kind: Finished})
	case Within:
		for _, s := range Stretches()[:slices.Index(Stretches(), f.Value)] {
			list = append(list, Tally{Minutes, "", s})
		}
		return list
	}
	return []Tally{f.Tally}
}

// outOf is which parts the people are that a figure is out of.
func outOf(f Figure) (list []Tally) {
	switch {
	case f.Kind == Finished || f.Kind == Reached:
		return []Tally{{Kind: Started}}
	case f.Kind == Within:
		return []Tally{{Kind: Finished}}
	case f.Kind == Answer && f.Item == "more":
		return []Tally{{Answer, "more", "yes"}, {Answer, "more", "no"}, {Answer, "more", None}}
	case slices.Contains([]string{Answer, Band, Notice, Advice}, f.Kind):
		return []Tally{{Kind: Counted}}
	}
	return nil
}

// ask adds what every choice of dates and language tells, and every line of the download.
func (a *attacker) ask(pieces []Piece) {
	learn := func(chosen []Piece, list []Figure) {
		for _, f := range list {
			terms, of := map[place]int{}, map[place]int{}
			for _, p := range chosen {
				shows := func(g Figure) bool { return g.Tally == f.Tally }
				if !slices.ContainsFunc(p.Figures, shows) {
					continue
				}
				for _, m := range monthsOf(p) {
					for _, part := range meaning(f) {
						terms[place{p.Lang, m, part}]++
					}
					for _, part := range outOf(f) {
						of[place{p.Lang, m, part}]++
					}
				}
			}
			a.know(f.N, terms)
			if len(of) > 0 {
				a.know(f.Of, of)
			}
		}
	}
	for _, lang := range []string{"", "en", "cy"} {
		for i, from := range twelve {
			for _, to := range twelve[i:] {
				chosen := Choose(pieces, Choice{from, to, lang})
				learn(chosen, Sum(chosen))
			}
		}
	}
	for _, p := range pieces {
		learn([]Piece{p}, p.Figures)
	}
}

// assume adds the rules for each month, and names the months of each piece together.
func (a *attacker) assume(pieces []Piece) {
	for _, lang := range []string{"en", "cy"} {
		for _, m := range twelve {
			for _, rule := range rules() {
				terms := map[place]int{}
				for t, n := range rule {
					terms[place{lang, m, t}] = n
				}
				a.know(0, terms)
			}
		}
	}
	for _, p := range pieces {
		for _, t := range parts() {
			terms := map[place]int{{p.Lang, spell(p), t}: -1}
			for _, m := range monthsOf(p) {
				terms[place{p.Lang, m, t}]++
			}
			a.know(0, terms)
			if t.Kind == Answer { // those who said something else
				a.know(0, map[place]int{
					{p.Lang, "not " + spell(p), t}: 1, {p.Lang, spell(p), t}: 1, {p.Lang, spell(p), Tally{Kind: Counted}}: -1,
				})
			}
		}
	}
}

const prime = 1<<31 - 1

// solve returns the numbers that the equations leave no choice for. It works modulo a
// prime: what is determined in fractions is determined there too, but for a chance in
// two thousand million.
func (a *attacker) solve() map[place]int {
	width := len(a.names)
	pivots := make([][]uint64, width)
	for _, e := range a.eqs {
		row := make([]uint64, width+1)
		for i, n := range e.terms {
			row[i] = uint64((n + prime) % prime)
		}
		row[width] = uint64((e.is + prime) % prime)
		for i := range width {
			if row[i] == 0 {
				continue
			}
			if pivots[i] == nil {
				scale(row, power(row[i], prime-2))
				pivots[i] = row
				break
			}
			subtract(row, pivots[i], row[i])
		}
	}
	found := map[place]int{}
	for i := width - 1; i >= 0; i-- {
		if pivots[i] == nil {
			continue
		}
		for j := i + 1; j < width; j++ {
			if pivots[i][j] != 0 && pivots[j] != nil {
				subtract(pivots[i], pivots[j], pivots[i][j])
			}
		}
		if !slices.ContainsFunc(pivots[i][i+1:width], func(n uint64) bool { return n != 0 }) {
			n := int(pivots[i][width])
			if n > prime/2 {
				n -= prime
			}
			found[a.names[i]] = n
		}
	}
	return found
}

func scale(row []uint64, by uint64) {
	for i := range row {
		row[i] = row[i] * by % prime
	}
}

func subtract(row, other []uint64, times uint64) {
	for i, n := range other {
		if n != 0 {
			row[i] = (row[i] + (prime-times)*n) % prime
		}
	}
}

func power(n, to uint64) uint64 {
	result := uint64(1)
	for ; to > 0; to >>= 1 {
		if to&1 == 1 {
			result = result * n % prime
		}
		n = n * n % prime
	}
	return result
}

// squeeze narrows each number by the others, which are whole and not negative, for as
// long as that helps.
func (a *attacker) squeeze() (low, high []int) {
	const huge = 1 << 40
	low, high = make([]int, len(a.names)), make([]int, len(a.names))
	for i := range high {
		high[i] = huge
	}
	for changed, round := true, 0; changed && round < 60; round++ {
		changed = false
		for _, e := range a.eqs {
			least, most := 0, 0
			for i, n := range e.terms {
				least += min(n*low[i], n*high[i])
				most += max(n*low[i], n*high[i])
			}
			for i, n := range e.terms {
				// n·x = is − the rest, and n is 1 or −1 in every equation.
				from, to := e.is-(most-max(n*low[i], n*high[i])), e.is-(least-min(n*low[i], n*high[i]))
				if n < 0 {
					from, to = -to, -from
				}
				if from > low[i] {
					low[i], changed = from, true
				}
				if to < high[i] {
					high[i], changed = to, true
				}
			}
		}
	}
	return low, high
}

func TestNoQuestionGivesAnybodyAway(t *testing.T) {
	for _, monthly := range []map[string]int{{"en": 60, "cy": 9}, {"en": 150, "cy": 40}, {"en": 400, "cy": 60}, {"en": 25, "cy": 2}} {
		t.Run(fmt.Sprint(monthly), func(t *testing.T) {
			for seed := range uint64(4) {
				town := settle(seed, monthly)
				for _, fault := range attack(t, town, Cut(town.q, town.b, town.rows, nil, later)) {
					t.Error(fault)
				}
			}
		})
	}
}

// The same attacker finds people where cells under 10 are hidden and nothing else is.
func TestAttackerIsAble(t *testing.T) {
	town := settle(1, map[string]int{"en": 400, "cy": 60})
	var plain []Piece
	for _, m := range twelve {
		for _, lang := range []string{"cy", "en"} {
			p := Piece{Lang: lang, First: m, Last: m}
			for _, part := range parts() {
				if n := town.truth(lang, m, part); n >= Few {
					f := Figure{Tally: part, N: n}
					for _, people := range outOf(f) {
						f.Of += town.truth(lang, m, people)
					}
					p.Figures = append(p.Figures, f)
				}
			}
			plain = append(plain, p)
		}
	}
	if faults := attack(t, town, plain); len(faults) < 50 {
		t.Errorf("the attacker finds only %d hidden numbers", len(faults))
	}
}

// attack returns what the attacker learns of numbers under 10.
func attack(t *testing.T, town *town, pieces []Piece) (faults []string) {
	t.Helper()
	a := &attacker{at: map[place]int{}}
	a.ask(pieces)
	a.assume(pieces)
	truth := town.truths(pieces)
	for _, e := range a.eqs { // the attacker must not be wrong
		sum := 0
		for i, n := range e.terms {
			sum += n * truth[a.names[i]]
		}
		if sum != e.is {
			t.Fatalf("what is shown is not true: got %d, want %d of %v", e.is, sum, e.terms)
		}
	}
	found, small := a.solve(), 0
	low, high := a.squeeze()
	for p, i := range a.at {
		n := truth[p]
		if n >= Few {
			continue
		}
		small++
		if got, ok := found[p]; ok {
			faults = append(faults, fmt.Sprintf("solved: %v is %d", p, got))
		}
		if high[i] < Few {
			faults = append(faults, fmt.Sprintf("squeezed: %v is %d, and can only be %d to %d", p, n, low[i], high[i]))
		}
	}
	shown := 0
	for _, p := range pieces {
		shown += len(p.Figures)
	}
	t.Logf("%d pieces show %d figures; %d equations of %d numbers give %d of them; %d are under %d, of which %d come out",
		len(pieces), shown, len(a.eqs), len(a.names), len(found), small, Few, len(faults))
	return faults
}

// truths are all numbers that the attacker has a name for.
func (t *town) truths(pieces []Piece) map[place]int {
	truth := map[place]int{}
	for _, lang := range []string{"en", "cy"} {
		for _, m := range twelve {
			for _, p := range parts() {
				truth[place{lang, m, p}] = t.truth(lang, m, p)
			}
		}
	}
	for _, p := range pieces {
		for _, part := range parts() {
			all, not := place{p.Lang, spell(p), part}, place{p.Lang, "not " + spell(p), part}
			truth[all], truth[not] = 0, 0
			for _, m := range monthsOf(p) {
				truth[all] += truth[place{p.Lang, m, part}]
				truth[not] += truth[place{p.Lang, m, Tally{Kind: Counted}}] - truth[place{p.Lang, m, part}]
			}
		}
	}
	return truth
}
