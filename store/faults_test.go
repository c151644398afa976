package store

import (
	"crypto/rand"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

// fillsUp saves until there is no room, then until there is room again.
func fillsUp(t *testing.T, f *fixture, makeRoom func()) {
	t.Helper()
	kept := map[string]Saved{}
	journal, s := f.saved("the first")
	kept[journal] = s
	for {
		key, s := f.newKey(), benchReport()
		err := f.Save(f.ctx, key, s)
		if err == nil {
			kept[key] = s
			continue
		}
		wantErr(t, "Save on a full disk", err, ErrFull)
		f.wantRead(key, ErrNotFound)
		break
	}
	if len(kept) < 10 {
		t.Fatalf("only %d reports found room", len(kept))
	}
	big := f.report("big")
	big.Payload = make([]byte, maxPayload/4)
	rand.Read(big.Payload)
	for range 2 {
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() { wantErr(t, "one of many on a full disk", f.Save(f.ctx, f.newKey(), big), ErrFull) })
		}
		all.Wait()
		wantErr(t, "a further report on a full disk", f.Save(f.ctx, journal, big), ErrFull)
	}
	for key, s := range kept {
		f.wantEntries(key, s)
	}
	makeRoom()
	key, s := f.saved("there is room")
	kept[key] = s
	for key, s := range kept {
		f.wantEntries(key, s)
	}
	if got, want := f.count("reports"), int64(len(kept)); got != want {
		t.Errorf("%d reports are kept, %d were acknowledged", got, want)
	}
	for table, want := range map[string]int{"journals": len(kept), "links": len(kept)} {
		if got := f.count(table); got != int64(want) {
			t.Errorf("%d rows in %s, want %d", got, table, want)
		}
	}
}

// The same with a limit of the database's own, which needs no disk to fill.
func TestFullDatabase(t *testing.T) {
	t.Parallel()
	f := newFixture(t, newFile(t))
	f.exec("PRAGMA max_page_count = 50")
	fillsUp(t, f, func() { f.exec("PRAGMA max_page_count = 100000") })
}

func TestLockedFile(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	f := newFixture(t, path)
	other := newFixture(t, path)
	key, s := f.saved("one")
	const wait = 100 * time.Millisecond
	f.exec(fmt.Sprintf("PRAGMA busy_timeout = %d", wait.Milliseconds()))
	other.exec("BEGIN IMMEDIATE")

	began := time.Now()
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { wantErr(t, "Save", f.Save(f.ctx, f.newKey(), f.report("locked out")), ErrBusy) })
	}
	all.Wait()
	// The first is alone in its batch, the others share the next ones.
	if took := time.Since(began); took > 10*wait {
		t.Errorf("50 saves waited %v in all for a locked file, want a few times %v", took, wait)
	}
	wantErr(t, "Save again", f.Save(f.ctx, key, f.report("two")), ErrBusy)
	wantErr(t, "Put", f.Put(f.ctx, key, NotePlan, []byte("x")), ErrBusy)
	wantErr(t, "Delete", f.Delete(f.ctx, key), ErrBusy)
	f.wantEntries(key, s)

	other.exec("ROLLBACK")
	f.saved("after")
	if got := f.count("reports"); got != 2 {
		t.Errorf("%d reports are kept, want 2", got)
	}
}

// Even a reader can be locked out, by a program that wants the file for itself.
func TestLockedForReaders(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	f := newFixture(t, path)
	key, s := f.saved("one")
	wantErr(t, "Close", f.Close(), nil)
	other, closeIt, err := openToRead(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{"PRAGMA journal_mode = DELETE", "BEGIN EXCLUSIVE"} {
		if err := other.Exec(sql).Error; err != nil {
			t.Fatal(err)
		}
	}
	_, err = Verify(f.ctx, path, itself)
	if err == nil || !strings.Contains(err.Error(), "locked; try again later") {
		t.Errorf("Verify: %v, want it to say that the file is locked", err)
	}
	wantErr(t, "closing the other", closeIt(), nil)
	f.open()
	f.wantEntries(key, s)
}
