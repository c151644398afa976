package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"gutskin/recommend"
	"gutskin/views"
)

// showIdeas offers the ideas of the report; those of the plan are ticked.
func (s *site) showIdeas(c *fiber.Ctx) error {
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	return s.sendIdeas(c, http.StatusOK, p, p.chosen(), "")
}

func (s *site) sendIdeas(c *fiber.Ctx, status int, p planned, chosen []string, fault recommend.PlanFault) error {
	return s.sendOf(c, status, p.result, func(page views.Page) screen {
		return views.NewPlanIdeasPage(page, p.pageInput(s.today()), chosen, fault)
	})
}

// chooseIdeas answers the first step with the second. What was chosen tells of health,
// so it stands in no address.
func (s *site) chooseIdeas(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	today, chosen := s.today(), listed(form, "idea")
	if fault := countFault(len(chosen)); fault != "" {
		return s.sendIdeas(c, http.StatusUnprocessableEntity, p, chosen, fault)
	}
	sent, start := views.PlanSent{}, today
	for _, id := range chosen {
		sent.Ideas = append(sent.Ideas, p.idea(id))
	}
	if p.running(today) {
		start = p.note.Start
	}
	sent.Day, sent.Month, sent.Year = start.Parts()
	plan := planFrom(sent, start)
	for _, fault := range recommend.CheckPlan(plan, p.input.Report, start, p.held...) {
		if slices.Contains([]recommend.PlanFault{recommend.AdviceHeld, recommend.NotShown, recommend.Twice}, fault.Kind) {
			sent.Faults = append(sent.Faults, fault)
		}
	}
	return s.sendPlanForm(c, p, sent)
}

// idea is what the form starts from: the plan that is kept, or nothing chosen.
func (p *planned) idea(advice string) views.IdeaSent {
	sent := views.IdeaSent{Action: recommend.Action{Advice: advice}}
	if i := slices.Index(p.chosen(), advice); i >= 0 {
		sent.Action = p.note.Actions[i]
		if _, _, ok := sent.Clock(); ok {
			sent.Time, sent.At = sent.At, ""
		} else if sent.At == "" {
			sent.At = anyTime
		}
	}
	return sent
}

// running reports that there is a plan that is not over.
func (p *planned) running(today recommend.Day) bool { return p.note != nil && today <= p.note.End() }

func countFault(ideas int) recommend.PlanFault {
	switch {
	case ideas == 0:
		return recommend.NoAction
	case ideas > recommend.PlanActions:
		return recommend.TooManyOf
	}
	return ""
}

func (s *site) sendPlanForm(c *fiber.Ctx, p planned, sent views.PlanSent) error {
	status := http.StatusOK
	if len(sent.Faults) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.sendOf(c, status, p.result, func(page views.Page) screen {
		return views.NewPlanFormPage(page, p.pageInput(s.today()), sent)
	})
}

// savePlan keeps a plan. A plan that runs keeps its name, so that a calendar knows it
// again, its first day, though that is past, and the ticks that still have a box.
func (s *site) savePlan(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	defer s.notes.lock(c.Params("key"))()
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	sent := sentPlan(form)
	if fault := countFault(len(sent.Ideas)); fault != "" {
		return s.sendIdeas(c, http.StatusUnprocessableEntity, p, listed(form, "idea"), fault)
	}
	note := &planNote{Plan: planFrom(sent, dayFrom(sent))}
	today := visitorsDay(s.Now(), form.Get("zone"))
	if p.running(today) && note.Start == p.note.Start {
		today = min(today, note.Start)
	}
	if sent.Faults = recommend.CheckPlan(note.Plan, p.input.Report, today, p.held...); len(sent.Faults) > 0 {
		return s.sendPlanForm(c, p, sent)
	}
	in := p.pageInput(today)
	for i := range note.Actions { // its own sentence stays fitted to the newest answers
		if a := &note.Actions[i]; a.IfThen == in.Sentence(p.edition, a.Advice) {
			a.IfThen = ""
		}
	}
	note.ID = s.NewKey()
	if p.note != nil {
		note.CheckIns = p.note.CheckIns
	}
	if p.running(s.today()) {
		note.ID = p.note.ID
		for day, ids := range p.note.Done {
			for _, id := range ids {
				note.Tick(day, id, true)
			}
		}
	}
	if err := s.putPlan(c, note); err != nil {
		return err
	}
	if p.note == nil {
		s.counts.planned(p.edition)
	}
	return s.redirect(c, planAddress(c), noticePlan)
}

// anyTime is sent for an action without a time.
const anyTime = "any"

// sentPlan reads the second step of the form.
func sentPlan(form url.Values) views.PlanSent {
	typed := func(name string) string { return strings.TrimSpace(form.Get(name)) }
	sent := views.PlanSent{Day: typed("day"), Month: typed("month"), Year: typed("year")}
	for _, id := range listed(form, "idea") {
		idea := views.IdeaSent{Time: typed(id + ".time"), Action: recommend.Action{
			Advice: id, At: form.Get(id + ".at"),
			IfThen: strings.TrimSpace(lineEnds.Replace(form.Get(id + ".text"))),
		}}
		for _, day := range form[id+".days"] {
			idea.Days = append(idea.Days, weekdayOf(day))
		}
		sent.Ideas = append(sent.Ideas, idea)
	}
	return sent
}

// lineEnds of a text area: the sentence is one line, and nobody has to know.
var lineEnds = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

// weekdayOf is -1, which is no day, for anything but one digit.
func weekdayOf(s string) time.Weekday {
	if len(s) != 1 || s < "0" || s > "6" {
		return -1
	}
	return time.Weekday(s[0] - '0')
}

// planFrom is the plan that a form describes. A time that was typed says more than a
// part of the day.
func planFrom(sent views.PlanSent, start recommend.Day) recommend.Plan {
	plan := recommend.Plan{Start: start}
	for _, idea := range sent.Ideas {
		a := idea.Action
		switch {
		case idea.Time != "":
			a.At = clock(idea.Time)
		case a.At == anyTime:
			a.At = ""
		}
		plan.Actions = append(plan.Actions, a)
	}
	return plan
}

var clockPattern = regexp.MustCompile(`^([01]?[0-9]|2[0-3])[:.]?([0-5][0-9])$`)

// clock writes a time as 19:30, however it was typed: 7.30, 0730, 19:30. What is no
// time stays as it is.
func clock(typed string) string {
	m := clockPattern.FindStringSubmatch(typed)
	if m == nil {
		return typed
	}
	if len(m[1]) == 1 {
		m[1] = "0" + m[1]
	}
	return m[1] + ":" + m[2]
}

// dayFrom puts a date together; "" where that cannot be one.
func dayFrom(sent views.PlanSent) recommend.Day {
	day, month, year := digits(sent.Day), digits(sent.Month), digits(sent.Year)
	if year < 1000 || year > 9999 || month > 12 || day > 31 {
		return ""
	}
	return recommend.Day(fmt.Sprintf("%04d-%02d-%02d", year, month, day))
}

// digits reads a number without a sign; 0 for anything else.
func digits(s string) int {
	if len(s) > 4 || strings.Trim(s, "0123456789") != "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// visitorsDay is the date where the visitor is, when the browser says how many minutes
// that is ahead of UTC, else the date in UTC. Nothing else is done with it.
func visitorsDay(now time.Time, zone string) recommend.Day {
	const west, east = -12 * 60, 14 * 60
	minutes, err := strconv.Atoi(zone)
	if err != nil {
		minutes = 0
	}
	return recommend.DayOf(now.UTC().Add(time.Duration(min(max(minutes, west), east)) * time.Minute))
}
