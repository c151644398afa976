package store

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gorm.io/gorm"
)

// Inspect says what Open would do, and does nothing.
func TestInspect(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	old := readFile(t, "testdata/0001.db")
	for name, body := range map[string][]byte{"old.db": old, "empty.db": nil, "diary.txt": []byte("dear diary, this is a long text that is no database of anybody's")} {
		if err := os.WriteFile(at(name), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"today.db", "newer.db"} {
		db, err := Open(t.Context(), Options{URL: at(name)})
		if err != nil {
			t.Fatal(err)
		}
		if name == "newer.db" {
			wantErr(t, "a later migration", db.writer.write(t.Context(), &job{do: func(tx *gorm.DB) error {
				return tx.Exec("INSERT INTO " + migrationsTable + " (id) VALUES ('9999_later')").Error
			}}), nil)
		}
		wantErr(t, "Close", db.Close(), nil)
	}
	all := len(migrations())
	for _, c := range []struct {
		name    string
		fresh   bool
		missing int
		err     string
	}{
		{"none.db", true, all, ""},
		{"empty.db", true, all, ""},
		{"today.db", false, 0, ""},
		{"old.db", false, all - 1, ""},
		{"newer.db", false, 0, "a newer version of this program wrote this database"},
		{"diary.txt", false, 0, "is not a database of this program"},
		{"nowhere/x.db", true, all, "check its folder and who may write there"},
		{".", false, 0, "is no file"},
	} {
		found, err := Inspect(t.Context(), at(c.name))
		if found.New != c.fresh || found.Missing != c.missing || found.Name != filepath.Clean(at(c.name)) {
			t.Errorf("%s: got %+v, want %+v", c.name, found, c)
		}
		if c.err == "" && err != nil || c.err != "" && (err == nil || !strings.Contains(err.Error(), c.err)) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.err)
		}
	}
	if now, err := os.ReadFile(at("old.db")); err != nil || !bytes.Equal(now, old) {
		t.Errorf("an old database was changed (%v)", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		if f.Name() == "none.db" || strings.HasPrefix(f.Name(), ".gutskin") {
			t.Errorf("%s was made", f.Name())
		}
	}
}
