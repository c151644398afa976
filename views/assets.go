package views

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"
	"github.com/tdewolff/minify/v2/svg"
)

//go:embed static
var static embed.FS

// Asset is one static file, minified. Its name carries its content, so it can be
// kept for ever.
type Asset struct {
	Name string // with the hash: app.1f2e3d4c5b.css
	Type string // its media type
	Packed
}

// AssetSet is all static files of one build. It is immutable.
type AssetSet struct {
	hashed map[string]string // app.css → app.1f2e3d4c5b.css
	byName map[string]Asset
}

// Assets returns the embedded files, built on first use and shared by all.
func Assets() *AssetSet { return embedded() }

var embedded = sync.OnceValue(func() *AssetSet {
	sub, err := fs.Sub(static, "static")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	set, err := buildAssets(sub, asWritten)
	if err != nil {
		panic(err) // the tests build the same bytes
	}
	return set
})

// asWritten leaves the style sheet as it is.
func asWritten(css []byte) []byte { return css }

// Find returns the file with this hashed name.
func (s *AssetSet) Find(name string) (Asset, bool) {
	a, ok := s.byName[name]
	return a, ok
}

// Path returns the address of a file by its plain name, or "" if there is none.
func (s *AssetSet) Path(plain string) string {
	if name, ok := s.hashed[plain]; ok {
		return "/static/" + name
	}
	return ""
}

// buildAssets packs the files of a folder, its style sheets dressed first.
func buildAssets(files fs.FS, dress func(css []byte) []byte) (*AssetSet, error) {
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("text/javascript", js.Minify)
	m.AddFunc("image/svg+xml", svg.Minify)
	m.AddFunc("image/png", asItIs)
	types := map[string]string{".png": "image/png", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

	set := &AssetSet{hashed: map[string]string{}, byName: map[string]Asset{}}
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		plain := entry.Name()
		ext := path.Ext(plain)
		body, err := fs.ReadFile(files, plain)
		if err != nil {
			return nil, err
		}
		if ext == ".css" {
			body = dress(body)
		}
		if body, err = m.Bytes(types[ext], body); err != nil {
			return nil, err
		}
		set.add(plain, mediaType(types[ext]), body)
	}
	return set, nil
}

// asItIs leaves a file alone that is packed already.
func asItIs(_ *minify.M, w io.Writer, r io.Reader, _ map[string]string) error {
	_, err := io.Copy(w, r)
	return err
}

func mediaType(kind string) string {
	if kind == "image/png" {
		return kind
	}
	return kind + "; charset=utf-8"
}

// add names a file by its content.
func (s *AssetSet) add(plain, kind string, body []byte) {
	ext := path.Ext(plain)
	sum := sha256.Sum256(body)
	name := strings.TrimSuffix(plain, ext) + "." + hex.EncodeToString(sum[:5]) + ext
	s.hashed[plain] = name
	s.byName[name] = Asset{Name: name, Type: kind, Packed: Pack(body)}
}
