package store

import (
	"context"
	"database/sql/driver"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// connector opens connections that begin a transaction and its settings with one
// message, and that tell database/sql when they broke: it then takes another one. A
// restart of the server costs nobody an answer who asks after it.
type connector struct {
	driver.Connector
	begin string
}

// Connect opens one connection.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	conn, ok := opened.(*stdlib.Conn)
	if !ok {
		return opened, nil
	}
	return serverConn{conn, c.begin}, nil
}

type serverConn struct {
	*stdlib.Conn
	begin string
}

// BeginTx begins as its pool says, whatever the options.
func (c serverConn) BeginTx(ctx context.Context, _ driver.TxOptions) (driver.Tx, error) {
	tx, err := c.Conn.Conn().BeginTx(ctx, pgx.TxOptions{BeginQuery: c.begin})
	if err != nil {
		return nil, c.broken(ctx, err)
	}
	return serverTx{ctx, tx}, nil
}

// QueryContext reads, which can be done again on another connection. In a transaction
// database/sql does nothing again.
func (c serverConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.Conn.QueryContext(ctx, query, args)
	if err != nil {
		return nil, c.broken(ctx, err)
	}
	return rows, nil
}

func (c serverConn) broken(ctx context.Context, err error) error {
	if c.Conn.Conn().IsClosed() && ctx.Err() == nil {
		return fmt.Errorf("%w: %w", driver.ErrBadConn, err)
	}
	return err
}

type serverTx struct {
	ctx context.Context
	pgx.Tx
}

// Commit ends the transaction; an error says that its outcome is not known.
func (t serverTx) Commit() error { return t.Tx.Commit(t.ctx) }

// Rollback ends the transaction and changes nothing.
func (t serverTx) Rollback() error { return t.Tx.Rollback(t.ctx) }
