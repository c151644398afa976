package web

import (
	"crypto/rand"
	"time"

	"github.com/gofiber/fiber/v2"
)

// record writes one line for each request. It names the route's pattern, never the
// address asked for: that could hold the key of somebody's results.
func (s *site) record(c *fiber.Ctx) error {
	start := time.Now()
	id := rand.Text()[:12]
	c.Set(fiber.HeaderXRequestID, id)
	err := c.Next()
	route, code, took := pattern(c), c.Response().StatusCode(), time.Since(start)
	s.routed[route].count(c.Method(), code, took)
	s.Log.Info("request",
		"method", c.Method(),
		"route", route,
		"status", code,
		"duration", took,
		"id", id,
	)
	return err
}

// pattern is the route that answered, as it stands in the site map. When none did,
// Fiber leaves the middleware's.
func pattern(c *fiber.Ctx) string {
	if p := c.Route().Path; p != "/" || c.Path() == "/" {
		return p
	}
	return noRoute
}
