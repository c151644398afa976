package store

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"
)

// table is one of those that hold what is kept, as a copy of it needs to know it.
type table struct {
	name    string
	columns []string // those of the key first
	key     int      // how many columns it has
	grows   bool     // the first column of the key is a number or bytes: every engine has them in one order
	rows    int      // so many make a batch
}

// tables are all of them, those that others refer to first.
func tables() []table {
	const many = 1000
	return []table{
		{"editions", []string{"hash", "content"}, 1, false, 8},
		{"journals", []string{"id", "created_on", "kept_until"}, 1, true, many},
		{"links", []string{"lookup", "journal_id", "wrapped", "role", "until"}, 1, true, many},
		{"reports", []string{"journal_id", "attempt", "edition", "sealed"}, 2, true, many},
		{"notes", []string{"journal_id", "kind", "sealed"}, 2, true, many},
		{"feedback", []string{"id", "useful", "words", "due", "shown"}, 1, true, many},
		{"sweeps", []string{"id", "day"}, 1, true, many},
		{"tallies", []string{"day", "lang", "kind", "item", "value", "n"}, 5, false, many},
		{"pieces", []string{"lang", "family", "first", "content"}, 3, false, many},
		{"operators", []string{"id", "hash", "seal"}, 1, true, many},
	}
}

// place is where a batch begins: after a key or, with from, at the first column of
// one. Its zero value is the beginning.
type place struct {
	key  []any
	from bool
}

func (t table) keyOf(row []any) []any { return row[:t.key] }

func (t table) count(db *gorm.DB) (n int64, err error) {
	err = db.Raw("SELECT COUNT(*) FROM " + t.name).Find(&n).Error
	return n, err
}

// last is where a copy that was begun goes on.
func (t table) last(db *gorm.DB) (place, error) {
	if !t.grows {
		return place{}, nil
	}
	rows, err := read(db, 1, fmt.Sprintf("SELECT %[1]s FROM %[2]s ORDER BY %[1]s DESC LIMIT 1", t.columns[0], t.name))
	if err != nil || len(rows) == 0 {
		return place{}, err
	}
	return place{key: rows[0], from: true}, nil
}

// batch reads the next rows.
func (t table) batch(db *gorm.DB, after place) ([][]any, error) {
	key := strings.Join(t.columns[:t.key], ", ")
	where := ""
	switch {
	case after.from:
		where = " WHERE " + t.columns[0] + " >= ?"
	case len(after.key) > 0:
		where = " WHERE (" + key + ") > " + placeholders(t.key)
	}
	return read(db, len(t.columns), fmt.Sprintf("SELECT %s FROM %s%s ORDER BY %s LIMIT %d",
		strings.Join(t.columns, ", "), t.name, where, key, t.rows), after.key...)
}

// insert leaves rows that are there as they are.
func (t table) insert(tx *gorm.DB, rows [][]any) error {
	values := make([]any, 0, len(rows)*len(t.columns))
	for _, row := range rows {
		values = append(values, row...)
	}
	all := strings.Repeat(", "+placeholders(len(t.columns)), len(rows))[2:]
	return tx.Exec(fmt.Sprintf("INSERT INTO %s (%s) VALUES %s ON CONFLICT DO NOTHING", t.name, strings.Join(t.columns, ", "), all), values...).Error
}

// placeholders begin with a space: GORM writes bytes right after a bracket one by one.
func placeholders(n int) string { return "( " + strings.Repeat(", ?", n)[2:] + ")" }

func read(db *gorm.DB, columns int, query string, values ...any) (all [][]any, err error) {
	err = eachRow(db, columns, func(row []any) error {
		all = append(all, row)
		return nil
	}, query, values...)
	return all, err
}

// eachRow reads one row at a time, as the driver has it.
func eachRow(db *gorm.DB, columns int, do func(row []any) error, query string, values ...any) (err error) {
	rows, err := db.Raw(query, values...).Rows()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		row, into := make([]any, columns), make([]any, columns)
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := do(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// sum is what two equal tables have in common, whatever the order of their rows.
type sum struct {
	rows  int64
	bytes checksum
}

// sums are those of all tables, by name.
type sums map[string]sum

func (t table) sum(db *gorm.DB, step func(rows int)) (s sum, err error) {
	err = eachRow(db, len(t.columns), func(row []any) error {
		s.rows++
		step(1)
		return s.bytes.add(row)
	}, "SELECT "+strings.Join(t.columns, ", ")+" FROM "+t.name)
	return s, err
}

// checksum is made from the hashes of rows, no two of which are the same.
type checksum [sha256.Size]byte

func (c *checksum) add(row []any) error {
	h := sha256.New()
	part := func(kind byte, value []byte) {
		h.Write(binary.BigEndian.AppendUint64([]byte{kind}, uint64(len(value))))
		h.Write(value)
	}
	for _, value := range row {
		switch v := value.(type) {
		case nil:
			part('0', nil)
		case int64:
			part('i', binary.BigEndian.AppendUint64(nil, uint64(v)))
		case string:
			part('t', []byte(v))
		case []byte:
			part('b', v)
		default:
			return fmt.Errorf("a value of the type %T cannot be compared; report this", value)
		}
	}
	subtle.XORBytes(c[:], c[:], h.Sum(nil))
	return nil
}
