package web

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gutskin/data"
)

// siteWith is the built-in content with parts of site.yaml replaced, a pair for each.
func siteWith(t testing.TB, oldnew ...string) func(*Options) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, data.Files); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "site.yaml")
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(strings.NewReplacer(oldnew...).Replace(string(body))), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := data.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	return func(o *Options) { o.Library = l }
}

const framers = "https://ashley.example http://localhost:8000"

func framingServer(t testing.TB, change ...func(*Options)) *server {
	t.Helper()
	return newServer(t, append(change, siteWith(t, "embed: []", "embed: ["+strings.ReplaceAll(framers, " ", ", ")+"]"))...)
}

// inFrame makes a browser show what it opens in a frame of another site.
func inFrame(b *browser) *browser {
	b.send.Set("Sec-Fetch-Dest", "iframe")
	return b
}

func ancestors(p page) string {
	_, list, _ := strings.Cut(p.header.Get("Content-Security-Policy"), "frame-ancestors ")
	return list
}

// Only the quiz can be framed, and only by the sites that the owner named.
func TestWhatMayBeFramed(t *testing.T) {
	s := framingServer(t)
	b := s.browser()
	b.start()
	for path, want := range map[string]string{
		"/embed": framers, "/quiz": framers, "/quiz/consent": framers, "/quiz/age": framers, "/quiz/nowhere": framers, "/quiz/finished": framers,
		"/": "'none'", "/mine": "'none'", "/help": "'none'", "/privacy": "'none'", "/operator": "'none'", "/embed.js": "'none'", "/embedded": "'none'",
		"/quizzes": "'none'", "/r/" + newKey(): "'none'", "/r/" + newKey() + "/delete": "'none'", "/nowhere": "'none'", "//quiz": "'none'", "/QUIZ": "'none'",
	} {
		if got := ancestors(b.get(path)); got != want {
			t.Errorf("%s: frame-ancestors %s, want %s", path, got, want)
		}
	}
	plain := newServer(t).browser()
	for _, path := range []string{"/", "/quiz/consent", "/embed", "/embed.js"} {
		if got := ancestors(plain.get(path)); got != "'none'" {
			t.Errorf("no site is named, %s: frame-ancestors %s", path, got)
		}
		if framed := strings.HasPrefix(path, "/embed"); framed != (plain.page.status == http.StatusNotFound) {
			t.Errorf("no site is named, %s: status %d", path, plain.page.status)
		}
	}
}

// A whole check in a frame: its cookies are its own, no link leads on inside the frame but
// to the quiz, and the results are opened outside.
func TestCheckInAFrame(t *testing.T) {
	s := framingServer(t, func(o *Options) { o.BaseURL = "https://quiz.example" })
	b := inFrame(s.browser())
	outside := regexp.MustCompile(`^(#|/embed$|/quiz($|[/?]))`)
	look := func() {
		t.Helper()
		for _, c := range b.page.cookies {
			if !strings.HasPrefix(c.Name, "__Host-framed_") || !c.Partitioned || !c.Secure || !c.HttpOnly || c.SameSite != http.SameSiteNoneMode || c.Path != "/" {
				t.Errorf("the cookie %s is not one of a frame: %s", c.Name, c.Raw)
			}
		}
		if b.page.status != http.StatusOK {
			return
		}
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.page.body))
		if err != nil {
			t.Fatal(err)
		}
		doc.Find("a[href], form").Each(func(_ int, x *goquery.Selection) {
			to := x.AttrOr("href", x.AttrOr("action", ""))
			if blank := x.AttrOr("target", "") == "_blank"; blank == outside.MatchString(to) {
				t.Errorf("%s: %s opens in a new tab: %v", doc.Find("h1").Text(), to, blank)
			}
		})
		if got := doc.Find("html").AttrOr("data-framers", ""); got != framers {
			t.Errorf("the page may speak to %q", got)
		}
	}
	b.get("/embed")
	look()
	b.get("/quiz")
	look()
	b.follow()
	look()
	b.post("/quiz/consent", "agree=1")
	look()
	b.follow()
	b.follow()
	for range 60 {
		at := b.page.question()
		if at == "" {
			break
		}
		look()
		b.post(at, "a=skip")
		look()
		b.follow()
	}
	look()
	b.post("/quiz/finish", "")
	look()
	if b.page.location != "/quiz/finished" {
		t.Fatalf("finished: sent to %q", b.page.location)
	}
	b.follow()
	look()

	// The form that opens the results goes to a new tab: no cookie of the frame is there.
	body := b.form("/mine/take-over", "")
	form, err := url.ParseQuery(body)
	if err != nil || !isKey(form.Get("key")) {
		t.Fatalf("the form does not hold the key: %s", body)
	}
	tab := s.browser()
	tab.send.Set("Sec-Fetch-Dest", "document")
	tab.do(tab.request(http.MethodPost, "/mine/take-over", body))
	if want := "/r/" + form.Get("key"); tab.page.status != http.StatusSeeOther || tab.page.location != want {
		t.Fatalf("opened outside: %d %s, want 303 %s", tab.page.status, tab.page.location, want)
	}
	for _, c := range tab.page.cookies {
		if c.Partitioned || c.SameSite != http.SameSiteLaxMode {
			t.Errorf("outside a frame the cookie %s is loosened: %s", c.Name, c.Raw)
		}
	}
	if p := tab.follow(); p.status != http.StatusOK || !strings.Contains(p.text(), "Saved. This is your private page.") {
		t.Errorf("the results: %d %.200s", p.status, p.text())
	}
	if p := tab.get("/mine"); !strings.Contains(p.body, "/r/"+form.Get("key")) {
		t.Error("this device does not remember the link")
	}

	// Sent again, the last form says the same, and still shows no key in an address.
	b.do(b.request(http.MethodPost, "/quiz/finish", "attempt="+form.Get("attempt")))
	if b.page.location != "/quiz/finished" {
		t.Errorf("sent again: %q", b.page.location)
	}
	if p := tab.get("/quiz/finished"); p.location != "/r/"+form.Get("key") {
		t.Errorf("outside of a frame: %q", p.location)
	}
	if strings.Contains(s.log.String(), form.Get("key")) {
		t.Error("the key is in the log")
	}
}

// The script of a page in a frame says so where a form cannot.
func TestStepsInAFrame(t *testing.T) {
	s := framingServer(t)
	b := inFrame(s.browser())
	b.get("/embed")
	b.start()
	at := b.page.question()
	attempt := b.form(at, "")
	steps := `{"attempt":"` + strings.TrimPrefix(attempt, "attempt=") + `","steps":[{"at":"` + at + `","form":"a=a18_34"}]}`
	b.send.Set("Sec-Fetch-Dest", "empty")
	if p := b.do(b.request(http.MethodPost, "/quiz/steps?framed", steps)); p.status != http.StatusOK || len(p.cookies) != 1 || p.cookies[0].Name != "framed_draft" {
		t.Errorf("got %d and %v", p.status, p.cookies)
	}
	if p := b.do(b.request(http.MethodPost, "/quiz/steps", steps)); p.status != http.StatusConflict {
		t.Errorf("outside of the frame the draft of the frame is used: %d", p.status)
	}
	r := b.request(http.MethodPost, "/quiz/steps?framed", steps)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if p := b.do(r); p.status != http.StatusForbidden {
		t.Errorf("sent by another site: %d, want 403", p.status)
	}
}

func TestFormsOfOtherSitesInAFrame(t *testing.T) {
	b := inFrame(framingServer(t).browser())
	b.get("/embed")
	b.get("/quiz/consent")
	r := b.request(http.MethodPost, "/quiz/consent", "agree=1")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.Header.Set("Origin", "https://ashley.example")
	if p := b.do(r); p.status != http.StatusForbidden || len(p.cookies) > 0 {
		t.Errorf("a form of the site around is taken: %d %v", p.status, p.cookies)
	}
}

// Where a browser keeps no cookies in a frame, that is said before anything is asked, with
// a way on.
func TestFrameWithoutCookies(t *testing.T) {
	s := framingServer(t)
	b := inFrame(s.browser())
	b.get("/embed")
	b.jar = map[string]string{}
	for _, path := range []string{"/quiz", "/quiz/consent", "/quiz/age"} {
		p := b.get(path)
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(p.body))
		if err != nil {
			t.Fatal(err)
		}
		link := doc.Find("main a.btn")
		if p.status != http.StatusForbidden || link.AttrOr("href", "") != "/" || link.AttrOr("target", "") != "_blank" {
			t.Errorf("%s: %d %s", path, p.status, p.text())
		}
	}
	for dest, want := range map[string]int{"document": http.StatusSeeOther, "": http.StatusForbidden, "iframe": http.StatusOK} {
		b := s.browser()
		b.send.Set("Sec-Fetch-Dest", dest)
		if p := b.get("/embed"); p.status != want {
			t.Errorf("/embed for %q: %d, want %d", dest, p.status, want)
		}
	}
}

// Outside of frames nothing is different where the check may be framed.
func TestUnframedAsEver(t *testing.T) {
	b := framingServer(t).browser()
	b.send.Set("Sec-Fetch-Dest", "document")
	b.start()
	for _, c := range b.page.cookies {
		t.Errorf("a question sets the cookie %s", c.Name)
	}
	if strings.Contains(b.page.body, "data-framers") || strings.Contains(b.page.body, `target="_blank"`) {
		t.Error("a page outside of a frame is made for one")
	}
	if _, ok := b.jar["draft"]; !ok || len(b.jar) != 1 {
		t.Errorf("the cookies are %v", b.jar)
	}
	b.fill(nil)
	b.finish()
}

func TestTakeOver(t *testing.T) {
	s := framingServer(t)
	b := s.browser()
	for body, want := range map[string]int{
		"key=" + newKey() + "&attempt=" + newKey(): http.StatusNotFound,
		"key=short&attempt=" + newKey():            http.StatusNotFound,
		"key=" + newKey():                          http.StatusNotFound,
	} {
		if p := b.do(b.request(http.MethodPost, "/mine/take-over", body)); p.status != want || len(p.cookies) > 0 {
			t.Errorf("%s: %d %v, want %d", body, p.status, p.cookies, want)
		}
	}
	b.start()
	b.fill(nil)
	key := b.finish()
	view, err := s.store.Share(t.Context(), key, Share{Label: "look"})
	if err != nil {
		t.Fatal(err)
	}
	if p := b.do(b.request(http.MethodPost, "/mine/take-over", "key="+view+"&attempt="+newKey())); p.status != http.StatusForbidden {
		t.Errorf("a view-only link: %d, want 403", p.status)
	}
}

func TestEmbedScript(t *testing.T) {
	p := framingServer(t).browser().get("/embed.js")
	if p.status != http.StatusOK || len(p.body) > 1536 {
		t.Errorf("status %d, %d bytes, want 1536 at most", p.status, len(p.body))
	}
	for _, want := range []string{`["https://ashley.example","http://localhost:8000"].includes(location.origin)`, `"Gut & Skin Check"`} {
		if !strings.Contains(p.body, want) {
			t.Errorf("%s is not in %s", want, p.body)
		}
	}
	for name, want := range map[string]string{
		"Cross-Origin-Resource-Policy": "cross-origin", "Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "public, max-age=3600, stale-while-revalidate=86400",
	} {
		if got := p.header.Get(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
