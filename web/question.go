package web

import (
	"maps"
	"net/http"
	"net/url"

	"github.com/gofiber/fiber/v2"

	"gutskin/quiz"
	"gutskin/views"
)

func (s *site) showQuestion(c *fiber.Ctx) error {
	x := s.slugs[c.Params("question")]
	if x == nil {
		return ErrNotFound
	}
	d, err := s.openDraft(c)
	if err != nil {
		return err
	}
	p := s.locate(d)
	if to := p.barred(x.ID); to != "" {
		return s.redirect(c, to, "")
	}
	in := views.QuestionInput{Question: x.ID, Return: c.Query("return") == "1", One: c.Query("one") == "1"}
	if !in.Return {
		v, ok, err := s.outlook(d, p, x.ID)
		if err != nil {
			return err
		}
		if ok && !in.One && s.asAnybody(c, x) {
			return s.sendHoled(c, v.whole, d)
		}
		in.Ahead = v.page
	}
	return s.sendQuestion(c, http.StatusOK, d, p, in)
}

// asAnybody reports that nothing on this page of a question is for one visitor only.
func (s *site) asAnybody(c *fiber.Ctx, x *quiz.Question) bool {
	return !s.Dev && c.Path() == address(x.ID) && len(c.Request().URI().QueryString()) == 0 && !s.framed(c) && s.cookies.get(c, noticeCookie) == ""
}

// sendHoled sends a page that was made before, with the id of this attempt in it.
func (s *site) sendHoled(c *fiber.Ctx, page views.Holed, d *draft) error {
	c.Set(fiber.HeaderContentLanguage, d.edition.Lang)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return sendEncoded(c,
		func() []byte { return page.Plain(d.Attempt) },
		func() []byte { return page.Gzip(d.Attempt) },
		func() []byte { return page.Brotli(d.Attempt) })
}

// sendQuestion fills in what every question page is told.
func (s *site) sendQuestion(c *fiber.Ctx, status int, d *draft, p place, in views.QuestionInput) error {
	in.Walk, in.Attempt = p.walk, d.Attempt
	if d.Missed == in.Question {
		in.Miss = d.Misses
	}
	if !in.Return {
		in.Change = changed(p.walk, in.Question)
	}
	return s.send(c, status, p.crisis, func(page views.Page) screen {
		if in.Return {
			page.Query = "return=1" // a form that came back has it in a field
		}
		return views.NewQuestionPage(page, in)
	})
}

// saveQuestion keeps the answer to one question and nothing else, so two tabs on
// different questions do not overwrite each other.
func (s *site) saveQuestion(c *fiber.Ctx) error {
	x := s.slugs[c.Params("question")]
	if x == nil {
		return ErrNotFound
	}
	form, err := formOf(c)
	if err != nil {
		return err
	}
	d, err := s.draftOf(c, form.Get("attempt"))
	if err != nil {
		return err
	}
	p := s.locate(d)
	to, r := s.take(d, p, x, form)
	if r.fault != nil {
		return s.askAgain(c, d, p, form, r)
	}
	s.keepDraft(c, d)
	return s.redirect(c, to, "")
}

// take puts the answer that a question's form gives into the draft and returns the
// page that follows. With a fault, or where the question cannot be answered now, the
// draft stays as it is.
func (s *site) take(d *draft, p place, x *quiz.Question, form url.Values) (to string, r reply) {
	i := p.walk.Find(x.ID)
	if i < 0 || (len(p.pending) > 0 && !p.caused(x.ID)) {
		return p.next(), reply{}
	}
	given, r := s.given(p.walk, i, form)
	if r.fault != nil {
		return address(x.ID), r
	}
	d.answer(s.edition.Quiz, s.edition.Book, given)
	now := s.locate(d)
	s.counts.moved(d.edition, due(p.walk), due(now.walk))
	if form.Get("return") == "1" {
		return now.back(p.walk), r
	}
	if form.Get("one") == "1" {
		d.Sections, now.whole = false, false
	}
	return now.next(), r
}

// askAgain shows the question with everything that was sent, and counts the miss:
// the second time it says what to do in other words.
func (s *site) askAgain(c *fiber.Ctx, d *draft, p place, form url.Values, r reply) error {
	d.miss(r.fault.Question)
	s.counts.missed(d.edition, r.fault.Question)
	s.keepDraft(c, d)
	return s.sendQuestion(c, http.StatusUnprocessableEntity, d, p, views.QuestionInput{
		Question: r.fault.Question, Sent: r.sent(), Return: form.Get("return") == "1", One: form.Get("one") == "1",
	})
}

// given is what the form of the i-th question on the path answers: that question,
// or the rest of its section when the visitor may skip it and did.
func (s *site) given(w quiz.Walk, i int, form url.Values) (quiz.Answers, reply) {
	v := w.Steps[i]
	if form.Get("skip") == "section" && s.maySkip(w, v.Question.Section) {
		return s.skipSection(w, v.Question.Section), reply{}
	}
	r := replyTo(v, form)
	if r.fault != nil && r.fault.Kind == quiz.NotTogether {
		if alarm := s.alarm(w, v, r.answer); !alarm.IsSkip() {
			r = reply{answer: alarm}
		}
	}
	return quiz.Answers{v.Question.ID: r.answer}, r
}

// alarm is what is left of ticks that cannot stand together when "none" is taken
// out, if that is an emergency. Then help is shown at once: a contradiction can wait.
func (s *site) alarm(w quiz.Walk, v quiz.Visit, ticked quiz.Answer) quiz.Answer {
	var rest quiz.Answer
	for _, o := range v.Offered {
		if ticked.Has(o.ID) && !o.Exclusive && !o.Skip {
			rest.Picked = append(rest.Picked, o.ID)
		}
	}
	answers := maps.Clone(w.Kept)
	answers[v.Question.ID] = rest
	now := place{pending: s.edition.Book.Emergencies(s.edition.Quiz, answers)}
	if !now.caused(v.Question.ID) {
		return quiz.Answer{}
	}
	return rest
}

func (s *site) maySkip(w quiz.Walk, section string) bool {
	c := s.edition.Quiz.Section(section).SkipIf
	if c == nil {
		return false
	}
	holds, _ := s.edition.Quiz.Holds(c, w.Kept, nil)
	return holds
}

// skipSection leaves out every open question of a section, those too that come onto
// the path only because others are skipped.
func (s *site) skipSection(w quiz.Walk, section string) quiz.Answers {
	skipped, answers := quiz.Answers{}, maps.Clone(w.Kept)
	for {
		before := len(skipped)
		for _, v := range w.Steps {
			if v.Question.Section == section && !v.Answered {
				skipped[v.Question.ID] = quiz.Answer{}
			}
		}
		if len(skipped) == before {
			return skipped
		}
		maps.Copy(answers, skipped)
		w = s.edition.Quiz.Walk(answers)
	}
}
