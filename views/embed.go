package views

import (
	_ "embed" // the script below
	"encoding/json"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"

	"gutskin/data"
)

//go:embed embed.js
var embedScript string

// EmbedScript is the script that puts the check into a page of another site. It holds which
// sites may show it in a frame; on all others it makes a link.
func EmbedScript(e *data.Edition) (Packed, error) {
	sites := e.Site.Embed
	if sites == nil {
		sites = []string{}
	}
	var literals []string
	for name, value := range map[string]any{"SITES": sites, "BUTTON": e.T("embed.button", e.Site.Brand), "TITLE": e.Site.Brand} {
		literal, err := json.Marshal(value)
		if err != nil {
			return Packed{}, err
		}
		literals = append(literals, name, string(literal))
	}
	m := minify.New()
	m.AddFunc("text/javascript", js.Minify)
	small, err := m.String("text/javascript", strings.NewReplacer(literals...).Replace(embedScript))
	return Pack([]byte(small)), err
}

// FinishedPage ends the check inside a frame. Its button opens the results outside of it.
type FinishedPage struct {
	Page
	Key, Attempt string
}

// Template names the page's template.
func (FinishedPage) Template() string { return "finished" }

// NewFinishedPage makes the page for the results under a key.
func NewFinishedPage(p Page, key, attempt string) FinishedPage {
	page := FinishedPage{Page: p, Key: key, Attempt: attempt}
	page.private(p.T("finished.title"))
	page.Back = ""
	return page
}
