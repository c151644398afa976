package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// itself names a content of the tests: they keep the name as the content.
func itself(content []byte) (string, error) {
	if bytes.HasPrefix(content, []byte("torn")) {
		return "", errors.New("it is torn")
	}
	return string(content), nil
}

// keepEditions keeps the contents that the reports were made with.
func (f *fixture) keepEditions() {
	f.t.Helper()
	for _, edition := range []string{f.report("x").Edition, benchReport().Edition} {
		if err := f.KeepEdition(f.ctx, edition, []byte(edition)); err != nil {
			f.t.Fatal(err)
		}
	}
}

func wantWhole(t *testing.T, what string, found Findings, err error) {
	t.Helper()
	if err != nil || len(found.Problems) > 0 {
		t.Fatalf("%s: %v %q", what, err, found.Problems)
	}
}

func TestBackupUnderLoad(t *testing.T) {
	path := newFile(t)
	f := newFixture(t, path)
	f.keepEditions()
	key, s := f.saved("before")
	view := f.share(key, "my dietitian", time.Time{})
	f.put(key, "my plan")
	c, _ := startChild(t, path)
	time.Sleep(50 * time.Millisecond)

	file := newFile(t)
	found, err := Backup(f.ctx, "sqlite:"+path, file, itself)
	wantWhole(t, "Backup", found, err)
	if err := c.in.Close(); err != nil {
		t.Fatal(err)
	}
	after := int64(len(c.told(t)))
	if err := c.Wait(); err != nil {
		t.Fatal(err)
	}
	if found.Reports < 2 || found.Reports >= after {
		t.Fatalf("the backup holds %d of %d reports: it was not made while they were saved", found.Reports, after)
	}
	t.Logf("the backup holds %d of %d reports", found.Reports, after)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup has mode %v (%v), want 600", info.Mode(), err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".gutskin*")); len(left) > 0 {
		t.Errorf("these are left: %q", left)
	}
	wantHidden(t, readFile(t, file), key, view, "my plan", "my dietitian", string(s.Payload))

	before := readFile(t, file)
	if _, err := Backup(f.ctx, path, file, itself); err == nil || !strings.Contains(err.Error(), "exists") {
		t.Errorf("Backup over a file: %v", err)
	}
	if !bytes.Equal(readFile(t, file), before) {
		t.Error("a refused backup changed the file")
	}
	restored := newFixture(t, file)
	restored.wantEntries(key, s)
	restored.wantEntries(view, s)
	restored.wantNote(key, "my plan")
}

func TestRestore(t *testing.T) {
	path, file := newFile(t), newFile(t)
	f := newFixture(t, path)
	f.keepEditions()
	key, s := f.saved("before")
	found, err := Backup(f.ctx, path, file, itself)
	wantWhole(t, "Backup", found, err)
	later, hers := f.saved("after")
	restore := func(replace bool) error {
		_, err := Restore(f.ctx, file, path, replace, itself)
		return err
	}
	refused := func(err error, want string) {
		t.Helper()
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Restore: %v, want it to say %q", err, want)
		}
		if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".gutskin*")); len(left) > 0 {
			t.Errorf("these are left: %q", left)
		}
	}
	refused(restore(false), "add --replace")
	refused(restore(true), "another process has")
	f.wantEntries(later, hers)
	wantErr(t, "Close", f.Close(), nil)

	c, _ := startChild(t, path)
	refused(restore(true), "another process has")
	if err := c.in.Close(); err != nil {
		t.Fatal(err)
	}
	c.told(t)
	if err := c.Wait(); err != nil {
		t.Fatalf("the process that had the database open: %v", err)
	}

	wantErr(t, "Restore", restore(true), nil)
	refused(restore(true), "move it away first")
	kept := newFixture(t, path+".before-restore")
	kept.wantEntries(later, hers)
	f.open()
	f.wantEntries(key, s)
	f.wantRead(later, ErrNotFound)
	f.saved("anew")
}

// A log without its database would be read into the next one of that name.
func TestRestoreBesideAnOldLog(t *testing.T) {
	path, file := newFile(t), newFile(t)
	f := newFixture(t, newFile(t))
	f.keepEditions()
	found, err := Backup(f.ctx, f.options.URL, file, itself)
	wantWhole(t, "Backup", found, err)
	if err := os.WriteFile(path+"-wal", []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(f.ctx, file, path, true, itself); err == nil || !strings.Contains(err.Error(), "move its files away") {
		t.Errorf("Restore: %v", err)
	}
}

// faultsToMake are what Verify finds, by the statement that makes it.
var faultsToMake = map[string]string{
	"UPDATE journals SET kept_until = 'never' WHERE id = 1": "journals without proper days: 1",
	"UPDATE journals SET created_on = '2026-03-14 15:09'":   "journals without proper days: 2",
	"DELETE FROM reports":                                                    "journals without a report: 2",
	"DELETE FROM links WHERE journal_id = 2":                                 "journals without a link: 1",
	"UPDATE links SET role = 'owner', until = NULL WHERE role = 'view'":      "journals that have not exactly 1 owner's link: 1",
	"UPDATE links SET lookup = x'00' WHERE role = 'view'":                    "links without a proper id: 1",
	"UPDATE links SET wrapped = x'00' WHERE role = 'view'":                   "links without a well-formed key: 1",
	"UPDATE links SET wrapped = NULL WHERE role = 'view'":                    "links without a well-formed key: 1",
	"UPDATE links SET wrapped = x'00' WHERE journal_id IS NULL":              "closed links that still have a key: 1",
	"UPDATE links SET role = 'admin' WHERE role = 'view'":                    "links with a role or a last day that no link has: 1",
	"UPDATE links SET until = 'never' WHERE role = 'view'":                   "links with a role or a last day that no link has: 1",
	"UPDATE links SET until = '2026-01-01' WHERE role = 'owner'":             "links with a role or a last day that no link has: 3",
	"UPDATE reports SET attempt = x'00'":                                     "reports that are not well-formed: 2",
	"UPDATE reports SET sealed = x''":                                        "reports that are not well-formed: 2",
	"UPDATE reports SET sealed = sealed || x'00' WHERE journal_id = 1":       "reports that are not well-formed: 1",
	"UPDATE notes SET sealed = x'00' WHERE kind = 'plan'":                    "notes that are not well-formed: 1",
	"UPDATE notes SET kind = 'diary' WHERE kind = 'plan'":                    "notes that are not well-formed: 1",
	"INSERT INTO tallies VALUES ('today', 'en', 'shown', 'age', '', 1)":      "tallies without a proper day or number: 1",
	"INSERT INTO tallies VALUES ('2026-03-14', 'en', 'shown', 'age', '', 0)": "tallies without a proper day or number: 1",
	"DELETE FROM editions":                                                   "editions that reports were made with and that are missing: 1",
	"UPDATE editions SET content = 'other'":                                  "the edition sha256:0e5751c0 holds the content of other",
	"UPDATE editions SET content = 'torn'":                                   "the edition sha256:0e5751c0 cannot be read: it is torn",
	"PRAGMA foreign_keys = 0; DELETE FROM journals WHERE id = 2":             "rows of a journal that is not there: 2",
	"PRAGMA writable_schema = 1; UPDATE sqlite_master SET sql = replace(sql, 'journals_kept_until` ON `journals`(`kept_until`', 'journals_kept_until` ON `journals`(`created_on`')": "the file is damaged: ",
}

func TestVerifyNamesEveryFault(t *testing.T) {
	path := newFile(t)
	f := newFixture(t, path)
	f.keepEditions()
	key, _ := f.saved("one")
	f.saved("two")
	f.share(key, "my dietitian", f.clock())
	f.put(key, "my plan")
	gone, _ := f.saved("gone")
	wantErr(t, "Delete", f.Delete(f.ctx, gone), nil)
	found, err := Verify(f.ctx, path, itself)
	wantWhole(t, "Verify", found, err)
	want := Findings{Schema: "0003_tallies", Journals: 2, Links: 3, ViewOnly: 1, Tombstones: 1, Reports: 2, Notes: 2, Editions: 1}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("other findings (-want +got):\n%s", diff)
	}
	wantErr(t, "Close", f.Close(), nil)
	whole := readFile(t, path)
	for sql, want := range faultsToMake {
		torn := newFile(t)
		if err := os.WriteFile(torn, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		f := newFixture(t, torn)
		f.exec(sql)
		wantErr(t, "Close", f.Close(), nil)
		found, err := Verify(f.ctx, torn, itself)
		if err != nil || !strings.Contains(strings.Join(found.Problems, "\n"), want) {
			t.Errorf("%s: %v %q, want %q", sql, err, found.Problems, want)
		}
		f.open()
	}
}

// Whatever byte of a backup changes, it is not restored as if it were whole, unless
// the byte is one that nothing reads.
func TestDamagedBackups(t *testing.T) {
	f := newFixture(t, newFile(t))
	f.keepEditions()
	key, s := f.saved("one")
	file := newFile(t)
	found, err := Backup(f.ctx, f.options.URL, file, itself)
	wantWhole(t, "Backup", found, err)
	whole := readFile(t, file)
	refused := 0
	for at := 0; at < len(whole); at += 613 {
		damaged, target := newFile(t), newFile(t)
		flipped := bytes.Clone(whole)
		flipped[at] ^= 0xff
		if err := os.WriteFile(damaged, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Restore(f.ctx, damaged, target, false, itself); err != nil {
			refused++
			if _, err := os.Stat(target); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("byte %d: a backup that was refused left a database", at)
			}
			continue
		}
		restored := newFixture(t, target)
		j, err := restored.Read(f.ctx, key)
		if err == nil && cmp.Diff([]Saved{s}, j.Entries) != "" {
			t.Errorf("byte %d: the key opens other data", at)
		}
	}
	if refused == 0 {
		t.Error("no damaged backup was refused")
	}
	for length := range 20 {
		damaged := newFile(t)
		cut := whole[:len(whole)*length/20]
		if err := os.WriteFile(damaged, cut, 0o600); err != nil {
			t.Fatal(err)
		}
		target := newFile(t)
		if _, err := Restore(f.ctx, damaged, target, false, itself); err == nil {
			newFixture(t, target).wantEntries(key, s) // only zeros were cut off
		}
	}
}

// The same faults on a server, in transactions that are not kept: all but those of a
// file.
func TestVerifyNamesEveryFaultOnAServer(t *testing.T) {
	url := newPostgres(t)
	f := newFixture(t, url)
	f.keepEditions()
	key, _ := f.saved("one")
	f.saved("two")
	f.share(key, "my dietitian", f.clock())
	f.put(key, "my plan")
	gone, _ := f.saved("gone")
	wantErr(t, "Delete", f.Delete(f.ctx, gone), nil)
	found, err := Verify(f.ctx, url, itself)
	wantWhole(t, "Verify", found, err)
	want := Findings{Schema: "0003_tallies", Journals: 2, Links: 3, ViewOnly: 1, Tombstones: 1, Reports: 2, Notes: 2, Editions: 1}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("other findings (-want +got):\n%s", diff)
	}
	for sql, want := range faultsToMake {
		if strings.Contains(sql, "PRAGMA") || strings.Contains(sql, "15:09") { // a column there has its length
			continue
		}
		tx := f.writer.db.Begin()
		if err := tx.Exec(strings.NewReplacer("x'00'", `'\x00'::bytea`, "x''", `'\x'::bytea`).Replace(sql)).Error; err != nil {
			t.Fatal(err)
		}
		var found Findings
		err := found.look(tx, itself)
		tx.Rollback()
		if err != nil || !strings.Contains(strings.Join(found.Problems, "\n"), want) {
			t.Errorf("%s: %v %q, want %q", sql, err, found.Problems, want)
		}
	}
	f.exec("ALTER TABLE links DISABLE TRIGGER ALL; ALTER TABLE reports DISABLE TRIGGER ALL; ALTER TABLE journals DISABLE TRIGGER ALL; DELETE FROM journals WHERE id = 2")
	found, err = Verify(f.ctx, url, itself)
	if err != nil || strings.Join(found.Problems, "\n") != "rows of a journal that is not there: 2" {
		t.Errorf("without its constraints: %v %q", err, found.Problems)
	}
}

func TestVerifyOldAndNewDatabases(t *testing.T) {
	old := newFile(t)
	if err := os.WriteFile(old, readFile(t, "testdata/0001.db"), 0o600); err != nil {
		t.Fatal(err)
	}
	found, err := Verify(t.Context(), old, func([]byte) (string, error) { return "sha256:0e5751c0", nil })
	wantWhole(t, "Verify", found, err)
	want := Findings{Schema: "0001_journals", Journals: 2, Links: 2, Tombstones: 1, Reports: 3, Editions: 1}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Errorf("other findings (-want +got):\n%s", diff)
	}
	path := newFile(t)
	f := newFixture(t, path)
	f.exec("INSERT INTO migrations (id) VALUES ('9999_from_the_future')")
	if _, err := Verify(f.ctx, path, itself); err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("Verify of a newer database: %v", err)
	}
	f.exec("DELETE FROM migrations")
	if _, err := Verify(f.ctx, path, itself); err == nil || !strings.Contains(fmt.Sprint(err), "no tables") {
		t.Errorf("Verify of an empty database: %v", err)
	}
}
