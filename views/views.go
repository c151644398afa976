// Package views is what a page looks like: one typed struct and one template per
// screen, side by side, over shared partials, one style sheet and one small script.
//
// Constructors compute; templates only place. A template uses nothing but if,
// range, with, the fields of its page and the words of T. Nothing is escaped by
// hand. A page needs no script, no font and no third party.
package views

import (
	"embed"
	"net/http"

	"github.com/gofiber/template/html/v2"
)

//go:embed *.html partials/*.html
var templates embed.FS

// NewEngine returns the template engine over the embedded templates. With dev it
// reads ./views on every request instead, so that an edit shows at once. All addresses
// on the pages are under base, as in "/quiz", or "".
func NewEngine(dev bool, base string) *html.Engine {
	files := http.FS(templates)
	if dev {
		files = http.Dir("./views")
	}
	engine := html.NewFileSystem(files, ".html")
	if base != "" {
		engine.FileSystem = rebased{files, base}
		engine.AddFunc("under", func(address string) string { return under(base, address) })
	}
	engine.Reload(dev)
	return engine
}
