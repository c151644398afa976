package views

import "gutskin/recommend"

// underAgeRule is the safety rule that speaks to people under 18.
const underAgeRule = "S18"

// UnderAgePage tells young people where to turn. It is a page, not an error.
type UnderAgePage struct {
	Page
	Talk    recommend.RuleWords
	Article []PassageLine // what the article says about gut and skin: no advice among it
}

// Template names the page's template.
func (UnderAgePage) Template() string { return "underage" }

// NewUnderAgePage makes the page, with whom to talk to in the region.
func NewUnderAgePage(p Page, r *recommend.Reader) UnderAgePage {
	page := UnderAgePage{Page: p, Talk: r.Rule(underAgeRule)}
	for _, passage := range p.Edition.Book.Passages {
		if passage.Kind == "definition" || passage.Kind == "mechanism" {
			page.Article = append(page.Article, PassageLine{passage.Section, passage.Says, passage.Correction})
		}
	}
	page.private(p.T("underage.title"))
	if page.Back == "" {
		page.Back = "/quiz/age"
	}
	return page
}
