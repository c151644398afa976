package views

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gutskin/recommend"
)

// No source is listed that nothing rests on, and none is left out.
func TestEverySourceIsListedWithItsUses(t *testing.T) {
	e := full(t)
	doc := parse(t, NewEvidencePage(Page{Edition: e}))
	for i := range e.Book.Sources {
		s := &e.Book.Sources[i]
		entry := doc.Find("li#" + s.ID)
		if !strings.Contains(text(entry), s.Cite) || !strings.Contains(text(entry), s.Remark) {
			t.Errorf("%s is not listed, or without what to know about it", s.ID)
		}
		if entry.Find("details li").Length() == 0 {
			t.Errorf("%s: nothing rests on it", s.ID)
		}
		if fromMemory(s) != (doc.Find("#doubts a[href='/evidence#"+s.ID+"']").Length() == 1 && strings.Contains(text(entry), "from memory and wait")) {
			t.Errorf("%s: that it is from memory is not said exactly when it is", s.ID)
		}
	}
	uses := func(source string) string { return text(doc.Find("#" + source + " details ul")) }
	for source, want := range map[string]string{
		"C19": "Topic: Plant variety Idea: Add 3 new plants Number: “30 plants a week” is not a guideline. Question: Different plant foods",
		"C73": "Safety rule: Call your local emergency number (999, 112 or 911) now if your tongue or throat swells, or you cannot breathe",
	} {
		if got := uses(source); !strings.HasPrefix(got, want) {
			t.Errorf("%s is used in %q, want %q", source, got, want)
		}
	}
}

func TestSourceThatNothingRestsOn(t *testing.T) {
	e := small(t)
	e.Book.Advice[0].Sources = []string{"C1"}
	doc := parse(t, NewEvidencePage(Page{Edition: e}))
	if got := text(doc.Find("#C2")); !strings.Contains(got, "Nothing rests on this source at present.") || doc.Find("#C2 details").Length() != 0 {
		t.Errorf("got %q", got)
	}
}

// A topic shows both grades and why. What a grade says of an idea ("This helps.") is
// never said of a topic: that could be alcohol.
func TestTopicsAreGraded(t *testing.T) {
	e := full(t)
	doc := parse(t, NewEvidencePage(Page{Edition: e}))
	for i := range e.Book.Evidence {
		topic := &e.Book.Evidence[i]
		got := text(doc.Find("details#" + topic.ID))
		for _, want := range []string{
			"Health: " + e.Book.GradeByID(topic.Health).Mid + ". Skin: " + e.Book.GradeByID(topic.Skin).Mid + ".", "Why this grade? " + topic.Why,
		} {
			if !strings.Contains(got, want) {
				t.Errorf("%s leaves out %q", topic.ID, want)
			}
		}
		against := strings.Contains(topic.Why, "speaks against")
		if said := strings.Contains(text(doc.Find("#"+topic.ID+" summary")), "The evidence speaks against it."); said != against || topic.Against != against {
			t.Errorf("%s: against is %v, and the reason says %q", topic.ID, topic.Against, topic.Why)
		}
		doubted := doc.Find("#doubts a[href='/evidence#"+topic.ID+"']").Length() > 0
		if weak := topic.Skin == recommend.Weak || topic.Health == recommend.Weak; doubted != (weak || against) {
			t.Errorf("%s: it is named among the doubts: %v", topic.ID, doubted)
		}
	}
	for i := range e.Book.Grades {
		if g := &e.Book.Grades[i]; strings.Contains(text(doc.Find("main")), g.Says) {
			t.Errorf("the page says %q of a topic", g.Says)
		}
	}
}

// All public pages of advice are reached from the evidence, and every rule that
// speaks stands there with its sources.
func TestEvidenceReachesAllAdviceAndRules(t *testing.T) {
	e := full(t)
	doc := parse(t, NewEvidencePage(Page{Edition: e}))
	for i := range e.Book.Advice {
		if a := &e.Book.Advice[i]; doc.Find("#ideas a[href='/advice/"+a.Key+"']").Length() != 1 {
			t.Errorf("%s is not linked once", a.Key)
		}
	}
	for i := range e.Book.Rules {
		r := &e.Book.Rules[i]
		entry := doc.Find("details#" + r.ID)
		if r.Heading == "" {
			continue
		}
		if n := entry.Find("li a").Length(); n != len(r.Sources) || (n == 0) != strings.Contains(text(entry), "our own judgement") {
			t.Errorf("%s: %d sources for %d, and it says %q", r.ID, n, len(r.Sources), text(entry))
		}
	}
}

// Every passage is drawn upon, corrected, or left out for a reason that is given.
func TestEveryPassageIsAccountedFor(t *testing.T) {
	e := full(t)
	doc := parse(t, NewArticlePage(Page{Edition: e}))
	for i := range e.Book.Passages {
		p := &e.Book.Passages[i]
		card := doc.Find("#" + p.ID)
		got := text(card)
		if !strings.Contains(got, p.Says) || !strings.Contains(got, p.Correction) || !strings.Contains(got, p.Unused) {
			t.Errorf("%s: got %q", p.ID, got)
		}
		drawn := card.Find("li").Length() > 0
		if (p.Unused == "") != (drawn || p.Correction != "") {
			t.Errorf("%s: something is drawn from it: %v; left out: %q", p.ID, drawn, p.Unused)
		}
		if listed := doc.Find("#unused + ul a[href='#"+p.ID+"']").Length() == 1; listed != (p.Unused != "") {
			t.Errorf("%s is listed as left out: %v", p.ID, listed)
		}
		if listed := doc.Find("#corrected ~ ul a[href='#"+p.ID+"']").Length() == 1; (p.Correction != "") && !listed {
			t.Errorf("%s is not listed as corrected", p.ID)
		}
		if p.Kind != "" && card.Find(".cap").Length() != 1 {
			t.Errorf("%s: no words for the kind %q", p.ID, p.Kind)
		}
	}
	if got, want := text(doc.Find("main > .lead + p")), "Parts in all: 34."; !strings.HasPrefix(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for i := range e.Book.Advice {
		if a := &e.Book.Advice[i]; doc.Find("main a[href='/advice/"+a.Key+"']").Length() == 0 {
			t.Errorf("%s comes neither from a passage nor from beyond the article", a.Key)
		}
	}
}

// Links between the evidence, the article and the advice lead to what is there.
func TestEvidenceLinksLeadSomewhere(t *testing.T) {
	list := screens(t)
	pages := map[string]*goquery.Document{"/evidence": parse(t, list["evidence"]), "/article": parse(t, list["article"])}
	followed := 0
	for name, page := range list {
		parse(t, page).Find("a[href^='/evidence'], a[href^='/article']").Each(func(_ int, s *goquery.Selection) {
			path, id, _ := strings.Cut(s.AttrOr("href", ""), "#")
			if target := pages[path]; target == nil || id != "" && target.Find("#"+id).Length() != 1 {
				t.Errorf("%s: %s leads nowhere", name, s.AttrOr("href", ""))
			}
			followed++
		})
	}
	if followed < 400 {
		t.Errorf("only %d links were followed", followed)
	}
}

// Each advice carries its whole passport: passages, grades, sources, what is not
// known, and both dates.
func TestEveryAdviceCarriesItsPassport(t *testing.T) {
	e := full(t)
	if len(e.Book.Advice) != 44 {
		t.Errorf("%d recommendations, want 44", len(e.Book.Advice))
	}
	for i := range e.Book.Advice {
		a := &e.Book.Advice[i]
		p := Page{Edition: e}
		doc := parse(t, NewAdvicePage(p, a))
		body := text(doc.Find("main"))
		if passages := doc.Find("main p > cite").Length(); passages != len(a.Passages) || a.Beyond != strings.Contains(body, "The article does not say this.") || !a.Beyond && passages == 0 {
			t.Errorf("%s: %d of %d passages", a.Key, passages, len(a.Passages))
		}
		if grades := text(doc.Find(".grades")); !strings.Contains(grades, "general health") || !strings.Contains(grades, "skin") {
			t.Errorf("%s: its grades are %q", a.Key, grades)
		}
		if doc.Find(".sources li").Length() == 0 && !strings.Contains(body, "our own judgement") {
			t.Errorf("%s: no source, and no word about it", a.Key)
		}
		for _, want := range []string{a.Unknown, "checked this idea on " + p.dayOf(a.Reviewed), "due by " + p.dayOf(a.ReviewBy)} {
			if want == "" || !strings.Contains(body, want) {
				t.Errorf("%s leaves out %q", a.Key, want)
			}
		}
		if doc.Find("main a[href='/evidence']").Length() != 1 || doc.Find("main a[href='/article']").Length() != 1 {
			t.Errorf("%s does not lead to the evidence and the article", a.Key)
		}
	}
}
