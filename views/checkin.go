package views

import (
	"slices"

	"gutskin/quiz"
	"gutskin/recommend"
)

// CheckInPage asks again what is behind the ideas of a plan, and nothing else. No
// answer is filled in: people answer afresh.
type CheckInPage struct {
	Page
	Action  string
	Asked   []Ask
	Error   *ErrorSummary
	Results string
}

// Template names the page's template.
func (CheckInPage) Template() string { return "checkin" }

// NewCheckInPage makes the page. back is what was sent for questions with a fault.
func NewCheckInPage(p Page, in PlanInput, asked []quiz.Visit, back map[string]Sent) CheckInPage {
	n := p.planner(&in)
	page := CheckInPage{Page: n.Page, Action: "/r/" + in.Results.Key + "/check-in", Results: "/r/" + in.Results.Key}
	page.private(n.T("checkin.title"))
	page.Back = n.address()
	var faults []Link
	for _, v := range asked {
		a := n.ask(v, quiz.Answer{}, v.Question.ID+"-", back[v.Question.ID])
		if a.Message != "" {
			faults = append(faults, Link{"#" + a.first(), a.Message})
		}
		page.Asked = append(page.Asked, a)
	}
	if len(faults) > 0 {
		page.Error = &ErrorSummary{faults}
		page.Title = n.T("error.prefix") + page.Title
	}
	return page
}

// CheckedInInput is what the page after a check-in is made from.
type CheckedInInput struct {
	Plan  PlanInput
	Day   recommend.Day
	Now   recommend.Report   // the report worked out with the new answers
	Care  []recommend.Notice // safety notices because of them
	News  []recommend.Notice // those that only today's edition has
	Asked []string           // questions to show the difference of
}

// CheckedInPage shows what a check-in changed, or where to get help first.
type CheckedInPage struct {
	Page
	Heading string
	Lead    string
	Care    []CareCard
	LeftOut []CareItem
	Rows    []CheckedInRow
	Since   string
	Plan    string
	Again   string
	Whole   string // where the whole check is done again
}

// CheckedInRow is one question: then, now, and what that did to the points.
type CheckedInRow struct{ Question, Then, Now, Change string }

// Template names the page's template.
func (CheckedInPage) Template() string { return "checkedin" }

// NewCheckedInPage makes the page.
func NewCheckedInPage(p Page, in CheckedInInput) CheckedInPage {
	n := p.planner(&in.Plan)
	old := in.Plan.Results.Report
	key := in.Plan.Results.Key
	page := CheckedInPage{
		Page: n.Page, Heading: n.T("checkin.done", n.day(in.Day)), Plan: n.address(), Again: "/r/" + key + "/check-in", Whole: "/r/" + key + "/again",
		Since: n.T("checkin.since", n.date(old.TakenAt)),
	}
	page.private(n.T("checkin.title"))
	page.Back = page.Plan
	page.setCare(n, in)
	if len(page.Care) > 0 && page.Care[0].Look == "emergency" {
		page.Heading, page.Lead = n.T("gethelp.name"), n.T("plan.help_first")
		return page
	}
	changes := recommend.Compare(n.Edition.Quiz, old, in.Now).Answers
	up := 0
	for _, id := range in.Asked {
		x := n.Edition.Quiz.Question(id)
		row := CheckedInRow{Question: short(x), Then: n.answer(x, old.Answers[id]), Now: n.answer(x, in.Now.Answers[id]), Change: n.T("checkin.same")}
		if i := slices.IndexFunc(changes, func(c recommend.AnswerChange) bool { return c.Question == id }); i >= 0 {
			points := changes[i].Points
			row.Change = n.movedBy(points)
			if points != nil && *points > 0 {
				up++
			}
		}
		page.Rows = append(page.Rows, row)
	}
	page.Lead = n.T("checkin.kind")
	if up > 0 {
		page.Lead = n.N("checkin.up", up)
	}
	return page
}

func (page *CheckedInPage) setCare(n planner, in CheckedInInput) {
	page.Care, page.LeftOut = n.careCards(n.Page.reader(n.Edition, in.Now), in.Care)
	today := n.Page
	today.Edition = in.Plan.Results.TodayEdition
	news, notes := today.careCards(today.reader(today.Edition, in.Now), in.News)
	if len(news) > 0 && news[0].Look == "emergency" {
		page.Care, news = append(news[:1:1], page.Care...), news[1:]
	}
	page.Care, page.LeftOut = append(page.Care, news...), append(page.LeftOut, notes...)
}

// answer is what was said to a question, in words.
func (p Page) answer(x *quiz.Question, a quiz.Answer) string {
	if a.IsSkip() {
		return p.T("answers.none")
	}
	return p.joined(answerTexts(x, a.Values()))
}

// movedBy says what a new answer did to the points, where that may be told.
func (p Page) movedBy(points *int) string {
	switch {
	case points == nil || *points == 0:
		return p.T("checkin.changed")
	case *points > 0:
		return p.N("checkin.points_up", *points)
	}
	return p.N("checkin.points_down", -*points)
}
