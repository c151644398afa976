package views

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

// better is everyday() some weeks later.
func better() quiz.Answers {
	return with(everyday(), quiz.Answers{
		"plants": quiz.Pick("p20_29"), "upf": quiz.Pick("rarely"), "sugar": quiz.Pick("few_week"), "stress_freq": quiz.Pick("little"),
		"sleep_hours": quiz.Num(5), "skin": quiz.Pick("eczema"), "gut_flags": quiz.Pick("family_hx"),
	})
}

// visits are reports for these answers, a month apart.
func visits(e *data.Edition, all ...quiz.Answers) []recommend.Report {
	reports := make([]recommend.Report, len(all))
	for i, a := range all {
		reports[i] = assess(e, a)
		reports[i].TakenAt = taken.AddDate(0, i, 0)
	}
	return reports
}

func visitsShown(reports []recommend.Report, nth int) Visits {
	v := Visits{Nth: nth}
	for _, r := range reports {
		v.At = append(v.At, r.TakenAt)
	}
	return v
}

// comparing is what the web would compare.
func comparing(e *data.Edition, reports []recommend.Report, then, now int) CompareInput {
	in := CompareInput{
		Key: resultsKey, At: visitsShown(reports, 0).At, Then: then, Now: now, Same: then == now,
		Earlier: reports[then-1], Later: reports[now-1], Newest: reports[len(reports)-1],
		Trend: recommend.Trend(reports...), OtherEdition: make([]bool, len(reports)), TodayEdition: e,
	}
	in.Comparison = recommend.Compare(e.Quiz, in.Earlier, in.Later)
	in.Comparison.Veil(in.Newest)
	return in
}

func compared(e *data.Edition, reports []recommend.Report, then, now int) ComparePage {
	return NewComparePage(Page{Edition: e}, comparing(e, reports, then, now))
}

// comparedReworked has three reports, the first of another edition.
func comparedReworked(e *data.Edition) ComparePage {
	reports := visits(e, everyday(), better(), everyday())
	in := comparing(e, reports, 1, 3)
	in.Reworked = &recommend.Reworked{Report: reports[0], Was: "sha256:older", Dropped: []string{"plants"}}
	in.OtherEdition[0] = true
	return NewComparePage(Page{Edition: e}, in)
}

func resultsAfter(e *data.Edition, reports []recommend.Report) ResultsPage {
	n := len(reports)
	return NewResultsPage(Page{Edition: e}, ResultsInput{
		Report: reports[n-1], Key: resultsKey, KeptUntil: taken, TodayEdition: e, Visits: visitsShown(reports, n),
		Before: &Before{TakenAt: reports[n-2].TakenAt, Scores: recommend.Compare(e.Quiz, reports[n-2], reports[n-1]).Scores},
	})
}

func older(e *data.Edition, reports []recommend.Report) ResultsPage {
	return NewResultsPage(Page{Edition: e}, ResultsInput{
		Report: reports[0], Key: resultsKey, KeptUntil: taken, TodayEdition: e, Visits: visitsShown(reports, 1),
	})
}

func TestComparePage(t *testing.T) {
	e := full(t)
	doc := parse(t, compared(e, visits(e, everyday(), better()), 1, 2))
	for _, want := range []string{
		"Up: Eating and Stress.", "Down: Sleep.", "About the same: Drinking.",
		"A change of 5 or less", "One lower score does not undo what you did before.",
	} {
		if !strings.Contains(text(doc.Find("main")), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	rows := doc.Find("table").First().Find("tbody tr").Map(func(_ int, s *goquery.Selection) string { return text(s) })
	want := []string{"Eating3150Up by 19", "Stress4060Up by 20", "Sleep5848Down by 10", "Drinking7575About the same", "All together4454Up by 10"}
	if !slices.Equal(rows, want) {
		t.Errorf("scores: got %q, want %q", rows, want)
	}
	if hollow := doc.Find(".score .line .whisker").Length(); hollow != 5 { // a range as well where food questions were skipped
		t.Errorf("hollow markers and ranges: got %d, want 4 and 1", hollow)
	}
	if doc.Find("form").Length() != 0 || doc.Find("circle").Length() != 0 {
		t.Error("two reports have a choice of dates, or a chart")
	}
}

func TestChartHasItsTable(t *testing.T) {
	e := full(t)
	reports := visits(e, everyday(), quiz.Answers{"age": quiz.Pick("a65")}, better())
	doc := parse(t, compared(e, reports, 1, 3))
	if n := doc.Find("svg circle").Length(); n != 4*2 {
		t.Errorf("dots: got %d, want 2 for each of 4 scores, and a gap", n)
	}
	rows := doc.Find("table").Eq(1).Find("tbody tr").Map(func(_ int, s *goquery.Selection) string { return text(s) })
	for i, want := range []string{"1 June 20263140587544", "1 July 2026" + strings.Repeat("Not enough answers", 5), "1 August 20265060487554"} {
		if rows[i] != want {
			t.Errorf("dates: got %q, want %q", rows[i], want)
		}
	}
	for _, path := range []string{doc.Find("svg").Eq(2).Find("path").AttrOr("d", "")} {
		if strings.Contains(path, "L") {
			t.Errorf("the line %q bridges the gap", path)
		}
	}
	if n := doc.Find("form[method=get] input[type=radio]").Length(); n != 6 {
		t.Errorf("dates to choose from: got %d, want 2 times 3", n)
	}
}

// Where getting help comes first, no page weighs anything.
func TestNothingIsComparedInACrisis(t *testing.T) {
	e := full(t)
	for name, reports := range map[string][]recommend.Report{
		"now":   visits(e, everyday(), inCrisis()),
		"then":  visits(e, inCrisis(), everyday()),
		"since": visits(e, everyday(), better(), inCrisis()),
	} {
		doc := parse(t, compared(e, reports, 1, 2))
		if doc.Find("table, .score").Length() > 0 || !strings.Contains(text(doc.Find("main")), e.T("score.withheld")) {
			t.Errorf("%s: the page compares", name)
		}
		if strings.Contains(text(doc.Find("main")), "ending my life") {
			t.Errorf("%s: the page reads such thoughts back", name)
		}
	}
	if page := resultsAfter(e, visits(e, everyday(), inCrisis())); page.Compare != "" {
		t.Error("the results lead to a comparison")
	}
}

// What a safety rule keeps back now is not told of then either, nor what went into it.
func TestHiddenNowIsHiddenThen(t *testing.T) {
	e := full(t)
	for name, page := range map[string]screen{
		"two":      compared(e, visits(e, everyday(), with(better(), quiz.Answers{"food_feelings": quiz.Pick("ed")})), 1, 2),
		"of three": compared(e, visits(e, everyday(), better(), with(better(), quiz.Answers{"food_feelings": quiz.Pick("ed")})), 1, 2),
	} {
		main := parse(t, page).Find("main")
		if row := text(main.Find("tbody tr").First()); row != "EatingNot shownNot shownWe cannot say if it changed" {
			t.Errorf("%s: eating reads %q", name, row)
		}
		for _, food := range []string{"Different plant foods", "Sugary foods"} {
			if strings.Contains(text(main), food) {
				t.Errorf("%s: the page lists %q", name, food)
			}
		}
		if !strings.Contains(text(main), e.T("compare.left_out")) {
			t.Errorf("%s: the page does not say that answers are left out", name)
		}
	}
	after := resultsAfter(e, visits(e, everyday(), worried()))
	if after.Pillars[0].Last != "" || after.Pillars[1].Last == "" {
		t.Errorf("last time: got %q for eating, %q for stress", after.Pillars[0].Last, after.Pillars[1].Last)
	}
}

func TestLastTimeOnResults(t *testing.T) {
	e := full(t)
	reports := visits(e, everyday(), better())
	page := resultsAfter(e, reports)
	for i, want := range []string{
		"Last time (1 June 2026): 31. Up by 19.", "Last time (1 June 2026): 40. Up by 20.",
		"Last time (1 June 2026): 58. Down by 10.", "Last time (1 June 2026): 75. About the same.",
	} {
		if got := page.Pillars[i]; got.Last != want || got.Line.Was == "" {
			t.Errorf("%s: got %q, hollow marker %q; want %q", got.Name, got.Last, got.Line.Was, want)
		}
	}
	if page.Overall.Last != "Last time (1 June 2026): 44. Up by 10." {
		t.Errorf("all together: got %q", page.Overall.Last)
	}
	if len(page.Earlier) != 1 || page.Earlier[0] != (Link{"/r/" + resultsKey + "/report/1", "Results of 1 June 2026"}) {
		t.Errorf("earlier results: got %v", page.Earlier)
	}
	none := resultsAfter(e, visits(e, quiz.Answers{}, everyday()))
	if got := none.Pillars[0].Last; got != "Last time (1 June 2026) there was no number." {
		t.Errorf("without a number: got %q", got)
	}
}

func TestOlderResultsSayThatTheyAre(t *testing.T) {
	e := full(t)
	page := older(e, visits(e, everyday(), better()))
	doc := parse(t, page)
	if got := text(doc.Find("main > .notice")); got != e.T("results.older", "1 June 2026")+e.T("results.newest") {
		t.Errorf("got %q", got)
	}
	if doc.Find(`a[href="/r/`+resultsKey+`"]`).Length() == 0 {
		t.Error("the page does not lead to the newest")
	}
	tips := doc.Find(".tip a.go")
	if want := "/r/" + resultsKey + "/report/1/advice/"; tips.Length() == 0 || !strings.HasPrefix(tips.AttrOr("href", ""), want) {
		t.Errorf("an idea leads to %q, want below %s", tips.AttrOr("href", ""), want)
	}
}

func TestDaysAreToldApart(t *testing.T) {
	e := full(t)
	same := visits(e, everyday(), everyday(), better())
	same[1].TakenAt = same[0].TakenAt
	page := compared(e, same, 1, 2)
	if page.ThenName != "1 June 2026 (1)" || page.NowName != "1 June 2026 (2)" {
		t.Errorf("got %q and %q", page.ThenName, page.NowName)
	}
}

// Every number of the page comes from the two reports, whatever was answered.
func TestComparedNumbersAreThoseOfTheReports(t *testing.T) {
	e := full(t)
	rapid.Check(t, func(t *rapid.T) {
		reports := visits(e, anyAnswers(t, e), anyAnswers(t, e))
		page := NewComparePage(Page{Edition: e}, comparing(e, reports, 1, 2))
		for i, row := range page.Rows {
			then, now := reports[0].Scores[i], reports[1].Scores[i]
			if veiled := !shows(then) && then.State != quiz.Incomplete || !shows(now) && now.State != quiz.Incomplete; veiled {
				if strings.ContainsAny(row.Then+row.Now+row.Change, "0123456789") {
					t.Errorf("%v shows a number that is kept back", row)
				}
				continue
			}
			if shows(then) && row.Then != itoa(then.Value) || shows(now) && row.Now != itoa(now.Value) {
				t.Errorf("got %v, want %d and %d", row, then.Value, now.Value)
			}
			if change := strings.TrimLeft(row.Change, "UpDownby "); change != row.Change && change != itoa(max(now.Value-then.Value, then.Value-now.Value)) &&
				!strings.HasPrefix(row.Change, "A") && !strings.HasPrefix(row.Change, "W") {
				t.Errorf("got %q for %d and %d", row.Change, then.Value, now.Value)
			}
		}
		for _, a := range page.Answers {
			if want := movedPoints(e, reports, a.Question); strings.ContainsAny(a.Moved, "0123456789") && a.Moved != want {
				t.Errorf("%s moved %s, want %s", a.Question, a.Moved, want)
			}
		}
	})
}

func shows(s quiz.Score) bool { return s.Figures != nil }

// movedPoints is the difference of points × weight of two receipts.
func movedPoints(e *data.Edition, reports []recommend.Report, question string) string {
	sum := [2]int{}
	for i, r := range reports {
		for _, line := range r.Receipt {
			if line.Points != nil && short(e.Quiz.Question(line.Question)) == question {
				sum[i] = *line.Points * line.Weight
			}
		}
	}
	switch by := sum[1] - sum[0]; {
	case by > 0:
		return "+" + itoa(by)
	case by < 0:
		return "−" + itoa(-by)
	}
	return "0"
}

// anyAnswers is everyday() with any of its single answers changed.
func anyAnswers(t *rapid.T, e *data.Edition) quiz.Answers {
	a := maps.Clone(everyday())
	for range rapid.IntRange(0, 12).Draw(t, "changes") {
		x := &e.Quiz.Questions[rapid.IntRange(0, len(e.Quiz.Questions)-1).Draw(t, "question")]
		if len(x.Options) == 0 || rapid.IntRange(0, 4).Draw(t, "skip") == 0 {
			a[x.ID] = quiz.Answer{}
			continue
		}
		o := x.Options[rapid.IntRange(0, len(x.Options)-1).Draw(t, "option")]
		if o.ID != "u18" {
			a[x.ID] = quiz.Pick(o.ID)
		}
	}
	return a
}
