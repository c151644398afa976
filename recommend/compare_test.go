package recommend_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gutskin/quiz"
	"gutskin/recommend"
)

// anything is random answers to the small check, as a visitor could give them.
func anything() *rapid.Generator[string] {
	some := func(question string, values ...string) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			if v := rapid.SampledFrom(append(values, "", "-")).Draw(t, question); v != "-" {
				return question + "=" + v + " "
			}
			return ""
		})
	}
	return rapid.Custom(func(t *rapid.T) string {
		return some("health", "fall", "kidney", "allergy", "kidney,tired", "none", "none", "none").Draw(t, "health") +
			some("skin", "spots", "itch", "none").Draw(t, "skin") +
			some("greens", "no", "some", "lots").Draw(t, "greens") +
			some("sweets", "often", "rare").Draw(t, "sweets") +
			some("cups", "0", "2", "3", "5", "6", "9").Draw(t, "cups")
	})
}

func TestCompareWithItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := assess(book(), anything().Draw(t, "answers"))
		c := recommend.Compare(smallQuiz(), r, r)
		for _, d := range c.Scores {
			want := recommend.Same
			if r.Scores[0].State == quiz.Withheld || d.Why == recommend.NoNumbers {
				want = recommend.Unknown
			}
			if d.Direction != want || d.By() != 0 {
				t.Errorf("%s: got %s by %d, want %s", d.Pillar, d.Direction, d.By(), want)
			}
		}
		for what, list := range map[string]int{
			"answers": len(c.Answers), "came": len(c.Advice.Came), "went": len(c.Advice.Went),
			"notices came": len(c.Notices.Came), "notices went": len(c.Notices.Went),
		} {
			if list != 0 {
				t.Errorf("%s: got %d, want none", what, list)
			}
		}
		if diff := cmp.Diff(r.Shown(), c.Advice.Stayed); diff != "" {
			t.Errorf("stayed (-want +got):\n%s", diff)
		}
	})
}

func TestCompareIsAntisymmetric(t *testing.T) {
	opposite := map[recommend.Direction]recommend.Direction{
		recommend.Up: recommend.Down, recommend.Down: recommend.Up, recommend.Same: recommend.Same, recommend.Unknown: recommend.Unknown,
	}
	kind := map[recommend.ChangeKind]recommend.ChangeKind{
		recommend.New: recommend.Gone, recommend.Gone: recommend.New, recommend.Changed: recommend.Changed,
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := assess(book(), anything().Draw(t, "a")), assess(book(), anything().Draw(t, "b"))
		there, back := recommend.Compare(smallQuiz(), a, b), recommend.Compare(smallQuiz(), b, a)
		for i, d := range there.Scores {
			if o := back.Scores[i]; d.Pillar != o.Pillar || d.Direction != opposite[o.Direction] || d.By() != -o.By() {
				t.Errorf("%s: %s by %d there, %s by %d back", d.Pillar, d.Direction, d.By(), o.Direction, o.By())
			}
		}
		if len(there.Answers) != len(back.Answers) {
			t.Fatalf("%d answers there, %d back", len(there.Answers), len(back.Answers))
		}
		for i, x := range there.Answers {
			o := back.Answers[i]
			if x.Question != o.Question || x.Kind != kind[o.Kind] || (x.Points == nil) != (o.Points == nil) || x.Points != nil && *x.Points != -*o.Points {
				t.Errorf("%+v there, %+v back", x, o)
			}
		}
		if diff := cmp.Diff(there.Advice.Came, back.Advice.Went); diff != "" {
			t.Errorf("advice (-came there, +went back):\n%s", diff)
		}
		if diff := cmp.Diff(there.Notices.Went, back.Notices.Came); diff != "" {
			t.Errorf("notices (-went there, +came back):\n%s", diff)
		}
	})
}

// spread is a report with one score.
func spread(value, low, high int) recommend.Report {
	return recommend.Report{Scores: []quiz.Score{
		{Pillar: "eating", State: quiz.Scored, Figures: &quiz.Figures{Value: value, Low: low, High: high}},
	}}
}

func without(state quiz.State) recommend.Report {
	return recommend.Report{Scores: []quiz.Score{{Pillar: "eating", State: state}}}
}

func TestDirections(t *testing.T) {
	later := spread(90, 90, 90)
	later.Edition = "newer"
	for _, c := range []struct {
		about     string
		then, now recommend.Report
		want      recommend.Direction
		why       recommend.Why
		by        int
	}{
		{"5 apart", spread(50, 50, 50), spread(55, 55, 55), recommend.Same, "", 5},
		{"6 apart", spread(50, 50, 50), spread(56, 56, 56), recommend.Up, "", 6},
		{"6 down", spread(56, 56, 56), spread(50, 50, 50), recommend.Down, "", -6},
		{"far apart, ranges touch", spread(40, 30, 60), spread(80, 60, 90), recommend.Same, "", 40},
		{"far apart, ranges do not", spread(40, 30, 59), spread(80, 60, 90), recommend.Up, "", 40},
		{"one inside the other", spread(50, 50, 50), spread(80, 40, 90), recommend.Same, "", 30},
		{"no number then", without(quiz.Incomplete), spread(50, 50, 50), recommend.Unknown, recommend.NoNumberThen, 0},
		{"hidden now", spread(50, 50, 50), without(quiz.Hidden), recommend.Unknown, recommend.NoNumberNow, 0},
		{"neither", without(quiz.Incomplete), without(quiz.Withheld), recommend.Unknown, recommend.NoNumbers, 0},
		{"another edition", spread(50, 50, 50), later, recommend.Unknown, recommend.OtherEditions, 0},
	} {
		d := recommend.Compare(smallQuiz(), c.then, c.now).Scores[0]
		if d.Direction != c.want || d.Why != c.why || d.By() != c.by {
			t.Errorf("%s: got %s (%s) by %d, want %s (%s) by %d", c.about, d.Direction, d.Why, d.By(), c.want, c.why, c.by)
		}
	}
}

// A number that is kept back today is not brought back by an earlier one beside it.
func TestCompareHidesBothNumbers(t *testing.T) {
	then, now := assess(book(), "cups=3 greens=no health=none"), assess(book(), "cups=9 greens=no health=kidney")
	for _, c := range []recommend.Comparison{recommend.Compare(smallQuiz(), then, now), recommend.Compare(smallQuiz(), now, then)} {
		for _, d := range c.Scores {
			if d.Pillar == "drinking" && (d.Then.Figures != nil || d.Now.Figures != nil) {
				t.Errorf("drinking: got %v and %v", d.Then.Figures, d.Now.Figures)
			}
		}
		for _, a := range c.Answers {
			if a.Question == "cups" && a.Points != nil {
				t.Errorf("the points of cups are told: %d", *a.Points)
			}
		}
	}
	at := func(r recommend.Report, day int) recommend.Report {
		r.TakenAt = time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC)
		return r
	}
	for _, s := range recommend.Trend(at(then, 1), at(then, 2), at(now, 3)) {
		for _, dot := range s.Dots {
			if s.Pillar == "drinking" && dot.Figures != nil {
				t.Errorf("drinking on %v: got %v, want a gap", dot.At, *dot.Figures)
			}
		}
	}
}

func TestCompareAnswersAndAdvice(t *testing.T) {
	then := assess(book(), "health=none skin=spots greens=no sweets=often cups=3")
	now := assess(book(), "health=kidney skin=spots greens=some sweets= cups=6")
	c := recommend.Compare(smallQuiz(), then, now)
	var got []string
	for _, a := range c.Answers {
		points := "-"
		if a.Points != nil {
			points = fmt.Sprint(*a.Points)
		}
		got = append(got, fmt.Sprintf("%s %s %v→%v %s %s", a.Question, a.Kind, a.From.Values(), a.To.Values(), a.Pillar, points))
	}
	sameList(t, "answers", got,
		"health changed [none]→[kidney]  -", "greens changed [no]→[some] eating 4",
		"sweets gone [often]→[] eating -", "cups changed [3]→[6] drinking -")
	same(t, "advice", fmt.Sprint(c.Advice), "{[] [see greens] [sweets water]}")
	same(t, "notices", fmt.Sprint(c.Notices), "{[N1] [] []}")

	now.Edition = "newer"
	for _, a := range recommend.Compare(smallQuiz(), then, now).Answers {
		if a.Points != nil {
			t.Errorf("%s: points of two editions are compared", a.Question)
		}
	}
	c = recommend.Compare(smallQuiz(), assess(book(), "skin=spots,itch cups=3"), assess(book(), "skin=itch,spots greens=lots"))
	got = nil
	for _, a := range c.Answers {
		got = append(got, a.Question+" "+string(a.Kind))
	}
	sameList(t, "new and gone; the order of ticks is no change", got, "greens new", "cups gone")
	skipped := recommend.AnswerChanges(smallQuiz(), then.Answers, quiz.Answers{"sweets": {}}, "sweets")
	same(t, "a skip is an answer", skipped[0].Kind, recommend.Changed)
	same(t, "only what was asked for", len(recommend.AnswerChanges(smallQuiz(), then.Answers, now.Answers, "greens", "skin")), 1)
}

// A newer edition has no sweets, a new question and another weight.
func TestRework(t *testing.T) {
	newer := smallQuiz()
	for i := range newer.Questions {
		switch x := &newer.Questions[i]; x.ID {
		case "sweets":
			x.ID, x.Options = "fruit", []quiz.Option{option("little", 1, "", ""), option("much", 4, "", "")}
		case "health":
			x.Options = x.Options[1:] // nobody can tick a fall any more
		}
	}
	newer.Compile()
	old := assess(book(), "health=fall,kidney greens=some sweets=often cups=3", "E1")
	old.Edition, old.TakenAt = "older", time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	got := recommend.Rework(newer, book(), "newer", old)
	sameList(t, "dropped", got.Dropped, "health", "sweets")
	same(t, "was", got.Was, "older")
	same(t, "edition", got.Report.Edition, "newer")
	same(t, "date", got.Report.TakenAt, old.TakenAt)
	same(t, "the other condition still counts", care(got.Report), "N1 note; ")
	eating := got.Report.Scores[0]
	if eating.Figures == nil || *eating.Figures != (quiz.Figures{Value: 50, Low: 33, High: 67, Band: "high"}) {
		t.Errorf("eating: got %v, want 50 between 33 and 67", eating.Figures)
	}
	if recommend.Compare(newer, old, got.Report).Scores[0].Direction != recommend.Unknown {
		t.Error("a direction is claimed across editions")
	}
	if c := recommend.Compare(newer, got.Report, got.Report); c.EditionsDiffer {
		t.Error("two reports of one edition count as two")
	}
}

// Under the edition it was made with, a report comes out as it was.
func TestReworkChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old := assess(book(), anything().Draw(t, "answers"))
		got := recommend.Rework(smallQuiz(), book(), old.Edition, old)
		if diff := cmp.Diff(old, got.Report); diff != "" || len(got.Dropped) > 0 {
			t.Errorf("dropped %v (-want +got):\n%s", got.Dropped, diff)
		}
	})
}

func TestTrend(t *testing.T) {
	at := func(r recommend.Report, day int, edition string) recommend.Report {
		r.TakenAt, r.Edition = time.Date(2026, 3, day, 0, 0, 0, 0, time.UTC), edition
		return r
	}
	second := at(spread(60, 50, 70), 8, "new")
	if got := recommend.Trend(second, second); got != nil {
		t.Errorf("two reports make a trend: %v", got)
	}
	series := recommend.Trend(at(spread(70, 70, 70), 22, "new"), second, at(spread(40, 40, 40), 1, "old"), at(without(quiz.Incomplete), 15, "new"))
	var got []string
	for _, dot := range series[0].Dots {
		value := "gap"
		if dot.Figures != nil {
			value = fmt.Sprint(dot.Figures.Value)
		}
		got = append(got, fmt.Sprintf("%d %s %s %v", dot.At.Day(), value, dot.State, dot.Edition))
	}
	same(t, "dots", strings.Join(got, "; "), "1 gap scored true; 8 60 scored false; 15 gap incomplete false; 22 70 scored false")
}
