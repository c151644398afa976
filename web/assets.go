package web

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"gutskin/data"
	"gutskin/views"
)

// screen is a page of views: it knows its template.
type screen interface{ Template() string }

// maker makes a page from what every screen is told.
type maker func(views.Page) screen

// contentPage is a page that is the same for everyone, or for everyone but a few.
type contentPage struct {
	path string
	make maker
	own  func(*fiber.Ctx) maker // the page of a visitor for whom it differs; nil for the others
}

// stillPage is a content page, made once for each language.
type stillPage struct {
	contentPage
	bodies map[string]func() (views.Packed, error)
}

func (s *site) newStillPage(p contentPage) stillPage {
	still := stillPage{p, map[string]func() (views.Packed, error){}}
	for _, e := range s.languages.editions {
		still.bodies[e.Lang] = sync.OnceValues(func() (views.Packed, error) { return s.pack(p, e) })
	}
	return still
}

// contentPages serves pages that are the same for everyone from memory, each in
// every language.
func (s *site) contentPages(app *fiber.App, pages []contentPage) error {
	for _, p := range pages {
		still := s.newStillPage(p)
		for _, body := range still.bodies {
			if _, err := body(); err != nil {
				return err
			}
		}
		app.Get(p.path, func(c *fiber.Ctx) error { return s.showStill(c, still) })
	}
	return nil
}

// showStill sends the packed page and lets browsers keep it for a while. Someone whose
// answers tell of a crisis gets the page with the line of help instead, and who has
// a page of their own gets that; Vary keeps them apart.
func (s *site) showStill(c *fiber.Ctx, p stillPage) error {
	c.Vary(fiber.HeaderCookie)
	make, crisis := p.make, s.inCrisis(c)
	var own maker
	if p.own != nil {
		own = p.own(c)
	}
	if own != nil {
		make = own
	}
	if s.Dev || crisis || own != nil {
		return s.send(c, fiber.StatusOK, crisis, make)
	}
	e := s.inLanguage(c)
	body, err := p.bodies[e.Lang]()
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=300")
	c.Set(fiber.HeaderContentLanguage, e.Lang)
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return sendPacked(c, body)
}

func (s *site) pack(p contentPage, e *data.Edition) (views.Packed, error) {
	page := p.make(views.Page{Edition: e, Look: s.look, Origin: s.BaseURL, Path: p.path, Languages: s.languages.editions, CanSend: s.Mail != nil})
	var b bytes.Buffer
	if err := s.engine.Render(&b, page.Template(), page); err != nil {
		return views.Packed{}, fmt.Errorf("make the page %s: %w", p.path, err)
	}
	return views.Pack(b.Bytes()), nil
}

// sendPacked sends a body that is the same for everyone.
func sendPacked(c *fiber.Ctx, b views.Packed) error {
	return sendEncoded(c, func() []byte { return b.Plain }, b.Gzip, b.Brotli)
}

// sendEncoded picks the smallest encoding that the browser takes.
func sendEncoded(c *fiber.Ctx, plain, gzip, brotli func() []byte) error {
	c.Vary(fiber.HeaderAcceptEncoding)
	h := &c.Request().Header
	switch {
	case h.HasAcceptEncoding("br"):
		c.Set(fiber.HeaderContentEncoding, "br")
		return c.Send(brotli())
	case h.HasAcceptEncoding("gzip"):
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(gzip())
	}
	return c.Send(plain())
}

// showAsset sends a style sheet, a script or a picture. Its name carries its
// content, so it can be kept for a year. Plain names are for development only.
func (s *site) showAsset(c *fiber.Ctx) error {
	name := c.Params("name")
	assets := s.look.Assets(s.Dev)
	if !s.Dev && assets.Path(name) != "" {
		return ErrNotFound
	}
	a, ok := assets.Find(name)
	if !ok {
		return ErrNotFound
	}
	if !s.Dev {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	c.Set(fiber.HeaderContentType, a.Type)
	return sendPacked(c, a.Packed)
}

// contactDays is for how long a contact is promised: half a year, which RFC 9116 asks to
// be less than one. It begins on the first day of this month, so that the file is the same
// for a month, and ends unless the site goes on running with that contact.
const contactDays = 180

// showSecurity tells those who find a weakness whom to tell (RFC 9116).
func (s *site) showSecurity(c *fiber.Ctx) error {
	contact := s.edition.Site.SecurityContact
	if contact == "" {
		return ErrNotFound
	}
	now := s.Now().UTC()
	expires := time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, contactDays)
	text := "Contact: " + contact + "\nExpires: " + expires.Format(time.RFC3339) + "\nPreferred-Languages: " + strings.Join(s.Library.Languages(), ", ") + "\n"
	if s.BaseURL != "" {
		text += "Canonical: " + s.BaseURL + "/.well-known/security.txt\n"
	}
	c.Set(fiber.HeaderCacheControl, "public, max-age=86400")
	return c.SendString(text)
}
