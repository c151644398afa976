package views

import "time"

// SavedLink is a private link that this device remembers.
type SavedLink struct {
	Key     string
	TakenAt time.Time
}

// PasteForm is the field for a link brought from elsewhere.
type PasteForm struct {
	Typed string
	Fault bool // what was typed holds no key
}

// MinePage lists the results this device remembers.
type MinePage struct {
	Page
	Saved []SavedRow
	Form  PasteForm
	Error *ErrorSummary
}

// SavedRow is one remembered result.
type SavedRow struct{ Key, Open, Date string }

// Template names the page's template.
func (MinePage) Template() string { return "mine" }

// NewMinePage makes the page, newest first as given.
func NewMinePage(p Page, saved []SavedLink, pasted PasteForm) MinePage {
	page := MinePage{Page: p, Form: pasted}
	page.private(p.T("mine.title"))
	for _, s := range saved {
		page.Saved = append(page.Saved, SavedRow{
			Key: s.Key, Open: p.T("mine.open", p.date(s.TakenAt)), Date: p.date(s.TakenAt),
		})
	}
	if pasted.Fault {
		page.Error = &ErrorSummary{[]Link{{"#link", p.T("mine.error")}}}
		page.Title = p.T("error.prefix") + page.Title
	}
	if page.Back == "" {
		page.Back = "/"
	}
	return page
}
