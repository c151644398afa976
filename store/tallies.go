package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"gutskin/figures"
)

const (
	monthForm   = "2006-01"
	tallyMonths = 24  // for which tallies are kept by the day
	tallyBatch  = 500 // rows of one statement
)

// Count adds to the tallies of today.
func (db *DB) Count(ctx context.Context, counts []figures.Count) error {
	if len(counts) == 0 {
		return nil
	}
	j := &job{counts: counts}
	j.do = func(*gorm.DB) error {
		j.counted = true
		return nil
	}
	return db.writer.write(ctx, j)
}

// count adds what the jobs of a batch count, each row once and all in one order, so
// that of several programs on one database none waits for another that waits for it.
func (w *writer) count(tx *gorm.DB, batch []*job) error {
	sums := map[figures.Count]int{} // by all but N
	for _, j := range batch {
		if j.seed != nil && j.seed.raced || j.seed == nil && !j.counted {
			continue
		}
		for _, c := range j.counts {
			n := c.N
			c.N = 0
			sums[c] += n
		}
	}
	if len(sums) == 0 {
		return nil
	}
	day, list := w.day(), make([]figures.Count, 0, len(sums))
	for c := range sums {
		list = append(list, c)
	}
	slices.SortFunc(list, figures.Order)
	rows := make([]tallyRow, len(list))
	for i, c := range list {
		rows[i] = tallyRow{day, c.Lang, c.Kind, c.Item, c.Value, int64(sums[c])}
	}
	return addTallies(tx, rows)
}

func addTallies(tx *gorm.DB, rows []tallyRow) error {
	return tx.Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "day"}, {Name: "lang"}, {Name: "kind"}, {Name: "item"}, {Name: "value"}},
		DoUpdates: clause.Assignments(map[string]any{"n": gorm.Expr("tallies.n + excluded.n")}),
	}).CreateInBatches(rows, tallyBatch).Error
}

// Tallies returns what each counter came to in each month.
func (db *DB) Tallies(ctx context.Context) ([]figures.Row, error) {
	var rows []struct {
		Month, Lang, Kind, Item, Value string
		N                              int
	}
	err := db.read.WithContext(ctx).Model(&tallyRow{}).
		Select("substr(day, 1, 7) AS month, lang, kind, item, value, CAST(SUM(n) AS BIGINT) AS n").
		Group("substr(day, 1, 7), lang, kind, item, value").Find(&rows).Error
	list := make([]figures.Row, len(rows))
	for i, r := range rows {
		t := figures.Tally{Kind: r.Kind, Item: r.Item, Value: r.Value}
		list[i] = figures.Row{Month: r.Month, Count: figures.Count{Tally: t, Lang: r.Lang, N: r.N}}
	}
	return list, err
}

// KeepPieces keeps figures that may be seen from now on. A piece that begins where one
// does already changes nothing: what was seen once stays as it is.
func (db *DB) KeepPieces(ctx context.Context, pieces []figures.Piece) error {
	rows := make([]pieceRow, len(pieces))
	for i, p := range pieces {
		content, err := json.Marshal(p)
		if err != nil {
			return err
		}
		rows[i] = pieceRow{p.Lang, p.Family, p.First, content}
	}
	if len(rows) == 0 {
		return nil
	}
	return db.writer.write(ctx, &job{do: func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error
	}})
}

// Pieces returns all figures that may be seen, in the order of time.
func (db *DB) Pieces(ctx context.Context) ([]figures.Piece, error) {
	var rows []pieceRow
	if err := db.read.WithContext(ctx).Order("first, lang, family").Find(&rows).Error; err != nil {
		return nil, err
	}
	pieces := make([]figures.Piece, len(rows))
	for i, row := range rows {
		if err := json.Unmarshal(row.Content, &pieces[i]); err != nil {
			return nil, fmt.Errorf("%w: figures of %s: %w", ErrDamaged, row.First, err)
		}
	}
	return pieces, nil
}

// sumOldTallies puts the days of months that are long over together, one month in each
// transaction.
func (db *DB) sumOldTallies(ctx context.Context) error {
	now := db.moment()
	first := time.Date(now.Year(), now.Month()-tallyMonths, 1, 0, 0, 0, 0, time.UTC)
	for more := true; more; {
		err := db.writer.write(ctx, &job{do: func(tx *gorm.DB) error {
			var days []string
			err := tx.Model(&tallyRow{}).Where("day < ? AND day NOT LIKE '%-01'", first.Format(time.DateOnly)).
				Order("day").Limit(1).Pluck("day", &days).Error
			if more = len(days) > 0; err != nil || !more {
				return err
			}
			return sumMonth(tx, days[0][:len(monthForm)])
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// sumMonth adds up what it takes away, so that of two programs that do so at once each
// row is one's alone.
func sumMonth(tx *gorm.DB, name string) error {
	var taken []tallyRow
	err := tx.Clauses(clause.Returning{}).Where("day LIKE ? AND day <> ?", name+"-__", name+"-01").Delete(&taken).Error
	if err != nil {
		return err
	}
	sums := map[tallyRow]int64{} // by all but N
	for _, row := range taken {
		n := row.N
		row.Day, row.N = name+"-01", 0
		sums[row] += n
	}
	rows := make([]tallyRow, 0, len(sums))
	for row, n := range sums {
		row.N = n
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b tallyRow) int {
		return cmp.Or(cmp.Compare(a.Lang, b.Lang), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Item, b.Item), cmp.Compare(a.Value, b.Value))
	})
	if len(rows) == 0 {
		return nil
	}
	return addTallies(tx, rows)
}
