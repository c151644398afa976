package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"
)

// A move copies every row into an empty database, in the order of the keys, a batch in
// each transaction. A mark among the migrations of the copy keeps every version of
// this program from opening it before it is whole, and says of what it is a copy: so a
// move that was interrupted goes on, and one from anywhere else is refused.

// movingMark begins the mark; what follows is the checksum of the original.
const movingMark = "moving "

// MoveOptions say what Move copies where.
type MoveOptions struct {
	From, To string             // URLs, as in Options; To names an empty database
	Hash     EditionHash        // as for Verify
	Progress func(done, of int) // called as rows are read, copied and compared; nil: never
}

// Move copies a whole database into an empty one, of either engine, and compares the
// two by count and checksum. The original stays as it is, and nothing can be saved
// into it meanwhile. When Move is interrupted, the same move goes on where it stopped;
// until it has ended, nobody can open the copy. A database that holds anything else is
// left as it is, and one with problems is not moved.
func Move(ctx context.Context, o MoveOptions) (found Findings, err error) {
	if o.From == o.To {
		return Findings{}, errors.New("a database cannot be moved into itself; give an empty one with --to")
	}
	from, closeFrom, err := openOriginal(ctx, o.From)
	if err != nil {
		return Findings{}, err
	}
	defer func() { err = errors.Join(err, closeFrom()) }()
	to, err := connect(ctx, Options{URL: o.To}.withDefaults())
	if err != nil {
		return Findings{}, err
	}
	err = (&move{ctx: ctx, MoveOptions: o, from: from, to: to}).run()
	if err := errors.Join(err, to.close()); err != nil {
		return Findings{}, err
	}
	return Verify(ctx, o.To, o.Hash)
}

type move struct {
	MoveOptions
	ctx      context.Context
	from     *gorm.DB
	to       *engine
	done, of int
}

func (m *move) run() error {
	found, err := Verify(m.ctx, m.From, m.Hash)
	switch {
	case err != nil:
		return err
	case len(found.Problems) > 0:
		return fmt.Errorf("the database has problems and was not moved; restore a backup first: %s", strings.Join(found.Problems, "; "))
	case found.Schema != migrations()[len(migrations())-1].ID:
		return errors.New("an older version of this program wrote this database; start this version with it once, then move it")
	}
	original, err := m.sums(m.from)
	if err != nil {
		return err
	}
	if err := m.mark(original.mark()); err != nil {
		return err
	}
	for _, t := range tables() {
		before := m.done
		if err := m.copy(t); err != nil {
			return m.interrupted(err)
		}
		m.done = before + int(original[t.name].rows)
	}
	copied, err := m.sums(m.to.read)
	if err != nil {
		return m.interrupted(err)
	}
	for name, sum := range original {
		if copied[name] != sum {
			return fmt.Errorf("the copy is not like the original: %s holds %d rows, want %d, or other bytes; move into a new, empty database", name, copied[name].rows, sum.rows)
		}
	}
	return m.finish()
}

func (m *move) interrupted(err error) error {
	return fmt.Errorf("the move was interrupted; run the same again, which goes on where it stopped: %w", err)
}

// step counts n rows more.
func (m *move) step(n int) {
	m.done += n
	if m.Progress != nil && m.of > 0 {
		m.Progress(min(m.done, m.of), m.of)
	}
}

// sums counts the rows first, so that there is something to compare progress with.
func (m *move) sums(db *gorm.DB) (sums, error) {
	db = db.WithContext(m.ctx)
	if m.of == 0 {
		for _, t := range tables() {
			n, err := t.count(db)
			if err != nil {
				return nil, err
			}
			m.of += 3 * int(n) // they are read, copied and compared
		}
	}
	all := sums{}
	for _, t := range tables() {
		sum, err := t.sum(db, m.step)
		if err != nil {
			return nil, err
		}
		all[t.name] = sum
	}
	return all, nil
}

// mark makes the tables and marks them as the beginning of this move, or finds the
// mark of it.
func (m *move) mark(ours string) error {
	err := migrate(m.to.write.WithContext(m.ctx), m.to.prepare)
	if err != nil && !errors.Is(err, errMoving) {
		return err
	}
	return m.to.write.WithContext(m.ctx).Transaction(func(tx *gorm.DB) error {
		var marks []string
		err := tx.Raw("SELECT id FROM "+migrationsTable+" WHERE id LIKE ?", movingMark+"%").Find(&marks).Error
		switch {
		case err != nil:
			return err
		case len(marks) == 1 && marks[0] == ours:
			return nil
		case len(marks) > 0:
			return errors.New("a move of another database into this one has not ended, or the original has changed since; move into a new, empty database")
		}
		for _, t := range tables() {
			n, err := t.count(tx)
			switch {
			case err != nil:
				return err
			case n > 0:
				return fmt.Errorf("the database to move into is not empty: it holds %d rows in %s, and was left as it is; give a new, empty one", n, t.name)
			}
		}
		return tx.Exec("INSERT INTO "+migrationsTable+" (id) VALUES (?)", ours).Error
	})
}

func (m *move) copy(t table) error {
	from, to := m.from.WithContext(m.ctx), m.to.write.WithContext(m.ctx)
	after, err := t.last(to)
	if err != nil {
		return err
	}
	there, err := t.count(to)
	if err != nil {
		return err
	}
	m.step(int(there))
	for {
		rows, err := t.batch(from, after)
		if err != nil {
			return err
		}
		if len(rows) == 0 {
			return nil
		}
		if err := to.Transaction(func(tx *gorm.DB) error { return t.insert(tx, rows) }); err != nil {
			return err
		}
		after = place{key: t.keyOf(rows[len(rows)-1])}
		m.step(len(rows))
	}
}

// finish lets new rows follow the copied ones, and everybody in.
func (m *move) finish() error {
	return m.to.write.WithContext(m.ctx).Transaction(func(tx *gorm.DB) error {
		if onServer(tx) {
			err := tx.Exec("SELECT setval(pg_get_serial_sequence('journals', 'id'), COALESCE(MAX(id), 0) + 1, false) FROM journals").Error
			if err != nil {
				return err
			}
		}
		return tx.Exec("DELETE FROM "+migrationsTable+" WHERE id LIKE ?", movingMark+"%").Error
	})
}

// openOriginal opens a database of ours and keeps everybody from changing it until it
// is closed.
func openOriginal(ctx context.Context, url string) (*gorm.DB, func() error, error) {
	if !OnServer(url) {
		path, err := pathOf(url)
		if err != nil {
			return nil, nil, err
		}
		db, closeIt, err := openToRead(path)
		if err != nil {
			return nil, nil, err
		}
		err = db.Exec("BEGIN IMMEDIATE").Error
		if errors.Is(err, ErrBusy) {
			err = fmt.Errorf("another process is writing into %s; stop it, then move again", path)
		}
		if err != nil {
			return nil, nil, errors.Join(err, closeIt())
		}
		return db, closeIt, nil
	}
	db, _, closeIt, err := openServer(ctx, url, beginMove)
	if err != nil {
		return nil, nil, err
	}
	tx := db.Begin()
	names := make([]string, 0, len(tables()))
	for _, t := range tables() {
		names = append(names, t.name)
	}
	err = tx.Error
	if err == nil {
		err = tx.Exec("LOCK TABLE " + strings.Join(names, ", ") + " IN SHARE MODE").Error
	}
	if err != nil {
		return nil, nil, errors.Join(err, closeIt())
	}
	return tx, func() error { return errors.Join(tx.Rollback().Error, closeIt()) }, nil
}

// mark is one line for all sums.
func (s sums) mark() string {
	h := sha256.New()
	for _, t := range tables() {
		fmt.Fprintf(h, "%s %d %x\n", t.name, s[t.name].rows, s[t.name].bytes)
	}
	return movingMark + hex.EncodeToString(h.Sum(nil))
}
