package store

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// A test binary that is told a file saves into it, as another process, until it is
// killed or its standard input ends.
const childFile = "GUTSKIN_TEST_CHILD"

func TestMain(m *testing.M) {
	if file := os.Getenv(childFile); file != "" {
		if err := saveAndTell(file); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	status := m.Run()
	stopPostgres()
	os.Exit(status)
}

const childSavers = 16

// saveAndTell prints the key of every report once it was acknowledged.
func saveAndTell(file string) error {
	db, err := Open(context.Background(), Options{URL: file})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	var all sync.WaitGroup
	for range childSavers {
		all.Go(func() {
			for ctx.Err() == nil {
				s, key := benchReport(), NewKey()
				if err := db.Save(context.Background(), key, s); err == nil {
					fmt.Printf("%s %s\n", key, s.Attempt)
				}
			}
		})
	}
	_, err = io.Copy(io.Discard, os.Stdin)
	stop()
	all.Wait()
	if err != nil {
		return err
	}
	return db.Close()
}

// child is another process that saves.
type child struct {
	*exec.Cmd
	in    io.Closer
	lines *bufio.Scanner
}

// startChild returns once the child has saved something.
func startChild(t *testing.T, file string) (c child, first string) {
	t.Helper()
	c.Cmd = exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childFile+"="+file)
	c.Stderr = os.Stderr
	in, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	c.in, c.lines = in, bufio.NewScanner(out)
	if !c.lines.Scan() {
		t.Fatal("the other process saved nothing")
	}
	return c, c.lines.Text()
}

// told returns what else the child saved, after it ended.
func (c child) told(t *testing.T) (lines []string) {
	t.Helper()
	for c.lines.Scan() {
		lines = append(lines, c.lines.Text())
	}
	return lines
}

// wantSaved fails unless a line of a child opens.
func wantSaved(t *testing.T, db *DB, line string) {
	t.Helper()
	var key, attempt string
	if n, _ := fmt.Sscan(line, &key, &attempt); n != 2 || len(attempt) != keyLength {
		return // the process died in the middle of the line
	}
	j, err := db.Read(context.Background(), key)
	if err != nil || len(j.Entries) != 1 || j.Entries[0].Attempt != attempt {
		t.Errorf("an acknowledged report does not open: %v", err)
	}
}

func TestAcknowledgedSurvivesAKill(t *testing.T) {
	file := newFile(t)
	var acknowledged []string
	for round := range 10 {
		c, first := startChild(t, file)
		lines := []string{first}
		pause := time.Duration(rand.IntN(150)) * time.Millisecond
		time.AfterFunc(pause, func() {
			if err := c.Process.Kill(); err != nil {
				t.Error(err)
			}
		})
		lines = append(lines, c.told(t)...)
		if c.Wait() == nil {
			t.Fatal("the other process ended before it was killed")
		}
		acknowledged = append(acknowledged, lines...)

		db, err := Open(t.Context(), Options{URL: file})
		if err != nil {
			t.Fatalf("round %d, killed after %v: %v", round, pause, err)
		}
		for _, line := range lines {
			wantSaved(t, db, line)
		}
		if err := db.KeepEdition(t.Context(), benchReport().Edition, []byte(benchReport().Edition)); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		found, err := Verify(t.Context(), file, itself)
		if err != nil || len(found.Problems) > 0 {
			t.Errorf("round %d, killed after %v: %q (%v)", round, pause, found.Problems, err)
		}
		if found.Reports < int64(len(acknowledged)) || found.Reports > int64(len(acknowledged)+(round+1)*childSavers) {
			t.Errorf("%d reports are kept, %d were acknowledged in %d rounds", found.Reports, len(acknowledged), round+1)
		}
	}
	db, err := Open(t.Context(), Options{URL: file})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, line := range acknowledged {
		wantSaved(t, db, line)
	}
	t.Logf("%d acknowledged reports open after 10 kills", len(acknowledged))
}
