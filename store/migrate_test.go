package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// testdata holds a database for each migration, as the code of its time wrote it, and
// the same as PostgreSQL dumps it: two reports of ann, one of bob, and a journal that
// was deleted; since the second, a plan of ann and a view-only link to her journal.
const (
	fixtureAnn  = "NSR33VOW3LAXUZMF65ATN55NGR"
	fixtureBob  = "UWIVDN6O5XCH66DWTYPIEMSLUE"
	fixtureGone = "JN7MXETX6YTIMDPIDK26HB3GQT"
	fixtureView = "55N7LYAVVKWADCHOV62CJJ6GCZ"
	fixturePlan = "the plan of that day"
)

// oldDatabase makes a copy of a database that an older version wrote, and returns its
// URL.
func oldDatabase(t *testing.T, name string) (url string) {
	t.Helper()
	content := readFile(t, filepath.Join("testdata", name))
	if strings.HasSuffix(name, ".sql") {
		url = newPostgres(t)
		if err := startPostgres(t).Exec(nameOf(t, url), string(content)); err != nil {
			t.Fatal(err)
		}
		return url
	}
	url = newFile(t)
	if err := os.WriteFile(url, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return url
}

// oldDatabases runs a test with each of them.
func oldDatabases(t *testing.T, run func(t *testing.T, name, url string)) {
	for _, pattern := range []string{"*.db", "*.sql"} {
		files, err := filepath.Glob(filepath.Join("testdata", pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("no old databases: %v", err)
		}
		for _, file := range files {
			name := filepath.Base(file)
			t.Run(name, func(t *testing.T) { run(t, name, oldDatabase(t, name)) })
		}
	}
}

// The next migration brings along a database of the one before it.
func TestEveryOldDatabaseIsKept(t *testing.T) {
	all := migrations()
	for _, m := range all[:len(all)-1] {
		number, _, _ := strings.Cut(m.ID, "_")
		for _, suffix := range []string{".db", ".sql"} {
			if _, err := os.Stat(filepath.Join("testdata", number+suffix)); err != nil {
				t.Errorf("%s changes a database of which none is kept: %v", m.ID, err)
			}
		}
	}
}

func TestOldDatabasesStillOpen(t *testing.T) {
	oldDatabases(t, func(t *testing.T, name, url string) {
		f := newFixture(t, url)
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
		if strings.HasPrefix(name, "0001") {
			if j, err := f.Read(f.ctx, fixtureAnn); j.ViewOnly || j.Shares != nil || j.Notes != nil || err != nil {
				t.Errorf("the link of that day is not its owner's: %v", err)
			}
		} else {
			f.wantEntries(fixtureView, old("first", 0), old("second", time.Hour))
			f.wantNote(fixtureAnn, fixturePlan)
		}

		view := f.share(fixtureAnn, "my dietitian", time.Time{})
		f.put(fixtureAnn, "my plan")
		f.wantNote(fixtureAnn, "my plan")
		f.wantEntries(view, old("first", 0), old("second", time.Hour))
		f.saved("a journal beside the old ones")
		wantErr(t, "Close", f.Close(), nil)
		f.open()
		check()
		next := f.newKey()
		wantErr(t, "Renew", f.Renew(f.ctx, fixtureAnn, next), nil)
		wantErr(t, "Delete", f.Delete(f.ctx, fixtureBob), nil)
		f.wantRead(fixtureAnn, ErrGone)
		f.wantRead(fixtureBob, ErrGone)
		f.wantEntries(next, old("first", 0), old("second", time.Hour))
	})
}

// A migration that was released is never edited: what it made then and what it makes
// today are the same.
func TestMigratedIsLikeNew(t *testing.T) {
	oldDatabases(t, func(t *testing.T, _, url string) {
		schema := func(f *fixture) (lines []string) {
			t.Helper()
			query := "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
			if OnServer(url) {
				query = `SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, is_nullable, column_default) AS line
					FROM information_schema.columns WHERE table_schema = 'public'
					UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
					UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
					ORDER BY 1`
			}
			if err := f.read.Raw(query).Find(&lines).Error; err != nil || len(lines) == 0 {
				t.Fatalf("no tables: %v", err)
			}
			return lines
		}
		empty := newFile(t)
		if OnServer(url) {
			empty = newPostgres(t)
		}
		if diff := cmp.Diff(schema(newFixture(t, empty)), schema(newFixture(t, url))); diff != "" {
			t.Errorf("other tables (-new +migrated):\n%s", diff)
		}
	})
}
