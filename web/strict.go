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
		end := bytes.IndexByte(rest, '\n')
		if end < 1 || rest[end-1] != '\r' {
			return false
		}
		line := rest[:end-1]
		rest = rest[end+1:]
		colon := bytes.IndexByte(line, ':')
		if colon < 0 || !isToken(line[:colon]) || !isValue(line[colon+1:]) {
			return false
		}
		switch name := line[:colon]; {
		case len(name) == len("Host") && bytes.EqualFold(name, []byte("Host")):
			hosts++
			host = bytes.TrimSpace(line[colon+1:])
		case len(name) == len("Content-Length") && bytes.EqualFold(name, []byte("Content-Length")):
			lengths++
		case len(name) == len("Transfer-Encoding") && bytes.EqualFold(name, []byte("Transfer-Encoding")):
			codings++
		}
	}
	modern := protocol == "HTTP/1.1"
	return isTarget(h.RequestURI(), host) && isHost(h.Host()) && lengths+codings <= 1 && hosts <= 1 && (!modern || hosts == 1) && (modern || codings == 0)
}

// isTarget reports that a request asks for a path, or for one of the very host that its
// header names.
func isTarget(target, host []byte) bool {
	for _, b := range target {
		if b <= ' ' || b == 0x7f {
			return false
		}
	}
	if bytes.HasPrefix(target, []byte("/")) {
		return true
	}
	for _, scheme := range []string{"http://", "https://"} {
		if rest, whole := bytes.CutPrefix(target, []byte(scheme)); whole {
			rest, same := bytes.CutPrefix(rest, host)
			return same && len(host) > 0 && bytes.HasPrefix(rest, []byte("/"))
		}
	}
	return false
}

// isHost reports that a host, as Fiber's reader has it, is made of what stands in one. That
// reader takes a tab before it for a part of it, and other readers do not.
func isHost(host []byte) bool {
	for _, b := range host {
		if !tokenBytes[b] && strings.IndexByte(":[](),;=", b) < 0 {
			return false
		}
	}
	return true
}

// tokenBytes are what the name of a header is made of.
var tokenBytes = func() (is [256]bool) {
	for b := range is {
		c := byte(b)
		is[b] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
	}
	return is
}()

func isToken(name []byte) bool {
	for _, b := range name {
		if !tokenBytes[b] {
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
