package data_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gutskin/data"
)

// What the shipped content promises holds for everybody, and each thing that can happen
// is told with somebody for whom it does.
func TestProof(t *testing.T) {
	library, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	proof := data.Prove(library, data.ProofOptions{Seed: 1, Samples: 2_000})
	for _, c := range proof.Claims {
		if c.Cases == 0 {
			t.Errorf("%s: nothing was tried", c.ID)
		}
		for _, f := range c.Failed {
			t.Errorf("%s: %s %v", c.ID, f.Problem, f.Answers)
		}
	}
	e := edition(t)
	for id, want := range map[string]int{
		"question": len(e.Quiz.Questions), "label": len(e.Quiz.Labels), "rule": len(e.Book.Rules), "advice": len(e.Book.Advice),
		"band": len(e.Quiz.Bands) * (len(e.Quiz.Pillars) + 1), "bounds": 2 * len(e.Quiz.Pillars), "signal": len(e.Quiz.Gut),
	} {
		i := slices.IndexFunc(proof.Claims, func(c data.Claim) bool { return c.ID == id })
		if got := len(proof.Claims[i].Examples); got != want {
			t.Errorf("%s: got %d examples, want %d", id, got, want)
		}
	}
}

// The same content and seed give the same proof, however the work is divided.
func TestProofIsRepeatable(t *testing.T) {
	files := copied(t)
	breakage{file: rules, find: "when: {question: age, in: [u18]}…hold: [everything]", with: "hold: [R14]"}.breaks(t, files)
	library, err := data.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	options := data.ProofOptions{Seed: 7, Samples: 500, Only: []string{"held", "stopped", "lasting", "words"}}
	if diff := cmp.Diff(data.Prove(library, options), data.Prove(library, options), cmp.AllowUnexported(data.Problem{})); diff != "" {
		t.Errorf("the second proof differs:\n%s", diff)
	}
}

// The proof notices a program that errs, too: here rules and weights are changed behind
// its back, after it has spelled them out.
func TestProofOfTheProgram(t *testing.T) {
	for _, c := range []struct {
		claim  string
		breaks func(*data.Edition)
		want   string
	}{
		{"held", func(e *data.Edition) { e.Book.RuleByID("S28").Hold = []string{"R01"} }, "R01 is shown although a safety rule holds it back"},
		{"tie", func(e *data.Edition) { e.Book.RuleByID("S18").Hold = []string{"R39"} }, "a tie is decided by chance"},
		{"better-overall", func(e *data.Edition) { e.Quiz.Pillars[0].Weight, e.Quiz.Pillars[1].Weight = -10, 75 }, "but lowers the overall score"},
	} {
		library, err := data.Load(data.Files)
		if err != nil {
			t.Fatal(err)
		}
		c.breaks(library.Edition(""))
		proof := data.Prove(library, data.ProofOptions{Seed: 1, Samples: 500, Only: []string{c.claim}})
		if len(proof.Claims) != 1 || proof.Holds() {
			t.Errorf("%s: got %v, want it broken", c.claim, proof.Claims)
			continue
		}
		if got := proof.Claims[0].Failed[0]; !strings.Contains(got.Text, c.want) || len(got.Answers) == 0 {
			t.Errorf("%s: got %v, want %q and somebody's answers", c.claim, got, c.want)
		}
	}
}

// A counter-example is the smallest one, in words.
func TestCounterexample(t *testing.T) {
	files := copied(t)
	breakage{file: rules, find: "        - {not: {question: conditions, in: [coeliac]}}\n", with: ""}.breaks(t, files)
	library, err := data.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	proof := data.Prove(library, data.ProofOptions{Seed: 1, Samples: 1, Only: []string{"contradiction"}})
	want := []string{"Conditions: Coeliac disease", "How you eat: Gluten-free", "Bloating or tummy pain: About once a week"}
	if diff := cmp.Diff(want, proof.Claims[0].Failed[0].Answers); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
}

// What the README calls retired is no mistake, although it reaches nobody.
func TestRetired(t *testing.T) {
	files := copied(t)
	for _, b := range []breakage{
		{file: ask, find: "labels: #", with: "labels:\n  never: {all: [{question: age, in: [u18]}, {question: age, in: [a65]}]}\n  #"},
		{file: sips, find: "when: {question: drinks, at_least: 13}", with: "when: {is: never}"},
		{file: rules, find: "id: S28…when: {question: medicines, in: [antibiotic]}", with: "when: {is: never}"},
		{file: diet, find: "id: upf…id: rarely\n", with: "id: rarely\n        offer_if: {is: never}\n"},
	} {
		b.breaks(t, files)
	}
	library, err := data.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	only := []string{"label", "condition", "rule", "care-text", "advice", "option", "part"}
	for _, c := range data.Prove(library, data.ProofOptions{Seed: 1, Samples: 1, Only: only}).Claims {
		for _, f := range c.Failed {
			t.Errorf("%s: %v", c.ID, f.Problem)
		}
	}
}

// Reviews are due the day after their date, not before.
func TestDue(t *testing.T) {
	library, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	day := edition(t).Book.AdviceByID("R01").ReviewBy
	for _, c := range []struct {
		today string
		want  bool
	}{{"2026-11-22", false}, {day, false}, {"2027-11-23", true}} {
		today, err := time.Parse(time.DateOnly, c.today)
		if err != nil {
			t.Fatal(err)
		}
		got := slices.ContainsFunc(library.Due(today), func(p data.Problem) bool {
			return p.Text == "R01 was due for review by "+day && p.File == "advice/eating.yaml" && p.Line > 1
		})
		if got != c.want {
			t.Errorf("on %s R01 is due: %t, want %t", c.today, got, c.want)
		}
	}
}
