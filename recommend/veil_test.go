package recommend_test

import (
	"testing"

	"pgregory.net/rapid"

	"gutskin/quiz"
	"gutskin/recommend"
)

// Whatever the newest report keeps back, a comparison of earlier ones tells no number
// of it, and leaves the others as they were.
func TestVeil(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := book()
		then, now := assess(b, anything().Draw(t, "then")), assess(b, anything().Draw(t, "now"))
		newest := assess(b, anything().Draw(t, "newest"))
		bare, c := recommend.Compare(smallQuiz(), then, now), recommend.Compare(smallQuiz(), then, now)
		c.Veil(newest)
		for i, d := range c.Scores {
			s := (quiz.Scorecard{Scores: newest.Scores}).Of(d.Pillar)
			hidden := s.State == quiz.Hidden || s.State == quiz.Withheld
			if hidden && (d.Then.Figures != nil || d.Now.Figures != nil || d.Direction != recommend.Unknown || d.By() != 0 || !c.Veiled(d.Pillar)) {
				t.Errorf("%s is told: %+v", d.Pillar, d)
			}
			if !hidden && (d.Direction != bare.Scores[i].Direction || d.By() != bare.Scores[i].By()) {
				t.Errorf("%s went %s by %d, want %s", d.Pillar, d.Direction, d.By(), bare.Scores[i].Direction)
			}
		}
		for _, a := range c.Answers {
			if a.Points != nil && c.Veiled(a.Pillar) {
				t.Errorf("%s tells its points", a.Question)
			}
		}
	})
}

func TestKeepsBack(t *testing.T) {
	b := smallBook()
	b.Rules = []recommend.Rule{{ID: "N1", Level: recommend.Note, When: in("health", "kidney"), Effect: recommend.Effect{Hold: []string{"greens"}}}}
	b.Advice = []recommend.Advice{tip("greens", "eating", "greens", "no")}
	b.Compile()
	for answers, want := range map[string]bool{"health=kidney greens=lots": true, "health=tired greens=no": false} {
		if got := reader(b, answers).KeepsBack("greens"); got != want {
			t.Errorf("%s: got %t, want %t", answers, got, want)
		}
	}
	if reader(b, "").KeepsBack("gone") {
		t.Error("an advice that is not known is kept back")
	}
}
