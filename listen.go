package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"
	"syscall"
	"time"
)

const (
	unixScheme = "unix:"
	socketMode = 0o660 // its owner and its group may connect
	dialTime   = time.Second
)

// listen takes an address and port, as in :8080, or unix:/path/of.sock.
func listen(ctx context.Context, address string) (net.Listener, error) {
	path, ok := strings.CutPrefix(address, unixScheme)
	if !ok {
		l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
		if err != nil {
			return nil, fmt.Errorf("listen on %s: %w; give another address with --listen, or stop what has it", address, bare(err))
		}
		return l, nil
	}
	if path == "" {
		return nil, errors.New("no socket is named: write it like unix:/run/gutskin/gutskin.sock")
	}
	if old, err := stale(ctx, path); err != nil {
		return nil, err
	} else if old {
		if err := os.Remove(path); err != nil {
			return nil, fmt.Errorf("the socket of a process that is gone cannot be removed: %w", err)
		}
	}
	l, err := (&net.ListenConfig{}).Listen(ctx, "unix", path)
	if err != nil {
		return nil, fmt.Errorf("listen on %s: %w; check its folder and who may write there", address, bare(err))
	}
	if err := os.Chmod(path, socketMode); err != nil {
		return nil, errors.Join(fmt.Errorf("the group cannot be let into the socket: %w", err), l.Close())
	}
	return l, nil
}

// stale reports that there is the socket of a process that is gone. A socket on which
// somebody answers, and what is no socket, are errors.
func stale(ctx context.Context, path string) (bool, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("the socket cannot be looked at: %w", err)
	case info.Mode().Type() != fs.ModeSocket:
		return false, fmt.Errorf("%s is no socket and was left as it is: give another path, or move it away", path)
	}
	conn, err := (&net.Dialer{Timeout: dialTime}).DialContext(ctx, "unix", path)
	if err == nil {
		return false, errors.Join(fmt.Errorf("another process answers on %s: stop it, or give another path", path), conn.Close())
	}
	if !errors.Is(err, syscall.ECONNREFUSED) {
		return false, fmt.Errorf("whether another process answers on %s cannot be told: %w", path, bare(err))
	}
	return true, nil
}

// bare is a network error without the address, which stands before it already.
func bare(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

// shown is an address a person can open: a wildcard host becomes localhost.
func shown(a net.Addr) string {
	if a.Network() == "unix" {
		return unixScheme + a.String()
	}
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		return a.String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
