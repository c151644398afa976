package views

import "gutskin/quiz"

// SumsPage shows how the scores of a report add up, and the answers they come from.
type SumsPage struct {
	Page
	Receipts []Receipt
	Overall  *OverallSum
	Answers  []Summary
}

// Template names the page's template.
func (SumsPage) Template() string { return "sums" }

// NewSumsPage makes the page. Where numbers are withheld it has the answers only.
func NewSumsPage(p Page, in ResultsInput) SumsPage {
	p.frame = in.TodayEdition
	page := SumsPage{Page: p, Answers: p.summaries(p.Edition.Quiz.Walk(in.Report.Answers), false)}
	page.private(p.T("results.details"))
	page.Back = in.home()
	if numbersShown(in.Report.Scores) {
		page.Receipts, page.Overall = p.receipts(&in.Report)
	}
	return page
}

// totals is a line for each score that adds up, and marks the scores whose sums can
// be opened.
func (page *ResultsPage) totals(in *ResultsInput) {
	receipts, _ := page.receipts(&in.Report)
	for i := range receipts {
		if receipts[i].Total != "" {
			page.Receipts = append(page.Receipts, receipts[i])
		}
	}
	cards := map[string]*ScoreCard{quiz.Overall: page.Overall}
	for i := range page.Pillars {
		cards[page.Pillars[i].ID] = &page.Pillars[i]
	}
	for _, s := range in.Report.Scores {
		if card := cards[s.Pillar]; card != nil && (s.State == quiz.Scored || s.State == quiz.Incomplete) {
			card.Sums = page.Sums + "#" + s.Pillar
		}
	}
}
