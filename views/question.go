package views

import (
	"html/template"

	"gutskin/quiz"
)

// QuestionInput is what a question page is made from.
type QuestionInput struct {
	Walk     quiz.Walk
	Question string // its id; it must be on the walk
	Sent            // what was sent, when there is a fault
	Return   bool   // came from check-answers and goes back there
	One      bool   // goes on with one question a page
	Attempt  string // the id of this run through the quiz
	Change   string // the section just finished, or ""
	Ahead    []byte // JSON of the pages that can follow, for the script; or nil
}

// QuestionPage asks one question.
type QuestionPage struct {
	Page
	Action  string
	Attempt string
	Return  bool
	One     bool
	Rail    []string // one part per section: "done", "now" or ""
	Change  string
	Ask     Ask
	Error   *ErrorSummary
	Skip    string // the words of the button that skips the section, or ""
	Section string // where all questions of the section stand on one page, or ""
	Ahead   template.JS
}

// Template names the page's template.
func (QuestionPage) Template() string { return "question" }

// MainTemplate names the template of the part that a script can put in place of
// the question before.
func (QuestionPage) MainTemplate() string { return "partials/asking" }

// NewQuestionPage makes the page of one question.
func NewQuestionPage(p Page, in QuestionInput) QuestionPage {
	at := in.Walk.Find(in.Question)
	visit := in.Walk.Steps[at]
	x := visit.Question
	section := p.Edition.Quiz.Section(x.Section)
	page := QuestionPage{
		Page: p, Action: slug(x.ID), Attempt: in.Attempt, Return: in.Return, One: in.One,
		Ask:   p.ask(visit, in.Walk.Kept[x.ID], "", in.Sent),
		Rail:  p.rail(section),
		Skip:  p.skipText(section, in.Walk),
		Ahead: template.JS(in.Ahead), //nolint:gosec // made by encoding/json, which escapes what could end a script
	}
	page.Ask.Caption = p.T("question.caption", section.Name, at+1, in.Walk.Most)
	page.private(p.T("question.title", at+1, in.Walk.Most, x.Text, section.Name))
	page.Back = backFrom(in.Walk, at, in.Return)
	page.Change = p.changeText(in.Change, section, in.Walk)
	if !in.Return {
		page.Section = sectionAddress(section.ID)
	}
	if page.Ask.Message != "" {
		page.Error = &ErrorSummary{[]Link{{"#" + page.Ask.first(), page.Ask.Message}}}
		page.Title = p.T("error.prefix") + page.Title
	}
	return page
}

func backFrom(w quiz.Walk, at int, fromCheck bool) string {
	switch {
	case fromCheck:
		return "/quiz/answers"
	case at > 0:
		return slug(w.Steps[at-1].Question.ID)
	}
	return "/quiz/consent"
}

// rail has one part for each section of the quiz.
func (p Page) rail(here *quiz.Section) []string {
	parts, state := make([]string, 0, len(p.Edition.Quiz.Sections)), "done"
	for i := range p.Edition.Quiz.Sections {
		if p.Edition.Quiz.Sections[i].ID == here.ID {
			parts = append(parts, "now")
			state = ""
			continue
		}
		parts = append(parts, state)
	}
	return parts
}

// changeText stands above the first question of a section.
func (p Page) changeText(done string, here *quiz.Section, w quiz.Walk) string {
	q := p.Edition.Quiz
	section := q.Section(done)
	switch {
	case section == nil:
		return ""
	case here.ID == q.Sections[len(q.Sections)-1].ID:
		return p.T("question.change_last", section.Name, here.Name, p.count(here, w))
	}
	return p.T("question.change", section.Name, here.Name, p.count(here, w))
}

// count is how many questions a section has, for these answers.
func (p Page) count(here *quiz.Section, w quiz.Walk) string {
	asked, all := 0, 0
	for i := range p.Edition.Quiz.Questions {
		if x := &p.Edition.Quiz.Questions[i]; x.Section == here.ID {
			all++
			if w.Find(x.ID) >= 0 {
				asked++
			}
		}
	}
	if asked < all && w.Most > len(w.Steps) {
		return p.T("question.up_to", all)
	}
	return p.N("question.count", asked)
}

func (p Page) skipText(here *quiz.Section, w quiz.Walk) string {
	if here.SkipIf == nil {
		return ""
	}
	if holds, _ := p.Edition.Quiz.Holds(here.SkipIf, w.Kept, nil); holds {
		return here.SkipText
	}
	return ""
}

func sectionAddress(id string) string { return "/quiz/section/" + id }
