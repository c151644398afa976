package web

import (
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
)

// limit counts what addresses do in a stretch of time, such as a minute. It counts
// in the memory of this process: each instance has its own count. All is forgotten
// when the time ends, so it holds no more addresses than call in it.
type limit struct {
	most int // 0: no limit
	span time.Duration
	now  func() time.Time

	mu     sync.Mutex
	ends   time.Time
	counts map[string]int
}

func newLimit(most int, span time.Duration, now func() time.Time) *limit {
	return &limit{most: most, span: span, now: now, counts: map[string]int{}}
}

// reached reports that an address is at its limit, and how many seconds are left.
func (l *limit) reached(client string) (wait int, yes bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.wait(), l.counts[client] >= l.most
}

// wait is how many seconds are left. The caller holds the lock.
func (l *limit) wait() int {
	now := l.now()
	if !now.Before(l.ends) || l.ends.Sub(now) > l.span {
		l.ends = now.Add(l.span)
		clear(l.counts)
	}
	return int(l.ends.Sub(now).Seconds()) + 1
}

// take counts for all of these at once. When one is at its limit it counts for none
// and reports how many seconds are left.
func (l *limit) take(clients ...string) (wait int, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	wait = l.wait()
	for _, client := range clients {
		if l.counts[client] >= l.most {
			return wait, false
		}
	}
	for _, client := range clients {
		l.counts[client]++
	}
	return wait, true
}

// giveBack takes back what take has counted.
func (l *limit) giveBack(clients ...string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, client := range clients {
		l.counts[client] = max(0, l.counts[client]-1)
	}
}

func (l *limit) count(client string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.counts[client]++
}

// posts bounds how many forms one address may send in a minute.
func (l *limit) posts(c *fiber.Ctx) error {
	if l.most <= 0 || c.Method() != fiber.MethodPost {
		return c.Next()
	}
	if err := l.refuse(c); err != nil {
		return err
	}
	l.count(client(c))
	return c.Next()
}

// misses bounds how many links that do not open one address may try in a minute,
// so that nobody can go looking for links. Links that open are free.
func (l *limit) misses(c *fiber.Ctx) error {
	if l.most <= 0 {
		return c.Next()
	}
	if err := l.refuse(c); err != nil {
		return err
	}
	err := c.Next()
	if errors.Is(err, ErrNotFound) {
		l.count(client(c))
	}
	return err
}

func (l *limit) refuse(c *fiber.Ctx) error {
	wait, yes := l.reached(client(c))
	if !yes {
		return nil
	}
	retryIn(c, wait)
	return errTooMany
}

func retryIn(c *fiber.Ctx, seconds int) { c.Set(fiber.HeaderRetryAfter, strconv.Itoa(seconds)) }
