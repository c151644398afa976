package views

// StartPage is the first page. It is the same for everyone, so it can be cached.
type StartPage struct {
	Page
	Lead  string
	Steps []string // what happens, in three lines
}

// Template names the page's template.
func (StartPage) Template() string { return "start" }

// NewStartPage makes the first page.
func NewStartPage(p Page) StartPage {
	p.Back = ""
	p.Title = p.Edition.Site.Brand + " – " + p.T("start.tagline")
	q := p.Edition.Quiz
	return StartPage{
		Page: p,
		Lead: p.T("start.lead", q.Walk(nil).Most, len(q.Pillars)),
	}
}
