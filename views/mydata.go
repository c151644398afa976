package views

import (
	"time"
)

// DataInput is what the page about everything that is held is made from.
type DataInput struct {
	Key       string
	At        []time.Time // of all reports, oldest first
	Plan      bool
	Links     int // view-only links that open
	KeptUntil time.Time
	JSON, CSV int // bytes of the two downloads
}

// DataPage says in words what is held about somebody, and gives it to them.
type DataPage struct {
	Page
	Home string
	Held []string
	Kept string
	JSON Link
	CSV  Link
}

// Template names the page's template.
func (DataPage) Template() string { return "mydata" }

// NewDataPage makes the page.
func NewDataPage(p Page, in DataInput) DataPage {
	home := "/r/" + in.Key
	page := DataPage{
		Page: p, Home: home, Kept: p.T("results.kept", p.date(in.KeptUntil)),
		JSON: Link{home + "/data.json", p.T("data.json", kilobytes(in.JSON))},
		CSV:  Link{home + "/data.csv", p.T("data.csv", kilobytes(in.CSV))},
	}
	page.private(p.T("results.data"))
	page.Back = home
	page.Held = []string{p.N("data.reports", len(in.At), p.listed(p.dates(in.At))), p.T("data.each")}
	if in.Plan {
		page.Held = append(page.Held, p.T("data.plan"))
	}
	if in.Links > 0 {
		page.Held = append(page.Held, p.N("data.links", in.Links))
	}
	page.Held = append(page.Held, p.T("data.no_name"))
	return page
}

// kilobytes rounds up, so that nobody gets more than was said.
func kilobytes(bytes int) int { return (bytes + 1023) / 1024 }

// listed joins names with commas and a last "and".
func (p Page) listed(names []string) string {
	line := ""
	for i, name := range names {
		switch {
		case i == 0:
			line = name
		case i == len(names)-1:
			line = p.T("list.and", line, name)
		default:
			line = p.T("list.comma", line, name)
		}
	}
	return line
}
