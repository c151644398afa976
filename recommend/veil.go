package recommend

import "gutskin/quiz"

// Veil takes the numbers of what a still later report keeps back out of a comparison
// of earlier ones: an old number is not shown when today's is not.
func (c *Comparison) Veil(newest Report) {
	for i := range c.Scores {
		d := &c.Scores[i]
		s := (quiz.Scorecard{Scores: newest.Scores}).Of(d.Pillar)
		if s == nil || !veiled(*s) {
			continue
		}
		d.Then.Figures, d.Now.Figures = nil, nil
		d.Now.State, d.Direction, d.Why = s.State, Unknown, NoNumberNow
	}
	for i := range c.Answers {
		if c.Veiled(c.Answers[i].Pillar) {
			c.Answers[i].Points = nil
		}
	}
}

// Veiled reports that a safety rule keeps the score of this pillar back, then or now.
func (c *Comparison) Veiled(pillar string) bool {
	for _, d := range c.Scores {
		if d.Pillar == pillar {
			return veiled(d.Then) || veiled(d.Now)
		}
	}
	return false
}
