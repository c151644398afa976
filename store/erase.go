package store

import (
	"cmp"
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

const (
	sweepBatch = 50 // journals removed in one go, so that nobody waits long behind a sweep
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
		// What another instance has in hand is left to it.
		err := tx.Model(&linkRow{}).Joins("JOIN journals ON journals.id = links.journal_id").Where("links.until < ?", today).
			Clauses(clause.Locking{Strength: "UPDATE", Table: clause.Table{Name: "journals"}, Options: "SKIP LOCKED"}).
			Limit(sweepBatch).Pluck("links.lookup", &links).Error
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
			Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"}).
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

// SweepDaily sweeps now and then every 24 hours, until ctx ends, but not when the
// clock has jumped. It logs how many journals went, and nothing else about them.
func (db *DB) SweepDaily(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	var before time.Time
	for ctx.Err() == nil {
		before = db.sweepToday(ctx, before)
		select {
		case <-tick.C:
		case <-ctx.Done():
		}
	}
}

// sweepToday sweeps when the clock has run evenly since the last sweep, or for as
// long as a day in this process: before is when it was called last.
func (db *DB) sweepToday(ctx context.Context, before time.Time) (now time.Time) {
	now = db.now()
	swept := *db.swept.Load()
	if !follows(swept, now) && !follows(before, now) {
		if swept.IsZero() { // the first time: there is nothing to compare with
			db.report(db.markSwept(ctx, now), 0)
			return now
		}
		db.log.Warn("the clock has jumped since the last sweep; nothing is removed before it has run evenly for a day",
			"last", swept.Format(time.DateOnly), "now", now.UTC().Format(time.DateOnly))
		return now
	}
	if err := db.markSwept(ctx, now); err != nil {
		db.report(err, 0)
		return now
	}
	removed, err := db.Sweep(ctx)
	if err == nil {
		err = db.sumOldTallies(ctx)
	}
	if err == nil && db.engine.tidy != nil {
		err = db.engine.tidy(ctx)
	}
	db.watch.swept(removed, now, err)
	db.report(err, removed)
	return now
}

func (db *DB) report(err error, removed int) {
	switch {
	case errors.Is(err, context.Canceled):
	case err != nil:
		db.log.Error("the sweep ended early; it runs again tomorrow", "removed", removed, "error", err)
	case removed > 0:
		db.log.Info("results past their time were removed", "removed", removed)
	}
}
