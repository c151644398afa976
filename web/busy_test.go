package web

import (
	"context"
	"net/http"
	"runtime"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
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
	figures := prometheus.NewRegistry()
	s := newServer(t, func(o *Options) { o.Store, o.Metrics = slow, figures })
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
	told := gathered(t, figures)
	if got := labelled(told["gutskin_requests_refused_total"], "reason=overload"); got != 2 {
		t.Errorf("%v requests are counted as too many, want 2", got)
	}
	if got := told["gutskin_requests_in_work"][0].GetGauge().GetValue(); int(got) != all {
		t.Errorf("%v requests are in work, want %d", got, all)
	}
	close(slow.open)
	for range all {
		if got := <-statuses; got != http.StatusOK {
			t.Errorf("a request that was taken on: got %d", got)
		}
	}
	b.journey([]step{{"GET /", "200 "}})
}
