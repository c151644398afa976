package store

import (
	"fmt"
	"testing"
	"time"
)

// Whoever can write the database can break a journal, but can never make a key
// open something else.

func tamperedLinks(t *testing.T, f *fixture) {
	ann, hers := f.saved("ann")
	bob, his := f.saved("bob")
	a, b := f.link(ann), f.link(bob)
	put := func(key string, row linkRow) {
		t.Helper()
		f.exec("UPDATE links SET journal_id = ?, wrapped = ? WHERE lookup = ?", row.JournalID, row.Wrapped, f.link(key).Lookup)
	}
	type change struct {
		name string
		row  linkRow
		want error
	}
	changes := []change{
		{"another's data key", linkRow{JournalID: a.JournalID, Wrapped: b.Wrapped}, ErrDamaged},
		{"another's journal", linkRow{JournalID: b.JournalID, Wrapped: a.Wrapped}, ErrDamaged},
		{"another's data key and journal", linkRow{JournalID: b.JournalID, Wrapped: b.Wrapped}, ErrDamaged},
		{"no data key", linkRow{JournalID: a.JournalID}, ErrDamaged},
		{"no journal", linkRow{Wrapped: a.Wrapped}, ErrGone},
	}
	for name, blob := range broken(a.Wrapped) {
		changes = append(changes, change{name, linkRow{JournalID: a.JournalID, Wrapped: blob}, ErrDamaged})
	}
	for _, c := range changes {
		put(ann, c.row)
		_, err := f.Read(f.ctx, ann)
		wantErr(t, c.name, err, c.want)
		f.wantEntries(bob, his)
	}
	late := f.report("late")
	put(ann, changes[0].row)
	wantErr(t, "Save with another's data key", f.Save(f.ctx, ann, late), ErrDamaged)
	put(ann, a)
	f.wantEntries(ann, hers)

	f.exec("UPDATE links SET lookup = ? WHERE lookup = ?", append([]byte{a.Lookup[0] ^ 1}, a.Lookup[1:]...), a.Lookup)
	f.wantRead(ann, ErrNotFound)
}

func tamperedReports(t *testing.T, f *fixture) {
	ann, first := f.saved("first")
	second := f.report("second")
	second.TakenAt = second.TakenAt.Add(time.Hour)
	f.save(ann, second)
	bob, his := f.saved("bob")

	var hers, others []reportRow
	f.writer.db.Where("journal_id = ?", *f.link(ann).JournalID).Find(&hers)
	f.writer.db.Where("journal_id = ?", *f.link(bob).JournalID).Find(&others)
	a, b, c := hers[0], hers[1], others[0]

	put := func(row reportRow) {
		t.Helper()
		f.exec("UPDATE reports SET edition = ?, sealed = ? WHERE journal_id = ? AND attempt = ?",
			row.Edition, row.Sealed, row.JournalID, row.Attempt)
	}
	changes := map[string]reportRow{
		"the blob of a sister row":    {a.JournalID, a.Attempt, a.Edition, b.Sealed},
		"the blob of another journal": {a.JournalID, a.Attempt, a.Edition, c.Sealed},
		"another edition":             {a.JournalID, a.Attempt, "sha256:other", a.Sealed},
		"the wrapped key":             {a.JournalID, a.Attempt, a.Edition, f.link(ann).Wrapped},
	}
	for name, blob := range broken(a.Sealed) {
		changes[name] = reportRow{a.JournalID, a.Attempt, a.Edition, blob}
	}
	for name, row := range changes {
		put(row)
		_, err := f.Read(f.ctx, ann)
		wantErr(t, name, err, ErrDamaged)
	}
	put(a)
	f.wantEntries(ann, first, second)

	f.exec("UPDATE reports SET journal_id = ? WHERE journal_id = ?", a.JournalID, c.JournalID)
	f.wantRead(ann, ErrDamaged)
	f.wantRead(bob, ErrDamaged)
	f.exec("UPDATE reports SET journal_id = ? WHERE attempt = ?", c.JournalID, c.Attempt)
	f.wantEntries(bob, his)

	f.exec("UPDATE reports SET attempt = ? WHERE attempt = ?", append([]byte{a.Attempt[0] ^ 1}, a.Attempt[1:]...), a.Attempt)
	f.wantRead(ann, ErrDamaged)
	f.exec("UPDATE journals SET kept_until = 'never' WHERE id = ?", c.JournalID)
	f.wantRead(bob, ErrDamaged)
	f.exec("DELETE FROM reports WHERE journal_id = ?", a.JournalID)
	f.wantRead(ann, ErrDamaged)
}

// broken gives a blob with bits flipped throughout, cut short, and grown.
func broken(blob []byte) map[string][]byte {
	all := map[string][]byte{
		"empty":          {},
		"only a nonce":   blob[:12],
		"half":           blob[:len(blob)/2],
		"one byte short": blob[:len(blob)-1],
		"one byte more":  append(append([]byte{}, blob...), 0),
	}
	for i := 0; i < len(blob); i += 7 {
		flipped := append([]byte{}, blob...)
		flipped[i] ^= 1 << (i % 8)
		all[fmt.Sprint("flipped byte ", i)] = flipped
	}
	return all
}

func (f *fixture) link(key string) (row linkRow) {
	f.t.Helper()
	k, err := keysOf(key)
	if err != nil {
		f.t.Fatal(err)
	}
	if err := f.writer.db.Where("lookup = ?", k.lookup).Take(&row).Error; err != nil {
		f.t.Fatal(err)
	}
	return row
}
