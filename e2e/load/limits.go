package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// limits finds out how much one address may do. Each instance counts for itself, so that
// is the limit as often as there are instances, and never more. What visitors say about
// their own address does not count.
func limits(c *cluster, _ extent) (saw string, err error) {
	me, err := dialFrom(c.proxy.addr, person(3))
	if err != nil {
		return "", err
	}
	defer me.Close()
	form := func() string { return postForm("/quiz/consent", "", "agree=1") }
	link := func() string { return get("/r/"+rand.Text(), "") }
	for _, kind := range []struct {
		name   string
		ask    func() string
		status int
	}{{"forms", form, http.StatusSeeOther}, {"missed links", link, http.StatusNotFound}} {
		let, err := c.until(me, kind.status, kind.ask)
		if err != nil {
			return "", fmt.Errorf("%s: %w", kind.name, err)
		}
		saw += fmt.Sprintf("%d %s from one address, %d for each instance; ", let, kind.name, c.limit)
		if let != instancesOf*c.limit {
			return saw, fmt.Errorf("one address may send %d %s, want %d", let, kind.name, instancesOf*c.limit)
		}
	}
	pretend := strings.Replace(form(), "\r\n\r\n", "\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n", 1)
	if _, err := me.want(http.StatusTooManyRequests, pretend); err != nil {
		return saw, fmt.Errorf("saying another address: %w", err)
	}
	if _, err := me.want(http.StatusOK, get("/", "")); err != nil {
		return saw, fmt.Errorf("reading on: %w", err)
	}
	other, err := dialFrom(c.proxy.addr, person(4))
	if err != nil {
		return saw, err
	}
	defer other.Close()
	for range instancesOf {
		if _, err := other.want(http.StatusSeeOther, form()); err != nil {
			return saw, fmt.Errorf("another address: %w", err)
		}
	}
	return saw + "another address is not held up, and saying another does not help", nil
}

// until sends requests until every instance refuses them, and counts those that were let
// through.
func (c *cluster) until(me *conn, status int, ask func() string) (let int, err error) {
	for refused := 0; refused < instancesOf; {
		res, err := me.do(ask())
		switch {
		case err != nil:
			return let, err
		case res.StatusCode() == status:
			let++
			refused = 0
		case res.StatusCode() != http.StatusTooManyRequests:
			return let, fmt.Errorf("got status %d, want %d or %d", res.StatusCode(), status, http.StatusTooManyRequests)
		case len(res.Header.Peek("Retry-After")) == 0:
			return let, errors.New("a refusal does not say when to try again")
		default:
			refused++
		}
		if let > 2*instancesOf*c.limit {
			return let, errors.New("there is no limit")
		}
	}
	return let, nil
}
