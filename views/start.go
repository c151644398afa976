package views

// StartPage is the first page. It is the same for everyone, so it can be cached.
type StartPage struct {
	Page
	Lead string
	Gets []string
	From string // which article the check is drawn from
}

// Template names the page's template.
func (StartPage) Template() string { return "start" }

// NewStartPage makes the first page.
func NewStartPage(p Page) StartPage {
	p.Back = ""
	p.Title = p.Edition.Site.Brand + " – " + p.T("start.tagline")
	q, article := p.Edition.Quiz, p.Edition.Site.Article
	page := StartPage{
		Page: p,
		Lead: p.N("start.lead", q.Walk(nil).Most),
		Gets: []string{
			p.N("start.get_scores", len(q.Pillars)),
			p.T("start.get_tips"),
			p.T("start.get_sure"),
			p.T("start.get_care"),
		},
	}
	if article.Title != "" {
		page.From = p.T("start.from_text", article.Title, article.Author)
	}
	return page
}
