package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Inspection is what Open would find.
type Inspection struct {
	Name    string // of the database, without a password
	New     bool   // there is none yet: Open would make it
	Missing int    // changes of its tables that Open would make
}

// Inspect looks whether Open could open a database, and changes nothing.
func Inspect(ctx context.Context, url string) (found Inspection, err error) {
	if found.Name, err = pathOf(url); err != nil {
		return found, err
	}
	switch info, err := os.Stat(found.Name); {
	case errors.Is(err, fs.ErrNotExist), err == nil && info.Mode().IsRegular() && info.Size() == 0:
		found.New, found.Missing = true, len(migrations())
		return found, mayWrite(filepath.Dir(found.Name))
	}
	db, closeIt, err := openToRead(found.Name)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, closeIt()) }()
	var seen []string
	if err := db.WithContext(ctx).Table(migrationsTable).Pluck("id", &seen).Error; err != nil {
		return found, fmt.Errorf("%s cannot be read; check its disk, or restore a backup: %w", found.Name, err)
	}
	missing, newer := lag(seen)
	if found.Missing = missing; newer > 0 {
		return found, errNewer
	}
	return found, mayWrite(filepath.Dir(found.Name))
}

// mayWrite makes a file in a folder and removes it again.
func mayWrite(folder string) error {
	f, err := os.CreateTemp(folder, ".gutskin-*.try")
	if err == nil {
		err = errors.Join(f.Close(), os.Remove(f.Name()))
	}
	if err != nil {
		return fmt.Errorf("nothing can be written beside the database; check its folder and who may write there: %w", err)
	}
	return nil
}
