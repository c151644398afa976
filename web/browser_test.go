package web

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/gofiber/fiber/v2"

	"gutskin/data"
)

var library = sync.OnceValues(func() (*data.Library, error) { return data.Load(data.Files) })

// server is an application over a real store, with all it logged.
type server struct {
	*fiber.App // what stands at the front
	check      *Server
	under      string // the path that the check stands under: browsers add it and take it off
	t          testing.TB
	store      Store
	now        time.Time
	log        *bytes.Buffer
	lock       sync.Mutex
}

// Write collects the log.
func (s *server) Write(p []byte) (int, error) {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.log.Write(p)
}

// newKey makes keys that a search of the log would find.
func newKey() string { return "KEYKEY" + rand.Text()[:20] }

func newServer(t testing.TB, change ...func(*Options)) *server {
	t.Helper()
	l, err := library()
	if err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, now: time.Date(2026, 6, 1, 9, 30, 0, 0, time.UTC), log: &bytes.Buffer{}}
	o := Options{
		Library: l, Now: func() time.Time { return s.now }, NewKey: newKey,
		Log: slog.New(slog.NewTextHandler(s, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, c := range change {
		c(&o)
	}
	if o.Store == nil {
		o.Store = openStore(t)
	}
	s.store = o.Store
	if s.check, err = New(o); err != nil {
		t.Fatal(err)
	}
	s.App = s.check.front
	return s
}

// browser keeps cookies, the page on screen and where it was sent last.
type browser struct {
	t    testing.TB
	app  *server
	jar  map[string]string
	page page
	send http.Header // extra headers of every request
}

type page struct {
	status   int
	location string
	header   http.Header
	cookies  []*http.Cookie
	body     string
}

func (s *server) browser() *browser {
	return &browser{t: s.t, app: s, jar: map[string]string{}, send: http.Header{}}
}

// tab is a second tab of the same browser: the same cookies, another page.
func (b *browser) tab() *browser {
	return &browser{t: b.t, app: b.app, jar: b.jar, send: b.send}
}

// request sends one request with the cookies, as they were when it was made.
func (b *browser) request(method, target, body string) *http.Request {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = "localhost"
	for name, value := range b.jar {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	for name, values := range b.send {
		r.Header[name] = values
	}
	return r
}

func (b *browser) do(r *http.Request) page {
	b.t.Helper()
	r.RequestURI = b.app.under + r.RequestURI
	response, err := b.app.Test(r, -1)
	if err != nil {
		b.t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	p := page{response.StatusCode, response.Header.Get("Location"), response.Header, response.Cookies(), string(body)}
	for _, c := range p.cookies {
		if c.Value == "" || (!c.Expires.IsZero() && c.Expires.Before(b.app.now)) {
			delete(b.jar, c.Name)
			continue
		}
		b.jar[c.Name] = c.Value
	}
	b.page = b.fromRoot(r, p)
	return b.page
}

func (b *browser) get(target string) page {
	b.t.Helper()
	return b.do(b.request(http.MethodGet, target, ""))
}

// post sends the form on screen with this address: its hidden fields and these.
func (b *browser) post(target, fields string) page {
	b.t.Helper()
	return b.do(b.request(http.MethodPost, target, b.form(target, fields)))
}

func (b *browser) form(target, fields string) string {
	form, err := url.ParseQuery(fields)
	if err != nil {
		b.t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.page.body))
	if err != nil {
		b.t.Fatal(err)
	}
	doc.Find(fmt.Sprintf("form[action=%q] input[type=hidden]", target)).Each(func(_ int, in *goquery.Selection) {
		name, value := in.AttrOr("name", ""), in.AttrOr("value", "")
		if !form.Has(name) {
			form.Set(name, value)
		}
	})
	return form.Encode()
}

func (b *browser) follow() page {
	b.t.Helper()
	if b.page.location == "" {
		b.t.Fatalf("nowhere to follow to: status %d\n%s", b.page.status, b.page.text())
	}
	return b.get(b.page.location)
}

// start agrees and arrives at the first question.
func (b *browser) start() {
	b.t.Helper()
	b.get("/quiz/consent")
	b.post("/quiz/consent", "agree=1")
	b.follow()
	b.follow()
	if b.page.status != http.StatusOK {
		b.t.Fatalf("the first question: status %d", b.page.status)
	}
}

var questionPage = regexp.MustCompile(`<form[^>]* action="(/quiz/[a-z-]+)"`)

// question is the address of the question on screen, or "".
func (p page) question() string {
	m := questionPage.FindStringSubmatch(p.body)
	if m == nil {
		return ""
	}
	switch m[1] {
	case "/quiz/finish", "/quiz/get-help", "/quiz/consent", "/quiz/restart":
		return ""
	}
	return m[1]
}

// text is the page without its markup.
func (p page) text() string {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(p.body))
	if err != nil {
		return p.body
	}
	return strings.Join(strings.Fields(doc.Find("body").Text()), " ")
}

// fill answers questions until another kind of page comes. What is not in said is
// skipped.
func (b *browser) fill(said map[string]string) {
	b.t.Helper()
	for range 60 {
		at := b.page.question()
		if at == "" {
			return
		}
		fields, ok := said[strings.TrimPrefix(at, "/quiz/")]
		if !ok {
			fields = "a=skip"
		}
		b.post(at, fields)
		if b.page.status != http.StatusSeeOther {
			b.t.Fatalf("POST %s %s: got %d, want 303\n%s", at, fields, b.page.status, b.page.text())
		}
		b.follow()
	}
	b.t.Fatal("the quiz does not end")
}

// finish sends the last form and opens the results.
func (b *browser) finish() (key string) {
	b.t.Helper()
	b.post("/quiz/finish", "")
	key, ok := strings.CutPrefix(b.page.location, "/r/")
	if b.page.status != http.StatusSeeOther || !ok {
		b.t.Fatalf("finish: got %d %s, want 303 /r/…\n%s", b.page.status, b.page.location, b.page.text())
	}
	b.follow()
	return key
}
