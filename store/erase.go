package store

import (
	"cmp"
	"context"
	"time"

	"gorm.io/gorm"
)

const (
	sweepBatch = 100 // journals removed in one go, so that nobody waits long behind a sweep
	sweepEvery = 24 * time.Hour
)

// Delete removes the journal that key opens, with its reports and notes and the
// wrapped keys of all its links, from the tables and from the disk. The links answer
// ErrGone from then on, to Delete too; a key that never opened anything gets
// ErrNotFound, and a view-only link ErrReadOnly.
func (db *DB) Delete(ctx context.Context, key string) error {
	return db.withDoor(ctx, key, func(d door, o *owned) error {
		// Whether its time is over does not matter: the sweep may not have been.
		if d.JournalID == nil {
			return ErrGone
		}
		if _, err := d.unwrapAsOwner(o.link); err != nil {
			return cmp.Or(d.check(db.today()), err)
		}
		o.erased = true
		return bury(o.tx, *d.JournalID)
	})
}

// bury removes journals and all that hangs on them, and leaves a tombstone for
// each of their links.
func bury(tx *gorm.DB, journals ...int64) error {
	if err := tx.Model(&linkRow{}).Where("journal_id IN ?", journals).Updates(tombstone()).Error; err != nil {
		return err
	}
	if err := tx.Where("journal_id IN ?", journals).Delete(&noteRow{}).Error; err != nil {
		return err
	}
	if err := tx.Where("journal_id IN ?", journals).Delete(&reportRow{}).Error; err != nil {
		return err
	}
	return tx.Where("id IN ?", journals).Delete(&journalRow{}).Error
}

// Sweep removes the journals and the view-only links whose time is over, a few at a
// time between other changes, and leaves tombstones. It reports how many journals
// it removed, also when it ends early.
func (db *DB) Sweep(ctx context.Context) (removed int, err error) {
	for more := true; more && err == nil; {
		var n int
		n, more, err = db.sweepSome(ctx)
		removed += n
	}
	return removed, err
}

func (db *DB) sweepSome(ctx context.Context) (removed int, more bool, err error) {
	j := &job{}
	j.do = func(tx *gorm.DB) error {
		today := db.today()
		var links [][]byte
		err := tx.Model(&linkRow{}).Where("until < ?", today).Limit(sweepBatch).Pluck("lookup", &links).Error
		if err != nil {
			return err
		}
		if len(links) > 0 {
			if err := tx.Model(&linkRow{}).Where("lookup IN ?", links).Updates(tombstone()).Error; err != nil {
				return err
			}
		}
		var over []int64
		err = tx.Model(&journalRow{}).Where("kept_until <= ?", today).
			Order("kept_until").Limit(sweepBatch).Pluck("id", &over).Error
		if err != nil {
			return err
		}
		removed, more = len(over), len(over) == sweepBatch || len(links) == sweepBatch
		// The last round always scrubs, to make up for a delete that could not.
		j.erased = !more
		if removed == 0 {
			return nil
		}
		return bury(tx, over...)
	}
	if err := db.writer.write(ctx, j); err != nil {
		return 0, false, err
	}
	return removed, more, nil
}

// SweepDaily sweeps now and then every 24 hours, until ctx ends. It logs how many
// journals went, and nothing else about them.
func (db *DB) SweepDaily(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for ctx.Err() == nil {
		removed, err := db.Sweep(ctx)
		if err != nil && ctx.Err() == nil {
			db.log.Error("the sweep ended early; it runs again tomorrow", "removed", removed, "error", err)
		} else if removed > 0 {
			db.log.Info("results past their time were removed", "removed", removed)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
}
