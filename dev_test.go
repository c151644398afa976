package main

import (
	"errors"
	"testing"
	"testing/fstest"
	"time"

	"gutskin/data"
)

// The folder is read again exactly when a file in it has changed.
func TestWatched(t *testing.T) {
	files := fstest.MapFS{}
	for _, name := range []string{"site.yaml", "notes.txt"} {
		files[name] = &fstest.MapFile{Data: []byte("brand: Mine\n")}
	}
	w := &watched{files: files}
	read := func() data.Problems {
		var problems data.Problems
		if _, err := w.load(); !errors.As(err, &problems) || len(problems) == 0 {
			t.Fatalf("got %v, want the problems of a folder that lacks nearly everything", err)
		}
		return problems
	}
	last := read()
	same := func() bool {
		before := last
		last = read()
		return &before[0] == &last[0]
	}
	if !same() {
		t.Error("nothing changed, but the folder was read again")
	}
	files["notes.txt"].ModTime = time.Unix(5, 0)
	if !same() {
		t.Error("a file that is not read makes the folder be read again")
	}
	for _, change := range []struct {
		what string
		do   func()
	}{
		{"a newer file", func() { files["site.yaml"].ModTime = time.Unix(9, 0) }},
		{"a longer file", func() { files["site.yaml"].Data = append(files["site.yaml"].Data, '#') }},
		{"one file more", func() { files["advice/new.yaml"] = &fstest.MapFile{Data: []byte("advice: []\n")} }},
		{"one file fewer", func() { delete(files, "advice/new.yaml") }},
		{"a wrong ending", func() { files["sources.yml"] = &fstest.MapFile{} }},
	} {
		if change.do(); same() {
			t.Errorf("%s: the folder was not read again", change.what)
		}
	}
}
