package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"
	_ "modernc.org/sqlite" // to look into the check's database, and to lock it
)

// endpoint is one thing to drive, and what to drive the baseline with.
type endpoint struct {
	name        string
	connections []int
	check       task
	baselines   []baseline
}

// baseline is a bare handler, and the part of its speed that the check is to reach.
type baseline struct {
	name   string
	task   task
	target float64
	only   int // connections at which the target counts; 0: all
}

// answer is what a bare handler sends.
type answer struct {
	Path    string            `json:"path"`
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    []byte            `json:"body"`
}

var crowds = []int{1, 32, 128}

// speed measures everything and prints it.
func speed(o options, dir string) error {
	f := newFigures(o)
	db := filepath.Join(dir, "check.db")
	endpoints, answers, err := prepare(o.binary, dir, db)
	if err != nil {
		return err
	}
	endpoints = slices.DeleteFunc(endpoints, func(e endpoint) bool { return !strings.Contains(e.name, o.only) })
	if len(endpoints) == 0 {
		return fmt.Errorf("nothing that is measured has %q in its name", o.only)
	}
	if err := f.noteStart(o.binary, db); err != nil {
		return err
	}
	check, err := serve(o.binary, dir, db)
	if err != nil {
		return err
	}
	defer check.kill()
	base, err := startBaseline(dir, db, answers)
	if err != nil {
		return err
	}
	defer base.kill()
	if err := f.noteIdle(check); err != nil {
		return err
	}
	f.measure(o, check, base, endpoints)
	_, most := check.memory()
	f.note("memory, the most during all this", most, "MB", 120)
	f.print(os.Stdout)
	if o.json != "" {
		if err := f.write(o.json); err != nil {
			return err
		}
	}
	return f.failed()
}

// prepare takes the quiz and finishes it many times, then lists what to drive and
// what the baseline has to send.
func prepare(binary, dir, db string) (list []endpoint, answers []answer, err error) {
	check, err := serve(binary, dir, db)
	if err != nil {
		return nil, nil, err
	}
	defer check.kill()
	c, err := dial(check.addr)
	if err != nil {
		return nil, nil, err
	}
	defer c.Close()
	taken, err := newVisitor(c).learn()
	if err != nil {
		return nil, nil, fmt.Errorf("take the quiz: %w", err)
	}
	fresh := copiesOf(taken.full)
	var results [200]string
	for i := range results {
		request, key := fresh.finishing()
		if _, err := c.want(http.StatusSeeOther, request); err != nil {
			return nil, nil, fmt.Errorf("finish: %w", err)
		}
		results[i] = get("/r/"+key, "")
	}
	list, answers, err = pages(c, taken, results[:])
	return append(list, writing(taken, fresh)...), answers, err
}

// pages are the endpoints of which the baseline sends the same bytes.
func pages(c *conn, q quizTaken, results []string) (list []endpoint, answers []answer, err error) {
	half := q.half.cookie()
	for i, page := range []struct {
		name     string
		requests []string
		status   int
		target   float64
	}{
		{"start page", []string{get("/", "")}, http.StatusOK, 0.9},
		{"question page, quiz half full", []string{get(q.due.at, half)}, http.StatusOK, 0.35},
		{"answering a question", []string{postForm(q.due.at, half, q.due.fields+"&attempt="+q.half.attempt())}, http.StatusSeeOther, 0.4},
		{"opening a result", results, http.StatusOK, 0.15},
	} {
		res, err := c.want(page.status, page.requests[0])
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", page.name, err)
		}
		a := answerOf(fmt.Sprintf("/bytes/%d", i), res)
		answers = append(answers, a)
		_, rest, _ := strings.Cut(page.requests[0], " HTTP/")
		method, _, _ := strings.Cut(page.requests[0], " ")
		list = append(list, endpoint{
			name: page.name, connections: crowds, check: inTurn(page.status, page.requests),
			baselines: []baseline{{
				name: fmt.Sprintf("the same %d bytes", len(a.Body)), target: page.target,
				task: inTurn(page.status, []string{method + " " + a.Path + " HTTP/" + rest}),
			}},
		})
	}
	return list, answers, nil
}

func answerOf(path string, res *fasthttp.Response) answer {
	a := answer{Path: path, Status: res.StatusCode(), Headers: map[string]string{}, Body: slices.Clone(res.Body())}
	for _, name := range []string{"Content-Type", "Content-Encoding", "Location", "Set-Cookie"} {
		if v := res.Header.Peek(name); len(v) > 0 {
			a.Headers[name] = string(v)
		}
	}
	return a
}

// writing are the endpoints that write, and whole journeys.
func writing(q quizTaken, fresh copies) []endpoint {
	finishing := func(c *conn) func() (int, error) {
		return func() (int, error) {
			request, _ := fresh.finishing()
			_, err := c.want(http.StatusSeeOther, request)
			return 1, err
		}
	}
	request, _ := fresh.finishing() // as long as those
	_, rest, _ := strings.Cut(request, " HTTP/")
	row := func(path string) task { return inTurn(http.StatusSeeOther, []string{"POST " + path + " HTTP/" + rest}) }
	journey := func(go_ func(*visitor, []form) error, requests int) task {
		return func(c *conn) func() (int, error) {
			return func() (int, error) { return requests, go_(newVisitor(c), q.way) }
		}
	}
	n := len(q.way)
	const around = 6 // start, consent twice, answers, finish, results
	return []endpoint{
		{
			name: "finishing", connections: []int{1, 32, 64, 128}, check: finishing,
			baselines: []baseline{
				{name: "one row, grouped", task: row("/grouped"), target: 0.6, only: 64},
				{name: "one row, alone", task: row("/alone"), target: 5, only: 64},
			},
		},
		{name: "whole quiz by forms", connections: []int{32}, check: journey((*visitor).byForms, 2*n+around)},
		{name: "whole quiz by batches", connections: []int{32}, check: journey((*visitor).byBatches, 1+(n+batchOf-1)/batchOf+around)},
	}
}

// inTurn sends requests one after another, for ever.
func inTurn(status int, requests []string) task {
	var turn atomic.Int64
	return func(c *conn) func() (int, error) {
		return func() (int, error) {
			i := 0
			if len(requests) > 1 {
				i = int(turn.Add(1)) % len(requests)
			}
			_, err := c.want(status, requests[i])
			return 1, err
		}
	}
}

// startBaseline builds and starts the bare handlers. Their rows are as long as the
// sealed reports in the database.
func startBaseline(dir, db string, answers []answer) (*server, error) {
	program := filepath.Join(dir, "baseline")
	if err := run("go", "build", "-o", program, "./e2e/load/baseline"); err != nil {
		return nil, err
	}
	b, err := json.Marshal(answers)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "answers.json")
	if err := os.WriteFile(file, b, 0o600); err != nil {
		return nil, err
	}
	size, err := rowSize(db)
	if err != nil {
		return nil, err
	}
	return start(filepath.Join(dir, "baseline.log"), program,
		"--answers", file, "--db", filepath.Join(dir, "baseline.db"), "--row", fmt.Sprint(size))
}

func rowSize(file string) (size int, err error) {
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	err = db.QueryRow("SELECT CAST(avg(length(sealed) + length(attempt)) AS INTEGER) FROM reports").Scan(&size)
	return size, err
}

// measure drives check and baseline in turn, round after round, so that whatever
// else the machine does slows both.
func (f *figures) measure(o options, check, base *server, endpoints []endpoint) {
	for round := range o.rounds + 1 {
		for _, e := range endpoints {
			for _, n := range e.connections {
				samples := []sample{driveServer(check, n, o.each, e.check)}
				for _, b := range e.baselines {
					samples = append(samples, driveServer(base, n, o.each, b.task))
				}
				if round > 0 { // the first one warms up
					f.add(e, n, samples)
				}
			}
		}
	}
}

// driveServer also notes what processor time it took, of the server and of the load.
func driveServer(s *server, connections int, length time.Duration, t task) sample {
	server, own := s.cpu(), ownCPU()
	out := drive(s.addr, connections, length, t)
	out.serverCPU, out.ownCPU = s.cpu()-server, ownCPU()-own
	return out
}

// noteStart measures the start with an existing database, and the size of the binary.
func (f *figures) noteStart(binary, db string) error {
	info, err := os.Stat(binary)
	if err != nil {
		return err
	}
	f.note("binary", float64(info.Size())/1e6, "MB", 30)
	var took []time.Duration
	for range f.Rounds {
		t, err := firstByte(binary, db)
		if err != nil {
			return fmt.Errorf("start anew: %w", err)
		}
		took = append(took, t)
	}
	slices.Sort(took)
	f.note("start to first byte", float64(took[len(took)/2].Microseconds())/1000, "ms", 200)
	return nil
}

// noteIdle reads the memory of a server that has sent one page and then rested.
func (f *figures) noteIdle(check *server) error {
	c, err := dial(check.addr)
	if err != nil {
		return err
	}
	defer c.Close()
	if _, err := c.want(http.StatusOK, get("/", "")); err != nil {
		return err
	}
	time.Sleep(3 * time.Second)
	now, _ := check.memory()
	f.note("memory, idle", now, "MB", 45)
	return nil
}
