package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// capacity finds out what one result costs: processor time of the instances and of the
// database, and bytes. It judges nothing.
func capacity(c *cluster, e extent) (saw string, err error) {
	finishing := func(visit *conn) func() (int, error) {
		return func() (int, error) {
			request, _ := c.fresh.finishing()
			_, err := visit.want(http.StatusSeeOther, request)
			return 1, err
		}
	}
	before, err := c.size()
	if err != nil {
		return "", err
	}
	results := 0
	for _, connections := range []int{1, 32, 128} {
		did, err := c.cost(fmt.Sprintf("finishing over %d connections", connections), connections, e.calm, finishing)
		saw += did.String()
		if err != nil {
			return saw, err
		}
		results += did.requests
	}
	after, err := c.size()
	if err != nil || results == 0 {
		return saw, err
	}
	n := int64(results)
	saw += fmt.Sprintf("a sealed report of %d bytes takes %d of tables and indexes, and %d of the write-ahead log; ",
		after.report, (after.kept-before.kept)/n, (after.log-before.log)/n)

	visit, err := dial(c.proxy.addr)
	if err != nil {
		return saw, err
	}
	defer visit.Close()
	opens := make([]string, 100)
	for i := range opens {
		request, key := c.fresh.finishing()
		if _, err := visit.want(http.StatusSeeOther, request); err != nil {
			return saw, err
		}
		opens[i] = get("/r/"+key, "")
	}
	did, err := c.cost("opening over 32 connections", 32, e.calm, inTurn(http.StatusOK, opens))
	return saw + did.String(), err
}

// spent is what came of driving the instances, and what that took.
type spent struct {
	what string
	sample
	databaseCPU time.Duration
}

func (s spent) String() string {
	return fmt.Sprintf("%s: %.0f a second, p50 %v, p99 %v; CPU a request: %.0f µs of the instance, %.0f of PostgreSQL, %.0f of load and proxy; ",
		s.what, s.perSecond(), s.at(0.5).Round(100*time.Microsecond), s.at(0.99).Round(100*time.Microsecond),
		perRequest(s.serverCPU, s.requests), perRequest(s.databaseCPU, s.requests), perRequest(s.ownCPU, s.requests))
}

// cost drives all instances through the proxy.
func (c *cluster) cost(what string, connections int, length time.Duration, t task) (spent, error) {
	servers, database, own := c.cpu(), c.databaseCPU(), ownCPU()
	s := spent{what: what, sample: drive(c.proxy.addr, connections, length, t)}
	s.serverCPU, s.databaseCPU, s.ownCPU = c.cpu()-servers, c.databaseCPU()-database, ownCPU()-own
	return s, s.first
}

func (c *cluster) cpu() (sum time.Duration) {
	for _, instance := range c.instances {
		sum += instance.cpu()
	}
	return sum
}

// databaseCPU is the processor time of PostgreSQL and of all it started that still runs.
func (c *cluster) databaseCPU() (sum time.Duration) {
	pidFile, err := os.ReadFile(filepath.Join(c.postgres.Socket(), "data", "postmaster.pid"))
	if err != nil {
		return 0
	}
	parent, _, _ := strings.Cut(string(pidFile), "\n")
	found, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return 0
	}
	for _, process := range found {
		if pid := filepath.Base(process); pid == parent || parentOf(pid) == parent {
			sum += cpuOf(pid)
		}
	}
	return sum
}

// size is what the database has written.
type size struct {
	kept, log int64 // bytes
	report    int64 // bytes of one sealed report, on average
}

func (c *cluster) size() (s size, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	conn, err := pgx.Connect(ctx, c.db)
	if err != nil {
		return s, err
	}
	defer conn.Close(ctx)
	err = conn.QueryRow(ctx, `SELECT pg_total_relation_size('journals') + pg_total_relation_size('links') + pg_total_relation_size('reports'),
		(pg_current_wal_lsn() - '0/0')::bigint, (SELECT COALESCE(avg(length(sealed)), 0)::bigint FROM reports)`).Scan(&s.kept, &s.log, &s.report)
	return s, err
}
