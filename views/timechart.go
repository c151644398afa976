package views

import (
	"cmp"
	"fmt"
	"slices"

	"gutskin/figures"
)

// TimeChart is how many started and finished over time, in one language: a block for
// each piece, as wide as its months and as high as their mean. All of it is also in the
// table below it.
type TimeChart struct {
	words
	Caption string
	Blocks  []TimeBlock
	First   Label
	Last    Label
	Top     string // the number at the top line
	TopX    string
	Base    string
	Rows    []TimeRow
}

// TimeBlock is one piece: those who started, and within them those who finished.
type TimeBlock struct{ X, W, Y, H, DoneY, DoneH string }

// TimeRow is one piece in numbers.
type TimeRow struct{ Name, Started, Finished, Share string }

// The chart over time is drawn on 300 by 116 units, as the chart of scores.
const (
	timeTop, timeBottom = 12.0, 92.0
	timeGap             = 1.5
)

func (s sheet) charts(pieces []figures.Piece) (list []TimeChart) {
	byLang := map[string][]figures.Piece{}
	var langs []string
	for _, p := range pieces {
		if p.Family != figures.Steps {
			continue
		}
		if byLang[p.Lang] == nil {
			langs = append(langs, p.Lang)
		}
		byLang[p.Lang] = append(byLang[p.Lang], p)
	}
	slices.SortFunc(langs, func(a, b string) int { return cmp.Or(cmp.Compare(len(byLang[b]), len(byLang[a])), cmp.Compare(a, b)) })
	for _, lang := range langs {
		list = append(list, s.chart(lang, byLang[lang]))
	}
	return list
}

func (s sheet) chart(lang string, pieces []figures.Piece) TimeChart {
	c := TimeChart{words: s.words(), Caption: s.T("figures.time_caption")}
	if name := s.names[lang]; name != "" {
		c.Caption = s.T("figures.in_language", name, c.Caption)
	}
	first, last := pieces[0].First, pieces[len(pieces)-1].Last
	all := float64(monthsTo(first, last))
	most := 0.0
	for _, p := range pieces {
		most = max(most, float64(p.Of)/float64(monthsTo(p.First, p.Last)))
	}
	at := func(months int) float64 { return s.mirrored(chartStart + float64(months)/all*(chartEnd-chartStart)) }
	for _, p := range pieces {
		done := figures.Figure{Of: p.Of}
		for _, f := range p.Figures {
			if f.Kind == figures.Finished {
				done = f
			}
		}
		months := monthsTo(p.First, p.Last)
		from := monthsTo(first, p.First) - 1
		x, y := at(from), at(from+months)
		x, y = min(x, y), max(x, y)
		height := func(n int) float64 { return (timeBottom - timeTop) * float64(n) / float64(months) / max(1, most) }
		c.Blocks = append(c.Blocks, TimeBlock{
			X: unit(x + timeGap/2), W: unit(y - x - timeGap),
			Y: unit(timeBottom - height(p.Of)), H: unit(height(p.Of)),
			DoneY: unit(timeBottom - height(done.N)), DoneH: unit(height(done.N)),
		})
		c.Rows = append(c.Rows, TimeRow{Name: s.span(p.First, p.Last), Started: itoa(p.Of), Finished: itoa(done.N), Share: s.percent(done)})
	}
	c.Base = unit(min(s.mirrored(chartStart), s.mirrored(chartEnd)))
	c.Top, c.TopX = itoa(int(most+.5)), unit(s.mirrored(14))
	c.First, c.Last = Label{unit(s.mirrored(chartStart)), s.monthName(first)}, Label{unit(s.mirrored(chartEnd)), s.monthName(last)}
	return c
}

func unit(n float64) string { return fmt.Sprintf("%.1f", n) }

// monthsTo counts the months from one to another, both with it.
func monthsTo(first, last string) int {
	var y1, m1, y2, m2 int
	_, _ = fmt.Sscanf(first, "%d-%d", &y1, &m1)
	_, _ = fmt.Sscanf(last, "%d-%d", &y2, &m2)
	return max(1, 12*(y2-y1)+m2-m1+1)
}
