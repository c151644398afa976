package views

// RenewPage says what a new private link does, before it is made.
type RenewPage struct {
	Page
	Action, Keep string
	New          string // the key to be: the form carries it, so that it can be sent twice
	Views        string // what becomes of view-only links, if there are any
}

// Template names the page's template.
func (RenewPage) Template() string { return "renew" }

// NewRenewPage makes the page for the results under key.
func NewRenewPage(p Page, key, renewed string, views int) RenewPage {
	page := RenewPage{Page: p, Action: "/r/" + key + "/renew", Keep: "/r/" + key + "/save", New: renewed}
	if views > 0 {
		page.Views = p.N("renew.views", views)
	}
	page.private(p.T("renew.title"))
	page.Back = page.Keep
	return page
}
