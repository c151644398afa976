package store

import (
	"context"
	"errors"
)

// Renew gives the journal of oldKey a new owner's link: the old one answers ErrGone
// from then on. Reports, notes and view-only links stay. The same pair sent again
// changes nothing and is no error. A newKey that is malformed or in use for
// something else is ErrNotFound; otherwise Renew answers what Save does.
func (db *DB) Renew(ctx context.Context, oldKey, newKey string) error {
	k, err := keysOf(newKey)
	if err != nil {
		return err
	}
	err = db.asOwner(ctx, oldKey, func(o *owned) error { return db.renew(o, k) })
	if errors.Is(err, ErrGone) && db.opensAsOwner(ctx, k) {
		return nil
	}
	return err
}

func (db *DB) renew(o *owned, to linkKeys) error {
	var inUse int64
	if err := o.tx.Model(&linkRow{}).Where("lookup = ?", to.lookup).Count(&inUse).Error; err != nil {
		return err
	}
	if inUse > 0 {
		return ErrNotFound
	}
	notes, err := db.resealed(o, to)
	if err != nil {
		return err
	}
	wrapped, err := to.wrap(o.key, owner, nil)
	if err != nil {
		return err
	}
	o.erased = true
	err = o.tx.Model(&linkRow{}).Where("lookup = ?", o.link.lookup).Updates(tombstone()).Error
	if err != nil {
		return err
	}
	if err := o.tx.Create(&linkRow{Lookup: to.lookup, JournalID: &o.id, Wrapped: wrapped, Role: owner}).Error; err != nil {
		return err
	}
	for _, n := range notes {
		err := o.tx.Model(&noteRow{}).Where("journal_id = ? AND kind = ?", o.id, n.Kind).Update("sealed", n.Sealed).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// resealed seals every note of the journal anew, for another owner's link.
func (db *DB) resealed(o *owned, to linkKeys) ([]noteRow, error) {
	from, err := o.link.noteKey(o.key)
	if err != nil {
		return nil, err
	}
	onto, err := to.noteKey(o.key)
	if err != nil {
		return nil, err
	}
	var notes []noteRow
	if err := o.tx.Where("journal_id = ?", o.id).Find(&notes).Error; err != nil {
		return nil, err
	}
	for i, n := range notes {
		plain, err := from.unseal(n.Sealed, n.Kind)
		if err != nil {
			return nil, err
		}
		if notes[i].Sealed, err = onto.seal(plain, n.Kind); err != nil {
			return nil, err
		}
	}
	return notes, nil
}

func (db *DB) opensAsOwner(ctx context.Context, k linkKeys) bool {
	d, err := findDoor(db.read.WithContext(ctx), k)
	if err != nil {
		return false
	}
	_, err = d.openAsOwner(k, db.today())
	return err == nil
}
