package store

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gutskin/figures"
)

func counted(kind string, n int) figures.Count {
	return figures.Count{Tally: figures.Tally{Kind: kind, Item: "mood", Value: "fine"}, Lang: "en", N: n}
}

// agrees gives a report what it adds to the tallies.
func agrees(s Saved) Saved {
	s.Counts = []figures.Count{counted(figures.Answer, 1), counted(figures.Band, 2), counted(figures.Answer, 1)}
	return s
}

func (f *fixture) wantTallies(want ...string) {
	f.t.Helper()
	rows, err := f.Tallies(f.ctx)
	if err != nil {
		f.t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprintf("%s %s %s %s %s %d", r.Month, r.Lang, r.Kind, r.Item, r.Value, r.N))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		f.t.Fatalf("other tallies (-want +got):\n%s", diff)
	}
}

func countsOnce(t *testing.T, f *fixture) {
	key, first := f.newKey(), agrees(f.report("first"))
	f.save(key, first)
	f.save(key, first)
	f.wantTallies("2026-03 en answer mood fine 2", "2026-03 en band mood fine 2")
	f.save(key, agrees(f.report("again")))
	f.wantTallies("2026-03 en answer mood fine 4", "2026-03 en band mood fine 4")
}

func countsNobodyElse(t *testing.T, f *fixture) {
	key, _ := f.saved("one")
	f.save(key, f.report("two"))
	f.wantTallies()
}

func countsNoRefused(t *testing.T, f *fixture) {
	key, s := f.saved("one")
	view := f.share(key, "my dietitian", time.Time{})
	wantErr(t, "Save", f.Save(f.ctx, view, agrees(f.report("two"))), ErrReadOnly)
	wantErr(t, "Delete", f.Delete(f.ctx, key), nil)
	wantErr(t, "Save", f.Save(f.ctx, key, agrees(s)), ErrGone)
	f.wantTallies()
}

func countsOnceAtOnce(t *testing.T, f *fixture) {
	var all sync.WaitGroup
	for i := range 10 {
		key, s := f.newKey(), agrees(f.report(fmt.Sprint("one", i)))
		for range 8 {
			all.Go(func() { f.save(key, s) })
		}
		all.Go(func() { f.save(key, agrees(f.report(fmt.Sprint("two", i)))) })
		all.Go(func() { wantErr(t, "Count", f.Count(f.ctx, []figures.Count{counted(figures.Shown, 3)}), nil) })
	}
	all.Wait()
	f.wantTallies("2026-03 en answer mood fine 40", "2026-03 en band mood fine 40", "2026-03 en shown mood fine 30")
}

func countsWithTheReport(t *testing.T, f *fixture) {
	f.exec("ALTER TABLE reports RENAME TO away")
	if err := f.Save(f.ctx, f.newKey(), agrees(f.report("lost"))); err == nil {
		t.Error("Save without a table to save into was no error")
	}
	f.wantTallies()
	f.exec("ALTER TABLE away RENAME TO reports")
	f.exec("ALTER TABLE tallies RENAME TO away")
	key := f.newKey()
	if err := f.Save(f.ctx, key, agrees(f.report("uncounted"))); err == nil {
		t.Error("Save without a table to count into was no error")
	}
	f.exec("ALTER TABLE away RENAME TO tallies")
	f.wantRead(key, ErrNotFound)
}

// Days become months after two years, and the figures of a month stay what they were.
func talliesAge(t *testing.T, f *fixture) {
	for range 40 {
		wantErr(t, "Count", f.Count(f.ctx, []figures.Count{counted(figures.Shown, 1)}), nil)
		f.pass(24 * time.Hour)
	}
	want := []string{"2026-03 en shown mood fine 18", "2026-04 en shown mood fine 22"}
	f.wantTallies(want...)
	for year, rows := range []int64{40, 40, 23, 2} { // in 2026, 2027, 2028 and 2029
		f.mu.Lock()
		f.time = time.Date(2026+year, 4, 23, 0, 0, 0, 0, time.UTC)
		f.mu.Unlock()
		wantErr(t, "sumOldTallies", f.sumOldTallies(f.ctx), nil)
		if got := f.count("tallies"); got != rows {
			t.Errorf("in %d: got %d rows, want %d", 2026+year, got, rows)
		}
		f.wantTallies(want...)
	}
}

func piecesStay(t *testing.T, f *fixture) {
	first := figures.Piece{Lang: "en", Family: figures.Steps, First: "2026-01", Last: "2026-02", Of: 40, Figures: []figures.Figure{
		{Tally: figures.Tally{Kind: figures.Finished}, N: 20, Of: 40},
		{Tally: figures.Tally{Kind: figures.Reached, Item: "check"}, N: 30, Of: 40},
	}}
	other := first
	other.First, other.Last = "2026-03", "2026-03"
	wantErr(t, "KeepPieces", f.KeepPieces(f.ctx, []figures.Piece{first}), nil)
	changed := first
	changed.Of = 41
	wantErr(t, "KeepPieces", f.KeepPieces(f.ctx, []figures.Piece{changed, other}), nil)
	wantErr(t, "KeepPieces", f.KeepPieces(f.ctx, nil), nil)
	got, err := f.Pieces(f.ctx)
	if diff := cmp.Diff([]figures.Piece{first, other}, got); diff != "" || err != nil {
		t.Errorf("Pieces: %v (-want +got):\n%s", err, diff)
	}
}

func operator(t *testing.T, f *fixture) {
	_, err := f.Operator(f.ctx)
	wantErr(t, "Operator", err, ErrNotFound)
	wantErr(t, "EndSessions", f.EndSessions(f.ctx), nil)
	if f.SetOperator(f.ctx, "") == nil {
		t.Error("an empty hash was kept")
	}
	seals := map[string]bool{}
	for _, change := range []func() error{
		func() error { return f.SetOperator(f.ctx, "one") }, func() error { return f.SetOperator(f.ctx, "one") },
		func() error { return f.EndSessions(f.ctx) }, func() error { return f.SetOperator(f.ctx, "two") },
	} {
		wantErr(t, "change", change(), nil)
		o, err := f.Operator(f.ctx)
		if wantErr(t, "Operator", err, nil); len(o.Seal) != sealKey || seals[string(o.Seal)] {
			t.Errorf("the key of sessions is %x, as before", o.Seal)
		}
		seals[string(o.Seal)] = true
	}
	if o, _ := f.Operator(f.ctx); o.Hash != "two" {
		t.Errorf("the hash is %q, want the last one", o.Hash)
	}
}
