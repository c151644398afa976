package web

import (
	"strings"
	"testing"
)

// Pages that are the same for everyone can be cached, say what they are, and name
// their one address where the site knows its own.
func TestPublicPages(t *testing.T) {
	s := newServer(t, func(o *Options) { o.BaseURL = "https://check.example/" })
	unknown := newServer(t).browser()
	said := map[string]string{}
	for _, at := range []string{"/", "/how-scoring-works", "/evidence", "/article", "/help", "/privacy", "/accessibility", "/advice/plants_plus3", "/advice/stop_smoking"} {
		b := s.browser()
		b.get(at)
		doc := b.page.document(t)
		about := doc.Find("meta[name=description]").AttrOr("content", "")
		if other := said[about]; about == "" || other != "" {
			t.Errorf("%s is described as %q, like %q", at, about, other)
		}
		said[about] = at
		if got, want := doc.Find("link[rel=canonical]").AttrOr("href", ""), "https://check.example"+at; got != want {
			t.Errorf("%s: its one address is %q, want %q", at, got, want)
		}
		if got := b.page.header.Get("Cache-Control"); b.page.status != 200 || got != "public, max-age=300" {
			t.Errorf("%s: status %d, Cache-Control %q", at, b.page.status, got)
		}
		if shared := doc.Find("meta[property='og:title'], meta[property='og:description']").Length(); (at == "/") != (shared == 2) || at != "/" && shared > 0 {
			t.Errorf("%s: %d words for a shared link", at, shared)
		}
		if doc.Find("meta[name=robots]").Length() > 0 || b.page.header.Get("X-Robots-Tag") != "" {
			t.Errorf("%s is hidden from search engines", at)
		}
		if unknown.get(at); strings.Contains(unknown.page.body, "canonical") {
			t.Errorf("%s names its address, and the site does not know where it stands", at)
		}
	}
}

// Nothing is said to search engines about pages of one person, nor about pages that
// are not there.
func TestPrivatePagesSayNothing(t *testing.T) {
	s := newServer(t, func(o *Options) { o.BaseURL = "https://check.example" })
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(healthy)))
	key := b.finish()
	for _, at := range []string{"/quiz/consent", "/mine", "/nowhere", "/r/" + key, "/r/" + key + "/save", "/r/" + key + "/delete", "/r/" + aKey} {
		b.get(at)
		if doc := b.page.document(t); doc.Find("meta[name=description], link[rel=canonical], meta[property]").Length() > 0 {
			t.Errorf("%s says more about itself than it may", at)
		}
	}
}

// The icon is in the page, so the first view asks for the style sheet and the script
// only.
func TestFirstViewAsksForTwoFiles(t *testing.T) {
	b := newServer(t).browser()
	b.get("/")
	doc := b.page.document(t)
	if got := doc.Find("link[href^='/static/'], script[src], img").Length(); got != 2 {
		t.Errorf("the page asks for %d files, want 2", got)
	}
	icon := doc.Find("link[rel=icon]").AttrOr("href", "")
	if !strings.HasPrefix(icon, "data:image/svg+xml,%3Csvg") || len(icon) > 600 {
		t.Errorf("the icon is %d bytes: %.40s", len(icon), icon)
	}
	if !strings.Contains(b.page.header.Get("Content-Security-Policy"), "img-src 'self' data:") {
		t.Error("the security policy does not allow the icon")
	}
}

// The style guide is for developers, and only there while they develop.
func TestStyleguideIsForDevelopers(t *testing.T) {
	newServer(t).browser().journey([]step{{"GET /styleguide", "404 word error.not_found.title"}})
	t.Chdir("..") // templates are read from ./views
	dev := newServer(t, func(o *Options) { o.Dev = true }).browser()
	dev.journey([]step{{"GET /styleguide", "200 Every component in every state & noindex"}})
	if got := dev.page.header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control: got %q, want no-store", got)
	}
}

func TestSecurityContact(t *testing.T) {
	newServer(t).browser().journey([]step{{"GET /.well-known/security.txt", "404 "}})
	l := edited(t, "site.yaml", `security_contact: ""`, "security_contact: mailto:me@example.org")
	s := newServer(t, func(o *Options) { o.Library, o.BaseURL = l, "https://check.example.org" })
	got := s.browser().get("/.well-known/security.txt")
	want := "Contact: mailto:me@example.org\nExpires: 2026-11-28T00:00:00Z\nPreferred-Languages: en\nCanonical: https://check.example.org/.well-known/security.txt\n"
	if got.body != want || got.header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("got %q as %s, want %q", got.body, got.header.Get("Content-Type"), want)
	}
}
