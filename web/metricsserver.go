package web

import (
	"net"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/adaptor"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// MetricsServer answers GET /metrics, in the format of Prometheus. It stands on a
// listener of its own, so that visitors never reach it.
type MetricsServer struct{ app *fiber.App }

const (
	gatherTimeout = 10 * time.Second
	metricsGrace  = time.Second // for a fetch under way when the server stops
)

// NewMetricsServer serves what is gathered. It is Fiber and not net/http, whose server
// makes the binary a megabyte larger.
func NewMetricsServer(from prometheus.Gatherer) *MetricsServer {
	app := fiber.New(fiber.Config{DisableStartupMessage: true, ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout})
	app.Get("/metrics", adaptor.HTTPHandler(promhttp.HandlerFor(from, promhttp.HandlerOpts{Timeout: gatherTimeout})))
	return &MetricsServer{app}
}

// Serve answers until Close, or until the listener fails.
func (m *MetricsServer) Serve(l net.Listener) error { return m.app.Listener(l) }

// Close ends it.
func (m *MetricsServer) Close() error { return m.app.ShutdownWithTimeout(metricsGrace) }
