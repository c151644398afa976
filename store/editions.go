package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// KeepEdition keeps the whole content that reports are made with, by its hash,
// so that an old report reads as it did. A hash that is known already changes
// nothing.
func (db *DB) KeepEdition(ctx context.Context, hash string, content []byte) error {
	if hash == "" || len(hash) > maxName {
		return fmt.Errorf("an edition of %d bytes cannot be kept; give 1 to %d", len(hash), maxName)
	}
	row := editionRow{Hash: hash, Content: content}
	return db.writer.write(ctx, &job{do: func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
	}})
}

// Edition returns the content kept under a hash, or ErrNotFound.
func (db *DB) Edition(ctx context.Context, hash string) ([]byte, error) {
	var rows []editionRow
	if err := db.read.WithContext(ctx).Where("hash = ?", hash).Find(&rows).Error; err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, ErrNotFound
	}
	return rows[0].Content, nil
}
