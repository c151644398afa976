package store

import (
	"bytes"
	"crypto/rand"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func (f *fixture) put(key, plan string) {
	f.t.Helper()
	if err := f.Put(f.ctx, key, NotePlan, []byte(plan)); err != nil {
		f.t.Fatalf("Put: %v", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.secrets = append(f.secrets, plan)
}

func (f *fixture) wantNote(key, plan string) {
	f.t.Helper()
	var want map[string][]byte
	if plan != "" {
		want = map[string][]byte{NotePlan: []byte(plan)}
	}
	j, err := f.Read(f.ctx, key)
	if err != nil {
		f.t.Fatalf("Read: %v", err)
	}
	if diff := cmp.Diff(want, j.Notes); diff != "" {
		f.t.Errorf("other notes (-want +got):\n%s", diff)
	}
}

func notes(t *testing.T, f *fixture) {
	key, s := f.saved("one")
	bob, _ := f.saved("bob")
	before, _ := f.Read(f.ctx, key)
	f.wantNote(key, "")
	f.pass(10 * day)
	f.put(bob, "bob's plan")
	for _, plan := range []string{"the first plan", "another plan", "another plan"} {
		f.put(key, plan)
		f.wantNote(key, plan)
	}
	f.wantEntries(key, s)
	if after, _ := f.Read(f.ctx, key); !after.KeptUntil.Equal(before.KeptUntil) {
		t.Errorf("a note moved the end from %v to %v", before.KeptUntil, after.KeptUntil)
	}
	for range 2 {
		wantErr(t, "Put of nothing", f.Put(f.ctx, key, NotePlan, nil), nil)
		f.wantNote(key, "")
	}
	f.wantNote(bob, "bob's plan")

	largest := make([]byte, maxNote)
	rand.Read(largest)
	wantErr(t, "Put of 64 KiB", f.Put(f.ctx, key, NotePlan, largest), nil)
	if j, _ := f.Read(f.ctx, key); !bytes.Equal(j.Notes[NotePlan], largest) {
		t.Error("a note of 64 KiB did not come back")
	}
	if f.Put(f.ctx, key, NotePlan, make([]byte, maxNote+1)) == nil {
		t.Error("a note of more than 64 KiB was kept")
	}
	for _, kind := range []string{"", "diary", sharesNote, "PLAN"} {
		if f.Put(f.ctx, key, kind, []byte("x")) == nil || f.Put(f.ctx, key, kind, nil) == nil {
			t.Errorf("a note of the kind %q was kept", kind)
		}
	}
	for _, bad := range []string{"", "x", NewKey()} {
		wantErr(t, "Put under a wrong key", f.Put(f.ctx, bad, NotePlan, []byte("x")), ErrNotFound)
	}
	if got := f.count("notes"); got != 2 {
		t.Errorf("%d notes are kept, want 2", got)
	}
}

func notesGoWithTheirJournal(t *testing.T, f *fixture) {
	key, _ := f.saved("deleted")
	f.put(key, "a plan to delete")
	old, _ := f.saved("old")
	f.put(old, "an old plan")
	wantErr(t, "Delete", f.Delete(f.ctx, key), nil)
	wantErr(t, "Put", f.Put(f.ctx, key, NotePlan, []byte("late")), ErrGone)
	f.pass(400 * day)
	wantErr(t, "Put into an expired journal", f.Put(f.ctx, old, NotePlan, []byte("late")), ErrGone)
	if _, err := f.Sweep(f.ctx); err != nil {
		t.Fatal(err)
	}
	if got := f.count("notes"); got != 0 {
		t.Errorf("%d notes are left, want 0", got)
	}
}

func tamperedNotes(t *testing.T, f *fixture) {
	ann, s := f.saved("ann")
	bob, his := f.saved("bob")
	f.put(ann, "ann's plan")
	f.put(bob, "bob's plan")
	f.share(ann, "shared", time.Time{})
	sealed := func(key, kind string) []byte {
		t.Helper()
		var row noteRow
		if err := f.read.Where("journal_id = ? AND kind = ?", *f.link(key).JournalID, kind).Take(&row).Error; err != nil {
			t.Fatal(err)
		}
		return row.Sealed
	}
	whole := sealed(ann, NotePlan)
	put := func(blob []byte) {
		f.exec("UPDATE notes SET sealed = ? WHERE journal_id = ? AND kind = 'plan'", blob, *f.link(ann).JournalID)
	}
	var report reportRow
	f.read.Where("journal_id = ?", *f.link(ann).JournalID).Take(&report)
	changes := broken(whole)
	changes["another's plan"] = sealed(bob, NotePlan)
	changes["a note of another kind"] = sealed(ann, sharesNote)
	changes["a report"] = report.Sealed
	for name, blob := range changes {
		put(blob)
		_, err := f.Read(f.ctx, ann)
		wantErr(t, name, err, ErrDamaged)
	}
	put(whole)
	f.wantNote(ann, "ann's plan")
	f.wantEntries(ann, s)
	f.exec("UPDATE notes SET kind = 'diary' WHERE kind = 'plan' AND journal_id = ?", *f.link(ann).JournalID)
	f.wantRead(ann, ErrDamaged)
	f.exec("UPDATE notes SET sealed = ? WHERE kind = 'shares'", whole)
	_, err := f.Share(f.ctx, ann, Share{})
	wantErr(t, "Share beside a broken list", err, ErrDamaged)
	wantErr(t, "Renew of broken notes", f.Renew(f.ctx, ann, f.newKey()), ErrDamaged)
	f.wantEntries(bob, his)
}
