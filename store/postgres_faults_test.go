package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"gutskin/store/pgtest"
)

// ownServer starts a server that a test may stop.
func ownServer(t testing.TB, settings ...string) (server *pgtest.Server, url string) {
	t.Helper()
	server, err := pgtest.Start(append(settings, "fsync=off")...)
	wantPostgres(t, err)
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	if url, err = server.NewDatabase(); err != nil {
		t.Fatal(err)
	}
	return server, url
}

// A server that stops, in order or not, loses nothing that was acknowledged, is said
// to be busy while it is away, and is used again when it is back.
func TestServerRestarts(t *testing.T) {
	t.Parallel()
	server, url := ownServer(t)
	f, g := newFixture(t, url), newFixture(t, url)
	f.keepEditions()
	first, s := f.saved("first")

	ctx, stop := context.WithCancel(t.Context())
	var mu sync.Mutex
	kept := map[string]string{}
	var refused atomic.Int64
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			db := []*fixture{f, g}[i%2]
			for ctx.Err() == nil {
				key, s := NewKey(), benchReport()
				if err := db.Save(context.Background(), key, s); err != nil {
					wantErr(t, "Save", err, ErrBusy)
					refused.Add(1)
					time.Sleep(time.Millisecond)
					continue
				}
				mu.Lock()
				kept[key] = s.Attempt
				mu.Unlock()
				if _, err := db.Read(context.Background(), key); err != nil {
					wantErr(t, "Read", err, ErrBusy)
				}
			}
		})
	}
	for _, end := range []func() error{server.Halt, server.Kill, server.Halt} {
		time.Sleep(300 * time.Millisecond)
		wantErr(t, "stop", end(), nil)
		began := time.Now()
		wantErr(t, "Save while the server is away", f.Save(f.ctx, f.newKey(), f.report("away")), ErrBusy)
		f.wantRead(first, ErrBusy)
		if f.Ping(f.ctx) == nil {
			t.Error("Ping says nothing of a server that is away")
		}
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("it took %v to say that the server is away", took)
		}
		wantErr(t, "resume", server.Resume(), nil)
		f.saved("at once after the restart")
		f.wantEntries(first, s)
	}
	stop()
	all.Wait()
	if refused.Load() == 0 || len(kept) < 50 {
		t.Fatalf("%d saves were refused and %d kept: nothing is tested", refused.Load(), len(kept))
	}
	for key, attempt := range kept {
		wantSaved(t, g.DB, key+" "+attempt)
	}
	found, err := Verify(f.ctx, url, itself)
	wantWhole(t, "Verify", found, err)
	t.Logf("%d acknowledged reports open after 3 restarts, %d were refused meanwhile", len(kept), refused.Load())
}

// A network that swallows everything ends in an answer, and holds nobody else up.
func TestNetworkGoesSilent(t *testing.T) {
	t.Parallel()
	address := newPostgres(t)
	p, through := newProxy(t, startPostgres(t), address)
	f, other := newFixture(t, through), newFixture(t, address)
	key, s := f.saved("one")
	f.engine.within = 300 * time.Millisecond

	p.deaf.Store(true)
	began := time.Now()
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			wantErr(t, "Save", f.Save(f.ctx, f.newKey(), f.report(fmt.Sprint(i))), ErrBusy)
		})
	}
	all.Wait()
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("20 saves waited %v for a silent network", took)
	}
	ctx, cancel := context.WithTimeout(f.ctx, 100*time.Millisecond)
	defer cancel()
	if _, err := f.Read(ctx, key); !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, ErrBusy) {
		t.Errorf("Read through a silent network: %v", err)
	}
	other.save(key, other.report("from elsewhere"))
	p.deaf.Store(false)
	f.saved("after")
	if j, err := f.Read(f.ctx, key); err != nil || len(j.Entries) != 2 {
		t.Errorf("%d entries (%v), want 2: %q was there", len(j.Entries), err, s.Attempt)
	}
}

// A first save asks the server three times: begin with its settings, plant, commit.
func TestRoundTrips(t *testing.T) {
	address := newPostgres(t)
	p, through := newProxy(t, startPostgres(t), address)
	f := newFixture(t, through)
	key, _ := f.saved("warm")
	if _, err := f.Read(f.ctx, key); err != nil {
		t.Fatal(err)
	}
	count := func(do func()) int64 {
		before := p.trips.Load()
		do()
		return p.trips.Load() - before
	}
	for _, c := range []struct {
		what string
		want int64
		do   func()
	}{
		{"a first save", 3, func() { f.saved("one") }},
		{"opening", 1, func() {
			if _, err := f.Read(f.ctx, key); err != nil {
				t.Error(err)
			}
		}},
		{"100 saves in one batch, behind a change that asks twice", 3 + 2, func() {
			release := f.hold()
			var all sync.WaitGroup
			for range 100 {
				all.Go(func() { f.saved("many") })
			}
			f.waitForQueue(100)
			release()
			all.Wait()
		}},
	} {
		if got := count(c.do); got != c.want {
			t.Errorf("%s takes %d round trips, want %d", c.what, got, c.want)
		}
	}
	if got := p.connections.Load(); got > 1+maxReaders {
		t.Errorf("%d connections were opened, want at most %d", got, 1+maxReaders)
	}
}

func TestTooManyConnections(t *testing.T) {
	t.Parallel()
	server, url := ownServer(t, "max_connections=8", "superuser_reserved_connections=3", "max_wal_senders=0")
	if err := server.Exec("postgres", "CREATE ROLE many LOGIN", "ALTER DATABASE test_1 OWNER TO many"); err != nil {
		t.Fatal(err)
	}
	url = strings.Replace(url, "postgres@", "many@", 1)
	f := newFixture(t, url)
	key, s := f.saved("one")
	var held []*fixture
	for {
		db, err := Open(f.ctx, f.options)
		if err != nil {
			if !strings.Contains(err.Error(), "too many") && !strings.Contains(err.Error(), "remaining connection slots") {
				t.Errorf("Open: %v", err)
			}
			break
		}
		held = append(held, &fixture{DB: db})
	}
	var all sync.WaitGroup
	for range 30 {
		all.Go(func() {
			if j, err := f.Read(f.ctx, key); err != nil {
				wantErr(t, "Read", err, ErrBusy)
			} else if len(j.Entries) != 1 {
				t.Error("the report does not open")
			}
		})
	}
	all.Wait()
	for _, h := range held {
		wantErr(t, "Close", h.Close(), nil)
	}
	f.wantEntries(key, s)
	f.saved("after")
}

func TestFullServer(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("NOT TESTED: a small disk cannot be mounted here; run the tests as root")
	}
	server, url := ownServer(t, "autovacuum=off")
	disk := server.Socket() + "/small"
	mount := func() error {
		if err := os.Mkdir(disk, 0o755); err != nil {
			return err
		}
		if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=1m"); err != nil {
			return err
		}
		info, err := os.Stat(server.Socket())
		if err != nil {
			return err
		}
		owner := info.Sys().(*syscall.Stat_t)
		return os.Chown(disk, int(owner.Uid), int(owner.Gid))
	}
	if err := mount(); err != nil {
		t.Skipf("NOT TESTED: a small disk cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		wantErr(t, "Kill", server.Kill(), nil)
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	})
	if err := os.WriteFile(disk+"/ballast", make([]byte, 300<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	err := server.Exec("postgres", "CREATE TABLESPACE small LOCATION '"+disk+"'", "ALTER DATABASE test_1 SET default_tablespace = small")
	if err != nil {
		t.Fatal(err)
	}
	f := newFixture(t, url)
	f.keepEditions()
	fillsUp(t, f, func() {
		if err := os.Remove(disk + "/ballast"); err != nil {
			t.Fatal(err)
		}
	})
	found, err := Verify(f.ctx, url, itself)
	wantWhole(t, "Verify", found, err)
	wantErr(t, "Close", f.Close(), nil)
	f.open()
}
