package data_test

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"gutskin/data"
	"gutskin/quiz"
)

func population(t testing.TB) *data.Population {
	t.Helper()
	p, err := data.LoadPopulation(data.Files, edition(t))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Everybody who is made up answers what they are asked, with answers there are.
func TestPopulationWalksThePath(t *testing.T) {
	p, q := population(t), edition(t).Quiz
	if len(p.Notes) > 0 {
		t.Errorf("the shipped population leaves open: %s", strings.Join(p.Notes, "; "))
	}
	for n := range 2_000 {
		answers, _ := p.Person(5, n)
		if err := q.Check(answers); err != nil {
			t.Fatalf("visitor %d: %v", n, err)
		}
		walk := q.Walk(answers)
		if walk.Next() != nil {
			t.Fatalf("visitor %d has not answered %s", n, walk.Next().ID)
		}
		again, _ := p.Person(5, n)
		if !reflect.DeepEqual(answers, again) {
			t.Fatalf("visitor %d says something else the second time", n)
		}
	}
}

// rates are how many of 100 visitors said what.
func rates(t *testing.T, p *data.Population, n int, said map[string]func(quiz.Answers, bool) bool) map[string]float64 {
	t.Helper()
	got := map[string]float64{}
	for i := range n {
		answers, helped := p.Person(11, i)
		for name, has := range said {
			if has(answers, helped) {
				got[name] += 100 / float64(n)
			}
		}
	}
	return got
}

func TestPopulationKeepsItsNumbers(t *testing.T) {
	files := tiny(t)
	files["population.yaml"] = &fstest.MapFile{Data: []byte(`
skip: 10
helped: 70
questions:
  - id: plants
    skip: 0
    weights: {none: 30, many: 90}
  - id: drinks
    weights: {0: 1, 2.0: 1, 9: 2}
  - id: skin
    weights: {acne: 40, lines: 50}
    cases:
      - when: {question: drinks, at_least: 9}
        weights: {acne: 80}
`)}
	library, err := data.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	p, err := data.LoadPopulation(files, library.Edition(""))
	if err != nil {
		t.Fatal(err)
	}
	drank := func(a quiz.Answers, n float64) bool { return a["drinks"].Number != nil && *a["drinks"].Number == n }
	got := rates(t, p, 40_000, map[string]func(quiz.Answers, bool) bool{
		"many plants":      func(a quiz.Answers, _ bool) bool { return a["plants"].Has("many") },
		"skips plants":     func(a quiz.Answers, _ bool) bool { return a["plants"].IsSkip() },
		"skips drinks":     func(a quiz.Answers, _ bool) bool { return a["drinks"].IsSkip() },
		"0 glasses":        func(a quiz.Answers, _ bool) bool { return drank(a, 0) },
		"9 glasses":        func(a quiz.Answers, _ bool) bool { return drank(a, 9) },
		"9 glasses, spots": func(a quiz.Answers, _ bool) bool { return drank(a, 9) && a["skin"].Has("acne") },
		"9 glasses, lines": func(a quiz.Answers, _ bool) bool { return drank(a, 9) && a["skin"].Has("lines") },
		"2 glasses, lines": func(a quiz.Answers, _ bool) bool { return drank(a, 2) && a["skin"].Has("lines") },
		"2, both":          func(a quiz.Answers, _ bool) bool { return drank(a, 2) && len(a["skin"].Picked) == 2 },
		"lines, no plants": func(a quiz.Answers, _ bool) bool { return a["plants"].Has("none") && a["skin"].Has("lines") },
		"nothing":          func(a quiz.Answers, _ bool) bool { return drank(a, 9) && a["skin"].Has("none") },
		"asked in vain":    func(a quiz.Answers, _ bool) bool { _, asked := a["skin"]; return drank(a, 0) && asked },
		"helped":           func(_ quiz.Answers, helped bool) bool { return helped },
	})
	const answered = 0.9 // of 1, after skips
	for name, want := range map[string]float64{
		"many plants": 75, "skips plants": 0, "skips drinks": 10,
		"0 glasses": 25 * answered, "9 glasses": 50 * answered,
		"9 glasses, spots": 50 * answered * answered * 0.8,
		"9 glasses, lines": 0, // the case takes the place of the weights
		"2 glasses, lines": 25 * answered * answered * 0.75 * 0.5,
		"2, both":          25 * answered * answered * 0.75 * 0.5 * 0.4,
		"lines, no plants": 0, // not offered
		"nothing":          50 * answered * answered * 0.2,
		"asked in vain":    0,
		"helped":           70,
	} {
		if math.Abs(got[name]-want) > 0.8 || want == 0 && got[name] > 0 {
			t.Errorf("%s: got %.2f of 100, want %.2f", name, got[name], want)
		}
	}
}

func TestPopulationWithoutAFile(t *testing.T) {
	p, err := data.LoadPopulation(tiny(t), tinyEdition(t))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Notes) != 3 {
		t.Errorf("got %d notes, want one for each question: %v", len(p.Notes), p.Notes)
	}
	got := rates(t, p, 20_000, map[string]func(quiz.Answers, bool) bool{
		"many": func(a quiz.Answers, _ bool) bool { return a["plants"].Has("many") },
		"30":   func(a quiz.Answers, _ bool) bool { n := a["drinks"].Number; return n != nil && *n == 30 },
	})
	if math.Abs(got["many"]-97.0/2) > 2 || got["30"] < 2 || got["30"] > 5 {
		t.Errorf("got %v", got)
	}
}

// Each thing that can be wrong with population.yaml is named at its place.
func TestPopulationProblems(t *testing.T) {
	e := tinyEdition(t)
	for _, test := range []struct{ body, want string }{
		{"skip: 101", "1:1: this is 101, it must be 0 to 100"},
		{"helped: -1", "1:1: this is -1, it must be 0 to 100"},
		{"skips: 1", `1:1: unknown field "skips"`},
		{"questions:\n  - {id: plant, weights: {none: 1}}", `2:5: no question has the id "plant"`},
		{"questions:\n  - {id: plants, weights: {some: 1}}", `2:28: "some" is no answer to plants`},
		{"questions:\n  - {id: plants, weights: {3: 1}}", `2:28: "3" is no answer to plants`},
		{"questions:\n  - {id: drinks, weights: {2.5: 1}}", `2:28: "2.5" is no answer to drinks`},
		{"questions:\n  - {id: drinks, weights: {31: 1}}", `2:28: "31" is no answer to drinks`},
		{"questions:\n  - {id: plants, weights: {none: -1, many: 2}}", `2:28: this is -1, it must be 0 or more`},
		{"questions:\n  - {id: skin, weights: {acne: 101}}", `2:26: this is 101, it must be 0 to 100`},
		{"questions:\n  - {id: skin, weights: {acne: 1, none: 5}}", `2:35: "none" stands alone and is picked where nothing else is, take it out`},
		{"questions:\n  - {id: plants, weights: {none: 1, pns: 5}}", `2:37: "pns" counts as not answered, say how often under skip`},
		{"questions:\n  - {id: plants, weights: {none: 0}}", `2:5: no answer has a weight here, give at least one a number above 0`},
		{"questions:\n  - {id: plants, skip: 120, weights: {none: 1}}", `2:18: this is 120, it must be 0 to 100`},
		{"questions:\n  - {id: plants, weights: {none: 1}}\n  - {id: plants, weights: {none: 1}}", `2:5: "plants" is used twice, ids must be unique`},
		{"questions:\n  - id: plants\n    weights: {none: 1}\n    cases:\n      - {when: {question: skin, in: [acne]}, weights: {many: 1}}",
			`5:10: this looks ahead to "skin", a condition here may only look at earlier questions`},
		{"questions:\n  - id: skin\n    weights: {acne: 1}\n    cases:\n      - {when: {is: itch}, weights: {acne: 1}}",
			`5:17: no label has the name "itch"`},
		{"questions:\n  - id: skin\n    weights: {acne: 1}\n    cases:\n      - {when: {pillar: food, below: 9}, weights: {acne: 1}}",
			`5:17: this is decided before anything is scored and may not look at a pillar`},
	} {
		files := fstest.MapFS{"population.yaml": {Data: []byte(test.body)}}
		_, err := data.LoadPopulation(files, e)
		if err == nil || err.Error() != "population.yaml:"+test.want {
			t.Errorf("%s\ngot  %v\nwant population.yaml:%s", test.body, err, test.want)
		}
	}
}

// What is wrong with the crowd does not change what visitors are shown.
func TestPopulationIsNoContent(t *testing.T) {
	files := tiny(t)
	before, err := data.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	files["population.yaml"] = &fstest.MapFile{Data: []byte("questions: 3")}
	files["personas/all.yaml"] = &fstest.MapFile{Data: []byte("personas: []")}
	after, err := data.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if before.Hash() != after.Hash() || string(before.Pack()) != string(after.Pack()) {
		t.Error("the crowd changes the edition")
	}
}
