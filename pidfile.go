package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// A pid file names the process that serves. The process keeps a lock on it for as long
// as it lives: without the lock the number is old, and may be another program's by now.

// writePID makes the pid file of this process. The file goes when remove is called.
func writePID(path string) (remove func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644) //nolint:gosec // anybody may know the number of a process
	if err != nil {
		return nil, fmt.Errorf("the pid file cannot be written; check its folder and who may write there: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("another process has the pid file %s: stop it, or give another path", path), f.Close())
	}
	err = f.Truncate(0)
	if err == nil {
		_, err = fmt.Fprintln(f, os.Getpid())
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("the pid file cannot be written: %w", err), f.Close())
	}
	return func() {
		_ = os.Remove(path) // one that stays is not locked, and is written over
		_ = f.Close()
	}, nil
}

// readPID returns the process that a pid file names, if it lives.
func readPID(path string) (*os.Process, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the pid file cannot be read; give the one that gutskin serve has as --pid-file: %w", err)
	}
	defer func() { _ = f.Close() }()
	if syscall.Flock(int(f.Fd()), syscall.LOCK_SH|syscall.LOCK_NB) == nil {
		return nil, fmt.Errorf("the process that wrote %s has ended: start gutskin serve again", path)
	}
	text, err := io.ReadAll(io.LimitReader(f, 20))
	if err != nil {
		return nil, fmt.Errorf("read the pid file: %w", err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || pid < 1 {
		return nil, fmt.Errorf("%s names no process: start gutskin serve again", path)
	}
	return os.FindProcess(pid)
}
