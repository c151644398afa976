package store

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Saved is one finished attempt. Edition is kept in clear, beside the sealed
// rest: it is the same for everyone who took the quiz with that content.
type Saved struct {
	Attempt string
	Edition string
	TakenAt time.Time // kept to the microsecond, in UTC
	Payload []byte    // the report as JSON, at most 1 MiB
}

// Journal is what a link key opens, oldest entry first.
type Journal struct {
	Entries   []Saved
	KeptUntil time.Time // the midnight, UTC, at which it is gone
}

// seed is a journal on its way to its first save.
type seed struct {
	link   linkRow
	report reportRow
	raced  bool // somebody else saved under this link first
}

// Save keeps a report in the journal that key opens, creating the journal at its
// first save, and returns when it is on the disk. The same attempt saved again
// changes nothing and is no error. It answers ErrNotFound for a malformed key,
// ErrGone for a journal that was deleted or has expired, and ErrBusy when too
// many changes wait.
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
	// Another request may save or delete between the look and the write; then
	// the next look sees what it did.
	for {
		door, err := db.findDoor(ctx, k)
		if err != nil {
			return err
		}
		save := db.saveNext
		if door == nil {
			save = db.saveFirst
		}
		if done, err := save(ctx, k, door, s, plain); done || err != nil {
			return err
		}
	}
}

func (db *DB) saveFirst(ctx context.Context, k linkKeys, _ *door, s Saved, plain []byte) (done bool, err error) {
	key := newDataKey()
	wrapped, err := k.wrap(key)
	if err != nil {
		return false, err
	}
	report, err := sealReport(key, s, plain)
	if err != nil {
		return false, err
	}
	first := &seed{link: linkRow{Lookup: k.lookup, Wrapped: wrapped}, report: report}
	err = db.writer.write(ctx, &job{seed: first})
	return err == nil && !first.raced, err
}

// plant writes new journals, all in a few statements. It runs in the writer.
func (db *DB) plant(tx *gorm.DB, seeds []*seed) error {
	lookups := make([][]byte, len(seeds))
	for i, s := range seeds {
		lookups[i] = s.link.Lookup
	}
	var known [][]byte
	if err := tx.Model(&linkRow{}).Where("lookup IN ?", lookups).Pluck("lookup", &known).Error; err != nil {
		return err
	}
	seen := make(map[string]bool, len(seeds))
	for _, lookup := range known {
		seen[string(lookup)] = true
	}
	fresh := make([]*seed, 0, len(seeds))
	for _, s := range seeds {
		if s.raced = seen[string(s.link.Lookup)]; !s.raced {
			seen[string(s.link.Lookup)] = true
			fresh = append(fresh, s)
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	journals := make([]journalRow, len(fresh))
	for i := range journals {
		journals[i] = journalRow{CreatedOn: db.today(), KeptUntil: db.until()}
	}
	if err := tx.Create(&journals).Error; err != nil {
		return err
	}
	links, reports := make([]linkRow, len(fresh)), make([]reportRow, len(fresh))
	for i, s := range fresh {
		links[i], reports[i] = s.link, s.report
		links[i].JournalID, reports[i].JournalID = &journals[i].ID, journals[i].ID
	}
	if err := tx.Create(&links).Error; err != nil {
		return err
	}
	return tx.Create(&reports).Error
}

func (db *DB) saveNext(ctx context.Context, k linkKeys, d *door, s Saved, plain []byte) (done bool, err error) {
	key, err := k.unwrap(d.Wrapped)
	if err != nil {
		return false, err
	}
	report, err := sealReport(key, s, plain)
	if err != nil {
		return false, err
	}
	report.JournalID = *d.JournalID
	err = db.writer.write(ctx, &job{do: func(tx *gorm.DB) error {
		var open int64
		err := tx.Model(&linkRow{}).Where("lookup = ? AND journal_id = ?", k.lookup, report.JournalID).Count(&open).Error
		if done = err == nil && open > 0; !done {
			return err
		}
		added := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&report)
		if added.Error != nil || added.RowsAffected == 0 {
			return added.Error
		}
		return tx.Model(&journalRow{}).Where("id = ?", report.JournalID).Update("kept_until", db.until()).Error
	}})
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

// door is a link with what stands behind it.
type door struct {
	JournalID *int64
	Wrapped   []byte
	KeptUntil *string
	Attempt   []byte
	Edition   string
	Sealed    []byte
}

// check answers whether the door still leads somewhere on this day.
func (d *door) check(today string) error {
	switch {
	case d.JournalID == nil:
		return ErrGone
	case d.KeptUntil == nil:
		return ErrDamaged
	case *d.KeptUntil <= today:
		return ErrGone
	}
	return nil
}

// findDoor finds a link that leads to a journal, nil when there never was one.
func (db *DB) findDoor(ctx context.Context, k linkKeys) (*door, error) {
	var doors []door
	err := db.read.WithContext(ctx).Raw(`SELECT l.journal_id, l.wrapped, j.kept_until
		FROM links l LEFT JOIN journals j ON j.id = l.journal_id WHERE l.lookup = ?`, k.lookup).Scan(&doors).Error
	if err != nil || len(doors) == 0 {
		return nil, err
	}
	return &doors[0], doors[0].check(db.today())
}

// Read opens the journal of a link key. It answers ErrNotFound for a key that
// never opened one, ErrGone for a journal that was deleted or has expired, and
// ErrDamaged when any part of it does not open: never another journal's data.
func (db *DB) Read(ctx context.Context, key string) (Journal, error) {
	k, err := keysOf(key)
	if err != nil {
		return Journal{}, err
	}
	var doors []door
	err = db.read.WithContext(ctx).Raw(`SELECT l.journal_id, l.wrapped, j.kept_until, r.attempt, r.edition, r.sealed
		FROM links l LEFT JOIN journals j ON j.id = l.journal_id LEFT JOIN reports r ON r.journal_id = j.id
		WHERE l.lookup = ?`, k.lookup).Scan(&doors).Error
	if err != nil {
		return Journal{}, err
	}
	if len(doors) == 0 {
		return Journal{}, ErrNotFound
	}
	if err := doors[0].check(db.today()); err != nil {
		return Journal{}, err
	}
	dataKey, err := k.unwrap(doors[0].Wrapped)
	if err != nil {
		return Journal{}, err
	}
	return db.openJournal(dataKey, doors)
}

func (db *DB) openJournal(key dataKey, doors []door) (j Journal, err error) {
	if j.KeptUntil, err = time.Parse(time.DateOnly, *doors[0].KeptUntil); err != nil {
		return Journal{}, ErrDamaged
	}
	j.Entries = make([]Saved, len(doors))
	for i, d := range doors {
		if j.Entries[i], err = db.openReport(key, d); err != nil {
			return Journal{}, err
		}
	}
	slices.SortFunc(j.Entries, func(a, b Saved) int {
		return cmp.Or(a.TakenAt.Compare(b.TakenAt), cmp.Compare(a.Attempt, b.Attempt))
	})
	return j, nil
}

func (db *DB) openReport(key dataKey, d door) (Saved, error) {
	plain, err := key.unseal(d.Sealed, d.Attempt, d.Edition)
	if err != nil {
		return Saved{}, err
	}
	s, err := db.packer.unpack(plain)
	if err != nil {
		return Saved{}, err
	}
	tag, err := key.tag(s.Attempt)
	if err != nil || !bytes.Equal(tag, d.Attempt) {
		return Saved{}, fmt.Errorf("%w: an attempt under another's name", ErrDamaged)
	}
	s.Edition = d.Edition
	return s, nil
}
