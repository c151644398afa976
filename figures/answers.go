package figures

import (
	"slices"

	"gutskin/quiz"
	"gutskin/recommend"
)

// answered is what may be seen of what people said. What follows from answers is seen
// only where the answers it follows from are: a question that is not asked of all, a
// notice, an idea. Otherwise its number would tell the hidden one by a subtraction.
type answered struct {
	q      *quiz.Questionnaire
	m      months
	people int
	open   map[Tally]bool
	whole  map[Tally]bool // questions and pillars of which every cell is open
	list   []Figure
}

func showAnswers(q *quiz.Questionnaire, b *recommend.Book, m months) (of int, list []Figure) {
	s := &answered{q: q, m: m, people: m.of(Counted), open: map[Tally]bool{}, whole: map[Tally]bool{}}
	for i := range q.Questions {
		x := &q.Questions[i]
		if x.Kind == quiz.Many {
			s.several(x)
			continue
		}
		s.one(x)
	}
	pillars := make([]string, 0, len(q.Pillars)+1)
	for i := range q.Pillars {
		pillars = append(pillars, q.Pillars[i].ID)
	}
	for _, pillar := range append(pillars, quiz.Overall) {
		s.bands(pillar)
	}
	for i := range b.Rules {
		s.follows(Tally{Notice, b.Rules[i].ID, ""}, &b.Rules[i].When)
	}
	for i := range b.Advice {
		s.follows(Tally{Advice, b.Advice[i].ID, ""}, &b.Advice[i].When)
	}
	return s.people, s.list
}

// one shows a question that each person answered once, or left out.
func (s *answered) one(x *quiz.Question) {
	values, asked := Values(x), 0
	for t, n := range s.m {
		if t.Kind == Answer && t.Item == x.ID {
			asked += n
			values = append(values, t.Value)
		}
	}
	if s.askedSeen(x, asked) {
		s.table(Answer, x.ID, values, asked)
	}
}

// Values are what a question can be answered with, in its order: stretches of numbers,
// options, and None where it can be left out and that may be seen.
func Values(x *quiz.Question) (list []string) {
	if x.Range != nil {
		list = append(list, step(x.Range, x.Range.Min))
		for _, r := range x.Range.Steps {
			name := ""
			switch {
			case r.Above != nil:
				name = ">" + quiz.FormatNumber(*r.Above)
			case r.From != nil:
				name = ">=" + quiz.FormatNumber(*r.From)
			}
			if !slices.Contains(list, name) {
				list = append(list, name)
			}
		}
	}
	for _, o := range x.Options {
		if !o.Skip {
			list = append(list, o.ID)
		}
	}
	if x.Kind != quiz.Many {
		list = append(list, None)
	}
	return list
}

// askedSeen reports that it may be known how many were asked a question.
func (s *answered) askedSeen(x *quiz.Question, asked int) bool {
	if x.AskIf == nil && asked == s.people {
		return true
	}
	return both(asked, s.people) && s.known(x.AskIf)
}

// several shows a question of which each person picked any number of options: each
// option stands against all who did not pick it. How many left the question out is
// never seen: with it, and with those who picked "none", hidden options would have to
// make up for the rest.
func (s *answered) several(x *quiz.Question) {
	if !s.known(x.AskIf) {
		return
	}
	for _, o := range x.Options {
		t := Tally{Answer, x.ID, o.ID}
		if !o.Skip && both(s.m[t], s.people) {
			s.show(t, s.people)
		}
	}
}

// bands shows where a score stood.
func (s *answered) bands(pillar string) {
	values, all := []string{None}, 0
	for _, band := range s.q.Bands {
		values = append(values, band.ID)
	}
	for t, n := range s.m {
		if t.Kind == Band && t.Item == pillar {
			all += n
			values = append(values, t.Value)
		}
	}
	if all == s.people || both(all, s.people) {
		s.table(Band, pillar, values, all)
	}
}

// table shows a table in which each of so many people stands once. Its order is that
// of the ids, which never change.
func (s *answered) table(kind, item string, values []string, of int) {
	slices.Sort(values)
	values = slices.Compact(values)
	cells := make([]int, len(values))
	for i, v := range values {
		cells[i] = s.m[Tally{kind, item, v}]
	}
	whole := true
	for i, open := range seen(cells) {
		if open {
			s.show(Tally{kind, item, values[i]}, of)
		}
		whole = whole && open
	}
	s.whole[Tally{Kind: kind, Item: item}] = whole
}

func (s *answered) show(t Tally, of int) {
	s.open[t] = true
	s.list = append(s.list, Figure{Tally: t, N: s.m[t], Of: of})
}

// follows shows how many met with something that a rule brings about.
func (s *answered) follows(t Tally, when *quiz.Condition) {
	if both(s.m[t], s.people) && s.known(when) {
		s.show(t, s.people)
	}
}

// known reports that all answers which a condition names are seen.
func (s *answered) known(c *quiz.Condition) bool {
	known := true
	s.q.Leaves(c, func(leaf *quiz.Condition) {
		switch {
		case leaf.Pillar != "":
			known = known && s.whole[Tally{Kind: Band, Item: leaf.Pillar}]
		case len(leaf.In) > 0:
			for _, option := range leaf.In {
				known = known && s.open[Tally{Answer, leaf.Question, option}]
			}
		default:
			known = known && s.whole[Tally{Kind: Answer, Item: leaf.Question}]
		}
	})
	return known
}
