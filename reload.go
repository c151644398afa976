package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"gutskin/data"
	"gutskin/web"
)

// reloadCmd tells a process that serves to load its content anew.
type reloadCmd struct {
	PIDFile string `name:"pid-file" help:"The pid file of gutskin serve." env:"GUTSKIN_PID_FILE" required:"" placeholder:"FILE"`
}

// Run sends the signal. What came of it stands in the log of the process that serves.
func (c *reloadCmd) Run(s streams) error {
	process, err := readPID(c.PIDFile)
	if err != nil {
		return err
	}
	if err := process.Signal(syscall.SIGHUP); err != nil {
		return fmt.Errorf("tell process %d to load its content anew: %w", process.Pid, err)
	}
	fmt.Fprintf(s.out, "process %d proves the content and takes it up if all is well; its log says so\n", process.Pid)
	return nil
}

// reloader takes up changed content while the old content is served.
type reloader struct {
	dir    string // "": the built-in content, which cannot change
	keep   int    // months that the database was opened with
	server *web.Server
	log    *slog.Logger
	count  func(taken bool)
}

// whenAsked takes SIGHUP from now on. Whoever asks while a reload runs is answered by one
// more after it.
func whenAsked() <-chan os.Signal {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGHUP)
	return asked
}

// until reloads whenever it is asked, until ctx ends.
func (r *reloader) until(ctx context.Context, asked <-chan os.Signal) {
	for {
		select {
		case <-asked:
			r.reload()
		case <-ctx.Done():
			return
		}
	}
}

// reload loads the content, proves it and serves it. Whatever is wrong is named in the
// log, and the old content stays.
func (r *reloader) reload() {
	begun := time.Now()
	r.log.Info("loading the content anew", "content", r.name())
	library, err := r.proven()
	if err == nil && library.Hash() == r.server.Edition() {
		r.log.Info("the content is the same; nothing changes", "edition", library.Hash())
		return
	}
	if err == nil {
		err = r.server.Reload(library)
	}
	r.count(err == nil)
	if err != nil {
		r.refuse(err)
		return
	}
	r.log.Info("other content is served from now on", "edition", library.Hash(), "took", time.Since(begun).Round(time.Millisecond).String())
	if months := library.Edition("").Site.KeepMonths; months != r.keep {
		r.log.Warn("how long results are kept has changed; that holds from the next start on", "months", months, "until_then", r.keep)
	}
}

func (r *reloader) name() string {
	if r.dir == "" {
		return "built-in"
	}
	return r.dir
}

// refuse names every problem in a line of its own.
func (r *reloader) refuse(err error) {
	var problems data.Problems
	if !errors.As(err, &problems) {
		r.log.Error("a problem of the new content", "problem", err.Error())
	}
	for _, p := range problems {
		r.log.Error("a problem of the new content", "problem", p.String())
	}
	r.log.Error("the new content is refused; the old content stays", "edition", r.server.Edition(), "problems", max(1, len(problems)))
}

// proven loads the content and proves it as gutskin check does. The error is
// data.Problems where the content is wrong.
func (r *reloader) proven() (*data.Library, error) {
	files, err := content(r.dir)
	if err != nil {
		return nil, err
	}
	library, err := data.Load(files)
	if err != nil || library.Hash() == r.server.Edition() {
		return library, err
	}
	people, err := data.LoadPeople(files)
	if err != nil {
		return nil, err
	}
	if problems := people.Check(library.Edition("")); len(problems) > 0 {
		return nil, problems
	}
	if _, err := data.LoadPopulation(files, library.Edition("")); err != nil {
		return nil, err
	}
	var broken data.Problems
	workers := max(1, runtime.GOMAXPROCS(0)/2) // the others serve
	for _, claim := range data.Prove(library, data.ProofOptions{Workers: workers}).Claims {
		for _, f := range claim.Failed {
			broken = append(broken, f.Problem)
		}
	}
	if len(broken) > 0 {
		return nil, broken
	}
	return library, nil
}
