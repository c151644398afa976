package views

import "cmp"

// PlanCalendar is a plan in the words of a calendar.
type PlanCalendar struct {
	Name    string
	Actions []CalendarText // one for each action of the plan as PlanInput.Live has it
	CheckIn CalendarText
}

// CalendarText is one event.
type CalendarText struct{ Title, Text string }

// NewPlanCalendar puts the plan into words.
func NewPlanCalendar(p Page, in PlanInput) PlanCalendar {
	n := p.planner(&in)
	texts := PlanCalendar{Name: n.T("plan.title"), CheckIn: CalendarText{n.T("checkin.event"), n.T("checkin.event_text")}}
	for _, a := range in.Live().Actions {
		words := n.words(a.Advice)
		texts.Actions = append(texts.Actions, CalendarText{
			Title: cmp.Or(words.Title, n.T("plan.idea_gone")),
			Text:  cmp.Or(a.IfThen, words.Plan) + "\n" + n.T("page.promise"),
		})
	}
	return texts
}
