package web

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gutskin/quiz"
	"gutskin/recommend"
	"gutskin/views"
)

// showWhatIf shows which steps would move the scores of a report, and asks for answers
// to try.
func (s *site) showWhatIf(c *fiber.Ctx) error {
	in, r, err := s.whatIf(c)
	if err != nil {
		return err
	}
	return s.sendWhatIf(c, http.StatusOK, r, in)
}

// tryWhatIf works out answers that are tried. It answers with the page itself and no
// redirect: nothing is kept, so there is nothing that a redirect could lead to, and a
// form that is sent again changes nothing. That also lets view-only links try.
func (s *site) tryWhatIf(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	in, r, err := s.whatIf(c)
	if err != nil {
		return err
	}
	e := s.inLanguage(c)
	tryable := recommend.Tryable(e.Quiz, e.Book, in.Report)
	for _, id := range form["without"] {
		if slices.Contains(tryable, id) {
			in.Without[id] = true
		}
	}
	readTried(e.Quiz, tryable, form, &in)
	status := http.StatusOK
	if len(in.Sent) == 0 && len(in.Answers) > 0 {
		tried, err := recommend.Try(e.Quiz, e.Book, in.Report, in.Answers)
		var refused recommend.NotTried
		switch {
		case errors.As(err, &refused):
			in.Refused = refused
		case err != nil:
			return err
		default:
			tried.Edition = in.Report.Edition // the same content, so directions can be told
			in.Tried = &tried
			r.crisis = r.crisis || crisis(e, tried.Answers)
		}
	}
	if len(in.Sent)+len(in.Refused) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return s.sendWhatIf(c, status, r, in)
}

func (s *site) sendWhatIf(c *fiber.Ctx, status int, r result, in views.WhatIfInput) error {
	return s.send(c, status, r.crisis, func(page views.Page) screen {
		page.ViewOnly, page.OpensUntil = r.journal.ViewOnly, r.journal.KeptUntil
		return views.NewWhatIfPage(page, in)
	})
}

// whatIf reads a report under today's content. Where its numbers are kept back, or help
// comes first, it sends the visitor to the results, which say so.
func (s *site) whatIf(c *fiber.Ctx) (in views.WhatIfInput, r result, err error) {
	if r, err = s.result(c); err != nil {
		return in, r, err
	}
	in = views.WhatIfInput{Key: r.input.Key, Report: r.input.Report, Without: map[string]bool{}}
	if r.input.Reworked != nil {
		in.Report, in.Updated = r.input.Reworked.Report, true
	}
	if !views.CanTry(&in.Report) {
		return in, r, seeOther{to: "/r/" + in.Key}
	}
	return in, r, nil
}

// readTried reads the answers of the form that differ from the report's. A question
// that the form did not ask stays as it is, and so does one that was left out before
// and is left out again.
func readTried(q *quiz.Questionnaire, tryable []string, form url.Values, in *views.WhatIfInput) {
	in.Answers, in.Sent = quiz.Answers{}, map[string]views.Sent{}
	walk := q.Walk(in.Report.Answers)
	tried := maps.Clone(in.Report.Answers)
	asked := listed(form, "asked")
	for _, id := range tryable {
		if !slices.Contains(asked, id) {
			continue
		}
		kept := in.Report.Answers[id]
		fields := url.Values{"a": form[id], "n": form[id+".n"]}
		if kept.IsSkip() && len(fields["a"]) == 0 && strings.TrimSpace(fields.Get("n")) == "" {
			continue
		}
		r := replyTo(walk.Steps[walk.Find(id)], fields)
		if r.fault != nil {
			in.Sent[id] = r.sent()
			continue
		}
		tried[id] = r.answer
	}
	for _, change := range recommend.AnswerChanges(q, in.Report.Answers, tried, tryable...) {
		in.Answers[change.Question] = change.To
	}
}
