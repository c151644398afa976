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
	site := p.Edition.Site
	page := ConsentPage{
		Page: p, Form: f,
		Uses: []string{
			p.T("consent.use_results"),
			p.T("consent.use_device"),
			p.N("consent.use_keep", site.KeepMonths),
			p.T("consent.use_share"),
		},
		Agree: p.T("consent.agree", site.Brand),
	}
	page.private(p.T("consent.title"))
	if f.Missing {
		page.Error = &ErrorSummary{[]Link{{"#agree", p.T("consent.error")}}}
		page.Title = p.T("error.prefix") + page.Title
	}
	if page.Back == "" {
		page.Back = "/"
	}
	return page
}
