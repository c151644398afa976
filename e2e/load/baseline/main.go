// Command baseline is what the check is measured against: the same Fiber, with
// handlers that do nothing but send bytes they were given, or write a row of random
// bytes. It prints the address it listens on.
package main

import (
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net"
	"os"

	"github.com/gofiber/fiber/v2"
	_ "modernc.org/sqlite" // the same SQLite as the check's
)

// Answer is one response to send, byte for byte.
type Answer struct {
	Path    string            `json:"path"`
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    []byte            `json:"body"`
}

func main() {
	answers := flag.String("answers", "", "JSON file of the responses to send")
	db := flag.String("db", "", "file to write rows to")
	row := flag.Int("row", 1000, "bytes of a row")
	flag.Parse()
	if err := serve(*answers, *db, *row); err != nil {
		log.Fatal(err)
	}
}

func serve(answers, file string, row int) error {
	app := fiber.New(fiber.Config{DisableStartupMessage: true, ReadBufferSize: 16 << 10})
	if err := sendBytes(app, answers); err != nil {
		return err
	}
	if err := writeRows(app, file, row); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("baseline is ready on http://%s\n", listener.Addr())
	return app.Listener(listener)
}

func sendBytes(app *fiber.App, file string) error {
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var answers []Answer
	if err := json.Unmarshal(b, &answers); err != nil {
		return err
	}
	for _, a := range answers {
		app.All(a.Path, func(c *fiber.Ctx) error {
			for name, value := range a.Headers {
				c.Set(name, value)
			}
			return c.Status(a.Status).Send(a.Body)
		})
	}
	return nil
}

// writeRows adds the two ways to write: many rows in one transaction, as the check
// does, and a transaction for each. Both wait for the disk.
func writeRows(app *fiber.App, file string, size int) error {
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=busy_timeout(5000)&_txlock=immediate")
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE rows (id BLOB PRIMARY KEY, sealed BLOB)"); err != nil {
		return err
	}
	queue := make(chan insert, 1024)
	go group(db, queue)
	saved := func(c *fiber.Ctx) error { return c.Redirect("/r/"+rand.Text(), fiber.StatusSeeOther) }
	app.Post("/grouped", func(c *fiber.Ctx) error {
		in := insert{newRow(size), make(chan error, 1)}
		queue <- in
		if err := <-in.done; err != nil {
			return err
		}
		return saved(c)
	})
	app.Post("/alone", func(c *fiber.Ctx) error {
		if err := insertAll(db, []insert{{row: newRow(size)}}); err != nil {
			return err
		}
		return saved(c)
	})
	return nil
}

type insert struct {
	row  []byte
	done chan error
}

func newRow(size int) []byte {
	row := make([]byte, size)
	rand.Read(row)
	return row
}

// group takes what is waiting, up to 256 rows, into one transaction.
func group(db *sql.DB, queue chan insert) {
	for first := range queue {
		batch := []insert{first}
		for more := true; more && len(batch) < 256; {
			select {
			case in := <-queue:
				batch = append(batch, in)
			default:
				more = false
			}
		}
		err := insertAll(db, batch)
		for _, in := range batch {
			in.done <- err
		}
	}
}

func insertAll(db *sql.DB, batch []insert) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // answers that there is nothing to roll back after a commit
	statement, err := tx.Prepare("INSERT INTO rows (id, sealed) VALUES (?, ?)")
	if err != nil {
		return err
	}
	for _, in := range batch {
		if _, err := statement.Exec(in.row[:32], in.row[32:]); err != nil {
			return err
		}
	}
	return tx.Commit()
}
