package quiz

import "slices"

// Lasting keeps, of the answers to an earlier check, those that may stand in the next
// one: to questions whose answers rarely change, where something was said and q can
// still read all of it.
func (q *Questionnaire) Lasting(earlier Answers) Answers {
	kept := Answers{}
	for i := range q.Questions {
		x := &q.Questions[i]
		if a, ok := earlier[x.ID]; ok && x.Lasting && !a.IsSkip() && x.Check(a) == nil {
			kept[x.ID] = a
		}
	}
	return kept
}

// checkLasting refuses to carry over what must be asked each time, and what a score
// is made of: a score of today counts what was said today.
func (q *Questionnaire) checkLasting(f *Finder) {
	for _, id := range q.AskAnew {
		if q.Question(id) == nil {
			f.Add("ask_anew", "no question has the id %q", id)
		}
	}
	for i := range q.Questions {
		x := &q.Questions[i]
		path := "questions." + x.ID + ".lasting"
		switch {
		case !x.Lasting:
		case slices.Contains(q.AskAnew, x.ID):
			f.Add(path, "ask_anew says that %q is asked each time, take lasting out", x.ID)
		case x.Scored():
			f.Add(path, "a scored question is asked each time, take lasting out")
		}
	}
}
