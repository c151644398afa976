// Command load measures the check and tries to break it. It starts the built binary
// on a database of its own, beside a baseline made from the same Fiber, and drives
// both in turn:
//
//	go run ./e2e/load            # how fast: figures and their ratio to the baseline
//	go run ./e2e/load crash      # what holds: kill -9, full disk, lock, overload
//	go run ./e2e/load instances  # three instances on one PostgreSQL: restarts, limits
package main

import (
	"flag"
	"fmt"
	"os"
	"time"
)

// options are the flags.
type options struct {
	binary string
	rounds int
	each   time.Duration
	json   string
	only   string
	kills  int
	short  bool
}

func main() {
	var o options
	flag.StringVar(&o.binary, "bin", "bin/gutskin", "the built check")
	flag.IntVar(&o.rounds, "rounds", 5, "how often everything is measured; the median counts")
	flag.DurationVar(&o.each, "for", time.Second, "how long each measurement takes")
	flag.StringVar(&o.json, "json", "", "also write the figures to this file")
	flag.StringVar(&o.only, "only", "", "measure only what has this in its name, as in \"start page\"")
	flag.IntVar(&o.kills, "kills", 30, "how often the server is killed")
	flag.BoolVar(&o.short, "short", false, "try several instances for a minute only")
	flag.Parse()
	mode, known := map[string]func(options, string) error{
		"": speed, "speed": speed, "crash": crash, "instances": instances,
	}[flag.Arg(0)]
	if !known {
		fmt.Fprintf(os.Stderr, "load: %q is not known; say speed, crash or instances\n", flag.Arg(0))
		os.Exit(2)
	}
	if err := inFolder(func(dir string) error { return mode(o, dir) }); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

// inFolder gives a run a folder of its own, on a disk and not in memory where it can,
// because waiting for the disk is part of what is measured.
func inFolder(do func(dir string) error) error {
	dir, err := os.MkdirTemp("/var/tmp", "gutskin-load")
	if err != nil {
		if dir, err = os.MkdirTemp("", "gutskin-load"); err != nil {
			return err
		}
	}
	defer os.RemoveAll(dir)
	return do(dir)
}
