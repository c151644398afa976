package store

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// A disk of 1 MiB, which any page, log or index may be the one to fill.
func TestFullDisk(t *testing.T) {
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("NOT TESTED: a small disk cannot be mounted here (%v); run the tests as root", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	path, ballast := filepath.Join(disk, "results.db"), filepath.Join(disk, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 300<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	f := newFixture(t, path)
	f.keepEditions()
	fillsUp(t, f, func() {
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
	})
	wantErr(t, "Close", f.Close(), nil)
	found, err := Verify(f.ctx, path, itself)
	wantWhole(t, "Verify", found, err)
	f.open()
}
