package store

import (
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"gutskin/store/pgtest"
)

// proxy stands between a store and its server. It counts, and it can go deaf: what is
// sent then reaches nobody, as when a network breaks without a word.
type proxy struct {
	dir         string
	deaf        atomic.Bool
	connections atomic.Int64
	trips       atomic.Int64 // messages of the store, each of which it waits for an answer to
}

// newProxy returns the URL that leads through the proxy.
func newProxy(t testing.TB, server *pgtest.Server, address string) (p *proxy, through string) {
	t.Helper()
	dir, err := os.MkdirTemp("", "gutskin-proxy-") // a short name: sockets allow no long ones
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		listener.Close()
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	p = &proxy{dir: dir}
	go p.serve(listener, filepath.Join(server.Socket(), ".s.PGSQL.5432"))
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	u.RawQuery = url.Values{"host": {dir}}.Encode()
	return p, u.String()
}

func (p *proxy) serve(listener net.Listener, to string) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("unix", to)
		if err != nil {
			client.Close()
			continue
		}
		p.connections.Add(1)
		go p.pump(server, client, true)
		go p.pump(client, server, false)
	}
}

// pump moves bytes until either side ends.
func (p *proxy) pump(to, from net.Conn, count bool) {
	defer to.Close()
	defer from.Close()
	buffer := make([]byte, 1<<20)
	for {
		n, err := from.Read(buffer)
		if n > 0 && !p.deaf.Load() {
			if count {
				p.trips.Add(1)
			}
			if _, err := to.Write(buffer[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}
