package store

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"strings"
	"testing"

	"gutskin/store/pgtest"
)

// nameOf is the name of the database in a URL.
func nameOf(t testing.TB, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return path.Base(u.Path)
}

// inventory is every table of a database and how many rows it has.
func inventory(t testing.TB, address string) string {
	t.Helper()
	config := gormConfig(Options{}.withDefaults())
	db, g, err := dialPostgres(t.Context(), address, beginRead, 1, config)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var lines []string
	err = g.Raw(`SELECT table_name || ' ' || (xpath('//c/text()', query_to_xml('SELECT COUNT(*) AS c FROM ' || quote_ident(table_name), false, true, '')))[1]
		FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`).Find(&lines).Error
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

// wantRefused fails unless Open says in one line what to do, keeps the password to
// itself and changes nothing.
func wantRefused(t *testing.T, name, address, want string) {
	t.Helper()
	db, err := Open(context.Background(), Options{URL: address})
	if err == nil {
		db.Close()
		t.Errorf("%s opened", name)
		return
	}
	if got := err.Error(); !strings.Contains(got, want) || strings.Contains(got, "hunter2") || strings.Contains(got, "\n") {
		t.Errorf("%s: got %q, want one line that says %q and no password", name, got, want)
	}
}

func TestServerRefuses(t *testing.T) {
	server := startPostgres(t)
	address := newPostgres(t)
	name := nameOf(t, address)
	err := server.Exec(name,
		"CREATE ROLE locked LOGIN PASSWORD 'other'",
		"CREATE ROLE guest LOGIN",
		"REVOKE CREATE ON SCHEMA public FROM PUBLIC")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, url, want string }{
		{"a wrong password", server.URLFor("locked", "hunter2", name), "check the user and the password"},
		{"no password", server.URLFor("locked", "", name), "check the user and the password"},
		{"an unknown user", server.URLFor("stranger", "hunter2", name), "check the user and the password"},
		{"an unknown database", server.URLFor("postgres", "hunter2", "nowhere"), "make it, such as with createdb"},
		{"no permission", server.URLFor("guest", "hunter2", name), "make that user the owner of the database"},
		{"a schema that is not there", address + "&search_path=nowhere", "no schema to keep tables in"},
	} {
		wantRefused(t, c.name, c.url, c.want)
	}
	if got := inventory(t, address); got != "" {
		t.Errorf("what was refused left %s", got)
	}
	// The owner makes the tables; whoever may read and write rows needs no more.
	newFixture(t, address).saved("by the owner")
	err = server.Exec(name, "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO guest", "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO guest")
	if err != nil {
		t.Fatal(err)
	}
	f := newFixture(t, server.URLFor("guest", "", name))
	key, s := f.saved("by the guest")
	f.wantEntries(key, s)
}

func TestServerLeavesForeignDatabasesAlone(t *testing.T) {
	server := startPostgres(t)
	make := func(statements ...string) (address string) {
		t.Helper()
		address = newPostgres(t)
		if err := server.Exec(nameOf(t, address), statements...); err != nil {
			t.Fatal(err)
		}
		return address
	}
	ours := func(statement string) (address string) {
		t.Helper()
		address = newPostgres(t)
		f := newFixture(t, address)
		f.saved("one")
		f.exec(statement)
		return address
	}
	for _, c := range []struct{ name, url, want string }{
		{"another program's tables", make("CREATE TABLE links (id int)", "INSERT INTO links VALUES (1)"), "the tables of another program"},
		{"another program's view", make("CREATE VIEW v AS SELECT 1"), "the tables of another program"},
		{"another program's migrations", make("CREATE TABLE migrations (id serial, migration text)", "INSERT INTO migrations (migration) VALUES ('x')"), "the tables of another program"},
		{"migrations without an id", make("CREATE TABLE migrations (version bigint)", "INSERT INTO migrations VALUES (3)"), "the tables of another program"},
		{"a newer database", ours("INSERT INTO migrations (id) VALUES ('9999_from_the_future')"), "a newer version of this program"},
		{"a database on its way", ours("INSERT INTO migrations (id) VALUES ('" + movingMark + "0')"), "run the same gutskin move again"},
	} {
		before := inventory(t, c.url)
		wantRefused(t, c.name, c.url, c.want)
		if _, err := Verify(t.Context(), c.url, itself); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: Verify: %v, want it to say %q", c.name, err, c.want)
		}
		if after := inventory(t, c.url); after != before || before == "" {
			t.Errorf("%s: was %q, is %q", c.name, before, after)
		}
	}
	// What an extension brought along is nobody's.
	address := make("CREATE EXTENSION IF NOT EXISTS plpgsql")
	f := newFixture(t, address)
	f.saved("one")
	empty := newPostgres(t)
	if _, err := Verify(t.Context(), empty, itself); err == nil || !strings.Contains(err.Error(), "start the program with it once") {
		t.Errorf("Verify of an empty database: %v", err)
	}
}

// A pooler that gives each transaction another connection, and knows no session.
func TestThroughPgBouncer(t *testing.T) {
	server := startPostgres(t)
	pooler, err := pgtest.StartPgBouncer(server)
	wantPostgres(t, err)
	t.Cleanup(func() { wantErr(t, "stop", pooler.Stop(), nil) })
	for _, c := range contract {
		if strings.Contains(c.name, "batch") { // slow, and nothing else than the others do
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.run(t, newFixture(t, pooler.URL(newPostgres(t))))
		})
	}
	for _, c := range several {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			address := newPostgres(t)
			a, b := newFixture(t, pooler.URL(address)), newFixture(t, pooler.URL(address))
			a.keepEditions()
			c.run(t, a, b)
			found, err := Verify(a.ctx, pooler.URL(address), itself)
			wantWhole(t, "Verify", found, err)
		})
	}
}

func TestServerSettings(t *testing.T) {
	address := newPostgres(t)
	err := startPostgres(t).Exec("postgres", fmt.Sprintf("ALTER DATABASE %s SET synchronous_commit = off", nameOf(t, address)))
	if err != nil {
		t.Fatal(err)
	}
	f := newFixture(t, address)
	tx := f.writer.db.Begin()
	defer tx.Rollback()
	for setting, want := range map[string]string{
		"synchronous_commit": "on", "transaction_isolation": "read committed", "transaction_read_only": "off",
		"lock_timeout": "5s", "statement_timeout": "10s", "idle_in_transaction_session_timeout": "10s", "application_name": "gutskin",
	} {
		var got string
		if err := tx.Raw("SHOW " + setting).Find(&got).Error; err != nil || got != want {
			t.Errorf("%s is %s (%v), want %s", setting, got, err, want)
		}
	}
	if !strings.Contains(f.log.String(), "setting=fsync") {
		t.Error("the log says nothing of a server that does not sync to its disk")
	}
}
