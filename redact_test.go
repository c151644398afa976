package main

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestRedact(t *testing.T) {
	const key = "NSR33VOW3LAXUZMF65ATN55NGR"
	cookie := base64.RawURLEncoding.EncodeToString([]byte(strings.Repeat(`{"age":"a35_64"}`, 8)))
	for _, c := range []struct{ line, want string }{
		{"", ""},
		{"nothing to hide", "nothing to hide"},
		{key, hidden},
		{"/r/" + key + "/save", "/r/" + hidden + "/save"},
		{`error="GET /r/` + key + ` failed"`, `error="GET /r/` + hidden + ` failed"`},
		{`{"error":"` + key + `"}`, `{"error":"` + hidden + `"}`},
		{"a." + key + ".b and " + key, hidden + " and " + hidden},
		{key + key, hidden},
		{key[:25], key[:25]},
		{"cookie draft=2~" + key + "~" + key + "~age:a35_64~sleep_hours:=7.5~skin:acne+hives end", "cookie " + hidden + " end"},
		{"draft=" + cookie + "; x", hidden + "; x"},
		{"<ann.lee+gut@mail.example.co.uk>", "<" + hidden + ">"},
		{"to=ann@example.org.", hidden},
		{"link=ann%40example.org&x=1", hidden},
		{"ünal@example.org", hidden},
		{"smtp://user:hunter2@mail.example.org:587", "smtp://" + hidden},
		{"ann@localhost", "ann@localhost"},
		{"github.com/gofiber/fiber/v2@v2.52.15/router.go:158", "github.com/gofiber/fiber/v2@v2.52.15/router.go:158"},
		{"golang.org/toolchain@v0.0.1-go1.26.0.linux-amd64/src", "golang.org/toolchain@v0.0.1-go1.26.0.linux-amd64/src"},
		{"id=AVM6WOHT47SI", "id=AVM6WOHT47SI"},
		{"edition=sha256:" + strings.Repeat("0a", 32), "edition=sha256:" + strings.Repeat("0a", 32)},
		{"@", "@"}, {"a@b.cd", hidden}, {"@b.cdef", "@b.cdef"}, {"%40b.cdef", "%40b.cdef"}, {"abc@def.", "abc@def."}, {"abcdef%40", "abcdef%40"},
	} {
		if got := string(redact([]byte(c.line))); got != c.want {
			t.Errorf("%q: got %q, want %q", c.line, got, c.want)
		}
	}
	if trace := debug.Stack(); !bytes.Equal(redact(trace), trace) {
		t.Errorf("a stack trace is not as it was:\n%s", redact(trace))
	}
}

// Wherever a secret stands in a line of either format, it is not written, and the line
// stays one that can be read.
func TestLogHidesSecrets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.SampledFrom([]string{rand.Text(), "ann@example.org", strings.Repeat("eyJhIjoiYjM1", 8)}).Draw(t, "secret")
		around := rapid.StringMatching(`[ /"'=:;,<>\\\n]{1,3}`)
		text := "begin " + around.Draw(t, "before") + secret + around.Draw(t, "after") + " end"
		for _, format := range []string{"text", "json"} {
			var out bytes.Buffer
			log := newLog(format, &out)
			log.Error(text, "error", errors.New(text), "any", struct{ Text string }{text}, text, 1, slog.Group("g", "in", []byte(text)))
			if strings.Contains(out.String(), secret) {
				t.Fatalf("%s: %s", format, out.String())
			}
			if !strings.Contains(out.String(), "begin ") || !strings.Contains(out.String(), " end") {
				t.Fatalf("%s hides too much: %s", format, out.String())
			}
			if format == "json" && !json.Valid(out.Bytes()) {
				t.Fatalf("no JSON any more: %s", out.String())
			}
		}
	})
}

// A log that was cut by hiding is written whole: its writer must not think it failed.
func TestRedactedWriteCountsTheLine(t *testing.T) {
	line := "to ann.with.a.long.name@example.org\n"
	if n, err := io.WriteString(redacted{io.Discard}, line); n != len(line) || err != nil {
		t.Errorf("got %d, %v; want %d", n, err, len(line))
	}
}

func BenchmarkLogLine(b *testing.B) {
	for _, format := range []string{"text", "json"} {
		log := newLog(format, io.Discard)
		b.Run(format, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				log.Info("request", "method", "GET", "route", "/r/:key", "status", 200, "duration", 1234567, "id", "AVM6WOHT47SI")
			}
		})
	}
	line := []byte(fmt.Sprintf("time=2026-06-01T09:30:00.000Z level=INFO msg=request method=GET route=/r/:key status=200 duration=1.2ms id=%s\n", "AVM6WOHT47SI"))
	b.Run("redact", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			redact(line)
		}
	})
}
