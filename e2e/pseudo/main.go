// Command pseudo writes the built-in content, together with a made-up language that
// runs from right to left, into a folder. Browser tests serve it:
//
//	go run ./e2e/pseudo DIR && gutskin serve --content DIR
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gutskin/data"
	"gutskin/data/pseudo"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pseudo:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return errors.New("give one folder to write to, which does not exist yet")
	}
	library, err := data.Load(data.Files)
	if err != nil {
		return err
	}
	overlay, err := pseudo.Overlay(library)
	if err != nil {
		return err
	}
	if err := os.CopyFS(args[0], data.Files); err != nil {
		return fmt.Errorf("write the content: %w", err)
	}
	return os.WriteFile(filepath.Join(args[0], filepath.FromSlash(pseudo.File)), overlay, 0o600)
}
