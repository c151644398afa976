package web

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"gutskin/figures"
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
	s.counts.ended(d.edition, d.took(taken))
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
	saved := Saved{Attempt: d.Attempt, Edition: report.Edition, TakenAt: taken, Payload: payload}
	if d.Count {
		for _, t := range figures.Of(s.edition.Quiz, &report) {
			saved.Counts = append(saved.Counts, figures.Count{Tally: t, Lang: d.edition.Lang, N: 1})
		}
	}
	return s.Store.Save(ctx, d.Key, saved)
}

// took is how long the quiz took until then; less than nothing where that is not known.
func (d *draft) took(until time.Time) time.Duration {
	if d.Started.IsZero() {
		return -1
	}
	return until.Sub(d.Started)
}
