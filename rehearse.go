package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/mattn/go-isatty"

	"gutskin/data"
	"gutskin/store"
)

// rehearseCmd compares two editions over made-up people.
type rehearseCmd struct {
	Old     string `arg:"" help:"What is served now: a content folder, built-in, or the hash of an edition in the database (sha256:…)."`
	New     string `arg:"" help:"What is to be served: the same kinds."`
	People  int    `help:"How many visitors to make up, beside the personas." default:"100000" placeholder:"N"`
	Seed    uint64 `help:"The same seed makes up the same visitors." default:"1"`
	DB      string `name:"db" help:"Where editions are kept: the path of a SQLite file, or postgres://user:password@host/name." env:"GUTSKIN_DB" default:"gutskin.db"`
	JSON    bool   `name:"json" help:"Print one JSON object."`
	Verbose bool   `help:"List every text that changed."`
}

const (
	builtIn  = "built-in"
	hashMark = "sha256:"
)

// Run prints what changes for whom. It fails when somebody loses a safety notice, when
// one gets quieter, and when an id vanished.
func (c *rehearseCmd) Run(ctx context.Context, s streams) error {
	if c.People < 0 {
		return errors.New("--people is below 0, give a number of visitors")
	}
	before, oldFiles, err := c.side(ctx, s, c.Old)
	if err != nil {
		return err
	}
	now, files, err := c.side(ctx, s, c.New)
	if err != nil {
		return err
	}
	if files == nil {
		files = oldFiles
	}
	if files == nil {
		files = data.Files
	}
	population, err := data.LoadPopulation(files, now.Edition, before.Edition)
	if err != nil {
		return reported(s, "the population", err)
	}
	rehearsal, err := data.Rehearse(ctx, data.RehearseOptions{
		Old: before, New: now, Population: population, Visitors: c.People, Seed: c.Seed, Progress: progress(s.err),
	})
	if err != nil {
		return err
	}
	if c.JSON {
		out := json.NewEncoder(s.out)
		out.SetIndent("", "  ")
		err = out.Encode(rehearsal)
	} else {
		err = data.WriteRehearsal(s.out, rehearsal, now.Edition, c.Verbose)
	}
	if err != nil {
		return fmt.Errorf("write the rehearsal: %w", err)
	}
	if rehearsal.Alarm.Raised() {
		return errReported
	}
	return nil
}

// side loads one of the two editions, with the personas that stand beside it. What a
// database keeps has no folder.
func (c *rehearseCmd) side(ctx context.Context, s streams, name string) (data.Side, fs.FS, error) {
	if strings.HasPrefix(name, hashMark) {
		library, err := c.kept(ctx, name)
		if err != nil {
			return data.Side{}, nil, err
		}
		return data.Side{Name: "the database", Edition: library.Edition("")}, nil, nil
	}
	dir := name
	if name == builtIn {
		dir = ""
	}
	files, err := content(dir)
	if err != nil {
		return data.Side{}, nil, err
	}
	library, err := data.Load(files)
	if err != nil {
		return data.Side{}, nil, reported(s, name, err)
	}
	people, err := data.LoadPeople(files)
	if err != nil {
		return data.Side{}, nil, reported(s, name, err)
	}
	return data.Side{Name: name, Edition: library.Edition(""), People: people}, files, nil
}

// kept reads an edition that a database keeps. It makes no database where there is none.
func (c *rehearseCmd) kept(ctx context.Context, hash string) (library *data.Library, err error) {
	if _, err := os.Stat(strings.TrimPrefix(c.DB, "sqlite:")); err != nil && !store.OnServer(c.DB) {
		return nil, fmt.Errorf("open the database that keeps %s: %w; name it with --db", hash, err)
	}
	db, err := store.Open(ctx, store.Options{URL: c.DB})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	blob, err := db.Edition(ctx, hash)
	if errors.Is(err, store.ErrNotFound) {
		return nil, fmt.Errorf("no edition %s is kept in %s; give the whole hash, as check prints it", hash, store.Shown(c.DB))
	}
	if err != nil {
		return nil, err
	}
	return data.Unpack(blob)
}

// reported prints the problems of a content folder, below its name.
func reported(s streams, name string, err error) error {
	var problems data.Problems
	if !errors.As(err, &problems) {
		return err
	}
	fmt.Fprintf(s.out, "%s has problems, mend them first:\n%s\n", name, problems)
	return errReported
}

// progress draws a bar on a terminal, and nothing anywhere else.
func progress(w io.Writer) func(done, of int) {
	file, ok := w.(*os.File)
	if !ok || !isatty.IsTerminal(file.Fd()) {
		return nil
	}
	const width = 40
	drawn := -1
	return func(done, of int) {
		percent := 100 * done / of
		if percent == drawn {
			return
		}
		drawn = percent
		full := width * done / of
		fmt.Fprintf(w, "\r[%s%s] %3d %%", strings.Repeat("#", full), strings.Repeat(".", width-full), percent)
		if done == of {
			fmt.Fprint(w, "\r\x1b[K")
		}
	}
}
