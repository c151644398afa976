package store

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const day = 24 * time.Hour

// share opens a view-only link whose key and label must not reach the log.
func (f *fixture) share(ownerKey, label string, until time.Time) string {
	f.t.Helper()
	key, err := f.Share(f.ctx, ownerKey, Share{Label: label, Until: until})
	if err != nil {
		f.t.Fatalf("Share: %v", err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.secrets = append(f.secrets, key, label)
	return key
}

func (f *fixture) wantShares(key string, want ...Share) {
	f.t.Helper()
	j, err := f.Read(f.ctx, key)
	if err != nil {
		f.t.Fatalf("Read: %v", err)
	}
	if diff := cmp.Diff(want, j.Shares); diff != "" {
		f.t.Errorf("other shares (-want +got):\n%s", diff)
	}
}

func date(month time.Month, d int) time.Time { return time.Date(2026, month, d, 0, 0, 0, 0, time.UTC) }

func sharedIsViewOnly(t *testing.T, f *fixture) {
	key, s := f.saved("one")
	f.put(key, "my plan")
	made := date(time.March, 14)
	dated := f.share(key, "my dietitian, 30 days", f.clock().Add(30*day))
	open := f.share(key, "my sister ❤", time.Time{})

	f.wantShares(key,
		Share{Key: dated, Label: "my dietitian, 30 days", Until: date(time.April, 13), Made: made},
		Share{Key: open, Label: "my sister ❤", Made: made})
	second := f.report("two")
	second.TakenAt = second.TakenAt.Add(time.Hour)
	f.save(key, second)
	for view, end := range map[string]time.Time{dated: date(time.April, 14), open: date(time.March, 15).AddDate(1, 0, 0)} {
		f.wantEntries(view, s, second)
		j, _ := f.Read(f.ctx, view)
		if want := (Journal{Entries: j.Entries, KeptUntil: end, ViewOnly: true}); cmp.Diff(want, j) != "" {
			t.Errorf("a view-only link opens more than reports (-want +got):\n%s", cmp.Diff(want, j))
		}
	}
	if j, _ := f.Read(f.ctx, key); j.ViewOnly {
		t.Error("the owner's link is view-only")
	}
}

func viewersChangeNothing(t *testing.T, f *fixture) {
	key, s := f.saved("one")
	f.put(key, "my plan")
	view := f.share(key, "my dietitian", time.Time{})
	before, _ := f.Read(f.ctx, key)
	_, shared := f.Share(f.ctx, view, Share{Label: "mine"})
	for name, err := range map[string]error{
		"Save":       f.Save(f.ctx, view, f.report("two")),
		"Save again": f.Save(f.ctx, view, s),
		"Delete":     f.Delete(f.ctx, view),
		"Share":      shared,
		"Unshare":    f.Unshare(f.ctx, view, view),
		"Renew":      f.Renew(f.ctx, view, f.newKey()),
		"Put":        f.Put(f.ctx, view, NotePlan, []byte("their plan")),
		"Put away":   f.Put(f.ctx, view, NotePlan, nil),
	} {
		wantErr(t, name, err, ErrReadOnly)
	}
	if after, _ := f.Read(f.ctx, key); cmp.Diff(before, after) != "" {
		t.Errorf("something changed (-before +after):\n%s", cmp.Diff(before, after))
	}
	f.wantEntries(view, s)
}

// wantClosed fails unless the link answers ErrGone to everything.
func (f *fixture) wantClosed(key string) {
	f.t.Helper()
	f.wantRead(key, ErrGone)
	_, shared := f.Share(f.ctx, key, Share{})
	for name, err := range map[string]error{
		"Save":    f.Save(f.ctx, key, f.report("late")),
		"Delete":  f.Delete(f.ctx, key),
		"Share":   shared,
		"Unshare": f.Unshare(f.ctx, key, key),
		"Renew":   f.Renew(f.ctx, key, f.newKey()),
		"Put":     f.Put(f.ctx, key, NotePlan, []byte("late")),
	} {
		wantErr(f.t, name, err, ErrGone)
	}
}

func switchedOff(t *testing.T, f *fixture) {
	key, s := f.saved("one")
	bob, _ := f.saved("bob")
	first := f.share(key, "first", time.Time{})
	second := f.share(key, "second", time.Time{})
	bobs := f.share(bob, "bob's", time.Time{})

	wantErr(t, "another's share", f.Unshare(f.ctx, key, bobs), ErrNotFound)
	wantErr(t, "another's link", f.Unshare(f.ctx, key, bob), ErrNotFound)
	wantErr(t, "the owner's own link", f.Unshare(f.ctx, key, key), ErrNotFound)
	wantErr(t, "an unknown key", f.Unshare(f.ctx, key, f.newKey()), ErrNotFound)
	wantErr(t, "a malformed key", f.Unshare(f.ctx, key, "x"), ErrNotFound)
	for range 2 {
		wantErr(t, "Unshare", f.Unshare(f.ctx, key, first), nil)
		f.wantClosed(first)
	}
	f.wantEntries(second, s)
	f.wantEntries(key, s)
	f.wantShares(key, Share{Key: second, Label: "second", Made: date(time.March, 14)})
	if _, err := f.Read(f.ctx, bobs); err != nil {
		t.Errorf("Read of another's share: %v", err)
	}
	wantErr(t, "Unshare of the last", f.Unshare(f.ctx, key, second), nil)
	f.wantShares(key)
	if got := f.count("notes"); got != 1 {
		t.Errorf("%d notes are kept, want 1: bob's", got)
	}
}

func shareExpires(t *testing.T, f *fixture) {
	key, s := f.saved("one")
	today := f.share(key, "today", f.clock())
	week := f.share(key, "a week", f.clock().Add(7*day))
	open := f.share(key, "open", time.Time{})

	f.pass(date(time.March, 15).Sub(f.clock()) - time.Microsecond)
	f.wantEntries(today, s)
	f.pass(time.Microsecond)
	f.wantClosed(today)
	f.wantEntries(week, s)
	f.pass(7 * day)
	f.wantClosed(week)
	f.wantShares(key, Share{Key: open, Label: "open", Made: date(time.March, 14)})
	wantErr(t, "Unshare of one that is over", f.Unshare(f.ctx, key, today), nil)

	if f.link(week).JournalID == nil {
		t.Fatal("the link was closed before the sweep: nothing is tested")
	}
	if removed, err := f.Sweep(f.ctx); removed != 0 || err != nil {
		t.Errorf("Sweep removed %d journals (%v), want 0", removed, err)
	}
	if l := f.link(week); l.JournalID != nil || l.Wrapped != nil || l.Until != nil {
		t.Error("the sweep left more than a tombstone")
	}
	f.wantClosed(week)
	f.wantEntries(open, s)

	f.pass(400 * day)
	f.wantClosed(open)
	if removed, err := f.Sweep(f.ctx); removed != 1 || err != nil {
		t.Errorf("Sweep removed %d journals (%v), want 1", removed, err)
	}
	f.wantClosed(open)
}

func shareRefusals(t *testing.T, f *fixture) {
	key, _ := f.saved("one")
	for name, s := range map[string]Share{
		"a long label":  {Label: strings.Repeat("é", maxLabel+1)},
		"no text":       {Label: "\xff"},
		"a day too old": {Until: f.clock().Add(-day)},
	} {
		if view, err := f.Share(f.ctx, key, s); err == nil || view != "" {
			t.Errorf("%s: Share gave a key (%v)", name, err)
		}
	}
	for _, bad := range []string{"", "x", NewKey()} {
		_, err := f.Share(f.ctx, bad, Share{})
		wantErr(t, "Share of nothing", err, ErrNotFound)
	}
	for range maxShares {
		f.share(key, strings.Repeat("é", maxLabel), f.clock())
	}
	_, err := f.Share(f.ctx, key, Share{})
	wantErr(t, "one share more", err, ErrShares)
	if got, want := f.count("links"), int64(1+maxShares); got != want {
		t.Errorf("%d links are kept, want %d", got, want)
	}
	f.pass(day)
	f.share(key, "there is room again", time.Time{})
}

func sharesAtOnce(t *testing.T, f *fixture) {
	key, s := f.saved("one")
	var all sync.WaitGroup
	for range maxShares {
		all.Go(func() { f.wantEntries(f.share(key, "at once", time.Time{}), s) })
	}
	all.Wait()
	if j, _ := f.Read(f.ctx, key); len(j.Shares) != maxShares {
		t.Errorf("%d shares are listed, want %d", len(j.Shares), maxShares)
	}
}

func renewed(t *testing.T, f *fixture) {
	old, s := f.saved("one")
	bob, his := f.saved("bob")
	f.put(old, "my plan")
	view := f.share(old, "my dietitian", time.Time{})
	next := f.newKey()
	for range 2 {
		wantErr(t, "Renew", f.Renew(f.ctx, old, next), nil)
		f.wantRead(old, ErrGone)
		f.wantEntries(next, s)
	}
	f.wantClosed(old)
	f.wantEntries(view, s)
	f.wantNote(next, "my plan")
	f.wantShares(next, Share{Key: view, Label: "my dietitian", Made: date(time.March, 14)})

	f.save(next, s)
	f.wantEntries(next, s)
	for name, key := range map[string]string{"itself": next, "another's": bob, "a view-only link": view, "the old one": old, "malformed": "x"} {
		wantErr(t, "Renew to "+name, f.Renew(f.ctx, next, key), ErrNotFound)
	}
	wantErr(t, "Renew of an unknown key", f.Renew(f.ctx, f.newKey(), f.newKey()), ErrNotFound)
	wantErr(t, "Renew of the old link to another key", f.Renew(f.ctx, old, f.newKey()), ErrGone)
	wantErr(t, "Renew of the old link to a view-only link", f.Renew(f.ctx, old, view), ErrGone)
	f.wantEntries(bob, his)

	wantErr(t, "Unshare", f.Unshare(f.ctx, next, view), nil)
	f.wantRead(view, ErrGone)
	last := f.newKey()
	wantErr(t, "Renew again", f.Renew(f.ctx, next, last), nil)
	f.wantRead(next, ErrGone)
	f.wantNote(last, "my plan")
}

func renewedAtOnce(t *testing.T, f *fixture) {
	old, s := f.saved("one")
	keys := make([]string, 20)
	errs := make([]error, len(keys))
	var all sync.WaitGroup
	for i := range keys {
		keys[i] = f.newKey()
		all.Go(func() { errs[i] = f.Renew(f.ctx, old, keys[i]) })
	}
	all.Wait()
	renewed := 0
	for i, err := range errs {
		if err != nil {
			wantErr(t, "Renew", err, ErrGone)
			f.wantRead(keys[i], ErrNotFound)
			continue
		}
		renewed++
		f.wantEntries(keys[i], s)
	}
	if renewed != 1 {
		t.Errorf("%d new links open, want 1", renewed)
	}
}

func deletedWithAll(t *testing.T, f *fixture) {
	key, _ := f.saved("one")
	old := key
	key = f.newKey()
	wantErr(t, "Renew", f.Renew(f.ctx, old, key), nil)
	f.put(key, "my plan")
	view, dated := f.share(key, "open", time.Time{}), f.share(key, "dated", f.clock().Add(day))
	wantErr(t, "Delete", f.Delete(f.ctx, key), nil)
	for _, k := range []string{old, key, view, dated} {
		f.wantClosed(k)
		if l := f.link(k); l.JournalID != nil || l.Wrapped != nil || l.Until != nil || l.Role != owner {
			t.Errorf("more than a tombstone is left: %v", l)
		}
	}
	for table, want := range map[string]int64{"journals": 0, "reports": 0, "notes": 0, "links": 4} {
		if got := f.count(table); got != want {
			t.Errorf("%s holds %d rows after Delete, want %d", table, got, want)
		}
	}
}

// A thief who can write the database, or who was given a view-only link as well,
// gets nothing more out of it.
func tamperedRoles(t *testing.T, f *fixture) {
	key, s := f.saved("one")
	f.put(key, "my plan")
	open := f.share(key, "open", time.Time{})
	dated := f.share(key, "dated", f.clock().Add(day))
	set := func(key, column string, value any) {
		t.Helper()
		f.exec("UPDATE links SET "+column+" = ? WHERE lookup = ?", value, f.link(key).Lookup)
	}
	wantDamaged := func(name, key string) {
		t.Helper()
		f.wantRead(key, ErrDamaged)
		wantErr(t, name+", Save", f.Save(f.ctx, key, f.report("two")), ErrDamaged)
		wantErr(t, name+", Delete", f.Delete(f.ctx, key), ErrDamaged)
		wantErr(t, name+", Put", f.Put(f.ctx, key, NotePlan, nil), ErrDamaged)
		wantErr(t, name+", Renew", f.Renew(f.ctx, key, f.newKey()), ErrDamaged)
	}
	for _, c := range []struct {
		name, key, column string
		value             any
	}{
		{"a viewer made owner", open, "role", owner},
		{"an owner made viewer", key, "role", viewer},
		{"a new role", open, "role", "admin"},
		{"no role", open, "role", ""},
		{"an owner with a last day", key, "until", "2027-01-01"},
		{"a later last day", dated, "until", "2027-01-01"},
		{"no last day", dated, "until", nil},
		{"a first last day", open, "until", "2027-01-01"},
	} {
		before := map[string]any{"role": f.link(c.key).Role, "until": f.link(c.key).Until}
		set(c.key, c.column, c.value)
		wantDamaged(c.name, c.key)
		set(c.key, c.column, before[c.column])
		f.wantEntries(c.key, s)
	}
	f.wantNote(key, "my plan")

	k, err := keysOf(open)
	if err != nil {
		t.Fatal(err)
	}
	l := f.link(open)
	data, err := k.unwrap(l.Wrapped, l.Role, l.Until)
	if err != nil {
		t.Fatal(err)
	}
	notes, err := k.noteKey(data)
	if err != nil {
		t.Fatal(err)
	}
	var rows []noteRow
	f.read.Find(&rows)
	if len(rows) != 2 {
		t.Fatalf("%d notes are kept, want 2: nothing is tested", len(rows))
	}
	for _, row := range rows {
		_, err := f.unsealNote(notes, row)
		wantErr(t, "a note opened with a view-only link", err, ErrDamaged)
		_, err = f.unsealNote(noteKey(data), row)
		wantErr(t, "a note opened with the data key", err, ErrDamaged)
	}
}
