package web

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
)

// The attack tests walk the site map itself, so that an address that is added later is
// attacked as well. What they attack is a scene: a journal with all that can be in it,
// and a device that holds all that it can.

// scene is a site on which somebody has results, a plan, a view-only link and a check
// under way, and remembers or forgot other links.
type scene struct {
	*server
	owner     *browser
	key, view string   // the private and the view-only link
	idea      string   // of the plan
	plan      string   // its name
	attempt   string   // the check under way
	keys      []string // of the journals whose contents are compared
}

func newScene(t testing.TB, change ...func(*Options)) *scene {
	t.Helper()
	s := &scene{server: newServer(t, change...)}
	s.now = time.Now().UTC() // as the store has it
	b, key, ideas := finishedWith(t, s.server, eager())
	s.owner, s.key, s.idea, s.keys = b, key, ideas[0], []string{key}
	b.post("/r/"+key+"/plan", planFields(s.day(0), s.idea).Encode())
	b.post("/r/"+key+"/share", "until=30&label=for+you")
	journal, err := s.store.Read(t.Context(), key)
	if err != nil || len(journal.Shares) != 1 || len(journal.Notes[NotePlan]) == 0 {
		t.Fatalf("the scene is not set: %+v, %v", journal, err)
	}
	s.view, s.plan = journal.Shares[0].Key, kept(t, s.server, key).ID
	b.post("/mine/forget", "key="+strings.Repeat("F", 26))
	b.start()
	b.post("/quiz/age", "a=a35_64")
	b.follow()
	draft := b.jar[draftCookie] + b.jar["__Host-"+draftCookie]
	s.attempt = strings.Split(draft, betweenParts)[partAttempt]
	return s
}

// day is a date some days ahead.
func (s *scene) day(ahead int) string { return s.now.AddDate(0, 0, ahead).Format(time.DateOnly) }

// GetRoutes is the site map that is served.
func (s *server) GetRoutes(onlyOurs bool) []fiber.Route {
	return s.check.serving.Load().app.GetRoutes(onlyOurs)
}

// target is an address of the route with this pattern.
func (s *scene) target(pattern string) string {
	known := map[string]string{":key": s.key, ":question": "urgent", ":section": "gut", ":advice": s.idea, ":n": "1", ":name": "none"}
	parts := strings.Split(pattern, "/")
	for i, part := range parts {
		if value, ok := known[part]; ok {
			parts[i] = value
		} else if strings.HasPrefix(part, ":") {
			parts[i] = "any"
		}
	}
	return strings.Join(parts, "/")
}

// fields are a form that the route with this pattern takes, so that an attack fails
// for no other reason than that it is one. Addresses that are not here get an empty
// form.
func (s *scene) fields(pattern string) string {
	attempt := "attempt=" + s.attempt
	forms := map[string]string{
		"/quiz/consent":          "agree=1",
		"/quiz/finish":           attempt,
		"/quiz/get-help":         attempt + "&ok=1",
		"/quiz/section/:section": attempt + "&asked=urgent&urgent=none",
		"/quiz/:question":        attempt + "&a=none",
		"/mine":                  "link=" + s.key,
		"/mine/forget":           "key=" + s.key,
		"/mine/reopen":           "key=" + strings.Repeat("F", 26),
		"/mine/take-over":        "key=" + s.key + "&attempt=" + strings.Repeat("A", 26),
		"/operator":              "username=operator&password=" + url.QueryEscape(thePassword),
		"/r/:key/feedback":       "useful=yes&words=clear",
		"/r/:key/again":          "agree=1",
		"/r/:key/email":          "email=someone@mail.example",
		"/r/:key/share":          "until=30&label=x",
		"/r/:key/unshare":        "view=" + s.view,
		"/r/:key/renew":          "new=" + strings.Repeat("N", 26),
		"/r/:key/plan":           planFields(s.day(1), s.idea).Encode(),
		"/r/:key/plan/choose":    "idea=" + s.idea,
		"/r/:key/plan/ticks":     url.Values{"plan": {s.plan}, "t": {s.day(0) + " " + s.idea}}.Encode(),
	}
	return forms[pattern]
}

// form is a form of ours to the route with this pattern, with all cookies.
func (s *scene) form(method, pattern string) *http.Request {
	r := s.owner.request(method, s.target(pattern), s.fields(pattern))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if pattern == "/quiz/steps" {
		r = s.owner.request(method, pattern, `{"attempt":"`+s.attempt+`","steps":[{"at":"/quiz/urgent","form":"a=none"}]}`)
		r.Header.Set("Content-Type", "application/json")
	}
	return r
}

// contents is everything that the store holds of the scene.
func (s *scene) contents() string {
	s.t.Helper()
	var all []any
	for _, key := range append(slices.Clone(s.keys), s.view) {
		journal, err := s.store.Read(s.t.Context(), key)
		all = append(all, journal)
		if err != nil {
			all = append(all, err.Error())
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

// unchanged fails where a request has changed something: in the store, or among the
// cookies, where only a notice may go and a language may come.
func (s *scene) unchanged(t testing.TB, what, before string, jar map[string]string, got page) {
	t.Helper()
	if after := s.contents(); after != before {
		t.Errorf("%s: the store changed from\n%s\nto\n%s", what, before, after)
	}
	for _, c := range got.cookies {
		if c.Name != noticeCookie && c.Name != langCookie && c.Value != jar[c.Name] {
			t.Errorf("%s: the cookie %s changed", what, c.Name)
		}
	}
}

// reading reports that a request of this method must change nothing.
func reading(method string) bool { return method == fiber.MethodGet || method == fiber.MethodHead }

// ends reports that a form of this route leaves nothing of a scene to attack.
func ends(pattern string) bool {
	return strings.HasSuffix(pattern, "/delete") || strings.HasSuffix(pattern, "/renew") || strings.HasSuffix(pattern, "/remove") || strings.HasSuffix(pattern, "/unshare")
}

// patterns are the addresses of the site map that take a kind of method.
func (s *scene) patterns(wanted func(method string) bool) (list []fiber.Route) {
	for _, r := range s.GetRoutes(true) {
		if wanted(r.Method) {
			list = append(list, r)
		}
	}
	return list
}

func TestNoFormIsTakenFromAnotherSite(t *testing.T) {
	attacks := []struct{ name, site, origin, mode, dest string }{
		{"a form of another site", "cross-site", "https://evil.example", "navigate", "document"},
		{"a form of another site that hides its origin", "cross-site", "null", "navigate", "document"},
		{"a form of another site, no origin", "cross-site", "", "navigate", "document"},
		{"a form of a sister site", "same-site", "https://evil.localhost", "navigate", "document"},
		{"a form in a frame of another site", "cross-site", "https://evil.example", "navigate", "iframe"},
		{"a script of another site", "cross-site", "https://evil.example", "no-cors", "empty"},
		{"an old browser on another site", "", "https://evil.example", "", ""},
		{"an old browser on this host, another port", "", "http://localhost:8081", "", ""},
		{"an origin that begins like ours", "", "http://localhost.evil.example", "", ""},
		{"nonsense for an origin", "", "evil", "", ""},
		{"a kind of site that does not exist", "friendly-site", "", "", ""},
	}
	s := newScene(t)
	before := s.contents()
	routes := s.patterns(func(method string) bool { return !reading(method) })
	if len(routes) < 20 {
		t.Fatalf("only %d routes change something", len(routes))
	}
	for _, route := range routes {
		for _, a := range attacks {
			r := s.form(route.Method, route.Path)
			r.Header.Del("Sec-Fetch-Site")
			for name, value := range map[string]string{"Sec-Fetch-Site": a.site, "Origin": a.origin, "Sec-Fetch-Mode": a.mode, "Sec-Fetch-Dest": a.dest} {
				if value != "" {
					r.Header.Set(name, value)
				}
			}
			stranger := s.browser()
			got := stranger.do(r)
			if got.status != http.StatusForbidden || !stranger.shows("word error.cross_site.title") {
				t.Errorf("%s to %s %s: got %d, want 403", a.name, route.Method, route.Path, got.status)
			}
			if len(got.cookies) > 0 {
				t.Errorf("%s to %s %s: it sets %v", a.name, route.Method, route.Path, got.cookies)
			}
		}
	}
	if after := s.contents(); after != before {
		t.Errorf("the store changed from\n%s\nto\n%s", before, after)
	}
}

// TestOurOwnFormsAreTaken shows that the forms above were refused for where they came
// from.
func TestOurOwnFormsAreTaken(t *testing.T) {
	asking := siteWith(t, "feedback: false", "feedback: true")
	scene := func() *scene {
		s := newScene(t, asking)
		s.setPassword(thePassword)
		return s
	}
	s := scene()
	for _, route := range s.patterns(func(method string) bool { return !reading(method) }) {
		if route.Path == "/quiz/restart" || route.Path == "/quiz/finish" || ends(route.Path) {
			s = scene()
		}
		if s.fields(route.Path) == "" {
			continue // a form of its own is not known here
		}
		b := &browser{t: t, app: s.server, jar: maps.Clone(s.owner.jar)}
		got := b.do(s.form(route.Method, route.Path))
		if ends(route.Path) {
			s = scene()
		}
		if got.status != http.StatusSeeOther && got.status != http.StatusOK {
			if route.Path == "/r/:key/email" && got.status == http.StatusNotFound {
				continue // there is no mail server
			}
			t.Errorf("%s %s: got %d, want a page or the next\n%s", route.Method, route.Path, got.status, got.text())
		}
	}
}

// TestAnUnprovenFormTouchesNoOtherDevice is about browsers from before 2023. They name no
// site, and no origin either where a page hides it. Their cookies are not sent from
// another site: such a form may start a check or forget a link, and replaces nothing else.
func TestAnUnprovenFormTouchesNoOtherDevice(t *testing.T) {
	may := map[string]string{"/quiz/consent": draftCookie, "/mine/forget": forgottenCookie}
	for _, origin := range []string{"", "null"} {
		s := newScene(t)
		for _, route := range s.patterns(func(method string) bool { return !reading(method) }) {
			r := s.form(route.Method, route.Path)
			for _, name := range []string{"Cookie", "Sec-Fetch-Site"} {
				r.Header.Del(name)
			}
			if origin != "" {
				r.Header.Set("Origin", origin)
			}
			for _, c := range s.browser().do(r).cookies {
				if c.Name != noticeCookie && c.Name != may[route.Path] {
					t.Errorf("%s %s with the origin %q: it sets %s", route.Method, route.Path, origin, c.Raw)
				}
			}
			if ends(route.Path) {
				s = newScene(t)
			}
		}
	}
}

func TestNoHeaderOrFieldChangesTheMethod(t *testing.T) {
	s := newScene(t)
	before, jar := s.contents(), maps.Clone(s.owner.jar)
	for _, route := range s.patterns(func(method string) bool { return !reading(method) }) {
		for _, name := range []string{"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"} {
			r := s.owner.request(http.MethodGet, s.target(route.Path)+"?_method="+route.Method+"&"+s.fields(route.Path), "")
			r.Header.Set(name, route.Method)
			s.unchanged(t, name+" to "+route.Path, before, jar, (&browser{t: t, app: s.server, jar: maps.Clone(jar)}).do(r))
			r = s.owner.request(http.MethodPost, "/mine", "_method=DELETE&link=x")
			r.Header.Set(name, http.MethodDelete)
			if got := (&browser{t: t, app: s.server, jar: maps.Clone(jar)}).do(r); got.status != http.StatusUnprocessableEntity {
				t.Errorf("%s on POST /mine: got %d, want it taken as a POST", name, got.status)
			}
		}
	}
	for _, method := range []string{"DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", "BREW"} {
		for _, route := range s.patterns(reading) {
			r := s.owner.request(method, s.target(route.Path), s.fields(route.Path))
			r.Header.Set("Sec-Fetch-Site", "same-origin")
			got := (&browser{t: t, app: s.server, jar: maps.Clone(jar)}).do(r)
			if got.status < 400 || got.status >= 500 {
				t.Errorf("%s %s: got %d, want it refused", method, route.Path, got.status)
			}
			s.unchanged(t, method+" "+route.Path, before, jar, got)
		}
	}
}
