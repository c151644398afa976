package web

import (
	"maps"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// scanners are what opens links before people do.
var scanners = []http.Header{
	{},
	{"Sec-Purpose": {"prefetch;prerender"}, "Purpose": {"prefetch"}, "Sec-Fetch-Site": {"none"}},
	{"X-Moz": {"prefetch"}, "Sec-Fetch-Site": {"cross-site"}},
	{"User-Agent": {"Mozilla/5.0 (compatible; MailScanner/1.0)"}, "Accept": {"*/*"}, "Sec-Fetch-Site": {"cross-site"}, "Sec-Fetch-Dest": {"image"}},
}

func TestOpeningAnyAddressChangesNothing(t *testing.T) {
	s := newScene(t)
	before, jar := s.contents(), maps.Clone(s.owner.jar)
	seen := map[string]bool{}
	for _, route := range s.GetRoutes(true) {
		for _, query := range []string{"", "?remind=1&checkin=1&return=1&one=1&open=1&started=1", "?" + s.fields(route.Path)} {
			seen[s.target(route.Path)+query] = true
			seen[strings.ReplaceAll(s.target(route.Path)+query, s.key, s.view)] = true
		}
	}
	for target := range seen {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			for i, headers := range scanners {
				for _, b := range []*browser{s.browser(), {t: t, app: s.server, jar: maps.Clone(jar), send: http.Header{}}} {
					r := b.request(method, target, "")
					maps.Copy(r.Header, headers)
					sent := maps.Clone(b.jar)
					s.unchanged(t, method+" "+target+" as scanner "+itoa(i), before, sent, b.do(r))
				}
			}
		}
		if t.Failed() {
			return
		}
	}
}

// TestFollowingEveryLinkChangesNothing does what a mail scanner does with a link that
// it finds: it follows all links of all pages behind it.
func TestFollowingEveryLinkChangesNothing(t *testing.T) {
	s := newScene(t)
	before := s.contents()
	for _, start := range []string{"/", "/r/" + s.key, "/r/" + s.view} {
		for _, b := range []*browser{s.browser(), {t: t, app: s.server, jar: maps.Clone(s.owner.jar), send: http.Header{}}} {
			seen := s.crawl(b, start, func(target string, got page) {
				if got.status >= 500 {
					t.Errorf("%s: got %d", target, got.status)
				}
			})
			if start != "/" && seen < 10 {
				t.Errorf("from %s only %d pages were found", start, seen)
			}
		}
	}
	if after := s.contents(); after != before {
		t.Errorf("the store changed from\n%s\nto\n%s", before, after)
	}
}

// crawl follows links from one address on, 300 pages at most, and returns how many it
// opened. Advice and questions are many alike: of each kind of address 12 are enough.
func (s *scene) crawl(b *browser, start string, look func(target string, got page)) int {
	s.t.Helper()
	waiting, known, kinds := []string{start}, map[string]bool{start: true}, map[string]int{}
	opened := 0
	for len(waiting) > 0 && opened < 300 {
		target := waiting[0]
		waiting = waiting[1:]
		got := b.get(target)
		opened++
		look(target, got)
		links := []string{got.location}
		if doc, err := goquery.NewDocumentFromReader(strings.NewReader(got.body)); err == nil {
			doc.Find("[href], [src], [action]").Each(func(_ int, e *goquery.Selection) {
				links = append(links, e.AttrOr("href", e.AttrOr("src", e.AttrOr("action", ""))))
			})
		}
		for _, link := range links {
			link, _, _ = strings.Cut(link, "#")
			kind := link[:max(0, strings.LastIndexByte(link, '/'))]
			if !strings.HasPrefix(link, "/") || known[link] || kinds[kind] >= 12 {
				continue
			}
			known[link] = true
			kinds[kind]++
			waiting = append(waiting, link)
		}
	}
	return opened
}

func itoa(n int) string { return string(rune('0' + n)) }

// resultsShown is on every page that tells of a result.
var resultsShown = regexp.MustCompile(`id="scores"|class="score`)

func TestOnlyTheExactKeyOpensResults(t *testing.T) {
	s := newScene(t)
	if !resultsShown.MatchString(s.browser().get("/r/" + s.key).body) {
		t.Fatal("the link itself does not show results")
	}
	last := s.key[len(s.key)-1:]
	wrong := map[string]string{
		"lower case":           strings.ToLower(s.key),
		"one lower letter":     strings.ToLower(s.key[:1]) + s.key[1:],
		"one short":            s.key[:25],
		"one more":             s.key + "A",
		"padded":               s.key + "=",
		"padded for base 32":   s.key + "======",
		"a space before":       "%20" + s.key,
		"a space after":        s.key + "%20",
		"a plus after":         s.key + "+",
		"a line end after":     s.key + "%0A",
		"a null byte after":    s.key + "%00",
		"a null byte inside":   s.key[:13] + "%00" + s.key[13:],
		"no-width space":       s.key + "%E2%80%8B",
		"Kelvin sign for K":    "%E2%84%AA" + s.key[1:],
		"Cyrillic for K":       "%D0%9A" + s.key[1:],
		"full-width letters":   "%EF%BC%AB" + s.key[1:],
		"combining mark":       s.key + "%CC%81",
		"escaped twice":        "%254B" + s.key[1:],
		"overlong escape":      "%C1%8B" + s.key[1:],
		"a parameter":          s.key + ";v=1",
		"an encoded slash":     s.key + "%2F",
		"an encoded backslash": s.key + "%5C",
		"a backslash":          s.key + "%5Cx",
		"a wildcard":           s.key[:25] + "%25",
		"SQL":                  s.key[:25] + "'--",
		"an extension":         s.key + ".json",
		"the last letter off":  s.key[:25] + string("AB"[strings.Count(last, "A")]),
	}
	for name, key := range wrong {
		b := s.browser()
		got := b.get("/r/" + key)
		if got.status == http.StatusOK || resultsShown.MatchString(got.body) {
			// A slash and a backslash at the end are the same address, tidied up.
			if strings.HasPrefix(name, "an encoded") && got.status == http.StatusOK {
				continue
			}
			t.Errorf("%s: got %d and a page that shows results", name, got.status)
		}
		if got.status != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", name, got.status)
		}
	}
}

// paths are other ways to write the address of results. A server may tidy them up; then
// the page must be as private as under its own name.
func paths(key string) []string {
	escaped := ""
	for i := range len(key) {
		escaped += "%" + strings.ToUpper(string("0123456789abcdef"[key[i]>>4])+string("0123456789abcdef"[key[i]&15]))
	}
	return []string{
		"/r/" + key, "/r/" + key + "/", "//r/" + key, "/r//" + key, "/r/./" + key, "/r/x/../" + key, "/r/%2e/" + key, "/r/x/%2e%2e/" + key,
		"/privacy/../r/" + key, "/%72/" + key, "/r%2F" + key, "/r/" + escaped, "/r/" + key + "?x=1", "/r/" + key + "#x", "/r/" + key + "/%2e",
		"/R/" + key, "/r/" + key + "/.", "/r/" + key + "/save/..", "/static/../r/" + key, "/r/" + key + "/sums", "/r/" + key + "/report/1", "/r/" + key + "//sums",
	}
}

func TestEveryWayToAResultIsPrivate(t *testing.T) {
	s := newScene(t)
	shown := 0
	for _, target := range paths(s.key) {
		got := s.browser().get(target)
		if !strings.Contains(got.body, s.key) && !resultsShown.MatchString(got.body) {
			continue
		}
		shown++
		if got.header.Get("Cache-Control") != "no-store" || got.header.Get("X-Robots-Tag") != "noindex" || got.header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s shows results with the headers %v", target, got.header)
		}
	}
	if shown < 3 {
		t.Errorf("%d ways showed results, want the ordinary ones at least", shown)
	}
	forgetful := s.browser()
	forgetful.post("/mine/forget", "key="+s.key)
	for _, target := range paths(s.key) {
		if got := forgetful.get(target); resultsShown.MatchString(got.body) {
			t.Errorf("%s shows results on a device that forgot them", target)
		}
	}
	if strings.Contains(s.log.String(), s.key) {
		t.Error("the log holds the key")
	}
}

// TestLookUpsSpendTheSameWork argues that the time of an answer tells nothing of a key:
// the database compares look-up ids, which are hashes; so what an attacker can vary and
// what is compared have nothing to do with each other. Here it is held that keys which
// are right in all but the last letter get the very answer of those that are all wrong.
func TestLookUpsSpendTheSameWork(t *testing.T) {
	s := newScene(t)
	want := s.browser().get("/r/" + strings.Repeat("A", 26))
	for n := range len(s.key) {
		if s.key[n] == 'A' {
			continue
		}
		got := s.browser().get("/r/" + s.key[:n] + strings.Repeat("A", 26-n))
		if got.status != want.status || len(got.body) != len(want.body) {
			t.Errorf("%d letters right: got %d and %d bytes, want %d and %d", n, got.status, len(got.body), want.status, len(want.body))
		}
	}
}
