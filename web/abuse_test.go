package web

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func (b *browser) toAnswers() {
	b.t.Helper()
	b.start()
	b.fill(saidIn(dashed(healthy)))
}

func TestAFormThatNoPersonSentIsAskedForAgain(t *testing.T) {
	s := newServer(t, func(o *Options) { o.Limit = 300 })
	b := s.browser()
	b.toAnswers()
	draft := b.jar[draftCookie]
	b.journey([]step{
		{"GET /quiz/answers", "200 hidden & no word answers.quick"},
		{"POST /quiz/finish", "422 word answers.quick & form /quiz/finish"},
	})
	s.now = s.now.Add(leastTime)
	b.journey([]step{
		{"POST /quiz/finish website=http://spam.example", "422 word answers.trap & form /quiz/finish & no spam.example & word answers.empty"},
	})
	if strings.Contains(b.page.body, `class="field" hidden`) {
		t.Error("the field that must be empty is not shown")
	}
	if b.jar[draftCookie] != draft {
		t.Error("the answers changed")
	}
	b.finish()
}

// TestPeopleWhoAreQuickPass is about those whom limits could hit by mistake.
func TestPeopleWhoAreQuickPass(t *testing.T) {
	s := newServer(t, func(o *Options) { o.Limit = 300 })
	// Somebody who does the check again as soon as they have seen the results.
	b := s.browser()
	b.toAnswers()
	s.now = s.now.Add(5 * time.Second)
	key := b.finish()
	b.post("/r/"+key+"/again", "agree=1&keep=1")
	b.follow()
	b.follow()
	b.fill(saidIn(dashed(healthy)))
	s.now = s.now.Add(leastTime)
	if b.finish() != key {
		t.Error("the second check is under another link")
	}
	// A clock that was put back, and a check that was started before clocks were kept.
	b.toAnswers()
	s.now = s.now.Add(-time.Hour)
	b.finish()
	s.now = s.now.Add(time.Hour + time.Minute) // more forms than one person sends, from here on
	b.toAnswers()
	b.jar[draftCookie] = strings.Replace(b.jar[draftCookie], "~c"+stamp(s.now), "~c", 1)
	b.finish()
}

func stamp(t time.Time) string { return strings.Trim((&draft{Started: t}).marks(), allMarks) }

// TestARoomThatFinishesTogetherPasses: 30 people behind one address, within a minute.
func TestARoomThatFinishesTogetherPasses(t *testing.T) {
	s := newServer(t, func(o *Options) { o.Limit = 300 })
	var room []*browser
	for range 61 {
		b := s.browser()
		b.toAnswers()
		s.now = s.now.Add(time.Minute)
		b.get("/quiz/answers")
		room = append(room, b)
	}
	for i, b := range room[:60] {
		if b.post("/quiz/finish", ""); b.page.status != http.StatusSeeOther {
			t.Fatalf("person %d: got %d", i+1, b.page.status)
		}
	}
	last := room[60]
	draft := last.jar[draftCookie]
	last.post("/quiz/finish", "")
	if last.page.status != http.StatusTooManyRequests || last.jar[draftCookie] != draft || !last.shows("word error.safe") || last.page.header.Get("Retry-After") == "" {
		t.Errorf("person 61: got %d, %s", last.page.status, last.page.text())
	}
	s.now = s.now.Add(time.Minute)
	last.get("/quiz/answers")
	last.finish()
}

func TestWiderNetworks(t *testing.T) {
	for client, want := range map[string]string{
		"2001:db8:1:2::/64": "2001:db8:1::/48", "2001:db8:1:ffff::/64": "2001:db8:1::/48", "203.0.113.7": "", "": "", "nonsense": "",
	} {
		if got := wider(client); got != want {
			t.Errorf("%s: got %q, want %q", client, got, want)
		}
	}
	s := newServer(t, func(o *Options) { o.Limit = 5 }) // one finish a minute, 8 from a wider network
	address := s.listen(t)
	for i := range 10 {
		want := "409" // there is no check to finish
		if i >= 8 {
			want = "429"
		}
		got := statusesIn(say(t, address, "POST /quiz/finish HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 2001:db8:1:"+itoa(i)+"::1\r\nContent-Length: 0\r\n\r\n"))
		if len(got) != 1 || got[0] != want {
			t.Errorf("network %d: got %v, want %s", i, got, want)
		}
	}
}
