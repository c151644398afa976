package web

import (
	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// showCalendar sends the plan as a calendar file. Reminders, and the check-in with the
// private link, are in it only for who asked.
func (s *site) showCalendar(c *fiber.Ctx) error {
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	if p.note == nil {
		return ErrNotFound
	}
	in := p.pageInput(s.today())
	page := s.page(c)
	page.Edition = p.edition
	texts := views.NewPlanCalendar(page, in)
	file := calendarInput{Plan: in.Live(), Now: s.Now().UTC(), Remind: c.Query("remind") == "1", CheckIn: c.Query("checkin") == "1"}
	if len(file.Plan.Actions) == 0 {
		return ErrNotFound
	}
	file.Words.Name = texts.Name
	for _, a := range texts.Actions {
		file.Words.Actions = append(file.Words.Actions, eventWords(a))
	}
	file.Words.CheckIn = eventWords(texts.CheckIn)
	if file.CheckIn {
		file.Link = s.linkTo(c, p.input.Key) + "/check-in"
	}
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="plan.ics"`)
	return c.Send(calendar(file))
}
