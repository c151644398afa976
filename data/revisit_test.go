package data_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gutskin/quiz"
	"gutskin/recommend"
)

// A report that was kept as JSON and read back accounts for each of its numbers, and
// comes out the same when it is worked out again.
func TestKeptReportsAddUp(t *testing.T) {
	e := edition(t)
	told := 0
	everybody(t, 47, 400, func(v visitor) string {
		report := v.assess(e)
		body, err := json.Marshal(report)
		if err != nil {
			t.Fatal(err)
		}
		var kept recommend.Report
		if err := json.Unmarshal(body, &kept); err != nil {
			t.Fatal(err)
		}
		for _, a := range e.Quiz.Account(quiz.Scorecard{Scores: kept.Scores, Receipt: kept.Receipt}) {
			want := quiz.Figures{}
			if a.Score.Figures != nil {
				told++
				want = *a.Score.Figures
			}
			got := quiz.Figures{Value: a.Value.Percent(), Low: a.Low.Percent(), High: a.High.Percent(), Band: want.Band}
			if what := mismatch(a.Score.Pillar, got, want); what != "" {
				return what
			}
		}
		again := recommend.Rework(e.Quiz, e.Book, e.Hash, kept)
		if len(again.Dropped) > 0 {
			return mismatch("dropped", again.Dropped, nil)
		}
		return cmp.Diff(report.Scores, again.Report.Scores) + cmp.Diff(report.Shown(), again.Report.Shown())
	})
	if told < 500 {
		t.Errorf("%d numbers were looked at: too few", told)
	}
}

func BenchmarkCompare(b *testing.B) {
	e := edition(b)
	then, now := but(benched[1].words).assess(e), but().assess(e)
	b.ReportAllocs()
	for b.Loop() {
		recommend.Compare(e.Quiz, then, now)
	}
}

func BenchmarkAccount(b *testing.B) {
	e := edition(b)
	report := but(benched[1].words).assess(e)
	card := quiz.Scorecard{Scores: report.Scores, Receipt: report.Receipt}
	b.ReportAllocs()
	for b.Loop() {
		e.Quiz.Account(card)
	}
}
