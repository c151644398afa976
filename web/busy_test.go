package web

import (
	"context"
	"net/http"
	"runtime"
	"testing"
)

// waitingStore answers Ping when it is told to.
type waitingStore struct {
	Store
	asked chan struct{}
	open  chan struct{}
}

func (s waitingStore) Ping(ctx context.Context) error {
	s.asked <- struct{}{}
	<-s.open
	return s.Store.Ping(ctx)
}

func TestTooMuchToDo(t *testing.T) {
	all := inWorkPerCore * runtime.GOMAXPROCS(0)
	slow := waitingStore{openStore(t), make(chan struct{}, all), make(chan struct{})}
	s := newServer(t, func(o *Options) { o.Store = slow })
	statuses := make(chan int, all)
	for range all {
		go func() {
			b := s.browser()
			statuses <- b.get("/readyz").status
		}()
	}
	for range all {
		<-slow.asked
	}
	s.browser().journey([]step{
		{"GET /", "503 word error.busy.title & word error.safe & word page.crisis"},
		{"GET /livez", "200 alive"},
	})
	b := s.browser()
	if p := b.get("/quiz/consent"); p.header.Get("Retry-After") != "5" || p.header.Get("Cache-Control") != "no-store" {
		t.Errorf("Retry-After is %q, Cache-Control %q", p.header.Get("Retry-After"), p.header.Get("Cache-Control"))
	}
	close(slow.open)
	for range all {
		if got := <-statuses; got != http.StatusOK {
			t.Errorf("a request that was taken on: got %d", got)
		}
	}
	b.journey([]step{{"GET /", "200 "}})
}
