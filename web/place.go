package web

import (
	"slices"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

// place is where a visitor stands. It is worked out from the answers on every
// request and stored nowhere.
type place struct {
	walk    quiz.Walk
	pending []recommend.Notice // emergencies not yet answered on the get-help page
	crisis  bool               // a line of help stays on every page
	whole   bool               // asked a section at a time
}

const (
	helpAddress    = "/quiz/get-help"
	underAddress   = "/quiz/under-18"
	answersAddress = "/quiz/answers"
	sectionAddress = "/quiz/section/"
)

func address(question string) string { return "/quiz/" + slug(question) }

func (s *site) locate(d *draft) place {
	e := d.edition
	walk := e.Quiz.Walk(d.Answers)
	return place{
		walk:    walk,
		pending: e.Book.EmergenciesIn(e.Quiz, walk.Form, d.Acknowledged...),
		crisis:  walk.Form.Is(crisisLabel),
		whole:   d.Sections,
	}
}

// next is the page that is due: help before all, then the stop, then the first
// open question, then the look over all answers.
func (p place) next() string {
	switch q := p.walk.Next(); {
	case len(p.pending) > 0:
		return helpAddress
	case p.walk.Stop != "":
		return underAddress
	case q != nil && p.whole:
		return sectionAddress + q.Section
	case q != nil:
		return address(q.ID)
	}
	return answersAddress
}

// complete reports that nothing more is asked.
func (p place) complete() bool { return p.walk.Stop != "" || p.walk.Next() == nil }

// back is the page that is due after an answer was changed from check-answers:
// questions that the change opened come first, and lead back there too.
func (p place) back(before quiz.Walk) string {
	if len(p.pending) > 0 || p.walk.Stop != "" {
		return p.next()
	}
	for _, v := range p.walk.Steps {
		if i := before.Find(v.Question.ID); !v.Answered && (i < 0 || before.Steps[i].Answered) {
			return address(v.Question.ID) + "?return=1"
		}
	}
	return answersAddress
}

// barred returns where to go instead of this question, or "". An emergency bars
// all questions but the one whose answer raised it, where a slip can be put right.
func (p place) barred(question string) string {
	if len(p.pending) > 0 {
		if p.caused(question) {
			return ""
		}
		return helpAddress
	}
	if i := p.walk.Find(question); i < 0 || slices.ContainsFunc(p.walk.Steps[:i], open) {
		return p.next()
	}
	return ""
}

func (p place) caused(question string) bool {
	return slices.ContainsFunc(p.pending, func(n recommend.Notice) bool {
		return slices.ContainsFunc(n.Because, func(r quiz.Reason) bool { return r.Question == question })
	})
}

// cause is the address of the question that raised the emergency.
func (p place) cause() string {
	for _, v := range p.walk.Steps {
		if p.caused(v.Question.ID) {
			return address(v.Question.ID)
		}
	}
	return ""
}

func open(v quiz.Visit) bool { return !v.Answered }

// changed is the section that ended just before this question, or "".
func changed(w quiz.Walk, question string) string {
	i := w.Find(question)
	if i < 1 || w.Steps[i-1].Question.Section == w.Steps[i].Question.Section {
		return ""
	}
	return w.Steps[i-1].Question.Section
}

// answered counts the questions behind the visitor.
func answered(w quiz.Walk) int {
	n := 0
	for _, v := range w.Steps {
		if v.Answered {
			n++
		}
	}
	return n
}

// begun counts them too, but only once the first question is answered: answers that
// were kept from an earlier check are no way that was gone.
func (p place) begun() int {
	if len(p.walk.Steps) == 0 || !p.walk.Steps[0].Answered {
		return 0
	}
	return answered(p.walk)
}

// crisisLabel is the name under which the content says what a crisis is.
const crisisLabel = "crisis"

func crisis(e *data.Edition, kept quiz.Answers) bool {
	f := e.Quiz.NewForm()
	f.Fill(kept)
	return f.Is(crisisLabel)
}
