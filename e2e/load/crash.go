package main

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/valyala/fasthttp"

	"gutskin/data"
)

// trial is one way to hurt the check. It says what it saw.
type trial struct {
	name string
	run  func(t *trials) (saw string, err error)
}

// trials share a binary, a folder and a quiz that was taken once.
type trials struct {
	options
	dir   string
	fresh copies
	half  string // the cookie of somebody half way
	due   string // the page they are at
	safe  string // the words that say that answers are safe
}

// crash tries everything that should not lose a result nor bring the server down.
func crash(o options, dir string) error {
	t, err := newTrials(o, dir)
	if err != nil {
		return err
	}
	var failures []error
	for _, trial := range []trial{
		{"killed while people finish", killed}, {"stopped beside a silent connection", stopped}, {"disk full", diskFull}, {"database locked", locked},
		{"ten times too many", overload}, {"slow and huge requests", hostile},
	} {
		saw, err := trial.run(t)
		if err != nil {
			saw = "FAILED: " + err.Error()
			failures = append(failures, fmt.Errorf("%s: %w", trial.name, err))
		}
		fmt.Printf("%s: %s\n", trial.name, saw)
	}
	return errors.Join(failures...)
}

func newTrials(o options, dir string) (*trials, error) {
	library, err := data.Load(data.Files)
	if err != nil {
		return nil, err
	}
	t := &trials{options: o, dir: dir, safe: library.Edition("").T("error.safe")}
	return t, t.on(filepath.Join(dir, "learn.db"), func(check *server, c *conn) error {
		taken, err := newVisitor(c).learn()
		t.fresh, t.half, t.due = copiesOf(taken.full), taken.half.cookie(), taken.due.at
		return err
	})
}

// on starts the check on a database, with one connection to it, and stops it.
func (t *trials) on(db string, do func(check *server, c *conn) error) error {
	check, err := serve(t.binary, t.dir, db)
	if err != nil {
		return err
	}
	defer check.kill()
	c, err := dial(check.addr)
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := c.want(http.StatusOK, get("/livez", "")); err != nil {
		return err
	}
	if err := do(check, c); err != nil {
		return err
	}
	if !check.alive() {
		return errors.New("the server is gone")
	}
	if err := check.stop(); err != nil {
		return err
	}
	return run(t.binary, "verify", "--db", db)
}

// finish saves a result and returns the address where it opens.
func (t *trials) finish(c *conn) (open string, err error) {
	request, key := t.fresh.finishing()
	_, err = c.want(http.StatusSeeOther, request)
	return get("/r/"+key, ""), err
}

// acknowledged are the results whose 303 arrived.
type acknowledged struct {
	mu    sync.Mutex
	opens []string
}

func (a *acknowledged) add(open string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.opens = append(a.opens, open)
}

// killed ends the server at random moments. What it said was saved must be there.
func killed(t *trials) (string, error) {
	db := filepath.Join(t.dir, "killed.db")
	var all acknowledged
	for round := range t.kills {
		before := len(all.opens)
		if err := t.killOnce(db, &all); err != nil {
			return "", fmt.Errorf("round %d: %w", round+1, err)
		}
		if err := t.allOpen(db, all.opens[before:]); err != nil {
			return "", fmt.Errorf("round %d: %w", round+1, err)
		}
	}
	if err := t.allOpen(db, all.opens); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d results were acknowledged in %d rounds of kill -9; all open, and verify finds no problem", len(all.opens), t.kills), nil
}

func (t *trials) killOnce(db string, all *acknowledged) error {
	check, err := serve(t.binary, t.dir, db)
	if err != nil {
		return err
	}
	moment := 50*time.Millisecond + rand.N(350*time.Millisecond)
	time.AfterFunc(moment, check.kill)
	drive(check.addr, 32, moment+50*time.Millisecond, func(c *conn) func() (int, error) {
		return func() (int, error) {
			open, err := t.finish(c)
			if err == nil {
				all.add(open)
			}
			return 1, err
		}
	})
	return nil
}

func (t *trials) allOpen(db string, opens []string) error {
	return t.on(db, func(_ *server, c *conn) error {
		for _, open := range opens {
			if _, err := c.want(http.StatusOK, open); err != nil {
				return fmt.Errorf("a result that was acknowledged does not open: %w", err)
			}
		}
		return nil
	})
}

// refused wants the page that says that answers are safe, with nothing forgotten.
func (t *trials) refused(c *conn, request string) error {
	res, err := c.do(request)
	if err != nil {
		return err
	}
	return refusal(res, t.safe)
}

// refusal wants a response to be that page.
func refusal(res *fasthttp.Response, safe string) error {
	page, err := res.BodyUncompressed()
	switch {
	case err != nil:
		return err
	case res.StatusCode() != http.StatusServiceUnavailable:
		return fmt.Errorf("got status %d, want %d", res.StatusCode(), http.StatusServiceUnavailable)
	case len(res.Header.Peek("Retry-After")) == 0:
		return errors.New("a refusal does not say when to try again")
	case !strings.Contains(string(page), safe):
		return fmt.Errorf("a refusal does not say %q", safe)
	case strings.Contains(string(res.Header.Peek("Set-Cookie")), "draft="):
		return errors.New("a refusal forgets the answers")
	}
	return nil
}

// stopped asks the server to end while somebody has connected and says nothing, as
// browsers do.
func stopped(t *trials) (saw string, err error) {
	check, err := serve(t.binary, t.dir, filepath.Join(t.dir, "stopped.db"))
	if err != nil {
		return "", err
	}
	defer check.kill()
	silent, err := dial(check.addr)
	if err != nil {
		return "", err
	}
	defer silent.Close()
	time.Sleep(100 * time.Millisecond) // until the server has taken it on
	began := time.Now()
	err = check.stop()
	return fmt.Sprintf("ended cleanly after %v", time.Since(began).Round(100*time.Millisecond)), err
}

// diskFull fills a small disk, then makes room on it.
func diskFull(t *trials) (saw string, err error) {
	disk := filepath.Join(t.dir, "disk")
	if err := os.Mkdir(disk, 0o700); err != nil {
		return "", err
	}
	if err := run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk); err != nil {
		return "NOT TESTED: a small disk cannot be mounted here; run as root", nil
	}
	defer func() {
		err = errors.Join(err, run("umount", disk))
	}()
	ballast := filepath.Join(disk, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o600); err != nil {
		return "", err
	}
	var kept []string
	err = t.on(filepath.Join(disk, "check.db"), func(_ *server, c *conn) error {
		request, key := t.fresh.finishing()
		for ; ; request, key = t.fresh.finishing() {
			res, err := c.do(request)
			if err != nil {
				return err
			}
			if res.StatusCode() != http.StatusSeeOther {
				break
			}
			kept = append(kept, get("/r/"+key, ""))
		}
		if err := t.refused(c, request); err != nil {
			return err
		}
		if _, err := c.want(http.StatusOK, kept[0]); err != nil {
			return fmt.Errorf("an older result on a full disk: %w", err)
		}
		if err := os.Remove(ballast); err != nil {
			return err
		}
		if _, err := c.want(http.StatusSeeOther, request); err != nil {
			return fmt.Errorf("with room again: %w", err)
		}
		for _, open := range append(kept, get("/r/"+key, "")) {
			if _, err := c.want(http.StatusOK, open); err != nil {
				return err
			}
		}
		return nil
	})
	return fmt.Sprintf("after %d results: 503, answers kept; with room again the same form was saved, without a restart", len(kept)), err
}

// locked keeps the database busy from another process.
func locked(t *trials) (saw string, err error) {
	db := filepath.Join(t.dir, "locked.db")
	var waited time.Duration
	err = t.on(db, func(_ *server, c *conn) error {
		open, err := t.finish(c)
		if err != nil {
			return err
		}
		other, err := sql.Open("sqlite", "file:"+db+"?_txlock=immediate")
		if err != nil {
			return err
		}
		defer other.Close()
		lock, err := other.Begin()
		if err != nil {
			return err
		}
		request, _ := t.fresh.finishing()
		began := time.Now()
		if err := t.refused(c, request); err != nil {
			return err
		}
		waited = time.Since(began)
		if _, err := c.want(http.StatusOK, open); err != nil {
			return fmt.Errorf("a result while the database is locked: %w", err)
		}
		if err := lock.Rollback(); err != nil {
			return err
		}
		_, err = c.want(http.StatusSeeOther, request)
		return err
	})
	return fmt.Sprintf("503 after %v, results still open, and the same form was saved once the lock was gone", waited.Round(100*time.Millisecond)), err
}
