package views

import (
	"fmt"
	"strings"

	"gutskin/quiz"
	"gutskin/recommend"
)

// ScoreCard is one score in words, with its number line. A score that is not shown
// has no Value and says why in Instead.
type ScoreCard struct {
	words
	ID, Icon, Name string
	Value          string
	OutOf          string
	Band           string
	Range          string // "between 40 and 62", when answers were skipped
	Wide           bool   // the range is as important as the number
	Counts         string
	Based          string
	Well           string // one thing that already goes well
	Instead        string
	Missing        []string
	Last           string // the score before this one, and where it went since
	Line           *NumberLine
	Sums           string // where its sums are, if they can be told
}

// NumberLine is the drawing of a score. All of it is also in the text.
type NumberLine struct {
	Track, Fill []Bar
	Marker      string // path of the pointer
	Was         string // path of the hollow pointer at an earlier value, or ""
	Whisker     string // path of the range, or ""
	Labels      []Label
}

// Bar is a stretch of the number line.
type Bar struct{ X, W string }

// Label is a number under the line.
type Label struct {
	X    string
	Text string
}

// scoreCards turns the scores of a report into cards, the overall one apart.
func (p Page) scoreCards(rep recommend.Report, r *recommend.Reader) (pillars []ScoreCard, overall *ScoreCard) {
	for _, s := range rep.Scores {
		card := p.scoreCard(s, rep.Receipt)
		if s.Pillar == quiz.Overall {
			overall = &card
			continue
		}
		if s.State == quiz.Scored {
			card.Well = p.well(r, s.Pillar)
		}
		pillars = append(pillars, card)
	}
	return pillars, overall
}

// well is one thing that already goes well. There always is one: nobody reads a
// score alone.
func (p Page) well(r *recommend.Reader, pillar string) string {
	if good := r.Strengths(pillar); len(good) > 0 {
		return good[0]
	}
	return p.T("score.well")
}

func (p Page) scoreCard(s quiz.Score, receipt []quiz.Line) ScoreCard {
	q := p.Edition.Quiz
	card := ScoreCard{words: p.words(), ID: s.Pillar, Icon: icon(s.Pillar), Name: p.pillarName(s.Pillar), Counts: p.T("score.overall_counts")}
	if pillar := q.Pillar(s.Pillar); pillar != nil {
		card.Counts = pillar.Counts
	}
	switch s.State {
	case quiz.Hidden:
		card.Instead = p.T("score.hidden")
		return card
	case quiz.Withheld:
		card.Instead = p.T("score.withheld")
		return card
	case quiz.Incomplete:
		card.Instead = p.T("score.incomplete")
		if s.Pillar == quiz.Overall {
			card.Instead = p.T("score.incomplete_overall")
		}
		for _, id := range s.Missing {
			if x := q.Question(id); x != nil {
				card.Missing = append(card.Missing, short(x))
			}
		}
		return card
	}
	card.Value = itoa(s.Value)
	card.OutOf = p.T("score.out_of")
	card.Band = q.Band(s.Value).Name
	if s.Low != s.High {
		card.Range = p.T("score.range", s.Low, s.High)
		card.Wide = s.High-s.Low > q.Rules.WideRange
	}
	if s.Pillar != quiz.Overall {
		card.Based = p.based(s.Pillar, receipt)
	}
	card.Line = p.numberLine(s.Figures)
	return card
}

// based counts the questions that could count for this person, not the ones that
// do not fit them.
func (p Page) based(pillar string, receipt []quiz.Line) string {
	answered, all := 0, 0
	for _, line := range receipt {
		if line.Pillar != pillar {
			continue
		}
		switch line.State {
		case quiz.LineAnswered:
			answered++
			all++
		case quiz.LineSkipped:
			all++
		}
	}
	return p.N("score.based", all, answered)
}

func icon(pillar string) string {
	icons := map[string]string{"diet": "leaf", "stress": "wave", "sleep": "moon", "hydration": "drop"}
	if name, ok := icons[pillar]; ok {
		return name
	}
	return "ring"
}

// The number line is drawn on 300 by 52 units, with room at both ends for the
// pointer.
const (
	lineStart = 9.0
	lineUnit  = 2.82
	lineGap   = 2.0
)

// onLine is where a value of 0 to 100 stands on the number line.
func (p Page) onLine(v int) float64 {
	x := lineStart + lineUnit*float64(v)
	if p.Edition.Dir == "rtl" {
		x = 300 - x
	}
	return x
}

func pointer(x float64) string { return fmt.Sprintf("M%.1f 13l-7-11h14z", x) }

// lineSince is the number line with an earlier value, hollow beside the one of now.
func (p Page) lineSince(now, then *quiz.Figures) *NumberLine {
	line := p.numberLine(now)
	line.Was = pointer(p.onLine(then.Value))
	return line
}

func (p Page) numberLine(f *quiz.Figures) *NumberLine {
	rtl, at := p.Edition.Dir == "rtl", p.onLine
	bar := func(from, to int) Bar {
		x, y := at(from), at(to)
		x, y = min(x, y), max(x, y)
		if from > 0 && !rtl {
			x += lineGap
		}
		if from > 0 && rtl {
			y -= lineGap
		}
		return Bar{fmt.Sprintf("%.1f", x), fmt.Sprintf("%.1f", max(0, y-x))}
	}
	line := &NumberLine{}
	bands := p.Edition.Quiz.Bands
	for i, b := range bands {
		end := 100
		if i+1 < len(bands) {
			end = bands[i+1].From
		}
		line.Track = append(line.Track, bar(b.From, end))
		if f.Value > b.From {
			line.Fill = append(line.Fill, bar(b.From, min(end, f.Value)))
		}
		line.Labels = append(line.Labels, Label{fmt.Sprintf("%.1f", at(b.From)), itoa(b.From)})
	}
	line.Labels = append(line.Labels, Label{fmt.Sprintf("%.1f", at(100)), "100"})
	line.Marker = pointer(at(f.Value))
	if f.Low != f.High {
		line.Whisker = strings.ReplaceAll(fmt.Sprintf("M%.1f 29v6m0-3H%.1fm0-3v6", at(f.Low), at(f.High)), ".0", "")
	}
	return line
}
