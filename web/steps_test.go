package web

import (
	"fmt"
	"html"
	"net/url"
	"strings"
)

// step is one move of a journey. do is "GET /quiz", "POST /quiz/age a=a65", "fill
// age=a=a65" or "follow". want is "303 /quiz/urgent", or a status and what the page
// shows: "form /quiz/age" for a form, "word notice.saved" for words of the
// interface, anything else for text; "no " before it turns it round. {key} is the
// key of the last results.
type step struct{ do, want string }

func (b *browser) journey(steps []step) {
	b.t.Helper()
	key := ""
	for i, s := range steps {
		method, rest, _ := strings.Cut(strings.ReplaceAll(s.do, "{key}", key), " ")
		target, fields, _ := strings.Cut(rest, " ")
		switch method {
		case "POST":
			b.post(target, fields)
		case "follow":
			b.follow()
		case "fill":
			b.fill(saidIn(rest))
		default:
			b.do(b.request(method, target, ""))
		}
		if k, ok := strings.CutPrefix(b.page.location, "/r/"); ok {
			key = k
		}
		if problem := b.lacks(strings.ReplaceAll(s.want, "{key}", key)); problem != "" {
			b.t.Fatalf("step %d, %s: %s\n%s", i+1, s.do, problem, b.page.text())
		}
	}
}

// saidIn reads "age=a18_34 drinks=n:6": options by default, a number after "n:".
func saidIn(s string) map[string]string {
	said := map[string]string{}
	for _, part := range strings.Fields(s) {
		slug, values, _ := strings.Cut(part, "=")
		form := url.Values{}
		if n, ok := strings.CutPrefix(values, "n:"); ok {
			form.Set("n", n)
		} else {
			form["a"] = strings.Split(values, ",")
		}
		said[slug] = form.Encode()
	}
	return said
}

func (b *browser) lacks(want string) string {
	code, what, _ := strings.Cut(want, " ")
	if got := fmt.Sprint(b.page.status); got != code {
		return fmt.Sprintf("got status %s %s, want %s", got, b.page.location, want)
	}
	if code[0] == '3' {
		if b.page.location != what {
			return fmt.Sprintf("got to %s, want %s", b.page.location, what)
		}
		return ""
	}
	for _, part := range strings.Split(what, " & ") {
		part, absent := strings.CutPrefix(part, "no ")
		if b.shows(part) == absent {
			return fmt.Sprintf("want %s", want)
		}
	}
	return ""
}

func (b *browser) shows(what string) bool {
	kind, rest, _ := strings.Cut(what, " ")
	switch kind {
	case "form":
		return strings.Contains(b.page.body, fmt.Sprintf("action=%q", rest))
	case "word":
		l, _ := library()
		words := l.Edition("").T(rest)
		if words == rest {
			b.t.Fatalf("there are no words for %s", rest)
		}
		return strings.Contains(b.page.text(), strings.Join(strings.Fields(words), " "))
	}
	return strings.Contains(html.UnescapeString(b.page.body), what)
}
