package web

import (
	"bufio"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/valyala/fasthttp"

	"gutskin/data/pseudo"
	"gutskin/recommend"
	"gutskin/views"
)

// FuzzAddress asks for any path and query as somebody who has everything. What comes is
// never an error of ours, never markup of theirs, and never leads away.
func FuzzAddress(f *testing.F) {
	s := newScene(f)
	for _, path := range paths("KEY") {
		f.Add(path, "lang=de&x=1")
	}
	f.Add("//evil.example/..%2f", "lang=en%0d%0aX:y&return=1&one=1")
	f.Add("/quiz/section/gut", "open=1&%zz")
	f.Fuzz(func(t *testing.T, path, query string) {
		target := "/" + strings.ReplaceAll(path, "KEY", s.key)
		if query != "" {
			target += "?" + query
		}
		if _, err := url.ParseRequestURI(target); err != nil || strings.ContainsFunc(target, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
			return
		}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host, r.RequestURI = "localhost", target
		for name, value := range s.owner.jar {
			r.AddCookie(&http.Cookie{Name: name, Value: value})
		}
		got := (&browser{t: t, app: s.server, jar: maps.Clone(s.owner.jar)}).do(r)
		if got.status >= 500 || got.location != "" && !ours(got.location) {
			t.Fatalf("%q: got %d to %q", target, got.status, got.location)
		}
		if strings.HasPrefix(got.header.Get("Content-Type"), "text/html") {
			if found := foreign(got.body); len(found) > 0 {
				t.Fatalf("%q: the page has %v", target, found)
			}
		}
		if s.log.Reset(); got.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Fatalf("%q: the answer has not the usual headers", target)
		}
	})
}

// FuzzSteps sends anything for the answers that a script sends.
func FuzzSteps(f *testing.F) {
	s := newServer(f)
	b := s.browser()
	b.start()
	attempt := strings.Split(b.jar[draftCookie], betweenParts)[partAttempt]
	f.Add(`{"attempt":"ATTEMPT","steps":[{"at":"/quiz/age","form":"a=a35_64"},{"at":"/quiz/urgent","form":"a=none"}]}`)
	f.Add(`{"attempt":"ATTEMPT","steps":[{"at":"/quiz/age","form":"a=%ff"}]}`)
	f.Add(`{"attempt":"ATTEMPT","steps":[{"at":"/quiz/consent","form":""},{}]}`)
	f.Add(`{"attempt":null,"steps":[null],"steps":{}}`)
	f.Add(`[[[[[[[[[[`)
	q := questionnaire(f)
	f.Fuzz(func(t *testing.T, body string) {
		tried := &browser{t: t, app: s, jar: maps.Clone(b.jar), send: http.Header{"Content-Type": {"application/json"}}}
		got := tried.do(tried.request(http.MethodPost, "/quiz/steps", strings.ReplaceAll(body, "ATTEMPT", attempt)))
		if s.log.Reset(); got.status >= 500 {
			t.Fatalf("%q: got %d", body, got.status)
		}
		d, ok := decodeDraft(q, tried.jar[draftCookie])
		if !ok || q.Check(d.Answers) != nil {
			t.Fatalf("%q: the draft is %q", body, tried.jar[draftCookie])
		}
	})
}

// FuzzAcceptLanguage asks for any language. There is always a page, in one that there is.
func FuzzAcceptLanguage(f *testing.F) {
	s := newBilingual(f)
	for _, asked := range []string{"de, en;q=0.8", "ar-XB", "*", "", "en-GB-oed;q=1e99", "x-y-z", strings.Repeat("de,", 500), "zh-Hant-TW;q=0.1,;;q", "i-klingon"} {
		f.Add(asked, "ar-XB")
	}
	f.Fuzz(func(t *testing.T, asked, chosen string) {
		if strings.ContainsFunc(asked+chosen, func(r rune) bool { return r < ' ' || r >= 0x7f }) || strings.ContainsAny(chosen, `;," \`) {
			return
		}
		b := &browser{t: t, app: s, jar: map[string]string{langCookie: chosen}, send: http.Header{"Accept-Language": {asked}}}
		got := b.get("/quiz/consent")
		if lang := got.header.Get("Content-Language"); got.status != http.StatusOK || lang != "en" && lang != pseudo.Lang {
			t.Fatalf("%q, %q: got %d in %q", asked, chosen, got.status, lang)
		}
		s.log.Reset()
	})
}

// FuzzPlanForm reads any form as a plan. What passes the check is a plan that a calendar
// can carry.
func FuzzPlanForm(f *testing.F) {
	f.Add("idea=R27&R27.days=1&R27.at=waking&R27.text=If+I+wake&day=1&month=6&year=2026")
	f.Add("idea=R27+R26&R27.days=1&R27.days=6&R27.time=7.30&R27.text=%0aEND:VEVENT&day=31&month=2&year=2026")
	f.Add("idea=R27&R27.text=%e2%80%ae%00&day=-1&month=&year=99999")
	report := recommend.Report{Top: []recommend.Pick{{ID: "R27"}, {ID: "R26"}}}
	f.Fuzz(func(t *testing.T, body string) {
		form, err := parseForm(body)
		if err != nil {
			return
		}
		sent := sentPlan(form)
		plan := planFrom(sent, dayFrom(sent))
		if len(recommend.CheckPlan(plan, report, "2026-06-01")) > 0 {
			return
		}
		in := calendarInput{Plan: plan, Now: calendarNow, CheckIn: true}
		for _, a := range plan.Actions {
			in.Words.Actions = append(in.Words.Actions, eventWords{Title: a.Advice, Text: a.IfThen})
		}
		for _, e := range decoded(t, calendar(in)) {
			if e.Props.Get("ATTACH") != nil {
				t.Fatalf("%q: an event has %v", body, e.Props)
			}
		}
	})
}

// FuzzForgotten reads any cookie of marks.
func FuzzForgotten(f *testing.F) {
	f.Add(strings.Join(forgotten{markOf(aKey), markOf("B")}, "."))
	f.Add(strings.Repeat("AAAAAAAAAAAA.", 300))
	f.Fuzz(func(t *testing.T, value string) {
		marks := decodeForgotten(value)
		if len(marks) > forgottenMost || slices.ContainsFunc(marks, func(m string) bool { return len(m) != markLetters }) {
			t.Fatalf("%q gives %v", value, marks)
		}
	})
}

// FuzzUnambiguous reads any head of a request. Where we take it, Go's own server reads the
// same host and length from it, or is stricter.
func FuzzUnambiguous(f *testing.F) {
	for _, head := range []string{
		"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "POST /mine HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n", "GET / HTTP/1.1\nHost: a\n\n",
		"GET http://a/ HTTP/1.1\r\nHost: b\r\n\r\n", "GET / HTTP/1.0\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n c\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: \ta\r\n\r\n",
	} {
		f.Add(head)
	}
	f.Fuzz(func(t *testing.T, head string) {
		var h fasthttp.RequestHeader
		if h.Read(bufio.NewReader(strings.NewReader(head))) != nil || !unambiguous(&h) {
			return
		}
		fields, err := textproto.NewReader(bufio.NewReader(strings.NewReader(string(h.RawHeaders())))).ReadMIMEHeader()
		if err != nil {
			return
		}
		if len(fields["Host"]) > 1 || len(fields["Content-Length"])+len(fields["Transfer-Encoding"]) > 1 {
			t.Fatalf("%q was taken, and can be read as %v", head, fields)
		}
		if host := fields.Get("Host"); host != "" && !strings.EqualFold(host, string(h.Host())) {
			t.Fatalf("%q: the host is %q for us and %q for others", head, h.Host(), host)
		}
	})
}

// FuzzPages puts any text where people type, and reads the page that comes back.
func FuzzPages(f *testing.F) {
	l, err := library()
	if err != nil {
		f.Fatal(err)
	}
	e := l.Edition("")
	engine, err := views.NewEngine(false, "", e)
	if err != nil {
		f.Fatal(err)
	}
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var b strings.Builder
		page := views.NewMinePage(views.Page{Edition: e, Path: "/mine"}, nil, views.PasteForm{Typed: text, Fault: true})
		if err := engine.Render(&b, page.Template(), page); err != nil {
			t.Fatal(err)
		}
		if found := foreign(b.String()); len(found) > 0 {
			t.Fatalf("%q: the page has %v", text, found)
		}
	})
}
