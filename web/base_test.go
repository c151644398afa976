package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gutskin/views"
)

// newServerUnder is a server whose browsers add a path to every address, and take it
// off again. An address of ours that lacks it fails the test.
func newServerUnder(t testing.TB, path string, change ...func(*Options)) *server {
	t.Helper()
	s := newServer(t, append([]func(*Options){func(o *Options) { o.BaseURL = "http://localhost" + path }}, change...)...)
	s.under = path
	return s
}

// rooted is an address in a page or in JSON that begins at the root of the host.
var rooted = regexp.MustCompile(`["'(]/[^>/ %][^"'()\\]*`)

// fromRoot checks that everything in a response stays under the path of the server, and
// returns the page as it is where the check stands at the root.
func (b *browser) fromRoot(r *http.Request, p page) page {
	b.t.Helper()
	under := b.app.under
	if under == "" || strings.HasPrefix(r.RequestURI, under+"/static/") {
		return p
	}
	for _, c := range p.cookies {
		if c.Path != under+"/" {
			b.t.Errorf("%s: the cookie %s is for %q", r.RequestURI, c.Name, c.Path)
		}
	}
	for _, at := range append(rooted.FindAllString(p.body, -1), `"`+p.location) {
		if at = at[1:]; at != "/" && at != "" && !strings.HasPrefix(at, under+"/") {
			b.t.Errorf("%s holds or leads to %q", r.RequestURI, at)
		}
	}
	p.location = strings.TrimPrefix(p.location, under)
	for _, open := range []string{`"`, `'`} {
		p.body = strings.ReplaceAll(p.body, open+under+"/", open+"/")
	}
	return p
}

// links are the addresses of ours on a page that a browser fetches.
func (p page) links(t testing.TB) (all []string) {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(p.body))
	if err != nil {
		t.Fatal(err)
	}
	doc.Find("[href], [src], form[method=get]").Each(func(_ int, s *goquery.Selection) {
		to := s.AttrOr("href", s.AttrOr("src", s.AttrOr("action", "")))
		to, _, _ = strings.Cut(to, "#")
		if strings.HasPrefix(to, "/") {
			all = append(all, to)
		}
	})
	return all
}

// A whole life with the check, under a path: every page that can be reached is opened,
// every form that is sent leads on, and all of it stays there.
func TestUnderABasePath(t *testing.T) {
	p := newPost(t, "", false, false)
	s := newServerUnder(t, "/our/check", func(o *Options) { o.Mail = newMailer(t, "smtp://"+p.address) })
	b, key := withPlan(t, s, eager(), "R39")
	home := "/r/" + key
	b.journey([]step{
		{"POST " + home + "/check-in " + asking("drinks=n:6 plants=p30"), "303 " + home + "/check-in/result"},
		{"GET " + home + "/save", "200 form " + home + "/email & value=\"http://localhost/our/check" + home + "\""},
		{"POST " + home + "/email email=ann@example.com", "303 " + home + "/save"},
		{"POST " + home + "/share label=me&until=0", "303 " + home + "/save"},
		{"POST " + home + "/plan/ticks day=2026-06-01&had=&t=", "303 " + home + "/plan"},
		{"POST " + home + "/what-if", "200 form " + home + "/what-if"},
		{"POST /mine link=http://localhost/our/check" + home, "303 " + home},
		{"GET " + home + "/renew", "200 form " + home + "/renew"},
	})
	b.again(key, "agree=1&keep=1", eager())
	seen := b.crawl("/", home)
	for _, want := range []string{
		"/", "/help", "/mine", "/article", "/advice/plants_plus3", "/quiz", home, home + "/report/1", home + "/compare",
		home + "/plan", home + "/plan/choose", home + "/plan/remove", home + "/plan.ics", home + "/save", home + "/renew",
		home + "/data", home + "/data.json", home + "/data.csv", home + "/delete", home + "/what-if", home + "/check-in", home + "/sums",
	} {
		if !slices.ContainsFunc(seen, func(at string) bool { return at == want }) {
			t.Errorf("no page leads to %s", want)
		}
	}
	calendar := b.get(home + "/plan.ics?checkin=1&link=1").body
	if !strings.Contains(unfold(calendar), "http://localhost/our/check"+home+"/check-in") {
		t.Errorf("the calendar does not lead back:\n%s", calendar)
	}
	letters := p.letters()
	if len(letters) != 1 || !strings.Contains(string(letters[0].body), "\nhttp://localhost/our/check"+home) {
		t.Errorf("the message does not hold the link: %v", letters)
	}
	for at, want := range map[string]string{
		"/robots.txt": "Disallow: /our/check/quiz/\n", "/": `rel="canonical" href="http://localhost/our/check/"`,
		"/evidence": `rel="canonical" href="http://localhost/our/check/evidence"`,
	} {
		if got := s.browser().get(at).body; !strings.Contains(got, want) {
			t.Errorf("%s lacks %s:\n%s", at, want, got)
		}
	}
	b.journey([]step{
		{"POST /mine/forget key=" + key, "303 /mine"}, {"GET " + home, "200 form /mine/reopen"}, {"POST /mine/reopen key=" + key, "303 " + home},
		{"POST " + home + "/plan/remove", "303 " + home}, {"POST " + home + "/delete", "200 "}, {"GET " + home, "410 "},
	})
}

// crawl opens every page that can be reached by links, and returns their addresses.
func (b *browser) crawl(from ...string) []string {
	b.t.Helper()
	for i := 0; i < len(from); i++ {
		if len(from) > 2000 {
			b.t.Fatalf("there is no end of pages: %q", from[1990:])
		}
		p := b.get(from[i])
		if p.status >= 400 {
			b.t.Errorf("a page leads to %s, which answers %d", from[i], p.status)
		}
		next := p.location
		if strings.HasPrefix(p.header.Get("Content-Type"), "text/html") {
			for _, to := range append(p.links(b.t), next) {
				if to != "" && !slices.Contains(from, to) {
					from = append(from, to)
				}
			}
		}
	}
	return from
}

// The script is told whole addresses, sends them back, and asks for the next steps
// beside the question.
func TestScriptUnderABasePath(t *testing.T) {
	s := newServerUnder(t, "/our/check")
	b := s.browser()
	b.start()
	script := regexp.MustCompile(`id="ahead"[^>]*>(.*)</script>`).FindStringSubmatch(b.page.body)
	if script == nil {
		t.Fatal("the page carries no pages that follow")
	}
	var ahead outlook
	if err := json.Unmarshal([]byte(script[1]), &ahead); err != nil || len(ahead.Steps) == 0 {
		t.Fatalf("what follows cannot be read: %v", err)
	}
	if got := ahead.Steps[0]; got.At != "/quiz/urgent" || got.Back != "/quiz/age" {
		t.Errorf("the next step is at %s, back to %s", got.At, got.Back)
	}
	kept := b.sendSteps([]stepSent{
		{At: "/our/check/quiz/age", Form: url.Values{"a": {"a35_64"}}.Encode()},
		{At: "/our/check/quiz/urgent", Form: url.Values{"a": {"none"}}.Encode()},
	})
	if d, _ := decodeDraft(s.quiz(), b.jar[draftCookie]); len(d.Answers) != 2 || kept.To != "/quiz/gut-flags" {
		t.Errorf("kept %v, and leads to %s", d.Answers, kept.To)
	}
	app, _ := views.Assets().Find(strings.TrimPrefix(views.Assets().Path("app.js"), "/static/"))
	if rooted := regexp.MustCompile(`(fetch|assign)\(["'/]*/`).Find(app.Plain); rooted != nil {
		t.Errorf("the script asks at the root of the host: %s", rooted)
	}
}
