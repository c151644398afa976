package store

import (
	"context"
	"errors"

	"gorm.io/gorm"
)

// owned is a journal in the hands of its owner, inside the writer's transaction.
type owned struct {
	tx     *gorm.DB
	link   linkKeys
	id     int64
	key    dataKey
	erased bool // to be set when bytes have to leave the disk
}

// asOwner makes a change to the journal that key opens. It may run twice.
func (db *DB) asOwner(ctx context.Context, key string, change func(*owned) error) error {
	return db.withDoor(ctx, key, func(d door, o *owned) (err error) {
		if o.key, err = d.openAsOwner(o.link, db.today()); err != nil {
			return err
		}
		o.id = *d.JournalID
		return change(o)
	})
}

// withDoor makes a change behind the link of key, without a look at what the link
// may do. A change refuses before it writes anything: that leaves the changes of
// others in the same transaction alone.
func (db *DB) withDoor(ctx context.Context, key string, change func(door, *owned) error) error {
	k, err := keysOf(key)
	if err != nil {
		return err
	}
	var refused error
	j := &job{lookup: k.lookup}
	j.do = func(tx *gorm.DB) error {
		o := owned{tx: tx, link: k}
		d, err := findDoor(tx, k)
		if err == nil {
			err = change(d, &o)
		}
		j.erased, refused = o.erased, nil
		if refuses(err) {
			refused, err = err, nil
		}
		return err
	}
	if err := db.writer.write(ctx, j); err != nil {
		return err
	}
	return refused
}

func refuses(err error) bool {
	for _, answer := range []error{ErrNotFound, ErrGone, ErrReadOnly, ErrShares} {
		if errors.Is(err, answer) {
			return true
		}
	}
	return false
}
