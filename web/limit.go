package web

import (
	"errors"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
)

// limit counts what addresses do in one minute. It counts in the memory of this
// process: each instance has its own count. All is forgotten when the minute ends,
// so it holds no more addresses than call in a minute.
type limit struct {
	most int // 0: no limit
	now  func() time.Time

	mu     sync.Mutex
	ends   time.Time
	counts map[string]int
}

func newLimit(most int, now func() time.Time) *limit {
	return &limit{most: most, now: now, counts: map[string]int{}}
}

// reached reports that an address is at its limit, and how many seconds are left.
func (l *limit) reached(client string) (wait int, yes bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if !now.Before(l.ends) || l.ends.Sub(now) > time.Minute {
		l.ends = now.Add(time.Minute)
		clear(l.counts)
	}
	return int(l.ends.Sub(now).Seconds()) + 1, l.counts[client] >= l.most
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
	c.Set(fiber.HeaderRetryAfter, strconv.Itoa(wait))
	return errTooMany
}

// client is where a request comes from. Behind a proxy on this machine or network
// it is the last address of X-Forwarded-For, the one that the proxy itself wrote.
// A network of version 6 counts as one address.
func client(c *fiber.Ctx) string {
	ip := c.Context().RemoteIP()
	if ip.IsLoopback() || ip.IsPrivate() {
		list := strings.Split(c.Get(fiber.HeaderXForwardedFor), ",")
		if last := net.ParseIP(strings.TrimSpace(list[len(list)-1])); last != nil {
			ip = last
		}
	}
	a, _ := netip.AddrFromSlice(ip)
	if a = a.Unmap(); a.Is6() {
		network, _ := a.Prefix(64)
		return network.String()
	}
	return a.String()
}
