package store

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	for _, c := range []struct{ name, url, want string }{
		{"nothing", "", "no database is named"},
		{"nothing but a scheme", "sqlite:", "no database is named"},
		{"a URL that is none", "postgres://user:secret%zz@host/db", "the address of the database cannot be read"},
		{"a URL with a sign in its password", "postgresql://user:secret/secret@host/db", "the address of the database cannot be read"},
		{"nobody there", "postgres://user:secret@127.0.0.1:1/db", "does not answer at 127.0.0.1, port 1; check the URL"},
		{"another engine", "mysql://user:secret@host/db", `"mysql"`},
		{"a folder", dir, "cannot be opened"},
		{"a folder that is not there", filepath.Join(dir, "no", "such", "results.db"), "cannot be opened"},
	} {
		db, err := Open(context.Background(), Options{URL: c.url})
		if err == nil {
			db.Close()
			t.Errorf("%s opened", c.name)
			continue
		}
		if !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: got %q, want it to say %q", c.name, err, c.want)
		}
	}
}

func TestOpenLeavesForeignFilesAlone(t *testing.T) {
	newer := func(path string) error {
		db, err := Open(context.Background(), Options{URL: path})
		if err != nil {
			return err
		}
		if err := db.writer.db.Exec("INSERT INTO migrations (id) VALUES ('9999_from_the_future')").Error; err != nil {
			return err
		}
		return db.Close()
	}
	text := func(path string) error { return os.WriteFile(path, []byte("dear diary"), 0o600) }
	other := func(path string) error {
		db, err := sql.Open("sqlite", path)
		if err != nil {
			return err
		}
		defer db.Close()
		_, err = db.Exec("CREATE TABLE links (id)")
		return err
	}
	for _, c := range []struct {
		name string
		make func(string) error
		want string
	}{
		{"a newer database", newer, "newer version"},
		{"a text", text, "not a database of this program"},
		{"a database of another program", other, "not a database of this program"},
	} {
		path := filepath.Join(t.TempDir(), "results.db")
		if err := c.make(path); err != nil {
			t.Fatal(err)
		}
		before := readFile(t, path)
		_, err := Open(context.Background(), Options{URL: path})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want it to say %q", c.name, err, c.want)
		}
		if string(readFile(t, path)) != string(before) {
			t.Errorf("%s was changed", c.name)
		}
	}
}

func TestOpenTwiceAtOnce(t *testing.T) {
	path := newFile(t)
	f := newFixture(t, path)
	second := newFixture(t, "sqlite://"+path)
	key, s := f.saved("one")
	second.wantEntries(key, s)
}
