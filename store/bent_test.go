package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"
	"pgregory.net/rapid"
)

// TestBentRows changes one cell of any table in any way, and then asks for everything that
// people have. Each gets what is theirs, or a refusal: never anything else. The seals are
// the same on every engine, so one of them is enough.
func TestBentRows(t *testing.T) {
	f := newFixture(t, engines[0].url(t))
	type owned struct {
		key  string
		want Journal
	}
	var people []owned
	for _, name := range []string{"ann", "bob", "cleo"} {
		key, s := f.saved(name)
		s.Attempt += " again"
		f.save(key, s)
		wantErr(t, "Put", f.Put(f.ctx, key, NotePlan, []byte("the plan of "+name)), nil)
		view, err := f.Share(f.ctx, key, Share{Label: "from " + name, Until: f.clock().AddDate(0, 0, 30)})
		wantErr(t, "Share", err, nil)
		for _, k := range []string{key, view} {
			want, err := f.Read(f.ctx, k)
			wantErr(t, "Read", err, nil)
			people = append(people, owned{k, want})
		}
	}
	columns := map[string][]string{
		"journals": {"id", "created_on", "kept_until"}, "links": {"lookup", "journal_id", "wrapped", "role", "until"},
		"reports": {"journal_id", "attempt", "edition", "sealed"}, "notes": {"journal_id", "kind", "sealed"},
	}
	var cells []string
	for table, names := range columns {
		for _, name := range names {
			cells = append(cells, table+" "+name)
		}
	}
	tells := errors.New("undo what was bent")
	damaged, intact := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		table, column, _ := strings.Cut(rapid.SampledFrom(cells).Draw(rt, "cell"), " ")
		err := f.writer.db.Transaction(func(tx *gorm.DB) error {
			// In a transaction that never ends well, so that each try starts from the same rows.
			if err := tx.Exec("PRAGMA defer_foreign_keys = 1").Error; err != nil {
				return err
			}
			if what, ok := bend(rt, tx, table, column); !ok {
				return fmt.Errorf("%w: %s", tells, what)
			}
			bent := &DB{read: tx, packer: f.packer, now: f.now, keep: f.keep, log: f.DB.log}
			bent.swept.Store(f.swept.Load())
			for _, p := range people {
				got, err := bent.Read(f.ctx, p.key)
				switch {
				case errors.Is(err, ErrNotFound), errors.Is(err, ErrGone), errors.Is(err, ErrDamaged):
					damaged++
					if len(got.Entries)+len(got.Notes)+len(got.Shares) > 0 {
						rt.Errorf("%s %s: refused with %v, and told %+v", table, column, err, got)
					}
				case err != nil:
					rt.Errorf("%s %s: got %v, want it refused in words", table, column, err)
				default:
					intact++
					if diff := cmp.Diff(trimmed(p.want), trimmed(got)); diff != "" && !less(got, p.want) {
						rt.Errorf("%s %s: somebody gets something else (-want +got):\n%s", table, column, diff)
					}
				}
			}
			return tells
		})
		if !errors.Is(err, tells) {
			rt.Fatal(err)
		}
	})
	if damaged < 20 || intact < 20 {
		t.Errorf("%d reads were refused and %d went well: nothing much was bent", damaged, intact)
	}
}

// bend changes cells of a column: bits, lengths, or the cells of two rows swapped.
func bend(rt *rapid.T, tx *gorm.DB, table, column string) (what string, done bool) {
	var rows []map[string]any
	if err := tx.Raw("SELECT rowid AS place, " + column + " AS cell FROM " + table + " ORDER BY rowid").Find(&rows).Error; err != nil || len(rows) < 2 {
		rt.Fatalf("%s %s: %d rows, %v", table, column, len(rows), err)
	}
	set := func(row map[string]any, cell any) bool {
		return tx.Exec("UPDATE OR IGNORE "+table+" SET "+column+" = ? WHERE rowid = ?", cell, row["place"]).Error == nil
	}
	i := rapid.IntRange(0, len(rows)-1).Draw(rt, "row")
	j := (i + rapid.IntRange(1, len(rows)-1).Draw(rt, "other")) % len(rows)
	if rapid.Bool().Draw(rt, "swap") {
		// Where each must be the only one of its kind, another stands in for a moment.
		return "swap", set(rows[i], nil) && set(rows[j], rows[i]["cell"]) && set(rows[i], rows[j]["cell"]) || set(rows[i], rows[j]["cell"])
	}
	switch cell := rows[i]["cell"].(type) {
	case []byte:
		return "bytes", set(rows[i], bentBytes(rt, cell))
	case string:
		if rapid.Bool().Draw(rt, "known") {
			return "text", set(rows[i], rapid.SampledFrom([]string{"owner", "view", "plan", "shares", "2020-01-01", "2099-12-31", "", "9999", "sha256:other"}).Draw(rt, "text"))
		}
		return "text", set(rows[i], string(bentBytes(rt, []byte(cell))))
	case int64:
		return "number", set(rows[i], cell+rapid.Int64Range(-3, 3).Draw(rt, "off"))
	}
	return "nothing", set(rows[i], rapid.SampledFrom([]any{"owner", "2099-12-31", int64(1), []byte{1}}).Draw(rt, "cell"))
}

func bentBytes(rt *rapid.T, b []byte) []byte {
	b = append([]byte{}, b...)
	at := rapid.IntRange(0, max(0, len(b)-1)).Draw(rt, "at")
	switch {
	case len(b) == 0:
		return []byte{0}
	case rapid.Bool().Draw(rt, "cut"):
		return b[:at]
	}
	b[at] ^= 1 << rapid.IntRange(0, 7).Draw(rt, "bit")
	return b
}

// trimmed leaves out when it ends, which stands in the database in clear: whoever can
// write there can end a journal sooner or later, and gains nothing by it.
func trimmed(j Journal) Journal {
	j.KeptUntil = testDay
	return j
}

// less reports that a journal is another without some of its parts: who can write a
// database can take parts away, but never put any in.
func less(part, whole Journal) bool {
	for _, e := range part.Entries {
		found := false
		for _, w := range whole.Entries {
			found = found || cmp.Equal(e, w)
		}
		if !found {
			return false
		}
	}
	for kind, note := range part.Notes {
		if !cmp.Equal(note, whole.Notes[kind]) {
			return false
		}
	}
	return part.ViewOnly == whole.ViewOnly && (len(part.Shares) == 0 || cmp.Equal(part.Shares, whole.Shares))
}
