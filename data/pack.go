package data

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"slices"
)

// Pack returns the whole content as one compressed blob: what is kept of every
// edition that ever served, so that an old result reads as it did.
func (l *Library) Pack() []byte { return l.packed() }

// pack writes to memory, which cannot go wrong.
func pack(files map[string][]byte) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if rehearsed(name) || pictured(name) {
			continue
		}
		if f, err := w.Create(name); err == nil {
			_, _ = f.Write(files[name])
		}
	}
	_ = w.Close()
	return out.Bytes()
}

// Unpack reads what Pack wrote, in this or an earlier version of the program.
func Unpack(blob []byte) (*Library, error) {
	r, err := zip.NewReader(bytes.NewReader(blob), int64(len(blob)))
	if err != nil {
		return nil, fmt.Errorf("unpack the content: %w", err)
	}
	files, err := read(r)
	if err != nil {
		return nil, err
	}
	return assemble(files, true)
}
