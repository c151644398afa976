package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"time"

	"gutskin/data"
)

// content returns the folder to read: the built-in one when dir is "".
func content(dir string) (fs.FS, error) {
	if dir == "" {
		return data.Files, nil
	}
	if info, err := os.Stat(dir); err != nil {
		return nil, fmt.Errorf("open the content folder: %w", err)
	} else if !info.IsDir() {
		return nil, fmt.Errorf("open the content folder: %s is a file, give the folder that holds questionnaire.yaml", dir)
	}
	return os.DirFS(dir), nil
}

// library loads the content of a folder.
func library(dir string) (*data.Library, error) {
	files, err := content(dir)
	if err != nil {
		return nil, err
	}
	return data.Load(files)
}

// checkCmd proves a content folder.
type checkCmd struct {
	Dir     string    `arg:"" optional:"" help:"Content folder; the built-in content when left out." env:"GUTSKIN_CONTENT"`
	Words   bool      `help:"Say instead how hard the texts are to read, the hardest first."`
	Verbose bool      `short:"v" help:"Print an example of everything that can happen."`
	JSON    bool      `name:"json" help:"Print everything as JSON, for machines."`
	Samples int       `default:"20000" help:"Random people for what cannot be proven case by case."`
	Seed    uint64    `default:"1" help:"Which random people: the same seed gives the same ones."`
	Today   time.Time `format:"2006-01-02" placeholder:"DATE" help:"The day on which reviews may be due, such as 2027-01-31; today when left out."`
}

// Run prints every problem as file:line:col: sentence, then runs the personas, then
// proves what must hold for everybody.
func (c *checkCmd) Run(s streams) error {
	files, err := content(c.Dir)
	if err != nil {
		return err
	}
	if c.Words {
		return checkWords(files, s)
	}
	var r checked
	library, err := data.Load(files)
	if err != nil {
		return r.report(c, s, err)
	}
	people, err := data.LoadPeople(files)
	if err != nil {
		return r.report(c, s, err)
	}
	e := library.Edition("")
	if _, err := data.LoadPopulation(files, e); err != nil {
		return r.report(c, s, err)
	}
	r.summary(library, people)
	if problems := people.Check(e); len(problems) > 0 {
		return r.report(c, s, problems)
	}
	begun := time.Now()
	r.Proof = data.Prove(library, data.ProofOptions{Seed: c.Seed, Samples: c.Samples})
	r.took = time.Since(begun)
	if c.Today.IsZero() {
		c.Today = begun
	}
	for _, due := range library.Due(c.Today) {
		r.Notes = append(r.Notes, due.String())
	}
	r.Notes = append(r.Notes, people.Coverage(e)...)
	return r.report(c, s, nil)
}

// sayUntranslated sums up how far the languages are.
func sayUntranslated(out io.Writer, err error) {
	var problems data.Problems
	if !errors.As(err, &problems) {
		return
	}
	lacks := problems.Untranslated()
	for _, file := range slices.Sorted(maps.Keys(lacks)) {
		fmt.Fprintf(out, "language: %s, %d missing\n", file, lacks[file])
	}
}

// wordsCmd starts a translation.
type wordsCmd struct {
	Lang    string `arg:"" help:"Tag of the language, such as de or pt-BR."`
	Content string `help:"Content folder." env:"GUTSKIN_CONTENT" placeholder:"DIR"`
}

// Run prints every text to fill in, each under its words in the source language.
func (c *wordsCmd) Run(s streams) error {
	library, err := library(c.Content)
	if err != nil {
		return err
	}
	skeleton, err := library.Skeleton(c.Lang)
	if err != nil {
		return err
	}
	fmt.Fprint(s.out, skeleton)
	return nil
}

// scoreCmd turns answers into a report.
type scoreCmd struct {
	File    string `arg:"" help:"JSON file of one object {question: option | [options] | number}, a report, or a download of several; - reads one such object per line from standard input."`
	Content string `help:"Content folder." env:"GUTSKIN_CONTENT" placeholder:"DIR"`
}

// Run prints one report, or for - and for a download one report per line.
func (c *scoreCmd) Run(s streams) error {
	library, err := library(c.Content)
	if err != nil {
		return err
	}
	e := library.Edition("")
	if c.File == "-" {
		return scoreLines(e, s)
	}
	body, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("read the answers: %w", err)
	}
	if reports, ok := data.Download(body); ok {
		return scoreDownload(e, reports, s)
	}
	report, err := e.Score(body)
	if err != nil {
		fmt.Fprintf(s.err, "%s\n", err)
		return errReported
	}
	out := json.NewEncoder(s.out)
	out.SetIndent("", "  ")
	return out.Encode(report)
}

// scoreDownload goes on after a report that cannot be read: all of them are named.
func scoreDownload(e *data.Edition, reports []json.RawMessage, s streams) (result error) {
	for i, body := range reports {
		report, err := e.Score(body)
		if err != nil {
			fmt.Fprintf(s.err, "report %d: %s\n", i+1, bytes.ReplaceAll([]byte(err.Error()), []byte("\n"), []byte("; ")))
			result = errReported
		} else if err := json.NewEncoder(s.out).Encode(report); err != nil {
			return fmt.Errorf("write a report: %w", err)
		}
	}
	return result
}

// scoreLines goes on after a bad line: all of them are named, by number.
func scoreLines(e *data.Edition, s streams) (result error) {
	in := bufio.NewReader(s.in)
	out := bufio.NewWriter(s.out)
	defer func() {
		if err := out.Flush(); err != nil {
			result = fmt.Errorf("write the reports: %w", err)
		}
	}()
	for number := 1; ; number++ {
		line, err := in.ReadBytes('\n')
		if line = bytes.TrimSpace(line); len(line) > 0 {
			report, err := e.Score(line)
			if err != nil {
				fmt.Fprintf(s.err, "line %d: %s\n", number, bytes.ReplaceAll([]byte(err.Error()), []byte("\n"), []byte("; ")))
				result = errReported
			} else if err := json.NewEncoder(out).Encode(report); err != nil {
				return fmt.Errorf("write a report: %w", err)
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return result
		case err != nil:
			return fmt.Errorf("read the answers: %w", err)
		}
	}
}
