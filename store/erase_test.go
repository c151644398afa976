package store

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"
)

func expiredIsGone(t *testing.T, f *fixture) {
	old, _ := f.saved("old")
	toDelete, _ := f.saved("to delete")
	f.pass(200 * 24 * time.Hour)
	recent, s := f.saved("recent")
	f.pass(166 * 24 * time.Hour)

	f.wantRead(old, ErrGone)
	wantErr(t, "Save", f.Save(f.ctx, old, f.report("late")), ErrGone)
	wantErr(t, "Delete before the sweep", f.Delete(f.ctx, toDelete), nil)
	if removed, err := f.Sweep(f.ctx); removed != 1 || err != nil {
		t.Errorf("Sweep removed %d (%v), want 1", removed, err)
	}
	f.wantRead(old, ErrGone)
	f.wantEntries(recent, s)
	if removed, err := f.Sweep(f.ctx); removed != 0 || err != nil {
		t.Errorf("second Sweep removed %d (%v), want 0", removed, err)
	}
}

func sweepInBatches(t *testing.T, f *fixture) {
	const n = 2*sweepBatch + 1
	var all sync.WaitGroup
	for range n {
		all.Go(func() { f.saved("many") })
	}
	all.Wait()
	f.pass(400 * 24 * time.Hour)
	if removed, err := f.Sweep(f.ctx); removed != n || err != nil {
		t.Errorf("Sweep removed %d (%v), want %d", removed, err, n)
	}
	if got := f.count("reports"); got != 0 {
		t.Errorf("%d reports are left, want 0", got)
	}
}

func sweepDaily(t *testing.T, f *fixture) {
	key, _ := f.saved("one")
	f.pass(399 * day)
	f.sweepToday(f.ctx, time.Time{})
	f.pass(day)
	ctx, cancel := context.WithCancel(f.ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		f.SweepDaily(ctx)
	}()
	for !strings.Contains(f.log.String(), "removed=1") {
		time.Sleep(time.Millisecond)
	}
	cancel()
	<-ended
	f.wantRead(key, ErrGone)
}
