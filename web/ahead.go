package web

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"gutskin/quiz"
	"gutskin/views"
)

// With scripts, a step takes no time: the page of a question carries the pages that
// can follow it, and the script shows the right one at once and sends the answer in
// the background. The server alone decides the way. It says for each option where it
// leads, and what it has not said the script leaves to an ordinary form.

// outlook is what the script knows about the way from one question.
type outlook struct {
	ways
	Steps []ahead `json:"steps"`
}

// ways are where the answers of one question lead: places in Steps, or ask.
type ways struct {
	Next   int            `json:"next"`             // most answers
	Turn   map[string]int `json:"turn,omitempty"`   // options that lead elsewhere
	Free   bool           `json:"free,omitempty"`   // beside a turn, the other options change nothing
	Number *bounds        `json:"number,omitempty"` // numbers that go the way of most answers
}

// Ways without a page: only the server knows it, or it leads to where to get help.
// The script keeps nobody waiting on the way to help.
const (
	ask  = -1
	help = -2
)

// ahead is the page of one question that can follow.
type ahead struct {
	At    string `json:"at"`
	Title string `json:"title"`
	Back  string `json:"back"`
	Main  string `json:"main"`
	ways
}

// bounds are the numbers that a question takes.
type bounds struct {
	Min   float64 `json:"min"`
	Max   float64 `json:"max"`
	Whole bool    `json:"whole,omitempty"`
}

// How much goes along with the page of a question and with the reply to an answer, in
// bytes before compression. Compressed, both keep within 2.5 KB. A person thinks for
// longer than it takes to send the next pages.
const (
	aheadOfPage  = 1200
	aheadOfReply = 13000
	aheadMost    = 10 // pages, however short
)

// lookAhead looks from a question as far as this many bytes reach, and at least to
// the next one.
func (s *site) lookAhead(d *draft, question string, most int) (outlook, error) {
	out := outlook{ways: ways{Next: ask}, Steps: []ahead{}}
	type stand struct {
		d        *draft
		question string
		ways     *ways
	}
	reached := []stand{{d, question, &out.ways}}
	steps := make([]*ahead, 0, aheadMost) // by pointer, while their ways are filled in
	size := 0
	for len(reached) > 0 {
		here := reached[0]
		reached = reached[1:]
		fork := s.forks[here.question]
		here.ways.Number, here.ways.Free = fork.number, fork.free && len(fork.groups) > 1
		for i, group := range fork.groups {
			to := ask
			next, p, ok := s.try(here.d, here.question, group)
			if len(p.pending) > 0 {
				to = help
			}
			if ok && len(steps) < aheadMost && size < most {
				step, err := s.aheadStep(next, p)
				if err != nil {
					return out, err
				}
				// The same question twice, a little different, is hardly longer than once.
				if !slices.ContainsFunc(steps, func(known *ahead) bool { return known.At == step.At }) {
					size += len(step.Main)
				}
				to = len(steps)
				steps = append(steps, step)
				reached = append(reached, stand{next, p.walk.Next().ID, &step.ways})
			}
			here.ways.lead(s.edition.Quiz.Question(here.question), i, group, to)
		}
	}
	for _, step := range steps {
		out.Steps = append(out.Steps, *step)
	}
	return out, nil
}

// lead notes where a group of answers leads. The first group is that of most.
func (w *ways) lead(x *quiz.Question, i int, group []quiz.Answer, to int) {
	if i == 0 {
		w.Next = to
		return
	}
	for _, a := range group {
		if w.Turn == nil {
			w.Turn = map[string]int{}
		}
		w.Turn[fieldValue(x, a)] = to
	}
}

// fieldValue is what the form of a question sends for a single pick, or for a skip.
func fieldValue(x *quiz.Question, a quiz.Answer) string {
	if !a.IsSkip() {
		return a.Picked[0]
	}
	for i := range x.Options {
		if x.Options[i].Skip {
			return x.Options[i].ID
		}
	}
	return skip
}

// try gives the first answer of a group that is on offer and reports whether a
// question follows that has a page like this one.
func (s *site) try(d *draft, question string, group []quiz.Answer) (*draft, place, bool) {
	walk := s.edition.Quiz.Walk(d.Answers)
	at := walk.Find(question)
	if at < 0 {
		return nil, place{}, false
	}
	i := slices.IndexFunc(group, func(a quiz.Answer) bool {
		return a.IsSkip() || slices.ContainsFunc(walk.Steps[at].Offered, func(o *quiz.Option) bool { return a.Has(o.ID) })
	})
	if i < 0 {
		return nil, place{}, false
	}
	next := *d
	next.Answers, next.Acknowledged = maps.Clone(d.Answers), slices.Clone(d.Acknowledged)
	next.answer(s.edition.Quiz, s.edition.Book, quiz.Answers{question: group[i]})
	before, after := s.locate(d), s.locate(&next)
	if len(after.pending) > 0 || after.walk.Stop != "" || after.walk.Next() == nil || before.crisis != after.crisis {
		return nil, after, false
	}
	return &next, after, true
}

func (s *site) aheadStep(d *draft, p place) (*ahead, error) {
	x := p.walk.Next()
	page := views.NewQuestionPage(views.Page{Edition: d.edition}, views.QuestionInput{
		Walk: p.walk, Question: x.ID, Change: changed(p.walk, x.ID),
	})
	var b bytes.Buffer
	if err := s.engine.Render(&b, page.MainTemplate(), page); err != nil {
		return nil, err
	}
	return &ahead{At: s.base + page.Action, Title: page.Title, Back: s.base + page.Back, Main: strings.TrimSpace(b.String())}, nil
}
