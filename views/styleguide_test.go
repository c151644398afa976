package views

import (
	"fmt"
	"strings"
	"testing"
)

// Every pair of colours stands out as much as it must, in both themes.
func TestContrasts(t *testing.T) {
	list := colours(styleSheet(false))
	if len(list) < 20 {
		t.Fatalf("only %d colours are found in the style sheet", len(list))
	}
	for _, c := range contrasted(list) {
		if c.Light < c.Needs || c.Dark < c.Needs {
			t.Errorf("%s on %s: %s in light and %s in dark, want %.1f", c.Name, c.On, c.Ratio(false), c.Ratio(true), c.Needs)
		}
	}
}

func TestColours(t *testing.T) {
	css := ":root {\n  color-scheme: light dark;\n  --paper: #faf6ef; --surface: #fff; --edge: transparent;\n}\n@media (prefers-color-scheme: dark) {\n  :root {\n    --paper: #17121b;\n  }\n}"
	want := "[{paper #faf6ef #17121b} {surface #ffffff #ffffff}]"
	if got := colours(css); fmt.Sprint(got) != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if got := colours("body { color: red }"); got != nil {
		t.Errorf("without tokens: got %v", got)
	}
}

// The style guide shows each state of each component, once for each edge of it.
func TestStyleguideShowsEveryState(t *testing.T) {
	e := full(t)
	doc := parse(t, NewStyleguidePage(Page{Edition: e}))
	for selector, want := range map[string]int{
		"main header.head":                      4,
		"main header .back":                     2,
		"main header .crisis":                   2,
		"main header .tongues":                  2,
		"fieldset .cap":                         1,
		"fieldset .msg":                         5,
		"fieldset input[type=text]":             4,
		"fieldset input[aria-invalid]":          2,
		"fieldset [data-alone]":                 14,
		".problem [role=alert] li":              2,
		".btn.alt, .btn.warn, .btn.light":       4,
		".care.emergency:not(.stop)":            2,
		".care.urgent":                          2,
		".care.clinician":                       2,
		".care.stop h1":                         1,
		".scores .score":                        16,
		".scores .instead":                      3,
		".scores .range":                        3,
		".scores .range.wide":                   1,
		".score.overall":                        2,
		".whisker":                              10,
		".tip.first":                            2,
		".tip":                                  4,
		".tip > .inset:not(.mind)":              1,
		".grades .dots":                         4,
		".grades li":                            len(e.Book.Grades) + 4,
		".answers > div":                        5,
		"input[type=email][aria-invalid]":       1,
		"input[type=password]":                  1,
		"details[open]":                         1,
		".top h3:contains(leaf)":                1,
		"[autofocus], main [id=problem]":        0,
		"table:has(caption:contains(Contrast))": 1,
	} {
		if got := doc.Find(selector).Length(); got != want {
			t.Errorf("%s: got %d, want %d", selector, got, want)
		}
	}
	if got := text(doc.Find("table")); !strings.Contains(got, "--paper #faf6ef #17121b") || !strings.Contains(got, "inkpaper4.514.66") {
		t.Errorf("the colours are not there: %.300q", got)
	}
}
