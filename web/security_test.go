package web

import (
	"compress/gzip"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
)

func TestHeadersOnEveryRoute(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(healthy)))
	key := b.finish()
	b.start()
	for _, r := range s.GetRoutes(true) {
		target := strings.NewReplacer(":question", "age", ":key", key, ":advice", "keep_going", ":name", "none").Replace(r.Path)
		b.do(b.request(r.Method, target, ""))
		want := map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'none'; " +
				"form-action 'self'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types gutskin; frame-ancestors 'none'",
			"X-Content-Type-Options":       "nosniff",
			"Referrer-Policy":              "no-referrer",
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
		}
		if private(target) {
			want["Cache-Control"], want["X-Robots-Tag"] = "no-store", "noindex"
		}
		for name, value := range want {
			if got := b.page.header.Get(name); got != value {
				t.Errorf("%s %s: %s is %q, want %q", r.Method, r.Path, name, got, value)
			}
		}
		if b.page.status >= 500 || b.page.header.Get("Permissions-Policy") == "" {
			t.Errorf("%s %s: status %d, headers %v", r.Method, r.Path, b.page.status, b.page.header)
		}
	}
}

func TestContentPagesAreCachedAndSetNoCookie(t *testing.T) {
	s := newServer(t)
	for _, target := range []string{"/", "/how-scoring-works", "/privacy", "/accessibility", "/help", "/advice/collagen_decide"} {
		b := s.browser()
		b.jar[noticeCookie] = noticeSaved
		p := b.get(target)
		if p.status != http.StatusOK || p.header.Get("Cache-Control") != "public, max-age=300" || len(p.cookies) > 0 {
			t.Errorf("%s: got %d, %q and %d cookies", target, p.status, p.header.Get("Cache-Control"), len(p.cookies))
		}
		if strings.Contains(p.body, "noindex") {
			t.Errorf("%s is hidden from search engines", target)
		}
	}
}

func TestBodiesArePacked(t *testing.T) {
	s := newServer(t)
	asset := regexp.MustCompile(`/static/app\.[0-9a-f]+\.css`).FindString(s.browser().get("/").body)
	visitor := s.browser()
	visitor.start()
	for _, target := range []string{"/", asset, "/quiz/consent", visitor.page.question()} {
		plain := visitor.get(target).body
		for encoding, open := range map[string]func(io.Reader) (io.Reader, error){
			"br":   func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
			"gzip": func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		} {
			if target == "/quiz/consent" && encoding == "br" {
				continue // made for one visitor, while they wait
			}
			b := s.browser()
			b.jar = visitor.jar
			b.send.Set("Accept-Encoding", encoding)
			p := b.get(target)
			r, err := open(strings.NewReader(p.body))
			if err != nil {
				t.Fatalf("%s as %s: %v", target, encoding, err)
			}
			if got, err := io.ReadAll(r); err != nil || string(got) != plain || p.header.Get("Content-Encoding") != encoding {
				t.Errorf("%s as %s: got %q, %d bytes, %v; want the same page", target, encoding, p.header.Get("Content-Encoding"), len(got), err)
			}
			if !strings.Contains(p.header.Get("Vary"), "Accept-Encoding") {
				t.Errorf("%s: Vary is %q", target, p.header.Get("Vary"))
			}
		}
	}
	if got := s.browser().get(asset).header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("%s: Cache-Control %q", asset, got)
	}
	s.browser().journey([]step{{"GET /static/app.css", "404 "}, {"GET /static/none.css", "404 "}})
}

func TestCrossSiteForms(t *testing.T) {
	cases := []struct {
		name, site, origin, base string
		want                     int
	}{
		{"our own form", "same-origin", "http://localhost", "", 303},
		{"our own form, old browser that names no origin", "", "null", "", 303},
		{"our own form, old browser", "", "http://localhost", "", 303},
		{"our own form behind a proxy", "", "https://check.example.org", "https://check.example.org", 303},
		{"no browser", "", "", "", 303},
		{"another site", "cross-site", "https://evil.example", "", 403},
		{"another site, no origin", "cross-site", "null", "", 403},
		{"another site on the same domain", "same-site", "http://localhost:99", "", 403},
		{"another site, old browser", "", "https://evil.example", "", 403},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := newServer(t, func(o *Options) { o.BaseURL = c.base }).browser()
			r := b.request(http.MethodPost, "/quiz/consent", "agree=1")
			r.Header.Del("Sec-Fetch-Site")
			if c.site != "" {
				r.Header.Set("Sec-Fetch-Site", c.site)
			}
			if c.origin != "" {
				r.Header.Set("Origin", c.origin)
			}
			if b.do(r); b.page.status != c.want {
				t.Errorf("got %d, want %d", b.page.status, c.want)
			}
			if c.want == 403 && (len(b.jar) > 0 || !b.shows("word error.cross_site.title")) {
				t.Errorf("a refused form: cookies %v, page %s", b.jar, b.page.text())
			}
		})
	}
}

func TestCookiesAreBoundAndHidden(t *testing.T) {
	for base, want := range map[string]struct{ prefix, under string }{
		"": {}, "http://localhost:8080/": {}, "https://check.example.org": {"__Host-", ""},
		"http://localhost:8080/check": {"", "/check"}, "https://example.org/our/check/": {"__Secure-", "/our/check"},
	} {
		b := newServer(t, func(o *Options) { o.BaseURL = base }).browser()
		prefix := want.prefix
		b.get(want.under + "/quiz/consent")
		b.post(want.under+"/quiz/consent", "agree=1")
		if len(b.page.cookies) != 1 {
			t.Fatalf("got %d cookies, want 1", len(b.page.cookies))
		}
		c := b.page.cookies[0]
		if c.Name != prefix+"draft" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != want.under+"/" ||
			c.MaxAge != 7*24*60*60 || c.Secure != (prefix != "") {
			t.Errorf("with %q: got the cookie %s", base, c.Raw)
		}
		if b.follow().status != http.StatusSeeOther || b.page.location != want.under+"/quiz/age" {
			t.Errorf("with %q the draft is not read back", base)
		}
	}
}

// Browsers are told to use https only when the owner says so, and never over http.
func TestStrictTransport(t *testing.T) {
	const secure = "https://check.example.org"
	for _, c := range []struct {
		base  string
		hsts  int
		proto string
		want  string
	}{
		{"", 0, "", ""},
		{secure, 0, "https", ""},
		{secure, 31536000, "", "max-age=31536000"},
		{secure, 300, "https", "max-age=300"},
		{secure, 300, "http", ""},
	} {
		b := newServer(t, func(o *Options) {
			o.BaseURL, o.HSTS = c.base, c.hsts
			o.Trust = trusting(t, "0.0.0.0") // where the requests of tests come from
		}).browser()
		if c.proto != "" {
			b.send.Set("X-Forwarded-Proto", c.proto)
		}
		if got := b.get("/").header.Get("Strict-Transport-Security"); got != c.want {
			t.Errorf("%+v: got %q", c, got)
		}
	}
}

func TestOptionsThatCannotWork(t *testing.T) {
	l, err := library()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{
		{},
		{Library: l},
		{Library: l, Store: openStore(t), BaseURL: "check.example.org"},
		{Library: l, Store: openStore(t), BaseURL: "https://user@example.org"},
		{Library: l, Store: openStore(t), BaseURL: "https://example.org/?check"},
		{Library: l, Store: openStore(t), BaseURL: "https://example.org/a//b"},
		{Library: l, Store: openStore(t), BaseURL: "https://example.org/../check"},
		{Library: l, Store: openStore(t), BaseURL: "https://example.org/caf%C3%A9"},
		{Library: l, Store: openStore(t), BaseURL: "http://example.org", HSTS: 300},
		{Library: l, Store: openStore(t), HSTS: 300},
		{Library: l, Store: openStore(t), BaseURL: "https://example.org", HSTS: -1},
		{Library: l, Store: openStore(t), BaseURL: "ftp://example.org"},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("base %q: no error", o.BaseURL)
		}
	}
}
