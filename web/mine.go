package web

import (
	"net/http"
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
	s.keepMine(c, s.readMine(c).without(form.Get("key")))
	return s.redirect(c, "/mine", noticeForgot)
}

// keyIn finds the key in a pasted link: a whole address, the end of one, or the
// bare key, with space around it.
func keyIn(pasted string) (string, bool) {
	link := strings.Join(strings.Fields(pasted), "")
	if i := strings.LastIndex(link, "/r/"); i >= 0 {
		link = link[i+len("/r/"):]
	}
	if i := strings.IndexAny(link, "/?#"); i >= 0 {
		link = link[:i]
	}
	key := strings.ToUpper(link)
	return key, isKey(key)
}
