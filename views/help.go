package views

import "gutskin/recommend"

// HelpPage says when to get help, how fast, and from whom.
type HelpPage struct {
	Page
	Emergency []CareItem
	Urgent    []CareItem
	Call      string // the emergency number, as in "call 999"
	Contact   string // who helps the same day
	Crisis    []string
	Eating    string
	Regions   []RegionHelp // numbers elsewhere
}

// RegionHelp is the help of one region.
type RegionHelp struct{ Name, Emergency, Urgent string }

// Template names the page's template.
func (HelpPage) Template() string { return "help" }

// NewHelpPage makes the page from the safety rules, for someone of whom nothing is
// known, with the numbers of the site's region first.
func NewHelpPage(p Page) HelpPage {
	book := p.Edition.Book
	r := recommend.NewReader(p.Edition.Quiz, book, p.Edition.Site.Region, nil)
	here := book.Region(p.Edition.Site.Region)
	page := HelpPage{Page: p, Call: here.Emergency, Contact: here.Urgent, Crisis: here.Crisis, Eating: here.Eating}
	for i := range book.Rules {
		rule := &book.Rules[i]
		words := r.Rule(rule.ID)
		item := CareItem{ID: rule.ID, Heading: words.Heading, Say: words.Say}
		switch {
		case rule.Level == recommend.Emergency && !staysWithheld(rule):
			page.Emergency = append(page.Emergency, item)
		case rule.Level == recommend.Urgent:
			page.Urgent = append(page.Urgent, item)
		}
	}
	for i := range book.Regions {
		if g := &book.Regions[i]; g.ID != here.ID && i > 0 {
			page.Regions = append(page.Regions, RegionHelp{g.Name, g.Emergency, g.Urgent})
		}
	}
	page.named(p.T("help.title"))
	page.Description = p.T("help.meta")
	page.Back = ""
	return page
}
