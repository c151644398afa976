package store

import (
	"bytes"
	"database/sql"
	"encoding/base64"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func newFile(t testing.TB) string { return filepath.Join(t.TempDir(), "results of 100%?#.db") }

// onDisk is every byte that the database left in its folder.
func onDisk(t testing.TB, path string) []byte {
	t.Helper()
	files, err := filepath.Glob(strings.NewReplacer("?", `\?`).Replace(path) + "*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files of %s: %v", path, err)
	}
	var all []byte
	for _, f := range files {
		all = append(all, readFile(t, f)...)
	}
	return all
}

// wantHidden fails when a secret, or a run of 24 of its bytes, can be read in
// plain, base64 or hexadecimal.
func wantHidden(t testing.TB, disk []byte, secrets ...string) {
	t.Helper()
	for _, secret := range secrets {
		for _, length := range []int{len(secret), 24} {
			if length > len(secret) {
				continue
			}
			for start := 0; start+length <= len(secret); start++ {
				part := []byte(secret[start : start+length])
				for _, form := range [][]byte{
					part,
					[]byte(strings.TrimRight(base64.StdEncoding.EncodeToString(part), "=")),
					[]byte(base64.RawURLEncoding.EncodeToString(part)),
					[]byte(hex.EncodeToString(part)),
					bytes.ToUpper([]byte(hex.EncodeToString(part))),
				} {
					if bytes.Contains(disk, form) {
						t.Fatalf("the disk shows %q", form)
					}
				}
			}
		}
	}
}

func TestNothingReadableOnDisk(t *testing.T) {
	path := newFile(t)
	f := newFixture(t, path)
	var secrets []string
	for _, name := range []string{"one", "two", "three"} {
		key, s := f.saved(name)
		k, err := keysOf(key)
		if err != nil {
			t.Fatal(err)
		}
		secrets = append(secrets, key, s.Attempt, string(s.Payload), string(k.wrapping),
			"gut_flags", "blood_stool", "tummy pain", s.TakenAt.Format("15:04"))
	}
	disk := onDisk(t, path)
	if !bytes.Contains(disk, []byte("sha256:0e5751c0")) {
		t.Fatal("the edition is not on the disk: this test looks in the wrong place")
	}
	wantHidden(t, disk, secrets...)
	if err := truncateWAL(f.writerSQL(t)); err != nil {
		t.Fatal(err)
	}
	wantHidden(t, onDisk(t, path), secrets...)
	wantErr(t, "Close", f.Close(), nil)
	wantHidden(t, onDisk(t, path), secrets...)
}

func (f *fixture) writerSQL(t testing.TB) *sql.DB {
	t.Helper()
	db, err := f.writer.db.DB()
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func TestDeletedLeavesNothingOnDisk(t *testing.T) {
	path := newFile(t)
	f := newFixture(t, path)
	key, _ := f.saved("one")
	expired, _ := f.saved("expired")
	f.pass(100 * 24 * time.Hour)
	kept, s := f.saved("kept")

	blobs := func(key string) []string {
		link := f.link(key)
		var reports []reportRow
		f.read.Where("journal_id = ?", link.JournalID).Find(&reports)
		return []string{string(link.Wrapped), string(reports[0].Sealed), string(reports[0].Attempt)}
	}
	secrets := append(blobs(key), blobs(expired)...)
	if !bytes.Contains(onDisk(t, path), []byte(secrets[1])) {
		t.Fatal("the sealed report is not on the disk: this test looks in the wrong place")
	}
	wantErr(t, "Delete", f.Delete(f.ctx, key), nil)
	f.pass(300 * 24 * time.Hour)
	if removed, err := f.Sweep(f.ctx); removed != 1 || err != nil {
		t.Fatalf("Sweep removed %d (%v), want 1", removed, err)
	}
	wantHidden(t, onDisk(t, path), secrets...)
	f.wantEntries(kept, s)
	wantErr(t, "Close", f.Close(), nil)
	wantHidden(t, onDisk(t, path), secrets...)
}

// A link that was switched off or renewed, and a note that was put away, are as gone
// as a deleted journal.
func TestSwitchedOffLeavesNothingOnDisk(t *testing.T) {
	path := newFile(t)
	f := newFixture(t, path)
	key, _ := f.saved("one")
	wrapped := func(key string) string { return string(f.link(key).Wrapped) }
	note := func() string {
		var row noteRow
		f.read.Where("kind = ?", NotePlan).Take(&row)
		return string(row.Sealed)
	}
	wantGone := func(what string, erase func() error, secret string) {
		t.Helper()
		if !bytes.Contains(onDisk(t, path), []byte(secret)) {
			t.Fatal("what is to be erased is not on the disk: this test looks in the wrong place")
		}
		wantErr(t, what, erase(), nil)
		wantHidden(t, onDisk(t, path), secret)
	}
	view, renewed := f.share(key, "my dietitian", time.Time{}), f.newKey()
	f.put(key, "my plan, in many words")
	wantGone("Put away", func() error { return f.Put(f.ctx, key, NotePlan, nil) }, note())
	wantGone("Unshare", func() error { return f.Unshare(f.ctx, key, view) }, wrapped(view))
	f.put(key, "my plan, in many words")
	first := note()
	f.put(key, "another plan")
	second := note()
	wantGone("Renew", func() error { return f.Renew(f.ctx, key, renewed) }, wrapped(key))
	wantHidden(t, onDisk(t, path), first, second, "my plan, in many words", "my dietitian", view)
	third := note()
	wantGone("Delete", func() error { return f.Delete(f.ctx, renewed) }, third)
}

// A reader that sits in the way delays the cleaning, not the delete.
func TestDeleteBehindALongRead(t *testing.T) {
	path := newFile(t)
	f := newFixture(t, path)
	key, _ := f.saved("one")
	sealed := f.link(key).Wrapped
	long := f.read.Begin()
	var n int64
	long.Table("links").Count(&n)
	wantErr(t, "Delete", f.Delete(f.ctx, key), nil)
	if !strings.Contains(f.log.String(), "a long read was in the way") {
		t.Errorf("the log says nothing of it:\n%s", f.log)
	}
	long.Rollback()
	if _, err := f.Sweep(f.ctx); err != nil {
		t.Fatal(err)
	}
	wantHidden(t, onDisk(t, path), string(sealed))
}

// What a crash leaves is the files as they are at that moment.
func TestSavedSurvivesACrash(t *testing.T) {
	path := newFile(t)
	f := newFixture(t, path)
	key, s := f.saved("one")
	crashed := newFile(t)
	for _, suffix := range []string{"", "-wal"} {
		if err := os.WriteFile(crashed+suffix, readFile(t, path+suffix), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	newFixture(t, crashed).wantEntries(key, s)
}

func TestDamagedPagesOpenNothingElse(t *testing.T) {
	path := newFile(t)
	f := newFixture(t, path)
	key, s := f.saved("one")
	wantErr(t, "Close", f.Close(), nil)
	whole := readFile(t, path)
	for at := 100; at < len(whole); at += 997 {
		damaged := newFile(t)
		flipped := bytes.Clone(whole)
		flipped[at] ^= 0xff
		if err := os.WriteFile(damaged, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := Open(f.ctx, Options{URL: damaged, Now: f.clock})
		if err != nil {
			continue
		}
		j, err := db.Read(f.ctx, key)
		if err == nil && !bytes.Equal(j.Entries[0].Payload, s.Payload) {
			t.Errorf("with byte %d changed, the key opens other data", at)
		}
		db.Close()
	}
	f.open()
}

func TestOnlyTheOwnerReadsTheFile(t *testing.T) {
	path := newFile(t)
	f := newFixture(t, path)
	f.saved("one")
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != 0o600 {
			t.Errorf("file%s has mode %o, want 600", suffix, got)
		}
	}
}

func TestSettings(t *testing.T) {
	f := newFixture(t, newFile(t))
	for pragma, want := range map[string]string{
		"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1",
		"busy_timeout": "5000", "application_id": "1198879827",
	} {
		var got string
		if err := f.writer.db.Raw("PRAGMA " + pragma).Scan(&got).Error; err != nil || got != want {
			t.Errorf("%s is %s (%v), want %s", pragma, got, err, want)
		}
	}
	if err := f.read.Exec("DELETE FROM links").Error; err == nil {
		t.Error("a reading connection can write")
	}
}
