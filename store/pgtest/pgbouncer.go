package pgtest

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Pooler is a PgBouncer before a server: each transaction may get another connection.
type Pooler struct {
	dir     string
	process *exec.Cmd
}

// StartPgBouncer starts a pooler with few connections. Without PgBouncer it answers
// ErrMissing.
func StartPgBouncer(s *Server) (*Pooler, error) {
	program, err := exec.LookPath("pgbouncer")
	if err != nil {
		if program, err = exec.LookPath("/usr/sbin/pgbouncer"); err != nil {
			return nil, fmt.Errorf("%w, and pgbouncer", ErrMissing)
		}
	}
	dir, err := os.MkdirTemp("", "gutskin-pool-")
	if err != nil {
		return nil, err
	}
	p := &Pooler{dir: dir}
	if err := p.start(s, program); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return p, nil
}

func (p *Pooler) start(s *Server, program string) error {
	settings := fmt.Sprintf(`[databases]
* = host=%s port=%s user=%s
[pgbouncer]
listen_addr =
unix_socket_dir = %s
listen_port = %s
auth_type = any
pool_mode = transaction
default_pool_size = 3
max_client_conn = 500
server_login_retry = 1
logfile = %s
`, s.dir, socketPort, superuser, p.dir, socketPort, filepath.Join(p.dir, "log"))
	file := filepath.Join(p.dir, "pgbouncer.ini")
	if err := os.WriteFile(file, []byte(settings), 0o644); err != nil {
		return err
	}
	if err := giveAway(p.dir); err != nil {
		return err
	}
	p.process = s.command("pgbouncer", "--quiet", file)
	p.process.Path = program
	if err := p.process.Start(); err != nil {
		return err
	}
	deadline := time.Now().Add(startsIn)
	for {
		conn, err := net.Dial("unix", filepath.Join(p.dir, ".s.PGSQL."+socketPort))
		if err == nil {
			return conn.Close()
		}
		if time.Now().After(deadline) {
			return errors.Join(fmt.Errorf("PgBouncer was not ready in time: %w", err), p.Stop())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// URL is the URL of a database of the server, by way of the pooler.
func (p *Pooler) URL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.RawQuery = url.Values{"host": {p.dir}}.Encode()
	return u.String()
}

// Stop ends the pooler and removes all it had.
func (p *Pooler) Stop() error {
	err := p.process.Process.Kill()
	_ = p.process.Wait() // killed is what it is to be
	return errors.Join(err, os.RemoveAll(p.dir))
}
