package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// A clock can be wrong: a small machine starts in 1970 until the network tells it
// the time, and a typing error makes it 2062. The day of the last sweep is kept, and
// two things follow from it. No day before it is believed, so that what is saved
// meanwhile is not over when the clock is right again. And nothing is removed on a
// day that does not follow it, so that a jump forward closes links only until the
// clock is right again. A clock that has run evenly for a day in one process is
// believed, whichever way it jumped before.

const (
	theSweep = 1                  // the id of the one row
	evenly   = 2 * 24 * time.Hour // a clock that was this much earlier at the last sweep has not jumped
)

// moment is what the clock says, but never before the last sweep.
func (db *DB) moment() time.Time {
	now, swept := db.now().UTC(), *db.swept.Load()
	if now.Before(swept) {
		return swept
	}
	return now
}

// follows reports whether a clock can have gone from before to now without a jump.
func follows(before, now time.Time) bool {
	return !before.IsZero() && !now.Before(before) && now.Sub(before) <= evenly
}

// readSwept reads the day of the last sweep; without one it is the zero time.
func (db *DB) readSwept(ctx context.Context) error {
	var rows []sweepRow
	if err := db.read.WithContext(ctx).Find(&rows).Error; err != nil {
		return fmt.Errorf("the database cannot be read; check its disk: %w", err)
	}
	var day time.Time
	for _, row := range rows {
		// A day that makes no sense is as good as none.
		if d, err := time.Parse(time.DateOnly, row.Day); err == nil {
			day = d
		}
	}
	db.swept.Store(&day)
	return nil
}

func (db *DB) markSwept(ctx context.Context, now time.Time) error {
	day := now.UTC().Truncate(24 * time.Hour)
	row := sweepRow{ID: theSweep, Day: day.Format(time.DateOnly)}
	err := db.writer.write(ctx, &job{do: func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
	}})
	if err == nil {
		db.swept.Store(&day)
	}
	return err
}
