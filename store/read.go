package store

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// Journal is what a link key opens, oldest entry first.
type Journal struct {
	Entries   []Saved
	KeptUntil time.Time // the midnight, UTC, at which it is gone
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
func (d door) check(today string) error {
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

// findDoor finds a link that leads to a journal, without its reports.
func (db *DB) findDoor(ctx context.Context, k linkKeys) (door, error) {
	doors, err := db.findDoors(ctx, k, `SELECT l.journal_id, l.wrapped, j.kept_until
		FROM links l LEFT JOIN journals j ON j.id = l.journal_id WHERE l.lookup = ?`)
	if err != nil {
		return door{}, err
	}
	return doors[0], nil
}

// findDoors answers at least one door, or an error that says why there is none.
func (db *DB) findDoors(ctx context.Context, k linkKeys, query string) ([]door, error) {
	var doors []door
	if err := db.read.WithContext(ctx).Raw(query, k.lookup).Scan(&doors).Error; err != nil {
		return nil, err
	}
	if len(doors) == 0 {
		return nil, ErrNotFound
	}
	return doors, doors[0].check(db.today())
}

// Read opens the journal of a link key. It answers ErrNotFound for a key that
// never opened one, ErrGone for a journal that was deleted or has expired, and
// ErrDamaged when any part of it does not open: never another journal's data.
func (db *DB) Read(ctx context.Context, key string) (Journal, error) {
	k, err := keysOf(key)
	if err != nil {
		return Journal{}, err
	}
	doors, err := db.findDoors(ctx, k, `SELECT l.journal_id, l.wrapped, j.kept_until, r.attempt, r.edition, r.sealed
		FROM links l LEFT JOIN journals j ON j.id = l.journal_id LEFT JOIN reports r ON r.journal_id = j.id
		WHERE l.lookup = ?`)
	if err != nil {
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
	s.Edition = d.Edition
	return s, nil
}
