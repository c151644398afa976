package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"gutskin/store"
	"gutskin/web"
)

// operatorCmd is about who may see the figures.
type operatorCmd struct {
	SetPassword setPasswordCmd `cmd:"" help:"Set the password that opens the figures at /operator. Sessions end."`
}

// setPasswordCmd sets the password of the figures.
type setPasswordCmd struct {
	DB string `name:"db" help:"Where results are kept: the path of a SQLite file, or postgres://user:password@host/name." env:"GUTSKIN_DB" default:"gutskin.db"`
}

// Run reads a password, twice and unseen from a terminal, else one line, and keeps its
// hash.
func (c *setPasswordCmd) Run(ctx context.Context, s streams) error {
	password, err := readPassword(s)
	if err != nil {
		return err
	}
	hash, err := web.HashPassword(password)
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, store.Options{URL: c.DB})
	if err != nil {
		return err
	}
	if err := errors.Join(db.SetOperator(ctx, hash), db.Close()); err != nil {
		return err
	}
	fmt.Fprintln(s.out, "the password is set; sign in at /operator")
	return nil
}

func readPassword(s streams) (string, error) {
	if f, ok := s.in.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		return askTwice(s.err, func() ([]byte, error) { return term.ReadPassword(int(f.Fd())) })
	}
	line, err := bufio.NewReader(s.in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("the password cannot be read; type it, or send it as one line: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// askTwice asks for a password that has to be typed the same way twice.
func askTwice(out io.Writer, read func() ([]byte, error)) (string, error) {
	ask := func(question string) (string, error) {
		fmt.Fprint(out, question)
		typed, err := read()
		fmt.Fprintln(out)
		if err != nil {
			return "", fmt.Errorf("the password cannot be read from the terminal; send it as one line instead: %w", err)
		}
		return string(typed), nil
	}
	first, err := ask("New password: ")
	if err != nil {
		return "", err
	}
	second, err := ask("The same again: ")
	if err != nil {
		return "", err
	}
	if first != second {
		return "", errors.New("the two are not the same; start again")
	}
	return first, nil
}

const (
	flushEvery = time.Minute
	flushGrace = 5 * time.Second
)

// flushing writes down what was counted every minute. The function it returns does so
// for the last time.
func flushing(db *store.DB, counts *web.Counts, log *slog.Logger) (stop func()) {
	flush := func() {
		ctx, cancel := context.WithTimeout(context.Background(), flushGrace)
		defer cancel()
		if err := counts.Flush(ctx, db); err != nil {
			log.Warn("the steps counted are not written yet", "error", err.Error())
		}
	}
	ended, over := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		tick := time.NewTicker(flushEvery)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				flush()
			case <-ended:
				flush()
				return
			}
		}
	}()
	return func() {
		close(ended)
		<-over
	}
}
