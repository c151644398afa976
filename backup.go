package main

import (
	"context"
	"fmt"
	"io"

	"gutskin/data"
	"gutskin/store"
)

// backupCmd copies the database while it is in use.
type backupCmd struct {
	File string `arg:"" help:"New file for the backup."`
	DB   string `name:"db" help:"Where results are kept: the path of a SQLite file, or postgres://user:password@host/name." env:"GUTSKIN_DB" default:"gutskin.db"`
}

// Run writes the backup and says what is in it.
func (c *backupCmd) Run(ctx context.Context, s streams) error {
	found, err := store.Backup(ctx, c.DB, c.File, hashOf)
	if err != nil {
		return err
	}
	return tell(s.out, c.File, found)
}

// verifyCmd looks through a database or a backup.
type verifyCmd struct {
	File string `arg:"" optional:"" help:"Backup to verify; the database itself when left out."`
	DB   string `name:"db" help:"Where results are kept: the path of a SQLite file, or postgres://user:password@host/name." env:"GUTSKIN_DB" default:"gutskin.db"`
}

// Run prints every problem, or what the file holds when there is none.
func (c *verifyCmd) Run(ctx context.Context, s streams) error {
	file := c.DB
	if c.File != "" {
		file = c.File
	}
	found, err := store.Verify(ctx, file, hashOf)
	if err != nil {
		return err
	}
	return tell(s.out, store.Shown(file), found)
}

// restoreCmd puts a backup in the place of the database.
type restoreCmd struct {
	File    string `arg:"" help:"Backup to restore."`
	DB      string `name:"db" help:"Where results are kept: the path of a SQLite file, or postgres://user:password@host/name." env:"GUTSKIN_DB" default:"gutskin.db"`
	Replace bool   `help:"Replace the database there is. It is kept, as the same name with .before-restore at its end."`
}

// Run restores, and says what was restored.
func (c *restoreCmd) Run(ctx context.Context, s streams) error {
	found, err := store.Restore(ctx, c.File, c.DB, c.Replace, hashOf)
	if err != nil {
		return err
	}
	return tell(s.out, c.DB, found)
}

// tell prints the problems of a database file, or what it holds.
func tell(out io.Writer, file string, f store.Findings) error {
	for _, problem := range f.Problems {
		fmt.Fprintf(out, "%s: %s\n", file, problem)
	}
	if len(f.Problems) > 0 {
		return errReported
	}
	fmt.Fprintf(out, "%s: no problem\n", file)
	fmt.Fprintf(out, "journals: %d, with %d reports and %d notes\n", f.Journals, f.Reports, f.Notes)
	fmt.Fprintf(out, "links: %d, of which %d are view-only; %d more were closed\n", f.Links, f.ViewOnly, f.Tombstones)
	fmt.Fprintf(out, "editions: %d\n", f.Editions)
	fmt.Fprintf(out, "last migration: %s\n", f.Schema)
	return nil
}

// hashOf names a kept content by what is in it.
func hashOf(content []byte) (string, error) {
	library, err := data.Unpack(content)
	if err != nil {
		return "", err
	}
	return library.Hash(), nil
}
