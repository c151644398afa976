package quiz_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gutskin/quiz"
)

func account(t *testing.T, accounts []quiz.Account, pillar string) quiz.Account {
	t.Helper()
	for _, a := range accounts {
		if a.Score.Pillar == pillar {
			return a
		}
	}
	t.Fatalf("no account of %s", pillar)
	return quiz.Account{}
}

// Whatever is answered, skipped, excluded or hidden, what the account adds up to is
// the number that stands above it. The sums are done again here, with big fractions.
func TestAccountAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := scoring().Draw(t, "questionnaire")
		answers := answersTo(q).Draw(t, "answers")
		var veil quiz.Veil
		if rapid.IntRange(0, 3).Draw(t, "hide") == 0 {
			veil.Hide = map[string][]string{rapid.SampledFrom(append(pillars(q), quiz.Overall)).Draw(t, "hidden"): {"S1"}}
		}
		card := q.Score(q.Walk(answers).Kept, veil)
		accounts := q.Account(card)
		if len(accounts) != len(card.Scores) {
			t.Fatalf("%d accounts of %d scores", len(accounts), len(card.Scores))
		}
		lines := 0
		for i, a := range accounts {
			if diff := cmp.Diff(card.Scores[i], a.Score); diff != "" {
				t.Errorf("the account is of another score (-want +got):\n%s", diff)
			}
			lines += len(a.Lines)
			if a.Score.Pillar != quiz.Overall && a.Score.State != quiz.Hidden {
				sumOfLines(t, a)
			}
			if a.Score.Figures == nil {
				if (a.Value != quiz.Fraction{}) || (a.Low != quiz.Fraction{}) || (a.High != quiz.Fraction{}) {
					t.Errorf("%s has no number and an account of one", a.Score.Pillar)
				}
				continue
			}
			if a.Value.Percent() != a.Score.Value || a.Low.Percent() != a.Score.Low || a.High.Percent() != a.Score.High {
				t.Errorf("%s: the account says %d (%d to %d), the score %s",
					a.Score.Pillar, a.Value.Percent(), a.Low.Percent(), a.High.Percent(), line(&a.Score))
			}
			if a.Score.Pillar == quiz.Overall {
				sumOfShares(t, a)
			}
		}
		if lines != len(card.Receipt) {
			t.Errorf("%d lines are accounted for, not %d", lines, len(card.Receipt))
		}
	})
}

func sumOfLines(t *rapid.T, a quiz.Account) {
	points, most, skipped := 0, 0, 0
	for _, e := range a.Lines {
		switch e.State {
		case quiz.LineAnswered:
			if e.Weighted != *e.Points*e.Weight {
				t.Errorf("%s: %d × %d is not %d", e.Question, *e.Points, e.Weight, e.Weighted)
			}
			points += e.Weighted
			most += e.Of * e.Weight
		case quiz.LineSkipped:
			skipped += e.Of * e.Weight
		case quiz.LineExcluded:
			if e.ExcludedBy == "" {
				t.Errorf("%s does not say what excluded it", e.Question)
			}
		}
	}
	if points != a.Points || most != a.Most || skipped != a.Skipped {
		t.Errorf("%s: got %d of %d and %d skipped, want %d of %d and %d", a.Score.Pillar, a.Points, a.Most, a.Skipped, points, most, skipped)
	}
	if a.Score.Figures == nil {
		return
	}
	for what, pair := range map[string][2]*big.Rat{
		"value": {rat(a.Value), big.NewRat(int64(points), int64(most))},
		"low":   {rat(a.Low), big.NewRat(int64(points), int64(most+skipped))},
		"high":  {rat(a.High), big.NewRat(int64(points+skipped), int64(most+skipped))},
	} {
		if pair[0].Cmp(pair[1]) != 0 {
			t.Errorf("%s %s: got %v, want %v", a.Score.Pillar, what, pair[0], pair[1])
		}
	}
}

func sumOfShares(t *rapid.T, a quiz.Account) {
	value, weight := new(big.Rat), new(big.Rat)
	for _, s := range a.Shares {
		if s.State == quiz.Hidden && (s.Low.Under != 0 || s.High.Under != 0 || s.Value.Under != 0) {
			t.Errorf("%s is hidden and brings a share", s.Pillar)
		}
		if s.State == quiz.Scored {
			w := big.NewRat(int64(s.Weight), 1)
			value.Add(value, new(big.Rat).Mul(w, rat(s.Value)))
			weight.Add(weight, w)
		}
	}
	if value.Quo(value, weight).Cmp(rat(a.Value)) != 0 {
		t.Errorf("the shares make %v, not %v", value, rat(a.Value))
	}
}

func rat(f quiz.Fraction) *big.Rat { return big.NewRat(f.Over, f.Under) }

// One person by hand: 3 × 3 + 2 × 4 of 20 for food; 4 × 4 + 1 × 2 of 20 for sleep;
// drinks skipped, so water is incomplete and only widens the overall range.
func TestAccountByHand(t *testing.T) {
	q := small(t)
	answers := with(with(settled(), "drinks", quiz.Answer{}), "thirst", quiz.Pick("cant_tell"))
	accounts := q.Account(q.Score(q.Walk(answers).Kept, quiz.Veil{}))

	food := account(t, accounts, "food")
	if food.Points != 17 || food.Most != 20 || food.Value != (quiz.Fraction{Over: 17, Under: 20}) {
		t.Errorf("food: got %d of %d, %v", food.Points, food.Most, food.Value)
	}
	if about := food.Lines[0].About; about == nil || about.ID != "sugar" || !about.Beyond {
		t.Errorf("the first line is about %v", about)
	}
	water := account(t, accounts, "water")
	var said []string
	for _, e := range water.Lines {
		said = append(said, e.Question+" "+string(e.State)+" "+e.ExcludedBy)
	}
	if got, want := strings.Join(said, "; "), "drinks skipped ; thirst excluded cant_tell"; got != want {
		t.Errorf("water: got %q, want %q", got, want)
	}
	overall := account(t, accounts, quiz.Overall)
	// (50 × 17/20 + 30 × 18/20) ÷ 80, and with water from 0 to 20 of 100 added.
	want := []quiz.Fraction{{Over: 139, Under: 160}, {Over: 139, Under: 200}, {Over: 179, Under: 200}}
	if diff := cmp.Diff(want, []quiz.Fraction{overall.Value, overall.Low, overall.High}); diff != "" {
		t.Errorf("overall (-want +got):\n%s", diff)
	}
	if len(overall.Shares) != 3 || overall.Shares[2].State != quiz.Incomplete || overall.Shares[2].Weight != 20 {
		t.Errorf("shares: got %+v", overall.Shares)
	}
}

func TestAccountTellsNothingOfWhatIsHidden(t *testing.T) {
	q := small(t)
	kept := q.Walk(settled()).Kept
	accounts := q.Account(q.Score(kept, quiz.Veil{Hide: map[string][]string{"food": {"S1"}, quiz.Overall: {"S1"}}}))
	food := account(t, accounts, "food")
	if food.Points != 0 || food.Most != 0 || food.Skipped != 0 || len(food.Lines) != 2 {
		t.Errorf("food: got %+v", food)
	}
	for _, e := range food.Lines {
		if e.Points != nil || e.Weighted != 0 || e.State != quiz.LineHidden {
			t.Errorf("%s tells its points", e.Question)
		}
	}
	if overall := account(t, accounts, quiz.Overall); len(overall.Shares) != 0 {
		t.Errorf("the overall score is hidden and has shares: %v", overall.Shares)
	}
	for _, a := range q.Account(q.Score(kept, quiz.Veil{Withhold: []string{"S1"}})) {
		if len(a.Lines)+len(a.Shares) != 0 {
			t.Errorf("%s is withheld and accounted for", a.Score.Pillar)
		}
	}
}
