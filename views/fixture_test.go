package views

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

var update = flag.Bool("update", false, "rewrite the golden pages")

var taken = time.Date(2026, 6, 1, 9, 30, 0, 0, time.UTC)

var builtIn = sync.OnceValues(func() (*data.Library, error) { return data.Load(data.Files) })

// full is the content that is built in. Structure is tested on it.
func full(t *testing.T) *data.Edition {
	t.Helper()
	library, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	return library.Edition("en")
}

// small is made-up content that never changes, so that golden pages change only
// when views do. Its interface words are the real ones.
func small(t *testing.T) *data.Edition {
	t.Helper()
	five := 5.0
	q := &quiz.Questionnaire{
		Sections: []quiz.Section{{ID: "food", Name: "Food", SkipIf: &quiz.Condition{Question: "mood", In: []string{"low"}}, SkipText: "Skip the food questions"}, {ID: "rest", Name: "Rest"}},
		Pillars: []quiz.Pillar{
			{ID: "diet", Name: "Food", Weight: 60, Counts: "What you eat.", Basis: "A basis."},
			{ID: "sleep", Name: "Rest", Weight: 40, Counts: "How you rest.", Basis: "Another basis."},
		},
		Bands: []quiz.Band{{ID: "start", From: 0, Name: "A place to start"}, {ID: "partway", From: 40, Name: "Part-way there"}, {ID: "well", From: 80, Name: "Well in place"}},
		Rules: quiz.ScoreRules{PillarAnswered: 60, OverallPillars: 2, OverallWeight: 60, WideRange: 10},
		Gut:   []quiz.Signal{{ID: "quiet", Name: "Quiet gut signals", When: quiz.Condition{Question: "mood", In: []string{"fine"}}}},
		Skin:  quiz.SkinLabels{Question: "skin", Professional: quiz.Condition{Question: "skin", In: []string{"patches"}}, ProfessionalName: "Worth a professional look"},
		Questions: []quiz.Question{
			{ID: "mood", Section: "food", Kind: quiz.One, Text: "How is food for you?", Short: "Food & you", Why: "We ask because it matters", Error: "Select how food is for you", Again: "Select the nearest answer",
				Options: []quiz.Option{{ID: "fine", Text: "Fine", Said: "food is fine for you", Good: "You feel fine about food."}, {ID: "low", Text: "Hard", Said: "food is hard for you"}, {ID: "pns", Text: "I'd rather not say", Skip: true, Exclusive: true}}},
			{ID: "green_leaves", Section: "food", Kind: quiz.One, Text: "How often do you eat <greens>?", Short: "Greens", Hint: "Raw counts", Why: "We ask because greens are food", Error: "Select how often", Pillar: "diet", Weight: 3, Basis: "A study.",
				Options: []quiz.Option{{ID: "never", Text: "Never", Said: "you never eat greens", Points: 0}, {ID: "some", Text: "Sometimes", Said: "you sometimes eat greens", Points: 2, Good: "You eat greens."}, {ID: "often", Text: "Often", Said: "you often eat greens", Points: 4, Good: "You often eat greens."}}},
			{ID: "beans", Section: "food", Kind: quiz.One, Text: "How often do you eat beans?", Short: "Beans", Error: "Select how often", Pillar: "diet", Weight: 1,
				Options: []quiz.Option{{ID: "never", Text: "Never", Said: "you never eat beans"}, {ID: "often", Text: "Often", Said: "you often eat beans", Points: 4}, {ID: "avoid", Text: "I avoid them", Said: "you avoid beans", Excluded: true}}},
			{ID: "hours", Section: "rest", Kind: quiz.Number, Text: "How many hours do you sleep?", Short: "Hours", Error: "Enter how many hours", Pillar: "sleep", Weight: 2,
				Range:   &quiz.Range{Min: 0, Max: 16, Unit: "hours", Said: "you sleep {n} hours", Steps: []quiz.Step{{From: new(float64), Points: 0}, {From: &five, Points: 4, Good: "You sleep 5 hours or more."}}},
				Options: []quiz.Option{{ID: "varies", Text: "It varies", Said: "your sleep varies", Excluded: true, Exclusive: true}}},
			{ID: "evening", Section: "rest", Kind: quiz.Many, Text: "Which of these happen?", Short: "Evenings", Error: "Select any", Pillar: "sleep", Weight: 2, Base: 4,
				Options: []quiz.Option{{ID: "late", Text: "Late nights", Said: "you have late nights", Points: -2}, {ID: "none", Text: "None of these", Said: "none of these happens", Exclusive: true}}},
			{ID: "skin", Section: "rest", Kind: quiz.Many, Text: "What is your skin like?", Short: "Skin", Error: "Select any",
				Options: []quiz.Option{{ID: "spots", Text: "Spots", Said: "you have spots"}, {ID: "patches", Text: "Patches", Said: "you have patches"}, {ID: "none", Text: "None of these", Exclusive: true}}},
		},
	}
	q.Compile()
	always := quiz.Condition{Question: "mood", In: []string{"fine", "low"}}
	book := &recommend.Book{
		Rules: []recommend.Rule{
			{ID: "S1", Level: recommend.Urgent, When: quiz.Condition{Question: "skin", In: []string{"patches"}}, Heading: "Ask for an appointment", Say: "You told us that {said: skin}."},
			{ID: "S2", Level: recommend.Note, When: quiz.Condition{Question: "mood", In: []string{"low"}}, Effect: recommend.Effect{Hide: []string{"diet", "overall"}}, Heading: "No food scores here", Say: "Your skin never needs food rules."},
		},
		Advice: []recommend.Advice{
			{ID: "R1", Key: "greens", Shelf: recommend.Ranked, Title: "Add greens", Do: "Add one handful.", Plan: "If I cook, then I add greens.", Why: "You told us that {said: green_leaves}.", Notice: "In 2 weeks.", Correction: "It says too much.", NotIf: "Ask first if you are ill.", Unknown: "Nobody knows.", Effort: recommend.Low,
				When: quiz.Condition{Question: "green_leaves", In: []string{"never", "some"}}, Pillar: "diet", Trigger: []recommend.Trigger{{Question: "green_leaves"}}, Health: recommend.Strong, Skin: recommend.Limited, Evidence: []string{"E1"}, Passages: []string{"A1"}, Sources: []string{"C1", "C2"},
				Variants: []recommend.Variant{{ID: "v", When: &always, Note: "Frozen is fine."}}},
			{ID: "R2", Key: "pills", Shelf: recommend.Supplement, Title: "Thinking about a pill?", Do: "You do not need one.", Why: "You told us that {said: skin}.", Effort: recommend.High, When: quiz.Condition{Question: "skin", In: []string{"spots", "patches"}},
				Health: recommend.NoGrade, Skin: recommend.Weak, SkinFor: map[string]recommend.Grade{"spots": recommend.Limited, "patches": recommend.Moderate}, Against: []string{"patches"}, Beyond: true, Judgement: true},
		},
		Grades: []recommend.GradeWords{
			{ID: recommend.Strong, Name: "Strong", Mid: "strong", Says: "This helps.", Means: "Many studies agree.", Dots: 4, Worth: 3},
			{ID: recommend.Moderate, Name: "Moderate", Mid: "moderate", Says: "This probably helps.", Dots: 3, Worth: 2},
			{ID: recommend.Limited, Name: "Limited", Mid: "limited", Says: "This may help.", Dots: 2, Worth: 1},
			{ID: recommend.Weak, Name: "Weak", Mid: "weak", Says: "We do not know yet.", Dots: 1},
			{ID: recommend.NoGrade, Name: "No claim"},
		},
		Evidence: []recommend.Topic{{ID: "E1", Name: "Greens", Says: "Greens are linked with health."}},
		Sources:  []recommend.Source{{ID: "C1", Cite: "A. Writer. On greens.", Year: 2019, DOI: "10.1000/x"}, {ID: "C2", Cite: "B. Writer. More.", Year: 2020, URL: "https://example.org/more"}},
		Passages: []recommend.Passage{{ID: "A1", Section: "Food", Says: "Eat greens.", Kind: "recommendation", Correction: "Not only greens."}},
		Regions:  []recommend.Region{{ID: "default", Name: "Anywhere", Emergency: "your emergency number", Urgent: "a doctor", Crisis: []string{"Call a friend"}, Eating: "a doctor", Minors: []string{"a parent"}}},
	}
	book.Compile()
	return &data.Edition{
		Hash: "sha256:0", Lang: "en", Dir: "ltr", Quiz: q, Book: book, Words: full(t).Words,
		Site: data.Site{Brand: "Small & Check", KeepMonths: 12, Article: data.Article{Title: "A Text", Author: "An Author"}, Reviewed: data.Review{On: "2026-05-01", By: "a dietitian", Next: "2027-05-01"}},
	}
}

// engines are one for each edition that a test renders.
var engines sync.Map

func engineOf(t *testing.T, e *data.Edition) *Engine {
	t.Helper()
	if engine, ok := engines.Load(e); ok {
		return engine.(*Engine)
	}
	engine, err := NewEngine(false, "", e)
	if err != nil {
		t.Fatal(err)
	}
	engines.Store(e, engine)
	return engine
}

var executed = struct {
	sync.Mutex
	names map[string]bool
}{names: map[string]bool{}}

type screen interface{ Template() string }

// render renders a page twice, with and without words put into the templates before.
func render(t *testing.T, page screen) string {
	t.Helper()
	engine := engineOf(t, page.(interface{ words() words }).words().edition)
	var b, plain bytes.Buffer
	if err := engine.Render(&b, page.Template(), page); err != nil {
		t.Fatal(err)
	}
	if err := (&Engine{plain: engine.plain}).Render(&plain, page.Template(), page); err != nil {
		t.Fatal(err)
	}
	if page.Template() == "styleguide" { // for developers: it shows parts in words of their own
		b = plain
	}
	// The engine writes a plus as a number, which says the same.
	if diff := cmp.Diff(strings.ReplaceAll(plain.String(), "&#43;", "+"), strings.ReplaceAll(b.String(), "&#43;", "+")); diff != "" {
		t.Errorf("words put into the template %s change it (-want +got):\n%s", page.Template(), diff)
	}
	executed.Lock()
	executed.names[page.Template()] = true
	executed.Unlock()
	return b.String()
}

func parse(t *testing.T, page screen) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(render(t, page)))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// text is what a reader sees of a selection, with white space folded.
func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

func golden(t *testing.T, name string, page screen) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name+".html")
	got := mask(render(t, page))
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is not its golden page: run `make golden` and read the diff", name)
	}
}

// mask takes the hashes out of asset names.
func mask(page string) string {
	for plain, hashed := range Assets().hashed {
		page = strings.ReplaceAll(page, hashed, plain)
	}
	return page
}

// assess makes a report for the answers, as the web would.
func assess(e *data.Edition, a quiz.Answers, acknowledged ...string) recommend.Report {
	report := recommend.Assess(e.Quiz, e.Book, a, acknowledged...)
	report.Edition, report.TakenAt = e.Hash, taken
	return report
}

var resultsKey = strings.Repeat("K", 26)

func results(e *data.Edition, a quiz.Answers, acknowledged ...string) ResultsPage {
	return NewResultsPage(Page{Edition: e}, ResultsInput{
		Report: assess(e, a, acknowledged...), Key: resultsKey,
		KeptUntil: taken.AddDate(1, 0, 0), TodayEdition: e,
	})
}

// ownAdvice is the page of an advice that the report for these answers shows.
func ownAdvice(t *testing.T, e *data.Edition, a quiz.Answers, id string) AdvicePage {
	t.Helper()
	page, ok := NewOwnAdvicePage(Page{Edition: e}, ResultsInput{Report: assess(e, a), Key: resultsKey, TodayEdition: e}, e.Book.AdviceByID(id).Key)
	if !ok {
		t.Fatalf("the report does not show %s", id)
	}
	return page
}

// People whose answers bring out the states of the results page.

func everyday() quiz.Answers {
	return quiz.Answers{
		"age": quiz.Pick("a18_34"), "urgent": quiz.Pick("none"), "gut_flags": quiz.Pick("none"), "conditions": quiz.Pick("none"),
		"medicines": quiz.Pick("antibiotic"), "pregnancy": quiz.Pick("no"), "eating_pattern": quiz.Pick("vegetarian", "budget"), "food_feelings": quiz.Pick("fine"),
		"plants": quiz.Pick("p10_19"), "fruitveg": quiz.Pick("fv2"), "wholegrain": quiz.Pick("few_week"), "fermented": quiz.Pick("never"),
		"prebiotic": quiz.Answer{}, "upf": quiz.Pick("daily"), "sugar": quiz.Answer{},
		"stress_freq": quiz.Pick("most"), "stress_cope": quiz.Pick("just"), "unwind": quiz.Pick("d1_2"),
		"sleep_hours": quiz.Num(6.5), "sleep_trouble": quiz.Pick("n1_2"), "rested": quiz.Pick("sometimes"), "evening": quiz.Pick("late_caffeine", "screens_bed"),
		"drinks": quiz.Num(5), "thirst_signs": quiz.Pick("sometimes"), "alcohol": quiz.Pick("low"),
		"gut_feel": quiz.Pick("weekly"), "stool": quiz.Pick("ok"),
		"skin": quiz.Pick("acne", "eczema"), "skin_detail": quiz.Pick("moderate"), "extras": quiz.Pick("probiotic_s", "milk"),
	}
}

func with(a quiz.Answers, changes quiz.Answers) quiz.Answers {
	for id, answer := range changes {
		a[id] = answer
	}
	return a
}

func worried() quiz.Answers {
	return with(everyday(), quiz.Answers{
		"food_feelings": quiz.Pick("ed"), "conditions": quiz.Pick("hf"), "gut_flags": quiz.Pick("blood_stool", "new_change", "weight_loss"),
		"sleep_hours": quiz.Answer{}, "sleep_trouble": quiz.Answer{}, "skin_detail": quiz.Pick("infected", "severe"),
	})
}

func inCrisis() quiz.Answers {
	return with(everyday(), quiz.Answers{"urgent": quiz.Pick("self_harm")})
}
