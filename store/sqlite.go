package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"time"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	driver "modernc.org/sqlite" // SQLite in Go, registered as "sqlite"
	codes "modernc.org/sqlite/lib"
)

const (
	applicationID = 0x47757453 // "GutS", at byte 68 of every database file of ours
	busyTimeout   = 5000       // milliseconds to wait for another process
	scrubTimeout  = 40         // milliseconds the writer may lose to a slow reader
)

// openSQLite opens one connection that writes and several that read.
func openSQLite(path string, config gorm.Config) (*engine, error) {
	fresh, err := checkFile(path)
	if err != nil {
		return nil, err
	}
	pragmas := []string{"busy_timeout(" + strconv.Itoa(busyTimeout) + ")"}
	if fresh {
		// Before WAL, so that the mark is in the file itself from the first moment.
		pragmas = append(pragmas, "application_id("+strconv.Itoa(applicationID)+")")
	}
	pragmas = append(pragmas, "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		"secure_delete(1)", "cache_size(-16000)")

	writeSQL, write, err := dial(path, url.Values{"_pragma": pragmas, "_txlock": {"immediate"}}, 1, config)
	if err != nil {
		return nil, err
	}
	readers := max(4, 2*runtime.GOMAXPROCS(0))
	config.PrepareStmt = true // the writer goes without: database/sql prepares anew in each transaction
	readSQL, read, err := dial(path, url.Values{
		"mode":    {"rw"},
		"_pragma": {pragmas[0], "query_only(1)", "cache_size(-8000)"}, // holds the inner pages of a million results
	}, readers, config)
	if err != nil {
		return nil, errors.Join(err, writeSQL.Close())
	}
	return &engine{
		write: write,
		read:  read,
		plant: plantInTurn,
		scrub: func() error { return truncateWAL(writeSQL) },
		// The connection closed last folds the WAL into the file and removes it.
		close: func() error { return errors.Join(readSQL.Close(), writeSQL.Close()) },
	}, nil
}

// dial opens connections. Several programs that open a new file at once get in each
// other's way while it is made ready, whatever their patience with locks: each tries
// again until that is over.
func dial(path string, options url.Values, connections int, config gorm.Config) (db *sql.DB, g *gorm.DB, err error) {
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		db, g, err = dialOnce(path, options, connections, config)
		if !errors.Is(dialector{}.Translate(err), ErrBusy) || time.Since(began) > busyTimeout*time.Millisecond {
			return db, g, err
		}
	}
}

func dialOnce(path string, options url.Values, connections int, config gorm.Config) (*sql.DB, *gorm.DB, error) {
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + options.Encode()
	db, err := sql.Open("sqlite", dsn)
	if err == nil {
		db.SetMaxOpenConns(connections)
		db.SetMaxIdleConns(connections)
		var g *gorm.DB
		if g, err = gorm.Open(dialector{sqlite.Dialector{Conn: db}}, &config); err == nil {
			return db, g, nil
		}
		err = errors.Join(err, db.Close())
	}
	return nil, nil, fmt.Errorf("%s does not open as a database; check the file and its folder: %w", path, err)
}

// dialector knows the errors of the driver in use; GORM's own knows another's.
type dialector struct{ sqlite.Dialector }

// Translate turns a file whose pages make no sense into ErrDamaged, a file that
// somebody else keeps locked into ErrBusy, and a disk without room into ErrFull.
func (dialector) Translate(err error) error {
	e, ok := errors.AsType[*driver.Error](err)
	if !ok {
		return err
	}
	if e.Code() == codes.SQLITE_IOERR_SHMSIZE { // no room for the index of the log
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	const primary = 0xff
	switch e.Code() & primary {
	case codes.SQLITE_CORRUPT, codes.SQLITE_NOTADB:
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	case codes.SQLITE_BUSY, codes.SQLITE_LOCKED:
		return fmt.Errorf("%w: %w", ErrBusy, err)
	case codes.SQLITE_FULL:
		return fmt.Errorf("%w: %w", ErrFull, err)
	}
	return err
}

// checkFile creates the file, readable by its owner only, or makes sure that it
// is one of ours. It reports whether the file is still empty.
func checkFile(path string) (fresh bool, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return false, fmt.Errorf("the database file cannot be opened; check its folder and who may write there: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	header := make([]byte, 72)
	switch _, err := io.ReadFull(f, header); {
	case errors.Is(err, io.EOF):
		return true, nil
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return false, fmt.Errorf("the database file cannot be read; check its disk: %w", err)
	}
	if !bytes.HasPrefix(header, []byte("SQLite format 3\x00")) || binary.BigEndian.Uint32(header[68:]) != applicationID {
		return false, notOurs(path)
	}
	return false, nil
}

func notOurs(path string) error {
	return fmt.Errorf("%s is not a database of this program and was left as it is; give the path of another file", path)
}

// truncateWAL moves the write-ahead log into the file and empties it: what was
// deleted would otherwise stay readable in the log until it is written over.
func truncateWAL(db *sql.DB) (err error) {
	ctx := context.Background()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	timeout := func(ms int) error {
		_, err := conn.ExecContext(ctx, "PRAGMA busy_timeout = "+strconv.Itoa(ms))
		return err
	}
	defer func() { err = errors.Join(err, timeout(busyTimeout), conn.Close()) }()
	if err := timeout(scrubTimeout); err != nil {
		return err
	}
	var busy, frames, moved int
	if err := conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved); err != nil {
		return err
	}
	if busy != 0 {
		return errors.New("a long read was in the way; it is tried again at the next delete, sweep or stop")
	}
	return nil
}
