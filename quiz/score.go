package quiz

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
	card := Scorecard{Scores: make([]Score, 0, len(q.Pillars)+1)}
	if len(veil.Withhold) > 0 {
		for i := range q.Pillars {
			card.Scores = append(card.Scores, Score{Pillar: q.Pillars[i].ID, State: Withheld, By: veil.Withhold})
		}
		card.Scores = append(card.Scores, Score{Pillar: Overall, State: Withheld, By: veil.Withhold})
		return card
	}
	card.Receipt = make([]Line, 0, len(q.Questions))
	var all total
	for i := range q.Pillars {
		p := &q.Pillars[i]
		if by := veil.Hide[p.ID]; len(by) > 0 {
			card.Scores = append(card.Scores, Score{Pillar: p.ID, State: Hidden, By: by})
			card.Receipt = q.hiddenLines(card.Receipt, i, a)
			continue
		}
		var s sum
		s, card.Receipt = q.add(card.Receipt, i, a)
		valid := s.answered*100 >= q.Rules.PillarAnswered*s.asked && s.answered > 0
		all.add(p.Weight, s, valid)
		score := Score{Pillar: p.ID, State: Incomplete}
		if valid {
			score.State = Scored
			score.Figures = q.figures(s.value(), s.low(), s.high())
		} else {
			score.Missing = s.skipped
		}
		card.Scores = append(card.Scores, score)
	}
	card.Scores = append(card.Scores, q.overall(all, veil.Hide[Overall]))
	return card
}

func (q *Questionnaire) overall(all total, hiddenBy []string) Score {
	switch {
	case len(hiddenBy) > 0:
		return Score{Pillar: Overall, State: Hidden, By: hiddenBy}
	case all.pillars < q.Rules.OverallPillars || all.weight < q.Rules.OverallWeight:
		return Score{Pillar: Overall, State: Incomplete}
	}
	return Score{Pillar: Overall, State: Scored, Figures: q.figures(all.value, all.low, all.high)}
}

// sum is what one pillar adds up to. Points carry their weight.
type sum struct {
	points   int // weight × points of answered questions
	answered int // weight of answered questions
	asked    int // weight of answered and skipped questions
	skipped  []string
}

func (s sum) value() fraction { return fraction{int64(s.points), int64(MaxPoints * s.answered)} }
func (s sum) low() fraction   { return fraction{int64(s.points), int64(MaxPoints * s.asked)} }
func (s sum) high() fraction {
	return fraction{int64(s.points + MaxPoints*(s.asked-s.answered)), int64(MaxPoints * s.asked)}
}

// add writes the receipt lines of pillar p and adds them up.
func (q *Questionnaire) add(receipt []Line, p int, a Answers) (sum, []Line) {
	var s sum
	for _, i := range q.items[p] {
		x := &q.Questions[i]
		line := Line{Pillar: x.Pillar, Question: x.ID, Answer: a[x.ID].Values(), Weight: x.Weight}
		points, state := x.Points(a[x.ID])
		line.State = state
		switch state {
		case LineAnswered:
			s.points += x.Weight * points
			s.answered += x.Weight
			s.asked += x.Weight
			line.Points, line.Of = &points, MaxPoints
		case LineSkipped:
			s.asked += x.Weight
			s.skipped = append(s.skipped, x.ID)
			line.Of = MaxPoints
		}
		receipt = append(receipt, line)
	}
	return s, receipt
}

func (q *Questionnaire) hiddenLines(receipt []Line, p int, a Answers) []Line {
	for _, i := range q.items[p] {
		x := &q.Questions[i]
		receipt = append(receipt, Line{
			Pillar: x.Pillar, Question: x.ID, Answer: a[x.ID].Values(), Weight: x.Weight, State: LineHidden,
		})
	}
	return receipt
}

// Points returns what an answer to this question gives, 0 to MaxPoints, and
// whether it counts at all.
func (x *Question) Points(a Answer) (int, LineState) {
	if a.Number != nil {
		return x.Range.step(*a.Number).Points, LineAnswered
	}
	points, answered := x.Base, false
	for _, id := range a.Picked {
		o := x.Option(id)
		switch {
		case o == nil || o.Skip:
			continue
		case o.Excluded:
			return 0, LineExcluded
		}
		answered = true
		points += o.Points
	}
	if !answered {
		return 0, LineSkipped
	}
	return max(0, min(points, MaxPoints)), LineAnswered
}

// total is the weighted mean of pillars.
type total struct {
	pillars          int // that are valid
	weight, all      int // of the valid pillars; of all that are not hidden
	value, low, high fraction
}

func (t *total) add(weight int, s sum, valid bool) {
	low, high := fraction{0, 1}, fraction{1, 1}
	if s.asked > 0 {
		low, high = s.low(), s.high()
	}
	t.low = t.low.mean(t.all, low, weight)
	t.high = t.high.mean(t.all, high, weight)
	t.all += weight
	if valid {
		t.value = t.value.mean(t.weight, s.value(), weight)
		t.weight += weight
		t.pillars++
	}
}

// figures rounds. A range is widened to take in its value: an incomplete pillar
// enters the overall range but not the overall value, so the value can lie
// outside what the range alone would say.
func (q *Questionnaire) figures(value, low, high fraction) *Figures {
	f := Figures{Value: value.percent(), Low: low.percent(), High: high.percent()}
	f.Low, f.High = min(f.Low, f.Value), max(f.High, f.Value)
	f.Band = q.Band(f.Value).ID
	return &f
}

// fraction is exact; Problems bounds weights so that nothing overflows.
type fraction struct{ over, under int64 }

// mean adds w hundredths of x to a mean that holds have hundredths.
func (f fraction) mean(have int, x fraction, w int) fraction {
	if have == 0 {
		return x
	}
	over := f.over*int64(have)*x.under + x.over*int64(w)*f.under
	under := f.under * x.under * int64(have+w)
	d := gcd(over, under)
	return fraction{over / d, under / d}
}

// percent rounds half up to a whole number of hundredths.
func (f fraction) percent() int { return int((200*f.over + f.under) / (2 * f.under)) }

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, 1)
}
