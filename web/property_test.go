package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gutskin/quiz"
)

// TestAnyAnswersReachResults posts random answers through the whole quiz, going back
// and changing some, until there are results.
func TestAnyAnswersReachResults(t *testing.T) {
	s := newServer(t)
	q := questionnaire(t)
	rapid.Check(t, func(rt *rapid.T) {
		b := s.browser()
		b.start()
		most := len(q.Questions)
		for range 40 {
			at := b.page.question()
			if at == "" {
				break
			}
			most = ofN(rt, b, q, most)
			fields := anyReply(rt, q.Question(strings.ReplaceAll(strings.TrimPrefix(at, "/quiz/"), "-", "_")))
			if b.post(at, fields); b.page.status != http.StatusSeeOther {
				if b.page.status != http.StatusUnprocessableEntity {
					rt.Fatalf("POST %s %s: got %d", at, fields, b.page.status)
				}
				b.post(at, "a=skip")
			}
			b.follow()
			if b.app.log.Reset(); b.page.status >= 500 {
				rt.Fatalf("after %s %s: got %d", at, fields, b.page.status)
			}
			if strings.Contains(b.page.body, `action="/quiz/get-help"`) {
				b.post("/quiz/get-help", "ok=1")
				b.follow()
			}
		}
		if strings.Contains(b.page.body, `action="/quiz/finish"`) {
			b.finish()
			if b.page.status != http.StatusOK {
				rt.Fatalf("the results: got %d", b.page.status)
			}
			return
		}
		if b.get("/quiz"); b.page.location != underAddress {
			rt.Fatalf("40 steps did not reach results: at %d %s", b.page.status, b.page.location)
		}
	})
}

// ofN checks the N of "question 9 of N" against the last one.
func ofN(t *rapid.T, b *browser, q *quiz.Questionnaire, last int) int {
	d, ok := decodeDraft(q, b.jar[draftCookie])
	if !ok {
		t.Fatal("there is no draft")
	}
	n := q.Walk(d.Answers).Most
	if n > last || !strings.Contains(b.page.body, " of "+strconv.Itoa(n)+"<") {
		t.Fatalf("of %d, after of %d: %s", n, last, b.page.text())
	}
	return n
}

// anyReply is what somebody could send: some options, a number, or a skip.
func anyReply(t *rapid.T, x *quiz.Question) string {
	form := url.Values{}
	if x.Kind == quiz.Number && rapid.Bool().Draw(t, "number") {
		form.Set("n", strconv.FormatFloat(float64(rapid.IntRange(0, 40).Draw(t, "n"))/2, 'f', -1, 64))
		return form.Encode()
	}
	var ids []string
	for _, o := range x.Options {
		ids = append(ids, o.ID)
	}
	most := 1
	if x.Kind == quiz.Many {
		most = 3
	}
	form["a"] = rapid.SliceOfN(rapid.SampledFrom(append(ids, skip)), 1, most).Draw(t, x.ID)
	return form.Encode()
}
