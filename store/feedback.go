package store

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
)

// What people say about their results is kept for itself: without a link, a journal or a
// report, under a random number, so that neither the rows nor their order lead to anybody.
// Each is ready to be read only after some hours, a random number of them, and what is
// ready is shown 10 or more at a time. From then on all of a batch carry the same day.
const (
	feedbackBatch = 10
	feedbackWords = 300            // characters
	feedbackLeast = 6 * time.Hour  // until it is ready
	feedbackMost  = 48 * time.Hour // until it is ready
	feedbackKept  = 24             // months
)

// Useful is an answer to whether results were useful.
type Useful string

// The answers there are.
const (
	UsefulYes    Useful = "yes"
	UsefulPartly Useful = "partly"
	UsefulNo     Useful = "no"
)

// Feedback is what may be shown of all that people said.
type Feedback struct {
	Yes, Partly, No int
	Words           []string // in no order
}

// feedbackRow is what one person said. Due is the hour from which it may be part of a
// batch, as in 2006-01-02T15, and once it was the day of its batch.
type feedbackRow struct {
	ID     int64 `gorm:"primaryKey;autoIncrement:false"`
	Useful Useful
	Words  string
	Due    string
	Shown  int64 // 1 or 0
}

func (feedbackRow) TableName() string { return "feedback" }

const byHour = "2006-01-02T15"

// AddFeedback keeps what somebody said. Words may be empty, and have 300 characters at
// most.
func (db *DB) AddFeedback(ctx context.Context, useful Useful, words string) error {
	switch {
	case useful != UsefulYes && useful != UsefulPartly && useful != UsefulNo:
		return fmt.Errorf("there is no such answer; give %q, %q or %q", UsefulYes, UsefulPartly, UsefulNo)
	case utf8.RuneCountInString(words) > feedbackWords:
		return fmt.Errorf("more words than can be kept; give at most %d characters", feedbackWords)
	}
	hours := uint64((feedbackMost-feedbackLeast)/time.Hour) + 1
	due := db.moment().Add(feedbackLeast + time.Duration(chance()%hours)*time.Hour)
	row := feedbackRow{ID: int64(chance() >> 1), Useful: useful, Words: words, Due: due.Format(byHour)}
	return db.writer.write(ctx, &job{do: func(tx *gorm.DB) error { return tx.Create(&row).Error }})
}

// chance is a random number that nobody can guess.
func chance() uint64 {
	var b [8]byte
	rand.Read(b[:]) // never fails
	return binary.BigEndian.Uint64(b[:])
}

// ReadFeedback returns what may be shown. When 10 or more are ready that were not shown
// yet, they join it, all at once.
func (db *DB) ReadFeedback(ctx context.Context) (Feedback, error) {
	var found Feedback
	err := db.writer.write(ctx, &job{do: func(tx *gorm.DB) error {
		found = Feedback{}
		if err := db.release(tx); err != nil {
			return err
		}
		var rows []feedbackRow
		if err := tx.Where("shown = ?", 1).Order("id").Find(&rows).Error; err != nil {
			return err
		}
		for _, row := range rows {
			found.add(row)
		}
		return nil
	}})
	return found, err
}

func (f *Feedback) add(row feedbackRow) {
	switch row.Useful {
	case UsefulYes:
		f.Yes++
	case UsefulPartly:
		f.Partly++
	default:
		f.No++
	}
	if row.Words != "" {
		f.Words = append(f.Words, row.Words)
	}
}

// release lets all that is ready be shown, where that is enough of it.
func (db *DB) release(tx *gorm.DB) error {
	ready := tx.Model(&feedbackRow{}).Where("shown = ? AND due <= ?", 0, db.moment().Format(byHour))
	var n int64
	if err := ready.Session(&gorm.Session{}).Count(&n).Error; err != nil || n < feedbackBatch {
		return err
	}
	return ready.Session(&gorm.Session{}).Updates(map[string]any{"shown": 1, "due": db.today()}).Error
}

// forgetFeedback removes what was said long ago.
func (db *DB) forgetFeedback(tx *gorm.DB) error {
	first := db.moment().AddDate(0, -feedbackKept, 0).Format(time.DateOnly)
	return tx.Where("due < ?", first).Delete(&feedbackRow{}).Error
}
