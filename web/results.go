package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/gofiber/fiber/v2"

	"gutskin/data"
	"gutskin/recommend"
	"gutskin/views"
)

// showResults shows a report in the words of the day it was made.
func (s *site) showResults(c *fiber.Ctx) error {
	r, err := s.result(c)
	if err != nil {
		return err
	}
	return s.sendResult(c, r, func(page views.Page) screen { return views.NewResultsPage(page, r.input) })
}

// showSums shows how the scores add up, and the answers they come from.
func (s *site) showSums(c *fiber.Ctx) error {
	r, err := s.result(c)
	if err != nil {
		return err
	}
	return s.sendResult(c, r, func(page views.Page) screen { return views.NewSumsPage(page, r.input) })
}

// result is a report and what its pages are made from.
type result struct {
	input   views.ResultsInput
	edition *data.Edition // the one it was made with
	journal Journal       // all that the link of the address opens
	crisis  bool
}

// resultPage is what every screen about a report is told, in the words of its day.
// To whoever has a view-only link it says so.
func (s *site) resultPage(c *fiber.Ctx, r result) views.Page {
	page := s.page(c)
	page.Edition = r.edition
	c.Set(fiber.HeaderContentLanguage, r.edition.Lang)
	page.CrisisHelp = r.crisis
	page.ViewOnly, page.OpensUntil = r.journal.ViewOnly, r.journal.KeptUntil
	return page
}

// sendResult sends a screen about a report, with the notice left for it.
func (s *site) sendResult(c *fiber.Ctx, r result, make maker) error {
	page := s.resultPage(c, r)
	page.Notice = s.cookies.takeNotice(c)
	return s.render(c, http.StatusOK, make(page))
}

// own is result for whoever holds the private link. It answers ErrReadOnly to a
// view-only link, so every page that changes something starts here.
func (s *site) own(c *fiber.Ctx) (result, error) {
	r, err := s.result(c)
	if err == nil && r.journal.ViewOnly {
		err = ErrReadOnly
	}
	return r, err
}

// result reads the report that the address names by its place among all, or else the
// newest under its key. Nothing of it is worked out anew; today's content is only
// asked what it would say of an older one.
func (s *site) result(c *fiber.Ctx) (r result, err error) {
	key := c.Params("key")
	report, journal, err := s.latest(c, key)
	if err != nil {
		return r, err
	}
	r.journal = journal
	visits := visitsOf(journal)
	if c.Params("n") != "" {
		if visits.Nth, err = visit(c.Params("n"), len(visits.At)); err != nil {
			return r, err
		}
		if report, err = readReport(journal.Entries[visits.Nth-1]); err != nil {
			return r, err
		}
	}
	lang := s.inLanguage(c).Lang
	if r.edition, err = s.editionOf(c.UserContext(), report.Edition, lang); err != nil {
		return r, err
	}
	today := s.Library.Edition(r.edition.Lang) // a page is all in one language
	r.input = views.ResultsInput{
		Report: report, Key: key, KeptUntil: journal.KeptUntil, TodayEdition: today, Visits: visits,
		ViewOnly: journal.ViewOnly, Planned: len(journal.Notes[NotePlan]) > 0,
		Asks: s.asks(c),
	}
	r.input.Before = r.before()
	r.crisis = crisis(r.edition, known(r.edition.Quiz, report.Answers))
	if r.edition.Hash != today.Hash {
		reworked := recommend.Rework(today.Quiz, today.Book, today.Hash, report)
		r.input.Reworked = &reworked
		r.input.Today, r.input.NowHeld = warnings(report, reworked.Report)
		r.crisis = r.crisis || crisis(today, reworked.Report.Answers)
	}
	return r, nil
}

// latest opens what a key opens, and its newest report. With ErrDamaged, the journal
// may still be known.
func (s *site) latest(c *fiber.Ctx, key string) (report recommend.Report, journal Journal, err error) {
	if !isKey(key) {
		return report, journal, ErrNotFound
	}
	journal, err = s.Store.Read(c.UserContext(), key)
	if err != nil {
		return report, journal, err
	}
	if len(journal.Entries) == 0 {
		return report, journal, fmt.Errorf("%w: a journal without entries", ErrDamaged)
	}
	report, err = readReport(journal.Entries[len(journal.Entries)-1])
	return report, journal, err
}

func readReport(entry Saved) (report recommend.Report, err error) {
	if json.Unmarshal(entry.Payload, &report) != nil || report.Edition != entry.Edition {
		return report, fmt.Errorf("%w: the report is not what was saved", ErrDamaged)
	}
	return report, nil
}

// warnings sets an old report beside what today's content says of the same answers:
// which safety notices it adds or says louder, and which of the advice shown it holds
// back.
func warnings(report, now recommend.Report) (add []recommend.Notice, hold []string) {
	add = recommend.Louder(report.Care, now.Care)
	shown := report.Shown()
	for _, h := range now.Held {
		if slices.Contains(shown, h.ID) {
			hold = append(hold, h.ID)
		}
	}
	return add, hold
}

func (s *site) showDelete(c *fiber.Ctx) error {
	key := c.Params("key")
	_, journal, err := s.latest(c, key)
	if err != nil && !errors.Is(err, ErrDamaged) {
		return err // what is damaged can still be deleted
	}
	if journal.ViewOnly {
		return ErrReadOnly
	}
	return s.send(c, http.StatusOK, s.inCrisis(c), func(page views.Page) screen {
		return views.NewDeletePage(page, key)
	})
}

// deleteResults deletes everything under a key. Sent twice, it says the same.
func (s *site) deleteResults(c *fiber.Ctx) error {
	key := c.Params("key")
	if !isKey(key) {
		return ErrNotFound
	}
	if err := s.Store.Delete(c.UserContext(), key); err != nil && !errors.Is(err, ErrGone) {
		return err
	}
	s.dropMine(c, key)
	return s.send(c, http.StatusOK, s.inCrisis(c), func(page views.Page) screen {
		return views.NewDeletedPage(page)
	})
}
