package store

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// routes are the engines a database can move between.
func routes(t *testing.T, run func(t *testing.T, from, to func(testing.TB) string)) {
	for _, from := range engines {
		for _, to := range engines {
			t.Run(from.name+" to "+to.name, func(t *testing.T) {
				t.Parallel()
				run(t, from.url, to.url)
			})
		}
	}
}

func moveAll(t *testing.T, from, to string) (Findings, error) {
	t.Helper()
	return Move(t.Context(), MoveOptions{From: from, To: to, Hash: itself})
}

func wantNotMoved(t *testing.T, what string, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%s: got %v, want it to say %q", what, err, want)
	}
}

func TestMove(t *testing.T) {
	routes(t, func(t *testing.T, from, to func(testing.TB) string) {
		here, there := from(t), to(t)
		f := newFixture(t, here)
		f.keepEditions()
		key, s := f.saved("one")
		second := f.report("two")
		second.TakenAt = second.TakenAt.Add(time.Hour)
		f.save(key, second)
		f.put(key, "my plan")
		view := f.share(key, "my dietitian", f.clock())
		gone, _ := f.saved("gone")
		wantErr(t, "Delete", f.Delete(f.ctx, gone), nil)
		f.sweepAt(testDay, time.Time{})
		keys := f.fill(2000, benchReport())
		before, err := Verify(f.ctx, here, itself)
		wantWhole(t, "Verify", before, err)
		wantErr(t, "Close", f.Close(), nil)

		var steps []int
		found, err := Move(f.ctx, MoveOptions{From: here, To: there, Hash: itself,
			Progress: func(done, of int) { steps = append(steps, 100*done/of) }})
		wantWhole(t, "Move", found, err)
		if diff := cmp.Diff(before, found); diff != "" {
			t.Errorf("the copy holds something else (-want +got):\n%s", diff)
		}
		if !slices.IsSorted(steps) || steps[len(steps)-1] != 100 {
			t.Errorf("progress went from %d to %d, want it to rise to 100", steps[0], steps[len(steps)-1])
		}
		f.open() // the original is as it was

		g := newFixture(t, there)
		for _, db := range []*fixture{f, g} {
			db.wantEntries(key, s, second)
			db.wantEntries(view, s, second)
			db.wantNote(key, "my plan")
			db.wantShares(key, Share{Key: view, Label: "my dietitian", Until: date(time.March, 14), Made: date(time.March, 14)})
			db.wantRead(gone, ErrGone)
		}
		for _, k := range keys {
			if _, err := g.Read(g.ctx, k); err != nil {
				t.Errorf("Read: %v", err)
			}
		}
		fresh, new := g.saved("after the move")
		g.wantEntries(fresh, new)
		_, err = moveAll(t, here, there)
		wantNotMoved(t, "once more", err, "is not empty")
		g.wantEntries(fresh, new)
	})
}

// Wherever a move is interrupted, nobody can open the half copy, and the same move
// goes on.
func TestMoveGoesOn(t *testing.T) {
	routes(t, func(t *testing.T, from, to func(testing.TB) string) {
		here, there := from(t), to(t)
		f := newFixture(t, here)
		f.keepEditions()
		keys := f.fill(2000, benchReport())
		f.put(keys[0], "my plan")
		wantErr(t, "Close", f.Close(), nil)
		rows := 3*2002 + 1 + 1 // journals, links and reports; an edition; a note
		for _, at := range []int{rows + 2, rows + 1500, rows + 4500, 2*rows + 10} {
			ctx, cancel := context.WithCancel(t.Context())
			_, err := Move(ctx, MoveOptions{From: here, To: there, Hash: itself, Progress: func(done, of int) {
				if of != 3*rows {
					t.Errorf("there are %d steps, want %d", of, 3*rows)
				}
				if done >= at {
					cancel()
				}
			}})
			cancel()
			wantNotMoved(t, "interrupted", err, "run the same again")
			_, err = Open(t.Context(), Options{URL: there})
			wantNotMoved(t, "Open of a half copy", err, "run the same gutskin move again")
		}
		other := newFixture(t, from(t))
		other.keepEditions()
		wantErr(t, "Close", other.Close(), nil)
		_, err := moveAll(t, other.options.URL, there)
		wantNotMoved(t, "another original", err, "has not ended, or the original has changed")
		other.open()

		found, err := moveAll(t, here, there)
		wantWhole(t, "Move", found, err)
		if found.Reports != 2002 {
			t.Errorf("%d reports arrived, want 2002", found.Reports)
		}
		g := newFixture(t, there)
		g.wantNote(keys[0], "my plan")
		f.open()
	})
}

func TestMoveOfAChangedOriginal(t *testing.T) {
	routes(t, func(t *testing.T, from, to func(testing.TB) string) {
		here, there := from(t), to(t)
		f := newFixture(t, here)
		f.keepEditions()
		f.saved("one")
		ctx, cancel := context.WithCancel(t.Context())
		_, err := Move(ctx, MoveOptions{From: here, To: there, Hash: itself, Progress: func(done, of int) {
			if done > of/3 {
				cancel()
			}
		}})
		wantNotMoved(t, "interrupted", err, "run the same again")
		f.saved("meanwhile")
		_, err = moveAll(t, here, there)
		wantNotMoved(t, "changed", err, "the original has changed since")
	})
}

// Nothing can be saved while a move reads.
func TestMoveKeepsWritersOut(t *testing.T) {
	routes(t, func(t *testing.T, from, to func(testing.TB) string) {
		here, there := from(t), to(t)
		f := newFixture(t, here)
		f.keepEditions()
		f.saved("one")
		if !OnServer(here) {
			f.exec("PRAGMA busy_timeout = 50")
		} else {
			f.engine.within = 200 * time.Millisecond
		}
		tried := false
		found, err := Move(t.Context(), MoveOptions{From: here, To: there, Hash: itself, Progress: func(done, of int) {
			if !tried && done > of/2 {
				tried = true
				wantErr(t, "Save during the move", f.Save(f.ctx, f.newKey(), f.report("late")), ErrBusy)
			}
		}})
		wantWhole(t, "Move", found, err)
		if !tried {
			t.Error("nothing is tested")
		}
		f.saved("after")
	})
}

func TestMoveRefuses(t *testing.T) {
	routes(t, func(t *testing.T, from, to func(testing.TB) string) {
		here := from(t)
		f := newFixture(t, here)
		f.keepEditions()
		f.saved("one")
		taken := newFixture(t, to(t))
		kept, s := taken.saved("theirs")
		_, err := moveAll(t, here, taken.options.URL)
		wantNotMoved(t, "into a database in use", err, "is not empty: it holds")
		taken.wantEntries(kept, s)
		_, err = moveAll(t, here, here)
		wantNotMoved(t, "into itself", err, "into itself")

		there := to(t)
		f.exec("DELETE FROM reports")
		_, err = moveAll(t, here, there)
		wantNotMoved(t, "a faulty database", err, "journals without a report: 1")
		newFixture(t, there) // is as good as new
	})
	for _, e := range engines {
		to := e.url(t)
		old := newFile(t)
		if err := os.WriteFile(old, readFile(t, "testdata/0001.db"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Move(t.Context(), MoveOptions{From: old, To: to, Hash: func([]byte) (string, error) { return "sha256:0e5751c0", nil }})
		wantNotMoved(t, "an older database", err, "start this version with it once")
		_, err = moveAll(t, newFile(t), to)
		wantNotMoved(t, "no database", err, "check its path")
	}
}

// A table or a column that is not listed would be left behind by a move.
func TestEveryTableMoves(t *testing.T) {
	want := map[string][]string{}
	for _, kept := range tables() {
		want[kept.name] = slices.Sorted(slices.Values(kept.columns))
	}
	lists := map[string]string{
		"sqlite":   "SELECT m.name AS tab, c.name AS col FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
		"postgres": "SELECT table_name AS tab, column_name AS col FROM information_schema.columns WHERE table_schema = current_schema()",
	}
	for _, e := range engines {
		f := newFixture(t, e.url(t))
		var found []struct{ Tab, Col string }
		if err := f.read.Raw(lists[e.name]).Find(&found).Error; err != nil {
			t.Fatal(err)
		}
		got := map[string][]string{}
		for _, c := range found {
			got[c.Tab] = append(got[c.Tab], c.Col)
		}
		delete(got, migrationsTable)
		for _, columns := range maps.All(got) {
			slices.Sort(columns)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s has other tables than a move copies (-listed +there):\n%s", e.name, diff)
		}
	}
}

func TestChecksumTellsRowsApart(t *testing.T) {
	seen := map[checksum]string{}
	for name, row := range map[string][]any{
		"a number": {int64(1)}, "another number": {int64(2)}, "a text": {"1"}, "bytes": {[]byte("1")}, "nothing": {nil},
		"no text": {""}, "no bytes": {[]byte{}}, "two texts": {"a", "b"}, "the same in one": {"ab"}, "split otherwise": {"", "ab"},
	} {
		var c checksum
		if err := c.add(row); err != nil {
			t.Fatal(err)
		}
		if other, ok := seen[c]; ok {
			t.Errorf("%s is like %s", name, other)
		}
		seen[c] = name
	}
	var c checksum
	if err := c.add([]any{errors.New("x")}); err == nil {
		t.Error("a value of an unknown type was added")
	}
}
