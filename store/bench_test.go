package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"
)

// benchReport is as large, and packs as well, as a report of 30 questions.
func benchReport() Saved {
	payload := []byte(`{"receipt":[`)
	for i := range 60 {
		payload = fmt.Appendf(payload, `{"pillar":"diet","question":"question_%d","answer":["option_%d"],"points":%d,"of":4,"weight":%d,"state":"answered"},`,
			i, rand.IntN(1000), rand.IntN(5), rand.IntN(3))
	}
	return Saved{Attempt: NewKey(), Edition: "sha256:0e5751c0", TakenAt: testDay, Payload: payload}
}

func benchStore(b *testing.B) *DB {
	db, err := Open(context.Background(), Options{URL: filepath.Join(b.TempDir(), "results.db")})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	return db
}

func BenchmarkSave(b *testing.B) {
	for _, savers := range []int{1, 8, 32, 128} {
		b.Run(fmt.Sprintf("savers=%d", savers), func(b *testing.B) {
			db, s := benchStore(b), benchReport()
			b.ReportAllocs()
			inParallel(b, savers, func() error { return db.Save(context.Background(), NewKey(), s) })
		})
	}
}

func BenchmarkSaveNext(b *testing.B) {
	db, s := benchStore(b), benchReport()
	keys := make([]string, 500)
	for i := range keys {
		keys[i] = NewKey()
		if err := db.Save(context.Background(), keys[i], s); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	inParallel(b, 32, func() error {
		next := s
		next.Attempt = NewKey()
		return db.Save(context.Background(), keys[rand.IntN(len(keys))], next)
	})
}

func BenchmarkRead(b *testing.B) {
	db, s := benchStore(b), benchReport()
	key := NewKey()
	if err := db.Save(context.Background(), key, s); err != nil {
		b.Fatal(err)
	}
	for _, readers := range []int{1, 32} {
		b.Run(fmt.Sprintf("readers=%d", readers), func(b *testing.B) {
			b.ReportAllocs()
			inParallel(b, readers, func() error {
				_, err := db.Read(context.Background(), key)
				return err
			})
		})
	}
}

// inParallel runs do b.N times from so many goroutines and reports how often it
// ran in a second.
func inParallel(b *testing.B, goroutines int, do func() error) {
	left := make(chan struct{}, b.N)
	for range b.N {
		left <- struct{}{}
	}
	close(left)
	ended := make(chan error, goroutines)
	b.ResetTimer()
	for range goroutines {
		go func() {
			for range left {
				if err := do(); err != nil {
					ended <- err
					return
				}
			}
			ended <- nil
		}()
	}
	for range goroutines {
		if err := <-ended; err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "per-second")
}
