package main

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gutskin/data"
)

// watched is a content folder that is read again when a file in it has changed.
type watched struct {
	files   fs.FS
	state   string // names, sizes and times of the files that were read
	library *data.Library
	err     error
}

// load returns the same library, or the same error, until a file changes.
func (w *watched) load() (*data.Library, error) {
	if state := stateOf(w.files); w.state == "" || state != w.state {
		w.state = state
		w.library, w.err = data.Load(w.files)
	}
	return w.library, w.err
}

// stateOf tells apart what stands in a folder at two times, without reading the files.
// A file that cannot be looked at is part of the state, and for Load to name.
func stateOf(files fs.FS) string {
	var state strings.Builder
	_ = fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error { // the visitor below never fails
		if err != nil {
			fmt.Fprintln(&state, name, err)
			return nil
		}
		if !slices.Contains([]string{".yaml", ".yml", ".svg", ".png"}, path.Ext(name)) {
			return nil
		}
		if info, err := d.Info(); err != nil {
			fmt.Fprintln(&state, name, err)
		} else {
			fmt.Fprintln(&state, name, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return state.String()
}
