package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The pages of /readyz are those of web; this is about asking for them.
func TestHealthcheck(t *testing.T) {
	for _, network := range []string{"tcp", "unix"} {
		for _, c := range []struct {
			status     int
			exit       int
			out, wrong string
		}{
			{http.StatusOK, ok, "ready\n", ""},
			{http.StatusServiceUnavailable, failed, "", "is not ready; read its log: it answers 503, ready"},
		} {
			t.Run(fmt.Sprintf("%s %d", network, c.status), func(t *testing.T) {
				listen := serveReady(t, network, c.status)
				var out, errs bytes.Buffer
				exit := run(context.Background(), []string{"healthcheck", "--listen", listen}, nil, &out, &errs)
				if exit != c.exit || out.String() != c.out {
					t.Errorf("healthcheck ends with %d and prints %q, want %d and %q", exit, out.String(), c.exit, c.out)
				}
				if !strings.Contains(errs.String(), c.wrong) {
					t.Errorf("healthcheck says %q, want %q in it", errs.String(), c.wrong)
				}
			})
		}
	}
}

// serveReady answers /readyz on a free address, and returns it as --listen takes it.
func serveReady(t *testing.T, network string, status int) string {
	address := "127.0.0.1:0"
	if network == "unix" {
		address = filepath.Join(t.TempDir(), "s")
	}
	listener, err := net.Listen(network, address)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/readyz", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, "ready\n")
	})
	server := httptest.NewUnstartedServer(mux)
	server.Listener = listener
	server.Start()
	t.Cleanup(server.Close)
	if network == "unix" {
		return "unix:" + address
	}
	return listener.Addr().String()
}

// A check that is still starting is asked again.
func TestHealthcheckWaits(t *testing.T) {
	address := filepath.Join(t.TempDir(), "s")
	started := time.AfterFunc(3*healthPause, func() {
		listener, err := net.Listen("unix", address)
		if err != nil {
			t.Error(err)
			return
		}
		ready := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ready\n") })
		t.Cleanup(func() { listener.Close() })
		_ = http.Serve(listener, ready)
	})
	defer started.Stop()
	var out, errs bytes.Buffer
	exit := run(context.Background(), []string{"healthcheck", "--listen", "unix:" + address, "--wait", "10s"}, nil, &out, &errs)
	if exit != ok || out.String() != "ready\n" {
		t.Errorf("healthcheck ends with %d and prints %q, %q; want %d and ready", exit, out.String(), errs.String(), ok)
	}
}
