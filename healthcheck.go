package main

import (
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

// ask asks once.
func (c *healthCmd) ask(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, healthTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost/readyz", nil)
	if err != nil {
		return "", err
	}
	asking := http.Client{Transport: &http.Transport{DialContext: c.dial, DisableKeepAlives: true}}
	response, err := asking.Do(request)
	if err != nil {
		return "", fmt.Errorf("nothing answers on %s; start it, or give its --listen: %w", c.Listen, err)
	}
	answer, err := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	_ = response.Body.Close()
	switch {
	case err != nil:
		return "", fmt.Errorf("the check on %s did not answer to the end: %w", c.Listen, err)
	case response.StatusCode != http.StatusOK:
		return "", fmt.Errorf("the check on %s is not ready; read its log: it answers %d, %s", c.Listen, response.StatusCode, strings.TrimSpace(string(answer)))
	}
	return string(answer), nil
}

// dial goes where serve listens, whatever the address asked for. An address without
// a host means this machine.
func (c *healthCmd) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	var d net.Dialer
	if path, ok := strings.CutPrefix(c.Listen, "unix:"); ok {
		return d.DialContext(ctx, "unix", path)
	}
	return d.DialContext(ctx, "tcp", c.Listen)
}
