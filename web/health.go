package web

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
)

const (
	alivePath = "/livez"
	readyPath = "/readyz"
	probeTime = 2 * time.Second // a database that takes longer is not ready
)

// showAlive tells that the process answers. That it cannot do its work is no reason to
// start it anew.
func showAlive(c *fiber.Ctx) error { return c.SendString("alive\n") }

// check is one thing that must be so before visitors are sent here.
type check struct {
	name  string
	ok    bool
	state string
}

// showReady tells whether visitors may be sent here, and names every check.
func (s *site) showReady(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(c.UserContext(), probeTime)
	defer cancel()
	checks := []check{s.databaseCheck(ctx), s.migrationsCheck(ctx), s.contentCheck(), s.drainingCheck()}
	head, code := "ready", http.StatusOK
	var lines strings.Builder
	for _, k := range checks {
		mark := "ok"
		if !k.ok {
			mark, head, code = "NOT OK", "not ready", http.StatusServiceUnavailable
		}
		lines.WriteString(k.name + ": " + mark + ", " + k.state + "\n")
	}
	return c.Status(code).SendString(head + "\n" + lines.String())
}

func (s *site) databaseCheck(ctx context.Context) check {
	if s.Store.Ping(ctx) != nil {
		return check{"database", false, "does not answer"}
	}
	return check{"database", true, "answers"}
}

// migrationsCheck lets pass what a newer version of the program has added: while
// instances are replaced one by one, the older ones have to go on.
func (s *site) migrationsCheck(ctx context.Context) check {
	missing, newer, err := s.Store.Migrations(ctx)
	switch {
	case err != nil:
		return check{"migrations", false, "cannot be read"}
	case missing > 0:
		return check{"migrations", false, strconv.Itoa(missing) + " missing; start this program anew to apply them"}
	case newer > 0:
		return check{"migrations", true, "current, and " + strconv.Itoa(newer) + " newer than this program"}
	}
	return check{"migrations", true, "current"}
}

// contentCheck cannot fail: nothing is served before the content is loaded. It names
// the edition, which tells instances with different content apart.
func (s *site) contentCheck() check {
	return check{"content", true, s.edition.Hash}
}

func (s *site) drainingCheck() check {
	if s.draining.Load() {
		return check{"draining", false, "about to stop"}
	}
	return check{"draining", true, "no"}
}

// showRobots keeps search engines away from what belongs to one visitor.
func (s *site) showRobots(c *fiber.Ctx) error {
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	var rules strings.Builder
	rules.WriteString("User-agent: *\n")
	for _, area := range []string{"/r/", "/quiz/", "/mine"} {
		rules.WriteString("Disallow: " + s.base + area + "\n")
	}
	return c.SendString(rules.String())
}
