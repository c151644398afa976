package web

import (
	"cmp"
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// linkTo is the whole address of results. Without a public address it has the host that
// the browser asked for. No header beside that is believed but one that says https, which
// at worst makes a link that does not open.
func (s *site) linkTo(c *fiber.Ctx, key string) string {
	base := s.BaseURL
	if base == "" {
		base = cmp.Or(saidScheme(c), c.Protocol()) + "://" + string(c.Request().Host())
	}
	return base + "/r/" + key
}

func saveAddress(key string) string { return "/r/" + key + "/save" }

// showSave shows the private link, who can use it, and the view-only links.
func (s *site) showSave(c *fiber.Ctx) error {
	r, err := s.own(c)
	if err != nil {
		return err
	}
	s.counts.linked(s.inLanguage(c))
	return s.sendSave(c, http.StatusOK, r, s.saveInput(c, r))
}

func (s *site) saveInput(c *fiber.Ctx, r result) views.SaveInput {
	key := r.input.Key
	in := views.SaveInput{
		Key: key, Link: s.linkTo(c, key), KeptUntil: r.journal.KeptUntil, Remembered: s.readMine(c).has(key),
	}
	for _, share := range r.journal.Shares {
		in.Open = append(in.Open, views.ViewLink{
			Key: share.Key, Link: s.linkTo(c, share.Key), Label: share.Label, Until: share.Until,
		})
	}
	return in
}

func (s *site) sendSave(c *fiber.Ctx, status int, r result, in views.SaveInput) error {
	return s.send(c, status, r.crisis, func(page views.Page) screen { return views.NewSavePage(page, in) })
}

// share makes a view-only link.
func (s *site) share(c *fiber.Ctx) error {
	r, err := s.own(c)
	if err != nil {
		return err
	}
	form, err := formOf(c)
	if err != nil {
		return err
	}
	sent := views.ShareForm{Label: strings.Join(strings.Fields(form.Get("label")), " "), Until: form.Get("until")}
	days, known := views.ShareDays(sent.Until)
	sent.Unpicked = !known
	sent.TooLong = utf8.RuneCountInString(sent.Label) > MaxLabel
	if sent.Unpicked || sent.TooLong {
		in := s.saveInput(c, r)
		in.Share = sent
		return s.sendSave(c, http.StatusUnprocessableEntity, r, in)
	}
	share := Share{Label: sent.Label}
	if days > 0 {
		share.Until = s.Now().UTC().Truncate(24*time.Hour).AddDate(0, 0, days)
	}
	if _, err := s.Store.Share(c.UserContext(), r.input.Key, share); err != nil {
		return err
	}
	return s.redirect(c, saveAddress(r.input.Key), noticeShared)
}

// unshare switches a view-only link off. Sent twice, it says the same.
func (s *site) unshare(c *fiber.Ctx) error {
	key := c.Params("key")
	if !isKey(key) {
		return ErrNotFound
	}
	form, err := formOf(c)
	if err != nil {
		return err
	}
	view := form.Get("view")
	if !isKey(view) {
		return errBadForm
	}
	if err := s.Store.Unshare(c.UserContext(), key, view); err != nil {
		return err
	}
	return s.redirect(c, saveAddress(key), noticeUnshared)
}

// showRenew says what a new private link does. The page carries the new key, so
// that its form can be sent twice.
func (s *site) showRenew(c *fiber.Ctx) error {
	r, err := s.own(c)
	if err != nil {
		return err
	}
	return s.send(c, http.StatusOK, r.crisis, func(page views.Page) screen {
		return views.NewRenewPage(page, r.input.Key, s.NewKey(), len(r.journal.Shares))
	})
}

// renew closes the private link and leads to the new one.
func (s *site) renew(c *fiber.Ctx) error {
	old := c.Params("key")
	if !isKey(old) {
		return ErrNotFound
	}
	form, err := formOf(c)
	if err != nil {
		return err
	}
	key := form.Get("new")
	if !isKey(key) || key == old {
		return errBadForm
	}
	if err := s.Store.Renew(c.UserContext(), old, key); err != nil {
		return err
	}
	if m := s.readMine(c); m.has(old) {
		s.keepMine(c, m.renewed(old, key))
	}
	if d, ok := s.readDraft(c); ok && d.Key == old {
		d.Key = key // what is under way ends under the new link
		s.keepDraft(c, d)
	}
	return s.redirect(c, saveAddress(key), noticeRenewed)
}

// sendLink sends the private link in one message and keeps nothing of it.
func (s *site) sendLink(c *fiber.Ctx) error {
	if s.Mail == nil {
		return ErrNotFound
	}
	r, err := s.own(c)
	if err != nil {
		return err
	}
	form, err := formOf(c)
	if err != nil {
		return err
	}
	in := s.saveInput(c, r)
	in.Email.Typed = strings.TrimSpace(form.Get("email"))
	if !isMailbox(in.Email.Typed) {
		in.Email.Fault = views.EmailFormat
		return s.sendSave(c, http.StatusUnprocessableEntity, r, in)
	}
	counted := []string{client(c), "journal " + r.journal.Entries[0].Attempt}
	if wait, ok := s.messages.take(counted...); !ok {
		retryIn(c, wait)
		return errMailLimit
	}
	err = s.Mail.send(c.UserContext(), in.Email.Typed, views.NewLetter(s.page(c), in.Link, in.KeptUntil))
	switch {
	case errors.Is(err, errRefused):
		s.Log.Warn("a message was refused", "error", err.Error())
		in.Email.Fault = views.EmailRefused
		return s.sendSave(c, http.StatusUnprocessableEntity, r, in)
	case err != nil:
		s.messages.giveBack(counted...)
		return err
	}
	return s.redirect(c, saveAddress(in.Key), noticeSent)
}
