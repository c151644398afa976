// Command figures fills an empty database with what made-up people add up to, in the
// months before this one. Browser tests look at the figures made from it:
//
//	go run ./e2e/figures FILE && gutskin serve --db FILE
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"gutskin/data"
	"gutskin/figures"
	"gutskin/figures/crowd"
	"gutskin/store"
)

const (
	months = 8
	people = 240 // a month, more or less
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "figures:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) != 1 {
		return errors.New("give one database file, which does not exist yet")
	}
	library, err := data.Load(data.Files)
	if err != nil {
		return err
	}
	e := library.Edition("")
	now := time.Now().UTC()
	var names []string
	for i := range months {
		names = append(names, time.Date(now.Year(), now.Month()-months+time.Month(i), 15, 12, 0, 0, 0, time.UTC).Format("2006-01"))
	}
	rows := slices.Concat(
		crowd.Tallies(e.Quiz, e.Book, "en", names, people, 1),
		crowd.Tallies(e.Quiz, e.Book, "cy", names, people/8, 2),
	)
	clock := now
	db, err := store.Open(ctx, store.Options{URL: args[0], Now: func() time.Time { return clock }})
	if err != nil {
		return err
	}
	for _, name := range names {
		if clock, err = time.Parse(time.DateOnly, name+"-15"); err != nil {
			return errors.Join(err, db.Close())
		}
		var counts []figures.Count
		for _, r := range rows {
			if r.Month == name {
				counts = append(counts, r.Count)
			}
		}
		if err := db.Count(ctx, counts); err != nil {
			return errors.Join(err, db.Close())
		}
	}
	return db.Close()
}
