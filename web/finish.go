package web

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"
)

// finish turns the quiz in progress into results. Sent twice, it gives the same
// link and one report: key and attempt were made at the start.
func (s *site) finish(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	d, err := s.draftOf(c, form.Get("attempt"))
	if err != nil {
		return err
	}
	p := s.locate(d)
	if to := p.next(); to != answersAddress {
		return s.redirect(c, to, "")
	}
	if fault := s.unlikely(d, form); fault != "" {
		return s.askToFinishAgain(c, d, p, fault)
	}
	taken := s.Now().UTC().Truncate(time.Second)
	err = s.save(c.UserContext(), d, taken)
	if errors.Is(err, ErrGone) {
		s.cookies.clear(c, draftCookie) // deleted meanwhile: this quiz is over
	}
	if err != nil {
		return err
	}
	s.keepMine(c, s.readMine(c).add(savedCheck{Key: d.Key, Attempt: d.Attempt, Taken: taken.Unix()}))
	s.remember(c, d.Key)
	s.cookies.clear(c, draftCookie)
	return s.redirect(c, "/r/"+d.Key, noticeSaved)
}

func (s *site) save(ctx context.Context, d *draft, taken time.Time) error {
	report := s.edition.Assess(d.Answers, d.Acknowledged...)
	report.TakenAt = taken
	payload, err := json.Marshal(report)
	if err != nil {
		return err
	}
	if err := s.keepEdition(ctx); err != nil {
		return err
	}
	return s.Store.Save(ctx, d.Key, Saved{Attempt: d.Attempt, Edition: report.Edition, TakenAt: taken, Payload: payload})
}
