package store

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"

	"gutskin/store/pgtest"
)

// private is the PostgreSQL of these tests, started when the first asks for it.
var private struct {
	once   sync.Once
	server *pgtest.Server
	err    error
}

// startPostgres returns the server. Without PostgreSQL the test is skipped, but never
// on CI.
func startPostgres(t testing.TB) *pgtest.Server {
	t.Helper()
	private.once.Do(func() {
		// What a test saves need not outlive the machine.
		private.server, private.err = pgtest.Start("fsync=off", "max_connections=300")
	})
	wantPostgres(t, private.err)
	return private.server
}

func wantPostgres(t testing.TB, err error) {
	t.Helper()
	switch {
	case errors.Is(err, pgtest.ErrMissing) && os.Getenv("CI") == "":
		t.Skipf("NOT TESTED: %v", err)
	case err != nil:
		t.Fatal(err)
	}
}

// newPostgres makes an empty database.
func newPostgres(t testing.TB) string {
	t.Helper()
	url, err := startPostgres(t).NewDatabase()
	if err != nil {
		t.Fatal(err)
	}
	return url
}

func stopPostgres() {
	switch {
	case errors.Is(private.err, pgtest.ErrMissing):
		fmt.Fprintln(os.Stderr, "NOT TESTED on PostgreSQL:", private.err)
	case private.server != nil:
		if err := private.server.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
}
