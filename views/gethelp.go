package views

import "gutskin/recommend"

// GetHelpPage interrupts the quiz when an answer needs a person first.
type GetHelpPage struct {
	Page
	Heading string
	Notices []CareItem // the first under the page's heading
	Attempt string
	NotThis string
	CarryOn string
}

// Template names the page's template.
func (GetHelpPage) Template() string { return "gethelp" }

// NewGetHelpPage makes the page from the emergencies that fire.
func NewGetHelpPage(p Page, r *recommend.Reader, n []recommend.Notice, attempt string) GetHelpPage {
	page := GetHelpPage{
		Page: p, Heading: p.T("gethelp.title"), Attempt: attempt,
		NotThis: p.T("gethelp.not_this"), CarryOn: p.T("gethelp.carry_on"),
	}
	for _, notice := range n {
		page.Notices = append(page.Notices, p.careItem(r, notice))
		if staysWithheld(p.Edition.Book.RuleByID(notice.ID)) {
			page.NotThis, page.CarryOn = "", p.T("gethelp.safe")
		}
	}
	if len(page.Notices) > 0 && page.Notices[0].Heading != "" {
		page.Heading, page.Notices[0].Heading = page.Notices[0].Heading, ""
	}
	page.private(p.T("gethelp.name"))
	if page.Back == "" {
		page.Back = "/quiz/urgent"
	}
	return page
}

// staysWithheld tells the rule for people who may not be safe from the others: it
// keeps all numbers back even after they carry on.
func staysWithheld(r *recommend.Rule) bool {
	return r != nil && r.Withhold && (r.After == nil || r.After.Withhold)
}
