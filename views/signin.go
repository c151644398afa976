package views

// SignInForm is what became of the form that was sent.
type SignInForm struct {
	Wrong bool // the password does not fit
	Wait  int  // seconds until the next guess; 0: no wait
}

// SignInPage asks the owner for the password of the figures.
type SignInPage struct {
	Page
	Error   *ErrorSummary
	Message string // beside the field
}

// Template names the page's template.
func (SignInPage) Template() string { return "signin" }

// NewSignInPage makes the page.
func NewSignInPage(p Page, f SignInForm) SignInPage {
	page := SignInPage{Page: p}
	page.private(p.T("signin.title"))
	page.Back = ""
	switch {
	case f.Wait > 0:
		page.Message = p.N("signin.wait", (f.Wait+58)/60)
	case f.Wrong:
		page.Message = p.T("signin.wrong")
	}
	if page.Message != "" {
		page.Error = &ErrorSummary{[]Link{{"#password", page.Message}}}
		page.Title = p.T("error.prefix") + page.Title
	}
	return page
}
