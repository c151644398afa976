package views

import (
	"fmt"
	"time"

	"gutskin/recommend"
)

// Chart is the drawing of a score over time. All of it is also in the table of dates.
type Chart struct {
	Across      string // where the lines begin, at their smallest x
	Levels      []Level
	Path        string // with a gap where there is no number
	Dots        []Dot
	First, Last Label
}

// Level is a line across the chart, with its number.
type Level struct{ Y, TextX, TextY, Text string }

// Dot is one report. The two that are compared are drawn larger, the earlier hollow.
type Dot struct{ X, Y, R, Class string }

// DatesTable has the scores of all dates.
type DatesTable struct {
	Names []string
	Rows  []DatesRow
}

// DatesRow is one date.
type DatesRow struct {
	Date  string
	Cells []string
}

// The chart is drawn on 300 by 116 units: numbers at the start, dates below.
const (
	chartStart, chartEnd = 36.0, 290.0
	chartTop, chartUnit  = 10.0, .8
)

// chart draws a series, or returns nil when fewer than two of its reports have a
// number.
func (p Page) chart(s *recommend.Series, then, now int, names []string) *Chart {
	c := &Chart{Across: fmt.Sprintf("%.1f", min(p.mirrored(chartStart-4), p.mirrored(chartEnd+4)))}
	x := p.timeline(s)
	drawn := false
	for i, d := range s.Dots {
		if d.Figures == nil {
			drawn = false
			continue
		}
		y := level(d.Figures.Value)
		step := "M"
		if drawn {
			step = "L"
		}
		drawn = true
		c.Path += fmt.Sprintf("%s%.1f %.1f", step, x[i], y)
		dot := Dot{X: fmt.Sprintf("%.1f", x[i]), Y: fmt.Sprintf("%.1f", y), R: "4", Class: "fill"}
		switch i + 1 {
		case then:
			dot.R, dot.Class = "7", "whisker"
		case now:
			dot.R, dot.Class = "7", "pointer"
		}
		c.Dots = append(c.Dots, dot)
	}
	if len(c.Dots) < 2 {
		return nil
	}
	for _, v := range []int{0, 50, 100} {
		c.Levels = append(c.Levels, Level{
			Y: fmt.Sprintf("%.1f", level(v)), TextX: fmt.Sprintf("%.1f", p.mirrored(14)), TextY: fmt.Sprintf("%.1f", level(v)+5), Text: itoa(v),
		})
	}
	c.First = Label{fmt.Sprintf("%.1f", p.mirrored(chartStart)), names[0]}
	c.Last = Label{fmt.Sprintf("%.1f", p.mirrored(chartEnd)), names[len(names)-1]}
	return c
}

func level(value int) float64 { return chartTop + chartUnit*float64(100-value) }

func (p Page) mirrored(x float64) float64 {
	if p.Edition.Dir == "rtl" {
		return 300 - x
	}
	return x
}

// timeline is where each report stands by its date; evenly where all are of one
// moment.
func (p Page) timeline(s *recommend.Series) []float64 {
	first := s.Dots[0].At
	span := s.Dots[len(s.Dots)-1].At.Sub(first)
	at := make([]float64, len(s.Dots))
	for i, d := range s.Dots {
		share := float64(i) / float64(max(1, len(s.Dots)-1))
		if span > time.Minute {
			share = float64(d.At.Sub(first)) / float64(span)
		}
		at[i] = p.mirrored(chartStart + share*(chartEnd-chartStart))
	}
	return at
}

func (p Page) datesTable(in *CompareInput, names []string) *DatesTable {
	t := &DatesTable{}
	for i, name := range names {
		if in.OtherEdition[i] {
			name = p.T("compare.again", name)
		}
		row := DatesRow{Date: name}
		for j := range in.Trend {
			dot := in.Trend[j].Dots[i]
			row.Cells = append(row.Cells, p.figure(dot.State, dot.Figures))
		}
		t.Rows = append(t.Rows, row)
	}
	for j := range in.Trend {
		t.Names = append(t.Names, p.pillarName(in.Trend[j].Pillar))
	}
	return t
}
