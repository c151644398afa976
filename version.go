package main

import (
	"fmt"
	"runtime"
)

// versionCmd says what runs here, for notes and reports of faults.
type versionCmd struct {
	Content string `help:"Content folder; the built-in content when left out." env:"GUTSKIN_CONTENT" placeholder:"DIR"`
}

// Run prints the version, the Go it was built with, and the edition of the content.
func (c *versionCmd) Run(s streams) error {
	library, err := library(c.Content)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "gutskin %s\n", version)
	fmt.Fprintf(s.out, "built with %s for %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	fmt.Fprintf(s.out, "content %s\n", library.Hash())
	return nil
}
