package store

import "time"

// The rows as they are today. Days are written 2006-01-02, in UTC: a finer time
// would tell when somebody sat at a screen.

// journalRow is one person's shelf of reports. It is gone from the first moment
// of KeptUntil.
type journalRow struct {
	ID        int64 `gorm:"primaryKey;autoIncrement"`
	CreatedOn string
	KeptUntil string
}

// linkRow is one way into a journal: its data key, wrapped for one link. Without
// a journal it is a tombstone, which remembers that there was one.
type linkRow struct {
	Lookup    []byte `gorm:"primaryKey"`
	JournalID *int64
	Wrapped   []byte
	Role      role
	Until     *string // the last day of a view-only link; nil: as long as its journal
}

// role is what a link may do.
type role string

const (
	owner  role = "owner" // everything
	viewer role = "view"  // read reports
)

// tombstone is what stays in the row of a link that opens nothing any more.
func tombstone() map[string]any {
	return map[string]any{"journal_id": nil, "wrapped": nil, "role": owner, "until": nil}
}

// reportRow is one sealed report. Attempt is a tag made from the attempt id and
// the data key, not the id itself.
type reportRow struct {
	JournalID int64  `gorm:"primaryKey;autoIncrement:false"`
	Attempt   []byte `gorm:"primaryKey"`
	Edition   string
	Sealed    []byte
}

// noteRow is what the owner of a journal keeps beside its reports: one sealed note
// of each kind.
type noteRow struct {
	JournalID int64  `gorm:"primaryKey;autoIncrement:false"`
	Kind      string `gorm:"primaryKey"`
	Sealed    []byte
}

// editionRow is the whole content that reports of this edition were made with.
type editionRow struct {
	Hash    string `gorm:"primaryKey"`
	Content []byte
}

func (journalRow) TableName() string { return "journals" }
func (linkRow) TableName() string    { return "links" }
func (reportRow) TableName() string  { return "reports" }

// sweepRow is the one row that says on which day the last sweep was.
type sweepRow struct {
	ID  int64 `gorm:"primaryKey;autoIncrement:false"`
	Day string
}

// tallyRow is how often something happened on one day, in one language. Of a month that
// is long past, all stands on its first day.
type tallyRow struct {
	Day   string `gorm:"primaryKey"`
	Lang  string `gorm:"primaryKey"`
	Kind  string `gorm:"primaryKey"`
	Item  string `gorm:"primaryKey"`
	Value string `gorm:"primaryKey"`
	N     int64
}

// pieceRow holds figures that may be seen, as they were made: a figures.Piece as JSON.
type pieceRow struct {
	Lang    string `gorm:"primaryKey"`
	Family  string `gorm:"primaryKey"`
	First   string `gorm:"primaryKey"`
	Content []byte
}

// operatorRow is the one row that lets the owner see the figures.
type operatorRow struct {
	ID   int64 `gorm:"primaryKey;autoIncrement:false"`
	Hash string
	Seal []byte
}

func (tallyRow) TableName() string    { return "tallies" }
func (pieceRow) TableName() string    { return "pieces" }
func (operatorRow) TableName() string { return "operators" }

func (noteRow) TableName() string    { return "notes" }
func (sweepRow) TableName() string   { return "sweeps" }
func (editionRow) TableName() string { return "editions" }

// today is the current day, and until the day on which what is saved now goes.
func (db *DB) today() string { return db.moment().Format(time.DateOnly) }

func (db *DB) until() string {
	const day = 24 * time.Hour
	return db.moment().Add(db.keep + day - 1).Truncate(day).Format(time.DateOnly)
}
