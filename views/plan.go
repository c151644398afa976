package views

import (
	"cmp"
	"slices"
	"time"

	"gutskin/data"
	"gutskin/recommend"
)

// PlanInput is what the pages of a plan are made from.
type PlanInput struct {
	Results  ResultsInput
	Plan     recommend.Plan // the one that is kept; without actions where there is none
	Held     []string       // ideas that a safety rule holds, in the report's edition or today's
	Today    recommend.Day
	LookedAt recommend.Day // the day of the newest look back at these results, or ""
}

// PlanPage is a plan of two weeks: what is due on each day, with boxes to tick.
type PlanPage struct {
	Page
	Heading  string
	Lead     string
	Help     Link // stands first where getting help does
	Ideas    []PlanIdea
	Progress string
	Days     []PlanDay
	Today    bool // one of the days is today
	ID       string
	Had      string // what was ticked when the page was made
	Over     bool

	Save, Change, Remove, Calendar, Results string
	CheckIn                                 Link
	Checked                                 Link
	CheckInOn                               string
	CheckInEvent                            string
}

// PlanIdea is one idea of a plan.
type PlanIdea struct {
	ID, Title  string
	Sentence   string
	Days, When string
	Mark       string // why it is not what it was
	Held       bool   // nothing but its name and the mark is shown
}

// PlanDay is one day with its boxes.
type PlanDay struct {
	ID, Heading string
	Today       bool
	Boxes       []Choice
}

// Template names the page's template.
func (PlanPage) Template() string { return "plan" }

// NewPlanPage makes the page of the plan that is kept.
func NewPlanPage(p Page, in PlanInput) PlanPage {
	n := p.planner(&in)
	plan := in.Live()
	at := n.address()
	page := PlanPage{
		Page: n.Page, Heading: n.T("plan.title"), ID: in.Plan.ID, Over: in.Today > in.Plan.End(),
		Lead: n.T("plan.from_to", n.day(in.Plan.Start), n.day(in.Plan.End())),
		Save: at + "/ticks", Change: at + "/choose", Remove: at + "/remove", Calendar: at + ".ics",
		Results:   "/r/" + in.Results.Key,
		CheckIn:   Link{"/r/" + in.Results.Key + "/check-in", n.T("checkin.open")},
		CheckInOn: n.T("checkin.on", n.day(in.Plan.CheckInDay())),
	}
	page.private(page.Heading)
	page.Back = page.Results
	if !numbersShown(in.Results.Report.Scores) {
		page.Help = Link{page.Results, n.T("plan.help_first")}
	}
	if in.LookedAt != "" {
		page.Checked = Link{page.CheckIn.Href + "/result", n.T("checkin.last", n.day(in.LookedAt))}
	}
	for _, a := range in.Plan.Actions {
		page.Ideas = append(page.Ideas, n.idea(a))
	}
	page.Days = n.days(plan)
	page.Today = slices.ContainsFunc(page.Days, func(d PlanDay) bool { return d.Today })
	page.Had = ticks(plan)
	if done := plan.Progress(in.Today, ""); done.All > 0 {
		page.Progress = n.N("plan.progress", done.Done, done.All)
		page.CheckInEvent = n.T("plan.ics_checkin", n.day(in.Plan.CheckInDay()))
	}
	return page
}

// Live is the plan without the ideas that a safety rule holds.
func (in *PlanInput) Live() recommend.Plan {
	plan := in.Plan
	plan.Actions = slices.DeleteFunc(slices.Clone(plan.Actions), func(a recommend.Action) bool {
		return slices.Contains(in.Held, a.Advice)
	})
	return plan
}

// Sentence is the if-then sentence of an idea in the words of an edition, fitted to
// the person of the report.
func (in *PlanInput) Sentence(e *data.Edition, advice string) string {
	return Page{Edition: e}.planner(in).words(advice).Plan
}

// planner puts the ideas of a plan into words for one person.
type planner struct {
	Page
	in     *PlanInput
	reader *recommend.Reader
}

func (p Page) planner(in *PlanInput) planner {
	p.frame = in.Results.TodayEdition
	return planner{Page: p, in: in, reader: p.reader(p.Edition, in.Results.Report)}
}

func (n planner) address() string { return "/r/" + n.in.Results.Key + "/plan" }

// words are those of the card on the results, where the report has one.
func (n planner) words(id string) recommend.AdviceWords {
	for _, shelf := range n.in.Results.Report.Shelves() {
		if i := slices.IndexFunc(shelf, func(p recommend.Pick) bool { return p.ID == id }); i >= 0 {
			return n.reader.Advice(id, &shelf[i])
		}
	}
	return n.reader.Advice(id, nil)
}

func (n planner) idea(a recommend.Action) PlanIdea {
	words := n.words(a.Advice)
	idea := PlanIdea{ID: "idea-" + a.Advice, Title: cmp.Or(words.Title, n.T("plan.idea_gone"))}
	switch {
	case slices.Contains(n.in.Held, a.Advice):
		idea.Mark, idea.Held = n.T("advice.held"), true
		return idea
	case !slices.Contains(n.in.Results.Report.Shown(), a.Advice):
		idea.Mark = n.T("plan.not_shown")
	}
	idea.Sentence = cmp.Or(a.IfThen, words.Plan)
	idea.Days, idea.When = n.onDays(a.Days), n.at(a.At)
	return idea
}

// days are those with something due.
func (n planner) days(plan recommend.Plan) []PlanDay {
	var days []PlanDay
	for i := range recommend.PlanDays {
		d := plan.Start.Plus(i)
		day := PlanDay{ID: "day-" + itoa(i+1), Heading: n.T("date.of_week", n.weekday(d.Weekday()), n.day(d)), Today: d == n.in.Today}
		for j, a := range plan.Due(d) {
			day.Boxes = append(day.Boxes, Choice{
				ID: day.ID + "-" + itoa(j+1), Name: "t", Type: "checkbox", Value: tick(d, a.Advice),
				Text: n.idea(a).Title, Hint: n.at(a.At), Checked: plan.Ticked(d, a.Advice),
			})
		}
		if len(day.Boxes) > 0 {
			days = append(days, day)
		}
	}
	return days
}

// tick names one box of a plan, as "2026-03-04 R01".
func tick(d recommend.Day, advice string) string { return string(d) + " " + advice }

// ticks names the boxes that are ticked, with commas between them.
func ticks(plan recommend.Plan) string {
	list := ""
	for i := range recommend.PlanDays {
		d := plan.Start.Plus(i)
		for _, a := range plan.Due(d) {
			if plan.Ticked(d, a.Advice) {
				list += "," + tick(d, a.Advice)
			}
		}
	}
	if list == "" {
		return ""
	}
	return list[1:]
}

// week is in the order that people plan in.
var week = [...]time.Weekday{
	time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday,
}

func (n planner) onDays(days []time.Weekday) string {
	var names []string
	for _, d := range week {
		if slices.Contains(days, d) {
			names = append(names, n.weekday(d))
		}
	}
	if len(names) == len(week) {
		return n.T("plan.every_day")
	}
	return n.joined(names)
}

func (p Page) weekday(d time.Weekday) string { return p.T("date.weekday." + itoa(int(d))) }

func (p Page) day(d recommend.Day) string { return p.date(d.Time()) }

// at is when an action is due on its days.
func (p Page) at(at string) string {
	switch {
	case at == "":
		return p.T("plan.any_time")
	case recommend.IsCue(at):
		return p.T("plan.cue." + at)
	}
	return p.T("plan.at", at)
}

// planLink leads from results to the plan, or to making one. Where getting help
// comes first nothing leads away from it, and a view-only link makes no plan.
func (p Page) planLink(in *ResultsInput, makeOne string) Link {
	switch {
	case in.ViewOnly || !numbersShown(in.Report.Scores):
		return Link{}
	case in.Planned:
		makeOne = p.T("plan.open")
	}
	return Link{"/r/" + in.Key + "/plan", makeOne}
}
