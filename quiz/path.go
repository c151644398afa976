package quiz

import (
	"math/bits"
)

// Walk is the way through the questions that some answers take. It is replayed
// from the first question each time it is needed and never stored, so there is no
// "current step" that could get out of step.
type Walk struct {
	Steps []Visit // the questions on the path, in order
	Kept  Answers // the answers that count: on the path, to options that were offered
	Stop  string  // the id of the stop that ended the path, or ""
	Form  *Form   // Kept, laid out; only to be read
	Most  int     // how many questions the longest path still possible has; shrinks as answers come, never grows
}

// Visit is one question on the path.
type Visit struct {
	Question *Question
	Offered  []*Option // in order, without those that do not apply; shared, so only to be read
	Answered bool      // answered or skipped on purpose
}

// Walk replays a. Answers off the path, to unknown questions and to options that
// are not offered are left out of Kept; a question left with none of its picks
// counts as open again. Answers of the wrong form must have been refused by Check.
// What counts as it was given is shared between a and Kept, so no answer may be
// changed in place.
func (q *Questionnaire) Walk(a Answers) Walk {
	f := q.NewForm()
	w := Walk{Steps: make([]Visit, 0, len(q.Questions)), Form: f}
	w.Stop, w.Most = f.replay(a, func(at int, offered uint64) {
		x := &q.Questions[at]
		w.Steps = append(w.Steps, Visit{Question: x, Offered: x.offers(offered), Answered: f.entries[at].state != unsaid})
	})
	w.Kept = f.Answers(a)
	return w
}

// replay fills in the form question by question and calls visit for each that is on
// the path. Whatever is asked and offered depends on the entries before it.
func (f *Form) replay(a Answers, visit func(question int, offered uint64)) (stop string, most int) {
	f.Clear()
	for i := range f.q.Questions {
		x, e := &f.q.Questions[i], &f.entries[i]
		if x.askIf != nil && !x.askIf.Holds(f) {
			if x.askIf.eval(f, true) == open {
				most++
			} else {
				e.settled = true
			}
			continue
		}
		offered := x.offered(f)
		x.read(a, e)
		x.keep(e, offered)
		e.settled = e.state != unsaid && x.certain(f, e.picked)
		visit(i, offered)
		most++
		if s := f.stopAfter(i); s != "" && x.certain(f, 0) {
			if e.state != unsaid {
				stop = s
			}
			break
		}
	}
	return stop, most
}

// offered is a bit for each option that applies.
func (x *Question) offered(f *Form) uint64 {
	offered := x.every
	for i := range x.offerIf {
		if c := &x.offerIf[i]; !c.when.Holds(f) {
			offered &^= 1 << c.option
		}
	}
	return offered
}

// offers lists the options of a set. The whole list, which is most of them, is made
// once for all.
func (x *Question) offers(set uint64) []*Option {
	if set == x.every {
		return x.pointers
	}
	list := make([]*Option, 0, bits.OnesCount64(set))
	for b := set; b != 0; b &= b - 1 {
		list = append(list, x.pointers[bits.TrailingZeros64(b)])
	}
	return list
}

// certain reports that no answer still to come can take the question, or one of
// the picked options, off the path again. A Not over an open question could.
func (x *Question) certain(f *Form, picked uint64) bool {
	if x.askIf != nil && x.askIf.eval(f, true) != yes {
		return false
	}
	for i := range x.offerIf {
		if c := &x.offerIf[i]; picked&(1<<c.option) != 0 && c.when.eval(f, true) != yes {
			return false
		}
	}
	return true
}

func (f *Form) stopAfter(question int) string {
	for i := range f.q.stops {
		if s := &f.q.stops[i]; s.after == question && s.when.eval(f, true) == yes {
			return f.q.Stops[i].ID
		}
	}
	return ""
}

// Next returns the first question on the path that is still open, or nil when
// nothing more is asked.
func (w Walk) Next() *Question {
	for _, v := range w.Steps {
		if !v.Answered {
			return v.Question
		}
	}
	return nil
}

// Find returns the place of a question on the path, from 0, or -1.
func (w Walk) Find(id string) int {
	for i, v := range w.Steps {
		if v.Question.ID == id {
			return i
		}
	}
	return -1
}
