package views

import (
	"slices"

	"gutskin/quiz"
	"gutskin/recommend"
)

// OfferCard is something of the owner's own. It stands once, near the end of the results.
type OfferCard struct{ From, Title, Text, Note, Href, Go string }

// offer is today's offer, for whoever holds the private link and was told of nothing that
// needs care. Any safety notice, of any level, a number that is kept back, or a line of
// help on the page keep it away, and so does a look at older results.
func (page *ResultsPage) offer(in *ResultsInput) *OfferCard {
	e := page.words().edition
	o := e.Site.Offer
	if o.Link == "" || in.ViewOnly || !in.Visits.newest() || page.CrisisHelp || page.News != nil || len(in.Report.Care) > 0 {
		return nil
	}
	if slices.ContainsFunc(in.Report.Scores, func(s quiz.Score) bool { return s.State == quiz.Withheld || s.State == quiz.Hidden }) {
		return nil
	}
	return &OfferCard{
		From: page.T("offer.from", e.Site.Owner.Name), Title: o.Title, Text: o.Text,
		Note: page.T("offer.note"), Href: o.Link, Go: page.T("offer.go", o.Host()),
	}
}

// urgent reports that the page tells somebody to get help now or soon.
func (in *ResultsInput) urgent() bool {
	loud := func(n recommend.Notice) bool { return n.Level == recommend.Emergency || n.Level == recommend.Urgent }
	return slices.ContainsFunc(in.Report.Care, loud) || slices.ContainsFunc(in.Today, loud)
}
