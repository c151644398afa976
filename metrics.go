package main

import (
	"context"
	"database/sql"
	"log/slog"
	"runtime"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promauto"

	"gutskin/store"
	"gutskin/web"
)

// newRegistry holds the figures of this process. web and store add theirs; only main
// knows how they are fetched.
func newRegistry() *prometheus.Registry {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	promauto.With(r).NewGaugeVec(prometheus.GaugeOpts{
		Name: "gutskin_build_info", Help: "1 for the version of this program.",
	}, []string{"version", "go"}).WithLabelValues(version, runtime.Version()).Set(1)
	return r
}

// countReloads counts how often other content was taken up or refused.
func countReloads(r prometheus.Registerer) func(taken bool) {
	reloads := promauto.With(r).NewCounterVec(prometheus.CounterOpts{
		Name: "gutskin_content_reloads_total", Help: "Reloads of the content that found other content, by what came of them.",
	}, []string{"result"})
	taken, refused := reloads.WithLabelValues("taken"), reloads.WithLabelValues("refused")
	return func(ok bool) {
		if ok {
			taken.Inc()
		} else {
			refused.Inc()
		}
	}
}

// observeStore is told what a store does, and keeps figures of it.
func observeStore(r prometheus.Registerer) store.Observer {
	factory := promauto.With(r)
	sizes := factory.NewHistogram(prometheus.HistogramOpts{
		Name: "gutskin_store_commit_changes", Help: "Changes in one transaction.", Buckets: prometheus.ExponentialBuckets(1, 2, 9),
	})
	times := factory.NewHistogramVec(prometheus.HistogramOpts{
		Name: "gutskin_store_commit_duration_seconds", Help: "Time that one transaction took, by what came of it.",
		Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 5},
	}, []string{"result"})
	committed, failed := times.WithLabelValues("committed"), times.WithLabelValues("failed")
	removed := factory.NewCounter(prometheus.CounterOpts{
		Name: "gutskin_store_sweep_removed_total", Help: "Results removed because their time was over.",
	})
	swept := factory.NewGauge(prometheus.GaugeOpts{
		Name: "gutskin_store_sweep_last_success_timestamp_seconds", Help: "When this process last swept to the end; 0: not yet.",
	})
	failures := factory.NewCounter(prometheus.CounterOpts{
		Name: "gutskin_store_sweep_failures_total", Help: "Sweeps that ended early.",
	})
	return store.Observer{
		Committed: func(changes int, took time.Duration, err error) {
			if err != nil {
				failed.Observe(took.Seconds())
				return
			}
			sizes.Observe(float64(changes))
			committed.Observe(took.Seconds())
		},
		Swept: func(n int, at time.Time, err error) {
			removed.Add(float64(n))
			if err != nil {
				failures.Inc()
				return
			}
			swept.Set(float64(at.Unix()))
		},
	}
}

// storeFigures tells the figures that a store has at the moment it is asked.
type storeFigures struct{ stats func() store.Stats }

var (
	queueDesc    = prometheus.NewDesc("gutskin_store_queue_changes", "Changes that wait to be written.", nil, nil)
	queueMaxDesc = prometheus.NewDesc("gutskin_store_queue_changes_max", "Changes waiting from which on more are refused.", nil, nil)
	poolDesc     = prometheus.NewDesc("gutskin_store_connections", "Connections to the database.", []string{"pool", "state"}, nil)
	poolMaxDesc  = prometheus.NewDesc("gutskin_store_connections_max", "Connections to the database there may be.", []string{"pool"}, nil)
	waitsDesc    = prometheus.NewDesc("gutskin_store_connection_waits_total", "Times that a connection to the database was waited for.", []string{"pool"}, nil)
	waitTimeDesc = prometheus.NewDesc("gutskin_store_connection_wait_seconds_total", "Time spent waiting for a connection to the database.", []string{"pool"}, nil)
)

// Describe names the figures.
func (s storeFigures) Describe(to chan<- *prometheus.Desc) { prometheus.DescribeByCollect(s, to) }

// Collect tells the figures.
func (s storeFigures) Collect(to chan<- prometheus.Metric) {
	now := s.stats()
	gauge := func(d *prometheus.Desc, n int, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, float64(n), labels...)
	}
	gauge(queueDesc, now.Waiting)
	gauge(queueMaxDesc, now.WaitingMax)
	for _, p := range []struct {
		name  string
		stats sql.DBStats
	}{{"read", now.Read}, {"write", now.Write}} {
		gauge(poolDesc, p.stats.InUse, p.name, "in_use")
		gauge(poolDesc, p.stats.Idle, p.name, "idle")
		gauge(poolMaxDesc, p.stats.MaxOpenConnections, p.name)
		to <- prometheus.MustNewConstMetric(waitsDesc, prometheus.CounterValue, float64(p.stats.WaitCount), p.name)
		to <- prometheus.MustNewConstMetric(waitTimeDesc, prometheus.CounterValue, p.stats.WaitDuration.Seconds(), p.name)
	}
}

// serveMetrics answers /metrics on an address of its own, until stop is called. Visitors
// never reach it through the address of the check.
func serveMetrics(ctx context.Context, address string, r *prometheus.Registry, log *slog.Logger) (stop func(), at string, err error) {
	listener, err := listen(ctx, address)
	if err != nil {
		return nil, "", err
	}
	server := web.NewMetricsServer(r)
	go func() {
		if err := server.Serve(listener); err != nil {
			log.Error("the figures are not served any more", "error", err)
		}
	}()
	return func() { _ = server.Close() }, shown(listener.Addr()), nil
}
