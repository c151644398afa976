package web

import (
	"encoding/json"
	"maps"
	"net/http"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"gutskin/store"
)

// What the page about privacy says is held against what the program does.

// listed reads the rows of a table of the page: the first cell, and the last.
func (p page) listed(t testing.TB, head string) map[string]string {
	t.Helper()
	rows := map[string]string{}
	p.document(t).Find("table").FilterFunction(func(_ int, table *goquery.Selection) bool {
		return strings.Contains(table.Find("thead").Text(), head)
	}).Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
		cells := row.Children()
		rows[strings.TrimSpace(cells.First().Text())] = strings.TrimSpace(cells.Last().Text())
	})
	return rows
}

// lifetime reads "7 days, or until …".
func lifetime(t testing.TB, words string) time.Duration {
	t.Helper()
	m := regexp.MustCompile(`^(\d+) (minute|day|month)s?\b`).FindStringSubmatch(words)
	if m == nil {
		t.Fatalf("no lifetime: %q", words)
	}
	n, err := time.ParseDuration(m[1] + "m")
	if err != nil {
		t.Fatal(err)
	}
	day := 24 * 60 * n
	return map[string]time.Duration{"minute": n, "day": day, "month": 365 * day / 12}[m[2]]
}

func TestCookiesAreThoseThatThePageLists(t *testing.T) {
	for _, base := range []string{"", "https://check.example.org"} {
		s := newScene(t, func(o *Options) { o.BaseURL = base })
		s.setPassword(thePassword)
		rows := s.browser().get("/privacy").listed(t, "How long")
		if len(rows) != 5 {
			t.Fatalf("the page lists %v", rows)
		}
		set := map[string]bool{}
		look := func(what string, got page) {
			for _, c := range got.cookies {
				words, known := rows[c.Name]
				if !known {
					t.Fatalf("%s sets %s, which the page does not list", what, c.Raw)
				}
				from := http.SameSiteLaxMode
				if strings.HasSuffix(c.Name, operatorCookie) && c.Value != "" {
					from = http.SameSiteStrictMode
				}
				if strings.HasPrefix(c.Name, "__Host-") != (base != "") || !c.HttpOnly || c.SameSite != from || c.Path != "/" ||
					c.Domain != "" || c.Secure != (base != "") || len(c.Raw) > 4096 {
					t.Errorf("%s sets %s", what, c.Raw)
				}
				if c.Value == "" {
					continue
				}
				set[c.Name] = true
				if got := time.Duration(c.MaxAge) * time.Second; got != lifetime(t, words) {
					t.Errorf("%s sets %s for %v, and the page says %q", what, c.Name, got, words)
				}
			}
		}
		for _, route := range s.GetRoutes(true) {
			if ends(route.Path) {
				continue
			}
			r := s.form(route.Method, route.Path)
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			look(route.Method+" "+route.Path, (&browser{t: t, app: s.server, jar: maps.Clone(s.owner.jar)}).do(r))
		}
		s.owner.fill(saidIn(dashed(healthy)))
		look("the last form", s.owner.post("/quiz/finish", ""))
		look("a renewed link", s.owner.post("/r/"+s.key+"/renew", "new="+strings.Repeat("N", 26)))
		look("a deletion", s.owner.post("/r/"+strings.Repeat("N", 26)+"/delete", ""))
		if got, want := slices.Sorted(maps.Keys(set)), slices.Sorted(maps.Keys(rows)); !slices.Equal(got, want) {
			t.Errorf("with %q the cookies %v were set, and the page lists %v", base, got, want)
		}
	}
}

func TestLanguageCookieIsListed(t *testing.T) {
	s := newBilingual(t)
	p := s.browser().get("/privacy?lang=en")
	if len(p.cookies) != 1 || p.cookies[0].Name != langCookie {
		t.Fatalf("choosing a language sets %v", p.cookies)
	}
	b := s.browser()
	if rows := b.get("/privacy").listed(t, "How long"); lifetime(t, rows[langCookie]) != time.Duration(p.cookies[0].MaxAge)*time.Second {
		t.Errorf("the page lists %v", rows)
	}
}

func TestTablesAreThoseThatThePageLists(t *testing.T) {
	db, err := store.Open(t.Context(), store.Options{URL: filepath.Join(t.TempDir(), "test.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	want, err := db.Tables(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Sorted(maps.Keys(newServer(t).browser().get("/privacy").listed(t, "Table")))
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the page lists the tables %v, and the database has %v: list each in views/privacy.go, with its words", got, want)
	}
}

func TestKeepingTimeIsThatOfTheSite(t *testing.T) {
	l := edited(t, "site.yaml", "keep_months: 12", "keep_months: 7")
	p := newServer(t, func(o *Options) { o.Library = l }).browser().get("/privacy")
	if text := p.text(); !strings.Contains(text, "for 7 months") || strings.Contains(text, "for 12 months") {
		t.Errorf("the page says %s", text)
	}
}

// TestExportHoldsAllThatIsKept fails for a new part of what is kept until the export has
// it, or until it is named here with the reason why not.
func TestExportHoldsAllThatIsKept(t *testing.T) {
	exported := map[string][]string{
		"Journal": {"Entries", "KeptUntil", "Shares", "Notes", "ViewOnly"}, // ViewOnly is about the link that asks
		"Saved":   {"Payload", "Edition", "TakenAt", "Attempt", "Counts"},  // Attempt is chance and means nothing; Counts go into totals, and are not kept here
		"Share":   {"Label", "Until", "Made", "Key"},                       // Key opens the results: the page to share shows it
	}
	for _, v := range []any{Journal{}, Saved{}, Share{}} {
		kind := reflect.TypeOf(v)
		for i := range kind.NumField() {
			if name := kind.Field(i).Name; !slices.Contains(exported[kind.Name()], name) {
				t.Errorf("%s.%s is kept: export it", kind.Name(), name)
			}
		}
	}
	s := newScene(t)
	retake(t, s.server, s.key, healthy)
	journal, err := s.store.Read(t.Context(), s.key)
	if err != nil {
		t.Fatal(err)
	}
	var got download
	if err := json.Unmarshal([]byte(s.owner.get("/r/"+s.key+"/data.json").body), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Reports) != len(journal.Entries) || len(got.Links) != len(journal.Shares) || len(journal.Notes) != 1 {
		t.Fatalf("exported %d reports and %d links of %+v", len(got.Reports), len(got.Links), journal)
	}
	same := func(what string, exported, kept []byte) {
		t.Helper()
		var a, b any
		if json.Unmarshal(exported, &a) != nil || json.Unmarshal(kept, &b) != nil || !reflect.DeepEqual(a, b) {
			t.Errorf("%s: exported %s, kept %s", what, exported, kept)
		}
	}
	for i, entry := range journal.Entries {
		same("a report", got.Reports[i], entry.Payload)
		for _, part := range []string{entry.Edition, entry.TakenAt.Format("2006-01-02T15:04:05")} {
			if !strings.Contains(string(got.Reports[i]), part) {
				t.Errorf("a report lacks %s", part)
			}
		}
	}
	same("the plan", got.Plan, journal.Notes[NotePlan])
	for i, share := range journal.Shares {
		if want := (downloadedLink{share.Label, share.Made.Format(time.DateOnly), share.Until.Format(time.DateOnly)}); got.Links[i] != want {
			t.Errorf("a link: exported %+v, kept %+v", got.Links[i], want)
		}
	}
	if got.KeptUntil != journal.KeptUntil.Format(time.DateOnly) {
		t.Errorf("kept until %s, exported %s", journal.KeptUntil, got.KeptUntil)
	}
}

// TestTakingConsentBackDeletesAtOnce: before the end it is a cookie that goes, after it
// everything under the link.
func TestTakingConsentBackDeletesAtOnce(t *testing.T) {
	s := newScene(t)
	s.owner.post("/quiz/restart", "")
	if _, still := s.owner.jar[draftCookie]; still {
		t.Error("answers given so far are still on the device")
	}
	s.owner.post("/r/"+s.key+"/delete", "")
	for _, key := range []string{s.key, s.view} {
		journal, err := s.store.Read(t.Context(), key)
		if err == nil || len(journal.Entries)+len(journal.Notes)+len(journal.Shares) > 0 {
			t.Errorf("after deleting, %s opens %+v, %v", key, journal, err)
		}
		if got := s.browser().get("/r/" + key); got.status != http.StatusGone {
			t.Errorf("after deleting, %s gives %d", key, got.status)
		}
	}
	if strings.Contains(s.owner.jar[mineCookie], s.key) || s.owner.get("/mine").status != http.StatusOK || strings.Contains(s.owner.page.body, s.key) {
		t.Error("the device still lists the link")
	}
}
