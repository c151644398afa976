package views

// ForgottenPage stands before results that this device was asked to forget.
type ForgottenPage struct {
	Page
	Key string
}

// Template names the page's template.
func (ForgottenPage) Template() string { return "forgotten" }

// NewForgottenPage makes the page.
func NewForgottenPage(p Page, key string) ForgottenPage {
	page := ForgottenPage{Page: p, Key: key}
	page.private(p.T("forgotten.title"))
	page.Back = ""
	return page
}
