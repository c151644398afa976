package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"gutskin/store/pgtest"
)

// durable is a server that syncs to the disk, as a real one does.
func durable(b *testing.B) *DB {
	server, err := pgtest.Start()
	wantPostgres(b, err)
	b.Cleanup(func() {
		if err := server.Stop(); err != nil {
			b.Error(err)
		}
	})
	url, err := server.NewDatabase()
	if err != nil {
		b.Fatal(err)
	}
	db, err := Open(context.Background(), Options{URL: url})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	return db
}

func BenchmarkPostgresSave(b *testing.B) {
	db, s := durable(b), benchReport()
	for _, savers := range []int{1, 8, 32, 128, 512} {
		b.Run(fmt.Sprintf("savers=%d", savers), func(b *testing.B) {
			b.ReportAllocs()
			inParallel(b, savers, func() error { return db.Save(context.Background(), NewKey(), s) })
		})
	}
}

func BenchmarkPostgresRead(b *testing.B) {
	db, s := durable(b), benchReport()
	keys := make([]string, 500)
	for i := range keys {
		keys[i] = NewKey()
		if err := db.Save(context.Background(), keys[i], s); err != nil {
			b.Fatal(err)
		}
	}
	for _, readers := range []int{1, 32} {
		b.Run(fmt.Sprintf("readers=%d", readers), func(b *testing.B) {
			b.ReportAllocs()
			inParallel(b, readers, func() error {
				_, err := db.Read(context.Background(), keys[rand.IntN(len(keys))])
				return err
			})
		})
	}
}
