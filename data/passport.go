package data

import (
	"fmt"
	"time"

	"gutskin/quiz"
)

// Each advice carries a passport: where it comes from, how sure we are, what is not
// known, when it was last looked at and when it is due again. That grades, passages
// and sources are there is judged with the advice itself.

// passportProblems names what is missing or cannot be.
func passportProblems(e *Edition) []quiz.Problem {
	f := &quiz.Finder{}
	for i := range e.Book.Advice {
		a := &e.Book.Advice[i]
		path := "advice." + a.ID
		if a.Unknown == "" {
			f.Add(path+".unknown", "say what is not known about it")
		}
		reviewed, err := time.Parse(time.DateOnly, a.Reviewed)
		due, err2 := time.Parse(time.DateOnly, a.ReviewBy)
		if err == nil && err2 == nil && !due.After(reviewed) {
			f.Add(path+".review_by", "it is due again on %s, but was reviewed on %s: the later date belongs here", a.ReviewBy, a.Reviewed)
		}
	}
	return f.Problems
}

// Due names what a reviewer was to look at again before a day.
func (l *Library) Due(today time.Time) []Problem {
	e := l.Edition("")
	places := l.atlas()
	var list []Problem
	past := func(date string) bool {
		day, err := time.Parse(time.DateOnly, date)
		return err == nil && today.Format(time.DateOnly) > day.Format(time.DateOnly)
	}
	for i := range e.Book.Advice {
		if a := &e.Book.Advice[i]; past(a.ReviewBy) {
			list = append(list, places.locate(quiz.Problem{
				Path: "advice." + a.ID + ".review_by",
				Text: fmt.Sprintf("%s was due for review by %s", a.ID, a.ReviewBy),
			}))
		}
	}
	if next := e.Site.Reviewed.Next; past(next) {
		list = append(list, places.locate(quiz.Problem{
			Path: "reviewed.next", Text: "the clinical review of the whole content was due by " + next,
		}))
	}
	return list
}
