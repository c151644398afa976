// Command postgres starts a private PostgreSQL for a test in another language. It
// prints one line, the URL of an empty database, and runs until its standard input
// ends or it is told to stop. With --pgbouncer the URL leads through a pooler in transaction mode.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"gutskin/store/pgtest"
)

func main() {
	pooled := flag.Bool("pgbouncer", false, "lead through a PgBouncer")
	flag.Parse()
	if err := run(*pooled); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(pooled bool) (err error) {
	server, err := pgtest.Start()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	address, err := server.NewDatabase()
	if err != nil {
		return err
	}
	if !pooled {
		return offer(address)
	}
	pooler, err := pgtest.StartPgBouncer(server)
	if err != nil {
		return err
	}
	return errors.Join(offer(pooler.URL(address)), pooler.Stop())
}

func offer(address string) error {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, os.Interrupt, syscall.SIGTERM)
	ended := make(chan error, 1)
	go func() {
		_, err := io.Copy(io.Discard, os.Stdin)
		ended <- err
	}()
	fmt.Println(address)
	select {
	case <-asked:
		return nil
	case err := <-ended:
		return err
	}
}
