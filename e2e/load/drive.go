package main

import (
	"slices"
	"sync"
	"time"
)

// task makes what one connection does again and again. It is called once for each
// connection; what it returns says how many requests it sent.
type task func(c *conn) func() (requests int, err error)

// sample is what came of driving a server for a while.
type sample struct {
	requests int
	errors   int
	first    error // the first error
	took     time.Duration
	times    []time.Duration // of each task, sorted

	serverCPU, ownCPU time.Duration // processor time used
}

func (s sample) perSecond() float64 { return float64(s.requests) / s.took.Seconds() }

func (s sample) at(part float64) time.Duration {
	if len(s.times) == 0 {
		return 0
	}
	return s.times[int(part*float64(len(s.times)-1))]
}

// drive keeps so many connections busy for so long: each sends its next request as
// soon as the last one was answered.
func drive(addr string, connections int, length time.Duration, t task) sample {
	samples := make([]sample, connections)
	began := time.Now()
	end := began.Add(length)
	var all sync.WaitGroup
	for i := range samples {
		all.Go(func() { samples[i] = work(addr, end, t) })
	}
	all.Wait()
	sum := sample{took: time.Since(began)}
	for _, s := range samples {
		sum.add(s)
	}
	slices.Sort(sum.times)
	return sum
}

func (s *sample) add(other sample) {
	s.requests += other.requests
	s.errors += other.errors
	if s.first == nil {
		s.first = other.first
	}
	s.times = append(s.times, other.times...)
}

func work(addr string, end time.Time, t task) (s sample) {
	var c *conn
	var do func() (int, error)
	defer func() {
		if c != nil {
			c.Close()
		}
	}()
	for now := time.Now(); now.Before(end); {
		if c == nil {
			var err error
			if c, err = dial(addr); err != nil {
				s.errors++
				s.first = err
				return s
			}
			do = t(c)
		}
		n, err := do()
		done := time.Now()
		if err != nil { // the connection may be in the middle of something
			s.errors++
			if s.first == nil {
				s.first = err
			}
			c.Close()
			c = nil
		} else {
			s.requests += n
			s.times = append(s.times, done.Sub(now))
		}
		now = done
	}
	return s
}
