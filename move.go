package main

import (
	"context"

	"gutskin/store"
)

// moveCmd copies a database into an empty one.
type moveCmd struct {
	From string `required:"" help:"Database to copy: the path of a SQLite file, or postgres://user:password@host/name." env:"GUTSKIN_MOVE_FROM" placeholder:"DB"`
	To   string `required:"" help:"Empty database to copy it into: the same kinds." env:"GUTSKIN_MOVE_TO" placeholder:"DB"`
}

// Run copies, compares, and says what the copy holds.
func (c *moveCmd) Run(ctx context.Context, s streams) error {
	found, err := store.Move(ctx, store.MoveOptions{From: c.From, To: c.To, Hash: hashOf, Progress: progress(s.err)})
	if err != nil {
		return err
	}
	return tell(s.out, store.Shown(c.To), found)
}
