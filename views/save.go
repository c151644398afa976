package views

import (
	"time"
)

// SaveInput is what the page of a private link is made from.
type SaveInput struct {
	Key        string
	Link       string // the whole private address
	KeptUntil  time.Time
	Remembered bool // this device has the link in its list
	Open       []ViewLink
	Share      ShareForm
	Email      EmailForm
}

// ViewLink is a view-only link that opens today.
type ViewLink struct {
	Key, Link, Label string
	Until            time.Time // its last day; zero: as long as the results
}

// ShareForm is the form for a view-only link as it was sent.
type ShareForm struct {
	Label, Until      string
	TooLong, Unpicked bool
}

// EmailForm is the form for a message as it was sent.
type EmailForm struct{ Typed, Fault string }

// What can be wrong with an email address.
const (
	EmailFormat  = "format"
	EmailRefused = "refused"
)

// SavePage shows the private link, who can use it and how to take it back.
type SavePage struct {
	Page
	SaveInput
	QR         *QR
	EmailFault string
	Views      []ViewRow
	Days       []ShareChoice
	LabelFault string
	UntilFault string
	Kept       string
	Results    string // the address under which its forms are
	Error      *ErrorSummary
}

// ViewRow is an open view-only link in words.
type ViewRow struct{ ID, Key, Link, Name, Until string }

// ShareChoice is how long a view-only link may open.
type ShareChoice struct {
	ID, Value, Text string
	Checked         bool
}

// shareDays are the choices, in days; 0 is as long as the results.
var shareDays = []int{30, 90, 0}

// ShareDays reads the choice of a form: for how many days a view-only link opens,
// or 0 for as long as the results.
func ShareDays(value string) (days int, ok bool) {
	for _, days := range shareDays {
		if value == itoa(days) {
			return days, true
		}
	}
	return 0, false
}

// maxLabel is how many characters a label has at most, as the page says it.
const maxLabel = 60

// Template names the page's template.
func (SavePage) Template() string { return "save" }

// NewSavePage makes the page.
func NewSavePage(p Page, in SaveInput) SavePage {
	page := SavePage{
		Page: p, SaveInput: in, QR: newQR(in.Link),
		Kept: p.T("results.kept", p.date(in.KeptUntil)), Results: "/r/" + in.Key,
	}
	page.private(p.T("save.title"))
	page.Back = page.Results
	if p.Notice == "shared" {
		page.NoticeLink = Link{"#open", p.T("save.open")}
	}
	for i, v := range in.Open {
		page.Views = append(page.Views, p.viewRow(i, v, lastDay(in.KeptUntil)))
	}
	for _, days := range shareDays {
		page.Days = append(page.Days, p.shareChoice(days, in))
	}
	page.setFaults()
	return page
}

// viewRow promises no day on which the results are gone.
func (p Page) viewRow(i int, v ViewLink, last time.Time) ViewRow {
	row := ViewRow{ID: "view-" + itoa(i+1), Key: v.Key, Link: v.Link, Name: p.T("save.open_label"), Until: p.T("save.open_all")}
	if v.Label != "" {
		row.Name = p.T("save.open_for", v.Label)
	}
	if !v.Until.IsZero() && v.Until.Before(last) {
		row.Until = p.T("save.open_until", p.date(v.Until))
	}
	return row
}

func (p Page) shareChoice(days int, in SaveInput) ShareChoice {
	c := ShareChoice{ID: "until-" + itoa(days), Value: itoa(days), Text: p.T("save.share_all")}
	if days > 0 {
		c.Text = p.N("save.share_days", days)
	}
	c.Checked = c.Value == in.Share.Until
	return c
}

// setFaults puts what is wrong with the forms into words, in the order of the page.
func (page *SavePage) setFaults() {
	var items []Link
	add := func(field, text string) string {
		items = append(items, Link{"#" + field, text})
		return text
	}
	switch page.Email.Fault {
	case EmailFormat:
		page.EmailFault = add("email", page.T("save.email_format"))
	case EmailRefused:
		page.EmailFault = add("email", page.T("save.email_refused"))
	}
	if page.Share.TooLong {
		page.LabelFault = add("label", page.T("save.share_long", maxLabel))
	}
	if page.Share.Unpicked {
		page.UntilFault = add(page.Days[0].ID, page.T("save.share_unpicked"))
	}
	if len(items) > 0 {
		page.Error = &ErrorSummary{items}
		page.Title = page.T("error.prefix") + page.Title
	}
}
