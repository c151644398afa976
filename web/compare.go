package web

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"gutskin/recommend"
	"gutskin/views"
)

// showCompare shows what changed between two reports under one link: the last two, or
// those that the address names by their place.
func (s *site) showCompare(c *fiber.Ctx) error {
	r, err := s.result(c)
	if err != nil {
		return err
	}
	in, err := comparing(c, r)
	if err != nil {
		return err
	}
	reports := make([]recommend.Report, len(r.journal.Entries))
	for i, entry := range r.journal.Entries {
		if reports[i], err = readReport(entry); err != nil {
			return err
		}
	}
	in.Later = reports[in.Now-1]
	e, err := s.editionOf(c.UserContext(), in.Later.Edition, r.edition.Lang)
	if err != nil {
		return err
	}
	in.Earlier, in.Reworked = under(e, reports[in.Then-1])
	in.Comparison = recommend.Compare(e.Quiz, in.Earlier, in.Later)
	in.Comparison.Veil(in.Newest)
	again := make([]recommend.Report, len(reports))
	for i := range reports {
		var reworked *recommend.Reworked
		again[i], reworked = under(r.edition, reports[i])
		in.OtherEdition = append(in.OtherEdition, reworked != nil)
	}
	in.Trend = recommend.Trend(again...)
	status := http.StatusOK
	if in.Same {
		status = http.StatusUnprocessableEntity
	}
	return s.send(c, status, r.crisis, func(page views.Page) screen {
		page.Edition = e
		c.Set(fiber.HeaderContentLanguage, e.Lang)
		return views.NewComparePage(page, in)
	})
}

// comparing reads which two reports are asked for. In whichever order they are named,
// the earlier one comes first.
func comparing(c *fiber.Ctx, r result) (in views.CompareInput, err error) {
	n := len(r.journal.Entries)
	if n < 2 {
		return in, ErrNotFound
	}
	in = views.CompareInput{
		Key: r.input.Key, At: r.input.Visits.At, Then: n - 1, Now: n, Newest: r.input.Report, TodayEdition: r.input.TodayEdition,
	}
	for name, place := range map[string]*int{"then": &in.Then, "now": &in.Now} {
		if given := c.Query(name); given != "" {
			if *place, err = visit(given, n); err != nil {
				return in, err
			}
		}
	}
	in.Then, in.Now = min(in.Then, in.Now), max(in.Then, in.Now)
	in.Same = in.Then == in.Now
	return in, nil
}
