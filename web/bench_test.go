package web

import (
	"bufio"
	"crypto/rand"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/valyala/fasthttp"
)

// busy has as many ideas as most people get.
const busy = "age=a18_34 urgent=none gut_flags=none conditions=none medicines=none pregnancy=no eating_pattern=vegan food_feelings=fine " +
	"plants=p10_19 fruitveg=fv2 wholegrain=daily fermented=never prebiotic=d0 upf=daily sugar=daily " + tired

// Whole requests as browsers send them, from the parsed request to the finished
// response.
func BenchmarkRequests(b *testing.B) {
	s := newServer(b, func(o *Options) {
		o.Log, o.Metrics = slog.New(slog.NewTextHandler(io.Discard, nil)), prometheus.NewRegistry()
	})
	visitor, said := s.browser(), saidIn(dashed(busy))
	visitor.start()
	answer := func() string { return said[strings.TrimPrefix(visitor.page.question(), "/quiz/")] }
	for range len(said) / 2 {
		visitor.post(visitor.page.question(), answer())
		visitor.follow()
	}
	half, due := visitor.jar[draftCookie], visitor.page.question()
	form := visitor.form(due, answer())
	visitor.fill(said)
	full := visitor.jar[draftCookie]
	results := "/r/" + visitor.finish()
	for _, bench := range []struct {
		name, method, target, draft, form string
		want                              int
	}{
		{"start", "GET", "/", "", "", 200},
		{"question", "GET", due, half, "", 200},
		{"answering", "POST", due, half, form, 303},
		{"answers", "GET", "/quiz/answers", full, "", 200},
		{"results", "GET", results, "", "", 200},
		{"sums", "GET", results + "/sums", "", "", 200},
		{"what-if", "GET", results + "/what-if", "", "", 200},
		{"finishing", "POST", "/quiz/finish", full, "attempt=", 303},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			handle := s.Server().Handler
			var c fasthttp.RequestCtx
			in := bufio.NewReader(nil)
			for b.Loop() {
				draft, form := bench.draft, bench.form
				if bench.name == "finishing" { // somebody new each time
					parts := strings.SplitN(draft, "~", 4)
					attempt := rand.Text()
					draft, form = strings.Join([]string{parts[0], attempt, rand.Text(), parts[3]}, "~"), form+attempt
				}
				in.Reset(strings.NewReader(asSent(bench.method, bench.target, draft, form)))
				c.Response.Reset()
				c.ResetUserValues()
				if err := c.Request.Read(in); err != nil {
					b.Fatal(err)
				}
				handle(&c)
				if c.Response.StatusCode() != bench.want {
					b.Fatalf("%s: got %d, want %d", bench.target, c.Response.StatusCode(), bench.want)
				}
			}
		})
	}
}

// asSent is a request as a browser writes it.
func asSent(method, target, draft, form string) string {
	head := method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"
	if draft != "" {
		head += "Cookie: " + draftCookie + "=" + draft + "\r\n"
	}
	if form != "" {
		head += "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + strconv.Itoa(len(form)) + "\r\n"
	}
	return head + "\r\n" + form
}

// BenchmarkUnambiguous is what every request pays for strict, with the headers that a
// browser sends.
func BenchmarkUnambiguous(b *testing.B) {
	const head = "GET /quiz/urgent HTTP/1.1\r\nHost: check.example.org\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n" +
		"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Language: en-GB,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n" +
		"Cookie: draft=2~AAAAAAAAAAAAAAAAAAAAAAAAAA~AAAAAAAAAAAAAAAAAAAAAAAAAA~c~~~age:a65\r\nSec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Site: same-origin\r\n\r\n"
	var h fasthttp.RequestHeader
	if err := h.Read(bufio.NewReader(strings.NewReader(head))); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if !unambiguous(&h) {
			b.Fatal("an ordinary request is refused")
		}
	}
}
