package views

import "gutskin/quiz"

// AnswersPage lets visitors look over their answers before they see results.
type AnswersPage struct {
	Page
	Sections []Summary
	Attempt  string
	Complete bool // nothing on the path is open
	Next     string
}

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
