package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gutskin/figures"
)

// Saved is one finished attempt. Edition is kept in clear, beside the sealed
// rest: it is the same for everyone who took the quiz with that content.
type Saved struct {
	Attempt string
	Edition string
	TakenAt time.Time // kept to the microsecond, in UTC
	Payload []byte    // the report as JSON, at most 1 MiB

	// Counts are what the report adds to, if its owner agreed to be counted. They are
	// added in the transaction that keeps the report, once, and not kept with it.
	Counts []figures.Count
}

// seed is a journal on its way to its first save.
type seed struct {
	link   linkRow
	report reportRow
	raced  bool // the link is known already
}

// Save keeps a report in the journal that key opens, creating the journal at its
// first save, and returns when it is on the disk. The same attempt saved again
// changes nothing and is no error. It answers ErrNotFound for a malformed key,
// ErrGone for a journal that was deleted or has expired, ErrReadOnly for a view-only
// link, ErrBusy when too many changes wait and ErrFull when the disk is full.
func (db *DB) Save(ctx context.Context, key string, s Saved) error {
	k, err := keysOf(key)
	if err != nil {
		return err
	}
	if err := s.check(); err != nil {
		return err
	}
	plain, err := db.packer.pack(s)
	if err != nil {
		return err
	}
	// Most saves are the first of their link, so that is tried without a look.
	done, err := db.saveFirst(ctx, k, s, plain)
	for !done && err == nil {
		done, err = db.saveNext(ctx, k, s, plain)
	}
	return err
}

// saveFirst is not done when the link is known already, as a journal or as a
// tombstone.
func (db *DB) saveFirst(ctx context.Context, k linkKeys, s Saved, plain []byte) (done bool, err error) {
	key := newDataKey()
	wrapped, err := k.wrap(key, owner, nil)
	if err != nil {
		return false, err
	}
	report, err := sealReport(key, s, plain)
	if err != nil {
		return false, err
	}
	first := &seed{link: linkRow{Lookup: k.lookup, Wrapped: wrapped, Role: owner}, report: report}
	err = db.writer.write(ctx, &job{seed: first, counts: s.Counts})
	return err == nil && !first.raced, err
}

// plant writes new journals. It runs in the writer.
func (db *DB) plant(tx *gorm.DB, seeds []*seed) error {
	return db.engine.plant(tx, seeds, journalRow{CreatedOn: db.today(), KeptUntil: db.until()})
}

// saveNext is not done when the journal went between the look and the write.
func (db *DB) saveNext(ctx context.Context, k linkKeys, s Saved, plain []byte) (done bool, err error) {
	d, err := findDoor(db.read.WithContext(ctx), k)
	if err != nil {
		return false, err
	}
	key, err := d.openAsOwner(k, db.today())
	if err != nil {
		return false, err
	}
	report, err := sealReport(key, s, plain)
	if err != nil {
		return false, err
	}
	report.JournalID = *d.JournalID
	j := &job{lookup: k.lookup, counts: s.Counts}
	j.do = func(tx *gorm.DB) error {
		j.counted = false
		var open int64
		err := tx.Model(&linkRow{}).Where("lookup = ? AND journal_id = ?", k.lookup, report.JournalID).Count(&open).Error
		if done = err == nil && open > 0; !done {
			return err
		}
		added := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&report)
		if added.Error != nil || added.RowsAffected == 0 {
			return added.Error
		}
		j.counted = true
		// Never earlier than it was: the clock may have been put back.
		until := db.until()
		return tx.Model(&journalRow{}).Where("id = ? AND kept_until < ?", report.JournalID, until).
			Update("kept_until", until).Error
	}
	err = db.writer.write(ctx, j)
	return done, err
}

func sealReport(key dataKey, s Saved, plain []byte) (reportRow, error) {
	tag, err := key.tag(s.Attempt)
	if err != nil {
		return reportRow{}, err
	}
	sealed, err := key.seal(plain, tag, s.Edition)
	return reportRow{Attempt: tag, Edition: s.Edition, Sealed: sealed}, err
}
