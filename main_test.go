package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"gutskin/data"
	"gutskin/store"
)

// The scripts in testdata/script use the program as somebody in a terminal does:
// "exec exits 1 score -" runs gutskin score - and wants the exit status 1.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"exits": exits})
}

func exits() {
	want := os.Args[1]
	got := run(context.Background(), os.Args[2:], os.Stdin, os.Stdout, os.Stderr)
	if strconv.Itoa(got) != want {
		fmt.Fprintf(os.Stderr, "the exit status is %d, want %s\n", got, want)
		os.Exit(1)
	}
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"content": copyContent, "edit": edit, "keep": keep},
	})
}

// content DIR writes the built-in content into a new folder.
func copyContent(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), data.Files))
}

// edit FILE OLD NEW replaces the first OLD in a file.
func edit(ts *testscript.TestScript, _ bool, args []string) {
	body := ts.ReadFile(args[0])
	if !strings.Contains(body, args[1]) {
		ts.Fatalf("%q does not stand in %s", args[1], args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(body, args[1], args[2], 1)), 0o600))
}

// keep DB DIR keeps the content of a folder in a database, and its hash in $EDITION.
func keep(ts *testscript.TestScript, _ bool, args []string) {
	library, err := data.Load(os.DirFS(ts.MkAbs(args[1])))
	ts.Check(err)
	db, err := store.Open(context.Background(), store.Options{URL: ts.MkAbs(args[0])})
	ts.Check(err)
	ts.Check(db.KeepEdition(context.Background(), library.Hash(), library.Pack()))
	ts.Check(db.Close())
	ts.Setenv("EDITION", library.Hash())
}
