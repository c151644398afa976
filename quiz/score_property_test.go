package quiz_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gutskin/quiz"
)

// The same score, worked out a second time from the receipt with big fractions:
// what a visitor would get who adds it up on paper.
func onPaper(q *quiz.Questionnaire, receipt []quiz.Line, hidden map[string][]string) map[string]string {
	got := map[string]string{}
	value, low, high := new(big.Rat), new(big.Rat), new(big.Rat)
	pillars, validWeight, allWeight := 0, int64(0), int64(0)
	for _, p := range q.Pillars {
		if len(hidden[p.ID]) > 0 {
			got[p.ID] = "hidden"
			continue
		}
		var points, answered, asked int64
		for _, l := range receipt {
			if l.Pillar != p.ID || l.State == quiz.LineExcluded {
				continue
			}
			asked += int64(l.Weight)
			if l.State == quiz.LineAnswered {
				answered += int64(l.Weight)
				points += int64(l.Weight * *l.Points)
			}
		}
		weight := big.NewRat(int64(p.Weight), 1)
		share := func(of *big.Rat) *big.Rat { return new(big.Rat).Mul(weight, of) }
		allWeight += int64(p.Weight)
		pLow, pHigh := big.NewRat(0, 1), big.NewRat(1, 1)
		if asked > 0 {
			pLow, pHigh = big.NewRat(points, 4*asked), big.NewRat(points+4*(asked-answered), 4*asked)
		}
		low.Add(low, share(pLow))
		high.Add(high, share(pHigh))
		if answered == 0 || answered*100 < int64(q.Rules.PillarAnswered)*asked {
			got[p.ID] = "incomplete"
			continue
		}
		pValue := big.NewRat(points, 4*answered)
		got[p.ID] = figures(q, pValue, pLow, pHigh)
		value.Add(value, share(pValue))
		validWeight += int64(p.Weight)
		pillars++
	}
	switch {
	case len(hidden[quiz.Overall]) > 0:
		got[quiz.Overall] = "hidden"
	case pillars < q.Rules.OverallPillars || validWeight < int64(q.Rules.OverallWeight):
		got[quiz.Overall] = "incomplete"
	default:
		for _, of := range []struct {
			sum    *big.Rat
			weight int64
		}{{value, validWeight}, {low, allWeight}, {high, allWeight}} {
			of.sum.Quo(of.sum, big.NewRat(of.weight, 1))
		}
		got[quiz.Overall] = figures(q, value, low, high)
	}
	return got
}

func figures(q *quiz.Questionnaire, value, low, high *big.Rat) string {
	percent := func(r *big.Rat) int {
		r = new(big.Rat).Add(new(big.Rat).Mul(r, big.NewRat(100, 1)), big.NewRat(1, 2))
		return int(new(big.Int).Div(r.Num(), r.Denom()).Int64())
	}
	v := percent(value)
	return line(&quiz.Score{Figures: &quiz.Figures{
		Value: v, Low: min(v, percent(low)), High: max(v, percent(high)), Band: q.Band(v).ID,
	}})
}

func TestReceiptAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := scoring().Draw(t, "questionnaire")
		answers := answersTo(q).Draw(t, "answers")
		var veil quiz.Veil
		if rapid.IntRange(0, 3).Draw(t, "hide") == 0 {
			veil.Hide = map[string][]string{rapid.SampledFrom(append(pillars(q), quiz.Overall)).Draw(t, "hidden"): {"S1"}}
		}
		card := q.Score(q.Walk(answers).Kept, veil)
		for pillar, want := range onPaper(q, card.Receipt, veil.Hide) {
			if got := line(card.Of(pillar)); got != want {
				t.Errorf("%s: got %s, want %s", pillar, got, want)
			}
		}
		for _, s := range card.Scores {
			if s.Figures != nil && (s.Low < 0 || s.Low > s.Value || s.Value > s.High || s.High > 100) {
				t.Errorf("%s: %s is out of order", s.Pillar, line(&s))
			}
			if (s.Figures != nil) != (s.State == quiz.Scored) {
				t.Errorf("%s: %s with figures %v", s.Pillar, s.State, s.Figures)
			}
		}
		for _, l := range card.Receipt {
			if l.Points != nil && (*l.Points < 0 || *l.Points > l.Of) {
				t.Errorf("%s gave %d of %d", l.Question, *l.Points, l.Of)
			}
		}
	})
}

func TestOrderOfTicksNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := scoring().Draw(t, "questionnaire")
		answers := answersTo(q).Draw(t, "answers")
		shuffled := quiz.Answers{}
		for id, a := range answers {
			if ticks := a.Picked; len(ticks) > 0 {
				a = quiz.Pick(append(rapid.Permutation(ticks).Draw(t, "order"), ticks[0])...)
			}
			shuffled[id] = a
		}
		want := q.Walk(answers)
		got := q.Walk(shuffled)
		if diff := cmp.Diff(want.Kept, got.Kept); diff != "" {
			t.Errorf("kept (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(q.Score(want.Kept, quiz.Veil{}), q.Score(got.Kept, quiz.Veil{})); diff != "" {
			t.Errorf("scores (-want +got):\n%s", diff)
		}
	})
}

// A skip says less, so it can only widen: the new range holds the old one and the
// old value. The same goes for the overall score as long as every pillar entered it.
func TestSkippingWidens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := scoring().Draw(t, "questionnaire")
		answers := answersTo(q).Draw(t, "answers")
		before := q.Score(q.Walk(answers).Kept, quiz.Veil{})
		item := answered(before).Draw(t, "skipped")
		answers[item] = quiz.Answer{}
		after := q.Score(q.Walk(answers).Kept, quiz.Veil{})
		whole := !slices.ContainsFunc(before.Scores, func(s quiz.Score) bool { return s.State != quiz.Scored })
		for _, pillar := range append(pillars(q), quiz.Overall) {
			old, now := before.Of(pillar), after.Of(pillar)
			if old.Figures == nil || now.Figures == nil || pillar == quiz.Overall && !whole {
				continue
			}
			if now.Low > old.Low || now.High < old.High || now.Low > old.Value || now.High < old.Value {
				t.Errorf("%s without %s: %s became %s", pillar, item, line(old), line(now))
			}
		}
		if now := after.Of(q.Question(item).Pillar); now.State == quiz.Incomplete && !slices.Contains(now.Missing, item) {
			t.Errorf("%s is not named among what is missing: %v", item, now.Missing)
		}
	})
}

func TestBetterAnswerNeverLowers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := scoring().Draw(t, "questionnaire")
		answers := answersTo(q).Draw(t, "answers")
		before := q.Score(q.Walk(answers).Kept, quiz.Veil{})
		x := q.Question(answered(before).Draw(t, "improved"))
		v := quiz.Visit{Question: x}
		for i := range x.Options {
			v.Offered = append(v.Offered, &x.Options[i])
		}
		worse, _ := x.Points(q.Walk(answers).Kept[x.ID])
		answers[x.ID] = answerTo(v).Draw(t, "other")
		better, state := x.Points(q.Walk(answers).Kept[x.ID])
		if state != quiz.LineAnswered {
			return
		}
		after := q.Score(q.Walk(answers).Kept, quiz.Veil{})
		if better < worse {
			better, worse, before, after = worse, better, after, before
		}
		for _, pillar := range []string{x.Pillar, quiz.Overall} {
			old, now := before.Of(pillar), after.Of(pillar)
			if old.State != now.State {
				t.Errorf("%s was %s and is %s", pillar, old.State, now.State)
			}
			if old.Figures != nil && (now.Value < old.Value || now.Low < old.Low || now.High < old.High) {
				t.Errorf("%s: %d instead of %d points on %s made %s of %s", pillar, better, worse, x.ID, line(now), line(old))
			}
		}
	})
}

// The widest that Problems allows: six pillars whose weights have no common divisor.
// Nothing overflows.
func TestScoreAtTheBounds(t *testing.T) {
	q := &quiz.Questionnaire{
		Bands:  []quiz.Band{{ID: "start", From: 0}},
		Rules:  quiz.ScoreRules{PillarAnswered: 50, OverallPillars: 1, OverallWeight: 1, WideRange: 10},
		Skin:   quiz.SkinLabels{Question: "p0", Professional: in("p0", "o1")},
		Labels: map[string]quiz.Condition{},
	}
	// Sums of 97, 89, 83, 79, 73 and 100 make the largest common denominator.
	for i, sum := range []int{97, 89, 83, 79, 73, 100} {
		id := fmt.Sprintf("p%d", i)
		q.Pillars = append(q.Pillars, quiz.Pillar{ID: id, Weight: []int{17, 13, 11, 19, 7, 33}[i]})
		q.Questions = append(q.Questions,
			scored(one(id, points("o1", 1), points("o3", 3)), id, sum-30),
			scored(one(id+"b", points("o1", 1), points("o3", 3)), id, 30))
	}
	q.Compile()
	if problems := q.Problems(); len(problems) > 0 {
		t.Fatalf("this must be allowed: %v", problems)
	}
	rapid.Check(t, func(t *rapid.T) {
		answers := quiz.Answers{}
		for i := range q.Questions {
			x := &q.Questions[i]
			answers[x.ID] = rapid.SampledFrom([]quiz.Answer{quiz.Pick("o1"), quiz.Pick("o3"), {}}).Draw(t, x.ID)
		}
		card := q.Score(answers, quiz.Veil{})
		for pillar, want := range onPaper(q, card.Receipt, nil) {
			if got := line(card.Of(pillar)); got != want {
				t.Errorf("%s: got %s, want %s", pillar, got, want)
			}
		}
	})
}

// scoring makes up one to six pillars of one to six questions each, of every kind.
func scoring() *rapid.Generator[*quiz.Questionnaire] {
	return rapid.Custom(func(t *rapid.T) *quiz.Questionnaire {
		q := &quiz.Questionnaire{
			Bands: []quiz.Band{{ID: "start", From: 0}, {ID: "partway", From: 40}, {ID: "well", From: 80}},
			Rules: quiz.ScoreRules{PillarAnswered: 60, OverallPillars: 1, OverallWeight: 60, WideRange: 10},
		}
		left := 100
		count := rapid.IntRange(1, 6).Draw(t, "pillars")
		for i := range count {
			weight := left
			if more := count - 1 - i; more > 0 {
				weight = rapid.IntRange(1, left-more).Draw(t, "pillar weight")
			}
			left -= weight
			id := fmt.Sprintf("p%d", i)
			q.Pillars = append(q.Pillars, quiz.Pillar{ID: id, Weight: weight})
			items := rapid.IntRange(1, 6).Draw(t, "questions")
			for j := range items {
				x := item(fmt.Sprintf("%s_%d", id, j)).Draw(t, "question")
				q.Questions = append(q.Questions, scored(x, id, rapid.IntRange(1, 100/items).Draw(t, "weight")))
			}
		}
		q.Compile()
		return q
	})
}

func item(id string) *rapid.Generator[quiz.Question] {
	return rapid.Custom(func(t *rapid.T) quiz.Question {
		option := func(name string) quiz.Option {
			return points(name, rapid.IntRange(0, quiz.MaxPoints).Draw(t, name))
		}
		switch rapid.SampledFrom([]quiz.Kind{quiz.One, quiz.Many, quiz.Number}).Draw(t, "kind") {
		case quiz.One:
			return one(id, option("a"), option("b"), option("c"), excluded("not_me"))
		case quiz.Many:
			return based(many(id, points("a", -1), points("b", -2), points("c", -4), points("d", 0), exclusive("none"), excluded("ill")), 4)
		}
		return quiz.Question{ID: id, Kind: quiz.Number, Options: []quiz.Option{excluded("varies")}, Range: &quiz.Range{
			Min: 0, Max: 10, Whole: rapid.Bool().Draw(t, "whole"),
			Steps: []quiz.Step{
				{From: num(0), Points: option("low").Points}, {From: num(3), Points: option("mid").Points}, {Above: num(6), Points: option("high").Points},
			},
		}}
	})
}

func pillars(q *quiz.Questionnaire) []string {
	var ids []string
	for _, p := range q.Pillars {
		ids = append(ids, p.ID)
	}
	return ids
}

// answered picks one of the answered questions of a receipt.
func answered(card quiz.Scorecard) *rapid.Generator[string] {
	var ids []string
	for _, l := range card.Receipt {
		if l.State == quiz.LineAnswered {
			ids = append(ids, l.Question)
		}
	}
	return rapid.Custom(func(t *rapid.T) string {
		if len(ids) == 0 {
			t.Skip("nothing was answered")
		}
		return rapid.SampledFrom(ids).Draw(t, "question")
	})
}

func BenchmarkWalk(b *testing.B) {
	q, answers := small(b), settled()
	b.ReportAllocs()
	for b.Loop() {
		q.Walk(answers)
	}
}

func BenchmarkScore(b *testing.B) {
	q := small(b)
	kept := q.Walk(settled()).Kept
	b.ReportAllocs()
	for b.Loop() {
		q.Score(kept, quiz.Veil{})
	}
}
