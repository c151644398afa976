package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"gorm.io/gorm"

	"gutskin/figures"
)

const (
	batchSize     = 256  // changes in one transaction
	queueSize     = 1024 // changes that may wait for it
	conflictTries = 4    // for one change that others get in the way of
	warnEvery     = time.Minute
)

// writer makes all changes, from one goroutine: it takes what is waiting into
// one transaction, so that many people share one wait for the disk, and answers
// each only after the commit.
type writer struct {
	db     *gorm.DB
	engine *engine
	plant  func(*gorm.DB, []*seed) error
	day    func() string // on which the tallies of now stand
	log    *slog.Logger
	watch  Observer
	warned time.Time // of a database that is away

	mu     sync.RWMutex // guards the closing of queue
	closed bool
	queue  chan *job
	done   chan struct{}
}

// job is one change: either a seed or something to do. It may run twice, the
// second time after a rollback, and so starts from nothing each time.
type job struct {
	seed   *seed
	do     func(*gorm.DB) error
	lookup []byte // of the link whose journal do changes; nil: of none
	erased bool   // set by do when bytes have to leave the disk

	counts  []figures.Count // what it adds to the tallies …
	counted bool            // … set by do when it does; a seed does unless it raced

	state atomic.Int32
	err   error
	done  chan struct{}
}

// A job waits until the writer takes it or its caller drops it.
const (
	waiting int32 = iota
	taken
	dropped
)

func startWriter(e *engine, plant func(*gorm.DB, []*seed) error, day func() string, log *slog.Logger, watch Observer) *writer {
	w := &writer{
		db: e.write, engine: e, plant: plant, day: day, log: log, watch: watch,
		queue: make(chan *job, queueSize),
		done:  make(chan struct{}),
	}
	go w.run()
	return w
}

// write waits until the job is committed or has failed. When ctx ends before the
// writer takes the job, nothing is written; after that, the outcome is awaited.
func (w *writer) write(ctx context.Context, j *job) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	j.done = make(chan struct{})
	if err := w.enqueue(j); err != nil {
		return err
	}
	select {
	case <-j.done:
	case <-ctx.Done():
		if j.state.CompareAndSwap(waiting, dropped) {
			return ctx.Err()
		}
		<-j.done
	}
	return j.err
}

func (w *writer) enqueue(j *job) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return ErrClosed
	}
	select {
	case w.queue <- j:
		return nil
	default:
		return ErrBusy
	}
}

// stop refuses new changes and returns when all that wait are written.
func (w *writer) stop() {
	w.mu.Lock()
	w.closed = true
	close(w.queue)
	w.mu.Unlock()
	<-w.done
}

func (w *writer) run() {
	defer close(w.done)
	batch := make([]*job, 0, batchSize)
	for j := range w.queue {
		batch = w.gather(append(batch[:0], j))
		w.commit(batch)
		clear(batch)
	}
}

// gather adds what else is waiting, and leaves out what was dropped.
func (w *writer) gather(batch []*job) []*job {
	for len(batch) < batchSize {
		select {
		case j, ok := <-w.queue:
			if ok {
				batch = append(batch, j)
				continue
			}
		default:
		}
		break
	}
	kept := batch[:0]
	for _, j := range batch {
		if j.state.CompareAndSwap(waiting, taken) {
			kept = append(kept, j)
		}
	}
	return kept
}

// commit writes the batch in one transaction. When that fails, each change gets
// one of its own: only the faulty one is refused. A file that another process keeps
// locked, and a server that is away, refuse them all, after one wait and not one each.
func (w *writer) commit(batch []*job) {
	if len(batch) == 0 {
		return
	}
	err := w.transact(batch)
	for _, j := range batch {
		j.err = err
	}
	if errors.Is(err, ErrBusy) && time.Since(w.warned) > warnEvery {
		w.warned = time.Now()
		w.log.Warn("the database is away or in use by others; changes are refused", "error", err)
	}
	if err != nil && !errors.Is(err, ErrBusy) && (len(batch) > 1 || errors.Is(err, errConflict)) {
		w.commitEach(batch)
	}
	erased := false
	for _, j := range batch {
		erased = erased || j.erased && j.err == nil
	}
	if erased {
		if err := w.engine.scrub(); err != nil {
			w.log.Warn("deleted results are still in the database's own log", "error", err)
		}
	}
	for _, j := range batch {
		close(j.done)
	}
}

// commitEach gives each change a transaction of its own.
func (w *writer) commitEach(batch []*job) {
	for i, j := range batch {
		for range conflictTries {
			if j.err = w.transact(batch[i : i+1]); !errors.Is(j.err, errConflict) {
				break
			}
		}
		switch {
		case errors.Is(j.err, errConflict):
			j.err = fmt.Errorf("%w: %w", ErrBusy, j.err)
		case errors.Is(j.err, ErrBusy):
			for _, rest := range batch[i:] {
				rest.err = j.err
			}
			return
		}
	}
}

// transact gives up after the time that the engine allows.
func (w *writer) transact(batch []*job) (err error) {
	begun := time.Now()
	defer func() { w.watch.committed(len(batch), begun, err) }()
	if w.engine.within == 0 {
		return w.apply(w.db, batch)
	}
	ctx, cancel := context.WithTimeout(context.Background(), w.engine.within)
	defer cancel()
	err = w.apply(w.db.WithContext(ctx), batch)
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("%w: %w", ErrBusy, err)
	}
	return err
}

// apply plants the seeds together, which takes a fraction of the time, then does the
// other changes in their order.
func (w *writer) apply(db *gorm.DB, batch []*job) error {
	return db.Transaction(func(tx *gorm.DB) error {
		var seeds []*seed
		var lookups [][]byte
		for _, j := range batch {
			if j.seed != nil {
				seeds = append(seeds, j.seed)
			}
			if j.lookup != nil {
				lookups = append(lookups, j.lookup)
			}
		}
		if len(seeds) > 0 {
			if err := w.plant(tx, seeds); err != nil {
				return err
			}
		}
		if w.engine.lock != nil && len(lookups) > 0 {
			if err := w.engine.lock(tx, lookups); err != nil {
				return err
			}
		}
		for _, j := range batch {
			if j.do == nil {
				continue
			}
			if err := j.do(tx); err != nil {
				return err
			}
		}
		return w.count(tx, batch)
	})
}
