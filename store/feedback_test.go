package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func (f *fixture) says(useful Useful, words string) {
	f.t.Helper()
	wantErr(f.t, "AddFeedback", f.AddFeedback(f.ctx, useful, words), nil)
}

func (f *fixture) wantFeedback(want Feedback) {
	f.t.Helper()
	got, err := f.ReadFeedback(f.ctx)
	slices.Sort(got.Words)
	slices.Sort(want.Words)
	if err != nil || got.Yes != want.Yes || got.Partly != want.Partly || got.No != want.No || !slices.Equal(got.Words, want.Words) {
		f.t.Errorf("got %+v (%v), want %+v", got, err, want)
	}
}

func feedbackComesInBatches(_ *testing.T, f *fixture) {
	var words []string
	for i := range 9 {
		words = append(words, fmt.Sprintf("sentence %d", i))
		f.says(UsefulYes, words[i])
	}
	f.pass(49 * time.Hour)
	f.wantFeedback(Feedback{}) // one too few
	f.says(UsefulNo, "")
	f.pass(5 * time.Hour)
	f.wantFeedback(Feedback{}) // the tenth is not ready
	f.pass(44 * time.Hour)
	f.wantFeedback(Feedback{Yes: 9, No: 1, Words: words})

	f.says(UsefulPartly, "late")
	f.pass(49 * time.Hour)
	f.wantFeedback(Feedback{Yes: 9, No: 1, Words: words}) // it waits for nine others
	for range 9 {
		f.says(UsefulPartly, "")
	}
	f.pass(49 * time.Hour)
	f.wantFeedback(Feedback{Yes: 9, Partly: 10, No: 1, Words: append(words, "late")})
}

// Neither a number nor a time in a row says who spoke before whom, or next to which
// results.
func feedbackLeadsToNobody(t *testing.T, f *fixture) {
	const people = 60
	hours := map[string]bool{}
	for i := range people {
		f.saved(fmt.Sprint(i))
		f.says(UsefulYes, fmt.Sprintf("%02d", i))
	}
	if tidy := f.engine.tidy; tidy != nil { // as after the daily sweep
		wantErr(t, "tidy", tidy(f.ctx), nil)
	}
	var rows []feedbackRow
	if err := f.read.Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	rising := 0
	for i, row := range rows {
		hours[row.Due] = true
		if len(row.Due) != len(byHour) || row.Shown != 0 {
			t.Errorf("a row says %+v", row)
		}
		if i > 0 && row.Words > rows[i-1].Words {
			rising++
		}
	}
	if len(rows) != people || rising < people/5 || rising > people*4/5 {
		t.Errorf("%d of %d rows stand in the order in which they came", rising, len(rows))
	}
	if len(hours) < 15 || len(hours) > 43 {
		t.Errorf("60 rows are ready in %d different hours, want most of 43", len(hours))
	}
	f.pass(49 * time.Hour)
	if _, err := f.ReadFeedback(f.ctx); err != nil {
		t.Fatal(err)
	}
	var days []string
	if err := f.read.Model(&feedbackRow{}).Distinct("due").Pluck("due", &days).Error; err != nil {
		t.Fatal(err)
	}
	if want := f.clock().UTC().Format(time.DateOnly); len(days) != 1 || days[0] != want {
		t.Errorf("what was shown says %v, want the day of the batch, %s, and nothing else", days, want)
	}
}

func feedbackIsForgotten(t *testing.T, f *fixture) {
	for range 10 {
		f.says(UsefulYes, "old")
	}
	f.pass(49 * time.Hour)
	f.wantFeedback(Feedback{Yes: 10, Words: slices.Repeat([]string{"old"}, 10)})
	f.says(UsefulNo, "alone")
	f.pass(700 * 24 * time.Hour)
	if _, err := f.Sweep(f.ctx); err != nil {
		t.Fatal(err)
	}
	f.wantFeedback(Feedback{Yes: 10, Words: slices.Repeat([]string{"old"}, 10)})
	f.pass(60 * 24 * time.Hour)
	if _, err := f.Sweep(f.ctx); err != nil {
		t.Fatal(err)
	}
	var left int64
	if err := f.read.Model(&feedbackRow{}).Count(&left).Error; err != nil || left != 0 {
		t.Errorf("%d are left (%v)", left, err)
	}
}

func feedbackRefusals(t *testing.T, f *fixture) {
	for name, err := range map[string]error{
		"no answer":      f.AddFeedback(f.ctx, "", "words"),
		"another answer": f.AddFeedback(f.ctx, "perhaps", "words"),
		"a long one":     f.AddFeedback(f.ctx, UsefulYes, strings.Repeat("ä", 301)),
	} {
		if err == nil || strings.Contains(err.Error(), "words ") && strings.Contains(err.Error(), "ää") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	f.says(UsefulYes, strings.Repeat("ä", 300))
}
