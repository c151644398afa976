package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// PostgreSQL, shared by any number of instances, directly or through a pooler that
// gives a connection away between two transactions. So nothing is kept in a session:
// no statement is prepared by name, and every setting ends with its transaction.
//
// A journal's row is the lock of all that hangs on it. A transaction of the writer
// first plants new journals, in the order of their links; then locks the journals it
// changes, in the order of their ids; then changes them. So two instances wait for
// each other, but never in a circle. What the database refuses all the same, as part
// of a circle or as a duplicate, is tried again alone.
//
// What is erased is gone from the tables at the commit, and no program that asks
// PostgreSQL can read it. But the bytes stay in its files until VACUUM frees them and
// new rows are written over them, and in its log, archives and standbys until those
// are dropped. What is left there is sealed: without its link nobody can open it.

const (
	connectWithin  = 5 * time.Second
	writeWithin    = 15 * time.Second // for one transaction; longer than the server's own limits
	maxReaders     = 16
	idleFor        = 5 * time.Minute
	connectionLife = 30 * time.Minute // so that connections move after a fail-over
	migrationLock  = applicationID
)

// How a transaction begins, in one message to the server. A result is on the disk of
// the server, and of the standbys it waits for, whatever the server's own default is.
const (
	beginWrite = "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE; SET LOCAL synchronous_commit = on; " +
		"SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '10s'; SET LOCAL idle_in_transaction_session_timeout = '10s'"
	beginRead = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
	beginMove = "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE; SET LOCAL synchronous_commit = on"
	unlimited = "SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"
)

// OnServer reports whether a URL names a database on a server and not a file.
func OnServer(url string) bool {
	return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
}

// openPostgres opens one connection that writes and several that read.
func openPostgres(ctx context.Context, url string, o Options) (*engine, error) {
	config := gormConfig(o)
	writeSQL, write, err := dialPostgres(ctx, url, beginWrite, 1, config)
	if err != nil {
		return nil, err
	}
	readers := min(max(4, 2*runtime.GOMAXPROCS(0)), maxReaders)
	readSQL, read, err := dialPostgres(ctx, url, beginRead, readers, config)
	if err != nil {
		return nil, errors.Join(err, writeSQL.Close())
	}
	return &engine{
		write:   write,
		read:    read,
		prepare: func(tx *gorm.DB) error { return preparePostgres(tx, o) },
		plant:   plantAtOnce,
		lock:    lockJournals,
		within:  writeWithin,
		scrub:   func() error { return nil },
		tidy:    func(ctx context.Context) error { return vacuum(ctx, read) },
		close:   func() error { return errors.Join(readSQL.Close(), writeSQL.Close()) },
	}, nil
}

func dialPostgres(ctx context.Context, url, begin string, connections int, config gorm.Config) (*sql.DB, *gorm.DB, error) {
	server, err := pgx.ParseConfig(url)
	if err != nil { // it may show a part of the password
		return nil, nil, errors.New("the address of the database cannot be read; write it like postgres://user:password@host:5432/name, with %2F for a / in the password, %23 for # and %25 for %")
	}
	// One round trip for a statement, and nothing that has to be there at the next.
	server.DefaultQueryExecMode = pgx.QueryExecModeExec
	server.StatementCacheCapacity, server.DescriptionCacheCapacity = 0, 0
	if server.ConnectTimeout == 0 {
		server.ConnectTimeout = connectWithin
	}
	if server.RuntimeParams["application_name"] == "" {
		server.RuntimeParams["application_name"] = "gutskin"
	}
	// A connection is not tried before it is used: one that broke is replaced.
	unchecked := stdlib.OptionShouldPing(func(context.Context, stdlib.ShouldPingParams) bool { return false })
	db := sql.OpenDB(connector{stdlib.GetConnector(*server, unchecked), begin})
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(idleFor)
	db.SetConnMaxLifetime(connectionLife)

	config.DisableAutomaticPing = true
	g, err := gorm.Open(serverDialector{postgres.Dialector{Config: &postgres.Config{Conn: db}}}, &config)
	if err == nil {
		err = db.PingContext(ctx)
	}
	if err != nil {
		return nil, nil, errors.Join(explained(err, server.Host, server.Port), db.Close())
	}
	return db, g, nil
}

var errForeign = errors.New("the database holds")

// preparePostgres waits until no other instance migrates, and makes sure that the
// database is empty or ours.
func preparePostgres(tx *gorm.DB, o Options) error {
	if err := tx.Exec(unlimited).Error; err != nil {
		return err
	}
	if err := tx.Exec("SELECT pg_advisory_xact_lock(?)", migrationLock).Error; err != nil {
		return err
	}
	fresh, err := ownTables(tx)
	if err != nil {
		return err
	}
	if fresh {
		o.Log.Info("making the tables in an empty database")
	}
	var unsafe []string
	err = tx.Raw("SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'").Find(&unsafe).Error
	for _, name := range unsafe {
		o.Log.Warn("PostgreSQL can lose results when its machine stops; switch this setting on", "setting", name)
	}
	return err
}

// ownTables reports whether the schema is empty. It refuses tables that this program
// did not make.
func ownTables(tx *gorm.DB) (fresh bool, err error) {
	var schema sql.NullString
	if err := tx.Raw("SELECT current_schema()").Find(&schema).Error; err != nil {
		return false, err
	}
	if !schema.Valid {
		return false, fmt.Errorf("%w no schema to keep tables in; make one with CREATE SCHEMA, and name it with ?search_path= in the URL", errForeign)
	}
	// What an extension brought along does not count.
	var tables []string
	err = tx.Raw(`SELECT c.relname FROM pg_class c
		WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
		AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')`,
		schema.String).Find(&tables).Error
	if err != nil || len(tables) == 0 {
		return err == nil, err
	}
	var ours int64
	for _, table := range tables {
		if table != migrationsTable {
			continue
		}
		// As text: many programs have a table of this name, with other columns.
		err := tx.Raw(`SELECT COUNT(*) FROM `+migrationsTable+` m WHERE to_jsonb(m) ->> 'id' = ?`, migrations()[0].ID).Find(&ours).Error
		if err != nil {
			return false, err
		}
	}
	if ours == 0 {
		return false, fmt.Errorf("%w the tables of another program and was left as it is; make an empty one, such as with createdb gutskin, and give its URL", errForeign)
	}
	return false, nil
}

// lockJournals keeps everybody else away from the journals of some links, until the
// transaction ends.
func lockJournals(tx *gorm.DB, lookups [][]byte) error {
	var ids []int64
	return tx.Raw("SELECT id FROM journals WHERE id IN (SELECT journal_id FROM links WHERE lookup = ANY(?::bytea[])) ORDER BY id FOR UPDATE",
		blobs(lookups)).Find(&ids).Error
}

// vacuum gives the room of erased rows free, which PostgreSQL itself does for a small
// table only after many rows. Of several instances one does it.
func vacuum(ctx context.Context, db *gorm.DB) error {
	return db.WithContext(ctx).Exec("VACUUM (SKIP_LOCKED) journals, links, reports, notes").Error
}

// openServer opens a database of ours, over one connection whose transactions begin
// as told. The name has no password.
func openServer(ctx context.Context, url, begin string) (g *gorm.DB, name string, closeIt func() error, err error) {
	db, g, err := dialPostgres(ctx, url, begin, 1, gormConfig(Options{}.withDefaults()))
	if err != nil {
		return nil, "", nil, err
	}
	fresh, err := ownTables(g)
	switch {
	case err == nil && fresh:
		err = fmt.Errorf("%s cannot be read; %w", serverName(url), errNoTables)
	case err != nil && !errors.Is(err, errForeign):
		err = unprepared(err)
	}
	if err != nil {
		return nil, "", nil, errors.Join(err, db.Close())
	}
	return g, serverName(url), db.Close, nil
}

// serverName names a database without its password.
func serverName(url string) string {
	if config, err := pgx.ParseConfig(url); err == nil {
		return fmt.Sprintf("the database %q", config.Database)
	}
	return "the database"
}

func onServer(db *gorm.DB) bool { return db.Name() == "postgres" }
