package views

import (
	"strings"

	"gutskin/figures"
)

// FiguresSheet is the figures of a choice as comma-separated values: a line for each
// figure of each piece. What is hidden on the page is not in it.
func FiguresSheet(p Page, in FiguresInput) []byte {
	var b strings.Builder
	b.WriteString(byteOrderMark)
	writeRow(&b, p.T("csv.first"), p.T("csv.last"), p.T("csv.language"), p.T("csv.kind"), p.T("csv.id"), p.T("csv.name"), p.T("csv.said"), p.T("csv.n"), p.T("csv.of"))
	s := sheet{Page: p}
	for _, piece := range in.chosen() {
		line := func(f figures.Figure) {
			of := ""
			if f.Of > 0 {
				of = itoa(f.Of)
			}
			name, said := s.named(f)
			writeRow(&b, piece.First, piece.Last, piece.Lang, p.T("figure."+f.Kind), f.Item, name, said, itoa(f.N), of)
		}
		people := figures.Figure{Tally: figures.Tally{Kind: figures.Started}, N: piece.Of}
		if piece.Family == figures.Answers {
			people.Kind = figures.Counted
		}
		line(people)
		for _, f := range piece.Figures {
			line(f)
		}
	}
	return []byte(b.String())
}

// named is what a figure is about, and what was said or where it stood.
func (s sheet) named(f figures.Figure) (name, said string) {
	switch f.Kind {
	case figures.Within:
		return "", s.T("figures.within", f.Value)
	case figures.Error, figures.Reached:
		return s.question(f.Item), ""
	case figures.Answer:
		if x := s.Edition.Quiz.Question(f.Item); x != nil {
			return short(x), s.answer(x, f.Value)
		}
	case figures.Band:
		for _, band := range s.Edition.Quiz.Bands {
			if band.ID == f.Value {
				return s.pillarName(f.Item), band.Name
			}
		}
		return s.pillarName(f.Item), s.T("figures.no_number")
	case figures.Notice, figures.Advice:
		return s.shown(f), ""
	}
	return "", f.Value
}
