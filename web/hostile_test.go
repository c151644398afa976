package web

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/valyala/fasthttp/fasthttputil"

	"gutskin/store"
)

func TestHostileForms(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	draft := b.jar[draftCookie]
	attempt := "attempt=" + regexp.MustCompile(`name="attempt" value="(\w+)"`).FindStringSubmatch(b.page.body)[1]
	cases := []struct {
		name, body, kind string
		want             int
	}{
		{"too many fields", attempt + strings.Repeat("&a=b", maxFields), "", 400},
		{"broken escapes", attempt + "&a=%zz", "", 400},
		{"bytes that are no text", attempt + "&a=%ff%fe", "", 400},
		{"another kind of form", "--x\r\n\r\n--x--", "multipart/form-data; boundary=x", 400},
		{"JSON", `{"a":"a65"}`, "application/json", 400},
		{"long answers", attempt + "&a=" + strings.Repeat("x", 60000), "", 422},
		{"markup", attempt + "&a=<script>alert(1)</script>", "", 422},
	}
	for _, c := range cases {
		r := b.request(http.MethodPost, "/quiz/age", c.body)
		if c.kind != "" {
			r.Header.Set("Content-Type", c.kind)
		}
		b.do(r)
		if b.page.status != c.want {
			t.Errorf("%s: got %d, want %d", c.name, b.page.status, c.want)
		}
		if strings.Contains(b.page.body, "<script>alert") {
			t.Errorf("%s: the page holds the markup", c.name)
		}
		if c.want != 422 && b.jar[draftCookie] != draft {
			t.Errorf("%s: the draft changed", c.name)
		}
		draft = b.jar[draftCookie]
	}
}

// TestTooLarge goes over a connection, because the server refuses before the
// application is asked.
func TestTooLarge(t *testing.T) {
	s := newServer(t)
	ln := fasthttputil.NewInmemoryListener()
	served := make(chan error, 1)
	go func() { served <- s.Listener(ln) }()
	t.Cleanup(func() {
		if err := errors.Join(s.Shutdown(), <-served); err != nil {
			t.Errorf("stop the server: %v", err)
		}
	})
	client := http.Client{Transport: &http.Transport{
		DialContext: func(context.Context, string, string) (net.Conn, error) { return ln.Dial() },
	}}
	b := s.browser()
	for want, r := range map[int]*http.Request{
		http.StatusRequestEntityTooLarge:       b.request(http.MethodPost, "/quiz/age", "a="+strings.Repeat("x", bodyLimit)),
		http.StatusRequestHeaderFieldsTooLarge: b.request(http.MethodGet, "/?"+strings.Repeat("x", 2*headerLimit), ""),
	} {
		r.RequestURI, r.URL.Scheme, r.URL.Host = "", "http", "localhost"
		response, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		response.Body.Close()
		b.page = page{body: string(body)}
		if response.StatusCode != want || !b.shows("word error.too_large.title") || response.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("got %d, want %d and a page with the usual headers\n%s", response.StatusCode, want, b.page.text())
		}
	}
}

func TestLimits(t *testing.T) {
	s := newServer(t, func(o *Options) { o.Limit = 5 })
	b := s.browser()
	for range 5 {
		b.get("/r/" + strings.Repeat("A", 26))
		b.get("/mine")
		b.post("/mine", "link=x")
	}
	for _, refused := range []func(){
		func() { b.get("/r/" + strings.Repeat("B", 26)) },
		func() { b.post("/mine", "link=x") },
	} {
		refused()
		if b.page.status != http.StatusTooManyRequests || b.page.header.Get("Retry-After") != "61" && b.page.header.Get("Retry-After") != "60" {
			t.Errorf("got %d, retry after %q; want 429 and a minute", b.page.status, b.page.header.Get("Retry-After"))
		}
		if !b.shows("word error.too_many.title") || !b.shows("word error.safe") {
			t.Errorf("the page says %s", b.page.text())
		}
	}
	b.journey([]step{{"GET /mine", "200 "}, {"GET /", "200 "}})
	s.now = s.now.Add(time.Minute)
	b.journey([]step{{"GET /r/" + strings.Repeat("B", 26), "404 "}, {"GET /mine", "200 "}, {"POST /mine link=x", "422 "}})
}

func TestStoreDown(t *testing.T) {
	db, err := store.Open(t.Context(), store.Options{URL: t.TempDir() + "/test.db"})
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t, func(o *Options) { o.Store = realStore{db} })
	b := s.browser()
	b.journey([]step{{"GET /readyz", "200 ready"}, {"GET /livez", "200 alive"}})
	b.start()
	b.fill(saidIn(dashed(healthy)))
	draft := b.jar[draftCookie]
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b.post("/quiz/finish", "")
	if b.page.status != http.StatusServiceUnavailable || b.page.header.Get("Retry-After") == "" || !b.shows("word error.safe") {
		t.Errorf("finishing: got %d, %q; want 503 and a page that says the answers are safe", b.page.status, b.page.text())
	}
	if b.jar[draftCookie] != draft {
		t.Error("the draft is gone")
	}
	b.get("/r/" + strings.Repeat("A", 26))
	if b.page.status < 500 || !b.shows("word error.safe") {
		t.Errorf("opening a link: got %d, %q", b.page.status, b.page.text())
	}
	b.journey([]step{
		{"GET /readyz", "503 "}, {"GET /livez", "200 "}, {"GET /", "200 "}, {"GET /quiz/answers", "200 form /quiz/finish"},
	})
}

// panickingStore is a bug that shows when a link is opened.
type panickingStore struct{ Store }

func (panickingStore) Read(context.Context, string) (Journal, error) { panic("a secret") }

func TestPanicBecomesThePage(t *testing.T) {
	s := newServer(t, func(o *Options) { o.Store = panickingStore{openStore(t)} })
	b := s.browser()
	b.get("/r/" + strings.Repeat("A", 26))
	if b.page.status != http.StatusInternalServerError || !b.shows("word error.server.title") {
		t.Errorf("got %d, %q; want the page for unexpected errors", b.page.status, b.page.text())
	}
	if strings.Contains(b.page.body+s.log.String(), "a secret") {
		t.Error("what was panicked with is told")
	}
	if b.page.header.Get("Cache-Control") != "no-store" {
		t.Error("the page may be cached")
	}
}

// TestLogsTellNothing walks through everything and looks for what must not be there.
func TestLogsTellNothing(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(worried + " " + tired)))
	key := b.finish()
	b.journey([]step{
		{"GET /mine", "200 "}, {"POST /mine link=" + key, "303 /r/" + key}, {"follow", "200 "},
		{"GET /quiz/age?secret=query", "303 /quiz/consent"},
		{"GET /r/" + key + "x?secret=query", "404 "},
		{"GET /nowhere/secret-path", "404 "},
		{"GET /r/" + key + "/delete", "200 "}, {"POST /r/" + key + "/delete", "200 "}, {"GET /r/" + key, "410 "},
	})
	log := s.log.String()
	for _, secret := range []string{key, "KEYKEY", "a18_34", "acne", "vegan", "secret", "Cookie", "draft", "query"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
	for _, line := range strings.Split(strings.TrimSpace(log), "\n") {
		if !regexp.MustCompile(`msg=request method=[A-Z]+ route=[a-z0-9/:-]+ status=\d+ duration=\S+ id=[A-Z0-9]{12}$`).MatchString(line) {
			t.Errorf("a line of the log: %s", line)
		}
	}
	if !strings.Contains(log, "route=/r/:key ") || !strings.Contains(log, "route=none") {
		t.Error("the log names no patterns")
	}
}
