package store

import (
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// testdata/0001.db was written by the first migration and the code of its time: two
// reports of ann, one of bob, and a journal that was deleted.
const (
	fixtureAnn  = "NSR33VOW3LAXUZMF65ATN55NGR"
	fixtureBob  = "UWIVDN6O5XCH66DWTYPIEMSLUE"
	fixtureGone = "JN7MXETX6YTIMDPIDK26HB3GQT"
)

// openOld opens a copy of a database that an older version wrote.
func openOld(t *testing.T, name string) (f *fixture, path string) {
	t.Helper()
	path = newFile(t)
	if err := os.WriteFile(path, readFile(t, name), 0o600); err != nil {
		t.Fatal(err)
	}
	return newFixture(t, path), path
}

func TestFirstDatabaseStillOpens(t *testing.T) {
	f, _ := openOld(t, "testdata/0001.db")
	old := func(name string, after time.Duration) Saved {
		return Saved{Attempt: name, Edition: "sha256:0e5751c0", TakenAt: testDay.Add(after).Truncate(time.Microsecond), Payload: []byte(`{"from":"` + name + `"}`)}
	}
	check := func() {
		t.Helper()
		f.wantEntries(fixtureAnn, old("first", 0), old("second", time.Hour))
		f.wantEntries(fixtureBob, old("third", 0))
		f.wantRead(fixtureGone, ErrGone)
	}
	check()
	if words, err := f.Edition(f.ctx, "sha256:0e5751c0"); string(words) != "the words of that day" || err != nil {
		t.Errorf("the edition of that day is %q (%v)", words, err)
	}
	if j, err := f.Read(f.ctx, fixtureAnn); j.ViewOnly || j.Shares != nil || j.Notes != nil || err != nil {
		t.Errorf("the link of that day is not its owner's: %v", err)
	}

	view := f.share(fixtureAnn, "my dietitian", time.Time{})
	f.put(fixtureAnn, "my plan")
	f.wantNote(fixtureAnn, "my plan")
	f.wantEntries(view, old("first", 0), old("second", time.Hour))
	wantErr(t, "Close", f.Close(), nil)
	f.open()
	check()
	next := f.newKey()
	wantErr(t, "Renew", f.Renew(f.ctx, fixtureAnn, next), nil)
	wantErr(t, "Delete", f.Delete(f.ctx, fixtureBob), nil)
	f.wantRead(fixtureAnn, ErrGone)
	f.wantRead(fixtureBob, ErrGone)
	f.wantEntries(next, old("first", 0), old("second", time.Hour))
}

// A migration that was released is never edited: what it made then and what it makes
// today are the same.
func TestMigratedIsLikeNew(t *testing.T) {
	old, _ := openOld(t, "testdata/0001.db")
	schema := func(f *fixture) (tables []string) {
		t.Helper()
		if err := f.read.Raw("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").Scan(&tables).Error; err != nil {
			t.Fatal(err)
		}
		return tables
	}
	if diff := cmp.Diff(schema(newFixture(t, newFile(t))), schema(old)); diff != "" {
		t.Errorf("other tables (-new +migrated):\n%s", diff)
	}
}
