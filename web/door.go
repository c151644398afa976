package web

import (
	"bytes"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Rules of the door, which every request comes through. What a proxy says about a
// visitor is taken off unless it comes from a proxy that is trusted, so further in, it
// can be believed. The path that the check stands under is taken off too: further in,
// every address begins at the root.

// serve is the door.
func (s *Server) serve(ctx *fasthttp.RequestCtx) {
	now, err := s.now()
	switch {
	case err != nil:
		showProblems(ctx, err)
		return
	case !slices.Contains(fiber.DefaultMethods, string(ctx.Method())):
		// Left alone, Fiber writes a bare line of text. This way no page answers.
		ctx.Request.Header.SetMethod(fiber.MethodTrace)
	}
	now.site.Trust.settle(ctx)
	if now.site.enter(ctx.Request.URI()) {
		now.handle(ctx)
	} else {
		now.turnAway(ctx)
	}
	if s.common.draining.Load() {
		ctx.SetConnectionClose()
	}
}

// enter takes off the path that the check stands under. It reports false for an address
// outside. Whether the process is alive and ready is asked by those who know the
// machine and not the public address, so that is answered at the root too.
func (s *site) enter(u *fasthttp.URI) bool {
	if s.base == "" {
		return true
	}
	path := u.PathOriginal()
	rest, ok := bytes.CutPrefix(path, []byte(s.base))
	switch {
	case ok && len(rest) == 0:
		u.SetPath("/")
	case ok && rest[0] == '/':
		u.SetPathBytes(rest)
	default:
		return string(path) == alivePath || string(path) == readyPath
	}
	return true
}

// turnAway answers what is asked for outside of the path that the check stands under.
func (now *serving) turnAway(ctx *fasthttp.RequestCtx) {
	c := now.app.AcquireCtx(ctx)
	defer now.app.ReleaseCtx(c)
	if now.site.refuse(c, fiber.ErrNotFound) != nil {
		ctx.SetStatusCode(fiber.StatusNotFound)
	}
}

// Proxies are the networks whose X-Forwarded-For and X-Forwarded-Proto are believed.
type Proxies struct {
	networks []netip.Prefix
	sockets  bool // whoever may connect to the unix socket
}

// nearby are this machine and the networks that are nobody's on the internet.
var nearby = []string{"127.0.0.0/8", "::1", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"}

// noProxy is the list of nobody.
const noProxy = "none"

// NewProxies reads a list of networks, as in 10.1.0.0/16, and addresses. An empty list
// trusts this machine and private networks, and "none" alone trusts nobody. Whoever may
// connect to a unix socket is trusted with every list but "none".
func NewProxies(list []string) (*Proxies, error) {
	switch {
	case len(list) == 0:
		list = nearby
	case len(list) == 1 && strings.TrimSpace(list[0]) == noProxy:
		return &Proxies{}, nil
	}
	p := &Proxies{sockets: true}
	for _, item := range list {
		network, err := parseNetwork(strings.TrimSpace(item))
		if err != nil {
			return nil, err
		}
		p.networks = append(p.networks, network)
	}
	return p, nil
}

func parseNetwork(s string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(s); err == nil && a.Zone() == "" {
		return netip.PrefixFrom(a.Unmap(), a.Unmap().BitLen()), nil
	}
	network, err := netip.ParsePrefix(s)
	if err != nil || network.Addr().Is4In6() {
		return network, fmt.Errorf("the trusted proxy %q is no network: write it like 10.1.0.0/16 or 192.0.2.7, with commas between several, or write %s alone", s, noProxy)
	}
	return network.Masked(), nil
}

// trusts reports that a peer is a trusted proxy.
func (p *Proxies) trusts(peer net.Addr) bool {
	switch peer := peer.(type) {
	case *net.TCPAddr:
		return p.has(peer.AddrPort().Addr())
	case *net.UnixAddr:
		return p.sockets
	}
	return false
}

func (p *Proxies) has(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	for _, network := range p.networks {
		if network.Contains(a) {
			return true
		}
	}
	return false
}

// settle leaves of what proxies say only what can be believed.
func (p *Proxies) settle(ctx *fasthttp.RequestCtx) {
	h := &ctx.Request.Header
	if !p.trusts(ctx.RemoteAddr()) {
		h.Del(fiber.HeaderXForwardedFor)
		h.Del(fiber.HeaderXForwardedProto)
		return
	}
	hops := h.PeekAll(fiber.HeaderXForwardedFor)
	if len(hops) == 0 || len(hops) == 1 && bytes.IndexByte(hops[0], ',') < 0 {
		return
	}
	if a, ok := p.visitor(string(bytes.Join(hops, []byte(",")))); ok {
		h.Set(fiber.HeaderXForwardedFor, a.String())
	} else {
		h.Del(fiber.HeaderXForwardedFor)
	}
}

// visitor walks a list of hops from the right, where the nearest proxy wrote, over the
// proxies that are trusted, to the first that is not. What stands left of that, anybody
// may have written. A hop that cannot be read ends the walk.
func (p *Proxies) visitor(list string) (a netip.Addr, ok bool) {
	for list != "" {
		i := strings.LastIndexByte(list, ',')
		hop, good := parseHop(list[i+1:])
		if !good {
			return a, ok
		}
		if a, ok = hop, true; !p.has(a) {
			return a, ok
		}
		list = list[:max(i, 0)]
	}
	return a, ok
}

// parseHop reads an address, which may carry a port.
func parseHop(s string) (netip.Addr, bool) {
	s = strings.TrimSpace(s)
	if len(s) > 60 { // no address is that long
		return netip.Addr{}, false
	}
	if withPort, err := netip.ParseAddrPort(s); err == nil {
		return withPort.Addr().Unmap().WithZone(""), true
	}
	a, err := netip.ParseAddr(strings.Trim(s, "[]"))
	return a.Unmap().WithZone(""), err == nil
}

// client is where a request comes from: the visitor that a trusted proxy names, or else
// the other end of the connection. A network of version 6 counts as one address.
func client(c *fiber.Ctx) string {
	a, ok := parseHop(c.Get(fiber.HeaderXForwardedFor))
	if !ok {
		a, _ = netip.AddrFromSlice(c.Context().RemoteIP())
		a = a.Unmap()
	}
	if a.Is6() {
		network, _ := a.Prefix(64)
		return network.String()
	}
	return a.String()
}

// saidScheme is what the visitor's browser speaks, http or https, or "" where no trusted
// proxy has said so.
func saidScheme(c *fiber.Ctx) string {
	lines := c.Request().Header.PeekAll(fiber.HeaderXForwardedProto)
	if len(lines) == 0 {
		return ""
	}
	last := lines[len(lines)-1]
	last = bytes.TrimSpace(last[bytes.LastIndexByte(last, ',')+1:])
	for _, scheme := range []string{"http", "https"} {
		if strings.EqualFold(string(last), scheme) {
			return scheme
		}
	}
	return ""
}
