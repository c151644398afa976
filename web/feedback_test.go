package web

import (
	"context"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gutskin/store"
)

// askingServer is a server that asks whether results were useful, over a store whose clock the
// test moves.
func askingServer(t *testing.T) (s *server, pass func(time.Duration)) {
	t.Helper()
	now := time.Date(2026, 6, 1, 9, 30, 0, 0, time.UTC)
	db, err := store.Open(t.Context(), store.Options{URL: filepath.Join(t.TempDir(), "test.db"), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	s = newServer(t, siteWith(t, "feedback: false", "feedback: true"), func(o *Options) { o.Store = realStore{db} })
	return s, func(d time.Duration) { now = now.Add(d) }
}

func (b *browser) results(said map[string]string) (key string) {
	b.t.Helper()
	b.start()
	b.fill(said)
	return b.finish()
}

// Somebody is asked once, whatever they say is kept without them, and thanks are said.
func TestFeedback(t *testing.T) {
	s, pass := askingServer(t)
	const words = "Clear and kind,\r\n really   clear."
	for i := range 10 {
		b := s.browser()
		key := b.results(nil)
		if !strings.Contains(b.page.body, `id="feedback"`) {
			t.Fatal("nobody is asked")
		}
		useful := []string{"yes", "partly", "no"}[i%3]
		b.post("/r/"+key+"/feedback", url.Values{"useful": {useful}, "words": {words}}.Encode())
		if b.page.status != http.StatusSeeOther || b.page.location != "/r/"+key {
			t.Fatalf("got %d %s", b.page.status, b.page.location)
		}
		b.follow()
		if p := b.page; !strings.Contains(p.text(), "Thank you. What you said is kept apart from your results.") || strings.Contains(p.body, `id="feedback"`) {
			t.Errorf("no thanks, or asked again: %.300s", p.text())
		}
		if p := b.get("/r/" + key); strings.Contains(p.body, `id="feedback"`) {
			t.Error("asked again later")
		}
		if i == 0 { // a second press counts nothing
			b.do(b.request(http.MethodPost, "/r/"+key+"/feedback", "useful=yes"))
		}
	}
	pass(48 * time.Hour)
	heard, err := s.store.ReadFeedback(t.Context())
	want := Feedback{Yes: 4, Partly: 3, No: 3, Words: slices.Repeat([]string{"Clear and kind, really clear."}, 10)}
	if err != nil || heard.Yes != want.Yes || heard.Partly != want.Partly || heard.No != want.No || !slices.Equal(heard.Words, want.Words) {
		t.Errorf("heard %+v (%v), want %+v", heard, err, want)
	}
	if strings.Contains(s.log.String(), "kind") || strings.Contains(s.log.String(), "KEYKEY") {
		t.Error("words or a key are in the log")
	}
}

// Nobody is asked, and nothing is taken, beside an urgent notice, without numbers, on a
// view-only link, or where the owner does not ask.
func TestWhoIsNotAsked(t *testing.T) {
	s, pass := askingServer(t)
	refused := func(name string, b *browser, key string, want int) {
		t.Helper()
		if strings.Contains(b.page.body, `id="feedback"`) {
			t.Errorf("%s: asked", name)
		}
		if p := b.do(b.request(http.MethodPost, "/r/"+key+"/feedback", "useful=yes")); p.status != want {
			t.Errorf("%s: %d, want %d", name, p.status, want)
		}
	}
	for name, said := range map[string]map[string]string{
		"an urgent notice": {"gut-flags": "a=blood_stool"},
		"a crisis":         {"urgent": "a=self_harm"},
	} {
		b := s.browser()
		b.start()
		b.fill(said)
		if strings.Contains(b.page.body, `action="/quiz/get-help"`) {
			b.post("/quiz/get-help", "ok=1")
			b.follow()
			b.fill(said)
		}
		refused(name, b, b.finish(), http.StatusNotFound)
	}
	b := s.browser()
	key := b.results(nil)
	for form, want := range map[string]int{"useful=": http.StatusBadRequest, "useful=perhaps": http.StatusBadRequest, "": http.StatusBadRequest} {
		if p := b.do(b.request(http.MethodPost, "/r/"+key+"/feedback", form)); p.status != want {
			t.Errorf("%q: %d, want %d", form, p.status, want)
		}
	}
	view, err := s.store.Share(t.Context(), key, Share{Label: "look"})
	if err != nil {
		t.Fatal(err)
	}
	other := s.browser()
	other.get("/r/" + view)
	refused("a view-only link", other, view, http.StatusForbidden)
	refused("no link", other, newKey(), http.StatusNotFound)

	plain := newServer(t).browser()
	refused("the owner does not ask", plain, plain.results(nil), http.StatusNotFound)

	pass(100 * time.Hour)
	if heard, err := s.store.ReadFeedback(context.Background()); err != nil || heard.Yes > 0 {
		t.Errorf("%+v was kept (%v)", heard, err)
	}
}

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "",
		" \r\n\t ":                      "",
		"a\x00b\u202ec":                 "a b c",
		"two\r\nlines":                  "two lines",
		"\xff\xfebad":                   "bad",
		strings.Repeat("ä", 301):        strings.Repeat("ä", 300),
		"<script>alert(1)</script> ok!": "<script>alert(1)</script> ok!",
	} {
		if got := sentence(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// The owner reads words as they are written, never as markup.
func TestFeedbackPage(t *testing.T) {
	s, pass := askingServer(t)
	for range 12 {
		if err := s.store.AddFeedback(t.Context(), "partly", "<script>alert(1)</script>"); err != nil {
			t.Fatal(err)
		}
	}
	s.setPassword(thePassword)
	b := s.browser()
	b.journey([]step{{"GET /operator/feedback", "303 /operator"}})
	b.signIn(thePassword)
	if p := b.get("/operator/feedback"); !strings.Contains(p.text(), "There is nothing to show yet.") {
		t.Errorf("before the batch: %s", p.text())
	}
	pass(48 * time.Hour)
	p := b.get("/operator/feedback")
	if text := p.text(); !strings.Contains(text, "Partly12 Nofewer than 10") || !strings.Contains(text, "<script>alert(1)</script>") || strings.Contains(p.body, "<script>alert") {
		t.Errorf("got %s", p.text())
	}
}
