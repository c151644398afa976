package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// Errors that only the web knows.
var (
	errLostDraft = errors.New("the answers given so far are not on this device")
	errNoCookies = errors.New("the browser did not keep the cookie of the quiz")
	errCrossSite = errors.New("the form was sent from another site")
	errBadForm   = errors.New("the form cannot be read")
	errTooMany   = errors.New("too many requests from one address")
	errMail      = errors.New("the message was not sent")
	errMailLimit = errors.New("too many messages from one address, or of one link")
)

// seeOther is not a failure: it sends the visitor to another page, with a notice.
type seeOther struct {
	to     string
	notice string // key of the words shown there once, or ""
}

func (e seeOther) Error() string { return "see another page" }

// statuses is the one table from an error to its status and to the words of its page.
var statuses = []struct {
	err    error
	status int
	words  string
}{
	{ErrNotFound, http.StatusNotFound, "not_found"},
	{ErrGone, http.StatusGone, "gone"},
	{ErrDamaged, http.StatusInternalServerError, "damaged"},
	{ErrReadOnly, http.StatusForbidden, "read_only"},
	{ErrShares, http.StatusConflict, "shares"},
	{ErrBusy, http.StatusServiceUnavailable, wordsBusy},
	{ErrFull, http.StatusServiceUnavailable, wordsBusy},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, wordsBusy},
	{errLostDraft, http.StatusConflict, "lost_draft"},
	{errNoCookies, http.StatusBadRequest, "cookies"},
	{errCrossSite, http.StatusForbidden, "cross_site"},
	{errBadForm, http.StatusBadRequest, "bad_request"},
	{errTooMany, http.StatusTooManyRequests, "too_many"},
	{errMail, http.StatusBadGateway, "mail"},
	{errMailLimit, http.StatusTooManyRequests, "mail_limit"},
	{fiber.ErrNotFound, http.StatusNotFound, "not_found"},
	{fiber.ErrMethodNotAllowed, http.StatusMethodNotAllowed, "bad_request"},
	{fiber.ErrRequestEntityTooLarge, http.StatusRequestEntityTooLarge, "too_large"},
	{fiber.ErrRequestHeaderFieldsTooLarge, http.StatusRequestHeaderFieldsTooLarge, "too_large"},
}

// The words of the pages that are made at the start.
const (
	wordsBusy   = "busy"
	wordsServer = "server"
)

// retryAfter is how many seconds a visitor is asked to wait when the store is busy.
const retryAfter = 5

func status(err error) (int, string) {
	var f *fiber.Error
	isFiber := errors.As(err, &f)
	for _, s := range statuses {
		var known *fiber.Error
		if errors.Is(err, s.err) || (isFiber && errors.As(s.err, &known) && f.Code == known.Code) {
			return s.status, s.words
		}
	}
	if isFiber && f.Code >= 400 && f.Code < 500 {
		return f.Code, "bad_request"
	}
	return http.StatusInternalServerError, wordsServer
}

// pages answers whatever goes wrong further in with a page, so that what stands
// further out sees a finished response.
func (s *site) pages(c *fiber.Ctx) error {
	if err := next(c); err != nil {
		return s.fail(c, err)
	}
	return nil
}

// next calls the following handlers and returns a panic of theirs as an error.
func next(c *fiber.Ctx) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = panicked(v)
		}
	}()
	return c.Next()
}

// panicked describes a panic. Its value is left out unless the runtime made it,
// because it could quote an answer.
func panicked(v any) error {
	what := fmt.Sprintf("%T", v)
	if e, ok := v.(runtime.Error); ok {
		what = e.Error()
	}
	return fmt.Errorf("panic: %s\n%s", what, debug.Stack())
}

// fail is the one place where an error becomes a page.
func (s *site) fail(c *fiber.Ctx, err error) error {
	var other seeOther
	if errors.As(err, &other) {
		return s.redirect(c, other.to, other.notice)
	}
	s.metrics.refusing(err)
	code, words := status(err)
	if code >= http.StatusInternalServerError {
		s.Log.Error("a request failed", "id", c.GetRespHeader(fiber.HeaderXRequestID), "status", code, "error", err.Error())
	}
	s.protect(c)
	c.Response().ResetBody()
	c.Status(code)
	if words == wordsServer {
		return s.sendBroken(c)
	}
	wait, _ := strconv.Atoi(c.GetRespHeader(fiber.HeaderRetryAfter))
	if code == http.StatusServiceUnavailable {
		wait = retryAfter
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(wait))
	}
	p := s.page(c)
	p.CrisisHelp = s.inCrisis(c)
	if err := s.render(c, code, views.NewErrorPage(p, code, words, wait)); err != nil {
		s.Log.Error("an error page failed", "status", code, "error", err.Error())
		return s.sendBroken(c)
	}
	return nil
}

// refuse answers what never came to a page: what cannot be read, and what is outside of
// the path that the check stands under. There is no line of the log about it: nothing
// of such a request is known that could be told.
func (s *site) refuse(c *fiber.Ctx, err error) error {
	start := time.Now()
	failed := s.fail(c, err)
	s.routed[noRoute].count("", c.Response().StatusCode(), time.Since(start))
	return failed
}

func (s *site) sendBroken(c *fiber.Ctx) error {
	return s.sendReady(c, http.StatusInternalServerError, s.broken)
}

// sendReady sends a page that was made at the start, by language.
func (s *site) sendReady(c *fiber.Ctx, code int, pages map[string][]byte) error {
	e := s.inLanguage(c)
	c.Response().ResetBody()
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Set(fiber.HeaderContentLanguage, e.Lang)
	return c.Status(code).Send(pages[e.Lang])
}

// readyPages makes an error page in every language while all is still well. It cannot
// know who will see it, so a page for busy times carries the line of help for all.
func (s *site) readyPages(code int, words string) (map[string][]byte, error) {
	pages := map[string][]byte{}
	for _, e := range s.languages.editions {
		page := views.NewErrorPage(views.Page{Edition: e, CrisisHelp: words == wordsBusy}, code, words, retryAfter)
		var b bytes.Buffer
		if err := s.engine.Render(&b, page.Template(), page); err != nil {
			return nil, fmt.Errorf("make the page for errors of the kind %s: %w", words, err)
		}
		pages[e.Lang] = b.Bytes()
	}
	return pages, nil
}
