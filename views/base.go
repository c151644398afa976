package views

import (
	"bytes"
	"io"
	"net/http"
	"path"
	"regexp"
	"strings"

	"github.com/gofiber/template/html/v2"
)

// Templates and constructors write every address as if the check stood at the root of
// its host. Where it stands under a path, that is put before each address when the
// templates are read: no page can forget it, and a check at the root pays nothing.

// rebased is a folder of templates in which all addresses are under a path.
type rebased struct {
	http.FileSystem
	base string
}

// addressed is the start of an attribute that holds an address: a plain one of ours, or
// one that the page computes.
var addressed = regexp.MustCompile(`(\s(?:href|action|formaction|src)=")(?:/|\{\{([^{}]+)\}\})`)

// Open returns a template with its addresses rewritten.
func (r rebased) Open(name string) (http.File, error) {
	file, err := r.FileSystem.Open(name)
	if err != nil || path.Ext(name) != ".html" {
		return file, err
	}
	source, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	return rewritten{file, bytes.NewReader(rebase(source, r.base))}, nil
}

func rebase(source []byte, base string) []byte {
	return addressed.ReplaceAllFunc(source, func(found []byte) []byte {
		part := addressed.FindSubmatch(found)
		if len(part[2]) == 0 {
			return append(found[:len(found)-1:len(found)-1], base+"/"...)
		}
		return append(part[1][:len(part[1]):len(part[1])], "{{under ("+string(part[2])+")}}"...)
	})
}

// under puts a path before an address of ours and leaves all others as they are.
func under(base, address string) string {
	if !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") {
		return address
	}
	return base + address
}

// engineOver is an engine for a folder of templates whose addresses are put under base.
func engineOver(files http.FileSystem, base string) *html.Engine {
	if base == "" {
		return html.NewFileSystem(files, ".html")
	}
	engine := html.NewFileSystem(rebased{files, base}, ".html")
	engine.AddFunc("under", func(address string) string { return under(base, address) })
	return engine
}

// rewritten is a file with another text in it.
type rewritten struct {
	http.File
	text io.Reader
}

func (r rewritten) Read(p []byte) (int, error) { return r.text.Read(p) }
