package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/driver/postgres"
)

// errConflict says that somebody else changed the same at the same time: it is tried
// again.
var errConflict = errors.New("another instance made a change at the same time")

// The codes of PostgreSQL, as its manual lists them in the appendix on error codes.
const (
	invalidPassword      = "28P01"
	invalidAuthorization = "28000"
	noSuchDatabase       = "3D000"
	noPrivilege          = "42501"
	diskFull             = "53100"
)

// serverDialector knows what the errors of PostgreSQL mean to the store.
type serverDialector struct{ postgres.Dialector }

// Translate turns a server that cannot be reached, is starting, stopping, read-only
// or out of connections, and a wait that took too long, into ErrBusy; a disk without
// room into ErrFull; and a page that makes no sense into ErrDamaged.
func (serverDialector) Translate(err error) error {
	if kind := kindOf(err); kind != nil && !errors.Is(err, kind) {
		return fmt.Errorf("%w: %w", kind, err)
	}
	return err
}

func kindOf(err error) error {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return kindOfCode(e.Code)
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	_, connecting := errors.AsType[*pgconn.ConnectError](err)
	_, network := errors.AsType[net.Error](err)
	if connecting || network || pgconn.SafeToRetry(err) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, pgconn.ErrConnClosed) {
		return ErrBusy
	}
	return nil
}

func kindOfCode(code string) error {
	switch code {
	case "40001", "40P01", "23505": // serialization failure, deadlock, duplicate
		return errConflict
	case diskFull:
		return ErrFull
	case "XX001", "XX002": // a damaged page or index
		return ErrDamaged
	case "55P03", "25006", "25P03": // a lock not got, a standby, a transaction idle for too long
		return ErrBusy
	}
	switch code[:min(2, len(code))] {
	case "08", "53", "57", "28": // no connection, no resources, going down, not let in any more
		return ErrBusy
	}
	return nil
}

// explained says what to do about a server that does not let this program in. It
// shows no password.
func explained(err error, host string, port uint16) error {
	e, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return fmt.Errorf("PostgreSQL does not answer at %s, port %d; check the URL, and that it runs and can be reached: %w", host, port, rootOf(err))
	}
	switch e.Code {
	case invalidPassword, invalidAuthorization:
		return fmt.Errorf("PostgreSQL did not let this user in; check the user and the password in the URL: %s", e.Message)
	case noSuchDatabase:
		return fmt.Errorf("there is no database of this name; make it, such as with createdb, or check the name in the URL: %s", e.Message)
	}
	return fmt.Errorf("PostgreSQL does not open the database; check its log: %s (%s)", e.Message, e.Code)
}

// rootOf is the last error of a chain: the ones before it name hosts and users again,
// on several lines.
func rootOf(err error) error {
	for {
		switch wrapper := err.(type) { //nolint:errorlint // it walks the chain itself
		case interface{ Unwrap() error }:
			if next := wrapper.Unwrap(); next != nil {
				err = next
				continue
			}
		case interface{ Unwrap() []error }:
			if all := wrapper.Unwrap(); len(all) > 0 {
				err = all[len(all)-1]
				continue
			}
		}
		return err
	}
}

// unprepared says why the tables could not be brought up to date.
func unprepared(err error) error {
	e, ok := errors.AsType[*pgconn.PgError](err)
	switch {
	case ok && e.Code == noPrivilege:
		return fmt.Errorf("the user of this database may not make or read tables in it; make that user the owner of the database, or let the owner start the program once: %s", e.Message)
	case errors.Is(err, ErrFull):
		return fmt.Errorf("there was no room to bring the database up to date, and it was left as it is; make room, then start again: %w", err)
	}
	return fmt.Errorf("the database could not be brought up to date and was left as it is; restore a backup or report this: %w", err)
}
