package views

import (
	"slices"

	"gutskin/quiz"
	"gutskin/recommend"
)

// Moves is what would move the scores of a report, in short.
type Moves struct {
	words
	Lines   []MoveLine
	Updated bool // an old report: today's check was used
	Href    string
}

// MoveLine is one step on one answer and what it would do.
type MoveLine struct {
	words
	If    string // the step
	Goes  string // the scores
	Ideas []string
}

// movesShown is how many steps results show. The page of its own has the rest.
const movesShown = 3

// CanTry reports that answers may be tried out: numbers are shown, and no emergency
// comes first. The report must be of today's edition.
func CanTry(rep *recommend.Report) bool {
	return numbersShown(rep.Scores) && !slices.ContainsFunc(rep.Care, func(n recommend.Notice) bool { return n.Level == recommend.Emergency })
}

// current is the report by today's content, which is what can be tried.
func (in *ResultsInput) current() *recommend.Report {
	if in.Reworked != nil {
		return &in.Reworked.Report
	}
	return &in.Report
}

// moves is nil where nothing may be tried, or there is nothing to try, and on older
// results than the newest.
func (p Page) moves(in *ResultsInput) *Moves {
	today := p
	today.Edition = in.TodayEdition
	rep := in.current()
	if !in.Visits.newest() || !CanTry(rep) {
		return nil
	}
	e := today.Edition
	changes := recommend.WhatIf(e.Quiz, e.Book, *rep, nil, movesShown)
	if len(changes) == 0 && len(recommend.Tryable(e.Quiz, e.Book, *rep)) == 0 {
		return nil
	}
	return &Moves{
		words: p.words(), Updated: in.Reworked != nil, Href: p.whatIfAddress(in.Key),
		Lines: today.moveLines(rep, changes),
	}
}

func (p Page) moveLines(rep *recommend.Report, changes []recommend.Change) []MoveLine {
	reader := p.reader(p.Edition, *rep)
	lines := make([]MoveLine, len(changes))
	for i := range changes {
		c := &changes[i]
		lines[i] = MoveLine{words: p.words(), If: p.step(reader, c), Goes: p.goes(c.Moves), Ideas: p.traffic(reader, c.Appear, c.Go)}
	}
	return lines
}

// step puts a change into words: "If you usually sleep 7 hours in 24 hours (now: 6)".
func (p Page) step(r *recommend.Reader, c *recommend.Change) string {
	x := p.Edition.Quiz.Question(c.Question)
	if x.Kind == quiz.Many {
		for _, id := range c.From.Picked {
			if o := x.Option(id); !c.To.Has(id) && !o.Exclusive {
				return p.T("whatif.without", o.Text)
			}
		}
		for _, id := range c.To.Picked {
			if o := x.Option(id); !c.From.Has(id) && !o.Exclusive {
				return p.T("whatif.with", o.Text)
			}
		}
	}
	now := p.joined(answerTexts(x, c.From.Values()))
	for _, clause := range r.Because([]quiz.Reason{{Question: x.ID, Value: c.To.Values()[0]}}) {
		return p.T("whatif.if", clause, now)
	}
	return p.T("whatif.to", short(x), p.joined(answerTexts(x, c.To.Values())), now)
}

// goes lists the scores that would move, the overall one last.
func (p Page) goes(moves []recommend.Move) string {
	var list []string
	for _, m := range moves {
		if m.Gain() == 0 {
			continue
		}
		text := p.T("whatif.goes", p.pillarName(m.Pillar), m.Before.Value, m.After.Value)
		if m.Pillar == quiz.Overall {
			text = p.T("whatif.goes_all", m.Before.Value, m.After.Value)
		}
		if m.CrossesBand() {
			text = p.T("whatif.band", text, p.bandName(&m.Before), p.bandName(&m.After))
		}
		list = append(list, text)
	}
	return p.listed(list)
}

// bandName is what the band of a score is called.
func (p Page) bandName(f *quiz.Figures) string { return p.Edition.Quiz.Band(f.Value).Name }

// traffic says which ideas would come and which would go.
func (p Page) traffic(r *recommend.Reader, came, went []string) []string {
	var lines []string
	if titles := adviceTitles(r, came); len(titles) > 0 {
		lines = append(lines, p.T("whatif.come", p.joined(titles)))
	}
	if titles := adviceTitles(r, went); len(titles) > 0 {
		lines = append(lines, p.T("whatif.go", p.joined(titles)))
	}
	return lines
}

// adviceTitles skips advice that the edition of the reader does not have.
func adviceTitles(r *recommend.Reader, ids []string) []string {
	var titles []string
	for _, id := range ids {
		titles = append(titles, nonEmpty(r.AdviceTitle(id))...)
	}
	return titles
}
