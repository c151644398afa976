package store

import (
	"strings"
	"testing"
	"time"
)

// sweepAt sets the clock and does what SweepDaily does once a day.
func (f *fixture) sweepAt(now, before time.Time) {
	f.pass(now.Sub(f.clock()))
	f.sweepToday(f.ctx, before)
}

func clockJumpsForward(t *testing.T, f *fixture) {
	f.sweepAt(testDay, time.Time{})
	key, s := f.saved("one")
	future := testDay.AddDate(30, 0, 0)
	for range 3 { // three starts of the program on that day
		f.sweepAt(future, time.Time{})
		wantErr(t, "Close", f.Close(), nil)
		f.open()
	}
	f.wantRead(key, ErrGone)
	if !strings.Contains(f.log.String(), "the clock has jumped") {
		t.Error("the log says nothing of the jump")
	}
	f.pass(testDay.Sub(f.clock()))
	f.wantEntries(key, s)
	late, hers := f.saved("late")
	f.wantEntries(late, hers)

	// A clock that stays there is believed on its second day.
	f.sweepAt(future, testDay)
	f.sweepAt(future.Add(day), future)
	if got := f.count("journals"); got != 0 {
		t.Errorf("%d journals are left, want 0", got)
	}
}

func clockJumpsBack(t *testing.T, f *fixture) {
	f.sweepAt(testDay, time.Time{})
	key, s := f.saved("one")
	over := f.share(key, "over", f.clock())
	f.sweepAt(testDay.Add(day), testDay)
	before, _ := f.Read(f.ctx, key)

	past := time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC)
	f.sweepAt(past, testDay.Add(day))
	wantErr(t, "Close", f.Close(), nil)
	f.open()
	f.wantRead(over, ErrGone)
	f.wantEntries(key, s)
	fresh, his := f.saved("saved in 1970")
	second := f.report("second, in 1970")
	f.save(key, second)
	f.sweepAt(past.Add(day), past)

	f.sweepAt(testDay.Add(2*day), past)
	his.TakenAt = past
	f.wantEntries(fresh, his)
	f.wantEntries(key, second, s)
	if after, _ := f.Read(f.ctx, key); after.KeptUntil.Before(before.KeptUntil) {
		t.Errorf("the end moved from %v to %v", before.KeptUntil, after.KeptUntil)
	}
	f.pass(360 * day)
	f.wantEntries(fresh, his)
	f.sweepAt(testDay.Add(400*day), testDay.Add(399*day))
	if got := f.count("journals"); got != 0 {
		t.Errorf("%d journals are left, want 0", got)
	}
}
