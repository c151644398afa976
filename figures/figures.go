// Package figures says what is counted, and which counts may be seen. It turns a
// report into counters, and counters of many people into pieces whose figures give
// nobody away. It knows no clock, no disk and no page.
package figures

import (
	"cmp"
	"strconv"

	"gutskin/quiz"
	"gutskin/recommend"
)

// Tally names one counter.
type Tally struct {
	Kind  string
	Item  string // the question, pillar, notice or advice it is about
	Value string // the option, band or stretch of minutes
}

// Count is how often something happened in one language.
type Count struct {
	Tally
	Lang string
	N    int
}

// What is counted of those who agreed to it, when they finish.
const (
	Counted = "counted" // people
	Answer  = "answer"  // by question and option
	Band    = "band"    // by pillar
	Notice  = "notice"  // safety notices shown
	Advice  = "advice"  // ideas shown
)

// What is counted of everybody, without a trace of who it was.
const (
	Started  = "started"
	Finished = "finished"
	Shown    = "shown"    // a question came up, or the look over all answers
	Answered = "answered" // and was left behind
	Error    = "error"    // a form came back
	Minutes  = "minutes"  // from start to finish
	Planned  = "planned"  // a plan was made
	Linked   = "linked"   // the page that keeps a link was opened
)

// None is the value of what was left out on purpose, and of a score without a number.
const None = "-"

// Check is the item of the page that looks over all answers.
const Check = "check"

// Of lists what a report adds one to.
func Of(q *quiz.Questionnaire, r *recommend.Report) []Tally {
	list := make([]Tally, 0, 80)
	list = append(list, Tally{Kind: Counted})
	for i := range q.Questions {
		x := &q.Questions[i]
		a, asked := r.Answers[x.ID]
		switch {
		case !asked:
		case a.IsSkip():
			list = append(list, Tally{Answer, x.ID, None})
		case a.Number != nil:
			list = append(list, Tally{Answer, x.ID, step(x.Range, *a.Number)})
		default:
			for _, option := range a.Picked {
				list = append(list, Tally{Answer, x.ID, option})
			}
		}
	}
	for _, s := range r.Scores {
		if s.Figures == nil {
			list = append(list, Tally{Band, s.Pillar, None})
			continue
		}
		list = append(list, Tally{Band, s.Pillar, s.Band})
	}
	for _, n := range r.Care {
		if n.Level != recommend.Care {
			list = append(list, Tally{Notice, n.ID, ""})
		}
	}
	for _, id := range r.Shown() {
		list = append(list, Tally{Advice, id, ""})
	}
	return list
}

// step names the stretch of numbers that n is in by where it begins, as in ">=5".
func step(r *quiz.Range, n float64) string {
	name := ">=" + quiz.FormatNumber(r.Min)
	for _, s := range r.Steps {
		switch {
		case s.Above != nil && n > *s.Above:
			name = ">" + quiz.FormatNumber(*s.Above)
		case s.From != nil && n >= *s.From:
			name = ">=" + quiz.FormatNumber(*s.From)
		}
	}
	return name
}

// Unknown is the stretch of minutes of those whose start is not known.
const Unknown = "?"

// minutes are where the stretches begin; the last has no end.
var minutes = [...]int{0, 3, 5, 7, 10, 15, 20, 30, 60}

// Stretches are the names of the stretches of minutes, in order.
func Stretches() []string {
	list := make([]string, 0, len(minutes)+1)
	for _, from := range minutes {
		list = append(list, strconv.Itoa(from))
	}
	return append(list, Unknown)
}

// Stretch is the place in Stretches of so many minutes; fewer than none are unknown.
func Stretch(n int) int {
	if n < 0 {
		return len(minutes)
	}
	at := 0
	for i, from := range minutes {
		if n >= from {
			at = i
		}
	}
	return at
}

// order sorts tallies the same way everywhere.
func order(a, b Tally) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Value, b.Value))
}

// Order sorts counts the same way everywhere: whoever writes several rows in this
// order waits for nobody who waits for them.
func Order(a, b Count) int {
	return cmp.Or(cmp.Compare(a.Lang, b.Lang), order(a.Tally, b.Tally))
}
