package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"
)

const (
	maxShares = 20 // view-only links of one journal that are open at a time
	maxLabel  = 60 // characters
)

// Share is a view-only link to a journal.
type Share struct {
	Key   string    // made by the store
	Label string    // whom it is for, in the owner's words; at most 60 characters
	Until time.Time // the last day, UTC, on which it opens; zero: as long as the journal
	Made  time.Time // the day, UTC; set by the store
}

// shareNote is a share as the owner's note keeps it.
type shareNote struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	Until string `json:"until,omitempty"`
	Made  string `json:"made"`
}

// Share opens a view-only link to the journal of ownerKey and returns its key. Of s,
// Label and Until count. It refuses a longer label and a last day that is over, and
// answers ErrShares when 20 links are open, ErrReadOnly for a view-only link, and
// otherwise what Save does.
func (db *DB) Share(ctx context.Context, ownerKey string, s Share) (viewKey string, err error) {
	note := shareNote{Key: NewKey(), Label: s.Label, Made: db.today()}
	var until *string
	if !s.Until.IsZero() {
		note.Until = s.Until.UTC().Format(time.DateOnly)
		until = &note.Until
	}
	switch {
	case utf8.RuneCountInString(s.Label) > maxLabel || !utf8.ValidString(s.Label):
		return "", fmt.Errorf("the label of a link cannot be kept; give at most %d characters", maxLabel)
	case until != nil && *until < note.Made:
		return "", errors.New("the last day of a link is over; give today or a later day")
	}
	k, err := keysOf(note.Key)
	if err != nil {
		return "", err
	}
	err = db.asOwner(ctx, ownerKey, func(o *owned) error {
		shares, err := db.shares(o)
		if err != nil {
			return err
		}
		if len(shares) >= maxShares {
			return ErrShares
		}
		wrapped, err := k.wrap(o.key, viewer, until)
		if err != nil {
			return err
		}
		link := linkRow{Lookup: k.lookup, JournalID: &o.id, Wrapped: wrapped, Role: viewer, Until: until}
		if err := o.tx.Create(&link).Error; err != nil {
			return err
		}
		return db.putShares(o, append(shares, note))
	})
	if err != nil {
		return "", err
	}
	return note.Key, nil
}

// Unshare switches a view-only link of this journal off: it answers ErrGone from
// then on. A link that is off already is no error; one that is not a view-only link
// of this journal is ErrNotFound.
func (db *DB) Unshare(ctx context.Context, ownerKey, viewKey string) error {
	k, err := keysOf(viewKey)
	if err != nil {
		return err
	}
	return db.asOwner(ctx, ownerKey, func(o *owned) error {
		var links []linkRow
		if err := o.tx.Where("lookup = ?", k.lookup).Find(&links).Error; err != nil {
			return err
		}
		switch {
		case len(links) == 0:
			return ErrNotFound
		case links[0].JournalID == nil:
			return nil
		case *links[0].JournalID != o.id || links[0].Role != viewer:
			return ErrNotFound
		}
		shares, err := db.shares(o)
		if err != nil {
			return err
		}
		if err := o.tx.Model(&linkRow{}).Where("lookup = ?", k.lookup).Updates(tombstone()).Error; err != nil {
			return err
		}
		o.erased = true
		return db.putShares(o, slices.DeleteFunc(shares, func(s shareNote) bool { return s.Key == viewKey }))
	})
}

// shares are the links of the journal that open today, as its owner's note has them.
func (db *DB) shares(o *owned) ([]shareNote, error) {
	payload, err := db.note(o, sharesNote)
	if err != nil {
		return nil, err
	}
	return openShares(payload, db.today())
}

func openShares(payload []byte, today string) (shares []shareNote, err error) {
	if len(payload) == 0 {
		return nil, nil
	}
	if err := json.Unmarshal(payload, &shares); err != nil {
		return nil, ErrDamaged
	}
	return slices.DeleteFunc(shares, func(s shareNote) bool { return s.Until != "" && s.Until < today }), nil
}

func (db *DB) putShares(o *owned, shares []shareNote) error {
	if len(shares) == 0 {
		return db.putNote(o, sharesNote, nil)
	}
	payload, err := json.Marshal(shares)
	if err != nil {
		return err
	}
	return db.putNote(o, sharesNote, payload)
}

func readShares(payload []byte, today string) ([]Share, error) {
	notes, err := openShares(payload, today)
	if err != nil {
		return nil, err
	}
	shares := make([]Share, len(notes))
	for i, n := range notes {
		shares[i] = Share{Key: n.Key, Label: n.Label}
		if shares[i].Made, err = time.Parse(time.DateOnly, n.Made); err != nil {
			return nil, ErrDamaged
		}
		if n.Until == "" {
			continue
		}
		if shares[i].Until, err = time.Parse(time.DateOnly, n.Until); err != nil {
			return nil, ErrDamaged
		}
	}
	return shares, nil
}
