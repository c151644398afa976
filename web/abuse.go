package web

import (
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// Nobody is asked to read crooked letters. What keeps programs from filling the database
// is here, and it must not be in the way of people who are quick, who use a screen
// reader, or who share an address with many:
//
//   - 60 finishes a minute from one address (a fifth of --limit): a room of 30 who finish
//     together pass, and so does somebody who does the check again at once.
//   - 30 new view-only links a minute (a tenth): a journal has 20 at most.
//   - Eight times as much from a whole network of version 6, of which one customer has
//     65,536 addresses of the kind that is counted. Networks of version 4 are not counted:
//     in one of those live many customers, and one of them could keep out the others.
//   - A field that no person sees, and 3 seconds from the start to the last form. No way
//     through the check is that short: with a section on each page it takes six forms.
//
// None of these loses an answer: they stay in the cookie, the page says what to do, and
// pressing the button again is enough.
const (
	finishShare = 5
	linkShare   = 10
	widerShare  = 8
	widerBits   = 48

	leastTime = 3 * time.Second
	trapField = "website"
)

// pace bounds how often one address, and the network around it, may send a form of one
// kind in a minute.
type pace struct{ near, wide *limit }

// newPace allows a part of the limit for all forms; none of it is 0.
func newPace(all, part int, now func() time.Time) pace {
	times := max(1, all/part)
	if all <= 0 {
		times = 0
	}
	return pace{newLimit(times, time.Minute, now), newLimit(widerShare*times, time.Minute, now)}
}

func (p pace) keep(c *fiber.Ctx) error {
	if p.near.most <= 0 {
		return c.Next()
	}
	who := client(c)
	wait, ok := p.near.take(who)
	if network := wider(who); ok && network != "" {
		wait, ok = p.wide.take(network)
	}
	if !ok {
		retryIn(c, wait)
		return errTooMany
	}
	return c.Next()
}

// wider is the network that one customer has, where the address is of version 6; else "".
func wider(client string) string {
	near, err := netip.ParsePrefix(client)
	if err != nil {
		return ""
	}
	network, err := near.Addr().Prefix(widerBits)
	if err != nil {
		return ""
	}
	return network.String()
}

// unlikely says why a last form looks as if no person had sent it, or nothing.
func (s *site) unlikely(d *draft, form url.Values) views.AnswersFault {
	switch took := s.Now().Sub(d.Started); {
	case form.Get(trapField) != "":
		return views.AnswersTrap
	case s.Limit > 0 && !d.Started.IsZero() && took >= 0 && took < leastTime:
		return views.AnswersQuick
	}
	return ""
}

// askToFinishAgain shows the answers once more and says what to do.
func (s *site) askToFinishAgain(c *fiber.Ctx, d *draft, p place, fault views.AnswersFault) error {
	return s.send(c, http.StatusUnprocessableEntity, p.crisis, func(page views.Page) screen {
		return views.NewAnswersPage(page, p.walk, d.Attempt).Again(fault)
	})
}
