package web

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"gutskin/quiz"
	"gutskin/views"
)

// showAgain explains what it means to do the check again, and asks for leave.
func (s *site) showAgain(c *fiber.Ctx) error {
	r, err := s.own(c)
	if err != nil {
		return err
	}
	return s.sendAgain(c, http.StatusOK, r, views.AgainInput{})
}

func (s *site) sendAgain(c *fiber.Ctx, status int, r result, in views.AgainInput) error {
	in.Key, in.LastAt, in.Kept = r.input.Key, r.input.Report.TakenAt, s.lasting(r)
	if d, n := s.underway(c); n > 0 {
		in.Underway, in.Instead = views.Underway{Answered: n}, d.Attempt
	}
	return s.send(c, status, r.crisis || s.inCrisis(c), func(page views.Page) screen {
		return views.NewAgainPage(page, in)
	})
}

// startAgain begins another check whose results join those under the key. A check that
// is under way on this device is only given up for it when the form said so.
//
// A form that may come from elsewhere is refused: another site could make somebody
// answer into a journal that it can read.
func (s *site) startAgain(c *fiber.Ctx) error {
	if !s.fromHere(c) {
		return errCrossSite
	}
	form, err := formOf(c)
	if err != nil {
		return err
	}
	r, err := s.own(c)
	if err != nil {
		return err
	}
	if d, n := s.underway(c); n > 0 && d.Attempt != form.Get("instead") {
		return s.redirect(c, againAddress(r.input.Key), "")
	}
	keep, count := form.Get("keep") == "1", form.Get("count") == "1"
	if form.Get("agree") != "1" {
		return s.sendAgain(c, http.StatusUnprocessableEntity, r, views.AgainInput{Keep: keep, Form: views.ConsentForm{Count: count, Missing: true}})
	}
	d := &draft{Attempt: s.NewKey(), Key: r.input.Key, Count: count, Again: true, Answers: quiz.Answers{}, edition: s.inLanguage(c)}
	if keep {
		d.Answers = s.lasting(r)
	}
	s.begin(d)
	s.keepDraft(c, d)
	return s.redirect(c, "/quiz?"+started+"=1", "")
}

func againAddress(key string) string { return "/r/" + key + "/again" }

// lasting is what may be kept of the report for another check, as far as today's
// questions can read it.
func (s *site) lasting(r result) quiz.Answers { return s.edition.Quiz.Lasting(r.input.Report.Answers) }

// underway is the quiz in progress on this device and how many of its questions were
// answered; none when it is finished or nothing was answered yet.
func (s *site) underway(c *fiber.Ctx) (*draft, int) {
	d, ok := s.readDraft(c)
	if !ok {
		return nil, 0
	}
	if _, finished := s.readMine(c).attempt(d.Attempt); finished {
		return nil, 0
	}
	return d, s.locate(d).begun()
}
