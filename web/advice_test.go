package web

import (
	"strings"
	"testing"
)

func TestAdviceForEveryone(t *testing.T) {
	s := newServer(t)
	for range 2 { // the second time from memory
		s.browser().journey([]step{
			{"GET /advice/collagen_decide", "200 word advice.everyone & word advice.not_if & no word advice.why_title & no noindex"},
		})
	}
	s.browser().journey([]step{
		{"GET /advice/made_up", "404 word error.not_found.title"},
		{"GET /advice/R19", "404 word error.not_found.title"},
		{"GET /advice", "404 word error.not_found.title"},
	})
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(unsafe)))
	b.journey([]step{{"GET /advice/collagen_decide", "200 word page.crisis"}})
	if got := b.page.header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("a page with the line of help: Cache-Control %q, want no-store", got)
	}
}

func TestAdviceOfAReport(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(tired)))
	key := b.finish()
	shown := report(t, s, key).Top[0].Key
	b.journey([]step{
		{"GET /r/" + key, "200 /r/" + key + "/advice/" + shown},
		{"GET /r/" + key + "/advice/" + shown, "200 word advice.why_title & word advice.sure & word advice.back & noindex"},
		{"GET /r/" + key + "/advice/stop_smoking", "404 word error.not_found.title"},
		{"GET /r/" + key + "/advice/made_up", "404 word error.not_found.title"},
		{"GET /r/" + aKey + "/advice/" + shown, "404 word error.not_found.title"},
		{"GET /r/" + key + "/delete", "200 form /r/" + key + "/delete"},
		{"POST /r/" + key + "/delete", "200 word deleted.title"},
		{"GET /r/" + key + "/advice/" + shown, "410 word error.gone.title"},
		{"GET /r/" + key + "/save", "410 word error.gone.title"},
	})
	if log := s.log.String(); strings.Contains(log, shown) || strings.Contains(log, key) {
		t.Error("the log tells which advice somebody read")
	}
}

// What a report holds has no page, whatever its address.
func TestHeldAdviceHasNoPage(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(strings.NewReplacer("medicines=none", "medicines=lithium_diuretic", "drinks=n:7", "drinks=n:2").Replace(healthy))))
	key := b.finish()
	b.journey([]step{
		{"GET /r/" + key, "200 no steady_sips"},
		{"GET /r/" + key + "/advice/steady_sips", "404 word error.not_found.title"},
	})
}

func TestAdviceOfAnOldReportReadsAsOnItsDay(t *testing.T) {
	st := openStore(t)
	old := edited(t, "advice/care.yaml", "title: Keep what works", "title: Hold on to what works")
	key := saveWith(t, old, st, healthy)
	newServer(t, func(o *Options) { o.Store = st }).browser().journey([]step{
		{"GET /r/" + key + "/advice/keep_going", "200 Hold on to what works & no Keep what works"},
		{"GET /advice/keep_going", "200 Keep what works"},
	})
}

func TestSavePage(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(healthy)))
	key := b.finish()
	b.journey([]step{
		{"GET /r/" + key + "/save", "200 http://localhost/r/" + key + " & form /mine/forget & word save.remembered"},
		{"POST /mine/forget", "303 /mine"},
		{"POST /mine/reopen key=" + key, "303 /r/" + key},
		{"GET /r/" + key + "/save", "200 no form /mine/forget & word save.not_remembered"},
		{"GET /r/" + aKey + "/save", "404 word error.not_found.title"},
	})
}

func TestStartPageWelcomesBack(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.journey([]step{
		{"GET /", "200 word start.start & no form /quiz/restart"}, // nothing is answered yet
		{"GET /quiz/age", "200 form /quiz/age"},
		{"POST /quiz/age a=a35_64", "303 /quiz/urgent"},
		{"GET /", "200 You have answered 1 question & href=\"/quiz/urgent\" & form /quiz/restart & no word start.start"},
	})
	if got := b.page.header.Get("Cache-Control"); got != "no-store" || !strings.Contains(b.page.header.Get("Vary"), "Cookie") {
		t.Errorf("a page of one visitor: Cache-Control %q, Vary %q", got, b.page.header.Get("Vary"))
	}
	b.journey([]step{
		{"POST /quiz/restart", "303 /quiz/consent"},
		{"GET /", "200 word start.start & no form /quiz/restart"},
	})
	b.start()
	b.fill(saidIn(dashed(healthy)))
	unfinished := b.jar[draftCookie]
	b.finish()
	b.jar[draftCookie] = unfinished // a browser that brings it back
	b.journey([]step{{"GET /", "200 word start.start & no form /quiz/restart"}})
}
