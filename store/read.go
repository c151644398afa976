package store

import (
	"cmp"
	"context"
	"slices"
	"time"

	"gorm.io/gorm"
)

// Journal is what a link key opens, oldest entry first. ViewOnly says that the link
// can change nothing; it then has neither shares nor notes, which are the owner's.
type Journal struct {
	Entries   []Saved
	KeptUntil time.Time // the midnight, UTC, from which this link opens nothing
	ViewOnly  bool
	Shares    []Share           // the view-only links that open today, oldest first
	Notes     map[string][]byte // by kind, see Put; nil without any
}

// door is a link with one of the things that stand behind it: a report, or a note
// when Kind is set.
type door struct {
	JournalID *int64
	Wrapped   []byte
	Role      role
	Until     *string
	KeptUntil *string
	Attempt   []byte
	Edition   *string
	Sealed    []byte
	Kind      *string
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
	case d.Until != nil && *d.Until < today:
		return ErrGone
	}
	return nil
}

func (d door) unwrap(k linkKeys) (dataKey, error) { return k.unwrap(d.Wrapped, d.Role, d.Until) }

// openAsOwner answers ErrReadOnly for a view-only link. What the link may do is
// believed only when its wrapped key opens with it.
func (d door) openAsOwner(k linkKeys, today string) (dataKey, error) {
	if err := d.check(today); err != nil {
		return nil, err
	}
	return d.unwrapAsOwner(k)
}

func (d door) unwrapAsOwner(k linkKeys) (dataKey, error) {
	key, err := d.unwrap(k)
	switch {
	case err != nil:
		return nil, err
	case d.Role != owner:
		return nil, ErrReadOnly
	}
	return key, nil
}

// findDoor finds a link, without what its journal holds.
func findDoor(tx *gorm.DB, k linkKeys) (door, error) {
	doors, err := findDoors(tx, k, `SELECT l.journal_id, l.wrapped, l.role, l.until, j.kept_until
		FROM links l LEFT JOIN journals j ON j.id = l.journal_id WHERE l.lookup = @lookup`)
	if err != nil {
		return door{}, err
	}
	return doors[0], nil
}

// findDoors answers at least one door, or ErrNotFound.
func findDoors(tx *gorm.DB, k linkKeys, query string) ([]door, error) {
	var doors []door
	// Find and not Scan, which leaves the errors of the driver as they are.
	if err := tx.Raw(query, map[string]any{"lookup": k.lookup}).Find(&doors).Error; err != nil {
		return nil, err
	}
	if len(doors) == 0 {
		return nil, ErrNotFound
	}
	return doors, nil
}

// Read opens the journal of a link key. It answers ErrNotFound for a key that
// never opened one, ErrGone for a journal that was deleted or has expired and for a
// link that was switched off, renewed or is past its last day, and ErrDamaged when
// any part of it does not open: never another journal's data.
func (db *DB) Read(ctx context.Context, key string) (Journal, error) {
	k, err := keysOf(key)
	if err != nil {
		return Journal{}, err
	}
	// One statement, so that nothing changes between its parts.
	doors, err := findDoors(db.read.WithContext(ctx), k, `
		SELECT l.journal_id, l.wrapped, l.role, l.until, j.kept_until, r.attempt, r.edition, r.sealed, NULL AS kind
		FROM links l LEFT JOIN journals j ON j.id = l.journal_id LEFT JOIN reports r ON r.journal_id = j.id
		WHERE l.lookup = @lookup
		UNION ALL
		SELECT l.journal_id, l.wrapped, l.role, l.until, j.kept_until, NULL AS attempt, NULL AS edition, n.sealed, n.kind
		FROM links l JOIN journals j ON j.id = l.journal_id JOIN notes n ON n.journal_id = j.id
		WHERE l.lookup = @lookup AND l.role = 'owner'`)
	if err != nil {
		return Journal{}, err
	}
	if err := doors[0].check(db.today()); err != nil {
		return Journal{}, err
	}
	return db.openJournal(k, doors)
}

func (db *DB) openJournal(k linkKeys, doors []door) (Journal, error) {
	key, err := doors[0].unwrap(k)
	if err != nil {
		return Journal{}, err
	}
	j := Journal{ViewOnly: doors[0].Role != owner, Entries: make([]Saved, 0, len(doors))}
	if j.KeptUntil, err = doors[0].keptUntil(); err != nil {
		return Journal{}, err
	}
	for _, d := range doors {
		if d.Kind != nil {
			err = db.openNote(&j, k, key, d)
		} else {
			err = db.openReport(&j, key, d)
		}
		if err != nil {
			return Journal{}, err
		}
	}
	slices.SortFunc(j.Entries, func(a, b Saved) int {
		return cmp.Or(a.TakenAt.Compare(b.TakenAt), cmp.Compare(a.Attempt, b.Attempt))
	})
	return j, nil
}

// keptUntil is the first moment at which the link opens nothing.
func (d door) keptUntil() (time.Time, error) {
	end, err := time.Parse(time.DateOnly, *d.KeptUntil)
	if err != nil {
		return time.Time{}, ErrDamaged
	}
	if d.Until != nil {
		last, err := time.Parse(time.DateOnly, *d.Until)
		if err != nil {
			return time.Time{}, ErrDamaged
		}
		if next := last.AddDate(0, 0, 1); next.Before(end) {
			end = next
		}
	}
	return end, nil
}

func (db *DB) openReport(j *Journal, key dataKey, d door) error {
	if d.Edition == nil {
		return ErrDamaged
	}
	plain, err := key.unseal(d.Sealed, d.Attempt, *d.Edition)
	if err != nil {
		return err
	}
	s, err := db.packer.unpack(plain)
	if err != nil {
		return err
	}
	s.Edition = *d.Edition
	j.Entries = append(j.Entries, s)
	return nil
}

func (db *DB) openNote(j *Journal, k linkKeys, key dataKey, d door) error {
	notes, err := k.noteKey(key)
	if err != nil {
		return err
	}
	payload, err := db.unsealNote(notes, noteRow{Kind: *d.Kind, Sealed: d.Sealed})
	switch {
	case err != nil:
		return err
	case *d.Kind == sharesNote:
		j.Shares, err = readShares(payload, db.today())
		return err
	case j.Notes == nil:
		j.Notes = map[string][]byte{}
	}
	j.Notes[*d.Kind] = payload
	return nil
}
