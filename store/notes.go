package store

import (
	"context"
	"fmt"

	"gorm.io/gorm/clause"
)

// NotePlan is the kind of note that holds the owner's plan.
const NotePlan = "plan"

const (
	sharesNote = "shares" // kept by Share and Unshare
	maxNote    = 64 << 10 // bytes of one note
)

// Put keeps one note of a kind in the journal that ownerKey opens, in the place of
// the one before; an empty payload removes it. NotePlan is the only kind. A note is
// sealed for the owner: no view-only link opens it. It moves no end: the journal is
// kept for as long as it was.
//
// What the note said before leaves the disk with the next delete or sweep, and at
// once when it is removed. Put answers what Save does.
func (db *DB) Put(ctx context.Context, ownerKey, kind string, payload []byte) error {
	switch {
	case kind != NotePlan:
		return fmt.Errorf("there is no kind of note of that name; give %q", NotePlan)
	case len(payload) > maxNote:
		return fmt.Errorf("a note of %d bytes cannot be kept; give at most %d", len(payload), maxNote)
	}
	return db.asOwner(ctx, ownerKey, func(o *owned) error {
		return db.putNote(o, kind, payload)
	})
}

func (db *DB) putNote(o *owned, kind string, payload []byte) error {
	if len(payload) == 0 {
		gone := o.tx.Where("journal_id = ? AND kind = ?", o.id, kind).Delete(&noteRow{})
		o.erased = o.erased || gone.RowsAffected > 0
		return gone.Error
	}
	key, err := o.link.noteKey(o.key)
	if err != nil {
		return err
	}
	row, err := db.sealNote(key, kind, payload)
	if err != nil {
		return err
	}
	row.JournalID = o.id
	return o.tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
}

// note returns the payload of a note, or none.
func (db *DB) note(o *owned, kind string) ([]byte, error) {
	var rows []noteRow
	err := o.tx.Where("journal_id = ? AND kind = ?", o.id, kind).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	key, err := o.link.noteKey(o.key)
	if err != nil {
		return nil, err
	}
	return db.unsealNote(key, rows[0])
}

// sealNote packs a note as a report is packed, with its kind for an attempt.
func (db *DB) sealNote(key noteKey, kind string, payload []byte) (noteRow, error) {
	plain, err := db.packer.pack(Saved{Attempt: kind, TakenAt: db.now(), Payload: payload})
	if err != nil {
		return noteRow{}, err
	}
	sealed, err := key.seal(plain, kind)
	return noteRow{Kind: kind, Sealed: sealed}, err
}

func (db *DB) unsealNote(key noteKey, row noteRow) ([]byte, error) {
	plain, err := key.unseal(row.Sealed, row.Kind)
	if err != nil {
		return nil, err
	}
	s, err := db.packer.unpack(plain)
	return s.Payload, err
}
