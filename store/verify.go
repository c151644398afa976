package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"

	"gorm.io/gorm"
)

// Findings are what Verify found. They count, and name nobody.
type Findings struct {
	Schema     string // the last migration the database has seen
	Journals   int64
	Links      int64 // that open a journal; ViewOnly of them change nothing
	ViewOnly   int64
	Tombstones int64 // links that open nothing any more
	Reports    int64
	Notes      int64
	Editions   int64
	Problems   []string // one sentence each; none: all is well
}

// EditionHash returns the name under which a content is kept, or an error when the
// content cannot be read.
type EditionHash func(content []byte) (string, error)

// fault counts rows that should not be.
type fault struct {
	since int // the migration from which on it can be looked for
	sql   string
	words string
}

// faults are looked for without any key: what is sealed cannot be opened here, but
// it has the length of something sealed.
var faults = []fault{
	{1, `SELECT COUNT(*) FROM journals WHERE created_on NOT LIKE '____-__-__' OR kept_until NOT LIKE '____-__-__'`,
		"journals without proper days: %d"},
	{1, `SELECT COUNT(*) FROM journals j WHERE NOT EXISTS (SELECT 1 FROM reports r WHERE r.journal_id = j.id)`,
		"journals without a report: %d"},
	{1, `SELECT COUNT(*) FROM journals j WHERE NOT EXISTS (SELECT 1 FROM links l WHERE l.journal_id = j.id)`,
		"journals without a link: %d"},
	{2, `SELECT COUNT(*) FROM journals j WHERE 1 <> (SELECT COUNT(*) FROM links l WHERE l.journal_id = j.id AND l.role = 'owner')`,
		"journals that have not exactly 1 owner's link: %d"},
	{1, fmt.Sprintf(`SELECT COUNT(*) FROM links WHERE length(lookup) <> %d`, secretLength),
		"links without a proper id: %d"},
	{1, fmt.Sprintf(`SELECT COUNT(*) FROM links WHERE journal_id IS NOT NULL AND (wrapped IS NULL OR length(wrapped) <> %d)`, secretLength+sealLength),
		"links without a well-formed key: %d"},
	{1, `SELECT COUNT(*) FROM links WHERE journal_id IS NULL AND wrapped IS NOT NULL`,
		"closed links that still have a key: %d"},
	{2, `SELECT COUNT(*) FROM links WHERE role NOT IN ('owner', 'view') OR until NOT LIKE '____-__-__' OR (role = 'owner' AND until IS NOT NULL)`,
		"links with a role or a last day that no link has: %d"},
	{1, fmt.Sprintf(`SELECT COUNT(*) FROM reports WHERE length(attempt) <> %d OR %s`, attemptLength, notSealed),
		"reports that are not well-formed: %d"},
	{2, `SELECT COUNT(*) FROM notes WHERE kind NOT IN ('plan', 'shares') OR ` + notSealed,
		"notes that are not well-formed: %d"},
	{3, `SELECT COUNT(*) FROM tallies WHERE day NOT LIKE '____-__-__' OR n < 1`,
		"tallies without a proper day or number: %d"},
	{1, `SELECT COUNT(*) FROM (SELECT DISTINCT edition FROM reports) r LEFT JOIN editions e ON e.hash = r.edition WHERE e.hash IS NULL`,
		"editions that reports were made with and that are missing: %d"},
}

// notSealed is true of what pack and seal do not make.
var notSealed = fmt.Sprintf(`length(sealed) < %[1]d OR (length(sealed) - %[2]d) %% %[3]d <> 0`,
	packBlock+sealLength, sealLength, packBlock)

// Verify looks through a whole database, which may be in use, and changes nothing.
// Problems are in the findings; the error says why it could not look.
func Verify(ctx context.Context, url string, hash EditionHash) (Findings, error) {
	db, name, closeIt, err := openWhole(ctx, url)
	if err != nil {
		return Findings{}, err
	}
	var found Findings
	// In one transaction, so that nothing changes between the looks.
	err = db.WithContext(ctx).Transaction(func(tx *gorm.DB) error { return found.look(tx, hash) })
	if errors.Is(err, ErrDamaged) {
		found.Problems, err = append(found.Problems, "the file cannot be read to its end: "+err.Error()), nil
	}
	if err := errors.Join(err, closeIt()); err != nil {
		return Findings{}, fmt.Errorf("%s cannot be verified; %w", name, err)
	}
	return found, nil
}

func (f *Findings) look(tx *gorm.DB, hash EditionHash) error {
	seen, err := f.schema(tx)
	if err != nil {
		return err
	}
	if err := f.engine(tx); err != nil {
		return err
	}
	for _, c := range []struct {
		since int
		count *int64
		from  string
	}{
		{1, &f.Journals, "journals"}, {1, &f.Reports, "reports"}, {1, &f.Editions, "editions"}, {2, &f.Notes, "notes"},
		{1, &f.Links, "links WHERE journal_id IS NOT NULL"}, {1, &f.Tombstones, "links WHERE journal_id IS NULL"},
		{2, &f.ViewOnly, "links WHERE journal_id IS NOT NULL AND role = 'view'"},
	} {
		if c.since > seen {
			continue
		}
		if err := tx.Raw("SELECT COUNT(*) FROM " + c.from).Find(c.count).Error; err != nil {
			return err
		}
	}
	for _, c := range faults {
		if c.since > seen {
			continue
		}
		var n int64
		if err := tx.Raw(c.sql).Find(&n).Error; err != nil {
			return err
		}
		if n > 0 {
			f.Problems = append(f.Problems, fmt.Sprintf(c.words, n))
		}
	}
	return f.editions(tx, hash)
}

// schema answers how many of our migrations the database has seen.
func (f *Findings) schema(tx *gorm.DB) (seen int, err error) {
	var ids []string
	if err := tx.Raw("SELECT id FROM " + migrationsTable + " ORDER BY id").Find(&ids).Error; err != nil {
		return 0, err
	}
	ours := migrations()
	for i, id := range ids {
		switch {
		case strings.HasPrefix(id, movingMark):
			return 0, errMoving
		case i >= len(ours) || ours[i].ID != id:
			return 0, errNewer
		}
		f.Schema = id
	}
	if len(ids) == 0 {
		return 0, errNoTables
	}
	return len(ids), nil
}

var errNoTables = errors.New("it holds no tables; start the program with it once")

// engine asks the database itself.
func (f *Findings) engine(tx *gorm.DB) error {
	if onServer(tx) {
		return f.server(tx)
	}
	var lines []string
	if err := tx.Raw("PRAGMA integrity_check(20)").Find(&lines).Error; err != nil {
		return err
	}
	for _, line := range lines {
		if line != "ok" {
			f.Problems = append(f.Problems, "the file is damaged: "+line)
		}
	}
	var broken []struct{ Table string }
	if err := tx.Raw("PRAGMA foreign_key_check").Find(&broken).Error; err != nil {
		return err
	}
	if len(broken) > 0 {
		f.Problems = append(f.Problems, fmt.Sprintf("rows of a journal that is not there: %d", len(broken)))
	}
	return nil
}

// server reads every byte, so that PostgreSQL finds the pages whose checksum is wrong,
// and counts what only a database with its constraints switched off can hold.
func (f *Findings) server(tx *gorm.DB) error {
	var read, broken int64
	err := tx.Raw(`SELECT COUNT(md5(sealed)) + (SELECT COUNT(md5(sealed)) FROM notes) + (SELECT COUNT(md5(wrapped)) FROM links) FROM reports`).Find(&read).Error
	if err != nil {
		return err
	}
	for _, table := range []string{"links", "reports", "notes"} {
		var n int64
		err := tx.Raw(`SELECT COUNT(*) FROM ` + table + ` t WHERE journal_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journals j WHERE j.id = t.journal_id)`).Find(&n).Error
		if err != nil {
			return err
		}
		broken += n
	}
	if broken > 0 {
		f.Problems = append(f.Problems, fmt.Sprintf("rows of a journal that is not there: %d", broken))
	}
	return nil
}

// editions reads one content at a time: each can be large.
func (f *Findings) editions(tx *gorm.DB, hash EditionHash) error {
	var names []string
	if err := tx.Raw("SELECT hash FROM editions ORDER BY hash").Find(&names).Error; err != nil {
		return err
	}
	for _, name := range names {
		var row editionRow
		if err := tx.Where("hash = ?", name).Take(&row).Error; err != nil {
			return err
		}
		switch got, err := hash(row.Content); {
		case err != nil:
			f.Problems = append(f.Problems, fmt.Sprintf("the edition %s cannot be read: %v", name, err))
		case got != name:
			f.Problems = append(f.Problems, fmt.Sprintf("the edition %s holds the content of %s", name, got))
		}
	}
	return nil
}

// openWhole opens a database of ours that exists, to look at all of it at one moment.
// The name is for messages.
func openWhole(ctx context.Context, url string) (db *gorm.DB, name string, closeIt func() error, err error) {
	if OnServer(url) {
		return openServer(ctx, url, beginRead)
	}
	path, err := pathOf(url)
	if err != nil {
		return nil, "", nil, err
	}
	db, closeIt, err = openToRead(path)
	return db, path, closeIt, err
}

// openToRead opens a database of ours that exists, over one connection. The file
// itself is not touched: closing it would take the locks away from a store that
// this process has open.
func openToRead(path string) (*gorm.DB, func() error, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, nil, fmt.Errorf("the database cannot be opened; check its path: %w", err)
	case !info.Mode().IsRegular():
		return nil, nil, fmt.Errorf("%s is no file; give the path of a database", path)
	}
	sql, db, err := dial(path, url.Values{
		"mode":    {"rw"},
		"_pragma": {"busy_timeout(" + strconv.Itoa(busyTimeout) + ")"},
	}, 1, gormConfig(Options{}.withDefaults()))
	var id int
	if err == nil {
		if err = db.Raw("PRAGMA application_id").Find(&id).Error; err == nil && id == applicationID {
			return db, sql.Close, nil
		}
		err = errors.Join(err, sql.Close())
	}
	switch known := (dialector{}).Translate(err); {
	case errors.Is(known, ErrBusy):
		return nil, nil, fmt.Errorf("another process keeps %s locked; try again later", path)
	case err == nil || errors.Is(known, ErrDamaged):
		return nil, nil, notOurs(path)
	}
	return nil, nil, err
}
