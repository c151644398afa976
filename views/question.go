package views

import (
	"gutskin/quiz"
)

// QuestionInput is what a question page is made from.
type QuestionInput struct {
	Walk     quiz.Walk
	Question string      // its id; it must be on the walk
	Answer   quiz.Answer // what was sent, when there is a fault
	Typed    string      // what was typed into a number field
	Fault    *quiz.Fault
	Miss     int    // how many times in a row this was not answered
	Return   bool   // came from check-answers and goes back there
	Attempt  string // the id of this run through the quiz
	Change   string // the section just finished, or ""
}

// QuestionPage asks one question.
type QuestionPage struct {
	Page
	Action    string
	Attempt   string
	Return    bool
	Rail      []string // one part per section: "done", "now" or ""
	Change    string
	Caption   string
	Heading   string
	Hint, Why string
	Described string // ids of what describes the group
	Error     *ErrorSummary
	Message   string // the same words beside the options
	Number    *NumberField
	Choices   []Choice
	Or        *Choice // the last one, after "or": it leaves the question out
	Skip      string  // the words of the button that skips the section, or ""
}

// NumberField is a text field for a number.
type NumberField struct {
	Label, Value, Mode string // Mode is the keyboard: numeric or decimal
	Described          string
	Invalid            bool
}

// Choice is a radio button or a checkbox.
type Choice struct {
	ID, Type, Value, Text, Hint string
	Checked                     bool
}

// Template names the page's template.
func (QuestionPage) Template() string { return "question" }

// skipValue is sent when a question without a "prefer not to say" is left out.
const skipValue = "skip"

// NewQuestionPage makes the page of one question.
func NewQuestionPage(p Page, in QuestionInput) QuestionPage {
	at := in.Walk.Find(in.Question)
	visit := in.Walk.Steps[at]
	x := visit.Question
	section := p.Edition.Quiz.Section(x.Section)
	page := QuestionPage{
		Page: p, Action: slug(x.ID), Attempt: in.Attempt, Return: in.Return,
		Caption: p.T("question.caption", section.Name, at+1, in.Walk.Most),
		Heading: x.Text, Hint: x.Hint, Why: x.Why,
	}
	page.private(p.T("question.title", at+1, in.Walk.Most, x.Text, section.Name))
	page.setBack(in.Walk, at, in.Return)
	page.setSections(in, section)
	page.setChoices(visit, in)
	page.setFault(x, in)
	page.describe()
	return page
}

func (page *QuestionPage) setBack(w quiz.Walk, at int, fromCheck bool) {
	switch {
	case fromCheck:
		page.Back = "/quiz/answers"
	case at > 0:
		page.Back = slug(w.Steps[at-1].Question.ID)
	default:
		page.Back = "/quiz/consent"
	}
}

func (page *QuestionPage) setSections(in QuestionInput, here *quiz.Section) {
	q := page.Edition.Quiz
	state := "done"
	for i := range q.Sections {
		s := &q.Sections[i]
		if s.ID == here.ID {
			page.Rail = append(page.Rail, "now")
			state = ""
			continue
		}
		page.Rail = append(page.Rail, state)
	}
	if done := q.Section(in.Change); done != nil {
		page.Change = page.T("question.change", done.Name, here.Name)
		if here.ID == q.Sections[len(q.Sections)-1].ID {
			page.Change = page.T("question.change_last", done.Name, here.Name)
		}
	}
	if here.SkipIf != nil {
		if holds, _ := q.Holds(here.SkipIf, in.Walk.Kept, nil); holds {
			page.Skip = here.SkipText
		}
	}
}

// setChoices lays out the controls. What was sent is shown again when there is a
// fault; otherwise the answer as kept.
func (page *QuestionPage) setChoices(visit quiz.Visit, in QuestionInput) {
	x := visit.Question
	answer, skipped := in.Answer, false
	if in.Fault == nil {
		answer = in.Walk.Kept[x.ID]
		skipped = visit.Answered && answer.IsSkip()
	}
	kind := "radio"
	if x.Kind != quiz.One {
		kind = "checkbox" // beside a number field, so that the tick can be taken away again
	}
	if x.Kind == quiz.Number {
		page.Number = page.numberField(x, in, answer)
	}
	last := Choice{ID: "skip", Type: kind, Value: skipValue, Text: page.T("question.skip"), Checked: skipped || answer.Has(skipValue)}
	for i, o := range visit.Offered {
		c := Choice{ID: "a" + itoa(i+1), Type: kind, Value: o.ID, Text: o.Text, Hint: o.Hint, Checked: answer.Has(o.ID)}
		if o.Skip {
			c.Checked = c.Checked || skipped
			last = c
			continue
		}
		page.Choices = append(page.Choices, c)
	}
	page.Or = &last
}

func (page *QuestionPage) numberField(x *quiz.Question, in QuestionInput, answer quiz.Answer) *NumberField {
	field := &NumberField{Label: page.T("question.number", x.Range.Unit), Mode: "decimal", Value: in.Typed}
	if x.Range.Whole {
		field.Mode = "numeric"
	}
	if field.Value == "" && answer.Number != nil {
		field.Value = quiz.FormatNumber(*answer.Number)
	}
	return field
}

func (page *QuestionPage) setFault(x *quiz.Question, in QuestionInput) {
	if in.Fault == nil {
		return
	}
	page.Message = page.faultText(x, in)
	target := "#a1"
	if page.Number != nil {
		target = "#n"
		page.Number.Invalid = true
	}
	page.Error = &ErrorSummary{[]Link{{target, page.Message}}}
	page.Title = page.T("error.prefix") + page.Title
}

// faultText says what to do next. The second time it says it in other words.
func (page *QuestionPage) faultText(x *quiz.Question, in QuestionInput) string {
	if in.Miss >= 2 && x.Again != "" {
		return x.Again
	}
	switch in.Fault.Kind {
	case quiz.NotANumber:
		return page.T("fault.not_a_number")
	case quiz.NotWhole:
		return page.T("fault.not_whole")
	case quiz.OutOfRange:
		return page.T("fault.out_of_range", quiz.FormatNumber(x.Range.Min), quiz.FormatNumber(x.Range.Max))
	case quiz.TooMany:
		return page.T("fault.too_many")
	case quiz.NotTogether:
		if o := x.Option(in.Fault.Value); o != nil {
			return page.T("fault.not_together", o.Text)
		}
		return page.T("fault.not_together", page.Or.Text)
	}
	return x.Error
}

func (page *QuestionPage) describe() {
	for _, part := range []struct{ id, text string }{{"hint", page.Hint}, {"why", page.Why}, {"error", page.Message}} {
		if part.text == "" {
			continue
		}
		if page.Described != "" {
			page.Described += " "
		}
		page.Described += part.id
	}
	if page.Number != nil {
		page.Number.Described = page.Described
	}
}
