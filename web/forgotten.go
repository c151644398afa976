package web

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// forgotten marks the links that this device was asked to forget, newest first. The
// addresses still stand in the browser's history and open the results, so for some
// days this device asks before it opens them. A mark is made from a key and does not
// lead back to it.
type forgotten []string

const (
	forgottenMost = 12 // marks that a device keeps
	markBytes     = 9
	markLetters   = markBytes * 4 / 3
)

func markOf(key string) string {
	sum := sha256.Sum256([]byte("forgotten " + key))
	return base64.RawURLEncoding.EncodeToString(sum[:markBytes])
}

func (f forgotten) has(key string) bool { return slices.Contains(f, markOf(key)) }

// add puts a mark first. The oldest falls off the end.
func (f forgotten) add(key string) forgotten {
	all := append(forgotten{markOf(key)}, f.without(key)...)
	return all[:min(len(all), forgottenMost)]
}

func (f forgotten) without(key string) forgotten {
	mark := markOf(key)
	return slices.DeleteFunc(slices.Clone(f), func(m string) bool { return m == mark })
}

// decodeForgotten reads a cookie. What is no mark is left out.
func decodeForgotten(value string) forgotten {
	if len(value) > cookieLimit {
		return nil
	}
	marks := slices.DeleteFunc(strings.Split(value, "."), func(m string) bool { return len(m) != markLetters })
	return marks[:min(len(marks), forgottenMost)]
}

func (s *site) readForgotten(c *fiber.Ctx) forgotten {
	return decodeForgotten(s.cookies.get(c, forgottenCookie))
}

func (s *site) keepForgotten(c *fiber.Ctx, f forgotten) {
	if len(f) == 0 {
		s.cookies.clear(c, forgottenCookie)
		return
	}
	s.cookies.set(c, forgottenCookie, strings.Join(f, "."), forgottenAge)
}

// remember takes the mark off a key, if there is one.
func (s *site) remember(c *fiber.Ctx, key string) {
	if f := s.readForgotten(c); f.has(key) {
		s.keepForgotten(c, f.without(key))
	}
}

// askFirst stands before all pages of a link. On a device that was asked to forget
// the link it shows none of them until it is told to.
func (s *site) askFirst(c *fiber.Ctx) error {
	reads := c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead
	key := c.Params("key")
	if !reads || !s.readForgotten(c).has(key) {
		return c.Next()
	}
	return s.send(c, http.StatusOK, s.inCrisis(c), func(page views.Page) screen {
		return views.NewForgottenPage(page, key)
	})
}

// reopen opens a link again that this device was asked to forget.
func (s *site) reopen(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	key := form.Get("key")
	if !isKey(key) {
		return ErrNotFound
	}
	s.remember(c, key)
	return s.redirect(c, "/r/"+key, "")
}
