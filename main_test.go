package main

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"gutskin/data"
)

// The scripts in testdata/script use the program as somebody in a terminal does.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"gutskin": func() { os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"content": copyContent,
			"edit":    edit,
			"exits":   exits,
		},
	})
}

// content DIR writes the built-in content into a folder.
func copyContent(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: content DIR")
	}
	ts.Check(os.CopyFS(ts.MkAbs(args[0]), onlyYAML{data.Files}))
}

// onlyYAML leaves out nothing: the built-in files are YAML. It hides that they
// cannot be written, which a copy would take over.
type onlyYAML struct{ fs.FS }
