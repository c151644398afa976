package views

import (
	"slices"
	"time"

	"gutskin/quiz"
	"gutskin/recommend"
)

// Visits are the dates of all reports under one link, oldest first, and the place of
// the one that is shown, from 1.
type Visits struct {
	At  []time.Time
	Nth int
}

// newest reports that no later report was made.
func (v Visits) newest() bool { return v.Nth == len(v.At) }

// Before is the report before the one that is shown, compared with it.
type Before struct {
	TakenAt  time.Time
	Reworked bool // it was worked out again under the edition of the one that is shown
	Scores   []recommend.Difference
}

// home is the address of the report that is shown.
func (in *ResultsInput) home() string {
	if in.Visits.newest() {
		return "/r/" + in.Key
	}
	return visit(in.Key, in.Visits.Nth)
}

func visit(key string, nth int) string { return "/r/" + key + "/report/" + itoa(nth) }

// lookBack says where the scores went since the report before, and leads to older
// reports; on one of those, to the newest.
func (page *ResultsPage) lookBack(in *ResultsInput) {
	if !in.Visits.newest() {
		page.Older = page.T("results.older", page.date(in.Report.TakenAt))
		page.Back = page.Home
		return
	}
	for i, date := range page.dates(in.Visits.At) {
		if i+1 < len(in.Visits.At) {
			page.Earlier = append(page.Earlier, Link{visit(in.Key, i+1), page.T("results.earlier_one", date)})
		}
	}
	slices.Reverse(page.Earlier)
	if in.Before == nil || !page.Numbers {
		return
	}
	page.Compare = page.Home + "/compare"
	for i := range page.Pillars {
		page.Pillars[i].lookBack(page.Page, in.Before)
	}
	if page.Overall != nil {
		page.Overall.lookBack(page.Page, in.Before)
	}
}

// lookBack puts the score before beside this one. Where no number is shown now, none
// is shown of then.
func (card *ScoreCard) lookBack(p Page, b *Before) {
	i := slices.IndexFunc(b.Scores, func(d recommend.Difference) bool { return d.Pillar == card.ID })
	if i < 0 {
		return
	}
	d, date := b.Scores[i], p.date(b.TakenAt)
	switch {
	case d.Now.State == quiz.Hidden || d.Now.State == quiz.Withheld:
		return
	case d.Then.Figures == nil:
		card.Last = p.T("score.last_none", date)
		return
	case b.Reworked:
		card.Last = p.T("score.last_reworked", date, d.Then.Value, p.direction(d))
	default:
		card.Last = p.T("score.last", date, d.Then.Value, p.direction(d))
	}
	if card.Line != nil {
		card.Line = p.lineSince(d.Now.Figures, d.Then.Figures)
	}
}

// direction says where a score went, as far as can be said.
func (p Page) direction(d recommend.Difference) string {
	switch d.Direction {
	case recommend.Up:
		return p.T("compare.up_by", d.By())
	case recommend.Down:
		return p.T("compare.down_by", -d.By())
	case recommend.Same:
		return p.T("compare.same")
	}
	return p.T("compare.unknown")
}

// dates names days; those of one day are told apart by their order.
func (p Page) dates(at []time.Time) []string {
	names := make([]string, len(at))
	days := map[string]int{}
	for i, t := range at {
		names[i] = p.date(t)
		days[names[i]]++
	}
	nth := map[string]int{}
	for i, day := range names {
		if days[day] > 1 {
			nth[day]++
			names[i] = p.T("date.nth", day, nth[day])
		}
	}
	return names
}
