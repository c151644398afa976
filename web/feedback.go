package web

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// Feedback is what may be shown to the owner of what people said about their results.
type Feedback struct {
	Yes, Partly, No int
	Words           []string // in no order
}

// FeedbackStore keeps what people say about their results, with nothing that leads to
// them.
type FeedbackStore interface {
	// AddFeedback keeps an answer, "yes", "partly" or "no", and words of at most 300
	// characters, or none.
	AddFeedback(ctx context.Context, useful, words string) error
	// ReadFeedback returns what may be shown: late, and 10 or more at a time.
	ReadFeedback(ctx context.Context) (Feedback, error)
}

var usefuls = []string{"yes", "partly", "no"}

// asks reports that whoever opens results is asked whether they were useful.
func (s *site) asks(c *fiber.Ctx) bool {
	return s.edition.Site.Feedback && s.cookies.get(c, heardCookie) == ""
}

// saveFeedback keeps what somebody says, once. The link only shows that they may speak: the
// store is not told of it.
func (s *site) saveFeedback(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	r, err := s.own(c)
	if err != nil {
		return err
	}
	useful := form.Get("useful")
	switch {
	case !s.edition.Site.Feedback:
		return ErrNotFound
	case !slices.Contains(usefuls, useful):
		return errBadForm
	case r.input.Asks: // not sent twice
		if !views.MayAsk(s.resultPage(c, r), r.input) {
			return ErrNotFound
		}
		if err := s.Store.AddFeedback(c.UserContext(), useful, sentence(form.Get("words"))); err != nil {
			return err
		}
	}
	s.cookies.set(c, heardCookie, "1", heardAge)
	return s.redirect(c, "/r/"+r.input.Key, noticeHeard)
}

// sentence is what somebody wrote, on one line and cut where it is too long.
func sentence(text string) string {
	parts := strings.FieldsFunc(strings.ToValidUTF8(text, ""), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	})
	text = strings.Join(parts, " ")
	if letters := []rune(text); len(letters) > views.FeedbackMost {
		text = string(letters[:views.FeedbackMost])
	}
	return text
}

// showFeedback tells the owner what people said.
func (s *site) showFeedback(c *fiber.Ctx) error {
	if !s.signedIn(c) {
		return s.redirect(c, "/operator", "")
	}
	heard, err := s.Store.ReadFeedback(c.UserContext())
	if err != nil {
		return err
	}
	return s.send(c, fiber.StatusOK, false, func(p views.Page) screen { return views.NewFeedbackPage(p, views.Heard(heard)) })
}
