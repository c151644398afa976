package web

import (
	"net/http"
	"runtime"
	"strconv"

	"github.com/gofiber/fiber/v2"
)

// How much is taken on at a time. More would make everybody wait longer and serve
// nobody sooner.
const (
	inWorkPerCore  = 128  // requests
	connectionsMax = 4096 // each takes some 20 KB
)

func newSlots() chan struct{} {
	return make(chan struct{}, inWorkPerCore*runtime.GOMAXPROCS(0))
}

// bounded answers a request that comes on top of all that is in work at once: try
// again in a moment. Whether the process is alive can always be asked.
func (s *site) bounded(c *fiber.Ctx) error {
	if c.Path() == alivePath {
		return c.Next()
	}
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
		return c.Next()
	default:
		s.metrics.overloaded()
		s.protect(c)
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(retryAfter))
		return s.sendReady(c, http.StatusServiceUnavailable, s.busy)
	}
}
