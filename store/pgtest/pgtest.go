// Package pgtest starts a private PostgreSQL for tests, from the programs that are
// installed: in a folder of its own, on a unix socket, gone at the end.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// ErrMissing says that no PostgreSQL is installed.
var ErrMissing = errors.New("PostgreSQL is not installed; on Debian or Ubuntu, apt-get install postgresql")

// How the tests find and wait for a server.
const (
	installed  = "/usr/lib/postgresql/*/bin"
	startsIn   = 60 * time.Second
	stopsIn    = 60 * time.Second
	superuser  = "postgres"
	socketPort = "5432"
)

// Server is a PostgreSQL that nothing but this machine reaches.
type Server struct {
	bin, dir string
	settings []string
	process  process
	names    atomic.Int64
}

// process is a server that runs, or did.
type process struct {
	*exec.Cmd
	done chan struct{} // closed when it ended
}

// Start makes a new, empty cluster and starts a server on it. Settings are lines of
// its configuration, such as "max_connections=20".
func Start(settings ...string) (*Server, error) {
	bin, err := newest()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "gutskin-pg-")
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin, dir: dir, settings: settings}
	if err := s.initialise(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if err := s.Resume(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

// newest is the folder with the programs of the highest version.
func newest() (string, error) {
	version := func(bin string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin))) // 0 is as good as any for an odd name
		return n
	}
	found, err := filepath.Glob(installed)
	if err == nil && len(found) > 0 {
		return slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) }), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", ErrMissing
	}
	return filepath.Dir(path), nil
}

func (s *Server) initialise() error {
	if err := giveAway(s.dir); err != nil {
		return err
	}
	out, err := s.command("initdb", "--pgdata", s.data(), "--username", superuser, "--auth", "trust",
		"--no-sync", "--encoding", "UTF8", "--locale", "C.UTF-8").CombinedOutput()
	if err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	// Who is called locked needs a password; everybody else is let in.
	rules := ""
	for _, rule := range [][2]string{{"locked", "scram-sha-256"}, {"all", "trust"}} {
		rules += fmt.Sprintf("local all %s %s\n", rule[0], rule[1])
	}
	return os.WriteFile(filepath.Join(s.data(), "pg_hba.conf"), []byte(rules), 0o600)
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// command runs a program of PostgreSQL, which refuses to be root.
func (s *Server) command(name string, args ...string) *exec.Cmd {
	c := exec.Command(filepath.Join(s.bin, name), args...)
	c.Dir = s.dir
	c.SysProcAttr = unprivileged()
	return c
}

// Resume starts a server that was stopped.
func (s *Server) Resume() (err error) {
	args := []string{"-D", s.data(), "-k", s.dir, "-p", socketPort, "-c", "listen_addresses="}
	for _, setting := range s.settings {
		args = append(args, "-c", setting)
	}
	log, err := os.OpenFile(filepath.Join(s.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	s.process = process{s.command("postgres", args...), make(chan struct{})}
	s.process.Stdout, s.process.Stderr = log, log
	if err := s.process.Start(); err != nil {
		return err
	}
	go func(p process) {
		defer close(p.done)
		_ = p.Wait() // one that is killed on purpose fails as well
	}(s.process)
	return s.awaitReady()
}

func (s *Server) awaitReady() error {
	deadline := time.Now().Add(startsIn)
	for {
		err := s.Exec("postgres", "SELECT 1")
		if err == nil {
			return nil
		}
		select {
		case <-s.process.done:
			return fmt.Errorf("PostgreSQL ended before it was ready:\n%s", s.Log())
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return errors.Join(fmt.Errorf("PostgreSQL was not ready in time: %w", err), s.Kill())
		}
	}
}

// Log is what the server wrote.
func (s *Server) Log() string {
	text, err := os.ReadFile(filepath.Join(s.dir, "log"))
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// Socket is the folder of the server's socket, whose port is 5432.
func (s *Server) Socket() string { return s.dir }

// URL names a database for the user who may do everything.
func (s *Server) URL(database string) string { return s.URLFor(superuser, "", database) }

// URLFor names a database for a user. The user locked needs a password.
func (s *Server) URLFor(user, password, database string) string {
	who := url.User(user)
	if password != "" {
		who = url.UserPassword(user, password)
	}
	return (&url.URL{Scheme: "postgres", User: who, Path: "/" + database,
		RawQuery: url.Values{"host": {s.dir}}.Encode()}).String()
}

// NewDatabase makes an empty database and returns its URL.
func (s *Server) NewDatabase() (string, error) {
	name := fmt.Sprintf("test_%d", s.names.Add(1))
	return s.URL(name), s.Exec("postgres", "CREATE DATABASE "+name)
}

// Exec runs statements in a database, as the user who may do everything.
func (s *Server) Exec(database string, statements ...string) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), startsIn)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.URL(database))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	for _, statement := range statements {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// Halt stops the server as an operator does: those connected are sent away.
func (s *Server) Halt() error { return s.end(syscall.SIGINT) }

// Kill stops the server as a crash does.
func (s *Server) Kill() error { return s.end(syscall.SIGQUIT) }

func (s *Server) end(how os.Signal) error {
	if err := s.process.Process.Signal(how); err != nil {
		return err
	}
	select {
	case <-s.process.done:
		return nil
	case <-time.After(stopsIn):
		return errors.Join(errors.New("PostgreSQL did not stop"), s.process.Process.Kill())
	}
}

// Stop ends the server, if it runs, and removes all it had.
func (s *Server) Stop() error {
	err := s.end(syscall.SIGQUIT)
	if errors.Is(err, os.ErrProcessDone) {
		err = nil
	}
	return errors.Join(err, os.RemoveAll(s.dir))
}
