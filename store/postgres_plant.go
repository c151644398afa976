package store

import (
	"bytes"
	"database/sql/driver"
	"encoding/hex"
	"slices"

	"gorm.io/gorm"
)

// plantAtOnce writes new journals with one statement, however many there are. Which
// link another instance was faster with, the database tells.
func plantAtOnce(tx *gorm.DB, seeds []*seed, j journalRow) error {
	// Everybody in the same order: who waits for a link holds none that comes after it.
	seeds = slices.SortedStableFunc(slices.Values(seeds), func(a, b *seed) int {
		return bytes.Compare(a.link.Lookup, b.link.Lookup)
	})
	var lookups, wrapped, attempts, editions, sealed blobs
	for _, s := range seeds {
		s.raced = true
		lookups, wrapped = append(lookups, s.link.Lookup), append(wrapped, s.link.Wrapped)
		attempts, sealed = append(attempts, s.report.Attempt), append(sealed, s.report.Sealed)
		editions = append(editions, []byte(s.report.Edition))
	}
	var planted []int
	err := tx.Raw(`WITH seed AS MATERIALIZED (
			SELECT nextval(pg_get_serial_sequence('journals', 'id')) AS id, s.*
			FROM unnest(?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[]) WITH ORDINALITY
				AS s (lookup, wrapped, attempt, edition, sealed, nth)
		), link AS (
			INSERT INTO links (lookup, journal_id, wrapped, role)
			SELECT lookup, id, wrapped, 'owner' FROM seed ORDER BY nth
			ON CONFLICT (lookup) DO NOTHING RETURNING journal_id
		), journal AS (
			INSERT INTO journals (id, created_on, kept_until) SELECT journal_id, ?, ? FROM link
		), report AS (
			INSERT INTO reports (journal_id, attempt, edition, sealed)
			SELECT id, attempt, convert_from(edition, 'UTF8'), sealed FROM seed JOIN link ON journal_id = id
		)
		SELECT nth FROM seed JOIN link ON journal_id = id`,
		lookups, wrapped, attempts, editions, sealed, j.CreatedOn, j.KeptUntil).Find(&planted).Error
	for _, nth := range planted {
		seeds[nth-1].raced = false
	}
	return err
}

// blobs is an array of bytea: one parameter, whatever its length.
type blobs [][]byte

// Value writes it as PostgreSQL reads it.
func (b blobs) Value() (driver.Value, error) {
	size := 2
	for _, blob := range b {
		size += 2*len(blob) + len(`"\\x",`)
	}
	out := make([]byte, 0, size)
	out = append(out, '{')
	for i, blob := range b {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, `"\\x`...)
		out = hex.AppendEncode(out, blob)
		out = append(out, '"')
	}
	return string(append(out, '}')), nil
}
