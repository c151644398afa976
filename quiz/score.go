package quiz

import "math/bits"

// The arithmetic, once for everything that scores:
//
//   - A pillar's score is 100 × Σ(weight × points) ÷ (4 × Σ weight) over the
//     answered questions. Fractions are exact; they are rounded half up once, at
//     the end.
//   - An excluded question (a health reason, or not applicable) leaves the
//     numerator, the denominator and the range. A skipped one leaves the estimate
//     and widens the range: low counts it with 0 points, high with 4.
//   - A pillar with too little answered has no number, only the questions that
//     would complete it.
//   - The overall score is the mean of the pillars that have one, by their weights.
//     Its range takes in every pillar that is not hidden, the incomplete ones with
//     their wide range.
//
// standing.go adds up; this file has what is told about it.

// State says whether a score is shown, and if not, why.
type State string

// The states of a score.
const (
	Scored     State = "scored"
	Incomplete State = "incomplete" // not enough answers yet
	Hidden     State = "hidden"     // a safety rule keeps this number back
	Withheld   State = "withheld"   // a safety rule keeps back all numbers of the result
)

// Score is one pillar's result, or the overall one.
type Score struct {
	Pillar string `json:"pillar"`
	State  State  `json:"state"`
	*Figures
	By      []string `json:"by,omitempty"`      // the safety rules that hide or withhold it
	Missing []string `json:"missing,omitempty"` // when incomplete: skipped questions that would complete it
}

// Figures are the numbers of a score, 0 to 100, with Low ≤ Value ≤ High.
type Figures struct {
	Value int    `json:"value"`
	Low   int    `json:"low"`
	High  int    `json:"high"`
	Band  string `json:"band"`
}

// Line is one line of the receipt: what one question gave.
type Line struct {
	Pillar   string    `json:"pillar"`
	Question string    `json:"question"`
	Answer   []string  `json:"answer"`
	Points   *int      `json:"points,omitempty"` // only when answered and not hidden
	Of       int       `json:"of,omitempty"`     // the most it could give; 0 when it does not count
	Weight   int       `json:"weight"`
	State    LineState `json:"state"`
}

// LineState says how a question entered its pillar.
type LineState string

// The states of a receipt line.
const (
	LineAnswered LineState = "answered"
	LineSkipped  LineState = "skipped"
	LineExcluded LineState = "excluded"
	LineHidden   LineState = "hidden" // its pillar is hidden: no points are told
)

// Veil is what safety rules keep from the scores: hidden pillars (or Overall) and
// whether everything is withheld, each with the ids of the rules that say so.
type Veil struct {
	Hide     map[string][]string
	Withhold []string
}

// Scorecard is the scores, pillars first in their order and the overall last, and
// the receipt they add up from. When everything is withheld the receipt is empty.
type Scorecard struct {
	Scores  []Score
	Receipt []Line
}

// Of returns the score of a pillar, or nil.
func (c Scorecard) Of(pillar string) *Score {
	for i := range c.Scores {
		if c.Scores[i].Pillar == pillar {
			return &c.Scores[i]
		}
	}
	return nil
}

// Score scores answers that Walk has kept.
func (q *Questionnaire) Score(a Answers, veil Veil) Scorecard {
	f := q.NewForm()
	for _, items := range q.items {
		for _, i := range items {
			q.Questions[i].read(a, &f.entries[i])
		}
	}
	f.Score(veil)
	return f.Scorecard(veil)
}

// Scorecard gives the scores of a form that was scored with this veil, with the
// receipt. It shares nothing with the form but answers.
func (f *Form) Scorecard(veil Veil) Scorecard {
	q := f.q
	card := Scorecard{Scores: make([]Score, len(f.standings))}
	figures := make([]Figures, len(f.standings))
	for i := range f.standings {
		s := &f.standings[i]
		score := Score{Pillar: q.pillarID(i), State: s.State}
		switch s.State {
		case Withheld:
			score.By = veil.Withhold
		case Hidden:
			score.By = veil.Hide[score.Pillar]
		case Incomplete:
			score.Missing = f.missing(i)
		case Scored:
			figures[i] = s.Figures
			score.Figures = &figures[i]
		}
		card.Scores[i] = score
	}
	if len(veil.Withhold) == 0 {
		card.Receipt = f.receipt()
	}
	return card
}

// missing are the skipped questions of a pillar; nothing is missing overall.
func (f *Form) missing(pillar int) []string {
	if pillar == len(f.q.items) {
		return nil
	}
	var ids []string
	for _, i := range f.q.items[pillar] {
		if _, state := f.Points(i); state == LineSkipped {
			ids = append(ids, f.q.Questions[i].ID)
		}
	}
	return ids
}

func (f *Form) receipt() []Line {
	count := 0
	for _, items := range f.q.items {
		count += len(items)
	}
	receipt, points := make([]Line, 0, count), make([]int, count)
	for p, items := range f.q.items {
		hidden := f.standings[p].State == Hidden
		for _, i := range items {
			x := &f.q.Questions[i]
			line := Line{Pillar: x.Pillar, Question: x.ID, Answer: f.entries[i].answer.Values(), Weight: x.Weight, State: LineHidden}
			if !hidden {
				at := &points[len(receipt)]
				*at, line.State = f.Points(i)
				switch line.State {
				case LineAnswered:
					line.Points, line.Of = at, MaxPoints
				case LineSkipped:
					line.Of = MaxPoints
				}
			}
			receipt = append(receipt, line)
		}
	}
	return receipt
}

// Points returns what an answer to this question gives, 0 to MaxPoints, and
// whether it counts at all.
func (x *Question) Points(a Answer) (int, LineState) {
	var e entry
	x.lay(a, &e)
	return x.points(&e)
}

func (x *Question) points(e *entry) (int, LineState) {
	switch {
	case e.answer.Number != nil:
		return x.Range.step(*e.answer.Number).Points, LineAnswered
	case e.picked&x.excludes != 0:
		return 0, LineExcluded
	case e.picked&^x.skips == 0:
		return 0, LineSkipped
	}
	points := x.Base
	for b := e.picked &^ x.skips; b != 0; b &= b - 1 {
		points += x.pointers[bits.TrailingZeros64(b)].Points
	}
	return max(0, min(points, MaxPoints)), LineAnswered
}
