package web

import (
	"bytes"
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"gutskin/data"
	"gutskin/views"
)

// screen is a page of views: it knows its template.
type screen interface{ Template() string }

// contentPage is a page that is the same for everyone.
type contentPage struct {
	path string
	make func(views.Page) screen
}

// packed is a body in the encodings that browsers take.
type packed struct{ plain, gzip, brotli []byte }

// contentPages serves pages that are the same for everyone from memory, each in
// every language.
func (s *site) contentPages(app *fiber.App, pages []contentPage) error {
	for _, p := range pages {
		handler := s.live(p)
		if !s.Dev {
			bodies := map[string]packed{}
			for _, e := range s.languages.editions {
				body, err := s.pack(p, e)
				if err != nil {
					return err
				}
				bodies[e.Lang] = body
			}
			handler = s.still(p, bodies)
		}
		app.Get(p.path, handler)
	}
	return nil
}

func (s *site) live(p contentPage) fiber.Handler {
	return func(c *fiber.Ctx) error { return s.send(c, fiber.StatusOK, s.inCrisis(c), p.make) }
}

// still sends the packed page and lets browsers keep it for a while. Someone whose
// answers tell of a crisis gets the page with the line of help instead; Vary keeps
// the two apart.
func (s *site) still(p contentPage, bodies map[string]packed) fiber.Handler {
	return func(c *fiber.Ctx) error {
		c.Vary(fiber.HeaderCookie)
		if s.inCrisis(c) {
			return s.send(c, fiber.StatusOK, true, p.make)
		}
		e := s.inLanguage(c)
		c.Set(fiber.HeaderCacheControl, "public, max-age=300")
		c.Set(fiber.HeaderContentLanguage, e.Lang)
		c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
		return bodies[e.Lang].send(c)
	}
}

func (s *site) pack(p contentPage, e *data.Edition) (packed, error) {
	page := p.make(views.Page{Edition: e, Path: p.path, Languages: s.languages.editions})
	var b bytes.Buffer
	if err := s.engine.Render(&b, page.Template(), page); err != nil {
		return packed{}, fmt.Errorf("make the page %s: %w", p.path, err)
	}
	return pack(b.Bytes()), nil
}

func pack(body []byte) packed {
	return packed{
		plain:  body,
		gzip:   fasthttp.AppendGzipBytesLevel(nil, body, fasthttp.CompressBestCompression),
		brotli: fasthttp.AppendBrotliBytesLevel(nil, body, fasthttp.CompressBrotliBestCompression),
	}
}

// send picks the smallest encoding that the browser takes.
func (b packed) send(c *fiber.Ctx) error {
	c.Vary(fiber.HeaderAcceptEncoding)
	h := &c.Request().Header
	switch {
	case h.HasAcceptEncoding("br"):
		c.Set(fiber.HeaderContentEncoding, "br")
		return c.Send(b.brotli)
	case h.HasAcceptEncoding("gzip"):
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(b.gzip)
	}
	return c.Send(b.plain)
}

// showAsset sends a style sheet, a script or a picture. Its name carries its
// content, so it can be kept for a year. Plain names are for development only.
func (s *site) showAsset(c *fiber.Ctx) error {
	name := c.Params("name")
	if !s.Dev && s.assets.Path(name) != "" {
		return ErrNotFound
	}
	a, ok := s.assets.Find(name)
	if !ok {
		return ErrNotFound
	}
	if !s.Dev {
		c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	}
	c.Set(fiber.HeaderContentType, a.Type)
	return packed{a.Body, a.Gzip, a.Brotli}.send(c)
}

func showRobots(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	return c.SendString("User-agent: *\nDisallow: /r/\nDisallow: /quiz/\nDisallow: /mine\n")
}

// showAlive tells that the process answers.
func showAlive(c *fiber.Ctx) error { return c.SendString("alive\n") }

// showReady tells whether finished checks can be stored.
func (s *site) showReady(c *fiber.Ctx) error {
	if err := s.Store.Ping(c.UserContext()); err != nil {
		return c.Status(fiber.StatusServiceUnavailable).SendString("the store does not answer\n")
	}
	return c.SendString("ready\n")
}
