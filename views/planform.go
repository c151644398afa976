package views

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"gutskin/recommend"
)

// PlanSent is what a form said about a plan, or what it starts from.
type PlanSent struct {
	Ideas            []IdeaSent
	Day, Month, Year string
	Faults           []recommend.PlanProblem
}

// IdeaSent is one idea as the form has it.
type IdeaSent struct {
	recommend.Action
	Time string // as it was typed
}

// PlanIdeasPage is the first of two steps: which ideas.
type PlanIdeasPage struct {
	Page
	Heading string
	Action  string
	Groups  []IdeaChoices
	Message string
	Error   *ErrorSummary
	Results string
}

// IdeaChoices is a part of the ideas to choose from.
type IdeaChoices struct {
	Heading string
	Choices []Choice
}

// Template names the page's template.
func (PlanIdeasPage) Template() string { return "planideas" }

// NewPlanIdeasPage makes the page. It offers what the report shows and no rule holds;
// in is what was chosen before, and fault what is wrong with it, if anything.
func NewPlanIdeasPage(p Page, in PlanInput, chosen []string, fault recommend.PlanFault) PlanIdeasPage {
	n := p.planner(&in)
	page := PlanIdeasPage{Page: n.Page, Heading: n.T("plan.choose"), Action: n.address() + "/choose", Results: "/r/" + in.Results.Key}
	page.private(n.T("plan.title"))
	page.Back = page.Results
	if len(in.Plan.Actions) > 0 {
		page.Back = n.address()
	}
	if !numbersShown(in.Results.Report.Scores) {
		return page
	}
	var top, more []Choice
	for _, id := range in.Results.Report.Shown() {
		if slices.Contains(in.Held, id) {
			continue
		}
		words := n.words(id)
		c := Choice{ID: "idea-" + id, Name: "idea", Type: "checkbox", Value: id, Text: words.Title, Hint: words.Plan, Checked: slices.Contains(chosen, id)}
		if slices.ContainsFunc(in.Results.Report.Top, func(p recommend.Pick) bool { return p.ID == id }) {
			top = append(top, c)
			continue
		}
		more = append(more, c)
	}
	for _, g := range []IdeaChoices{{n.T("plan.top"), top}, {n.T("plan.more"), more}} {
		if len(g.Choices) > 0 {
			page.Groups = append(page.Groups, g)
		}
	}
	if fault != "" && len(page.Groups) > 0 {
		page.Message = n.T("plan.fault."+string(fault), recommend.PlanActions)
		page.Error = &ErrorSummary{[]Link{{"#" + page.Groups[0].Choices[0].ID, page.Message}}}
		page.Title = n.T("error.prefix") + page.Title
	}
	return page
}

// PlanFormPage is the second step: when, and in which words.
type PlanFormPage struct {
	Page
	Heading string
	Action  string
	Ideas   []IdeaFields
	Chosen  string      // the ideas that can be planned, with spaces between them
	Start   []TextField // day, month and year
	Message string      // about the start
	Error   *ErrorSummary
}

// IdeaFields are the fields of one idea.
type IdeaFields struct {
	words
	Advice, Title string
	ID            string // prefix of the ids of its fields; their names begin with the advice
	Refused       string // why it cannot be planned; then it has no fields
	Sentence      TextField
	Days          []Choice
	DaysMessage   string
	Times         []Choice
	Time          TextField
}

// TextField is a field for a line of text.
type TextField struct {
	ID, Name, Label, Value, Hint, Message string
}

// Template names the page's template.
func (PlanFormPage) Template() string { return "planform" }

// NewPlanFormPage makes the page for one idea or more.
func NewPlanFormPage(p Page, in PlanInput, sent PlanSent) PlanFormPage {
	n := p.planner(&in)
	page := PlanFormPage{Page: n.Page, Heading: n.T("plan.form"), Action: n.address()}
	page.private(n.T("plan.title"))
	page.Back = n.address() + "/choose"
	f := planFaults{planner: n, sent: sent}
	var chosen []string
	for i := range sent.Ideas {
		idea := f.fields(i)
		page.Ideas = append(page.Ideas, idea)
		if idea.Refused == "" {
			chosen = append(chosen, idea.Advice)
		}
	}
	page.Chosen = strings.Join(chosen, " ")
	for _, part := range []struct{ name, label, value string }{
		{"day", n.T("date.day_field"), sent.Day}, {"month", n.T("date.month_field"), sent.Month}, {"year", n.T("date.year_field"), sent.Year},
	} {
		page.Start = append(page.Start, TextField{ID: "start-" + part.name, Name: part.name, Label: part.label, Value: part.value})
	}
	page.Message = f.say(-1, page.Start[0].ID, "", recommend.BadDate, recommend.DatePast, recommend.DateFar)
	if len(f.links) > 0 {
		page.Error = &ErrorSummary{f.links}
		page.Title = n.T("error.prefix") + page.Title
	}
	return page
}

// planFaults puts faults into words, each beside its field and in the summary.
type planFaults struct {
	planner
	sent  PlanSent
	links []Link
}

// say is the first of these faults of an action in words, or "".
func (f *planFaults) say(action int, field, title string, kinds ...recommend.PlanFault) string {
	for _, p := range f.sent.Faults {
		if p.Action != action || !slices.Contains(kinds, p.Kind) {
			continue
		}
		key := "plan.fault." + string(p.Kind)
		var text string
		switch p.Kind {
		case recommend.TextLong:
			text = f.T(key, recommend.PlanText)
		case recommend.DateFar:
			text = f.T(key, recommend.PlanAhead)
		default:
			text = f.T(key, title)
		}
		f.links = append(f.links, Link{"#" + field, text})
		return text
	}
	return ""
}

func (f *planFaults) fields(i int) IdeaFields {
	sent := f.sent.Ideas[i]
	words := f.words(sent.Advice)
	id := "i" + itoa(i+1)
	fields := IdeaFields{words: f.Page.words(), Advice: sent.Advice, ID: id, Title: cmp.Or(words.Title, f.T("plan.idea_gone"))}
	fields.Refused = f.say(i, id, fields.Title, recommend.AdviceHeld, recommend.NotShown, recommend.Twice)
	if fields.Refused != "" {
		return fields
	}
	fields.Sentence = TextField{
		ID: id + "text", Name: sent.Advice + ".text", Label: f.T("plan.sentence"), Hint: f.T("plan.sentence_hint", recommend.PlanText),
		Value: cmp.Or(sent.IfThen, words.Plan),
	}
	fields.Sentence.Message = f.say(i, fields.Sentence.ID, fields.Title, recommend.TextLong, recommend.TextOdd)
	for _, d := range week {
		fields.Days = append(fields.Days, Choice{
			ID: id + "day" + itoa(int(d)), Name: sent.Advice + ".days", Type: "checkbox", Value: itoa(int(d)), Text: f.weekday(d),
			Checked: slices.Contains(sent.Days, d),
		})
	}
	fields.DaysMessage = f.say(i, id+"day"+itoa(int(time.Monday)), fields.Title, recommend.NoDay, recommend.BadDay)
	for _, cue := range append(recommend.Cues[:], anyTime) {
		at := cue
		if cue == anyTime {
			at = ""
		}
		fields.Times = append(fields.Times, Choice{
			ID: id + cue, Name: sent.Advice + ".at", Type: "radio", Value: cue, Text: f.at(at), Checked: sent.At == cue,
		})
	}
	fields.Time = TextField{ID: id + "time", Name: sent.Advice + ".time", Label: f.T("plan.time"), Hint: f.T("plan.time_hint"), Value: sent.Time}
	fields.Time.Message = f.say(i, fields.Time.ID, fields.Title, recommend.BadTime)
	return fields
}

// anyTime is what the form sends for an action without a time.
const anyTime = "any"

// RemovePlanPage asks once more.
type RemovePlanPage struct {
	Page
	Action, Keep string
}

// Template names the page's template.
func (RemovePlanPage) Template() string { return "planremove" }

// NewRemovePlanPage makes the page.
func NewRemovePlanPage(p Page, key string) RemovePlanPage {
	page := RemovePlanPage{Page: p, Action: "/r/" + key + "/plan/remove", Keep: "/r/" + key + "/plan"}
	page.private(p.T("plan.remove"))
	page.Back = page.Keep
	return page
}
