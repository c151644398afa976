package web

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// advicePages are the pages of all advice, by key: the same for everyone. Each is
// packed when somebody first asks for it, because there are many, and few are asked
// for.
func (s *site) advicePages() map[string]stillPage {
	pages := make(map[string]stillPage, len(s.edition.Book.Advice))
	for i := range s.edition.Book.Advice {
		a := &s.edition.Book.Advice[i]
		pages[a.Key] = s.newStillPage(contentPage{path: "/advice/" + a.Key, make: adviceMaker(a.ID)})
	}
	return pages
}

func adviceMaker(id string) maker {
	return func(p views.Page) screen { return views.NewAdvicePage(p, p.Edition.Book.AdviceByID(id)) }
}

func (s *site) showAdvice(c *fiber.Ctx) error {
	page, ok := s.advice[c.Params("advice")]
	if !ok {
		return ErrNotFound
	}
	return s.showStill(c, page)
}

// showOwnAdvice shows an advice as it fits the person of a report. What the report
// does not show is not found there.
func (s *site) showOwnAdvice(c *fiber.Ctx) error {
	r, err := s.result(c)
	if err != nil {
		return err
	}
	advice, ok := views.NewOwnAdvicePage(s.resultPage(c, r), r.input, c.Params("advice"))
	if !ok {
		return ErrNotFound
	}
	return s.render(c, http.StatusOK, advice)
}
