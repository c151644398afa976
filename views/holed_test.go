package views

import (
	"bytes"
	"compress/gzip"
	"io"
	"testing"

	"github.com/andybalholm/brotli"
	"pgregory.net/rapid"
)

// Whatever is packed around a hole, browsers unpack it with the hole filled.
func TestHoled(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("abc <>/=\"é–\u0081\u0082")), 4, 4000, -1)
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		size := rapid.IntRange(1, 128).Draw(t, "size")
		body := PackAround([]byte(before), []byte(after), size)
		for range 3 { // packed once, filled often
			fill := rapid.StringOfN(rapid.RuneFrom([]rune("ABC27<")), size, size, -1).Draw(t, "fill")
			want := before + fill + after
			if got := string(body.Plain(fill)); got != want {
				t.Fatalf("plain: got %q, want %q", got, want)
			}
			r, err := gzip.NewReader(bytes.NewReader(body.Gzip(fill)))
			if err != nil {
				t.Fatal(err)
			}
			wantUnpacked(t, "gzip", r, want)
			wantUnpacked(t, "brotli", brotli.NewReader(bytes.NewReader(body.Brotli(fill))), want)
		}
	})
}

func wantUnpacked(t *rapid.T, what string, r io.Reader, want string) {
	t.Helper()
	got, err := io.ReadAll(r)
	if err != nil || string(got) != want {
		t.Fatalf("%s: got %q (%v), want %q", what, got, err, want)
	}
}
