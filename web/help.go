package web

import (
	"net/http"
	"slices"

	"github.com/gofiber/fiber/v2"

	"gutskin/recommend"
	"gutskin/views"
)

// showGetHelp interrupts the quiz with where to get help now.
func (s *site) showGetHelp(c *fiber.Ctx) error {
	d, err := s.openDraft(c)
	if err != nil {
		return err
	}
	p := s.locate(d)
	if len(p.pending) == 0 {
		return s.redirect(c, p.next(), "")
	}
	return s.send(c, http.StatusOK, p.crisis, func(page views.Page) screen {
		page.Back = p.cause()
		return views.NewGetHelpPage(page, s.reader(d), p.pending, d.Attempt)
	})
}

// saveGetHelp records that the visitor has read where to get help and carries on.
func (s *site) saveGetHelp(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	d, err := s.draftOf(c, form.Get("attempt"))
	if err != nil {
		return err
	}
	if form.Get("ok") != "1" {
		return s.redirect(c, helpAddress, "")
	}
	for _, n := range s.locate(d).pending {
		if !slices.Contains(d.Acknowledged, n.ID) {
			d.Acknowledged = append(d.Acknowledged, n.ID)
		}
	}
	s.keepDraft(c, d)
	return s.redirect(c, s.locate(d).next(), "")
}

// showUnderAge tells young people where to turn.
func (s *site) showUnderAge(c *fiber.Ctx) error {
	d, err := s.openDraft(c)
	if err != nil {
		return err
	}
	p := s.locate(d)
	if len(p.pending) > 0 || p.walk.Stop == "" {
		return s.redirect(c, p.next(), "")
	}
	return s.send(c, http.StatusOK, p.crisis, func(page views.Page) screen {
		return views.NewUnderAgePage(page, s.reader(d))
	})
}

func (s *site) reader(d *draft) *recommend.Reader {
	e := d.edition
	return recommend.NewReader(e.Quiz, e.Book, e.Site.Region, d.Answers, d.Acknowledged...)
}
