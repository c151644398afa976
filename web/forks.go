package web

import (
	"slices"

	"gutskin/quiz"
	"gutskin/recommend"
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
