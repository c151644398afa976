package store

import (
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"gorm.io/gorm"
)

// rowsOf says how many journals TestGrowth makes: a million take minutes and 3 GB,
// and are asked for with GUTSKIN_GROWTH=1000000.
func rowsOf(t *testing.T) int {
	n, err := strconv.Atoi(os.Getenv("GUTSKIN_GROWTH"))
	if err != nil {
		n = 5_000
		t.Logf("with %d results; set GUTSKIN_GROWTH=1000000 for the real thing", n)
	}
	return n
}

// fill writes journals of one report, sealed as reports are as far as the database
// can see, and returns the keys of one in every thousand, which open.
func (f *fixture) fill(n int, s Saved) (keys []string) {
	f.t.Helper()
	sealedReport := func() []byte { // the length of a real one
		plain, err := f.packer.pack(s)
		if err != nil {
			f.t.Fatal(err)
		}
		return make([]byte, len(plain)+sealLength)
	}()
	const batch = 1000
	for range n / batch {
		seeds := make([]*seed, batch)
		for i := range seeds {
			random := make([]byte, secretLength+secretLength+sealLength+attemptLength)
			rand.Read(random)
			sealed := slices.Clone(sealedReport)
			rand.Read(sealed)
			seeds[i] = &seed{
				link:   linkRow{Lookup: random[:32], Wrapped: random[32:92], Role: owner},
				report: reportRow{Attempt: random[92:], Edition: s.Edition, Sealed: sealed},
			}
		}
		err := f.writer.write(f.ctx, &job{do: func(tx *gorm.DB) error { return f.plant(tx, seeds) }})
		if err != nil {
			f.t.Fatal(err)
		}
		key := NewKey()
		f.save(key, s)
		keys = append(keys, key)
	}
	return keys
}

// timings are sorted.
type timings []time.Duration

func (d timings) at(part float64) time.Duration { return d[int(part*float64(len(d)-1))] }

func (d timings) String() string {
	return fmt.Sprintf("median %v, p99 %v, longest %v", d.at(0.5), d.at(0.99), d.at(1))
}

// compare runs two things in turn, so that whatever else the machine does slows
// both, and returns how long each took.
func compare(rounds int, one, other func()) (a, b timings) {
	run := func(do func()) time.Duration {
		began := time.Now()
		do()
		return time.Since(began)
	}
	for range rounds {
		a = append(a, run(one))
		b = append(b, run(other))
	}
	slices.Sort(a)
	slices.Sort(b)
	return a, b
}

// TestGrowth measures a database that has grown beside an empty one. With a million
// results it holds the medians to 1.3 times those of the empty one; the tails are
// shown, since they tell more about what else the machine does.
func TestGrowth(t *testing.T) {
	n := rowsOf(t)
	real := n >= 1_000_000
	path := newFile(t)
	grown, empty := newFixture(t, path), newFixture(t, newFile(t))
	s := benchReport()
	began := time.Now()
	keys := grown.fill(n/2, s) // these expire
	grown.pass(200 * day)
	empty.pass(200 * day)
	keys = append(keys, grown.fill(n/2, s)...)
	kept := empty.fill(1000, s)
	t.Logf("%d results in %v", n, time.Since(began).Round(time.Second))
	wantErr(t, "truncate", truncateWAL(grown.writerSQL(t)), nil)
	if info, err := os.Stat(path); err == nil {
		t.Logf("%d bytes a result of %d bytes of JSON", info.Size()/int64(n), len(s.Payload))
	}

	measure := func(what string, do func(f *fixture, keys []string)) {
		do(grown, keys) // prepares the statements
		do(empty, kept)
		b, a := compare(min(n/20, 1000), func() { do(grown, keys) }, func() { do(empty, kept) })
		t.Logf("%s, empty: %v", what, a)
		t.Logf("%s, grown: %v", what, b)
		t.Logf("%s: %.2f times at the median, %.2f times at p99", what,
			float64(b.at(0.5))/float64(a.at(0.5)), float64(b.at(0.99))/float64(a.at(0.99)))
		// What is added to some 40 µs of opening is nothing beside making its page.
		const slack = 100 * time.Microsecond
		if real && b.at(0.5) > a.at(0.5)*13/10+slack {
			t.Errorf("%s takes more than 1.3 times at the median", what)
		}
	}
	measure("finish", func(f *fixture, _ []string) { f.save(NewKey(), s) })
	measure("open", func(f *fixture, keys []string) {
		if _, err := f.Read(f.ctx, keys[mathrand.IntN(len(keys))]); err != nil {
			t.Fatal(err)
		}
	})
	sweepBesideSaves(t, grown, s, n)
}

// sweepBesideSaves removes a tenth of the journals while somebody saves.
func sweepBesideSaves(t *testing.T, f *fixture, s Saved, n int) {
	t.Helper()
	f.exec("UPDATE journals SET kept_until = '2020-01-01' WHERE id <= ?", n/10)
	save := func() time.Duration {
		began := time.Now()
		f.save(NewKey(), s)
		return time.Since(began)
	}
	var alone, beside, batches timings
	for range min(n/20, 500) {
		alone = append(alone, save())
	}
	ended := make(chan struct{})
	began := time.Now()
	go func() { // as Sweep does
		defer close(ended)
		for more := true; more; {
			began := time.Now()
			var err error
			if _, more, err = f.sweepSome(f.ctx); err != nil {
				t.Error(err)
			}
			batches = append(batches, time.Since(began))
		}
	}()
	for sweeping := true; sweeping; {
		beside = append(beside, save())
		select {
		case <-ended:
			sweeping = false
		default:
		}
	}
	for _, all := range []timings{alone, beside, batches} {
		slices.Sort(all)
	}
	t.Logf("%d journals swept in %v, with %d saves meanwhile", n/10, time.Since(began).Round(time.Millisecond), len(beside))
	t.Logf("save, no sweep: %v", alone)
	t.Logf("save, beside the sweep: %v", beside)
	t.Logf("a batch of the sweep: %v", batches)
	if got := f.count("journals WHERE kept_until < '2021-01-01'"); got != 0 {
		t.Errorf("%d journals are left, want 0", got)
	}
}
