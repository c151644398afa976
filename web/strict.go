package web

import (
	"bytes"
	"strings"

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
	var lengths, codings, hosts int
	var host []byte
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
			host = bytes.TrimSpace(value)
		}
	}
	modern := protocol == "HTTP/1.1"
	return isTarget(h.RequestURI(), host) && lengths+codings <= 1 && hosts <= 1 && (!modern || hosts == 1) && (modern || codings == 0)
}

// isTarget reports that a request asks for a path, or for one of the very host that its
// header names.
func isTarget(target, host []byte) bool {
	if bytes.ContainsFunc(target, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		return false
	}
	for _, scheme := range []string{"http://", "https://"} {
		if rest, whole := bytes.CutPrefix(target, []byte(scheme)); whole {
			rest, same := bytes.CutPrefix(rest, host)
			return same && len(host) > 0 && bytes.HasPrefix(rest, []byte("/"))
		}
	}
	return bytes.HasPrefix(target, []byte("/"))
}

// isToken reports that a header may be called this.
func isToken(name []byte) bool {
	for _, b := range name {
		switch {
		case b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z', b >= '0' && b <= '9', strings.IndexByte("!#$%&'*+-.^_`|~", b) >= 0:
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
