package web

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gutskin/quiz"
)

// viewAhead is what the page on screen tells the script, or nil.
func (p page) viewAhead(t testing.TB) *outlook {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(p.body))
	if err != nil {
		t.Fatal(err)
	}
	text := doc.Find("script#ahead").Text()
	if text == "" {
		return nil
	}
	var out outlook
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		t.Fatal(err)
	}
	return &out
}

// way does what the script does with the fields of a form.
func (w ways) way(x *quiz.Question, fields url.Values) int {
	n, picked := fields.Get("n"), fields["a"]
	if n != "" {
		number, err := strconv.ParseFloat(n, 64)
		b := w.Number
		if b == nil || err != nil || len(picked) > 0 || number < b.Min || number > b.Max || b.Whole && number != float64(int(number)) {
			return ask
		}
		return w.Next
	}
	alone := slices.ContainsFunc(picked, func(id string) bool {
		o := x.Option(id)
		return o == nil || o.Exclusive || o.Skip
	})
	var turns []int
	for _, id := range picked {
		if to, ok := w.Turn[id]; ok {
			turns = append(turns, to)
		}
	}
	to := w.Next
	if len(turns) > 0 {
		to = turns[0]
	}
	switch {
	case len(picked) == 0, alone && len(picked) > 1,
		slices.ContainsFunc(turns, func(t int) bool { return t != to }),
		len(turns) > 0 && len(turns) < len(picked) && !w.Free:
		return ask
	}
	return to
}

// asking is the part of a page that the script puts in place, without the id of the
// run through the quiz.
func (p page) asking() string {
	_, main, _ := strings.Cut(p.body, `tabindex="-1">`)
	main, _, _ = strings.Cut(main, `<script type="application/json"`)
	doc, _ := goquery.NewDocumentFromReader(strings.NewReader(main))
	doc.Find("[name=attempt]").SetAttr("value", "")
	html, _ := doc.Find("body").Html()
	return strings.TrimSpace(html)
}

// TestTheScriptShowsWhatTheServerWould walks with random answers. Whenever the pages
// sent ahead lead to one, however many steps back they were sent, it must be the page
// that the form leads to.
func TestTheScriptShowsWhatTheServerWould(t *testing.T) {
	s := newServer(t)
	q := questionnaire(t)
	shown, known := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		b := s.browser()
		b.start()
		type trail struct {
			out  *outlook
			here ways
		}
		var trails []trail // views of earlier pages, followed as far as they reach
		for range 40 {
			at := b.page.question()
			if at == "" {
				return
			}
			if out := b.page.viewAhead(t); out != nil {
				trails = append(trails, trail{out, out.ways})
			}
			x := q.Question(strings.ReplaceAll(strings.TrimPrefix(at, "/quiz/"), "-", "_"))
			fields := plainReply(rt, b, x)
			b.post(at, fields.Encode())
			if b.page.status != http.StatusSeeOther {
				for _, tr := range trails {
					if to := tr.here.way(x, fields); to >= 0 {
						rt.Fatalf("%s %v leads ahead, but the server answers %d", at, fields, b.page.status)
					}
				}
				return
			}
			to := b.page.location
			b.follow()
			shown++
			for i := len(trails) - 1; i >= 0; i-- {
				n := trails[i].here.way(x, fields)
				if n < 0 {
					trails = slices.Delete(trails, i, i+1)
					continue
				}
				known++
				step := trails[i].out.Steps[n]
				if step.At != to {
					rt.Fatalf("%s %v leads to %s, the script would show %s", at, fields, to, step.At)
				}
				fresh := page{body: `tabindex="-1">` + step.Main}
				if diff := cmp.Diff(b.page.asking(), fresh.asking()); diff != "" {
					rt.Fatalf("%s %v leads to %s (-server +script):\n%s", at, fields, to, diff)
				}
				if !strings.Contains(b.page.body, `class="back" href="`+step.Back+`"`) {
					rt.Fatalf("%s: Back leads elsewhere than %s", to, step.Back)
				}
				trails[i].here = step.ways
			}
			if strings.Contains(b.page.body, `action="/quiz/get-help"`) {
				b.post("/quiz/get-help", "ok=1")
				b.follow()
			}
		}
	})
	if 4*known < 3*shown {
		t.Errorf("%d pages were shown, but only %d times did a page before know it", shown, known)
	}
}

// plainReply is what a form on screen can send: options that are offered, a number,
// or a skip.
func plainReply(t *rapid.T, b *browser, x *quiz.Question) url.Values {
	form := url.Values{}
	if x.Kind == quiz.Number && rapid.Bool().Draw(t, "number") {
		form.Set("n", strconv.Itoa(rapid.IntRange(0, 20).Draw(t, "n")))
		return form
	}
	var values []string
	doc, _ := goquery.NewDocumentFromReader(strings.NewReader(b.page.body))
	doc.Find("main [name=a]").Each(func(_ int, in *goquery.Selection) {
		if v := in.AttrOr("value", ""); v != "u18" {
			values = append(values, v)
		}
	})
	most := 1
	if x.Kind == quiz.Many {
		most = 3
	}
	form["a"] = rapid.SliceOfNDistinct(rapid.SampledFrom(values), 1, most, rapid.ID[string]).Draw(t, x.ID)
	return form
}

func (b *browser) sendSteps(steps []stepSent) stepsKept {
	b.t.Helper()
	d, _ := decodeDraft(b.app.quiz(), b.jar[draftCookie])
	body, err := json.Marshal(stepsSent{Attempt: d.Attempt, Steps: steps})
	if err != nil {
		b.t.Fatal(err)
	}
	r := b.request(http.MethodPost, "/quiz/steps", string(body))
	r.Header.Set("Content-Type", "application/json")
	b.do(r)
	var kept stepsKept
	if b.page.status == http.StatusOK {
		if err := json.Unmarshal([]byte(b.page.body), &kept); err != nil {
			b.t.Fatal(err)
		}
	}
	return kept
}

func (s *server) quiz() *quiz.Questionnaire { return questionnaire(s.t) }

// A batch in the background keeps what the forms, one by one, would have kept.
func TestStepsKeepWhatFormsKeep(t *testing.T) {
	s := newServer(t)
	forms, script := s.browser(), s.browser()
	forms.start()
	script.start()
	var batch []stepSent
	for range 40 {
		at := forms.page.question()
		if at == "" {
			break
		}
		said := saidIn(dashed(healthy))[strings.TrimPrefix(at, "/quiz/")]
		forms.post(at, said)
		batch = append(batch, stepSent{At: at, Form: said})
		to := forms.page.location
		if len(batch) == 3 || to == answersAddress {
			if kept := script.sendSteps(batch); kept.To != to {
				t.Fatalf("the batch leads to %s, the forms to %s", kept.To, to)
			}
			batch = nil
		}
		forms.follow()
	}
	want, _ := decodeDraft(s.quiz(), forms.jar[draftCookie])
	got, _ := decodeDraft(s.quiz(), script.jar[draftCookie])
	if diff := cmp.Diff(want.Answers, got.Answers); diff != "" || len(got.Answers) < 25 {
		t.Errorf("the drafts differ (-forms +script):\n%s", diff)
	}
}

func TestStepsStopWhereTheWayTurns(t *testing.T) {
	s := newServer(t)
	ordinary := []stepSent{{"/quiz/age", "a=a18_34"}, {"/quiz/urgent", "a=none"}}
	for name, c := range map[string]struct {
		steps   []stepSent
		to      string
		answers []string
	}{
		"nothing":              {nil, "/quiz/age", nil},
		"two":                  {ordinary, "/quiz/gut-flags", []string{"age", "urgent"}},
		"an emergency":         {[]stepSent{ordinary[0], {"/quiz/urgent", "a=swelling_breath"}, {"/quiz/gut-flags", "a=none"}}, helpAddress, []string{"age", "urgent"}},
		"under 18":             {[]stepSent{{"/quiz/age", "a=u18"}, ordinary[1], {"/quiz/gut-flags", "a=none"}}, underAddress, []string{"age", "urgent"}},
		"nothing ticked":       {[]stepSent{ordinary[0], {"/quiz/urgent", ""}, {"/quiz/gut-flags", "a=none"}}, "/quiz/urgent", []string{"age"}},
		"an option not known":  {[]stepSent{{"/quiz/age", "a=nonsense"}}, "/quiz/age", nil},
		"a question too early": {[]stepSent{{"/quiz/skin-detail", "a=mild"}}, "/quiz/age", nil},
		"a hole in the way":    {[]stepSent{ordinary[0], {"/quiz/gut-flags", "a=none"}}, "/quiz/urgent", []string{"age"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := s.browser()
			b.start()
			kept := b.sendSteps(c.steps)
			d, _ := decodeDraft(s.quiz(), b.jar[draftCookie])
			if got := slices.Sorted(maps.Keys(d.Answers)); kept.To != c.to || !slices.Equal(got, c.answers) {
				t.Errorf("got to %q with %q, want to %q with %q", kept.To, got, c.to, c.answers)
			}
		})
	}
}

func TestStepsThatCannotBeKept(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	before := b.jar[draftCookie]
	for _, body := range []string{"", "{", "[]", `{"attempt":7}`, `{"attempt":"nobody","steps":[]}`,
		`{"steps":[` + strings.Repeat(`{},`, stepsMost) + `{}]}`} {
		r := b.request(http.MethodPost, "/quiz/steps", body)
		r.Header.Set("Content-Type", "application/json")
		if b.do(r); b.page.status == http.StatusOK || b.page.status >= 500 || b.jar[draftCookie] != before {
			t.Errorf("%.40s: got %d", body, b.page.status)
		}
	}
	if kept := b.sendSteps([]stepSent{{"/quiz/nonsense", "a=1"}}); kept.To != "" || b.page.status != http.StatusBadRequest {
		t.Errorf("a question that does not exist: got %d", b.page.status)
	}
	r := b.request(http.MethodPost, "/quiz/steps", `{"attempt":"x","steps":[]}`)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if b.do(r); b.page.status != http.StatusForbidden {
		t.Errorf("from another site: got %d", b.page.status)
	}
}

// The page of a question that is kept for all who come the same way is the page that
// would be made for each of them.
func TestKeptPages(t *testing.T) {
	s := newServer(t)
	for _, said := range []string{healthy, worried + " " + tired, unsafe, healthy} {
		b := s.browser()
		b.start()
		for at := b.page.question(); at != ""; at = b.page.question() {
			kept, made := b.get(at), b.get(at+"?made=anew")
			if kept.body != made.body {
				t.Errorf("%s: the page that is kept is not the one that is made:\n%s\n%s", at, kept.body, made.body)
			}
			b.page = kept
			fields, known := saidIn(dashed(said))[strings.TrimPrefix(at, "/quiz/")]
			if !known {
				fields = "a=skip"
			}
			b.post(at, fields)
			b.follow()
		}
	}
}
