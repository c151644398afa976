package web

import (
	"maps"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// evil is a host that must never come back in an answer.
const evil = "evil.example"

// forged are headers that name another host, another path or another visitor. Browsers
// send none of them; caches and proxies may pass them on.
var forged = http.Header{
	"X-Forwarded-Host":   {evil},
	"X-Forwarded-Server": {evil},
	"X-Forwarded-Scheme": {"nothttps"},
	"X-Forwarded-Proto":  {"javascript://" + evil},
	"X-Forwarded-Port":   {"6666"},
	"X-Forwarded-Prefix": {"//" + evil},
	"X-Forwarded-Path":   {"//" + evil},
	"X-Original-Url":     {"//" + evil + "/"},
	"X-Rewrite-Url":      {"//" + evil + "/"},
	"X-Original-Host":    {evil},
	"X-Host":             {evil},
	"X-Http-Host":        {evil},
	"Forwarded":          {"for=1.2.3.4;host=" + evil + ";proto=https"},
	"Referer":            {"https://" + evil + "/x"},
	"User-Agent":         {evil + `"><script>alert(1)</script>`},
	"X-Request-Id":       {evil},
	"X-Wap-Profile":      {"http://" + evil + "/p.xml"},
	"True-Client-Ip":     {evil},
	"Accept":             {"text/" + evil},
	"Range":              {"bytes=0-1"},
}

// ownWay is where the pages of a site may send somebody: one of its own addresses.
var ownWay = regexp.MustCompile(`^/([^/\\\s][^\\\s]*)?$`)

func TestNoRequestSendsAnybodyElsewhere(t *testing.T) {
	for _, base := range []string{"", "https://check.example.org"} {
		s := newScene(t, func(o *Options) { o.BaseURL = base })
		found := 0
		for _, route := range s.GetRoutes(true) {
			if ends(route.Path) {
				continue
			}
			for _, change := range []func(string) string{
				func(path string) string { return path },
				func(path string) string { return "//" + evil + path },
				func(path string) string { return path + "?lang=en" },
				func(path string) string { return "//" + evil + "/..//" + evil + path + "?lang=en&to=//" + evil },
				func(path string) string { return "/%5C" + evil + path + "?lang=de&return=//" + evil },
				func(path string) string { return "/%2F" + evil + "/%2e%2e?lang=en" },
				func(path string) string { return path + "?lang=en%0d%0aLocation:%20//" + evil },
			} {
				r := s.form(route.Method, route.Path)
				target, err := url.ParseRequestURI(change(s.target(route.Path)))
				if err != nil {
					t.Fatal(err)
				}
				r.URL, r.RequestURI = target, change(s.target(route.Path))
				maps.Copy(r.Header, forged)
				r.Header.Set("Sec-Fetch-Site", "same-origin")
				got := (&browser{t: t, app: s.server, jar: maps.Clone(s.owner.jar)}).do(r)
				if got.location == "" {
					continue
				}
				found++
				if !ownWay.MatchString(got.location) {
					t.Errorf("%s %s leads to %q", route.Method, r.RequestURI, got.location)
				}
			}
		}
		if found < 40 {
			t.Errorf("only %d redirects were seen", found)
		}
	}
}

func TestForgedHeadersChangeNoPage(t *testing.T) {
	for _, base := range []string{"", "https://check.example.org"} {
		newScene(t, func(o *Options) { o.BaseURL = base }).forge(t)
	}
}

func (s *scene) forge(t *testing.T) {
	t.Helper()
	for _, route := range s.patterns(reading) {
		plain := (&browser{t: t, app: s.server, jar: maps.Clone(s.owner.jar), send: http.Header{}}).get(s.target(route.Path))
		for name, values := range forged {
			b := &browser{t: t, app: s.server, jar: maps.Clone(s.owner.jar), send: http.Header{name: values}}
			got := b.get(s.target(route.Path))
			if got.status != plain.status || masked(got.body) != masked(plain.body) {
				t.Errorf("%s with %s: got %d and another page, want %d and the same", route.Path, name, got.status, plain.status)
			}
			for header, values := range got.header {
				if strings.Contains(strings.Join(values, " "), evil) {
					t.Errorf("%s with %s: it comes back in %s", route.Path, name, header)
				}
			}
		}
	}
}

// masked takes out what is new on each page: the key of a new link.
func masked(body string) string {
	return regexp.MustCompile(`KEYKEY[A-Z2-7]{20}`).ReplaceAllString(body, "KEY")
}

// TestAHostThatIsNotOursReachesNoSharedPage: without a public address, links on pages of
// one person are built from the host that the browser asked for. Nothing that a cache
// may keep, and no message, is.
func TestAHostThatIsNotOursReachesNoSharedPage(t *testing.T) {
	for _, base := range []string{"", "https://check.example.org"} {
		s := newScene(t, func(o *Options) { o.BaseURL = base })
		for _, route := range s.patterns(reading) {
			r := s.owner.request(http.MethodGet, s.target(route.Path), "")
			r.Host = evil
			got := (&browser{t: t, app: s.server, jar: map[string]string{}}).do(r)
			if !strings.Contains(got.body+got.location, evil) {
				continue
			}
			if base != "" || got.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s with the base %q shows the host that was asked for", route.Path, base)
			}
		}
	}
}

func TestNoInputBecomesAHeader(t *testing.T) {
	s := newScene(t)
	const inject = "x%0d%0aX-Injected:%20yes%0d%0a%0d%0a<script>"
	raw, err := url.QueryUnescape(inject)
	if err != nil {
		t.Fatal(err)
	}
	for _, route := range s.GetRoutes(true) {
		target := s.target(route.Path)
		for _, r := range []*http.Request{
			s.owner.request(route.Method, target+"?lang="+inject+"&return="+inject, s.fields(route.Path)),
			s.owner.request(route.Method, target+"/"+inject, s.fields(route.Path)),
			s.owner.request(route.Method, target, "key="+inject+"&attempt="+inject+"&label="+inject+"&until=30&link="+inject+"&new="+inject+"&plan="+inject),
		} {
			for _, name := range []string{draftCookie, mineCookie, forgottenCookie, noticeCookie, langCookie} {
				r.Header.Add("Cookie", name+"="+strings.ReplaceAll(raw, "\r\n", "\u560d\u560a"))
			}
			got := (&browser{t: t, app: s.server, jar: map[string]string{}}).do(r)
			if got.header.Get("X-Injected") != "" {
				t.Errorf("%s %s: the answer was split: %v", route.Method, r.URL, got.header)
			}
		}
	}
}

// TestEveryAnswerSaysWhatItIs: a browser that guesses could take a text for a page, or
// an error for a script.
func TestEveryAnswerSaysWhatItIs(t *testing.T) {
	s := newScene(t)
	kinds := map[string]bool{
		"text/html": true, "text/plain": true, "application/json": true, "text/csv": true, "text/calendar": true,
		"text/css": true, "text/javascript": true, "image/svg+xml": true, "image/png": true, "application/problem+json": true,
	}
	shots := []string{"/static/app.js", "/static/x.js", "/r/x.js", "/quiz/x.css", "/nothing.js", "/r/" + s.key + "/data.json/x.js"}
	for _, route := range s.patterns(reading) {
		shots = append(shots, s.target(route.Path))
	}
	for _, target := range shots {
		got := s.browser().get(target)
		kind, with, err := mime.ParseMediaType(got.header.Get("Content-Type"))
		switch {
		case got.header.Get("X-Content-Type-Options") != "nosniff":
			t.Errorf("%s: browsers may guess what it is", target)
		case got.body == "":
		case err != nil || !kinds[kind]:
			t.Errorf("%s: the kind is %q", target, got.header.Get("Content-Type"))
		case strings.HasPrefix(kind, "text/") && !strings.EqualFold(with["charset"], "utf-8"):
			t.Errorf("%s: the kind %q says no alphabet", target, got.header.Get("Content-Type"))
		case kind != "text/html" && strings.Contains(got.body, "<html"):
			t.Errorf("%s: a page that is called %s", target, kind)
		}
		if got.status == http.StatusOK && kind != "text/html" && private(target) {
			if !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment;") {
				t.Errorf("%s: it opens in the browser instead of being saved", target)
			}
		}
	}
}

// TestPolicyHasNoHole reads the policy of every answer instead of comparing it whole.
func TestPolicyHasNoHole(t *testing.T) {
	s := newScene(t)
	for _, route := range s.patterns(func(method string) bool { return method != fiber.MethodHead }) {
		got := (&browser{t: t, app: s.server, jar: map[string]string{}}).do(s.owner.request(route.Method, s.target(route.Path), ""))
		policy := map[string]string{}
		for part := range strings.SplitSeq(got.header.Get("Content-Security-Policy"), ";") {
			name, value, _ := strings.Cut(strings.TrimSpace(part), " ")
			policy[name] = value
		}
		for name, want := range map[string]string{
			"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "base-uri": "'none'", "form-action": "'self'",
			"require-trusted-types-for": "'script'", "trusted-types": "gutskin",
		} {
			if policy[name] != want {
				t.Errorf("%s %s: %s is %q, want %q", route.Method, route.Path, name, policy[name], want)
			}
		}
		for name, value := range policy {
			for _, hole := range []string{"unsafe", "*", "http:", "https:", "blob:", "data:"} {
				if strings.Contains(value, hole) && (name != "img-src" || hole != "data:") {
					t.Errorf("%s %s: %s allows %s", route.Method, route.Path, name, hole)
				}
			}
		}
		if _, ok := policy["frame-ancestors"]; !ok {
			t.Errorf("%s %s: anybody may put it in a frame", route.Method, route.Path)
		}
	}
}
