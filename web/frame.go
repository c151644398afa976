package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// The owner's other sites may show the quiz inside their pages, in a frame: its first page
// under /embed, and everything under /quiz. Nothing else can be framed by anybody. A frame
// has cookies of its own, which belong to the site around it; see cookies.go. Results are
// opened outside the frame, by a form: the key of a link never stands in an address or in
// a message that the site around could see.
const (
	embedAddress    = "/embed"
	finishedAddress = "/quiz/finished"
	framedField     = "framed" // the script marks with it what it sends from a frame
)

var errBlocked = errors.New("the browser keeps no cookie for the check inside another site")

// frameable reports that allowed sites may show pages of this address in a frame.
func frameable(path string) bool {
	rest, ok := strings.CutPrefix(path, "/quiz")
	return path == embedAddress || ok && (rest == "" || rest[0] == '/')
}

// framed reports that a request comes from inside a frame: it asks for a page to be shown
// in one, or it was sent by the script of such a page. Only browsers can say so, in headers
// that no script can set.
func framed(c *fiber.Ctx) bool {
	h := &c.Request().Header
	switch string(h.Peek("Sec-Fetch-Dest")) {
	case "iframe", "frame":
		return frameable(c.Path())
	case "empty":
		return c.Context().QueryArgs().Has(framedField) && string(h.Peek("Sec-Fetch-Site")) == "same-origin" && frameable(c.Path())
	}
	return false
}

// framed reports the same, where the check may stand in a frame at all.
func (s *site) framed(c *fiber.Ctx) bool { return s.framers != "" && framed(c) }

// showEmbed is the first page of the check in a frame. It leaves the cookie by which the
// next page knows that the browser keeps any.
func (s *site) showEmbed(c *fiber.Ctx) error {
	if s.framers == "" {
		return ErrNotFound
	}
	if !framed(c) {
		if c.Get("Sec-Fetch-Dest") == "document" {
			return s.redirect(c, "/", "")
		}
		return errBlocked // too old to say what it is, and to keep the cookie
	}
	s.cookies.set(c, insideCookie, "1", draftAge)
	make := startMaker(views.Underway{})
	if own := s.welcomeBack(c); own != nil {
		make = own
	}
	return s.send(c, http.StatusOK, s.inCrisis(c), make)
}

// keepsCookies stands before the quiz in a frame. Where the browser keeps no cookies
// there, the visitor hears of it before the first answer, and not after it is lost.
func (s *site) keepsCookies(c *fiber.Ctx) error {
	if s.framed(c) && s.cookies.get(c, insideCookie) == "" {
		return errBlocked
	}
	return c.Next()
}

// showFinished leads from the frame to the results, which stand in a tab of their own.
func (s *site) showFinished(c *fiber.Ctx) error {
	mine := s.readMine(c)
	switch {
	case len(mine) == 0:
		return s.redirect(c, "/quiz/consent", "")
	case !s.framed(c):
		return s.redirect(c, "/r/"+mine[0].Key, "")
	}
	return s.send(c, http.StatusOK, s.inCrisis(c), func(p views.Page) screen {
		return views.NewFinishedPage(p, mine[0].Key, mine[0].Attempt)
	})
}

// takeOver opens results that were made in a frame. From now on this device remembers
// their link, as it does after a check outside of a frame.
func (s *site) takeOver(c *fiber.Ctx) error {
	if !s.fromHere(c) {
		return errCrossSite // somebody else's results are not put among those of this device
	}
	form, err := formOf(c)
	if err != nil {
		return err
	}
	key, attempt := form.Get("key"), form.Get("attempt")
	if !isKey(attempt) {
		return ErrNotFound
	}
	report, journal, err := s.latest(c, key)
	if err != nil {
		return err
	}
	if journal.ViewOnly {
		return ErrReadOnly
	}
	s.keepMine(c, s.readMine(c).add(savedCheck{Key: key, Attempt: attempt, Taken: report.TakenAt.Unix()}))
	s.remember(c, key)
	return s.redirect(c, "/r/"+key, noticeSaved)
}

// showEmbedScript sends the script that puts the frame into a page of another site.
func (s *site) showEmbedScript(c *fiber.Ctx) error {
	if s.framers == "" {
		return ErrNotFound
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600, stale-while-revalidate=86400")
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	c.Set(fiber.HeaderContentType, "text/javascript; charset=utf-8")
	return sendPacked(c, s.embedScript)
}
