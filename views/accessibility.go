package views

// AccessibilityPage says what was tested, and what was not.
type AccessibilityPage struct{ Page }

// Template names the page's template.
func (AccessibilityPage) Template() string { return "accessibility" }

// NewAccessibilityPage makes the page.
func NewAccessibilityPage(p Page) AccessibilityPage {
	page := AccessibilityPage{p}
	page.named(p.T("accessibility.title"))
	page.Description = p.T("accessibility.meta")
	page.Back = ""
	return page
}
