// Command gutskin asks a lifestyle questionnaire about diet, stress, sleep and
// hydration, scores it, and gives safe, explained advice for gut and skin.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// version is set by the linker.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // who asks a second time does not want to wait
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// commands are what gutskin can be told to do.
type commands struct {
	Serve    serveCmd         `cmd:"" default:"withargs" help:"Serve the check (the default)."`
	Reload   reloadCmd        `cmd:"" help:"Tell a check that is served to load its content anew."`
	Check    checkCmd         `cmd:"" help:"Check a content folder and run its personas."`
	Score    scoreCmd         `cmd:"" help:"Score answers given as JSON and print the report."`
	Rehearse rehearseCmd      `cmd:"" help:"Compare two editions over made-up people: what changes for whom."`
	Graph    graphCmd         `cmd:"" help:"Draw the way through the questions, or print the rules in words."`
	Words    wordsCmd         `cmd:"" help:"Print a locale file to fill in for another language."`
	Backup   backupCmd        `cmd:"" help:"Copy the database into a file, also while it is in use."`
	Restore  restoreCmd       `cmd:"" help:"Put a backup in the place of the database."`
	Verify   verifyCmd        `cmd:"" help:"Look through a database or a backup for problems."`
	Operator operatorCmd      `cmd:"" help:"Say who may see the figures."`
	Health   healthCmd        `cmd:"" name:"healthcheck" help:"Ask a running check whether it is ready."`
	About    versionCmd       `cmd:"" name:"version" help:"Print the version, the Go it was built with, and the edition of the content."`
	Move     moveCmd          `cmd:"" help:"Copy the database into an empty one, such as from SQLite to PostgreSQL."`
	Version  kong.VersionFlag `help:"Print the version."`
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// Exit statuses.
const (
	ok      = 0
	failed  = 1 // something was wrong with what was given; every problem was named
	misused = 2 // the command line could not be understood
)

// run carries out one command and returns its exit status.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	exit := -1
	parser, err := kong.New(&commands{},
		kong.Name("gutskin"),
		kong.Description("A lifestyle check for gut and skin. Education, never medical advice."),
		kong.Vars{"version": version},
		kong.Writers(out, errs),
		kong.Exit(func(code int) { exit = code }),
		kong.UsageOnError(),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams{in, out, errs}),
	)
	if err != nil {
		fmt.Fprintln(errs, "gutskin:", err)
		return misused
	}
	command, err := parser.Parse(args)
	switch {
	case exit >= 0:
		return exit
	case err != nil:
		fmt.Fprintln(errs, "gutskin:", err)
		fmt.Fprintln(errs, "run gutskin --help to see what it can do")
		return misused
	}
	if err := command.Run(); err != nil {
		if !errors.Is(err, errReported) {
			fmt.Fprintln(errs, "gutskin:", err)
		}
		return failed
	}
	return ok
}

// errReported says that everything wrong has been printed already.
var errReported = errors.New("problems were reported")
