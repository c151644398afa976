package main

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"github.com/valyala/fasthttp"
)

// people use the check through the proxy until they are sent home: some finish, some open
// results, some answer questions.
type people struct {
	*cluster
	home chan struct{}
	all  sync.WaitGroup
	kept acknowledged // those whose 303 arrived

	mu      sync.Mutex
	refused []attempt // the forms that were answered with 503
	counts  counts
	failed  error // the first that is neither an answer nor a proper refusal
}

// attempt is a last form and where its results open.
type attempt struct{ request, open string }

// counts are requests by what came of them.
type counts struct {
	finished, opened, steps int
	refused                 int // with 503, and words that say that answers are safe
	failed                  int // anything else
	slowest                 time.Duration
}

func (c counts) String() string {
	return fmt.Sprintf("%d finished, %d opened, %d quiz steps, %d refused with 503, %d failed; slowest answer %v",
		c.finished, c.opened, c.steps, c.refused, c.failed, c.slowest.Round(time.Millisecond))
}

// How long people wait between two things they do, and after they were told to wait: the
// machine has other work.
const (
	rest     = 20 * time.Millisecond
	longRest = 200 * time.Millisecond
)

// gather lets people in.
func (c *cluster) gather(n int) *people {
	crowd := &people{cluster: c, home: make(chan struct{})}
	for i := range n {
		crowd.all.Go(func() { crowd.visit(i) })
	}
	return crowd
}

// sendHome ends what people do.
func (c *people) sendHome() {
	close(c.home)
	c.all.Wait()
}

// so returns what came of requests since it was asked last.
func (c *people) so() counts {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.counts
	c.counts = counts{}
	return n
}

// visit is one person. A connection that breaks is a failure, and there is another one.
func (c *people) visit(i int) {
	roles := []func(*conn) error{c.finishing, c.opening, c.stepping}
	for c.stays() {
		visit, err := dialFrom(c.proxy.addr, person(10+i))
		for err == nil && c.stays() {
			err = roles[i%len(roles)](visit)
			time.Sleep(rest)
		}
		if err != nil {
			c.note(func() {
				c.counts.failed++
				if c.failed == nil {
					c.failed = err
				}
			})
		}
		if visit != nil {
			visit.Close()
		}
	}
}

func (c *people) stays() bool {
	select {
	case <-c.home:
		return false
	default:
		return true
	}
}

func (c *people) note(do func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	do()
}

// ask sends a request that is answered with a status, or refused.
func (c *people) ask(visit *conn, request string, status int) (refused bool, err error) {
	began := time.Now()
	res, err := visit.do(request)
	took := time.Since(began)
	if err != nil {
		return false, err
	}
	c.note(func() { c.counts.slowest = max(c.counts.slowest, took) })
	if res.StatusCode() == status {
		return false, nil
	}
	if err := refusal(res, c.safe); err != nil {
		return false, wrong(res, err)
	}
	c.note(func() { c.counts.refused++ })
	time.Sleep(longRest)
	return true, nil
}

// wrong adds what a proxy says when it has no answer.
func wrong(res *fasthttp.Response, err error) error {
	if res.StatusCode() == http.StatusBadGateway {
		return fmt.Errorf("%w: %s", err, res.Body())
	}
	return err
}

func (c *people) finishing(visit *conn) error {
	request, key := c.fresh.finishing()
	a := attempt{request, get("/r/"+key, "")}
	refused, err := c.ask(visit, request, http.StatusSeeOther)
	switch {
	case err != nil:
		return fmt.Errorf("finishing: %w", err)
	case refused:
		c.note(func() { c.refused = append(c.refused, a) })
		return nil
	}
	c.kept.add(a.open)
	c.note(func() { c.counts.finished++ })
	return nil
}

func (c *people) opening(visit *conn) error {
	open := c.kept.any()
	if open == "" {
		return nil
	}
	refused, err := c.ask(visit, open, http.StatusOK)
	if err != nil {
		return fmt.Errorf("opening: %w", err)
	}
	if !refused {
		c.note(func() { c.counts.opened++ })
	}
	return nil
}

// stepping answers a question, which needs no database.
func (c *people) stepping(visit *conn) error {
	cookie := c.quiz.half.cookie()
	for request, status := range map[string]int{
		get(c.quiz.due.at, cookie): http.StatusOK,
		postForm(c.quiz.due.at, cookie, c.quiz.due.fields+"&attempt="+c.quiz.half.attempt()): http.StatusSeeOther,
	} {
		if _, err := visit.want(status, request); err != nil {
			return fmt.Errorf("a quiz step: %w", err)
		}
		c.note(func() { c.counts.steps++ })
	}
	return nil
}

func (a *acknowledged) any() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.opens) == 0 {
		return ""
	}
	return a.opens[rand.IntN(len(a.opens))]
}

// settle sends the refused forms again, wants all results that were acknowledged to
// open, and wants the database to hold just those.
func (c *people) settle(before int) (saw string, err error) {
	visit, err := dialFrom(c.proxy.addr, person(0))
	if err != nil {
		return "", err
	}
	defer visit.Close()
	for _, a := range c.refused {
		if _, err := visit.want(http.StatusSeeOther, a.request); err != nil {
			return "", fmt.Errorf("a refused form sent again: %w", err)
		}
		c.kept.add(a.open)
	}
	for _, open := range c.kept.opens {
		if _, err := visit.want(http.StatusOK, open); err != nil {
			return "", fmt.Errorf("a result that was acknowledged does not open: %w", err)
		}
	}
	after, err := c.reports()
	if err == nil && after-before != len(c.kept.opens) {
		err = fmt.Errorf("the database holds %d results, want %d", after-before, len(c.kept.opens))
	}
	return fmt.Sprintf("all %d acknowledged results open, %d of them from forms that were refused at first, and the database holds no other",
		len(c.kept.opens), len(c.refused)), err
}
