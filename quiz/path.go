package quiz

import "slices"

// Walk is the way through the questions that some answers take. It is replayed
// from the first question each time it is needed and never stored, so there is no
// "current step" that could get out of step.
type Walk struct {
	Steps []Visit // the questions on the path, in order
	Kept  Answers // the answers that count: on the path, to options that were offered
	Stop  string  // the id of the stop that ended the path, or ""
	Most  int     // how many questions the longest path still possible has; shrinks as answers come, never grows
}

// Visit is one question on the path.
type Visit struct {
	Question *Question
	Offered  []*Option // in order, without those that do not apply
	Answered bool      // answered or skipped on purpose
}

// Walk replays a. Answers off the path, to unknown questions and to options that
// are not offered are left out of Kept; a question left with none of its picks
// counts as open again. Answers of the wrong form must have been refused by Check.
func (q *Questionnaire) Walk(a Answers) Walk {
	w := Walk{Kept: make(Answers, len(a))}
	seen := map[string]bool{} // settled: answered, skipped, or not asked, whatever else is answered
	here := evaluator{q: q, answers: w.Kept}
	ahead := evaluator{q: q, answers: w.Kept, unknown: func(id string) bool { return !seen[id] }}
	for i := range q.Questions {
		x := &q.Questions[i]
		if x.AskIf != nil && here.eval(x.AskIf) != yes {
			if ahead.eval(x.AskIf) == open {
				w.Most++
			} else {
				seen[x.ID] = true
			}
			continue
		}
		v := Visit{Question: x, Offered: here.offered(x)}
		if answer, ok := v.keep(a); ok {
			w.Kept[x.ID] = answer
			v.Answered = true
			seen[x.ID] = ahead.certain(x, answer)
		}
		w.Steps = append(w.Steps, v)
		w.Most++
		if stop := ahead.stopAfter(x); stop != "" && ahead.certain(x, Answer{}) {
			if v.Answered {
				w.Stop = stop
			}
			break
		}
	}
	return w
}

func (e *evaluator) offered(x *Question) []*Option {
	offered := make([]*Option, 0, len(x.Options))
	for i := range x.Options {
		o := &x.Options[i]
		if o.OfferIf == nil || e.eval(o.OfferIf) == yes {
			offered = append(offered, o)
		}
	}
	return offered
}

// certain reports that no answer still to come can take the question, or one of
// the picked options, off the path again. A Not over an open question could.
func (e *evaluator) certain(x *Question, a Answer) bool {
	if x.AskIf != nil && e.eval(x.AskIf) != yes {
		return false
	}
	return !slices.ContainsFunc(a.Picked, func(id string) bool {
		o := x.Option(id)
		return o.OfferIf != nil && e.eval(o.OfferIf) != yes
	})
}

func (e *evaluator) stopAfter(x *Question) string {
	for i := range e.q.Stops {
		if s := &e.q.Stops[i]; s.After == x.ID && e.eval(&s.When) == yes {
			return s.ID
		}
	}
	return ""
}

// keep returns the part of the visitor's answer that counts here.
func (v Visit) keep(a Answers) (Answer, bool) {
	answer, ok := a[v.Question.ID]
	if !ok || answer.IsSkip() || answer.Number != nil {
		return answer, ok
	}
	kept := Answer{}
	for _, o := range v.Offered {
		if answer.Has(o.ID) && !o.Skip {
			kept.Picked = append(kept.Picked, o.ID)
		}
		if answer.Has(o.ID) && o.Skip {
			return Answer{}, true
		}
	}
	return kept, len(kept.Picked) > 0
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
