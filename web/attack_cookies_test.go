package web

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestOldDraftsAreHarmless sends drafts again that were finished, deleted or never ours.
func TestOldDraftsAreHarmless(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.toAnswers()
	old := b.jar[draftCookie]
	finish := b.form("/quiz/finish", "")
	key := b.finish()
	replay := func(jar map[string]string, want int, to string) {
		t.Helper()
		other := &browser{t: t, app: s, jar: maps.Clone(jar), send: http.Header{}}
		other.jar[draftCookie] = old
		if got := other.do(other.request(http.MethodPost, "/quiz/finish", finish)); got.status != want || got.location != to {
			t.Errorf("got %d %s, want %d %s", got.status, got.location, want, to)
		}
	}
	entries := func() int {
		t.Helper()
		journal, err := s.store.Read(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		return len(journal.Entries)
	}
	replay(b.jar, http.StatusSeeOther, "/r/"+key)
	replay(map[string]string{}, http.StatusSeeOther, "/r/"+key) // another device
	if n := entries(); n != 1 {
		t.Errorf("the draft sent again left %d reports, want 1", n)
	}
	b.get("/r/" + key + "/save")
	b.post("/r/"+key+"/share", "until=0")
	journal, err := s.store.Read(t.Context(), key)
	if err != nil || len(journal.Shares) != 1 {
		t.Fatalf("no link to share: %v", err)
	}
	view := journal.Shares[0].Key
	stolen := strings.ReplaceAll(old, "~"+key+"~", "~"+view+"~")
	other := s.browser()
	other.jar[draftCookie] = stolen
	if got := other.do(other.request(http.MethodPost, "/quiz/finish", finish)); got.status != http.StatusForbidden || entries() != 1 {
		t.Errorf("a draft that ends under a view-only link: got %d and %d reports", got.status, entries())
	}
	b.post("/r/"+key+"/delete", "")
	replay(map[string]string{}, http.StatusGone, "")
	if got := s.browser().get("/r/" + key); got.status != http.StatusGone {
		t.Errorf("a draft sent again brought back what was deleted: got %d", got.status)
	}
}

// TestADraftOfAnotherEdition was begun before the content changed: what it says is read by
// the questions of today, and the report is one of today.
func TestADraftOfAnotherEdition(t *testing.T) {
	b := newServer(t).browser()
	b.toAnswers()
	finish := "attempt=" + strings.Split(b.jar[draftCookie], betweenParts)[partAttempt]
	l := edited(t, "site.yaml", "brand: Gut & Skin Check", "brand: Another")
	s := newServer(t, func(o *Options) { o.Library = l })
	today := s.browser()
	today.jar[draftCookie] = strings.ReplaceAll(b.jar[draftCookie], "~evening:none", "~evening:retired")
	today.journey([]step{
		{"GET /quiz/answers", "200 Some questions are still open"},
		{"POST /quiz/finish " + finish, "303 /quiz/evening"},
	})
	today.jar[draftCookie] = b.jar[draftCookie]
	today.get("/quiz/answers")
	if key := today.finish(); newest(t, s, key).Edition != l.Hash() {
		t.Error("the report is not of the edition that answered")
	}
}

// TestTamperedCookies changes, cuts, doubles and mixes up the cookies of a device. Whatever
// comes of it is a page or a way to one, and never what the cookies said word for word.
func TestTamperedCookies(t *testing.T) {
	s := newScene(t)
	before := s.contents()
	names := []string{draftCookie, mineCookie, forgottenCookie, noticeCookie, langCookie}
	rapid.Check(t, func(rt *rapid.T) {
		b := &browser{t: t, app: s.server, jar: maps.Clone(s.owner.jar), send: http.Header{}}
		for range rapid.IntRange(1, 4).Draw(rt, "changes") {
			name := rapid.SampledFrom(names).Draw(rt, "cookie")
			value := []byte(b.jar[rapid.SampledFrom(names).Draw(rt, "from")])
			switch at := rapid.IntRange(0, max(0, len(value)-1)).Draw(rt, "at"); rapid.IntRange(0, 4).Draw(rt, "how") {
			case 0:
				value = value[:min(at, len(value))]
			case 1:
				if len(value) > 0 {
					value[at] = rapid.SampledFrom([]byte("AZaz09~+:=.-_<>'&%")).Draw(rt, "letter")
				}
			case 2:
				value = append(value, value...)
			case 3:
				value = []byte(strings.Repeat(string(value), 20))[:min(6000, 20*len(value))]
			default:
				value = rapid.SliceOfN(rapid.ByteRange('!', '~'), 0, 40).Draw(rt, "bytes")
			}
			b.jar[name] = strings.NewReplacer(";", "", ",", "", `"`, "", `\`, "").Replace(string(value))
		}
		for _, target := range []string{"/", "/quiz", "/quiz/answers", "/quiz/urgent", "/mine", "/r/" + s.key, "/r/" + s.key + "/again"} {
			tried := &browser{t: t, app: s.server, jar: maps.Clone(b.jar), send: http.Header{}}
			if got := tried.get(target); got.status >= 500 || len(foreign(got.body)) > 0 {
				rt.Fatalf("%s with %v: got %d\n%s", target, b.jar, got.status, got.text())
			}
		}
	})
	if after := s.contents(); after != before {
		t.Error("the store changed")
	}
}
