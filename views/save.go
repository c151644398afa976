package views

import "time"

// SaveInput is what the page of a private link is made from.
type SaveInput struct {
	Key        string
	Link       string // the whole private address
	KeptUntil  time.Time
	Remembered bool // this device has the link in its list
}

// SavePage shows the private link, who can use it and how to take it back.
type SavePage struct {
	Page
	SaveInput
	Kept   string
	Delete string
	Data   string
}

// Template names the page's template.
func (SavePage) Template() string { return "save" }

// NewSavePage makes the page.
func NewSavePage(p Page, in SaveInput) SavePage {
	page := SavePage{
		Page: p, SaveInput: in, Kept: p.T("results.kept", p.date(in.KeptUntil)), Delete: "/r/" + in.Key + "/delete", Data: "/r/" + in.Key + "/data",
	}
	page.private(p.T("save.title"))
	page.Back = "/r/" + in.Key
	return page
}
