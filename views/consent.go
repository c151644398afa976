package views

// ConsentForm is what stood in the form when it was sent.
type ConsentForm struct {
	Agree, Count bool
	Missing      bool // sent without agreeing
}

// ConsentPage asks for leave to use answers about health, before the first one.
type ConsentPage struct {
	Page
	Form  ConsentForm
	Uses  []string
	Agree string
	Error *ErrorSummary
}

// ErrorSummary is the box at the top of a form that came back. Its links lead to
// the fields.
type ErrorSummary struct{ Items []Link }

// Template names the page's template.
func (ConsentPage) Template() string { return "consent" }

// NewConsentPage makes the page. Boxes are never ticked on a first visit.
func NewConsentPage(p Page, f ConsentForm) ConsentPage {
	page := ConsentPage{Page: p, Form: f, Uses: p.uses(), Agree: p.T("consent.agree", p.Edition.Site.Brand)}
	page.private(p.T("consent.title"))
	page.Error = page.missing(f)
	if page.Back == "" {
		page.Back = p.first()
	}
	return page
}

// uses says what becomes of answers.
func (p Page) uses() []string {
	return []string{
		p.T("consent.use_results"),
		p.T("consent.use_device"),
		p.N("consent.use_keep", p.Edition.Site.KeepMonths),
		p.T("consent.use_share"),
	}
}

// missing marks a page whose form was sent without agreeing.
func (p *Page) missing(f ConsentForm) *ErrorSummary {
	if !f.Missing {
		return nil
	}
	p.Title = p.T("error.prefix") + p.Title
	return &ErrorSummary{[]Link{{"#agree", p.T("consent.error")}}}
}
