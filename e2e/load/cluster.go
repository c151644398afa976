package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"gutskin/store/pgtest"
)

const (
	instancesOf = 3
	drainFor    = "1s" // the proxy asks every 150 ms and believes the second no
)

// cluster is three instances of the check on one database, behind a proxy.
type cluster struct {
	binary, dir, db string
	limit           int // forms and missed links a minute from one address, in each instance; 0: no limit
	postgres        *pgtest.Server
	safe            string // the words that say that answers are safe
	quiz            quizTaken
	fresh           copies

	instances []*server
	proxy     *proxy
}

// open starts all instances at the same moment, on a database that is empty at first, and
// takes the quiz once.
func (c *cluster) open() error {
	c.instances = make([]*server, instancesOf)
	errs := make([]error, instancesOf)
	var all sync.WaitGroup
	for i := range c.instances {
		all.Go(func() { c.instances[i], errs[i] = c.start(i, "127.0.0.1:0") })
	}
	all.Wait()
	err := errors.Join(errs...)
	if err == nil {
		addrs := make([]string, instancesOf)
		for i, instance := range c.instances {
			addrs[i] = instance.addr
		}
		if c.proxy, err = startProxy(addrs); err == nil {
			err = errors.Join(c.proxy.awaitReady(instancesOf), c.learn())
		}
	}
	if err != nil {
		return errors.Join(err, c.close())
	}
	return nil
}

// start starts one instance. It believes what the proxy says of visitors, and nobody else.
func (c *cluster) start(i int, listen string) (*server, error) {
	return start(filepath.Join(c.dir, fmt.Sprintf("instance%d.log", i+1)), c.binary, "serve", "--listen", listen,
		"--db", c.db, "--limit", strconv.Itoa(c.limit), "--drain", drainFor, "--trust-proxy", "127.0.0.1")
}

// restart stops an instance as an operator does, and starts it anew on its port.
func (c *cluster) restart(i int) error {
	old := c.instances[i]
	if err := old.stop(); err != nil {
		return fmt.Errorf("instance %d did not stop cleanly: %w", i+1, err)
	}
	next, err := c.start(i, old.addr)
	if err != nil {
		return err
	}
	c.instances[i] = next
	return c.proxy.awaitReady(instancesOf)
}

// close ends what open started.
func (c *cluster) close() (err error) {
	if c.proxy != nil {
		err = c.proxy.stop()
	}
	for _, instance := range c.instances {
		if instance != nil {
			instance.kill()
		}
	}
	return err
}

// whole wants every instance alive, and a database without a fault.
func (c *cluster) whole() error {
	for i, instance := range c.instances {
		if !instance.alive() {
			return fmt.Errorf("instance %d is gone", i+1)
		}
	}
	return run(c.binary, "verify", "--db", c.db)
}

// learn takes the quiz once, so that others can go the same way without reading pages.
func (c *cluster) learn() error {
	visit, err := dialFrom(c.proxy.addr, person(0))
	if err != nil {
		return err
	}
	defer visit.Close()
	c.quiz, err = newVisitor(visit).learn()
	c.fresh = copiesOf(c.quiz.full)
	return err
}

// person is the address of one of those who visit.
func person(i int) string { return fmt.Sprintf("127.0.%d.%d", 1+i/250, 1+i%250) }

// reports counts the results in the database.
func (c *cluster) reports() (n int, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.db)
	if err != nil {
		return 0, err
	}
	defer conn.Close(ctx)
	err = conn.QueryRow(ctx, "SELECT COUNT(*) FROM reports", pgx.QueryExecModeExec).Scan(&n)
	return n, err
}

// eachSaves waits until every instance saves a result again, and keeps them.
func (c *cluster) eachSaves(kept *acknowledged) error {
	for i, instance := range c.instances {
		if err := c.saves(instance, kept); err != nil {
			return fmt.Errorf("instance %d: %w", i+1, err)
		}
	}
	return nil
}

func (c *cluster) saves(instance *server, kept *acknowledged) error {
	visit, err := dial(instance.addr)
	if err != nil {
		return err
	}
	defer visit.Close()
	request, key := c.fresh.finishing()
	for {
		res, err := visit.do(request)
		switch {
		case err != nil:
			return err
		case res.StatusCode() == http.StatusSeeOther:
			kept.add(get("/r/"+key, ""))
			return nil
		}
		if err := refusal(res, c.safe); err != nil {
			return err
		}
		time.Sleep(rest)
	}
}
