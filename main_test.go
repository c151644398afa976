package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"gutskin/data"
	"gutskin/data/pseudo"
	"gutskin/store"
	"gutskin/store/pgtest"
)

// The scripts in testdata/script use the program as somebody in a terminal does:
// "exec exits 1 score -" runs gutskin score - and wants the exit status 1.
func TestMain(m *testing.M) {
	if os.Getenv(beGutskin) != "" {
		main()
	}
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
	server, err := pgtest.Start("fsync=off")
	switch {
	case errors.Is(err, pgtest.ErrMissing) && os.Getenv("CI") == "":
		t.Logf("NOT TESTED on PostgreSQL: %v", err)
	case err != nil:
		t.Fatal(err)
	default:
		t.Cleanup(func() {
			if err := server.Stop(); err != nil {
				t.Error(err)
			}
		})
	}
	testscript.Run(t, testscript.Params{
		Condition: func(name string) (bool, error) {
			if name != "postgres" {
				return false, fmt.Errorf("unknown condition %s", name)
			}
			return server != nil, nil
		},
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"content": copyContent, "edit": edit, "pseudo": addPseudo, "results": keepResults, "keep": keep,
			// database NAME makes an empty database in PostgreSQL, and keeps its URL in $NAME.
			"database": func(ts *testscript.TestScript, _ bool, args []string) {
				url, err := server.NewDatabase()
				ts.Check(err)
				ts.Setenv(args[0], url)
			},
		},
	})
}

// content DIR writes the built-in content into a new folder.
func copyContent(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), data.Files))
}

// pseudo DIR adds the made-up language to a content folder.
func addPseudo(ts *testscript.TestScript, _ bool, args []string) {
	library, err := data.Load(data.Files)
	ts.Check(err)
	overlay, err := pseudo.Overlay(library)
	ts.Check(err)
	ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), filepath.FromSlash(pseudo.File)), overlay, 0o600))
}

// results FILE makes a database of 2 journals, 3 reports, a plan, a view-only link
// and a link that was closed. With "torn" after it, a report and the content are
// damaged.
func keepResults(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	library, err := data.Load(data.Files)
	ts.Check(err)
	path := ts.MkAbs(args[0])
	db, err := store.Open(ctx, store.Options{URL: path})
	ts.Check(err)
	content := library.Pack()
	torn := len(args) > 1
	if torn {
		content = []byte("torn")
	}
	ts.Check(db.KeepEdition(ctx, library.Hash(), content))
	ann, bob, late := store.NewKey(), store.NewKey(), store.NewKey()
	for _, key := range []string{ann, ann, bob} {
		ts.Check(db.Save(ctx, key, store.Saved{Attempt: store.NewKey(), Edition: library.Hash(), TakenAt: time.Now(), Payload: []byte("{}")}))
	}
	ts.Check(db.Put(ctx, ann, store.NotePlan, []byte("{}")))
	_, err = db.Share(ctx, ann, store.Share{Label: "my dietitian"})
	ts.Check(err)
	ts.Check(db.Renew(ctx, bob, late))
	ts.Check(db.Close())
	if torn {
		ts.Check(tear(path))
	}
}

// tear removes the reports of one journal behind the back of the store.
func tear(path string) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	_, err = db.Exec("DELETE FROM reports WHERE journal_id = 2")
	return errors.Join(err, db.Close())
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
