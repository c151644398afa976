package store

import (
	"database/sql"
	"time"

	"gorm.io/gorm"
)

// Observer is told what a store does, for figures. It never learns whose changes these
// are. A function that is nil is not called; the others are called by one goroutine at
// a time and hold it up.
type Observer struct {
	// Committed follows each transaction: how many changes it held, how long it took,
	// and whether it was committed.
	Committed func(changes int, took time.Duration, err error)
	// Swept follows each sweep: how many journals it removed, and when.
	Swept func(removed int, at time.Time, err error)
}

func (o Observer) committed(changes int, since time.Time, err error) {
	if o.Committed != nil {
		o.Committed(changes, time.Since(since), err)
	}
}

func (o Observer) swept(removed int, at time.Time, err error) {
	if o.Swept != nil {
		o.Swept(removed, at, err)
	}
}

// Stats are figures of this moment.
type Stats struct {
	Waiting    int // changes that wait to be written
	WaitingMax int // as many may wait; more are refused with ErrBusy
	Read       sql.DBStats
	Write      sql.DBStats
}

// Stats looks at the queue and at the pools of connections.
func (db *DB) Stats() Stats {
	return Stats{
		Waiting: len(db.writer.queue), WaitingMax: cap(db.writer.queue),
		Read: poolOf(db.read), Write: poolOf(db.writer.db),
	}
}

func poolOf(g *gorm.DB) sql.DBStats {
	pool, err := g.DB()
	if err != nil {
		return sql.DBStats{} // an engine without a pool has no figures
	}
	return pool.Stats()
}
