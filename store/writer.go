package store

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"

	"gorm.io/gorm"

	"gutskin/figures"
)

const (
	batchSize = 256  // changes in one transaction
	queueSize = 1024 // changes that may wait for it
)

// writer makes all changes, from one goroutine: it takes what is waiting into
// one transaction, so that many people share one wait for the disk, and answers
// each only after the commit.
type writer struct {
	db    *gorm.DB
	plant func(*gorm.DB, []*seed) error
	scrub func() error
	day   func() string
	log   *slog.Logger

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
	erased bool // set by do when bytes have to leave the disk

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

func startWriter(db *gorm.DB, plant func(*gorm.DB, []*seed) error, scrub func() error, day func() string, log *slog.Logger) *writer {
	w := &writer{
		db: db, plant: plant, scrub: scrub, day: day, log: log,
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
// locked refuses them all, after one wait and not one wait each.
func (w *writer) commit(batch []*job) {
	if len(batch) == 0 {
		return
	}
	if err := w.transact(batch); err != nil {
		alone := len(batch) > 1 && !errors.Is(err, ErrBusy)
		for i, j := range batch {
			if j.err = err; alone {
				j.err = w.transact(batch[i : i+1])
			}
		}
	}
	erased := false
	for _, j := range batch {
		erased = erased || j.erased && j.err == nil
	}
	if erased {
		if err := w.scrub(); err != nil {
			w.log.Warn("deleted results are still in the database's own log", "error", err)
		}
	}
	for _, j := range batch {
		close(j.done)
	}
}

// transact plants the seeds together, which takes a fraction of the time, then
// does the other changes in their order.
func (w *writer) transact(batch []*job) error {
	return w.db.Transaction(func(tx *gorm.DB) error {
		var seeds []*seed
		for _, j := range batch {
			if j.seed != nil {
				seeds = append(seeds, j.seed)
			}
		}
		if len(seeds) > 0 {
			if err := w.plant(tx, seeds); err != nil {
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
