package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/valyala/fasthttp"
)

// traveller is a visitor whose every request reaches another instance than the last one.
type traveller struct {
	*visitor
	visited [instancesOf + 1]int // requests by instance, from 1 on
	last    byte
	bytes   int // of all pages, without headers
}

func (c *cluster) traveller(from string) (*traveller, error) {
	visit, err := dialFrom(c.proxy.addr, from)
	if err != nil {
		return nil, err
	}
	t := &traveller{visitor: newVisitor(visit)}
	visit.seen = func(res *fasthttp.Response) error {
		tag := res.Header.Peek(instanceTag)
		if len(tag) != 1 || tag[0] == t.last {
			return fmt.Errorf("instance %q answered after instance %q, want another", tag, t.last)
		}
		t.last = tag[0]
		t.visited[tag[0]-'0']++
		t.bytes += len(res.Body())
		return nil
	}
	return t, nil
}

// journey takes the quiz and uses everything under a link, one request after another.
func journey(c *cluster, _ extent) (saw string, err error) {
	me, err := c.traveller(person(1))
	if err != nil {
		return "", err
	}
	defer me.Close()
	friend, err := dialFrom(c.proxy.addr, person(2))
	if err != nil {
		return "", err
	}
	defer friend.Close()
	friend.seen = me.seen // they take turns
	taken, err := me.learn()
	if err != nil {
		return "", err
	}
	if err := me.finish(); err != nil {
		return "", err
	}
	first := *me
	at := "/r/" + taken.full.key()
	for _, part := range []func() error{
		func() error { return me.openAll(at, at+"/sums", at+"/what-if", at+"/data") },
		func() error { return me.plans(at) },
		func() error { return me.shares(at, friend) },
		func() error { return me.retakes(at, taken.way) },
		func() error { at, err = me.renews(at); return err },
		func() error { return me.deletes(at) },
	} {
		if err := part(); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%d requests (%d for the first quiz and its results, %d bytes of pages), %v of them to each instance and never two in a row to one: quiz, results, plan, ticks, view-only link, check done again, new link, delete",
		me.requests(), first.requests(), first.bytes, me.visited[1:]), nil
}

func (t *traveller) requests() (sum int) {
	for _, n := range t.visited {
		sum += n
	}
	return sum
}

func (v *visitor) openAll(paths ...string) error {
	for _, path := range paths {
		if err := v.open(path); err != nil {
			return err
		}
	}
	return nil
}

// gives sends a form and wants a status.
func (v *visitor) gives(status int, path string, fields url.Values) error {
	if _, err := v.send(status, postForm(path, v.cookies(), fields.Encode())); err != nil {
		return fmt.Errorf("POST %s: %w", path, err)
	}
	return nil
}

// values are those of all fields of a name on the page that was sent last.
func (v *visitor) values(name string) []string {
	var list []string
	for _, found := range regexp.MustCompile(`name="`+regexp.QuoteMeta(name)+`" value="([^"]*)"`).FindAllStringSubmatch(v.page(), -1) {
		list = append(list, found[1])
	}
	return list
}

// plans makes a plan for every day, ticks a box, and wants it ticked.
func (v *visitor) plans(at string) error {
	if err := v.open(at + "/plan/choose"); err != nil {
		return err
	}
	ideas := v.values("idea")
	if len(ideas) == 0 {
		return errors.New("the results hold no idea to plan")
	}
	fields := url.Values{"idea": ideas[:1]}
	if err := v.gives(http.StatusOK, at+"/plan/choose", fields); err != nil {
		return err
	}
	for _, name := range []string{"day", "month", "year"} {
		fields[name] = v.values(name)
	}
	fields[ideas[0]+".days"] = strings.Split("0123456", "")
	if err := v.gives(http.StatusSeeOther, at+"/plan", fields); err != nil {
		return err
	}
	if err := v.open(at + "/plan"); err != nil {
		return err
	}
	boxes := v.values("t")
	if len(boxes) == 0 {
		return errors.New("the plan has no box to tick")
	}
	ticks := url.Values{"plan": v.values("plan"), "had": v.values("had"), "t": boxes[:1]}
	if err := v.gives(http.StatusSeeOther, at+"/plan/ticks", ticks); err != nil {
		return err
	}
	if err := v.open(at + "/plan"); err != nil {
		return err
	}
	if had := v.values("had"); !slices.Equal(had, boxes[:1]) {
		return fmt.Errorf("the plan has %q ticked, want %q", had, boxes[:1])
	}
	return v.open(at + "/plan.ics")
}

var viewKeys = regexp.MustCompile(`name="view" value="([A-Z2-7]{26})"`)

// shares makes a view-only link, which a friend opens, and switches it off.
func (v *visitor) shares(at string, friend *conn) error {
	if err := v.gives(http.StatusSeeOther, at+"/share", url.Values{"label": {"friend"}, "until": {"0"}}); err != nil {
		return err
	}
	if err := v.open(at + "/save"); err != nil {
		return err
	}
	found := viewKeys.FindStringSubmatch(v.page())
	if found == nil {
		return errors.New("there is no view-only link")
	}
	view := "/r/" + found[1]
	if _, err := friend.want(http.StatusOK, get(view, "")); err != nil {
		return fmt.Errorf("a view-only link: %w", err)
	}
	if _, err := friend.want(http.StatusForbidden, postForm(view+"/delete", "", "")); err != nil {
		return fmt.Errorf("deleting by a view-only link: %w", err)
	}
	if err := v.gives(http.StatusSeeOther, at+"/unshare", url.Values{"view": found[1:]}); err != nil {
		return err
	}
	return friend.everywhere(http.StatusGone, view)
}

// everywhere wants every instance to answer with a status.
func (c *conn) everywhere(status int, path string) error {
	for range instancesOf {
		if _, err := c.want(status, get(path, "")); err != nil {
			return fmt.Errorf("GET %s: %w", path, err)
		}
	}
	return nil
}

// retakes does the check again, into the same journal, and compares.
func (v *visitor) retakes(at string, way []form) error {
	if err := v.open(at + "/again"); err != nil {
		return err
	}
	if err := v.gives(http.StatusSeeOther, at+"/again", url.Values{"agree": {"1"}}); err != nil {
		return err
	}
	for _, f := range way {
		if err := v.open(f.at); err != nil {
			return err
		}
		if _, err := v.answer(f.at, f.fields); err != nil {
			return err
		}
	}
	if err := v.finish(); err != nil {
		return err
	}
	return v.openAll(at+"/compare", at+"/report/1", at+"/report/2", at+"/data.json")
}

// renews changes the private link. The old one is closed everywhere.
func (v *visitor) renews(at string) (string, error) {
	if err := v.open(at + "/renew"); err != nil {
		return "", err
	}
	fresh := v.values("new")
	if err := v.gives(http.StatusSeeOther, at+"/renew", url.Values{"new": fresh}); err != nil {
		return "", err
	}
	if err := v.everywhere(http.StatusGone, at); err != nil {
		return "", err
	}
	at = "/r/" + fresh[0]
	return at, v.everywhere(http.StatusOK, at)
}

// deletes removes everything, and no instance opens it any more.
func (v *visitor) deletes(at string) error {
	if err := v.open(at + "/delete"); err != nil {
		return err
	}
	if err := v.gives(http.StatusOK, at+"/delete", nil); err != nil {
		return err
	}
	return v.everywhere(http.StatusGone, at)
}
