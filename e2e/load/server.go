package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is another process that answers HTTP on this machine.
type server struct {
	*exec.Cmd
	addr  string
	log   string // where it writes what it has to say
	ended chan error
}

// startLimit is how long a start may take, on a busy machine too.
const startLimit = 30 * time.Second

var address = regexp.MustCompile(`http://(\S+)`)

// start runs a program that prints its address, and returns once it listens.
func start(log, program string, args ...string) (*server, error) {
	s := &server{Cmd: exec.Command(program, args...), log: log, ended: make(chan error, 1)}
	out, err := os.OpenFile(log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	s.Stderr = out
	stdout, err := s.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.Start(); err != nil {
		return nil, err
	}
	line := make([]byte, 256)
	n, err := stdout.Read(line) // the one line that is ever printed
	found := address.FindSubmatch(line[:n])
	go func() { s.ended <- s.Wait() }()
	if found == nil {
		said, _ := os.ReadFile(log)
		return nil, fmt.Errorf("%s did not start (%w): %s", filepath.Base(program), err, said)
	}
	s.addr = strings.Replace(string(found[1]), "localhost", "127.0.0.1", 1)
	return s, nil
}

// serve starts the check on a free port.
func serve(binary, dir, db string) (*server, error) {
	return start(filepath.Join(dir, "check.log"), binary, "serve", "--listen", "127.0.0.1:0", "--db", db, "--limit", "0")
}

// stop asks the process to end and waits for it.
func (s *server) stop() error { return s.end(syscall.SIGTERM) }

// kill ends the process at once, wherever it is.
func (s *server) kill() { _ = s.end(syscall.SIGKILL) }

func (s *server) end(how syscall.Signal) error {
	if err := s.Process.Signal(how); err != nil {
		return err
	}
	select {
	case err := <-s.ended:
		s.ended <- nil
		return err
	case <-time.After(startLimit):
		return errors.Join(errors.New("the server does not end"), s.Process.Kill())
	}
}

// alive reports that the process has not ended.
func (s *server) alive() bool {
	select {
	case err := <-s.ended:
		s.ended <- err
		return false
	default:
		return true
	}
}

// memory is what the process has in memory now, and the most it ever had, in MB.
func (s *server) memory() (now, most float64) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.Process.Pid))
	if err != nil {
		return 0, 0
	}
	kb := func(name string) float64 {
		_, rest, _ := bytes.Cut(b, []byte(name+":"))
		fields := bytes.Fields(rest)
		if len(fields) == 0 {
			return 0
		}
		n, _ := strconv.ParseFloat(string(fields[0]), 64)
		return n / 1000
	}
	return kb("VmRSS"), kb("VmHWM")
}

// cpu is the processor time that the process has used so far.
func (s *server) cpu() time.Duration { return cpuOf(strconv.Itoa(s.Process.Pid)) }

// cpuOf is the processor time that a process has used so far.
func cpuOf(pid string) time.Duration {
	const tick = 10 * time.Millisecond
	fields := statOf(pid)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(string(fields[11]))
	system, _ := strconv.Atoi(string(fields[12]))
	return time.Duration(user+system) * tick
}

// parentOf is the process that started another.
func parentOf(pid string) string {
	fields := statOf(pid)
	if len(fields) < 2 {
		return ""
	}
	return string(fields[1])
}

// statOf is what Linux tells of a process, from its state on.
func statOf(pid string) [][]byte {
	b, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return nil
	}
	return bytes.Fields(b[bytes.LastIndexByte(b, ')')+1:])
}

// ownCPU is the processor time that the load itself has used so far.
func ownCPU() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// firstByte starts the check with a database and returns how long it took until the
// first byte of the start page came.
func firstByte(binary, db string) (time.Duration, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	addr := free.Addr().String()
	free.Close()
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	began := time.Now()
	cmd := exec.CommandContext(ctx, binary, "serve", "--listen", addr, "--db", db)
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
	}()
	for ctx.Err() == nil {
		c, err := net.Dial("tcp", addr)
		if err != nil {
			time.Sleep(time.Millisecond)
			continue
		}
		defer c.Close()
		if _, err := io.WriteString(c, get("/", "")); err != nil {
			return 0, err
		}
		if _, err := c.Read(make([]byte, 1)); err != nil {
			return 0, err
		}
		return time.Since(began), nil
	}
	return 0, ctx.Err()
}

// run runs a program to its end. What it printed is in the error.
func run(program string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, program, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %s: %w: %s", filepath.Base(program), strings.Join(args, " "), err, out)
	}
	return nil
}
