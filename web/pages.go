package web

import (
	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// page is what every screen is told.
func (s *site) page(c *fiber.Ctx) views.Page {
	e := s.inLanguage(c)
	c.Set(fiber.HeaderContentLanguage, e.Lang)
	return views.Page{
		Edition: e, Origin: s.BaseURL, Path: c.Path(), Query: queryOf(c), Languages: s.languages.editions,
		CanSend: s.Mail != nil, Dev: s.Dev,
	}
}

// send sends a page to one visitor, with the notice left for it. In a crisis a line
// of help stays on it.
func (s *site) send(c *fiber.Ctx, status int, crisis bool, make maker) error {
	p := s.page(c)
	p.Notice = s.cookies.takeNotice(c)
	p.CrisisHelp = crisis
	return s.render(c, status, make(p))
}

func (s *site) render(c *fiber.Ctx, status int, page screen) error {
	c.Status(status)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return s.engine.Render(c.Response().BodyWriter(), page.Template(), page)
}

// showStyleguide shows developers every component in every state.
func (s *site) showStyleguide(c *fiber.Ctx) error {
	return s.send(c, fiber.StatusOK, false, func(p views.Page) screen { return views.NewStyleguidePage(p) })
}

// redirect answers a form: the browser fetches the next page, and a refresh sends
// nothing twice.
func (s *site) redirect(c *fiber.Ctx, to, notice string) error {
	if notice != "" {
		s.cookies.leaveNotice(c, notice)
	}
	return c.Redirect(s.base+to, fiber.StatusSeeOther)
}

// inCrisis reports that the answers given so far tell of a crisis.
func (s *site) inCrisis(c *fiber.Ctx) bool {
	d, ok := s.readDraft(c)
	return ok && crisis(s.edition, d.Answers)
}
