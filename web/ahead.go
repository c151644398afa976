package web

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"gutskin/quiz"
	"gutskin/recommend"
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

// ask stands for a way that only the server knows.
const ask = -1

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

// fork groups the answers of a question by what they can change.
type fork struct {
	groups [][]quiz.Answer // single picks and the skip; the largest group first
	free   bool            // the largest group changes nothing beside another one
	number *bounds
	gauge  quiz.Gauge        // of all that the answer can ever change, however far ahead
	read   map[string]string // what the gauge reads for single picks, by option: a fifth of the time of a page
}

// reading is all that an answer can ever change.
func (f *fork) reading(a quiz.Answer) string {
	if a.Number == nil && len(a.Picked) == 1 {
		if r, ok := f.read[a.Picked[0]]; ok {
			return r
		}
	}
	return f.gauge.Read(a)
}

// forks works out, for each question, which answers go the same way. What can change
// on the way: which questions and options come, the button that skips a section, a
// stop, an emergency and the line of help.
func forks(q *quiz.Questionnaire, b *recommend.Book) map[string]*fork {
	all := map[string]*fork{}
	for i := range q.Questions {
		x := &q.Questions[i]
		f := forkOf(x, q.Gauge(x.ID, turnings(q, b, horizon(q, i))))
		f.gauge = q.Gauge(x.ID, turnings(q, b, len(q.Questions)))
		f.read = make(map[string]string, len(x.Options))
		for j := range x.Options {
			f.read[x.Options[j].ID] = f.gauge.Read(quiz.Pick(x.Options[j].ID))
		}
		all[x.ID] = &f
	}
	return all
}

// horizon is how many questions, from the first one of all, the pages that go along
// with the i-th can reach. Questions that are always asked use them up; one whose
// answer was kept from an earlier check has no page.
func horizon(q *quiz.Questionnaire, i int) int {
	steps := 0
	for i++; i < len(q.Questions) && steps < aheadMost; i++ {
		if q.Questions[i].AskIf == nil && !q.Questions[i].Lasting {
			steps++
		}
	}
	return i
}

// turnings are the conditions that decide what a visitor sees next, for the first
// questions up to a horizon.
func turnings(q *quiz.Questionnaire, b *recommend.Book, horizon int) []*quiz.Condition {
	list := []*quiz.Condition{{Is: crisisLabel}}
	for j := range q.Questions {
		x := &q.Questions[j]
		list = append(list, x.AskIf) // the number of questions depends on all of them
		if j >= horizon {
			continue
		}
		for k := range x.Options {
			list = append(list, x.Options[k].OfferIf)
		}
		list = append(list, q.Section(x.Section).SkipIf)
	}
	for j := range q.Stops {
		list = append(list, &q.Stops[j].When)
	}
	for j := range b.Rules {
		rule := &b.Rules[j]
		if rule.Level == recommend.Emergency || slices.ContainsFunc(rule.Cases, emergency) {
			list = append(list, &rule.When)
			for k := range rule.Cases {
				list = append(list, &rule.Cases[k].When)
			}
		}
	}
	return list
}

func emergency(c recommend.Case) bool { return c.Level == recommend.Emergency }

func forkOf(x *quiz.Question, gauge quiz.Gauge) fork {
	var f fork
	readings := map[string]int{}
	add := func(a quiz.Answer) {
		r := gauge.Read(a)
		i, known := readings[r]
		if !known {
			i = len(f.groups)
			readings[r] = i
			f.groups = append(f.groups, nil)
		}
		f.groups[i] = append(f.groups[i], a)
	}
	add(quiz.Answer{})
	for i := range x.Options {
		if o := &x.Options[i]; !o.Skip {
			add(quiz.Pick(o.ID))
		}
	}
	slices.SortStableFunc(f.groups, func(a, b []quiz.Answer) int { return len(b) - len(a) })
	f.free = x.Kind == quiz.Many && !slices.ContainsFunc(f.groups[1:], func(group []quiz.Answer) bool {
		both := quiz.Answer{Picked: slices.Concat(f.groups[0][len(f.groups[0])-1].Picked, group[0].Picked)}
		return gauge.Read(both) != gauge.Read(group[0])
	})
	if x.Kind == quiz.Number && !gauge.Numbers() && gauge.Read(quiz.Num(x.Range.Min)) == gauge.Read(f.groups[0][0]) {
		f.number = &bounds{x.Range.Min, x.Range.Max, x.Range.Whole}
	}
	return f
}

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
	return &ahead{At: page.Action, Title: page.Title, Back: page.Back, Main: strings.TrimSpace(b.String())}, nil
}

// view is a question that is due and what lies ahead of it, ready to send.
type view struct {
	page  []byte       // JSON that can stand in a script element
	reply views.Packed // JSON of stepsKept
	whole views.Holed  // the page of the question, but for the id of the attempt
}

// outlooks remember what lies ahead. They tell nothing about a person: the keys say
// which turnings were taken, and the pages are of questions still open.
type outlooks struct {
	mu    sync.Mutex
	known map[string]view
}

// outlooksMost bounds their memory, at about 50 KB each.
const outlooksMost = 500

// outlook is the view from the question that is due. There is none from a question
// answered before, because any later one can be the next, and none for whoever is
// asked a section at a time.
func (s *site) outlook(d *draft, p place, question string) (v view, ok bool, err error) {
	if due := p.walk.Next(); due == nil || due.ID != question || len(p.pending) > 0 || p.whole {
		return view{}, false, nil
	}
	key := s.turnsTaken(d, p, question)
	s.outlooks.mu.Lock()
	v, ok = s.outlooks.known[key]
	s.outlooks.mu.Unlock()
	if ok {
		return v, true, nil
	}
	if v, err = s.newView(d, question); err != nil || s.Dev {
		return v, err == nil, err
	}
	s.outlooks.mu.Lock()
	defer s.outlooks.mu.Unlock()
	if s.outlooks.known == nil || len(s.outlooks.known) >= outlooksMost {
		s.outlooks.known = map[string]view{}
	}
	s.outlooks.known[key] = v
	return v, true, nil
}

func (s *site) newView(d *draft, question string) (v view, err error) {
	near, err := s.lookAhead(d, question, aheadOfPage)
	if err != nil {
		return v, err
	}
	far, err := s.lookAhead(d, question, aheadOfReply)
	if err != nil {
		return v, err
	}
	if v.page, err = lean(near); err != nil {
		return v, err
	}
	// In a script element, "</" could end it and "<!" could hide its end.
	v.page = bytes.ReplaceAll(v.page, []byte("</"), []byte(`<\/`))
	v.page = bytes.ReplaceAll(v.page, []byte("<!"), []byte(`\u003c!`))
	reply, err := lean(stepsKept{To: address(question), Ahead: &far})
	if err != nil {
		return v, err
	}
	v.reply = views.Pack(reply)
	v.whole, err = s.holedQuestion(d, question, v.page)
	return v, err
}

// holedQuestion is the page of the question that is due, with a hole for the id of the
// attempt. It is the same for all who come to it by the same turns.
func (s *site) holedQuestion(d *draft, question string, ahead []byte) (views.Holed, error) {
	p := s.locate(d)
	hole := strings.Repeat("0", len(d.Attempt)) // no key has a 0
	page := views.NewQuestionPage(views.Page{
		Edition: d.edition, Path: address(question), Languages: s.languages.editions, CrisisHelp: p.crisis,
	}, views.QuestionInput{Walk: p.walk, Question: question, Attempt: hole, Change: changed(p.walk, question), Ahead: ahead})
	var b bytes.Buffer
	if err := s.engine.Render(&b, page.Template(), page); err != nil {
		return views.Holed{}, err
	}
	before, after, _ := bytes.Cut(b.Bytes(), []byte(hole))
	return views.PackAround(before, after, len(hole)), nil
}

// lean writes JSON without turning every < into six letters.
func lean(v any) ([]byte, error) {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	err := out.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// turnsTaken is all about the answers given so far that what lies ahead depends on.
func (s *site) turnsTaken(d *draft, p place, question string) string {
	var b strings.Builder
	b.WriteString(d.edition.Lang + " " + question)
	for _, v := range p.walk.Steps {
		b.WriteByte(' ')
		if v.Answered {
			b.WriteByte('+')
			b.WriteString(s.forks[v.Question.ID].reading(p.walk.Kept[v.Question.ID]))
		}
	}
	for _, id := range d.Acknowledged {
		b.WriteString(" " + id)
	}
	return b.String()
}
