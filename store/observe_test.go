package store

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"
)

// What is told fits what was done: who waits together is committed together.
func TestObserver(t *testing.T) {
	var mu sync.Mutex
	var sizes []int
	var failures, removed int
	var swept time.Time
	observer := Observer{
		Committed: func(changes int, took time.Duration, err error) {
			mu.Lock()
			defer mu.Unlock()
			sizes = append(sizes, changes)
			if err != nil {
				failures++
			}
			if took <= 0 {
				t.Errorf("a commit took %v", took)
			}
		},
		Swept: func(n int, at time.Time, err error) { removed, swept = n, at; wantErr(t, "the sweep", err, nil) },
	}
	clock := testDay
	db, err := Open(t.Context(), Options{URL: newFile(t), Now: func() time.Time { return clock }, Observer: observer})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	f := &fixture{DB: db, t: t, ctx: t.Context()}
	release := f.hold()
	if got := db.Stats(); got.Waiting != 0 || got.WaitingMax != queueSize || got.Read.MaxOpenConnections < 4 || got.Write.MaxOpenConnections != 1 || got.Write.InUse != 1 {
		t.Errorf("while one change is written: got %+v", got)
	}
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			wantErr(t, "Save", db.Save(context.WithoutCancel(t.Context()), NewKey(), Saved{Attempt: NewKey(), Edition: "e", TakenAt: testDay, Payload: []byte("{}")}), nil)
		})
	}
	f.waitForQueue(3)
	if got := db.Stats().Waiting; got != 3 {
		t.Errorf("%d changes wait, want 3", got)
	}
	release()
	all.Wait()
	faulty := errors.New("this one fails")
	wantErr(t, "a change that fails", db.writer.write(t.Context(), &job{do: func(*gorm.DB) error { return faulty }}), faulty)
	mu.Lock()
	if len(sizes) != 3 || sizes[0] != 1 || sizes[1] != 3 || sizes[2] != 1 || failures != 1 {
		t.Errorf("commits of %v changes, %d failed; want 1, 3 and 1 that failed", sizes, failures)
	}
	mu.Unlock()

	db.sweepToday(t.Context(), time.Time{})
	if !swept.IsZero() {
		t.Error("the first day only sets the clock, but a sweep was told of")
	}
	clock = testDay.Add(defaultKeep + 2*24*time.Hour)
	db.sweepToday(t.Context(), clock.Add(-24*time.Hour))
	if removed != 3 || !swept.Equal(clock) {
		t.Errorf("told of %d journals removed at %v, want 3 at %v", removed, swept, clock)
	}
}

func TestLag(t *testing.T) {
	var all []string
	for _, m := range migrations() {
		all = append(all, m.ID)
	}
	for _, c := range []struct {
		seen           []string
		missing, newer int
	}{
		{all, 0, 0},
		{all[:1], len(all) - 1, 0},
		{nil, len(all), 0},
		{append(all[:len(all):len(all)], "9999_later"), 0, 1},
	} {
		if missing, newer := lag(c.seen); missing != c.missing || newer != c.newer {
			t.Errorf("%v: got %d missing and %d newer, want %d and %d", c.seen, missing, newer, c.missing, c.newer)
		}
	}
	db, err := Open(t.Context(), Options{URL: newFile(t)})
	if err != nil {
		t.Fatal(err)
	}
	missing, newer, err := db.Migrations(t.Context())
	if missing != 0 || newer != 0 || err != nil {
		t.Errorf("a new database: %d missing, %d newer, %v", missing, newer, err)
	}
	wantErr(t, "Close", db.Close(), nil)
	if _, _, err := db.Migrations(t.Context()); err == nil {
		t.Error("a closed database has migrations")
	}
}
