package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"
)

// What the server may do while there are ten times as many requests as it takes.
const (
	crowd       = 2560             // connections; the server works on 256 requests at a time
	crowdMemory = 400              // MB; some 100 KB a connection
	crowdWait   = 10 * time.Second // on a machine that does other things too
)

// overload sends more than can be served. Refusals must come fast, and say when to
// try again.
func overload(t *trials) (saw string, err error) {
	var served, refused, wrong atomic.Int64
	var mu sync.Mutex
	var waits []time.Duration
	err = t.on(t.dir+"/overload.db", func(check *server, c *conn) error {
		open, err := t.finish(c)
		if err != nil {
			return err
		}
		finishing := func() string { request, _ := t.fresh.finishing(); return request }
		mix := []func() string{finishing, func() string { return open }, func() string { return get(t.due, t.half) }}
		var turn atomic.Int64
		s := drive(check.addr, crowd, 5*time.Second, func(c *conn) func() (int, error) {
			ask := mix[int(turn.Add(1))%len(mix)]
			return func() (int, error) {
				began := time.Now()
				res, err := c.do(ask())
				if err != nil {
					return 1, err
				}
				switch {
				case res.StatusCode() == http.StatusServiceUnavailable && len(res.Header.Peek("Retry-After")) > 0:
					refused.Add(1)
					mu.Lock()
					waits = append(waits, time.Since(began))
					mu.Unlock()
				case res.StatusCode() == http.StatusOK, res.StatusCode() == http.StatusSeeOther:
					served.Add(1)
				default:
					wrong.Add(1)
				}
				return 1, nil
			}
		})
		_, most := check.memory()
		slices.Sort(waits)
		saw = fmt.Sprintf("%d connections: %d served, %d refused with 503", crowd, served.Load(), refused.Load())
		if n := len(waits); n > 0 {
			saw += fmt.Sprintf(" (p50 %v, p99 %v)", waits[n/2].Round(time.Millisecond), waits[n*99/100].Round(time.Millisecond))
		}
		saw += fmt.Sprintf("; slowest answer %v, at most %.0f MB", s.at(1).Round(time.Millisecond), most)
		began := time.Now()
		if _, err := t.finish(c); err != nil {
			return fmt.Errorf("afterwards: %w", err)
		}
		saw += fmt.Sprintf("; afterwards a result takes %v", time.Since(began).Round(time.Millisecond))
		switch {
		case s.errors > 0 || wrong.Load() > 0:
			return fmt.Errorf("%d connections broke and %d answers were wrong (%w): %s", s.errors, wrong.Load(), s.first, saw)
		case refused.Load() == 0:
			return fmt.Errorf("nobody was refused: %s", saw)
		case most > crowdMemory:
			return fmt.Errorf("more than %d MB: %s", crowdMemory, saw)
		case s.at(0.99) > crowdWait:
			return fmt.Errorf("answers take %v: %s", s.at(0.99), saw)
		}
		return nil
	})
	return saw, err
}

// hostile sends what no browser does. All of it must be cut off.
func hostile(t *trials) (saw string, err error) {
	const patience = 15 * time.Second // the server waits 10 for a request
	var cut []time.Duration
	err = t.on(t.dir+"/hostile.db", func(check *server, _ *conn) error {
		var all sync.WaitGroup
		slow := []string{"", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "POST /quiz/consent HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"}
		cut = make([]time.Duration, len(slow))
		errs := make([]error, len(slow))
		for i, start := range slow {
			all.Go(func() { cut[i], errs[i] = trickle(check.addr, start, patience) })
		}
		all.Wait()
		for _, big := range []struct {
			request string
			want    int
		}{
			{"GET / HTTP/1.1\r\nHost: localhost\r\nX-Big: " + strings.Repeat("x", 20<<10) + "\r\n\r\n", http.StatusRequestHeaderFieldsTooLarge},
			{postForm("/quiz/consent", "", strings.Repeat("x", 100<<10)), http.StatusRequestEntityTooLarge},
		} {
			errs = append(errs, answered(check.addr, big.request, big.want))
		}
		return errors.Join(append(errs, answered(check.addr, get("/", ""), http.StatusOK))...)
	})
	return fmt.Sprintf("a silent one was cut off after %v, slow headers after %v, a slow form after %v; huge ones at once",
		cut[0].Round(time.Second), cut[1].Round(time.Second), cut[2].Round(time.Second)), err
}

// trickle sends one byte a second after start, or nothing when that is "", and returns
// when the server hung up.
func trickle(addr, start string, patience time.Duration) (time.Duration, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return 0, err
	}
	defer c.Close()
	began := time.Now()
	if _, err := io.WriteString(c, start); err != nil {
		return 0, err
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_, _ = io.Copy(io.Discard, c) // ends when the server hangs up
	}()
	for time.Since(began) < patience {
		select {
		case <-ended:
			return time.Since(began), nil
		case <-time.After(time.Second):
			if start != "" {
				_, _ = io.WriteString(c, "x") // fails when the server hung up, which ends the reading too
			}
		}
	}
	return 0, fmt.Errorf("a request that begins %.30q still goes on after %v", start, patience)
}

// answered wants a status on a connection of its own.
func answered(addr, request string, status int) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	defer c.Close()
	if err := c.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return err
	}
	go func() { _, _ = io.WriteString(c, request) }() // the server may hang up before it has read all
	var res fasthttp.Response
	if err := res.Read(bufio.NewReader(c)); err != nil {
		return fmt.Errorf("a request of %d bytes: %w", len(request), err)
	}
	if res.StatusCode() != status {
		return fmt.Errorf("a request of %d bytes: got status %d, want %d", len(request), res.StatusCode(), status)
	}
	return nil
}
