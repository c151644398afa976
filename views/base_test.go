package views

import (
	"io"
	"io/fs"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func TestRebase(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{`<a href="/">`, `<a href="/our/check/">`},
		{`<a class="x" href="/help#food">`, `<a class="x" href="/our/check/help#food">`},
		{`<a href="{{.}}">`, `<a href="{{under (.)}}">`},
		{`<form method="post" action="{{.Home}}/again">`, `<form method="post" action="{{under (.Home)}}/again">`},
		{`<button formaction="{{$.Action}}#moves">`, `<button formaction="{{under ($.Action)}}#moves">`},
		{`<script src="{{.Asset "app.js"}}" defer>`, `<script src="{{under (.Asset "app.js")}}" defer>`},
		{`<a href="#{{.ID}}">`, `<a href="#{{.ID}}">`},
		{`<a href="https://example.org/">`, `<a href="https://example.org/">`},
		{`<use href="#mark"/>`, `<use href="#mark"/>`},
		{`<p data-href="/x">href="/y"</p>`, `<p data-href="/x">href="/y"</p>`},
	} {
		if got := string(rebase([]byte(c.source), "/our/check")); got != c.want {
			t.Errorf("%s: got %s, want %s", c.source, got, c.want)
		}
	}
	for address, want := range map[string]string{
		"/": "/our/check/", "/r/KEY": "/our/check/r/KEY", "//evil.example": "//evil.example", "https://example.org": "https://example.org",
		"tel:999": "tel:999", "#top": "#top", "": "",
	} {
		if got := under("/our/check", address); got != want {
			t.Errorf("%q: got %q, want %q", address, got, want)
		}
	}
}

// Every address in a template is written in a way that can be put under a path: at the
// start of an attribute, and not chosen by a condition there.
func TestEveryAddressCanBeRebased(t *testing.T) {
	attribute := regexp.MustCompile(`(?i)([-a-z]*(?:href|action|src|srcset|poster|cite|background|data-url))\s*=\s*(["']?)(\{\{-?\s*(?:if|with|range|template|block|define)\b|/)?`)
	files := 0
	err := fs.WalkDir(templates, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		body, err := fs.ReadFile(templates, name)
		if err != nil {
			return err
		}
		for _, m := range attribute.FindAllStringSubmatch(string(body), -1) {
			chosen := strings.HasPrefix(m[3], "{{")
			if chosen || m[2] != `"` || m[3] == "/" && !addressed.MatchString(" "+m[0]) {
				t.Errorf("%s: %s", name, m[0])
			}
		}
		return nil
	})
	if err != nil || files < 40 {
		t.Errorf("%d templates were read (%v)", files, err)
	}
}

// Templates are rewritten, and nothing else.
func TestRebasedFiles(t *testing.T) {
	files := rebased{http.FS(fstest.MapFS{
		"a.html": {Data: []byte(`<a href="/">`)}, "a.txt": {Data: []byte(`<a href="/">`)},
	}), "/base"}
	for name, want := range map[string]string{"/a.html": `<a href="/base/">`, "/a.txt": `<a href="/">`} {
		f, err := files.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(f)
		f.Close()
		if string(got) != want || err != nil {
			t.Errorf("%s: got %s (%v), want %s", name, got, err, want)
		}
	}
	if _, err := files.Open("/none.html"); err == nil {
		t.Error("a template that is not there was opened")
	}
}
