package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"
)

// sectionForm fills the section on screen: said has the options or "n:6" by question
// id; what is not in it is skipped.
func (b *browser) sectionForm(said map[string]string) (at, fields string) {
	b.t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.page.body))
	if err != nil {
		b.t.Fatal(err)
	}
	form := url.Values{}
	doc.Find("form.ask input[type=hidden]").Each(func(_ int, in *goquery.Selection) {
		form.Add(in.AttrOr("name", ""), in.AttrOr("value", ""))
	})
	for _, id := range listed(form, "asked") {
		answer, ok := said[id]
		if n, isNumber := strings.CutPrefix(answer, "n:"); isNumber {
			form.Set(id+".n", n)
		} else if ok {
			form[id] = strings.Split(answer, ",")
		} else {
			form.Set(id, skip)
		}
	}
	return doc.Find("form.ask").AttrOr("action", ""), form.Encode()
}

func (b *browser) asked() string {
	doc, _ := goquery.NewDocumentFromReader(strings.NewReader(b.page.body))
	return strings.Join(doc.Find("form.ask [name=asked]").Map(func(_ int, in *goquery.Selection) string { return in.AttrOr("value", "") }), " ")
}

func saidBySection(s string) map[string]string {
	said := map[string]string{}
	for _, part := range strings.Fields(s) {
		id, values, _ := strings.Cut(part, "=")
		said[id] = strings.ReplaceAll(values, "7,5", "7.5")
	}
	return said
}

// A section at a time ends in the same draft as a question at a time, in far fewer
// pages; what an answer opens is asked alone.
func TestSectionAtATime(t *testing.T) {
	s := newServer(t)
	const said = "age=a18_34 urgent=none gut_flags=none conditions=ibs medicines=none pregnancy=no eating_pattern=vegan food_feelings=fine " + tired
	single, whole := s.browser(), s.browser()
	single.start()
	single.fill(saidIn(dashed(said)))
	whole.start()
	whole.get("/quiz/section/start")
	var pages []string
	for range 12 {
		if !strings.Contains(whole.page.body, `name="asked"`) {
			break
		}
		pages = append(pages, whole.asked())
		at, fields := whole.sectionForm(saidBySection(said))
		if whole.do(whole.request(http.MethodPost, at, fields)); whole.page.status != http.StatusSeeOther {
			t.Fatalf("POST %s: got %d\n%s", at, whole.page.status, whole.page.text())
		}
		whole.follow()
	}
	if len(pages) != 8 || pages[7] != "skin_detail" || !strings.Contains(whole.page.body, `action="/quiz/finish"`) {
		t.Errorf("the sections asked %q and ended at %s", pages, whole.page.text())
	}
	want, _ := decodeDraft(s.quiz(), single.jar[draftCookie])
	got, _ := decodeDraft(s.quiz(), whole.jar[draftCookie])
	if diff := cmp.Diff(want.Answers, got.Answers); diff != "" {
		t.Errorf("the drafts differ (-single +whole):\n%s", diff)
	}
}

func TestSectionForms(t *testing.T) {
	s := newServer(t)
	begin := func(t *testing.T) *browser {
		b := s.browser()
		b.start()
		b.get("/quiz/section/start")
		return b
	}
	send := func(b *browser, said string) {
		at, fields := b.sectionForm(saidBySection(said))
		b.do(b.request(http.MethodPost, at, fields))
	}
	kept := func(b *browser) int {
		d, _ := decodeDraft(s.quiz(), b.jar[draftCookie])
		return len(d.Answers)
	}
	t.Run("what is wrong is asked again and the rest is kept", func(t *testing.T) {
		b := begin(t)
		send(b, "age=a18_34 urgent=none gut_flags=none,weight_loss conditions=none")
		if b.page.status != http.StatusUnprocessableEntity || kept(b) != 7 {
			t.Fatalf("got %d with %d answers kept", b.page.status, kept(b))
		}
		doc, _ := goquery.NewDocumentFromReader(strings.NewReader(b.page.body))
		if doc.Find("#problem a").Length() != 1 || doc.Find("#problem a").AttrOr("href", "") != "#gut_flags-a1" ||
			doc.Find("[name=gut_flags]:checked").Length() != 2 || doc.Find("[name=conditions][value=none]:checked").Length() != 1 {
			t.Errorf("the form did not come back as it was sent:\n%s", b.page.text())
		}
	})
	t.Run("an emergency comes before anything that is wrong", func(t *testing.T) {
		b := begin(t)
		send(b, "age=a18_34 urgent=none,gut_emergency gut_flags=none,weight_loss")
		if b.page.location != helpAddress {
			t.Fatalf("got %d %s", b.page.status, b.page.location)
		}
		b.follow()
		b.post(helpAddress, "ok=1")
		if b.page.location != "/quiz/section/start" {
			t.Errorf("after help: got %s", b.page.location)
		}
	})
	t.Run("under 18", func(t *testing.T) {
		b := begin(t)
		send(b, "age=u18 urgent=none")
		if b.page.location != underAddress {
			t.Errorf("got %d %s", b.page.status, b.page.location)
		}
	})
	t.Run("a question that an answer closes is not kept", func(t *testing.T) {
		b := begin(t)
		send(b, "age=a65 urgent=none pregnancy=pregnant")
		if d, _ := decodeDraft(s.quiz(), b.jar[draftCookie]); d.Answers["pregnancy"].Has("pregnant") || b.page.location != "/quiz/section/diet" {
			t.Errorf("kept %v, got %s", d.Answers, b.page.location)
		}
	})
	t.Run("the button skips what is still empty", func(t *testing.T) {
		b := begin(t)
		send(b, "food_feelings=ed")
		b.follow()
		at, fields := b.sectionForm(nil)
		form, _ := url.ParseQuery(fields)
		for _, id := range listed(form, "asked") {
			form.Del(id)
		}
		form.Set("skip", "section")
		form.Set("plants", "p30")
		if b.do(b.request(http.MethodPost, at, form.Encode())); b.page.location != "/quiz/section/stress" {
			t.Fatalf("got %d %s", b.page.status, b.page.location)
		}
		if d, _ := decodeDraft(s.quiz(), b.jar[draftCookie]); !d.Answers["plants"].Has("p30") || !d.Answers["sugar"].IsSkip() {
			t.Errorf("kept %v", d.Answers)
		}
	})
	t.Run("one at a time again", func(t *testing.T) {
		b := begin(t)
		send(b, "age=a18_34")
		b.get("/quiz/plants?one=1")
		if b.post("/quiz/plants", "a=p30"); b.page.location != "/quiz/fruitveg" {
			t.Errorf("got %s", b.page.location)
		}
	})
	t.Run("a section ahead, and one there is not", func(t *testing.T) {
		b := begin(t)
		if b.get("/quiz/section/sleep"); b.page.location != "/quiz/age" {
			t.Errorf("ahead: got %d %s", b.page.status, b.page.location)
		}
		if b.get("/quiz/section/nonsense"); b.page.status != http.StatusNotFound {
			t.Errorf("not there: got %d", b.page.status)
		}
	})
}
