package data_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"gutskin/data"
)

// within fails when something takes longer or more memory than a content of ours ever
// does, and returns what it said.
func within(t *testing.T, name string, seconds float64, megabytes uint64, do func() error) error {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	err := do()
	took := time.Since(began).Seconds()
	runtime.ReadMemStats(&after)
	if took > seconds {
		t.Errorf("%s: it took %.1f s, want at most %.0f", name, took, seconds)
	}
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > megabytes {
		t.Errorf("%s: it used %d MB, want at most %d", name, used, megabytes)
	}
	return err
}

// bombs are small files that mean a lot.
func bombs() map[string]string {
	laughs := "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
	merges := "b0: &b0 {k: v}\n"
	for i := range 30 {
		laughs += fmt.Sprintf("a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 9), ", "))
		merges += fmt.Sprintf("b%d: &b%d {<<: *b%d, k%d: *b%d, l%d: *b%d}\n", i+1, i+1, i, i, i, i, i)
	}
	return map[string]string{
		"laughs":                laughs + "brand: *a30\n",
		"merges":                merges + "owner: *b30\n",
		"an alias to itself":    "brand: &x [*x]\n",
		"an alias to nothing":   "brand: *nothing\n",
		"deep lists":            "brand: " + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + "\n",
		"deep maps":             "brand: " + strings.Repeat("{a: ", 20000) + "x" + strings.Repeat("}", 20000) + "\n",
		"deep blocks":           deepBlocks(1000),
		"lists that never end":  "brand: " + strings.Repeat("[", 200000),
		"many documents":        strings.Repeat("---\nbrand: x\n", 40000),
		"many keys":             keysWithoutEnd(40000),
		"the same key":          strings.Repeat("brand: x\n", 40000),
		"a long line":           "brand: " + strings.Repeat("x", 900000) + "\n",
		"a long key":            strings.Repeat("x", 900000) + ": x\n",
		"quotes that never end": "brand: \"" + strings.Repeat("\\x41", 200000),
		"tags":                  "brand: !!binary " + strings.Repeat("QUFB", 100000) + "\n",
		"a type that runs":      "brand: !!python/object/apply:os.system [ls]\n",
		"a number beyond all":   "keep_months: 1e999999999\n",
		"many comments":         strings.Repeat("# x\n", 200000),
		"a byte order mark":     "\ufeffbrand: x\n",
		"no text":               string(bytes.Repeat([]byte{0, 1, 2, 0xff}, 1000)),
		"another encoding":      "\xff\xfeb\x00r\x00",
		"dashes":                strings.Repeat("- ", 100000),
		"questions":             strings.Repeat("? ", 100000),
		"colons":                strings.Repeat(":", 100000),
		"anchors":               strings.Repeat("&a ", 100000),
	}
}

func deepBlocks(depth int) string {
	var b strings.Builder
	for i := range depth {
		fmt.Fprintf(&b, "%sa:\n", strings.Repeat(" ", i))
	}
	return b.String()
}

func keysWithoutEnd(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "key%d: x\n", i)
	}
	return b.String()
}

func TestBombs(t *testing.T) {
	for name, body := range bombs() {
		files := maps.Clone(tiny(t))
		files["site.yaml"] = &fstest.MapFile{Data: []byte(body)}
		err := within(t, name, 5, 400, func() error {
			_, err := data.Load(files)
			return err
		})
		switch {
		case err == nil:
			t.Errorf("%s: it was taken", name)
		case len(err.Error()) > 4000 || !strings.Contains(err.Error(), "site.yaml:"):
			t.Errorf("%s: the message has %d bytes and begins %.200s", name, len(err.Error()), err)
		}
	}
}

func TestProblemsDoNotSteerATerminal(t *testing.T) {
	files := maps.Clone(tiny(t))
	files["site.yaml"] = &fstest.MapFile{Data: []byte("\"br\\e[2J\\e[31m\\n\\r\\u202eand\": x\n")}
	_, err := data.Load(files)
	if err == nil || strings.ContainsAny(err.Error(), "\x1b\r\u202e") || !strings.Contains(err.Error(), "unknown field") {
		t.Errorf("got %q", err)
	}
}

// TestHostileFolders gives folders in which something else than files of text stands.
func TestHostileFolders(t *testing.T) {
	for name, c := range map[string]struct {
		make func(dir string) error
		want string
	}{
		"a link to itself":     {func(dir string) error { return os.Symlink("loop.yaml", filepath.Join(dir, "loop.yaml")) }, "loop.yaml:1:1: this file cannot be read"},
		"a link to a device":   {func(dir string) error { return os.Symlink("/dev/zero", filepath.Join(dir, "zero.yaml")) }, "zero.yaml:1:1: this is no ordinary file"},
		"a link to nothing":    {func(dir string) error { return os.Symlink("nothing", filepath.Join(dir, "none.yaml")) }, "none.yaml:1:1: this file cannot be read"},
		"a link to the folder": {func(dir string) error { return os.Symlink(".", filepath.Join(dir, "again")) }, ""}, // not followed
		"a pipe":               {func(dir string) error { return syscall.Mkfifo(filepath.Join(dir, "pipe.yaml"), 0o600) }, "pipe.yaml:1:1: this is no ordinary file"},
		"a huge file":          {func(dir string) error { return os.Truncate(filepath.Join(dir, "site.yaml"), 50<<30) }, "site.yaml:1:1: this file is larger than 1 MB"},
		"a folder like a file": {func(dir string) error { return os.Mkdir(filepath.Join(dir, "folder.yaml"), 0o700) }, ""},
		"a name that steers": {func(dir string) error { return os.WriteFile(filepath.Join(dir, "\x1b[2J.yml"), nil, 0o600) },
			" [2J.yml:1:1: this file would not be read"},
		"many files": {func(dir string) error {
			for i := range 300 {
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("f%d.yaml", i)), nil, 0o600); err != nil {
					return err
				}
			}
			return nil
		}, "more than 200 YAML files"},
		"deep folders": {func(dir string) error { return os.MkdirAll(filepath.Join(dir, strings.Repeat("d/", 1500)), 0o700) }, ""},
	} {
		dir := t.TempDir()
		if err := os.CopyFS(dir, tiny(t)); err != nil {
			t.Fatal(err)
		}
		if err := c.make(dir); err != nil {
			t.Fatal(err)
		}
		err := within(t, name, 5, 200, func() error {
			_, err := data.Load(os.DirFS(dir))
			return err
		})
		if got := fmt.Sprint(err); (err == nil) != (c.want == "") || !strings.Contains(got, c.want) && err != nil {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// TestHostilePacks gives packed contents that are larger than they say, or than any
// content is: a database that was written to by somebody else can hold them.
func TestHostilePacks(t *testing.T) {
	packed := func(name string, size int, says uint64) []byte {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		var body bytes.Buffer
		deflate, err := flate.NewWriter(&body, flate.BestCompression)
		if err != nil {
			t.Fatal(err)
		}
		zeros := make([]byte, 1<<20)
		for range size >> 20 {
			if _, err := deflate.Write(zeros); err != nil {
				t.Fatal(err)
			}
		}
		if err := deflate.Close(); err != nil {
			t.Fatal(err)
		}
		f, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: uint64(body.Len()), UncompressedSize64: says})
		if err == nil {
			_, err = f.Write(body.Bytes())
		}
		if err := errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	for name, blob := range map[string][]byte{
		"larger than a file may be": packed("site.yaml", 200<<20, 200<<20),
		"larger than it says":       packed("site.yaml", 200<<20, 100),
		"outside of the folder":     packed("../../site.yaml", 1<<20, 1<<20),
		"an absolute name":          packed("/etc/site.yaml", 1<<20, 1<<20),
		"no pack":                   []byte("PK\x03\x04 no pack"),
		"nothing":                   nil,
	} {
		err := within(t, name, 5, 100, func() error {
			_, err := data.Unpack(blob)
			return err
		})
		if err == nil {
			t.Errorf("%s: it was taken", name)
		}
	}
}

func FuzzUnpackContent(f *testing.F) {
	library, err := data.Load(tiny(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(library.Pack())
	f.Add(library.Pack()[:100])
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, blob []byte) {
		got, err := data.Unpack(blob)
		if (got == nil) == (err == nil) {
			t.Fatalf("got library %v and error %v", got != nil, err)
		}
	})
}
