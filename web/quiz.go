package web

import (
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"gutskin/quiz"
	"gutskin/views"
)

// started marks the redirect after consent. Whoever arrives with it and without the
// cookie has a browser that keeps none, and would go round in circles.
const started = "started"

// showResume greets a visitor who comes back with questions open, and sends others
// to the page that is due.
func (s *site) showResume(c *fiber.Ctx) error {
	d, err := s.openDraft(c)
	if err != nil && c.Query(started) != "" {
		return errNoCookies
	}
	if err != nil {
		return err
	}
	p := s.locate(d)
	n := p.begun()
	if n == 0 || p.complete() || len(p.pending) > 0 {
		return s.redirect(c, p.next(), "")
	}
	return s.send(c, http.StatusOK, p.crisis, func(page views.Page) screen {
		return views.NewResumePage(page, n)
	})
}

func startMaker(left views.Underway) maker {
	return func(p views.Page) screen { return views.NewStartPage(p, left) }
}

// welcomeBack makes the first page of somebody who left a quiz on the way.
func (s *site) welcomeBack(c *fiber.Ctx) maker {
	d, n := s.underway(c)
	if n == 0 {
		return nil
	}
	p := s.locate(d)
	if p.walk.Stop != "" {
		return nil
	}
	return startMaker(views.Underway{Answered: n, Next: p.next()})
}

func (s *site) showConsent(c *fiber.Ctx) error {
	var form views.ConsentForm
	if d, err := s.openDraft(c); err == nil {
		form = views.ConsentForm{Agree: true, Count: d.Count}
	}
	return s.sendConsent(c, http.StatusOK, form)
}

func (s *site) sendConsent(c *fiber.Ctx, status int, form views.ConsentForm) error {
	return s.send(c, status, s.inCrisis(c), func(page views.Page) screen {
		return views.NewConsentPage(page, form)
	})
}

// saveConsent starts a quiz: its ids are made here, once, so that finishing twice
// gives one report. Agreeing again keeps the quiz that is in progress.
func (s *site) saveConsent(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	count := form.Get("count") == "1"
	if form.Get("agree") != "1" {
		return s.sendConsent(c, http.StatusUnprocessableEntity, views.ConsentForm{Count: count, Missing: true})
	}
	d, err := s.openDraft(c)
	if err != nil {
		d = &draft{Attempt: s.NewKey(), Key: s.NewKey(), Answers: quiz.Answers{}, edition: s.inLanguage(c)}
		s.begin(d)
	}
	d.Count = count
	s.keepDraft(c, d)
	return s.redirect(c, "/quiz?"+started+"=1", "")
}

// begin counts a quiz that starts, and notes when it did.
func (s *site) begin(d *draft) {
	d.Started = s.Now().Truncate(time.Second)
	s.counts.began(d.edition, due(s.locate(d).walk))
}

// restart forgets the answers given so far. Whoever did the check again starts again
// under the same link.
func (s *site) restart(c *fiber.Ctx) error {
	d, err := s.openDraft(c)
	if err == nil {
		s.cookies.clear(c, draftCookie)
	}
	if err == nil && d.Again {
		return s.redirect(c, againAddress(d.Key), "")
	}
	return s.redirect(c, "/quiz/consent", "")
}

func (s *site) showAnswers(c *fiber.Ctx) error {
	d, err := s.openDraft(c)
	if err != nil {
		return err
	}
	p := s.locate(d)
	if len(p.pending) > 0 || p.walk.Stop != "" {
		return s.redirect(c, p.next(), "")
	}
	return s.send(c, http.StatusOK, p.crisis, func(page views.Page) screen {
		return views.NewAnswersPage(page, p.walk, d.Attempt)
	})
}
