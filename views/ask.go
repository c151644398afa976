package views

import (
	"gutskin/quiz"
)

// Ask is one question with its controls, on a page of its own or among others.
type Ask struct {
	words
	ID        string // prefix of the ids of its controls: "" on a page of its own
	Name      string // name of its options in the form; its number field adds ".n"
	Heading   string
	Caption   string // above the heading, on a page of its own
	Hint, Why string
	Described string // ids of what describes the group
	Message   string // what to do about it, when it came back
	Number    *NumberField
	Choices   []Choice
	Or        *Choice // the last one, after "or": it leaves the question out
}

// NumberField is a text field for a number.
type NumberField struct {
	ID, Name, Label, Value, Mode string // Mode is the keyboard: numeric or decimal
	Described                    string
	Wrong                        bool
}

// Choice is a radio button or a checkbox.
type Choice struct {
	ID, Name, Type, Value, Text, Hint string
	Checked                           bool
	Alone                             bool // cannot stand beside another one
}

// skipValue is sent when a question without a "prefer not to say" is left out.
const skipValue = "skip"

// Sent is what a form said about one question, when it comes back.
type Sent struct {
	Answer quiz.Answer
	Typed  string // in the number field
	Fault  *quiz.Fault
	Miss   int // how many times in a row this was not answered
}

// ask lays out a question. What was sent is shown again when there is a fault;
// otherwise the answer as kept.
func (p Page) ask(visit quiz.Visit, kept quiz.Answer, prefix string, sent Sent) Ask {
	x := visit.Question
	a := Ask{words: p.words(), ID: prefix, Name: "a", Heading: x.Text, Hint: x.Hint, Why: x.Why}
	if prefix != "" {
		a.Name = x.ID
	}
	answer, skipped := kept, visit.Answered && kept.IsSkip()
	if sent.Fault != nil {
		answer, skipped = sent.Answer, false
		a.Message = p.faultText(visit, sent)
	}
	a.setChoices(visit, answer, skipped)
	a.describe()
	if x.Kind == quiz.Number {
		a.Number = a.numberField(x, answer, sent)
	}
	return a
}

func (a *Ask) setChoices(visit quiz.Visit, answer quiz.Answer, skipped bool) {
	kind := "radio"
	if visit.Question.Kind != quiz.One {
		kind = "checkbox" // beside a number field, so that the tick can be taken away again
	}
	last := Choice{
		ID: a.ID + "skip", Name: a.Name, Type: kind, Value: skipValue, Text: a.T("question.skip"),
		Checked: skipped || answer.Has(skipValue), Alone: true,
	}
	for i, o := range visit.Offered {
		c := Choice{
			ID: a.ID + "a" + itoa(i+1), Name: a.Name, Type: kind, Value: o.ID, Text: o.Text, Hint: o.Hint,
			Checked: answer.Has(o.ID), Alone: o.Exclusive || o.Skip,
		}
		if o.Skip {
			c.Checked = c.Checked || skipped
			last = c
			continue
		}
		a.Choices = append(a.Choices, c)
	}
	a.Or = &last
}

func (a *Ask) numberField(x *quiz.Question, answer quiz.Answer, sent Sent) *NumberField {
	field := &NumberField{
		ID: a.ID + "n", Name: "n", Label: a.T("question.number", x.Range.Unit), Mode: "decimal",
		Value: sent.Typed, Described: a.Described, Wrong: sent.Fault != nil,
	}
	if a.ID != "" {
		field.Name = a.Name + ".n"
	}
	if x.Range.Whole {
		field.Mode = "numeric"
	}
	if field.Value == "" && answer.Number != nil {
		field.Value = quiz.FormatNumber(*answer.Number)
	}
	return field
}

// first is the id of the control that a link from the error summary leads to.
func (a *Ask) first() string {
	if a.Number != nil {
		return a.Number.ID
	}
	return a.ID + "a1"
}

func (a *Ask) describe() {
	for _, part := range []struct{ id, text string }{{"hint", a.Hint}, {"why", a.Why}, {"error", a.Message}} {
		if part.text == "" {
			continue
		}
		if a.Described != "" {
			a.Described += " "
		}
		a.Described += a.ID + part.id
	}
}

// faultText says what to do next. The second time it says it in other words.
func (p Page) faultText(visit quiz.Visit, sent Sent) string {
	x := visit.Question
	fault := p.faultName(visit, sent.Fault)
	switch {
	case sent.Miss >= 2 && x.Again != "" && fault != "":
		return p.T("fault.twice", fault, x.Again)
	case sent.Miss >= 2 && x.Again != "":
		return x.Again
	case fault != "":
		return fault
	}
	return x.Error
}

// faultName says what is wrong with an answer, or "" where there is none.
func (p Page) faultName(visit quiz.Visit, fault *quiz.Fault) string {
	x := visit.Question
	switch fault.Kind {
	case quiz.NotANumber:
		return p.T("fault.not_a_number")
	case quiz.NotWhole:
		return p.T("fault.not_whole")
	case quiz.OutOfRange:
		return p.T("fault.out_of_range", quiz.FormatNumber(x.Range.Min), quiz.FormatNumber(x.Range.Max))
	case quiz.TooMany:
		return p.T("fault.too_many")
	case quiz.NotTogether:
		return p.T("fault.not_together", p.alone(visit, fault.Value))
	}
	return ""
}

// alone is the text of the choice that cannot stand beside another.
func (p Page) alone(visit quiz.Visit, value string) string {
	if o := visit.Question.Option(value); o != nil {
		return o.Text
	}
	for _, o := range visit.Offered {
		if o.Skip {
			return o.Text
		}
	}
	return p.T("question.skip")
}
