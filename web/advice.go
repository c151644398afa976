package web

import (
	"net/http"
	"sync"

	"github.com/gofiber/fiber/v2"

	"gutskin/recommend"
	"gutskin/views"
)

// advicePage is the page of an advice that is the same for everyone. It is packed
// when somebody first asks for it: there are many, and few are asked for.
type advicePage struct {
	page   contentPage
	packed func() (packed, error)
}

// advicePages are the pages of all advice, by key.
func (s *site) advicePages() map[string]advicePage {
	pages := make(map[string]advicePage, len(s.edition.Book.Advice))
	for i := range s.edition.Book.Advice {
		a := &s.edition.Book.Advice[i]
		page := contentPage{path: "/advice/" + a.Key, make: adviceMaker(a)}
		pages[a.Key] = advicePage{page, sync.OnceValues(func() (packed, error) { return s.pack(page) })}
	}
	return pages
}

func adviceMaker(a *recommend.Advice) maker {
	return func(p views.Page) screen { return views.NewAdvicePage(p, a) }
}

func (s *site) showAdvice(c *fiber.Ctx) error {
	advice, ok := s.advice[c.Params("advice")]
	if !ok {
		return ErrNotFound
	}
	body, err := advice.packed()
	if err != nil {
		return err
	}
	return s.still(c, advice.page, body)
}

// showOwnAdvice shows an advice as it fits the person of a report. What the report
// does not show is not found there.
func (s *site) showOwnAdvice(c *fiber.Ctx) error {
	r, err := s.result(c)
	if err != nil {
		return err
	}
	page := s.page(c)
	page.Edition = r.edition
	page.CrisisHelp = r.crisis
	advice, ok := views.NewOwnAdvicePage(page, r.input, c.Params("advice"))
	if !ok {
		return ErrNotFound
	}
	return s.render(c, http.StatusOK, advice)
}
