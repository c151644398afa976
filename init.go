package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"gutskin/data"
)

// initCmd writes a copy of the content for somebody to make it theirs.
type initCmd struct {
	Dir string `arg:"" help:"Folder to write the content into. It is made, or must be empty."`
}

// Run writes the content and says how to go on. A folder that holds anything is left as
// it was.
func (c *initCmd) Run(s streams) error {
	there, err := os.ReadDir(c.Dir)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("make the content folder: %w", err)
	case len(there) > 0:
		return fmt.Errorf("%s holds files already, and none was touched: give the name of a new folder", c.Dir)
	}
	if err := os.CopyFS(c.Dir, data.Files); err != nil {
		return fmt.Errorf("write the content: %w", err)
	}
	fmt.Fprintf(s.out, `The content is in %[1]s, and it is yours now. Begin with site.yaml; README.md explains the rest.
Then:
  gutskin check %[1]s
  gutskin rehearse built-in %[1]s
  gutskin serve --dev --content %[1]s
`, c.Dir)
	return nil
}
