package main

import (
	"errors"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/valyala/fasthttp"
)

// How the proxy watches the instances behind it.
const (
	askEvery    = 150 * time.Millisecond
	believedNo  = 2 // in a row: one that came late is no reason to go elsewhere
	instanceTag = "X-Instance"
)

// proxy gives each request to the next instance that is ready. It sends nothing twice: it
// goes on to another instance only where a connection was refused, before a byte was sent.
// When no instance says that it is ready, all are asked: then what they answer is better
// than what a proxy can say.
type proxy struct {
	addr     string
	backends []*backend
	server   *fasthttp.Server
	turn     atomic.Int64
	stopped  chan struct{}
	watching sync.WaitGroup

	passedOn atomic.Int64 // refused by one instance and given to another
	broken   atomic.Int64 // answered with 502
}

// backend is an instance as the proxy knows it.
type backend struct {
	name   string
	client *fasthttp.HostClient
	ready  atomic.Bool
	served atomic.Int64
}

func startProxy(instances []string) (*proxy, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &proxy{addr: listener.Addr().String(), stopped: make(chan struct{})}
	for i, addr := range instances {
		p.backends = append(p.backends, &backend{name: strconv.Itoa(i + 1), client: &fasthttp.HostClient{
			Addr: addr, MaxConns: 1024, MaxIdemponentCallAttempts: 1, ReadTimeout: requestLimit,
			NoDefaultUserAgentHeader: true, DisablePathNormalizing: true,
			RetryIf: func(*fasthttp.Request) bool { return false },
		}})
	}
	p.server = &fasthttp.Server{Handler: p.forward, NoDefaultServerHeader: true, NoDefaultDate: true, NoDefaultContentType: true, CloseOnShutdown: true}
	for _, b := range p.backends {
		p.watching.Go(func() { p.watch(b) })
	}
	p.watching.Go(func() { _ = p.server.Serve(listener) }) // ends with Shutdown
	return p, nil
}

func (p *proxy) stop() error {
	close(p.stopped)
	err := p.server.Shutdown()
	p.watching.Wait()
	return err
}

// watch asks an instance whether it is ready, until the proxy stops.
func (p *proxy) watch(b *backend) {
	ask := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	every := time.NewTicker(askEvery)
	defer every.Stop()
	for noes := 0; ; {
		if ready(ask, b.client.Addr) {
			noes = 0
			b.ready.Store(true)
		} else if noes++; noes >= believedNo {
			b.ready.Store(false)
			b.client.CloseIdleConnections()
		}
		select {
		case <-p.stopped:
			return
		case <-every.C:
		}
	}
}

func ready(ask *http.Client, addr string) bool {
	res, err := ask.Get("http://" + addr + "/readyz")
	if err != nil {
		return false
	}
	res.Body.Close()
	return res.StatusCode == http.StatusOK
}

// awaitReady waits until the proxy takes so many instances for ready.
func (p *proxy) awaitReady(want int) error {
	for end := time.Now().Add(startLimit); ; time.Sleep(10 * time.Millisecond) {
		if len(p.readyOnes()) == want {
			return nil
		}
		if time.Now().After(end) {
			return errors.New("the instances are not ready in time")
		}
	}
}

func (p *proxy) readyOnes() []*backend {
	list := make([]*backend, 0, len(p.backends))
	for _, b := range p.backends {
		if b.ready.Load() {
			list = append(list, b)
		}
	}
	return list
}

// forward answers one request.
func (p *proxy) forward(ctx *fasthttp.RequestCtx) {
	list := p.readyOnes()
	if len(list) == 0 {
		list = p.backends
	}
	ctx.Request.Header.Add("X-Forwarded-For", ctx.RemoteIP().String())
	next := int(p.turn.Add(1))
	for i := range list {
		b := list[(next+i)%len(list)]
		err := b.client.Do(&ctx.Request, &ctx.Response)
		switch {
		case errors.Is(err, syscall.ECONNREFUSED):
			p.passedOn.Add(1)
			continue
		case err != nil:
			p.broken.Add(1)
			ctx.Error("instance "+b.name+": "+err.Error(), http.StatusBadGateway)
			return
		}
		b.served.Add(1)
		ctx.Response.Header.ResetConnectionClose() // that was for the proxy
		ctx.Response.Header.Set(instanceTag, b.name)
		return
	}
	p.broken.Add(1)
	ctx.Error("no instance takes connections", http.StatusBadGateway)
}
