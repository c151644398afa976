package quiz_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gutskin/quiz"
)

// line is what a test says about one score: "75 (60 to 80) partway", or its state.
func line(s *quiz.Score) string {
	if s == nil {
		return "none"
	}
	if s.Figures == nil {
		return string(s.State)
	}
	return fmt.Sprintf("%d (%d to %d) %s", s.Value, s.Low, s.High, s.Band)
}

// Each case changes one thing about settled, whose pillars are: food (3×3 + 2×4) of
// 20, sleep (4×4 + 1×2) of 20, water (6×1 + 4×1) of 40.
func TestScore(t *testing.T) {
	skipped := quiz.Answer{}
	cases := []struct {
		name                        string
		change                      map[string]quiz.Answer
		food, sleep, water, overall string
	}{
		{"everything answered", nil,
			"85 (85 to 85) well", "90 (90 to 90) well", "25 (25 to 25) start", "75 (75 to 75) partway"}, // 42.5 + 27 + 5 = 74.5

		{"an excluded item leaves the score and the range", map[string]quiz.Answer{"milk": quiz.Pick("upset")},
			"75 (75 to 75) partway", "90 (90 to 90) well", "25 (25 to 25) start", "70 (70 to 70) partway"}, // 69.5
		{"a skipped item widens the range only", map[string]quiz.Answer{"milk": skipped},
			"75 (45 to 85) partway", "90 (90 to 90) well", "25 (25 to 25) start", "70 (55 to 75) partway"}, // 69.5, 54.5, 74.5
		{"60 of 100 answered is enough", map[string]quiz.Answer{"thirst": skipped},
			"85 (85 to 85) well", "90 (90 to 90) well", "25 (15 to 55) start", "75 (73 to 81) partway"}, // 72.5, 80.5
		{"40 of 100 is not", map[string]quiz.Answer{"sugar": skipped},
			"incomplete", "90 (90 to 90) well", "25 (25 to 25) start", "incomplete"}, // 50 of 100 overall
		{"the overall value comes from the complete pillars", map[string]quiz.Answer{"drinks": skipped},
			"85 (85 to 85) well", "90 (90 to 90) well", "incomplete", "87 (72 to 87) well"}, // 86.875; 71.5; 83.5 widened to 87
		{"the range takes in a value that lies above it", map[string]quiz.Answer{"drinks": skipped, "thirst": quiz.Pick("daily")},
			"85 (85 to 85) well", "90 (90 to 90) well", "incomplete", "87 (70 to 87) well"}, // 81.5 widened to 87
		{"the range takes in a value that lies below it",
			map[string]quiz.Answer{"drinks": skipped, "thirst": quiz.Pick("rarely"), "sugar": quiz.Pick("many"), "milk": quiz.Pick("none"), "hours": quiz.Num(0), "evening": quiz.Pick("late", "screens", "drink", "moves")},
			"20 (20 to 20) start", "0 (0 to 0) start", "incomplete", "13 (13 to 30) start"}, // 12.5; 18 widened to 13; 30
		{"a pillar that is excluded as a whole has no number", map[string]quiz.Answer{"hours": quiz.Pick("varies"), "evening": skipped},
			"85 (85 to 85) well", "incomplete", "25 (25 to 25) start", "68 (48 to 78) partway"}, // 67.857; 47.5; 77.5
		{"two pillars that hold too little", map[string]quiz.Answer{"sugar": skipped, "milk": skipped},
			"incomplete", "90 (90 to 90) well", "25 (25 to 25) start", "incomplete"},
		{"one pillar is not enough, whatever it holds", map[string]quiz.Answer{"hours": skipped, "drinks": skipped},
			"85 (85 to 85) well", "incomplete", "incomplete", "incomplete"},

		{"an option instead of a number is excluded", map[string]quiz.Answer{"hours": quiz.Pick("varies")},
			"85 (85 to 85) well", "50 (50 to 50) partway", "25 (25 to 25) start", "63 (63 to 63) partway"}, // 62.5
		{"every option that takes away", map[string]quiz.Answer{"evening": quiz.Pick("late", "screens", "drink", "moves")},
			"85 (85 to 85) well", "80 (80 to 80) well", "25 (25 to 25) start", "72 (72 to 72) partway"}, // 71.5
		{"none of them", map[string]quiz.Answer{"evening": quiz.Pick("none")},
			"85 (85 to 85) well", "100 (100 to 100) well", "25 (25 to 25) start", "78 (78 to 78) partway"}, // 77.5
		{"an option worth nothing", map[string]quiz.Answer{"evening": quiz.Pick("shift")},
			"85 (85 to 85) well", "100 (100 to 100) well", "25 (25 to 25) start", "78 (78 to 78) partway"},
		{"all at their least",
			map[string]quiz.Answer{"sugar": quiz.Pick("many"), "milk": quiz.Pick("none"), "hours": quiz.Num(4.9), "drinks": quiz.Num(0), "thirst": quiz.Pick("daily"), "evening": quiz.Pick("late", "screens", "drink", "moves")},
			"20 (20 to 20) start", "0 (0 to 0) start", "0 (0 to 0) start", "10 (10 to 10) start"},
		{"all at their most",
			map[string]quiz.Answer{"sugar": quiz.Pick("rarely"), "hours": quiz.Num(9), "drinks": quiz.Num(30), "thirst": quiz.Pick("rarely"), "evening": quiz.Pick("none")},
			"100 (100 to 100) well", "100 (100 to 100) well", "100 (100 to 100) well", "100 (100 to 100) well"},
	}
	q := small(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answers := settled()
			for id, answer := range c.change {
				answers[id] = answer
			}
			if err := q.Check(answers); err != nil {
				t.Fatal(err)
			}
			card := q.Score(q.Walk(answers).Kept, quiz.Veil{})
			for pillar, want := range map[string]string{"food": c.food, "sleep": c.sleep, "water": c.water, quiz.Overall: c.overall} {
				if got := line(card.Of(pillar)); got != want {
					t.Errorf("%s: got %s, want %s", pillar, got, want)
				}
			}
		})
	}
	if got := line(q.Score(nil, quiz.Veil{}).Of("shoe")); got != "none" {
		t.Errorf("a pillar nobody has: got %s", got)
	}
}

// Fractions are exact and rounded once, half up.
func TestScoreRounds(t *testing.T) {
	cases := []struct {
		name             string
		a, b             int // points of two questions
		weightA, weightB int
		want             int
	}{
		{"12.5 is 13", 1, 0, 4, 4, 13},
		{"37.5 is 38", 3, 0, 4, 4, 38},
		{"62.5 is 63", 3, 2, 4, 4, 63},
		{"8.33 is 8", 1, 0, 1, 2, 8},
		{"66.67 is 67", 4, 0, 2, 1, 67},
		{"0.5 is 1", 1, 0, 2, 98, 1},
		{"0.25 is 0", 1, 0, 1, 99, 0},
		{"99.75 is 100", 3, 4, 1, 99, 100},
		{"99.5 is 100", 3, 4, 2, 98, 100},
		{"99.25 is 99", 3, 4, 3, 97, 99},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			q := &quiz.Questionnaire{
				Pillars: []quiz.Pillar{{ID: "p", Weight: 100}},
				Bands:   []quiz.Band{{ID: "start", From: 0}},
				Rules:   quiz.ScoreRules{PillarAnswered: 60, OverallPillars: 1, OverallWeight: 60, WideRange: 10},
				Questions: []quiz.Question{
					scored(one("a", points("x", c.a), points("y", 0)), "p", c.weightA),
					scored(one("b", points("x", c.b), points("y", 0)), "p", c.weightB),
				},
			}
			q.Compile()
			card := q.Score(quiz.Answers{"a": quiz.Pick("x"), "b": quiz.Pick("x")}, quiz.Veil{})
			for _, pillar := range []string{"p", quiz.Overall} {
				if got := card.Of(pillar).Value; got != c.want {
					t.Errorf("%s: got %d, want %d", pillar, got, c.want)
				}
			}
		})
	}
}

// Rounding each pillar first would give another overall score: 3 pillars at 12.5,
// 12.5 and 37.5 are 13, 13 and 38, whose mean is 20.5, but the mean is 20.
func TestOverallIsNotRoundedTwice(t *testing.T) {
	q := &quiz.Questionnaire{
		Pillars: []quiz.Pillar{{ID: "p", Weight: 35}, {ID: "q", Weight: 35}, {ID: "r", Weight: 30}},
		Bands:   []quiz.Band{{ID: "start", From: 0}},
		Rules:   quiz.ScoreRules{PillarAnswered: 60, OverallPillars: 1, OverallWeight: 60, WideRange: 10},
	}
	for _, pillar := range []string{"p", "q", "r"} {
		q.Questions = append(q.Questions,
			scored(one(pillar+"1", points("p1", 1), points("p3", 3)), pillar, 1),
			scored(one(pillar+"2", points("p0", 0), points("p4", 4)), pillar, 1))
	}
	q.Compile()
	answers := quiz.Answers{}
	for id, option := range map[string]string{"p1": "p1", "p2": "p0", "q1": "p1", "q2": "p0", "r1": "p3", "r2": "p0"} {
		answers[id] = quiz.Pick(option)
	}
	card := q.Score(answers, quiz.Veil{})
	for pillar, want := range map[string]int{"p": 13, "q": 13, "r": 38, quiz.Overall: 20} {
		if got := card.Of(pillar).Value; got != want {
			t.Errorf("%s: got %d, want %d", pillar, got, want)
		}
	}
}

func TestNumberSteps(t *testing.T) {
	x := small(t).Question("hours")
	for n, want := range map[float64]int{0: 0, 4.99: 0, 5: 1, 5.5: 1, 6: 2, 6.99: 2, 7: 4, 8: 4, 9: 4, 9.01: 3, 16: 3} {
		got, state := x.Points(quiz.Num(n))
		if got != want || state != quiz.LineAnswered {
			t.Errorf("%v hours: got %d, %s; want %d, answered", n, got, state, want)
		}
	}
	if got := x.Range.Good(8); got != "You sleep 7 hours or more." {
		t.Errorf("good about 8 hours: got %q", got)
	}
	if got := x.Range.Good(10); got != "" {
		t.Errorf("good about 10 hours: got %q, want nothing", got)
	}
}

func TestBands(t *testing.T) {
	q := small(t)
	for value, want := range map[int]string{0: "start", 39: "start", 40: "partway", 79: "partway", 80: "well", 100: "well"} {
		if got := q.Band(value).ID; got != want {
			t.Errorf("%d: got %q, want %q", value, got, want)
		}
	}
}

func TestMissingCompletes(t *testing.T) {
	q := small(t)
	answers := with(with(settled(), "drinks", quiz.Answer{}), "thirst", quiz.Answer{})
	score := q.Score(q.Walk(answers).Kept, quiz.Veil{}).Of("water")
	want := &quiz.Score{Pillar: "water", State: quiz.Incomplete, Missing: []string{"drinks", "thirst"}}
	if diff := cmp.Diff(want, score); diff != "" {
		t.Errorf("nothing answered (-want +got):\n%s", diff)
	}
	// A question that was excluded for a health reason is never asked for again.
	answers["thirst"] = quiz.Pick("cant_tell")
	want.Missing = []string{"drinks"}
	if diff := cmp.Diff(want, q.Score(q.Walk(answers).Kept, quiz.Veil{}).Of("water")); diff != "" {
		t.Errorf("one excluded (-want +got):\n%s", diff)
	}
}

func TestVeil(t *testing.T) {
	q := small(t)
	kept := q.Walk(settled()).Kept
	open := q.Score(kept, quiz.Veil{})

	t.Run("a hidden pillar", func(t *testing.T) {
		card := q.Score(kept, quiz.Veil{Hide: map[string][]string{"water": {"S16"}}})
		if diff := cmp.Diff(&quiz.Score{Pillar: "water", State: quiz.Hidden, By: []string{"S16"}}, card.Of("water")); diff != "" {
			t.Errorf("water (-want +got):\n%s", diff)
		}
		// No penalty and no range: (50×85 + 30×90) ÷ 80 = 86.875.
		if got, want := line(card.Of(quiz.Overall)), "87 (87 to 87) well"; got != want {
			t.Errorf("overall: got %s, want %s", got, want)
		}
		for _, l := range card.Receipt {
			if hidden := l.Pillar == "water"; (l.State == quiz.LineHidden) != hidden || (l.Points == nil) != hidden {
				t.Errorf("receipt of %s: %+v", l.Question, l)
			}
		}
		if len(card.Receipt) != len(open.Receipt) {
			t.Errorf("the receipt has %d lines, want %d", len(card.Receipt), len(open.Receipt))
		}
	})
	t.Run("a hidden pillar takes its skips along", func(t *testing.T) {
		a := with(settled(), "drinks", quiz.Answer{})
		card := q.Score(q.Walk(a).Kept, quiz.Veil{Hide: map[string][]string{"water": {"S16"}}})
		if got, want := line(card.Of(quiz.Overall)), "87 (87 to 87) well"; got != want {
			t.Errorf("overall: got %s, want %s", got, want)
		}
	})
	t.Run("hiding can leave too little for an overall score", func(t *testing.T) {
		card := q.Score(kept, quiz.Veil{Hide: map[string][]string{"food": {"S12"}}})
		if got := line(card.Of(quiz.Overall)); got != "incomplete" {
			t.Errorf("overall: got %s, want incomplete", got)
		}
	})
	t.Run("the overall score hidden", func(t *testing.T) {
		card := q.Score(kept, quiz.Veil{Hide: map[string][]string{quiz.Overall: {"S12", "S13"}}})
		if diff := cmp.Diff(&quiz.Score{Pillar: quiz.Overall, State: quiz.Hidden, By: []string{"S12", "S13"}}, card.Of(quiz.Overall)); diff != "" {
			t.Errorf("overall (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(open.Of("food"), card.Of("food")); diff != "" {
			t.Errorf("food (-want +got):\n%s", diff)
		}
	})
	t.Run("everything withheld", func(t *testing.T) {
		card := q.Score(kept, quiz.Veil{Withhold: []string{"S05"}, Hide: map[string][]string{"food": {"S12"}}})
		var want []quiz.Score
		for _, pillar := range []string{"food", "sleep", "water", quiz.Overall} {
			want = append(want, quiz.Score{Pillar: pillar, State: quiz.Withheld, By: []string{"S05"}})
		}
		if diff := cmp.Diff(quiz.Scorecard{Scores: want}, card); diff != "" {
			t.Errorf("no number may be left (-want +got):\n%s", diff)
		}
	})
}

func TestReceipt(t *testing.T) {
	q := small(t)
	answers := settled()
	answers["milk"], answers["evening"], answers["hours"] = quiz.Pick("upset"), quiz.Answer{}, quiz.Num(5.5)
	got := q.Score(q.Walk(answers).Kept, quiz.Veil{}).Receipt
	point := func(n int) *int { return &n }
	want := []quiz.Line{
		{Pillar: "food", Question: "sugar", Answer: []string{"few"}, Points: point(3), Of: 4, Weight: 3, State: quiz.LineAnswered},
		{Pillar: "food", Question: "milk", Answer: []string{"upset"}, Weight: 2, State: quiz.LineExcluded},
		{Pillar: "sleep", Question: "hours", Answer: []string{"5.5"}, Points: point(1), Of: 4, Weight: 4, State: quiz.LineAnswered},
		{Pillar: "sleep", Question: "evening", Of: 4, Weight: 1, State: quiz.LineSkipped},
		{Pillar: "water", Question: "drinks", Answer: []string{"4"}, Points: point(1), Of: 4, Weight: 6, State: quiz.LineAnswered},
		{Pillar: "water", Question: "thirst", Answer: []string{"most"}, Points: point(1), Of: 4, Weight: 4, State: quiz.LineAnswered},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("receipt (-want +got):\n%s", diff)
	}
}
