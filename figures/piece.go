package figures

import (
	"slices"
	"time"

	"gutskin/quiz"
	"gutskin/recommend"
)

// Row is what one counter came to in one month, as in 2026-11.
type Row struct {
	Month string
	Count
}

// Piece is what may be seen of some whole months in one language. Everything that is
// ever shown is a sum of pieces, so no choice of dates or languages tells more than the
// pieces do. A piece is made once, from months that are over, and kept as it is.
type Piece struct {
	Lang    string   `json:"lang"`
	Family  string   `json:"family"`
	First   string   `json:"first"` // the first month
	Last    string   `json:"last"`  // the last month
	Of      int      `json:"of"`    // people: who started, or who agreed to be counted
	Figures []Figure `json:"figures"`
}

// Figure is one number that may be seen.
type Figure struct {
	Tally
	N  int
	Of int `json:",omitempty"` // out of so many people; 0 for what is not about people
}

// What the way through the questions is seen as.
const (
	Reached = "reached" // who came as far as a question
	Within  = "within"  // who finished in fewer minutes than this
)

// The families of figures. Steps count everybody, answers those who agreed to it.
const (
	Steps   = "steps"
	Answers = "answers"
)

// How many people a piece is about at least. With fewer, hardly a figure could be seen.
const (
	stepsLeast   = 30
	answersLeast = 100
)

// grace is how long after a month its counters may still come in.
const grace = 24 * time.Hour

// month is the form of a month's name.
const month = "2006-01"

// months are the counters of some months together, in one language.
type months map[Tally]int

// Cut makes the pieces that are due: for each language, months that are over are put
// together until there are enough people. Months behind a piece that was made before
// are done with.
func Cut(q *quiz.Questionnaire, b *recommend.Book, rows []Row, made []Piece, now time.Time) []Piece {
	if len(rows) == 0 {
		return nil
	}
	begin, langs := rows[0].Month, []string{}
	byMonth := map[string]map[string]months{} // language, month
	for _, r := range rows {
		begin = min(begin, r.Month)
		if byMonth[r.Lang] == nil {
			byMonth[r.Lang] = map[string]months{}
			langs = append(langs, r.Lang)
		}
		if byMonth[r.Lang][r.Month] == nil {
			byMonth[r.Lang][r.Month] = months{}
		}
		byMonth[r.Lang][r.Month][r.Tally] += r.N
	}
	slices.Sort(langs)
	var due []Piece
	for _, lang := range langs {
		for _, f := range families {
			due = append(due, cut(q, b, f, lang, byMonth[lang], after(begin, lang, f.name, made), now)...)
		}
	}
	return due
}

// after is the first month without a piece.
func after(begin, lang, family string, made []Piece) string {
	for _, p := range made {
		if p.Lang == lang && p.Family == family {
			begin = max(begin, next(p.Last))
		}
	}
	return begin
}

func next(name string) string {
	t, err := time.Parse(month, name)
	if err != nil {
		return name + "~" // behind all months: what is not a month ends the way
	}
	return t.AddDate(0, 1, 0).Format(month)
}

// family is one kind of pieces: when one is full, and what it shows.
type family struct {
	name string
	full func(months) bool
	show func(*quiz.Questionnaire, *recommend.Book, months) (of int, list []Figure)
}

var families = []family{
	{Steps, stepsFull, showSteps},
	{Answers, answersFull, showAnswers},
}

func cut(q *quiz.Questionnaire, b *recommend.Book, f family, lang string, byMonth map[string]months, from string, now time.Time) (due []Piece) {
	over := now.UTC().Add(-grace).Format(month)
	sum, first := months{}, from
	for at := from; at < over; at = next(at) {
		for t, n := range byMonth[at] {
			sum[t] += n
		}
		if !f.full(sum) {
			continue
		}
		p := Piece{Lang: lang, Family: f.name, First: first, Last: at}
		p.Of, p.Figures = f.show(q, b, sum)
		due = append(due, p)
		sum, first = months{}, next(at)
	}
	return due
}

func (m months) of(kind string) int { return m[Tally{Kind: kind}] }

// stepsFull also keeps those who finished, and those who left, from being few.
func stepsFull(m months) bool {
	return m.of(Started) >= stepsLeast && both(m.of(Finished), m.of(Started))
}

// answersFull also keeps how many did not agree from being a small number: it is what
// remains when those counted are taken from all who finished.
func answersFull(m months) bool {
	return m.of(Counted) >= answersLeast && m.of(Finished)-m.of(Counted) >= Few
}

// showSteps shows the way through the questions: how many came as far as each, but only
// where 10 or more left since the last that is seen. The minutes are seen likewise.
func showSteps(q *quiz.Questionnaire, _ *recommend.Book, m months) (of int, list []Figure) {
	started, finished := m.of(Started), m.of(Finished)
	list = append(list, Figure{Tally: Tally{Kind: Finished}, N: finished, Of: started})
	items, left := make([]string, 0, len(q.Questions)+1), make([]int, 0, len(q.Questions)+1)
	rest := started - finished
	for i := range q.Questions {
		id := q.Questions[i].ID
		n := m[Tally{Shown, id, ""}] - m[Tally{Answered, id, ""}]
		items, left = append(items, id), append(left, n)
		rest -= n
	}
	items, left = append(items, Check), append(left, rest) // each who started stands somewhere
	came := started
	for i, n := range groups(left) {
		if n > 0 && i+1 < len(items) {
			came -= n
			list = append(list, Figure{Tally: Tally{Reached, items[i+1], ""}, N: came, Of: started})
		}
	}

	stretches := Stretches()
	took := make([]int, len(stretches))
	known := 0
	for i, s := range stretches {
		took[i] = m[Tally{Minutes, "", s}]
		known += took[i]
	}
	took[len(took)-1] += finished - known
	done := 0
	for i, n := range groups(took) {
		if n > 0 && i+1 < len(minutes) {
			done += n
			list = append(list, Figure{Tally: Tally{Within, "", stretches[i+1]}, N: done, Of: finished})
		}
	}

	for i := range q.Questions {
		if t := (Tally{Error, q.Questions[i].ID, ""}); m[t] >= Few {
			list = append(list, Figure{Tally: t, N: m[t]})
		}
	}
	for _, kind := range []string{Planned, Linked} {
		if n := m.of(kind); n >= Few {
			list = append(list, Figure{Tally: Tally{Kind: kind}, N: n})
		}
	}
	return started, list
}

// groups puts at each place where a group of neighbours ends how many are in it, and 0
// elsewhere.
func groups(cells []int) []int {
	list, from := make([]int, len(cells)), 0
	for _, end := range joined(cells) {
		for _, n := range cells[from : end+1] {
			list[end] += n
		}
		from = end + 1
	}
	return list
}
