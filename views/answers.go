package views

import "gutskin/quiz"

// AnswersPage lets visitors look over their answers before they see results.
type AnswersPage struct {
	Page
	Sections []Summary
	Attempt  string
	Complete bool // nothing on the path is open
	Next     string
	Trap     bool   // the field that people do not see is shown, to be left empty
	Message  string // why the last form is asked for again
	Error    *ErrorSummary
}

// AnswersFault is why the last form is asked for again.
type AnswersFault string

// The faults.
const (
	AnswersTrap  AnswersFault = "trap"
	AnswersQuick AnswersFault = "quick"
)

// Template names the page's template.
func (AnswersPage) Template() string { return "answers" }

// NewAnswersPage makes the check-answers page.
func NewAnswersPage(p Page, w quiz.Walk, attempt string) AnswersPage {
	page := AnswersPage{Page: p, Sections: p.summaries(w, true), Attempt: attempt, Complete: true}
	page.private(p.T("answers.title"))
	if next := w.Next(); next != nil {
		page.Complete, page.Next = false, slug(next.ID)
	}
	if n := len(w.Steps); n > 0 {
		page.Back = slug(w.Steps[n-1].Question.ID)
	}
	return page
}

// Again is the page that says why the last form is asked for again.
func (p AnswersPage) Again(fault AnswersFault) AnswersPage {
	at := "#finish"
	p.Message = p.T("answers.quick")
	if p.Trap = fault == AnswersTrap; p.Trap {
		at, p.Message = "#website", p.T("answers.trap")
	}
	p.Error = &ErrorSummary{[]Link{{at, p.Message}}}
	p.Title = p.T("error.prefix") + p.Title
	return p
}
