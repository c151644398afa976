package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// figures are what a run found out, as it is written to JSON.
type figures struct {
	Date    string  `json:"date"`
	Machine string  `json:"machine"`
	Version string  `json:"version"`
	Command string  `json:"command"`
	Rounds  int     `json:"rounds"`
	Seconds float64 `json:"seconds"` // of one measurement
	Facts   []fact  `json:"facts"`
	Speeds  []*pace `json:"speeds"`

	firstError error
}

// fact is a figure that is to stay below its target.
type fact struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	Target float64 `json:"target"`
}

// pace is how fast one endpoint answered so many connections: one figure for each
// round.
type pace struct {
	Name        string     `json:"name"`
	Connections int        `json:"connections"`
	PerSecond   []float64  `json:"requests_per_second"`
	P50         []float64  `json:"p50_ms"` // of a whole journey, where one is driven
	P99         []float64  `json:"p99_ms"`
	Longest     float64    `json:"longest_ms"`
	Errors      int        `json:"errors"`
	CPU         cost       `json:"cpu"`
	Beside      []compared `json:"beside,omitempty"`
}

// cost is the processor time of all rounds.
type cost struct {
	Requests int           `json:"requests"`
	Server   time.Duration `json:"server_ns"`
	Load     time.Duration `json:"load_ns"`
}

func (c *cost) add(s sample) {
	c.Requests += s.requests
	c.Server += s.serverCPU
	c.Load += s.ownCPU
}

// server is microseconds of the server for one request.
func (c cost) server() float64 { return perRequest(c.Server, c.Requests) }

// all is microseconds of server and load for one request.
func (c cost) all() float64 { return perRequest(c.Server+c.Load, c.Requests) }

func perRequest(d time.Duration, requests int) float64 {
	return float64(d.Nanoseconds()) / 1000 / float64(max(1, requests))
}

// compared is an endpoint beside one baseline.
type compared struct {
	Baseline  string    `json:"baseline"`
	PerSecond []float64 `json:"requests_per_second"`
	Ratios    []float64 `json:"ratios"`
	CPU       cost      `json:"cpu"`
	Target    float64   `json:"target,omitempty"`
}

func newFigures(o options) *figures {
	f := &figures{
		Date:    time.Now().UTC().Format(time.RFC3339),
		Machine: machine(), Command: strings.Join(os.Args[1:], " "),
		Rounds: o.rounds, Seconds: o.each.Seconds(),
	}
	if out, err := exec.Command(o.binary, "--version").Output(); err == nil {
		f.Version = strings.TrimSpace(string(out))
	}
	return f
}

// machine says what the figures were measured on.
func machine() string {
	model := runtime.GOARCH
	if b, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, rest, ok := strings.Cut(string(b), "model name"); ok {
			line, _, _ := strings.Cut(rest, "\n")
			model = strings.TrimSpace(strings.TrimLeft(line, "\t :"))
		}
	}
	return fmt.Sprintf("%d × %s, %s, %s", runtime.NumCPU(), model, runtime.GOOS, runtime.Version())
}

func (f *figures) note(name string, value float64, unit string, target float64) {
	f.Facts = append(f.Facts, fact{name, value, unit, target})
}

func (f *figures) add(e endpoint, connections int, samples []sample) {
	p := f.paceOf(e, connections)
	check := samples[0]
	p.CPU.add(check)
	p.PerSecond = append(p.PerSecond, check.perSecond())
	p.P50 = append(p.P50, milliseconds(check.at(0.5)))
	p.P99 = append(p.P99, milliseconds(check.at(0.99)))
	p.Longest = max(p.Longest, milliseconds(check.at(1)))
	for i, s := range samples {
		p.Errors += s.errors
		if s.first != nil && f.firstError == nil {
			f.firstError = fmt.Errorf("%s, %d connections: %w", e.name, connections, s.first)
		}
		if i > 0 {
			b := &p.Beside[i-1]
			b.PerSecond = append(b.PerSecond, s.perSecond())
			b.Ratios = append(b.Ratios, check.perSecond()/s.perSecond())
			b.CPU.add(s)
		}
	}
}

func (f *figures) paceOf(e endpoint, connections int) *pace {
	for _, p := range f.Speeds {
		if p.Name == e.name && p.Connections == connections {
			return p
		}
	}
	p := &pace{Name: e.name, Connections: connections}
	for _, b := range e.baselines {
		c := compared{Baseline: b.name}
		if b.only == 0 || b.only == connections {
			c.Target = b.target
		}
		p.Beside = append(p.Beside, c)
	}
	f.Speeds = append(f.Speeds, p)
	return p
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func median(list []float64) float64 {
	if len(list) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}

// print writes the tables. Figures are medians of the rounds.
func (f *figures) print(out io.Writer) {
	fmt.Fprintf(out, "%s on %s, %s\n", f.Version, f.Machine, f.Date)
	fmt.Fprintf(out, "Medians of %d rounds of %v s. Servers and load share the cores: read the ratios.\n", f.Rounds, f.Seconds)
	fmt.Fprintf(out, "By CPU: what the ratio would be if nothing else ran, from the processor time of server and load.\n\n")
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "what\tconnections\trequests/s\tp50 ms\tp99 ms\tlongest\terrors\tCPU µs\tbaseline\trequests/s\tCPU µs\tratio\tby CPU\ttarget\t")
	for _, p := range f.Speeds {
		fmt.Fprintf(w, "%s\t%d\t%.0f\t%.2f\t%.2f\t%.1f\t%d\t%.0f", p.Name, p.Connections,
			median(p.PerSecond), median(p.P50), median(p.P99), p.Longest, p.Errors, p.CPU.server())
		for i, b := range p.Beside {
			if i > 0 {
				fmt.Fprint(w, "\t\n\t\t\t\t\t\t\t")
			}
			fmt.Fprintf(w, "\t%s\t%.0f\t%.0f\t%.2f\t%.2f\t%s", b.Baseline, median(b.PerSecond), b.CPU.server(),
				median(b.Ratios), b.CPU.all()/p.CPU.all(), b.judged())
		}
		fmt.Fprintln(w, "\t")
	}
	fmt.Fprintln(w)
	for _, x := range f.Facts {
		fmt.Fprintf(w, "%s\t%.1f %s\tat most %v\t%s\t\n", x.Name, x.Value, x.Unit, x.Target, met(x.Value <= x.Target))
	}
	_ = w.Flush() // what cannot be shown cannot be complained about either
}

func (c compared) judged() string {
	if c.Target == 0 {
		return ""
	}
	return fmt.Sprintf("%v: %s", c.Target, met(median(c.Ratios) >= c.Target))
}

func met(ok bool) string {
	if ok {
		return "met"
	}
	return "MISSED"
}

func (f *figures) write(file string) error {
	b, err := json.MarshalIndent(f, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, b, 0o644) // figures are for everybody
}

// failed is the first error that a request met. A missed target is none: it may be
// the machine.
func (f *figures) failed() error { return f.firstError }
