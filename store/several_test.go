package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"
)

// What holds when several instances share one database. Each case gets two of them,
// on one empty database.
var several = []struct {
	name string
	run  func(t *testing.T, a, b *fixture)
}{
	{"one attempt saved through both at once is saved once", savedThroughBoth},
	{"a journal deleted while another instance saves into it leaves nothing", savedWhileDeleted},
	{"a link renewed through both at once is renewed once", renewedThroughBoth},
	{"a link renewed to the same key through both is renewed once", renewedTwice},
	{"there are never more view-only links than there may be", sharedThroughBoth},
	{"notes put through both at once are whole", notedThroughBoth},
	{"two sweeps at once remove everything once", sweptThroughBoth},
	{"whatever happens at once leaves a database without a fault", storm},
}

func TestSeveralInstances(t *testing.T) {
	for _, e := range engines {
		for _, c := range several {
			t.Run(e.name+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				url := e.url(t)
				a := newFixture(t, url)
				a.keepEditions()
				c.run(t, a, newFixture(t, url))
				found, err := Verify(a.ctx, url, itself)
				wantWhole(t, "Verify", found, err)
			})
		}
	}
}

// atOnce runs things in two instances, n times each.
func atOnce(n int, a, b *fixture, do func(f *fixture, i int)) {
	var all sync.WaitGroup
	for i := range n {
		for _, f := range []*fixture{a, b} {
			all.Go(func() { do(f, i) })
		}
	}
	all.Wait()
}

func savedThroughBoth(t *testing.T, a, b *fixture) {
	const n = 60
	keys, reports := make([]string, n), make([]Saved, n)
	for i := range n {
		keys[i], reports[i] = a.newKey(), a.report(fmt.Sprint(i))
	}
	atOnce(n, a, b, func(f *fixture, i int) {
		f.save(keys[i], reports[i])
		f.wantEntries(keys[i], reports[i])
	})
	for _, table := range []string{"journals", "links", "reports"} {
		if got := a.count(table); got != n {
			t.Errorf("%s holds %d rows, want %d", table, got, n)
		}
	}
}

func savedWhileDeleted(t *testing.T, a, b *fixture) {
	const n = 40
	keys := make([]string, n)
	for i := range keys {
		keys[i], _ = a.saved("first")
	}
	atOnce(n, a, b, func(f *fixture, i int) {
		if f == a {
			wantErr(t, "Delete", a.Delete(a.ctx, keys[i]), nil)
			return
		}
		if err := b.Save(b.ctx, keys[i], b.report("second")); err != nil {
			wantErr(t, "Save", err, ErrGone)
		}
	})
	for _, key := range keys {
		b.wantRead(key, ErrGone)
	}
	for _, table := range []string{"journals", "reports"} {
		if got := a.count(table); got != 0 {
			t.Errorf("%s holds %d rows, want 0", table, got)
		}
	}
}

func renewedThroughBoth(t *testing.T, a, b *fixture) {
	for range 15 {
		old, s := a.saved("one")
		a.put(old, "my plan")
		var mu sync.Mutex
		var opened []string
		atOnce(2, a, b, func(f *fixture, _ int) {
			next := f.newKey()
			if err := f.Renew(f.ctx, old, next); err != nil {
				wantErr(t, "Renew", err, ErrGone)
				f.wantRead(next, ErrNotFound)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			opened = append(opened, next)
		})
		if len(opened) != 1 {
			t.Fatalf("%d new links were opened, want 1", len(opened))
		}
		b.wantRead(old, ErrGone)
		b.wantEntries(opened[0], s)
		b.wantNote(opened[0], "my plan")
	}
}

func renewedTwice(t *testing.T, a, b *fixture) {
	for range 15 {
		old, s := a.saved("one")
		next := a.newKey()
		atOnce(2, a, b, func(f *fixture, _ int) {
			wantErr(t, "Renew", f.Renew(f.ctx, old, next), nil)
		})
		b.wantEntries(next, s)
	}
}

func sharedThroughBoth(t *testing.T, a, b *fixture) {
	key, _ := a.saved("one")
	atOnce(maxShares, a, b, func(f *fixture, _ int) {
		if _, err := f.Share(f.ctx, key, Share{Label: "at once"}); err != nil {
			wantErr(t, "Share", err, ErrShares)
		}
	})
	j, err := b.Read(b.ctx, key)
	if err != nil || len(j.Shares) != maxShares {
		t.Fatalf("%d links are listed (%v), want %d", len(j.Shares), err, maxShares)
	}
	if got := a.count("links"); got != 1+maxShares {
		t.Errorf("%d links are kept, want %d", got, 1+maxShares)
	}
	atOnce(maxShares, a, b, func(f *fixture, i int) {
		wantErr(t, "Unshare", f.Unshare(f.ctx, key, j.Shares[i].Key), nil)
	})
	b.wantShares(key)
}

func notedThroughBoth(t *testing.T, a, b *fixture) {
	key, s := a.saved("one")
	atOnce(20, a, b, func(f *fixture, i int) { f.put(key, fmt.Sprintf("plan number %d", i)) })
	j, err := b.Read(b.ctx, key)
	if err != nil || !strings.HasPrefix(string(j.Notes[NotePlan]), "plan number ") {
		t.Errorf("the note is %q (%v)", j.Notes[NotePlan], err)
	}
	a.wantEntries(key, s)
}

func sweptThroughBoth(t *testing.T, a, b *fixture) {
	const n = 3*sweepBatch + 7
	kept, s := a.saved("kept")
	a.share(kept, "over soon", a.clock())
	atOnce(n, a, a, func(f *fixture, i int) { f.saved("over") })
	a.exec("UPDATE journals SET kept_until = '2026-01-01' WHERE id <> ?", *a.link(kept).JournalID)
	a.pass(2 * day)
	b.pass(2 * day)
	var mu sync.Mutex
	total := 0
	atOnce(1, a, b, func(f *fixture, _ int) {
		removed, err := f.Sweep(f.ctx)
		wantErr(t, "Sweep", err, nil)
		mu.Lock()
		defer mu.Unlock()
		total += removed
	})
	if total != 2*n {
		t.Errorf("%d journals were removed, want %d", total, 2*n)
	}
	if got := a.count("journals"); got != 1 {
		t.Errorf("%d journals are left, want 1", got)
	}
	b.wantEntries(kept, s)
	if j, err := b.Read(b.ctx, kept); err != nil || len(j.Shares) > 0 {
		t.Errorf("%d view-only links are left (%v), want 0", len(j.Shares), err)
	}
}

// storm does everything to a few journals, which many change at once.
func storm(t *testing.T, a, b *fixture) {
	var mu sync.Mutex
	keys := make([]string, 6)
	for i := range keys {
		keys[i], _ = a.saved("first")
	}
	pick := func() (int, string) {
		mu.Lock()
		defer mu.Unlock()
		i := rand.IntN(len(keys))
		return i, keys[i]
	}
	replace := func(i int, key string) {
		mu.Lock()
		defer mu.Unlock()
		keys[i] = key
	}
	step := func(f *fixture) error {
		i, key := pick()
		switch rand.IntN(10) {
		case 0:
			err := f.Delete(f.ctx, key)
			fresh, _ := f.saved("anew")
			replace(i, fresh)
			return err
		case 1:
			next := f.newKey()
			err := f.Renew(f.ctx, key, next)
			if err == nil {
				replace(i, next)
			}
			return err
		case 2:
			view, err := f.Share(f.ctx, key, Share{Label: "storm", Until: f.clock()})
			if err == nil && rand.IntN(2) == 0 {
				err = f.Unshare(f.ctx, key, view)
			}
			return err
		case 3:
			return f.Put(f.ctx, key, NotePlan, []byte("storm"))
		case 4:
			_, err := f.Sweep(f.ctx)
			return err
		case 5:
			_, err := f.Read(f.ctx, key)
			return err
		}
		return f.Save(f.ctx, key, f.report(fmt.Sprint(rand.Int())))
	}
	atOnce(8, a, b, func(f *fixture, _ int) {
		for range 25 {
			err := step(f)
			for _, answer := range []error{nil, ErrGone, ErrShares, ErrNotFound} {
				if errors.Is(err, answer) {
					err = nil
				}
			}
			if err != nil {
				t.Errorf("in the storm: %v", err)
			}
		}
	})
}

// Ten instances may start at once on an empty database.
func TestTenStartAtOnce(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			url := e.url(t)
			var all sync.WaitGroup
			for range 10 {
				all.Go(func() {
					f := newFixture(t, url)
					f.saved("one")
				})
			}
			all.Wait()
			f := newFixture(t, url)
			if got := f.count("reports"); got != 10 {
				t.Errorf("%d reports are kept, want 10", got)
			}
			if got, want := f.count(migrationsTable), int64(len(migrations())); got != want {
				t.Errorf("%d migrations ran, want %d", got, want)
			}
		})
	}
}

// What the database aborts, so that two do not wait for each other for ever, is done
// again.
func TestDeadlockIsTriedAgain(t *testing.T) {
	url := newPostgres(t)
	f, other := newFixture(t, url), newFixture(t, url)
	one, _ := f.saved("one")
	two, _ := f.saved("two")
	lock := func(key string) string {
		return fmt.Sprintf("SELECT id FROM journals WHERE id = %d FOR UPDATE", *f.link(key).JournalID)
	}
	lockOne, lockTwo := lock(one), lock(two)
	release := f.hold()
	var all sync.WaitGroup
	for _, key := range []string{one, two} {
		all.Go(func() { f.put(key, "a plan") })
	}
	f.waitForQueue(2)
	tx := other.writer.db.Begin()
	tx.Exec(lockTwo)
	release()
	time.Sleep(200 * time.Millisecond) // it has the first now and waits for the second
	err := tx.Exec(lockOne).Error
	tx.Rollback()
	all.Wait()
	log := startPostgres(t).Log()
	if !strings.Contains(log, "deadlock detected") {
		t.Fatalf("no circle was made: nothing is tested (%v)", err)
	}
	f.wantNote(one, "a plan")
	f.wantNote(two, "a plan")
}
