package web

import (
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"gutskin/data"
)

// Server serves the check for as long as the process lives. What it serves is a site,
// made from one content; another site can take its place while requests are served.
type Server struct {
	options Options // complete
	common  *common
	front   *fiber.App // reads requests from connections, and shows no page of its own
	serving atomic.Pointer[serving]

	watching sync.Mutex // guards load
	load     func() (*data.Library, error)
}

// serving is a site and the way into it.
type serving struct {
	site   *site
	app    *fiber.App
	handle fasthttp.RequestHandler
}

// common is what outlives a content. It holds nothing personal but the addresses that
// called in the last minute or hour.
type common struct {
	slots    chan struct{} // one for each request in work
	posts    *limit
	misses   *limit
	finishes pace
	shares   pace   // view-only links made
	messages *limit // messages sent in an hour
	gate     gate   // to the figures
	notes    noteLocks
	draining atomic.Bool
	metrics  *metrics
}

// New makes a server. It fails when the options cannot work: a base address that is
// none, or content whose longest answers would not fit a cookie.
func New(o Options) (*Server, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	s := &Server{options: o, common: newCommon(o)}
	s.common.metrics = newMetrics(o.Metrics, s)
	if err := s.Reload(o.Library); err != nil {
		return nil, err
	}
	config := appConfig(func(c *fiber.Ctx, err error) error { return s.serving.Load().site.refuse(c, err) })
	config.BodyLimit = bodyLimit
	config.ReadBufferSize = headerLimit
	config.Concurrency = connectionsMax
	config.ReadTimeout = readTimeout
	config.WriteTimeout = writeTimeout
	config.IdleTimeout = idleTimeout
	s.front = fiber.New(config)
	s.front.Server().Handler = s.serve
	s.front.Server().CloseOnShutdown = true
	return s, nil
}

func newCommon(o Options) *common {
	return &common{
		slots:    newSlots(),
		posts:    newLimit(o.Limit, time.Minute, o.Now),
		misses:   newLimit(o.Limit, time.Minute, o.Now),
		finishes: newPace(o.Limit, finishShare, o.Now),
		shares:   newPace(o.Limit, linkShare, o.Now),
		messages: newLimit(messagesAnHour, time.Hour, o.Now),
		gate:     newGate(o.Now),
	}
}

func appConfig(fail fiber.ErrorHandler) fiber.Config {
	return fiber.Config{
		Immutable:               true, // strings outlive the handler
		CaseSensitive:           true,
		EnableTrustedProxyCheck: true, // and no proxy is trusted there: see door.go
		ErrorHandler:            fail,
		DisableStartupMessage:   true,
	}
}

// Reload serves another content from the next request on. Requests in work end with
// the one they began with. When the content cannot be served, nothing changes.
func (s *Server) Reload(l *data.Library) error {
	o := s.options
	o.Library = l
	made, err := newSite(o, s.common)
	if err != nil {
		return err
	}
	app := fiber.New(appConfig(made.fail))
	if err := made.routes(app); err != nil {
		return err
	}
	made.routed = s.common.metrics.ofRoutes(app)
	s.serving.Store(&serving{site: made, app: app, handle: app.Handler()})
	s.common.metrics.serves(made.edition.Hash, o.Now())
	return nil
}

// Edition is the hash of the content that is served now.
func (s *Server) Edition() string { return s.serving.Load().site.edition.Hash }

// Watch asks load before every page: another library than before is served from then
// on, and what is wrong with the content is shown as a page, until it is mended. It is
// for whoever edits the content, and must be called before Serve.
func (s *Server) Watch(load func() (*data.Library, error)) { s.load = load }

// now is what the next request is answered with.
func (s *Server) now() (*serving, error) {
	if s.load == nil {
		return s.serving.Load(), nil
	}
	s.watching.Lock()
	defer s.watching.Unlock()
	library, err := s.load()
	if err == nil && library != s.serving.Load().site.Library {
		err = s.Reload(library)
	}
	return s.serving.Load(), err
}

// Serve answers requests until Shutdown, or until the listener fails.
func (s *Server) Serve(l net.Listener) error { return s.front.Listener(l) }

// Drain says that this server is about to stop: /readyz answers 503 from now on, and
// every connection is closed after its next answer, so that a proxy goes elsewhere.
// All else is served as before.
func (s *Server) Drain() { s.common.draining.Store(true) }

// Shutdown takes no more connections and waits until the requests in work are
// answered. It answers context.DeadlineExceeded when that takes longer than grace.
func (s *Server) Shutdown(grace time.Duration) error {
	s.Drain()
	return s.front.ShutdownWithTimeout(grace)
}
