package store

import (
	"context"
	"time"

	"gorm.io/gorm"
)

const (
	sweepBatch = 100 // journals removed in one go, so that nobody waits long behind a sweep
	sweepEvery = 24 * time.Hour
)

// Delete removes the journal that key opens, with its reports and the wrapped
// keys of all its links, from the tables and from the disk. The links answer
// ErrGone from then on, to Delete too; a key that never opened anything gets
// ErrNotFound.
func (db *DB) Delete(ctx context.Context, key string) error {
	k, err := keysOf(key)
	if err != nil {
		return err
	}
	var outcome error
	j := &job{}
	j.do = func(tx *gorm.DB) error {
		j.erased, outcome = false, nil
		var links []linkRow
		if err := tx.Where("lookup = ?", k.lookup).Find(&links).Error; err != nil {
			return err
		}
		switch {
		case len(links) == 0:
			outcome = ErrNotFound
		case links[0].JournalID == nil:
			outcome = ErrGone
		default:
			j.erased = true
			return bury(tx, *links[0].JournalID)
		}
		return nil
	}
	if err := db.writer.write(ctx, j); err != nil {
		return err
	}
	return outcome
}

// bury removes journals and all that hangs on them, and leaves a tombstone for
// each of their links.
func bury(tx *gorm.DB, journals ...int64) error {
	tombstone := map[string]any{"journal_id": nil, "wrapped": nil}
	if err := tx.Model(&linkRow{}).Where("journal_id IN ?", journals).Updates(tombstone).Error; err != nil {
		return err
	}
	if err := tx.Where("journal_id IN ?", journals).Delete(&reportRow{}).Error; err != nil {
		return err
	}
	return tx.Where("id IN ?", journals).Delete(&journalRow{}).Error
}

// Sweep removes the journals whose time is over, a few at a time between other
// changes, and leaves tombstones. It reports how many it removed, also when it
// ends early.
func (db *DB) Sweep(ctx context.Context) (removed int, err error) {
	for {
		n, err := db.sweepSome(ctx)
		removed += n
		if err != nil || n < sweepBatch {
			return removed, err
		}
	}
}

func (db *DB) sweepSome(ctx context.Context) (removed int, err error) {
	j := &job{}
	j.do = func(tx *gorm.DB) error {
		var over []int64
		err := tx.Model(&journalRow{}).Where("kept_until <= ?", db.today()).
			Order("kept_until").Limit(sweepBatch).Pluck("id", &over).Error
		if err != nil {
			return err
		}
		removed = len(over)
		// The last round always scrubs, to make up for a delete that could not.
		j.erased = removed < sweepBatch
		if removed == 0 {
			return nil
		}
		return bury(tx, over...)
	}
	if err := db.writer.write(ctx, j); err != nil {
		return 0, err
	}
	return removed, nil
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
