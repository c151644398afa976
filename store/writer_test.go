package store

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"
)

// hold stops the writer inside a job until the answer is called; meanwhile, jobs
// queue up and will be one batch.
func (f *fixture) hold() (release func()) {
	inside, leave, ended := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		if err := f.writer.write(f.ctx, &job{do: func(*gorm.DB) error {
			close(inside)
			<-leave
			return nil
		}}); err != nil {
			f.t.Errorf("the job that holds the writer: %v", err)
		}
	}()
	<-inside
	return func() {
		close(leave)
		<-ended
	}
}

func (f *fixture) waitForQueue(n int) {
	for len(f.writer.queue) < n {
		time.Sleep(time.Millisecond)
	}
}

func each(t *testing.T, run func(*testing.T, *fixture)) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) { run(t, newFixture(t, e.url(t))) })
	}
}

func TestOneFailureSpoilsNoOther(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		faulty := errors.New("this one fails")
		repeat := 0
		late, _ := f.saved("late")
		release := f.hold()
		var all sync.WaitGroup
		all.Go(func() { f.saved("before") })
		all.Go(func() { f.save(late, f.report("second")) })
		f.waitForQueue(2)
		all.Go(func() {
			err := f.writer.write(f.ctx, &job{do: func(tx *gorm.DB) error {
				repeat++
				tx.Exec("DELETE FROM reports")
				return faulty
			}})
			wantErr(t, "the faulty change", err, faulty)
		})
		f.waitForQueue(3)
		all.Go(func() { f.saved("after") })
		f.waitForQueue(4)
		release()
		all.Wait()
		if repeat != 2 {
			t.Errorf("the faulty change ran %d times, want 2: in the batch and alone", repeat)
		}
		if got := f.count("reports"); got != 4 {
			t.Errorf("%d reports are kept, want 4", got)
		}
	})
}

func TestFullQueueAnswersBusy(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		release := f.hold()
		ran := 0
		var all sync.WaitGroup
		for range queueSize {
			all.Go(func() {
				wantErr(t, "a change that found room",
					f.writer.write(f.ctx, &job{do: func(*gorm.DB) error { ran++; return nil }}), nil)
			})
		}
		f.waitForQueue(queueSize)
		key, s := f.newKey(), f.report("one")
		wantErr(t, "Save into a full queue", f.Save(f.ctx, key, s), ErrBusy)
		release()
		all.Wait()
		if ran != queueSize {
			t.Errorf("%d of the waiting changes ran, want %d", ran, queueSize)
		}
		f.wantRead(key, ErrNotFound)
		f.save(key, s)
	})
}

func TestCancelledBeforeItIsTaken(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		release := f.hold()
		ctx, cancel := context.WithCancel(f.ctx)
		key, s := f.newKey(), f.report("one")
		var all sync.WaitGroup
		all.Go(func() { wantErr(t, "Save", f.Save(ctx, key, s), context.Canceled) })
		f.waitForQueue(1)
		cancel()
		all.Wait()
		release()
		wantErr(t, "Save with a context that ended", f.Save(ctx, key, s), context.Canceled)
		f.wantRead(key, ErrNotFound)
	})
}

func TestCancelledAfterItIsTaken(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		ctx, cancel := context.WithCancel(f.ctx)
		outcome := errors.New("the outcome")
		err := f.writer.write(ctx, &job{do: func(*gorm.DB) error {
			cancel()
			return outcome
		}})
		wantErr(t, "a change under way", err, outcome)
	})
}

func TestCloseFinishesWhatWaits(t *testing.T) {
	each(t, func(t *testing.T, f *fixture) {
		release := f.hold()
		keys := make([]string, 300)
		var all sync.WaitGroup
		for i := range keys {
			all.Go(func() { keys[i], _ = f.saved("waiting") })
		}
		f.waitForQueue(len(keys))
		all.Go(func() { wantErr(t, "Close", f.Close(), nil) })
		release()
		all.Wait()
		f.open()
		for _, key := range keys {
			if _, err := f.Read(f.ctx, key); err != nil {
				t.Fatalf("Read after Close: %v", err)
			}
		}
	})
}
