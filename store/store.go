// Package store keeps results: sealed, so that only the holder of a link can read them.
//
// A link key opens a journal, a journal holds reports. The database sees neither
// keys nor answers: see seal.go for what is derived from a key, and writer.go for
// how changes reach the disk.
package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// What the store answers when it cannot do as asked.
var (
	ErrNotFound = errors.New("nothing is kept under this; check that the whole link was copied")
	ErrGone     = errors.New("this was deleted or its time is over; take the quiz again to start anew")
	ErrDamaged  = errors.New("what is kept here does not open; restore the database from a backup")
	ErrReadOnly = errors.New("this is a view-only link; use the owner's link to change anything")
	ErrShares   = errors.New("as many view-only links as there may be are open; switch one off first")
	ErrBusy     = errors.New("too many changes wait to be written; try again in a moment")
	ErrFull     = errors.New("the disk is full and nothing was changed; make room, then try again")
	ErrClosed   = errors.New("the store is closed; open it again")
)

const defaultKeep = 365 * 24 * time.Hour

// Options say where results are kept and for how long.
type Options struct {
	URL  string           // a file path, sqlite:path, or postgres://user:password@host/name
	Now  func() time.Time // nil: time.Now
	Log  *slog.Logger     // nil: nothing is logged; no key, answer or payload is ever logged
	Keep time.Duration    // how long a journal is kept after its last new report; 0: 365 days

	Observer Observer // is told what the store does
}

// DB is an open store. Any number of goroutines may use it.
type DB struct {
	engine *engine
	read   *gorm.DB
	writer *writer
	packer *packer
	now    func() time.Time
	swept  atomic.Pointer[time.Time] // see moment
	keep   time.Duration
	log    *slog.Logger
	watch  Observer
	close  func() error // runs once
}

// engine is what one kind of database offers to the rest of the package.
type engine struct {
	write *gorm.DB     // used by the writer and by migrations only
	read  *gorm.DB     // several connections, for reading
	scrub func() error // takes erased bytes out of the engine's own journal
	close func() error
	plant func(*gorm.DB, []*seed, journalRow) error // writes new journals, and tells which links were known already

	// What only an engine with several writers needs; nil otherwise.
	prepare func(*gorm.DB) error                      // begins the transaction of the migrations
	lock    func(tx *gorm.DB, lookups [][]byte) error // keeps others away from the journals of these links
	within  time.Duration                             // how long a transaction of the writer may take
	tidy    func(context.Context) error               // follows each daily sweep
}

// Open opens the database, creates it if there is none, and brings its tables up
// to date. A database that this program did not make, or that a newer version of
// it made, is left as it was.
func Open(ctx context.Context, o Options) (*DB, error) {
	o = o.withDefaults()
	e, err := connect(ctx, o)
	if err != nil {
		return nil, err
	}
	if err := migrate(e.write.WithContext(ctx), e.prepare); err != nil {
		return nil, errors.Join(err, e.close())
	}
	db := &DB{engine: e, read: e.read, packer: newPacker(), now: o.Now, keep: o.Keep, log: o.Log, watch: o.Observer}
	if err := db.readSwept(ctx); err != nil {
		return nil, errors.Join(err, e.close())
	}
	db.writer = startWriter(e, db.plant, db.today, o.Log, o.Observer)
	db.close = sync.OnceValue(func() error {
		db.writer.stop()
		return e.close()
	})
	return db, nil
}

// connect picks the engine by the scheme of the URL.
func connect(ctx context.Context, o Options) (*engine, error) {
	if OnServer(o.URL) {
		return openPostgres(ctx, o.URL, o)
	}
	path, err := pathOf(o.URL)
	if err != nil {
		return nil, err
	}
	return openSQLite(path, gormConfig(o))
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Keep == 0 {
		o.Keep = defaultKeep
	}
	return o
}

// pathOf returns the whole path of the SQLite file that a URL names.
func pathOf(url string) (string, error) {
	path, named := strings.CutPrefix(url, "sqlite:")
	if named {
		path = strings.TrimPrefix(path, "//")
	}
	scheme, _, isURL := strings.Cut(path, "://")
	switch {
	case path == "":
		return "", errors.New("no database is named; give the path of a file, such as gutskin.db")
	case isURL:
		return "", fmt.Errorf("no database engine is called %q; give the path of a file, such as gutskin.db, or a URL that begins with postgres://", scheme)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("the path of the database cannot be read; give another one: %w", err)
	}
	return path, nil
}

// gormConfig is the same for every engine. Statements are logged without their
// values, which is what keeps keys and answers out of the log.
func gormConfig(o Options) gorm.Config {
	return gorm.Config{
		TranslateError:         true,
		SkipDefaultTransaction: true,
		NowFunc:                func() time.Time { return o.Now().UTC().Truncate(time.Microsecond) },
		Logger: logger.NewSlogLogger(o.Log, logger.Config{
			LogLevel:                  logger.Warn,
			SlowThreshold:             time.Second,
			ParameterizedQueries:      true,
			IgnoreRecordNotFoundError: true,
		}),
	}
}

// Close finishes the changes that wait, then closes the database. Later calls
// answer what the first one did.
func (db *DB) Close() error { return db.close() }

// Ping reports whether the database can be read.
func (db *DB) Ping(ctx context.Context) error {
	var n int
	if err := db.read.WithContext(ctx).Raw("SELECT 1 FROM " + migrationsTable + " LIMIT 1").Find(&n).Error; err != nil {
		return fmt.Errorf("the database cannot be read; check that it runs, and its disk: %w", err)
	}
	return nil
}

// Migrations counts the changes that this program would make to the tables and the
// database has not seen, and those that a newer version of the program has made.
func (db *DB) Migrations(ctx context.Context) (missing, newer int, err error) {
	var seen []string
	if err := db.read.WithContext(ctx).Table(migrationsTable).Pluck("id", &seen).Error; err != nil {
		return 0, 0, fmt.Errorf("the database cannot be read; check its disk: %w", err)
	}
	missing, newer = lag(seen)
	return missing, newer, nil
}

// NewKey makes a link key: 26 upper-case letters and digits that nobody can guess.
func NewKey() string { return rand.Text() }

// Tables names the tables there are.
func (db *DB) Tables(ctx context.Context) ([]string, error) {
	names, err := db.read.WithContext(ctx).Migrator().GetTables()
	if err != nil {
		return nil, fmt.Errorf("the database cannot be read; check its disk: %w", err)
	}
	// What SQLite makes for itself.
	return slices.DeleteFunc(names, func(name string) bool { return strings.HasPrefix(name, "sqlite_") }), nil
}
