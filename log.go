package main

import (
	"bufio"
	"io"
	"log/slog"
	"sync"
	"time"
)

// logDelay is how long a line of the log may wait for others.
const logDelay = 100 * time.Millisecond

// newLog writes lines of text, or of JSON, with everything hidden that looks like a
// secret.
func newLog(format string, out io.Writer) *slog.Logger {
	if format == "json" {
		return slog.New(slog.NewJSONHandler(redacted{out}, nil))
	}
	return slog.New(slog.NewTextHandler(redacted{out}, nil))
}

// redacted hides secrets in what it writes. Nothing that the check logs holds one: this
// is for what a library or a mistake may put there one day.
type redacted struct{ out io.Writer }

// Write takes one line.
func (r redacted) Write(line []byte) (int, error) {
	if _, err := r.out.Write(redact(line)); err != nil {
		return 0, err
	}
	return len(line), nil
}

// lines writes the lines of a log a few at a time: a call to the system for each
// request would take a fifth of the time of the start page. A crash of the machine or
// kill -9 loses the lines of the last moment, and no result.
type lines struct {
	mu    sync.Mutex
	out   *bufio.Writer
	timer *time.Timer // runs while lines wait
}

func newLines(out io.Writer) *lines { return &lines{out: bufio.NewWriterSize(out, 32<<10)} }

// Write takes one line.
func (l *lines) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.timer == nil {
		l.timer = time.AfterFunc(logDelay, l.flush)
	}
	return l.out.Write(line)
}

// flush writes what waits. A log that cannot be written is no reason to stop.
func (l *lines) flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.timer = nil
	_ = l.out.Flush()
}
