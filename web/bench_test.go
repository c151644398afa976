package web

import (
	"io"
	"log/slog"
	"testing"

	"github.com/valyala/fasthttp"
)

// Whole requests, from the parsed request to the finished response.
func BenchmarkPages(b *testing.B) {
	s := newServer(b, func(o *Options) { o.Log = slog.New(slog.NewTextHandler(io.Discard, nil)) })
	visitor := s.browser()
	visitor.start()
	visitor.fill(saidIn(dashed(worried)))
	visitor.fill(saidIn(dashed(tired)))
	draft := visitor.jar[draftCookie]
	key := visitor.finish()
	handle := s.Server().Handler
	for name, target := range map[string]string{"start": "/", "question": "/quiz/evening", "answers": "/quiz/answers", "results": "/r/" + key, "sums": "/r/" + key + "/sums", "what-if": "/r/" + key + "/what-if"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var c fasthttp.RequestCtx
			for b.Loop() {
				c.Request.Reset()
				c.Response.Reset()
				c.ResetUserValues()
				c.Request.Header.SetMethod("GET")
				c.Request.SetRequestURI("http://localhost" + target)
				c.Request.Header.SetCookie(draftCookie, draft)
				handle(&c)
				if c.Response.StatusCode() != 200 {
					b.Fatalf("%s: got %d", target, c.Response.StatusCode())
				}
			}
		})
	}
}
