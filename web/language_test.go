package web

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"gutskin/data"
	"gutskin/data/pseudo"
)

// bilingual is the built-in content with the made-up language beside it.
var bilingual = sync.OnceValues(func() (*data.Library, error) {
	library, err := library()
	if err != nil {
		return nil, err
	}
	overlay, err := pseudo.Overlay(library)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "content")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // a folder left behind fails no test
	if err := os.CopyFS(dir, data.Files); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(pseudo.File)), overlay, 0o600); err != nil {
		return nil, err
	}
	return data.Load(os.DirFS(dir))
})

func newBilingual(t testing.TB, change ...func(*Options)) *server {
	t.Helper()
	l, err := bilingual()
	if err != nil {
		t.Fatalf("the made-up language has problems:\n%.2000s", err)
	}
	return newServer(t, append([]func(*Options){func(o *Options) { o.Library = l }}, change...)...)
}

func (p page) document(t testing.TB) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(p.body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

var latin = regexp.MustCompile(`[A-Za-z][A-Za-z' -]*`)

// untranslated is what a page still says in English. Citations, addresses, the names
// of cookies and of other languages are the same everywhere.
func untranslated(t testing.TB, p page) []string {
	doc := p.document(t)
	said := doc.Find("title").Text()
	doc.Find("[aria-label]").Each(func(_ int, e *goquery.Selection) { said += " " + e.AttrOr("aria-label", "") })
	doc.Find("[data-done]").Each(func(_ int, e *goquery.Selection) { said += " " + e.AttrOr("data-done", "") })
	body := doc.Find("body")
	body.Find(`script, .sources li, [lang=en], td:first-child code, tbody th:contains("draft"), tbody th:contains("mine"), tbody th:contains("notice"), tbody th:contains("lang"), tbody th:contains("forgotten"), tbody th:contains("operator")`).Remove()
	return latin.FindAllString(said+" "+body.Text(), -1)
}

// inPseudo checks that a page is wholly in the made-up language.
func inPseudo(t testing.TB, at string, p page) {
	t.Helper()
	root := p.document(t).Find("html")
	if lang, dir := root.AttrOr("lang", ""), root.AttrOr("dir", ""); lang != pseudo.Lang || dir != "rtl" {
		t.Errorf("%s: the page is %q %q, want %s rtl", at, lang, dir, pseudo.Lang)
	}
	if got := p.header.Get("Content-Language"); got != pseudo.Lang {
		t.Errorf("%s: Content-Language is %q", at, got)
	}
	if left := untranslated(t, p); len(left) > 0 {
		t.Errorf("%s: still in English: %q", at, left)
	}
	if strings.Contains(p.body, "%!") {
		t.Errorf("%s: something is put in wrongly: %.300s", at, p.body[strings.Index(p.body, "%!"):])
	}
}

// Four people go all the way in a language that nobody speaks, and never meet a word
// of another.
func TestWholeJourneyInAnotherLanguage(t *testing.T) {
	server := newBilingual(t)
	if english := untranslated(t, server.browser().get("/help")); len(english) < 50 {
		t.Fatalf("an English page has only these English words: %q", english)
	}
	for name, said := range map[string]string{
		"healthy": healthy, "tired": strings.Replace(worried, "food_feelings=ed", "food_feelings=fine", 1) + " " + tired,
		"careful": worried + " gut_flags=blood_stool,weight_loss conditions=hf skin=acne,eczema skin_detail=infected,severe drinks=n:1 sleep_hours=n:1",
		"unsafe":  unsafe,
	} {
		t.Run(name, func(t *testing.T) {
			b := server.browser()
			b.send.Set("Accept-Language", "ar-EG,ar;q=0.9,en;q=0.5")
			see := func(at string) { t.Helper(); inPseudo(t, at, b.page) }
			for _, at := range []string{"/", "/how-scoring-works", "/evidence", "/article", "/advice/plants_plus3", "/privacy", "/accessibility", "/help", "/mine", "/nowhere", "/quiz/consent"} {
				b.get(at)
				see(at)
			}
			b.post("/quiz/consent", "")
			see("consent not given")
			b.start()
			answers := saidIn(dashed(said))
			for range 60 {
				see(b.page.question())
				at := b.page.question()
				if at == "" {
					break
				}
				b.post(at, "a=nonsense")
				see(at + " with an error")
				b.post(at, "")
				see(at + " with a second error")
				fields, ok := answers[strings.TrimPrefix(at, "/quiz/")]
				if !ok {
					fields = "a=skip"
				}
				b.post(at, fields)
				if b.page.status != http.StatusSeeOther {
					t.Fatalf("POST %s %s: got %d\n%s", at, fields, b.page.status, b.page.text())
				}
				if b.follow(); strings.Contains(b.page.body, `action="/quiz/get-help"`) {
					see("get help")
					b.post("/quiz/get-help", "ok=1")
					b.follow()
				}
			}
			b.get("/quiz/answers")
			see("answers")
			key := b.finish()
			see("results")
			for _, page := range []string{"/save", "/renew", "/delete"} {
				b.get("/r/" + key + page)
				see(page)
			}
			b.get("/r/" + key + "/save")
			b.post("/r/"+key+"/share", "")
			see("a view-only link for nobody knows how long")
			b.post("/r/"+key+"/share", "until=0")
			b.follow()
			see("a view-only link")
			b.post("/mine/forget", "")
			b.get("/r/" + key)
			see("forgotten")
			b.post("/mine/reopen", "")
			b.follow()
			see("results, opened again")
			b.get("/r/" + key + "/sums")
			see("sums")
			if b.get("/r/" + key + "/what-if"); b.page.status == http.StatusOK {
				see("what-if")
				b.do(b.request("POST", "/r/"+key+"/what-if", "asked=unwind&unwind=d3_4&without=sleep_hours"))
				see("answers tried")
				b.do(b.request("POST", "/r/"+key+"/what-if", "asked=unwind&unwind=d3_4&unwind=d0"))
				see("answers that cannot be tried")
			}
			b.get("/r/" + key + "/delete")
			see("delete")
			b.get("/mine")
			see("saved")
			b.post("/mine", "link=x")
			see("a wrong link")
			b.post("/r/"+key+"/delete", "")
			see("deleted")
			b.get("/r/" + key)
			see("gone")
		})
	}
}

func TestUnderAgeInAnotherLanguage(t *testing.T) {
	b := newBilingual(t).browser()
	b.send.Set("Accept-Language", "ar")
	b.start()
	b.post("/quiz/age", "a=u18")
	b.follow()
	b.post("/quiz/urgent", "a=none")
	b.follow()
	inPseudo(t, "under 18", b.page)
}

func TestWhichLanguage(t *testing.T) {
	cases := []struct{ cookie, accept, want string }{
		{"", "", "en"},
		{"", "de", "en"},
		{"", "en-GB,en;q=0.9", "en"},
		{"", "ar", "ar-XB"},
		{"", "de;q=0.9,ar-EG;q=0.8", "ar-XB"},
		{"", "en;q=0.1,ar;q=0.9", "ar-XB"},
		{"", "*", "en"},
		{"", ";;;q=,", "en"},
		{"", strings.Repeat("a-", 3000), "en"},
		{"ar-XB", "en", "ar-XB"},
		{"en", "ar", "en"},
		{"de", "ar", "ar-XB"},
		{"../../etc", "", "en"},
	}
	server := newBilingual(t)
	for _, c := range cases {
		for _, at := range []string{"/", "/quiz/consent", "/nowhere"} {
			b := server.browser()
			if c.cookie != "" {
				b.jar["lang"] = c.cookie
			}
			b.send.Set("Accept-Language", c.accept)
			p := b.get(at)
			if got := p.document(t).Find("html").AttrOr("lang", ""); got != c.want || p.header.Get("Content-Language") != c.want {
				t.Errorf("%s with cookie %q and Accept-Language %.40q: got %s, Content-Language %s, want %s",
					at, c.cookie, c.accept, got, p.header.Get("Content-Language"), c.want)
			}
			for _, name := range []string{"Cookie", "Accept-Language"} {
				if !strings.Contains(p.header.Get("Vary"), name) {
					t.Errorf("%s: Vary is %q, without %s", at, p.header.Get("Vary"), name)
				}
			}
		}
	}
}

func TestOneLanguageIsNoChoice(t *testing.T) {
	b := newServer(t).browser()
	b.send.Set("Accept-Language", "ar")
	p := b.get("/privacy")
	if strings.Contains(p.body, "hreflang") || strings.Contains(p.header.Get("Vary"), "Accept-Language") || strings.Contains(p.text(), "The language you chose") {
		t.Errorf("a check in one language offers a choice: Vary %q", p.header.Get("Vary"))
	}
	p = b.get("/privacy?lang=ar-XB")
	if p.status != http.StatusSeeOther || p.location != "/privacy" || b.jar["lang"] != "" {
		t.Errorf("got %d %s with cookie %q", p.status, p.location, b.jar["lang"])
	}
}

// The switch keeps the page, the rest of its address and the answers.
func TestSwitchingLanguage(t *testing.T) {
	b := newBilingual(t).browser()
	b.start()
	b.post("/quiz/age", "a=a65")
	b.get("/quiz/age?return=1")
	link := b.page.document(t).Find(`header a[hreflang]`)
	if link.Length() != 1 || link.AttrOr("lang", "") != pseudo.Lang || link.AttrOr("dir", "") != "rtl" {
		t.Fatalf("the switch has %d links, the first in %q %q", link.Length(), link.AttrOr("lang", ""), link.AttrOr("dir", ""))
	}
	sent := b.post("/quiz/age", "")
	if got := sent.document(t).Find(`header a[hreflang]`).AttrOr("href", ""); sent.status != http.StatusUnprocessableEntity || got != "/quiz/age?return=1&lang=ar-XB" {
		t.Errorf("a form that came back: got %d, and the switch leads to %s", sent.status, got)
	}
	draft := b.jar["draft"]
	p := b.get(link.AttrOr("href", ""))
	if p.status != http.StatusSeeOther || p.location != "/quiz/age?return=1" {
		t.Fatalf("got %d to %s", p.status, p.location)
	}
	p = b.follow()
	if p.document(t).Find("html").AttrOr("lang", "") != pseudo.Lang || !strings.Contains(p.body, `value="a65" checked`) || b.jar["draft"] != draft {
		t.Error("the page, its language or the answers were not kept")
	}
	back := p.document(t).Find(`header a[hreflang]`)
	if back.Text() != "English" || back.AttrOr("href", "") != "/quiz/age?return=1&lang=en" {
		t.Errorf("the way back is %q to %q", back.Text(), back.AttrOr("href", ""))
	}
	b.get(back.AttrOr("href", ""))
	if got := b.follow().document(t).Find("html").AttrOr("lang", ""); got != "en" {
		t.Errorf("back in %q, want en", got)
	}
}

// An old result is read in the visitor's language where its content had it, and all
// in its source language where it had not.
func TestOldResultsAndLanguages(t *testing.T) {
	store := openStore(t)
	keep := func(o *Options) { o.Store = store }
	take := func(s *server) string {
		b := s.browser()
		b.start()
		b.fill(saidIn(dashed(healthy)))
		return b.finish()
	}
	before, both := take(newServer(t, keep)), take(newBilingual(t, keep))
	arab := newBilingual(t, keep).browser()
	arab.send.Set("Accept-Language", "ar")
	if arab.get("/r/" + both); arab.page.status != http.StatusOK {
		t.Fatal(arab.page.text())
	}
	inPseudo(t, "a result with its language", arab.page)
	p := arab.get("/r/" + before)
	root := p.document(t).Find("html")
	if root.AttrOr("lang", "") != "en" || root.AttrOr("dir", "") != "ltr" || p.header.Get("Content-Language") != "en" {
		t.Errorf("a result of a content in English only is shown in %s", root.AttrOr("lang", ""))
	}
	main := p.document(t).Find("main").Text()
	if foreign := regexp.MustCompile(`\p{Arabic}+`).FindString(main); foreign != "" {
		t.Errorf("an English result says %q", foreign)
	}
	one := newServer(t, keep).browser()
	if one.get("/r/" + both); one.page.document(t).Find("html").AttrOr("lang", "") != "en" {
		t.Error("a result outlives one of its languages, and must be shown in the source language then")
	}
}

// Whatever is asked for, the switch leads to this site.
func TestSwitchIsNoOpenRedirect(t *testing.T) {
	for _, path := range []string{"//evil.example", `/\evil.example`, `\\evil.example`, "///evil.example/x", "/\t/evil.example", "", "/\r\nSet-Cookie:a=b"} {
		if got := here(path, "a=b"); !ours(got) {
			t.Errorf("here(%q) = %q", path, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		path := rapid.StringMatching("[/\\\\\t\r\n .:@a-z?#%-]{0,12}").Draw(t, "path")
		if got := here(path, ""); !ours(got) {
			t.Fatalf("here(%q) = %q", path, got)
		}
	})
	b := newBilingual(t).browser()
	p := b.get("//evil.example/?lang=ar-XB")
	if p.status != http.StatusSeeOther || !ours(p.location) {
		t.Errorf("got %d to %q", p.status, p.location)
	}
}

// ours reports that a browser on our site stays there.
func ours(location string) bool {
	u, err := url.Parse(location)
	return strings.HasPrefix(location, "/") && (len(location) < 2 || location[1] != '/' && location[1] != '\\') &&
		!strings.ContainsAny(location, "\t\r\n") && (err != nil || u.Host == "" && u.Scheme == "")
}
