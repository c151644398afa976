package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/gofiber/fiber/v2"
)

const contentSecurity = framedSecurity + "'none'"

// framedSecurity lacks its end: the sites that may show a page in a frame.
const framedSecurity = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'none'; " +
	"form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types gutskin; frame-ancestors "

// permissions switches off what no page of ours uses. Browsers complain about names that
// they do not know, so only those that they do are here.
const permissions = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), " +
	"magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), usb=()"

// guard sets the headers that protect every response.
func (s *site) guard(c *fiber.Ctx) error {
	s.protect(c)
	return c.Next()
}

// protect starts from the strictest rules: nothing is cached and nothing is told to
// other sites. Pages that are the same for everyone loosen the caching.
func (s *site) protect(c *fiber.Ctx) {
	h := &c.Response().Header
	h.Set(fiber.HeaderCacheControl, "no-store")
	h.Set(fiber.HeaderContentSecurityPolicy, contentSecurity)
	if s.framers != "" && frameable(c.Path()) {
		h.Set(fiber.HeaderContentSecurityPolicy, s.framedSecurity)
	}
	h.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	h.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", permissions)
	if s.hsts != "" && saidScheme(c) != "http" {
		h.Set(fiber.HeaderStrictTransportSecurity, s.hsts)
	}
	if private(c.Path()) {
		h.Set("X-Robots-Tag", "noindex")
	}
}

// private reports that pages of this address are about one visitor's health.
func private(path string) bool {
	for _, area := range []string{"/quiz", "/r", "/mine", "/operator", embedAddress} {
		if rest, ok := strings.CutPrefix(path, area); ok && (rest == "" || rest[0] == '/') {
			return true
		}
	}
	return false
}

// deadline bounds what follows, the work of the store above all.
func deadline(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), storeTimeout)
	defer cancel()
	c.SetUserContext(ctx)
	return c.Next()
}

func crossSite(origin string) (*http.CrossOriginProtection, error) {
	p := http.NewCrossOriginProtection()
	if origin == "" {
		return p, nil
	}
	return p, p.AddTrustedOrigin(origin) // a proxy may hide the host that the browser sees
}

// refuseCrossSite turns away forms that another site sends. A browser that sends
// no Sec-Fetch-Site writes "Origin: null" on our own forms, because our pages send
// no referrer; such a request passes, and SameSite keeps the cookies from it when
// it comes from elsewhere.
func refuseCrossSite(p *http.CrossOriginProtection) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead {
			return c.Next() // these change nothing, wherever they come from
		}
		r := &http.Request{Method: c.Method(), Host: string(c.Request().Host()), Header: http.Header{}}
		for _, name := range []string{"Sec-Fetch-Site", "Origin"} {
			if v := c.Get(name); v != "" && v != "null" {
				r.Header.Set(name, v)
			}
		}
		if p.Check(r) != nil {
			return errCrossSite
		}
		return c.Next()
	}
}

// fromHere reports that a form came from a page of ours as far as can be known: the
// browser says so, or it sends a cookie, which it would not do from another site.
// refuseCrossSite has turned away what is known to come from elsewhere; browsers from
// before 2023 leave the rest open.
func (s *site) fromHere(c *fiber.Ctx) bool {
	origin := c.Get(fiber.HeaderOrigin)
	return c.Get("Sec-Fetch-Site") != "" || (origin != "" && origin != "null") || s.cookies.any(c)
}
