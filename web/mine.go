package web

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

func (s *site) showMine(c *fiber.Ctx) error { return s.sendMine(c, http.StatusOK, views.PasteForm{}) }

func (s *site) sendMine(c *fiber.Ctx, status int, form views.PasteForm) error {
	return s.send(c, status, s.inCrisis(c), func(page views.Page) screen {
		return views.NewMinePage(page, s.readMine(c).links(), form)
	})
}

// openLink opens a private link that was pasted.
func (s *site) openLink(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	key, ok := keyIn(form.Get("link"))
	if !ok {
		return s.sendMine(c, http.StatusUnprocessableEntity, views.PasteForm{Typed: form.Get("link"), Fault: true})
	}
	return s.redirect(c, "/r/"+key, "")
}

// forget removes a link from this device. The results stay, for whoever has it.
func (s *site) forget(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	key := form.Get("key")
	s.dropMine(c, key)
	if isKey(key) {
		s.keepForgotten(c, s.readForgotten(c).add(key))
	}
	return s.redirect(c, "/mine", noticeForgot)
}

// keyInside is a key in an address, or one that stands alone. What follows it must
// not go on like a key.
var keyInside = regexp.MustCompile(`(?:/[rR]/|^[^A-Za-z0-9]*)([A-Za-z2-7]{26})(?:[^A-Za-z0-9]|$)`)

// keyIn finds the key in what was pasted: a private or a view-only link with all
// that stands before or after it, also when a mail program has broken it in two, or
// the bare key.
func keyIn(pasted string) (string, bool) {
	for _, text := range []string{pasted, strings.Join(strings.Fields(pasted), "")} {
		if m := keyInside.FindStringSubmatch(text); m != nil {
			return strings.ToUpper(m[1]), true
		}
	}
	return "", false
}
