package web

import (
	"errors"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

// Rules of the figures for whoever runs the check: every label is from a closed list
// that is in this file or in the site map. No key, answer, score or address can become
// one, and what nobody foresaw counts under one name.

// metrics count requests. A nil one counts nothing.
type metrics struct {
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	overload prometheus.Counter
	rate     prometheus.Counter
	mail     prometheus.Counter
	edition  *prometheus.GaugeVec
	loaded   prometheus.Gauge

	place [600]uint8 // of a status in countedCodes, and one more
}

// noRoute stands for every address that is not in the site map.
const noRoute = "none"

var (
	countedMethods = [...]string{fiber.MethodGet, fiber.MethodHead, fiber.MethodPost, "other"}
	countedCodes   = [...]int{200, 303, 400, 403, 404, 405, 408, 409, 410, 413, 422, 429, 431, 500, 502, 503}
	answerTimes    = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
)

func newMetrics(r prometheus.Registerer, s *Server) *metrics {
	if r == nil {
		return nil
	}
	make := promauto.With(r)
	refused := make.NewCounterVec(prometheus.CounterOpts{
		Name: "gutskin_requests_refused_total", Help: "Requests turned away: too much in work, too many from one address, too many messages.",
	}, []string{"reason"})
	m := &metrics{
		requests: make.NewCounterVec(prometheus.CounterOpts{
			Name: "gutskin_requests_total", Help: "Requests answered, by the route that answered.",
		}, []string{"route", "method", "code"}),
		duration: make.NewHistogramVec(prometheus.HistogramOpts{
			Name: "gutskin_request_duration_seconds", Help: "Time from the parsed request to the finished answer.", Buckets: answerTimes,
		}, []string{"route", "method"}),
		overload: refused.WithLabelValues("overload"),
		rate:     refused.WithLabelValues("rate"),
		mail:     refused.WithLabelValues("mail"),
		edition: make.NewGaugeVec(prometheus.GaugeOpts{
			Name: "gutskin_edition_info", Help: "1 for the content that is served now.",
		}, []string{"edition"}),
		loaded: make.NewGauge(prometheus.GaugeOpts{
			Name: "gutskin_content_loaded_timestamp_seconds", Help: "When the content that is served now was taken up.",
		}),
	}
	for i := range m.place {
		m.place[i] = uint8(len(countedCodes))
	}
	for i, code := range countedCodes {
		m.place[code] = uint8(i)
	}
	gauge := func(name, help string, value func() float64) {
		make.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
	}
	gauge("gutskin_requests_in_work", "Requests being answered.", func() float64 { return float64(len(s.common.slots)) })
	gauge("gutskin_requests_in_work_max", "Requests in work from which on more are refused.", func() float64 { return float64(cap(s.common.slots)) })
	gauge("gutskin_connections_open", "Connections of browsers and proxies.", func() float64 { return float64(s.front.Server().GetOpenConnectionsCount()) })
	gauge("gutskin_draining", "1 once this process was told to stop.", func() float64 {
		if s.common.draining.Load() {
			return 1
		}
		return 0
	})
	return m
}

// routeMetrics are the figures of one route. Each is looked up once: after that, to
// count costs no search and no memory.
type routeMetrics struct {
	*metrics
	route string
	of    [len(countedMethods)]methodMetrics
}

type methodMetrics struct {
	duration atomic.Pointer[prometheus.Observer]
	codes    [len(countedCodes) + 1]atomic.Pointer[prometheus.Counter]
}

// ofRoutes makes the figures of every route of a site map.
func (m *metrics) ofRoutes(app *fiber.App) map[string]*routeMetrics {
	if m == nil {
		return nil
	}
	routes := map[string]*routeMetrics{noRoute: {metrics: m, route: noRoute}}
	for _, r := range app.GetRoutes() {
		routes[r.Path] = &routeMetrics{metrics: m, route: r.Path}
	}
	return routes
}

// count counts one answer.
func (r *routeMetrics) count(method string, code int, took time.Duration) {
	if r == nil {
		return
	}
	i := methodPlace(method)
	of := &r.of[i]
	seen := of.duration.Load()
	if seen == nil {
		found := r.duration.WithLabelValues(r.route, countedMethods[i])
		seen = &found
		of.duration.Store(seen)
	}
	(*seen).Observe(took.Seconds())

	place := r.place[min(max(code, 0), len(r.place)-1)]
	counter := of.codes[place].Load()
	if counter == nil {
		found := r.requests.WithLabelValues(r.route, countedMethods[i], codeName(place))
		counter = &found
		of.codes[place].Store(counter)
	}
	(*counter).Inc()
}

func methodPlace(method string) int {
	switch method {
	case fiber.MethodGet:
		return 0
	case fiber.MethodHead:
		return 1
	case fiber.MethodPost:
		return 2
	}
	return len(countedMethods) - 1
}

func codeName(place uint8) string {
	if int(place) == len(countedCodes) {
		return "other"
	}
	return strconv.Itoa(countedCodes[place])
}

// refusing counts an error that turns a visitor away.
func (m *metrics) refusing(err error) {
	switch {
	case m == nil:
	case errors.Is(err, errTooMany):
		m.rate.Inc()
	case errors.Is(err, errMailLimit):
		m.mail.Inc()
	}
}

// overloaded counts a request that came on top of all that is in work.
func (m *metrics) overloaded() {
	if m != nil {
		m.overload.Inc()
	}
}

// serves says which content is served from now on.
func (m *metrics) serves(edition string, now time.Time) {
	if m == nil {
		return
	}
	m.edition.Reset()
	m.edition.WithLabelValues(edition).Set(1)
	m.loaded.Set(float64(now.Unix()))
}
