package main

import (
	"bufio"
	"io"
	"sync"
	"time"
)

// logDelay is how long a line of the log may wait for others.
const logDelay = 100 * time.Millisecond

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
