package views

import (
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"gutskin/quiz"
	"gutskin/recommend"
)

// The order of the page is part of its meaning: care before numbers, numbers before
// ideas.
func TestResultsOrder(t *testing.T) {
	got := headings(parse(t, results(full(t), worried())), "main h1, main h2")
	want := []string{
		"Your results, 1 June 2026",
		"Urgent advice: Get medical help for these. Each says how soon",
		"Non-urgent advice: Talk to someone about these",
		"Good to know, and what we left out", "Your scores", "What you told us about your gut and skin", "Try these", "What you already do",
		"Keep these results", "How your scores add up", "About these results",
	}
	at := 0
	for _, h := range got {
		if at < len(want) && strings.HasPrefix(h, want[at]) {
			at++
		}
	}
	if at != len(want) {
		t.Errorf("%q is missing or out of place in %q", want[at], got)
	}
}

func headings(doc *goquery.Document, selector string) []string {
	return doc.Find(selector).Map(func(_ int, s *goquery.Selection) string { return text(s) })
}

func TestScores(t *testing.T) {
	page := results(full(t), everyday())
	if len(page.Pillars) != 4 || page.Overall == nil {
		t.Fatalf("got %d pillars", len(page.Pillars))
	}
	for i, want := range []struct{ value, based, band string }{
		{"31", "Based on 5 of 7 answers", "A place to start"},
		{"40", "Based on 3 of 3 answers", "Part-way there"},
		{"58", "Based on 4 of 4 answers", "Part-way there"},
		{"75", "Based on 2 of 2 answers", "Mostly in place"},
	} {
		got := page.Pillars[i]
		if got.Value != want.value || got.Based != want.based || got.Band != want.band {
			t.Errorf("%s: got %q, %q, %q", got.Name, got.Value, got.Based, got.Band)
		}
	}
	eating := page.Pillars[0]
	if eating.Range != "between 25 and 45" || !eating.Wide {
		t.Errorf("range: got %q, wide %v", eating.Range, eating.Wide)
	}
	doc := parse(t, page)
	about := "This describes habits you told us about. It does not measure your microbiome, your gut or your skin."
	doc.Find(".score").Each(func(_ int, s *goquery.Selection) {
		if !strings.Contains(text(s), about) {
			t.Errorf("%q does not say what it is not", text(s.Find("h3")))
		}
	})
	if n := doc.Find(".score").Length(); n != 5 || doc.Find(".scores + .overall").Length() != 1 {
		t.Errorf("%d scores, or the overall one is not after the others", n)
	}
}

// A score that is not shown says why and shows no figure at all.
func TestScoresNotShown(t *testing.T) {
	page := results(full(t), worried())
	for i, want := range []string{
		"We show no number here, on purpose. Read “Good to know, and what we left out”.", "",
		"Not enough answers for a score yet. It would need more of these:",
		"We show no number here, on purpose. Read “Good to know, and what we left out”.",
	} {
		got := page.Pillars[i]
		if got.Instead != want || (want == "") != (got.Value != "") || (want == "") != (got.Line != nil) {
			t.Errorf("%s: got %q with value %q", got.Name, got.Instead, got.Value)
		}
	}
	if got := page.Pillars[2].Missing; !slices.Equal(got, []string{"Hours of sleep", "Nights with trouble sleeping"}) {
		t.Errorf("missing: got %q", got)
	}
	for _, r := range page.Receipts {
		if r.ID == "diet" {
			t.Error("the receipt tells a hidden score")
		}
	}
}

// Someone who may not be safe sees help, and no number anywhere.
func TestResultsInCrisis(t *testing.T) {
	page := results(full(t), inCrisis(), "S05")
	doc := parse(t, page)
	if page.Numbers || len(page.Receipts) > 0 || len(page.Pillars) > 0 || page.Lead != "" {
		t.Error("numbers or praise are shown in a crisis")
	}
	if doc.Find("main .score, main .line, main table").Length() > 0 || strings.Contains(text(doc.Find("main")), "out of 100") {
		t.Error("a score is shown in a crisis")
	}
	first := doc.Find("main > h1 + *")
	if !first.HasClass("emergency") || first.Find(".lines li").Length() < 2 {
		t.Errorf("help does not come first: %q", text(first))
	}
	if strings.Contains(text(first), "You told us that you have had thoughts") {
		t.Error("the thoughts are read back")
	}
}

// Every idea quotes an answer, says how sure we are, where it comes from, and leads
// to its own page.
func TestIdeas(t *testing.T) {
	for name, answers := range map[string]quiz.Answers{"everyday": everyday(), "worried": worried()} {
		doc := parse(t, results(full(t), answers))
		if doc.Find(".tip").Length() == 0 {
			t.Errorf("%s: no ideas", name)
		}
		doc.Find(".tip").Each(func(_ int, s *goquery.Selection) {
			title := text(s.Find("h3 > span:last-child"))
			if body := text(s); !strings.Contains(body, "Why you: ") {
				t.Errorf("%s: %s does not say why", name, title)
			}
			if s.Find(".badge").Length() != 1 || text(s.Find(".badge")) == "" {
				t.Errorf("%s: %s has no badge", name, title)
			}
			if source := text(s.Find(".facts li:nth-child(2)")); !strings.HasPrefix(source, "From the article") && source != "Beyond the article" {
				t.Errorf("%s: %s: got source %q", name, title, source)
			}
			link := s.Find("a[href^='/r/" + resultsKey + "/advice/']")
			if got, want := text(link), "How to, and the evidence: "+title; got != want {
				t.Errorf("%s: the link to its page is called %q, want %q", name, got, want)
			}
			if numbered := s.HasClass("first"); numbered != (s.Find(".plan").Length() == 1) {
				t.Errorf("%s: %s is among the first: %v, and shows a plan: %v", name, title, numbered, !numbered)
			}
		})
	}
}

func TestBadges(t *testing.T) {
	e := small(t)
	for _, tt := range []struct {
		name        string
		skin        []string
		advice      string
		pick        recommend.Pick
		label, says string
	}{
		{"no concern: health", nil, "R1", recommend.Pick{ID: "R1", Health: recommend.Strong, Skin: recommend.Limited},
			"Evidence for general health: strong.", "This helps."},
		{"a concern: skin", []string{"spots"}, "R1", recommend.Pick{ID: "R1", Health: recommend.Strong, Skin: recommend.Limited},
			"Evidence for your skin: limited.", "This may help."},
		{"a concern, no claim for skin", []string{"spots"}, "R1", recommend.Pick{ID: "R1", Health: recommend.Moderate, Skin: recommend.NoGrade},
			"Evidence for general health: moderate.", "This probably helps."},
		{"no concern, no claim for health", nil, "R1", recommend.Pick{ID: "R1", Health: recommend.NoGrade, Skin: recommend.Strong},
			"Evidence for your skin: strong.", "This helps."},
		{"no claim", nil, "R1", recommend.Pick{ID: "R1", Health: recommend.NoGrade, Skin: recommend.NoGrade},
			"We make no claim about an effect.", ""},
		{"evidence against", []string{"patches"}, "R2", recommend.Pick{ID: "R2", Health: recommend.Strong, Skin: recommend.Moderate},
			"The evidence speaks against this for: Patches.", ""},
		{"for one and against another", []string{"spots", "patches"}, "R2", recommend.Pick{ID: "R2", Health: recommend.Limited, Skin: recommend.Moderate},
			"Evidence for your skin (Spots): limited.", "This may help. The evidence speaks against this for: Patches."},
	} {
		p := Page{Edition: e}
		cards := adviceCards{Page: p, reader: recommend.NewReader(e.Quiz, e.Book, "", nil), skin: tt.skin}
		got := cards.best(&tt.pick)
		if got.Label != tt.label || got.Says != tt.says {
			t.Errorf("%s: got %q %q, want %q %q", tt.name, got.Label, got.Says, tt.label, tt.says)
		}
	}
}

func TestCareCards(t *testing.T) {
	page := results(full(t), worried())
	var looks []string
	for _, card := range page.Care {
		looks = append(looks, card.Look)
	}
	if !slices.Equal(looks, []string{"urgent", "clinician"}) {
		t.Errorf("got cards %q, want one of each look, loudest first", looks)
	}
	single := results(full(t), everyday()).Care[0]
	if len(single.Items) != 1 || single.Items[0].Heading != "" || single.Heading == "" {
		t.Errorf("one notice: its heading is that of the card, got %q and %q", single.Heading, single.Items[0].Heading)
	}
	if len(page.LeftOut) == 0 {
		t.Error("nothing says what was left out")
	}
}

func TestNewsStandsFirst(t *testing.T) {
	page := screens(t)["results, old"]
	doc := parse(t, page)
	if !doc.Find("main > *").FilterFunction(func(_ int, s *goquery.Selection) bool { return !s.Is("svg") }).First().HasClass("news") {
		t.Error("what is new does not stand above the old results")
	}
	if got := text(doc.Find(".tip").First().Find(".inset")); !strings.HasPrefix(got, "Leave this out for now.") {
		t.Errorf("an idea that would be held today says %q", got)
	}
}

// The private link is not on the page, and no address with its key is printed.
func TestLinkIsNotPrinted(t *testing.T) {
	e := full(t)
	link := "https://check.example/r/" + resultsKey
	report := assess(e, everyday())
	save := parse(t, NewSavePage(Page{Edition: e}, SaveInput{Key: resultsKey, Link: link, KeptUntil: taken, Remembered: true}))
	if got := save.Find(".noprint input#link[readonly]").AttrOr("value", ""); got != link {
		t.Errorf("the field that print leaves out holds %q, want the link", got)
	}
	advice := parse(t, ownAdvice(t, e, everyday(), report.Top[0].ID))
	for name, doc := range map[string]*goquery.Document{"results": parse(t, results(e, everyday())), "save": save, "advice": advice} {
		if strings.Contains(doc.Text(), resultsKey) {
			t.Errorf("%s: the key stands in the text", name)
		}
		doc.Find("main a[href*='/r/'], main form[action*='/r/']").Each(func(_ int, s *goquery.Selection) {
			if s.Closest(".noprint").Length() == 0 {
				t.Errorf("%s: the link %q with the key is printed", name, text(s))
			}
		})
	}
}

func TestSavedNoticeLeadsToTheLink(t *testing.T) {
	notice := parse(t, screens(t)["results, saved"]).Find(".notice[role=status]")
	if got := text(notice.Find("a[href='/r/KEY/save']")); got != "Save my link" {
		t.Errorf("the notice leads on with %q", got)
	}
	if parse(t, screens(t)["results"]).Find(".notice").Length() > 0 {
		t.Error("a notice stands above results that were saved before")
	}
}

// Care-first advice leads to its page, but not where getting help comes first.
func TestCareLeadsToAdvice(t *testing.T) {
	e := full(t)
	link := parse(t, results(e, worried())).Find(".care a[href='/r/" + resultsKey + "/advice/treat_the_skin']")
	if got := text(link); got != "How to, and the evidence: Ask about treatment for your skin" {
		t.Errorf("care-first advice leads on with %q", got)
	}
	if parse(t, results(e, inCrisis(), "S05")).Find(".care a").Length() > 0 {
		t.Error("something leads away from help")
	}
}

func TestNumberLine(t *testing.T) {
	e := small(t)
	line := Page{Edition: e}.numberLine(&quiz.Figures{Value: 50, Low: 45, High: 60})
	if len(line.Track) != 3 || len(line.Fill) != 2 || len(line.Labels) != 4 || line.Whisker == "" {
		t.Errorf("got %+v", line)
	}
	if got := (Page{Edition: e}).numberLine(&quiz.Figures{Value: 0}); len(got.Fill) != 0 || got.Whisker != "" {
		t.Errorf("a score of 0 fills %v, range %q", got.Fill, got.Whisker)
	}
	mirrored := *e
	mirrored.Dir = "rtl"
	rtl := Page{Edition: &mirrored}.numberLine(&quiz.Figures{Value: 50, Low: 50, High: 50})
	if rtl.Labels[0].X != "291.0" || line.Labels[0].X != "9.0" {
		t.Errorf("the line starts at %s and, from right to left, at %s", line.Labels[0].X, rtl.Labels[0].X)
	}
}

func TestGoldenResults(t *testing.T) {
	e := small(t)
	golden(t, "results", results(e, with(answered(), quiz.Answers{"evening": quiz.Pick("late"), "skin": quiz.Pick("spots")})))
	golden(t, "results-hidden", results(e, with(answered(), quiz.Answers{"mood": quiz.Pick("low"), "skin": quiz.Pick("patches")})))
	golden(t, "sums", NewSumsPage(Page{Edition: e}, ResultsInput{Report: assess(e, with(answered(), quiz.Answers{"beans": quiz.Pick("avoid"), "evening": quiz.Answer{}})), Key: resultsKey, TodayEdition: e}))
}
