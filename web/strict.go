package web

import (
	"bytes"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// strict refuses requests that two readers could take for different ones: a proxy for one
// request and we for two, or a proxy for another host than we. The reader that Fiber
// stands on forgives a lot. Browsers, and proxies that can be trusted, never send these.
// What follows on the connection is not read.
func strict(c *fiber.Ctx) error {
	if unambiguous(&c.Request().Header) {
		return c.Next()
	}
	c.Context().SetConnectionClose()
	return errBadForm
}

// unambiguous reports that a request is written as RFC 9112 asks of those who send one,
// and says in one way only how long it is and whom it is for.
func unambiguous(h *fasthttp.RequestHeader) bool {
	protocol := string(h.Protocol())
	if protocol != "HTTP/1.1" && protocol != "HTTP/1.0" {
		return false
	}
	target := h.RequestURI()
	if len(target) == 0 || target[0] != '/' || bytes.ContainsFunc(target, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return false
	}
	var lengths, codings, hosts int
	rest := h.RawHeaders()
	for len(rest) > 0 && rest[0] != '\r' {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\r\n"))
		name, value, found := bytes.Cut(line, []byte(":"))
		if !found || !isToken(name) || !isValue(value) {
			return false
		}
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			lengths++
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			codings++
		case bytes.EqualFold(name, []byte("Host")):
			hosts++
		}
	}
	modern := protocol == "HTTP/1.1"
	return lengths+codings <= 1 && hosts <= 1 && (!modern || hosts == 1) && (modern || codings == 0)
}

// isToken reports that a header may be called this.
func isToken(name []byte) bool {
	for _, b := range name {
		switch {
		case b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z', b >= '0' && b <= '9', bytes.IndexByte([]byte("!#$%&'*+-.^_`|~"), b) >= 0:
		default:
			return false
		}
	}
	return len(name) > 0
}

// isValue reports that a header may say this: anything without control characters.
func isValue(value []byte) bool {
	for _, b := range value {
		if b < ' ' && b != '\t' || b == 0x7f {
			return false
		}
	}
	return true
}
