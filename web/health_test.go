package web

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
)

// migratedStore says what a database of another version would.
type migratedStore struct {
	Store
	missing, newer int
	err            error
}

func (s migratedStore) Migrations(context.Context) (int, int, error) {
	return s.missing, s.newer, s.err
}

func TestReadyNamesEveryCheck(t *testing.T) {
	hash := func(s *server) string { return s.check.options.Library.Hash() }
	for _, c := range []struct {
		name  string
		store migratedStore
		drain bool
		want  string
	}{
		{"all is well", migratedStore{}, false,
			"200 ready\ndatabase: ok, answers\nmigrations: ok, current\ncontent: ok, HASH\ndraining: ok, no\n"},
		{"a newer instance came", migratedStore{newer: 1}, false,
			"200 ready\ndatabase: ok, answers\nmigrations: ok, current, and 1 newer than this program\ncontent: ok, HASH\ndraining: ok, no\n"},
		{"an old backup was restored", migratedStore{missing: 2}, false,
			"503 not ready\ndatabase: ok, answers\nmigrations: NOT OK, 2 missing; start this program anew to apply them\ncontent: ok, HASH\ndraining: ok, no\n"},
		{"the table is gone", migratedStore{err: errors.New("secret")}, false,
			"503 not ready\ndatabase: ok, answers\nmigrations: NOT OK, cannot be read\ncontent: ok, HASH\ndraining: ok, no\n"},
		{"it is told to stop", migratedStore{}, true,
			"503 not ready\ndatabase: ok, answers\nmigrations: ok, current\ncontent: ok, HASH\ndraining: NOT OK, about to stop\n"},
	} {
		c.store.Store = openStore(t)
		s := newServer(t, func(o *Options) { o.Store = c.store })
		if c.drain {
			s.check.Drain()
		}
		p := s.browser().get("/readyz")
		status, body, _ := strings.Cut(c.want, " ")
		if want := strings.ReplaceAll(body, "HASH", hash(s)); p.body != want || status != "200" && p.status != 503 || status == "200" && p.status != 200 {
			t.Errorf("%s: got %d\n%s\nwant %s\n%s", c.name, p.status, p.body, status, want)
		}
		if got := p.header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("%s: Cache-Control is %q", c.name, got)
		}
	}
}

// Somebody in the middle of a quiz goes on while an instance drains; only their
// connection moves.
func TestDrainingServesOn(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	closes := func(at string) bool {
		response, err := s.Test(b.request(http.MethodGet, at, ""), -1)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		return response.Close
	}
	if closes("/") {
		t.Error("connections are closed before anybody said so")
	}
	s.check.Drain()
	b.journey([]step{{"GET /livez", "200 alive"}, {"GET /", "200 "}})
	b.get("/quiz/age")
	b.fill(saidIn(dashed(healthy)))
	key := b.finish()
	b.journey([]step{{"GET /r/" + key, "200 "}, {"GET /nowhere", "404 "}, {"GET /readyz", "503 not ready"}})
	for _, at := range []string{"/", "/r/" + key, "/readyz", "/static/nothing"} {
		if !closes(at) {
			t.Errorf("%s leaves the connection open", at)
		}
	}
}
