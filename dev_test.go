package main

import (
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
	_, first := w.load()
	problems, ok := first.(data.Problems)
	if !ok || len(problems) == 0 {
		t.Fatalf("got %v, want the problems of a folder that lacks nearly everything", first)
	}
	same := func() bool {
		_, err := w.load()
		again, _ := err.(data.Problems)
		old := first.(data.Problems)
		first = err
		return len(again) > 0 && &again[0] == &old[0]
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
