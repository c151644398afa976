package store

import (
	"errors"
	"slices"

	"github.com/go-gormigrate/gormigrate/v2"
	"gorm.io/gorm"
)

const migrationsTable = "migrations"

// errNewer says that this program is too old for a database.
var errNewer = errors.New("a newer version of this program wrote this database, which was left as it is; run that version, or restore a backup")

// errMoving says that a database is not whole yet.
var errMoving = errors.New("a move into this database has not ended; run the same gutskin move again, which goes on where it stopped")

// migrations are the numbered changes, oldest first. One that was released stays as
// it is: the next change gets the next number and row types of its own.
func migrations() []*gormigrate.Migration {
	return []*gormigrate.Migration{
		{ID: "0001_journals", Migrate: func(tx *gorm.DB) error {
			return tx.Migrator().CreateTable(journal1{}, link1{}, report1{}, edition1{})
		}},
		{ID: "0002_shares_and_notes", Migrate: func(tx *gorm.DB) error {
			m := tx.Migrator()
			return errors.Join(
				m.AddColumn(link2{}, "Role"),
				m.AddColumn(link2{}, "Until"),
				m.CreateIndex(link2{}, "Until"),
				m.CreateTable(note2{}, sweep2{}),
			)
		}},
		{ID: "0003_tallies", Migrate: func(tx *gorm.DB) error {
			return tx.Migrator().CreateTable(tally3{}, piece3{}, operator3{})
		}},
	}
}

// migrate applies, in one transaction, the changes that a database has not seen.
// prepare begins the transaction; it may be nil.
func migrate(db *gorm.DB, prepare func(*gorm.DB) error) error {
	err := db.Transaction(func(tx *gorm.DB) error {
		if prepare != nil {
			if err := prepare(tx); err != nil {
				return err
			}
		}
		return gormigrate.New(tx, &gormigrate.Options{
			TableName:                 migrationsTable,
			ValidateUnknownMigrations: true,
		}, migrations()).Migrate()
	})
	switch {
	case errors.Is(err, gormigrate.ErrUnknownPastMigration):
		return newerOrMoving(db)
	case errors.Is(err, errForeign):
		return err
	case err != nil:
		return unprepared(err)
	}
	return nil
}

// lag compares the migrations that a database has seen with those there are.
func lag(seen []string) (missing, newer int) {
	known := map[string]bool{}
	for _, m := range migrations() {
		known[m.ID] = true
		if !slices.Contains(seen, m.ID) {
			missing++
		}
	}
	for _, id := range seen {
		if !known[id] {
			newer++
		}
	}
	return missing, newer
}

// newerOrMoving tells apart why a database has seen what this program has not.
func newerOrMoving(db *gorm.DB) error {
	var moving int64
	err := db.Raw("SELECT COUNT(*) FROM "+migrationsTable+" WHERE id LIKE ?", movingMark+"%").Find(&moving).Error
	if err == nil && moving > 0 {
		return errMoving
	}
	return errNewer
}

type journal1 struct {
	ID        int64  `gorm:"primaryKey;autoIncrement"`
	CreatedOn string `gorm:"size:10;not null"`
	KeptUntil string `gorm:"size:10;not null;index:journals_kept_until"`
}

type link1 struct {
	Lookup    []byte    `gorm:"primaryKey"`
	JournalID *int64    `gorm:"index:links_journal_id"`
	Journal   *journal1 `gorm:"foreignKey:JournalID"`
	Wrapped   []byte
}

type report1 struct {
	JournalID int64     `gorm:"primaryKey;autoIncrement:false"`
	Journal   *journal1 `gorm:"foreignKey:JournalID;constraint:OnDelete:CASCADE"`
	Attempt   []byte    `gorm:"primaryKey"`
	Edition   string    `gorm:"not null"`
	Sealed    []byte    `gorm:"not null"`
}

type edition1 struct {
	Hash    string `gorm:"primaryKey"`
	Content []byte `gorm:"not null"`
}

// link2 is what 0002 adds to link1. Every link there was is its owner's.
type link2 struct {
	Role  string  `gorm:"size:5;not null;default:('owner')"`
	Until *string `gorm:"size:10;index:links_until,where:until IS NOT NULL"`
}

type note2 struct {
	JournalID int64     `gorm:"primaryKey;autoIncrement:false"`
	Journal   *journal1 `gorm:"foreignKey:JournalID;constraint:OnDelete:CASCADE"`
	Kind      string    `gorm:"primaryKey;size:20"`
	Sealed    []byte    `gorm:"not null"`
}

type sweep2 struct {
	ID  int64  `gorm:"primaryKey;autoIncrement:false"`
	Day string `gorm:"size:10;not null"`
}

type tally3 struct {
	Day   string `gorm:"primaryKey;size:10"`
	Lang  string `gorm:"primaryKey"`
	Kind  string `gorm:"primaryKey"`
	Item  string `gorm:"primaryKey"`
	Value string `gorm:"primaryKey"`
	N     int64  `gorm:"not null"`
}

type piece3 struct {
	Lang    string `gorm:"primaryKey"`
	Family  string `gorm:"primaryKey"`
	First   string `gorm:"primaryKey;size:7"`
	Content []byte `gorm:"not null"`
}

type operator3 struct {
	ID   int64  `gorm:"primaryKey;autoIncrement:false"`
	Hash string `gorm:"not null"`
	Seal []byte `gorm:"not null"`
}

func (journal1) TableName() string { return "journals" }
func (link1) TableName() string    { return "links" }
func (report1) TableName() string  { return "reports" }
func (edition1) TableName() string { return "editions" }
func (link2) TableName() string    { return "links" }
func (note2) TableName() string    { return "notes" }
func (sweep2) TableName() string   { return "sweeps" }
func (tally3) TableName() string   { return "tallies" }
func (piece3) TableName() string   { return "pieces" }

func (operator3) TableName() string { return "operators" }
