package views

import (
	"time"

	"gutskin/quiz"
)

// AgainInput is what the page before another check is made from.
type AgainInput struct {
	Key      string
	LastAt   time.Time // of the newest report
	Kept     quiz.Answers
	Underway Underway // a check on this device that was begun and not finished
	Instead  string   // the attempt that would be given up for a new one, or ""
	Keep     bool     // what stood in the form when it was sent
	Form     ConsentForm
}

// AgainPage is passed before the check is done again: what is kept, what is asked
// anew, and the same leave as the first time.
type AgainPage struct {
	Page
	AgainInput
	Home, Action string
	Lead         string
	Left         string // says that a check is under way
	Lasting      *Summary
	Uses         []string
	Agree        string
	Error        *ErrorSummary
}

// Template names the page's template.
func (AgainPage) Template() string { return "again" }

// NewAgainPage makes the page. No box is ticked on a first visit: a condition or an
// allergy that is new must not go unsaid because a box was ticked for somebody.
func NewAgainPage(p Page, in AgainInput) AgainPage {
	page := AgainPage{
		Page: p, AgainInput: in, Home: "/r/" + in.Key, Action: "/r/" + in.Key + "/again",
		Lead: p.T("again.last", p.date(in.LastAt)), Uses: p.uses(), Agree: p.T("consent.agree", p.Edition.Site.Brand),
	}
	page.private(p.T("results.again"))
	page.Error = page.missing(in.Form)
	page.Back = page.Home
	if in.Instead != "" {
		page.Left = p.N("again.underway", in.Underway.Answered)
	}
	if rows := answerRows(p.Edition.Quiz, in.Kept); len(rows) > 0 {
		page.Lasting = &Summary{words: p.words(), Rows: rows}
	}
	return page
}
