package views

// DeletePage asks once before results go for good.
type DeletePage struct {
	Page
	Action, Keep string
}

// Template names the page's template.
func (DeletePage) Template() string { return "delete" }

// NewDeletePage makes the page for the results under this key.
func NewDeletePage(p Page, key string) DeletePage {
	page := DeletePage{Page: p, Action: "/r/" + key + "/delete", Keep: "/r/" + key}
	page.private(p.T("delete.title"))
	page.Back = page.Keep
	return page
}
