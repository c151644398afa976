package views

// DeletedPage confirms that results are gone.
type DeletedPage struct{ Page }

// Template names the page's template.
func (DeletedPage) Template() string { return "deleted" }

// NewDeletedPage makes the page.
func NewDeletedPage(p Page) DeletedPage {
	page := DeletedPage{p}
	page.private(p.T("deleted.title"))
	page.Back = ""
	return page
}
