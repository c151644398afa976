package web

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// finished is a browser that has just got results, and their key.
func finished(t *testing.T, s *server, said string) (b *browser, key string) {
	t.Helper()
	b = s.browser()
	b.start()
	b.fill(saidIn(dashed(said)))
	return b, b.finish()
}

// shareLink makes a view-only link by the form and returns its key.
func shareLink(t *testing.T, b *browser, key, fields string) string {
	t.Helper()
	known := regexp.MustCompile(`id="view-\d+"[^>]*value="http://localhost/r/(\w+)"`)
	before := len(known.FindAllString(b.get("/r/"+key+"/save").body, -1))
	b.journey([]step{{"POST /r/" + key + "/share " + fields, "303 /r/" + key + "/save"}, {"follow", "200 word notice.shared & href=\"#open\""}})
	links := known.FindAllStringSubmatch(b.page.body, -1)
	if len(links) != before+1 {
		t.Fatalf("%d view-only links are listed, want %d", len(links), before+1)
	}
	return links[before][1]
}

func TestViewOnlyLinkFromTheFormToItsEnd(t *testing.T) {
	st := openStore(t)
	s := newServer(t, func(o *Options) { o.Store = st })
	s.now = time.Now()
	b, key := finished(t, s, healthy)
	label := url.QueryEscape("for <my>  dietitian ")
	b.journey([]step{
		{"POST /r/" + key + "/share", "422 word save.share_unpicked & word error.prefix"},
		{"POST /r/" + key + "/share until=31&label=" + label, "422 value=\"for <my> dietitian\""},
		{"POST /r/" + key + "/share until=30&label=" + strings.Repeat("x", MaxLabel+1), "422 Shorten this & value=\"30\" checked"},
	})
	view := shareLink(t, b, key, "until=30&label="+label)
	last := s.now.UTC().AddDate(0, 0, 30)
	day := fmt.Sprintf("%d %s %d", last.Day(), last.Month(), last.Year())
	b.journey([]step{{"GET /r/" + key + "/save", "200 View-only link: for <my> dietitian & It opens until " + day}})

	guest := s.browser()
	advice := regexp.MustCompile(`/r/` + view + `/advice/\w+`).FindString(guest.get("/r/" + view).body)
	guest.journey([]step{
		{"POST /mine link=" + url.QueryEscape("See http://localhost/r/"+view+"/save#top."), "303 /r/" + view},
		{"follow", "200 It opens until " + day + " & no " + key + " & no <my> dietitian"},
		{"GET " + advice, "200 It opens until " + day},
		{"GET /mine", "200 no " + view},
	})
	// Every address of the site that belongs to the owner, whoever adds it.
	for _, r := range s.GetRoutes(true) {
		if !strings.HasPrefix(r.Path, "/r/:key") || openToView[r.Method+" "+r.Path] {
			continue
		}
		target := strings.NewReplacer(":key", view, ":advice", "none").Replace(r.Path)
		guest.do(guest.request(r.Method, target, "view="+view+"&new="+newKey()+"&until=30&email=ann@example.com"))
		if guest.page.status != http.StatusForbidden || r.Method != http.MethodHead && !guest.shows("word error.read_only.title") {
			t.Errorf("%s %s with a view-only link: got %d, want 403", r.Method, r.Path, guest.page.status)
		}
	}
	b.journey([]step{
		{"GET /r/" + key + "/save", "200"},
		{"POST /r/" + key + "/unshare view=" + view, "303 /r/" + key + "/save"},
		{"follow", "200 word notice.unshared & no " + view},
		{"POST /r/" + key + "/unshare view=" + view, "303 /r/" + key + "/save"},
		{"POST /r/" + key + "/unshare view=" + newKey(), "404"},
		{"POST /r/" + key + "/unshare view=nonsense", "400"},
	})
	guest.journey([]step{{"GET /r/" + view, "410 word error.gone.title"}, {"GET " + advice, "410"}})
}

// openToView are the addresses that a view-only link opens: results, what explains
// them, and what keeps nothing. Email is not there at all without a mail server.
var openToView = map[string]bool{
	"GET /r/:key": true, "HEAD /r/:key": true, "GET /r/:key/advice/:advice": true, "HEAD /r/:key/advice/:advice": true,
	"GET /r/:key/sums": true, "HEAD /r/:key/sums": true, "GET /r/:key/compare": true, "HEAD /r/:key/compare": true,
	"GET /r/:key/report/:n": true, "HEAD /r/:key/report/:n": true,
	"GET /r/:key/report/:n/advice/:advice": true, "HEAD /r/:key/report/:n/advice/:advice": true,
	"GET /r/:key/report/:n/sums": true, "HEAD /r/:key/report/:n/sums": true,
	"GET /r/:key/what-if": true, "HEAD /r/:key/what-if": true, "POST /r/:key/what-if": true,
	"POST /r/:key/email": true,
}

func TestAsManyViewOnlyLinksAsThereMayBe(t *testing.T) {
	s := newServer(t)
	b, key := finished(t, s, healthy)
	for range MaxShares {
		if _, err := s.store.Share(t.Context(), key, Share{}); err != nil {
			t.Fatal(err)
		}
	}
	b.journey([]step{
		{"POST /r/" + key + "/share until=0", "409 word error.shares.title & href=\"/r/" + key + "/save\""},
		{"GET /r/" + key + "/save", "200"},
	})
	if n := strings.Count(b.page.body, "name=\"view\""); n != MaxShares {
		t.Errorf("%d links can be switched off, want %d", n, MaxShares)
	}
}

func TestRenew(t *testing.T) {
	s := newServer(t)
	b, old := finished(t, s, healthy)
	view := shareLink(t, b, old, "until=0")
	b.journey([]step{{"GET /r/" + old + "/renew", "200 form /r/" + old + "/renew & 1 view-only link & word renew.text"}})
	form := b.form("/r/"+old+"/renew", "")
	key := strings.TrimPrefix(form, "new=")
	b.journey([]step{
		{"GET /r/" + old, "200"}, // to look changes nothing
		{"POST /r/" + old + "/renew new=" + key, "303 /r/" + key + "/save"},
		{"follow", "200 word notice.renewed & http://localhost/r/" + key + " & word save.remembered & " + view},
		{"GET /mine", "200 /r/" + key + " & no " + old},
		{"GET /r/" + old, "410 word error.gone.title"},
		{"GET /r/" + old + "/renew", "410"},
		{"GET /r/" + view, "200"},
		{"POST /r/" + old + "/renew new=" + key, "303 /r/" + key + "/save"}, // sent twice
		{"POST /r/" + old + "/renew new=" + newKey(), "410"},
		{"GET /r/" + key, "200"},
		{"POST /r/" + key + "/renew", "400"},
		{"POST /r/" + key + "/renew new=" + key, "400"},
		{"POST /r/" + key + "/renew new=" + view, "404"},
		{"GET /r/" + key, "200"},
	})
	other := s.browser() // does not remember the link, and goes on not doing so
	another := newKey()
	other.journey([]step{{"POST /r/" + key + "/renew new=" + another, "303 /r/" + another + "/save"}, {"GET /mine", "200 no " + another}})
	if strings.Contains(s.log.String(), "KEYKEY") {
		t.Error("the log holds a key")
	}
}

// Somebody who is half-way through the check again finishes it under the new link.
func TestRenewTakesTheCheckUnderWayAlong(t *testing.T) {
	s := newServer(t)
	b, old := finished(t, s, healthy)
	b.start()
	l, _ := library()
	d, ok := decodeDraft(l.Edition("").Quiz, b.jar[draftCookie])
	if !ok {
		t.Fatal("no quiz is under way")
	}
	d.Key = old
	b.jar[draftCookie] = d.encode()
	key := newKey()
	b.journey([]step{{"POST /r/" + old + "/renew new=" + key, "303 /r/" + key + "/save"}})
	if d, ok = decodeDraft(l.Edition("").Quiz, b.jar[draftCookie]); !ok || d.Key != key {
		t.Errorf("the quiz under way ends under %q, want %q", d.Key, key)
	}
}

// After "Forget", neither Back nor the history of this device shows the results.
func TestForgottenDeviceAsksFirst(t *testing.T) {
	s := newServer(t)
	b, key := finished(t, s, tired+" age=a35_64")
	advice := regexp.MustCompile(`/r/` + key + `/advice/\w+`).FindString(b.page.body)
	b.journey([]step{{"POST /mine/forget key=" + key, "303 /mine"}})
	for _, at := range []string{"/r/" + key, advice, "/r/" + key + "/save", "/r/" + key + "/delete", "/r/" + key + "/renew", "/r/" + key + "/nothing"} {
		b.journey([]step{{"GET " + at, "200 word forgotten.text & form /mine/reopen & no word about.skin"}})
		if got := b.page.header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control is %q", at, got)
		}
	}
	s.browser().journey([]step{{"GET /r/" + key, "200 word results.keep"}}) // another device opens them
	if mark := b.jar[forgottenCookie]; mark == "" || strings.Contains(key, mark) || strings.Contains(b.jar[mineCookie], mark) {
		t.Errorf("the mark is %q", mark)
	}
	b.journey([]step{
		{"GET /r/" + key, "200 form /mine/reopen"},
		{"POST /mine/reopen key=nonsense", "404"},
		{"POST /mine/reopen key=" + key, "303 /r/" + key},
		{"follow", "200 word results.keep"},
		{"GET /mine", "200 no form /mine/forget"}, // to open is not to remember
	})
	if _, left := b.jar[forgottenCookie]; left {
		t.Error("the cookie stays when nothing is forgotten")
	}
	b.journey([]step{{"POST /mine/forget key=" + key, "303 /mine"}, {"GET /r/" + key, "200 form /mine/reopen"}})
}

func TestMarksOfForgottenLinks(t *testing.T) {
	var f forgotten
	keys := make([]string, forgottenMost+1)
	for i := range keys {
		keys[i] = newKey()
		f = f.add(keys[i]).add(keys[i])
	}
	f = decodeForgotten(strings.Join(f, "."))
	if len(f) != forgottenMost || f.has(keys[0]) || !f.has(keys[1]) || !f.has(keys[forgottenMost]) {
		t.Errorf("%d marks are kept, want the newest %d", len(f), forgottenMost)
	}
	if f = f.without(keys[1]); f.has(keys[1]) || len(f) != forgottenMost-1 {
		t.Error("a mark is not taken off")
	}
	for _, value := range []string{"", "....", "nonsense", strings.Repeat("x", cookieLimit+1), "\x00"} {
		if got := decodeForgotten(value); len(got) != 0 {
			t.Errorf("%.20q: got %d marks", value, len(got))
		}
	}
}

func TestLimitTakesForAllOrNone(t *testing.T) {
	now := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	l := newLimit(2, time.Hour, func() time.Time { return now })
	take := func(want bool, clients ...string) {
		t.Helper()
		if wait, ok := l.take(clients...); ok != want || wait < 1 || wait > 3601 {
			t.Errorf("%v: got %t with %d seconds, want %t", clients, ok, wait, want)
		}
	}
	take(true, "a", "x")
	take(true, "a", "y")
	take(false, "a", "z")
	take(true, "b", "z") // the refusal did not count for z
	l.giveBack("a", "y")
	take(true, "a", "y")
	now = now.Add(59 * time.Minute)
	take(false, "a")
	now = now.Add(time.Minute)
	take(true, "a")
	now = now.Add(-24 * time.Hour) // a clock that was set back does not lock anybody out
	take(true, "a")
	take(true, "a")
}
