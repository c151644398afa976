package web

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
)

// encodings are the ways in which a secret could stand in a log or among figures.
func encodings(secret string) []string {
	quoted, _ := json.Marshal(secret)
	all := []string{
		secret, strings.ToLower(secret), strings.ToUpper(secret), url.QueryEscape(secret), url.PathEscape(secret),
		html.EscapeString(secret), strings.Trim(string(quoted), `"`), hex.EncodeToString([]byte(secret)),
		// Of three ways to cut base 64, one fits wherever the secret begins.
		base64.RawStdEncoding.EncodeToString([]byte(secret)),
		base64.RawStdEncoding.EncodeToString([]byte("x" + secret))[2:],
		base64.RawStdEncoding.EncodeToString([]byte("xx" + secret))[3:],
	}
	for i := range all {
		if i > 7 {
			all[i] = all[i][:len(all[i])-1] // the last letter depends on what follows
		}
	}
	return all
}

// knockWith sends secrets to every route, in every place that a request has.
func (b *browser) knockWith(secrets []string) {
	b.t.Helper()
	for i, route := range b.app.check.serving.Load().app.GetRoutes(true) {
		secret := secrets[i%len(secrets)]
		target := route.Path
		for _, place := range route.Params {
			target = strings.Replace(target, ":"+place, url.PathEscape(secret), 1)
		}
		form := url.Values{}
		for _, field := range []string{"a", "n", "key", "link", "label", "email", "view", "new", "attempt", "day", "lang", secret} {
			form.Set(field, secrets[(i+len(field))%len(secrets)])
		}
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut} {
			r := b.request(method, target+"?q="+url.QueryEscape(secret)+"&lang="+url.QueryEscape(secret), form.Encode())
			r.Header.Set("User-Agent", secret)
			r.Header.Set("Referer", "https://example.org/"+url.PathEscape(secret))
			r.Header.Set("X-Request-Id", secret)
			r.Header.Set("X-Forwarded-For", secret)
			r.Header.Set("Accept-Language", secret)
			for _, name := range []string{draftCookie, mineCookie, forgottenCookie, noticeCookie, langCookie} {
				r.AddCookie(&http.Cookie{Name: name, Value: url.QueryEscape(secret)})
			}
			if response, err := b.app.Test(r, -1); err != nil {
				b.t.Fatalf("%s %s: %v", method, target, err)
			} else {
				response.Body.Close()
			}
		}
	}
}

// Whatever is sent, wherever it stands: the log and the figures hold nothing of it. This
// is the log before anything is hidden in it.
func TestNothingSentIsToldOn(t *testing.T) {
	figures := prometheus.NewRegistry()
	s := newServer(t, func(o *Options) { o.Metrics = figures })
	s.check.options.Log = slog.New(slog.NewJSONHandler(s, &slog.HandlerOptions{Level: slog.LevelDebug}))
	if err := s.check.Reload(s.check.options.Library); err != nil { // with that log
		t.Fatal(err)
	}
	b, key := withPlan(t, s, eager(), "R39")
	view := shareLink(t, b, key, "until=0&label=dietitian-of-ann")
	draft := b.tab()
	draft.jar = map[string]string{}
	draft.start()
	draft.post("/quiz/age", "a=a35_64")
	secrets := []string{
		key, view, "ann.secret@example.com", "my secret words", "a35_64", "p10_19", "blood_stool", b.jar[mineCookie], draft.jar[draftCookie],
		"dietitian-of-ann", "203.0.113.77",
	}
	b.knockWith(secrets)
	b.knockWith(slices.Concat(secrets[3:], secrets[:3]))
	b.journey([]step{{"GET /r/" + key, "200 "}, {"POST /r/" + key + "/delete", "200 "}, {"GET /r/" + key, "410 "}})

	told := s.log.String()
	if n := strings.Count(told, "\n"); n < 300 || !strings.Contains(told, `"route":"/r/:key/share"`) || !json.Valid([]byte(told[:strings.IndexByte(told, '\n')])) {
		t.Fatalf("%d lines are logged, which is too few, or they are no JSON", n)
	}
	for _, family := range gathered(t, figures) {
		for _, m := range family {
			told += m.String() + "\n"
		}
	}
	for _, secret := range secrets {
		for _, form := range encodings(secret) {
			if i := strings.Index(told, form); i >= 0 {
				t.Errorf("%q, as %q, is told: %s", secret, form, told[max(0, i-200):min(len(told), i+100)])
			}
		}
	}
}
