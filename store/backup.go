package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// Backup writes a database, which may be in use, into a new file that only its
// owner can read, and verifies what it wrote. The file holds the database as it was
// at one moment. A file that exists is left as it is. Problems that the database
// has are in the findings, and in the backup.
func Backup(ctx context.Context, url, file string, hash EditionHash) (Findings, error) {
	if OnServer(url) {
		return Findings{}, fmt.Errorf("a database of PostgreSQL is backed up with its own program: pg_dump --format=custom --file=%s --dbname=%s", quoted(file), quoted(Shown(url)))
	}
	path, err := pathOf(url)
	if err != nil {
		return Findings{}, err
	}
	// Taking the name first keeps two backups at once apart.
	taken, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, os.ErrExist):
		return Findings{}, fmt.Errorf("%s exists and was left as it is; give the name of a new file", file)
	case err != nil:
		return Findings{}, fmt.Errorf("the backup cannot be written; check its folder: %w", err)
	}
	found, err := backup(ctx, path, file, hash)
	if err := errors.Join(err, taken.Close()); err != nil {
		return Findings{}, errors.Join(err, os.Remove(file))
	}
	return found, nil
}

func backup(ctx context.Context, path, file string, hash EditionHash) (Findings, error) {
	copied, err := copyDatabase(ctx, path, filepath.Dir(file))
	if err != nil {
		return Findings{}, err
	}
	found, err := Verify(ctx, copied, hash)
	if err == nil {
		err = os.Rename(copied, file)
	}
	if err != nil {
		return Findings{}, errors.Join(err, os.Remove(copied))
	}
	return found, syncFolder(filepath.Dir(file))
}

// copyDatabase copies a database into a new file in a folder, down to the disk, and
// returns its name.
func copyDatabase(ctx context.Context, path, folder string) (name string, err error) {
	db, closeIt, err := openToRead(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, closeIt()) }()
	f, err := os.CreateTemp(folder, ".gutskin-*.partial") // readable by its owner only
	if err != nil {
		return "", fmt.Errorf("a copy cannot be written; check the folder: %w", err)
	}
	// One read of the source, beside which others can write.
	err = db.WithContext(ctx).Exec("VACUUM INTO ?", f.Name()).Error
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", errors.Join(fmt.Errorf("%s cannot be copied: %w", path, err), os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// Restore puts a backup, verified first, in the place of the database at url. A
// database that exists is left as it is unless replace is set; then it is kept
// beside the restored one, its name ending in .before-restore. A database that
// another process has open is never replaced.
func Restore(ctx context.Context, file, url string, replace bool, hash EditionHash) (Findings, error) {
	if OnServer(url) {
		return Findings{}, fmt.Errorf("a database of PostgreSQL is restored with its own program, into an empty database: pg_restore --single-transaction --no-owner --dbname=%s %s", quoted(Shown(url)), quoted(file))
	}
	path, err := pathOf(url)
	if err != nil {
		return Findings{}, err
	}
	exists, err := mayRestore(path, replace)
	if err != nil {
		return Findings{}, err
	}
	found, err := Verify(ctx, file, hash)
	switch {
	case err != nil:
		return Findings{}, err
	case len(found.Problems) > 0:
		return Findings{}, fmt.Errorf("%s has problems and was not restored; take another backup: %s", file, strings.Join(found.Problems, "; "))
	}
	copied, err := copyDatabase(ctx, file, filepath.Dir(path))
	if err != nil {
		return Findings{}, err
	}
	if exists {
		err = exchange(path, copied)
	} else {
		err = os.Rename(copied, path)
	}
	if err != nil {
		return Findings{}, errors.Join(err, os.Remove(copied))
	}
	return found, syncFolder(filepath.Dir(path))
}

// quoted is a word as a shell reads it.
func quoted(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

// Shown is a URL or path as it may be shown: without a password. The programs of
// PostgreSQL ask for theirs, or take it from PGPASSWORD.
func Shown(address string) string {
	if !OnServer(address) {
		return address
	}
	u, err := url.Parse(address)
	if err != nil || u.Opaque != "" {
		return "postgres://user@host/name"
	}
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	query := u.Query()
	for name := range query {
		if strings.Contains(name, "password") {
			query.Del(name)
		}
	}
	u.RawQuery = query.Encode()
	return u.String()
}

const kept = ".before-restore"

// mayRestore reports whether a database is there already.
func mayRestore(path string, replace bool) (exists bool, err error) {
	there := func(suffix string) bool {
		_, err := os.Lstat(path + suffix)
		return !errors.Is(err, os.ErrNotExist)
	}
	switch exists := there(""); {
	case exists && !replace:
		return false, fmt.Errorf("%s exists and was left as it is; add --replace to put the backup in its place", path)
	case exists && there(kept):
		return false, fmt.Errorf("%s is kept from an earlier restore; move it away first", path+kept)
	case !exists && (there("-wal") || there("-journal")):
		return false, fmt.Errorf("beside %s lies the log of a database that is gone; move its files away first", path)
	default:
		return exists, nil
	}
}

// exchange keeps the database at path beside it and puts another file in its place,
// while nobody else can open it.
func exchange(path, with string) (err error) {
	db, closeIt, err := openToRead(path)
	if err != nil {
		return fmt.Errorf("what is at %s cannot be replaced; move it away yourself, then restore without --replace: %w", path, err)
	}
	defer func() { err = errors.Join(err, closeIt()) }()
	// Leaving WAL needs the file for oneself, and folds the log into it.
	var mode string
	err = db.Raw("PRAGMA journal_mode = DELETE").Find(&mode).Error
	if err == nil && mode == "delete" {
		err = db.Exec("BEGIN EXCLUSIVE").Error
	}
	switch {
	case errors.Is(err, ErrBusy) || err == nil && mode != "delete":
		return fmt.Errorf("another process has %s open; stop it, then restore again", path)
	case err != nil:
		return fmt.Errorf("what is at %s cannot be replaced; move it away yourself, then restore without --replace: %w", path, err)
	}
	if err := os.Link(path, path+kept); err != nil {
		return fmt.Errorf("the database there was cannot be kept beside the backup; move it away yourself, then restore without --replace: %w", err)
	}
	return os.Rename(with, path)
}

func syncFolder(folder string) (err error) {
	f, err := os.Open(folder)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
