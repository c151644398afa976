package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

const (
	healthTimeout = 10 * time.Second // longer than the store may take to say that it does not answer
	healthPause   = 100 * time.Millisecond
)

// healthCmd asks a running check how it is: a container holds nothing else that
// could ask.
type healthCmd struct {
	Listen string        `help:"Where the check listens." env:"GUTSKIN_LISTEN" default:":8080"`
	Wait   time.Duration `help:"Ask again for this long while it is not ready, as in 10s."`
}

// Run answers with an error unless the check can keep results.
func (c *healthCmd) Run(ctx context.Context, s streams) error {
	end := time.Now().Add(c.Wait)
	for {
		answer, err := c.ask(ctx)
		if err == nil {
			fmt.Fprint(s.out, answer)
			return nil
		}
		if !time.Now().Before(end) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(healthPause):
		}
	}
}

// ask asks once, with a request written by hand: a whole client of HTTP would make the
// binary a megabyte larger.
func (c *healthCmd) ask(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	conn, err := c.dial(ctx)
	if err != nil {
		return "", fmt.Errorf("nothing answers on %s; start it, or give its --listen: %w", c.Listen, err)
	}
	defer func() { _ = conn.Close() }()
	defer context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })()
	code, answer, err := get(conn, "/readyz")
	switch {
	case err != nil:
		return "", fmt.Errorf("the check on %s did not answer to the end: %w", c.Listen, err)
	case code != http.StatusOK:
		return "", fmt.Errorf("the check on %s is not ready; read its log: it answers %d, %s", c.Listen, code, strings.TrimSpace(answer))
	}
	return answer, nil
}

// get asks for a path over a connection, and reads 1 KB of the answer.
func get(conn net.Conn, path string) (code int, answer string, err error) {
	if _, err := io.WriteString(conn, "GET "+path+" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"); err != nil {
		return 0, "", err
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return 0, "", err
	}
	text, err := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	_ = response.Body.Close()
	return response.StatusCode, string(text), err
}

// dial goes where serve listens. An address without a host means this machine.
func (c *healthCmd) dial(ctx context.Context) (net.Conn, error) {
	var d net.Dialer
	if path, ok := strings.CutPrefix(c.Listen, unixScheme); ok {
		return d.DialContext(ctx, "unix", path)
	}
	return d.DialContext(ctx, "tcp", c.Listen)
}
