package store

import (
	"context"
	"crypto/rand"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

const (
	theOperator = 1 // the id of the one row
	sealKey     = 32
)

// Operator is what lets the owner see the figures.
type Operator struct {
	Hash string // of the password, with all it takes to check one
	Seal []byte // the secret key of sessions; another one ends all there are
}

// Operator returns what SetOperator kept, or ErrNotFound before that.
func (db *DB) Operator(ctx context.Context) (Operator, error) {
	var rows []operatorRow
	if err := db.read.WithContext(ctx).Where("id = ?", theOperator).Find(&rows).Error; err != nil {
		return Operator{}, err
	}
	if len(rows) == 0 {
		return Operator{}, ErrNotFound
	}
	return Operator{Hash: rows[0].Hash, Seal: rows[0].Seal}, nil
}

// SetOperator keeps the hash of a password in the place of the one before, and ends
// all sessions.
func (db *DB) SetOperator(ctx context.Context, hash string) error {
	if hash == "" {
		return fmt.Errorf("an empty hash lets nobody in; give that of a password")
	}
	row := operatorRow{ID: theOperator, Hash: hash, Seal: newSeal()}
	return db.writer.write(ctx, &job{do: func(tx *gorm.DB) error {
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
	}})
}

// EndSessions makes another secret key for sessions. The password stays.
func (db *DB) EndSessions(ctx context.Context) error {
	return db.writer.write(ctx, &job{do: func(tx *gorm.DB) error {
		return tx.Model(&operatorRow{}).Where("id = ?", theOperator).Update("seal", newSeal()).Error
	}})
}

func newSeal() []byte {
	key := make([]byte, sealKey)
	rand.Read(key) // never fails
	return key
}
