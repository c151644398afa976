package web

import (
	"net"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// clientOf asks which address a request from a peer counts for.
func clientOf(t *testing.T, peer, forwarded string) string {
	t.Helper()
	addr, err := net.ResolveTCPAddr("tcp", peer)
	if err != nil {
		t.Fatal(err)
	}
	app := fiber.New()
	var r fasthttp.RequestCtx
	r.Init(&fasthttp.Request{}, addr, nil)
	if forwarded != "" {
		r.Request.Header.Set(fiber.HeaderXForwardedFor, forwarded)
	}
	c := app.AcquireCtx(&r)
	defer app.ReleaseCtx(c)
	return client(c)
}
