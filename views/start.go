package views

// Underway is a quiz that a visitor left and can carry on.
type Underway struct {
	Answered int    // questions
	Next     string // the page that is due
}

// StartPage is the first page. It is the same for everyone without a quiz under
// way, so it can be cached.
type StartPage struct {
	Page
	Lead    string
	Gets    []string
	From    string // which article the check is drawn from
	Welcome string // greets somebody who comes back to a quiz they left
	CarryOn string
}

// Template names the page's template.
func (StartPage) Template() string { return "start" }

// NewStartPage makes the first page; with nothing under way, the one for everyone.
func NewStartPage(p Page, left Underway) StartPage {
	p.Back = ""
	p.Title = p.Edition.Site.Brand + " – " + p.T("start.tagline")
	p.Description, p.Shared = p.T("start.meta"), true
	if p.Framers != "" { // another address of the same page
		p.Description, p.Shared, p.NoIndex = "", false, true
	}
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
	if left.Answered > 0 {
		page.Welcome = p.N("resume.title", left.Answered)
		page.CarryOn = left.Next
	}
	return page
}
