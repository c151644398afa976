package quiz

// Standing is a score by value: whether there is one and its numbers, without who
// hides it, what is missing and what it adds up from.
type Standing struct {
	State State
	Figures
}

// Standings appends the scores alone of answers that Walk has kept, the pillars in
// their order and the overall last. Where dst has room for them nothing is allocated.
func (q *Questionnaire) Standings(dst []Standing, a Answers, veil Veil) []Standing {
	return q.standings(dst, veil, func(i int) (int, LineState) {
		e := q.Questions[i].read(a)
		return q.Questions[i].points(&e)
	})
}

// standings adds up what points says of each scored question, by its place.
func (q *Questionnaire) standings(dst []Standing, veil Veil, points func(question int) (int, LineState)) []Standing {
	if len(veil.Withhold) > 0 {
		for range len(q.Pillars) + 1 {
			dst = append(dst, Standing{State: Withheld})
		}
		return dst
	}
	all := newTotal()
	for i := range q.Pillars {
		p := &q.Pillars[i]
		if len(veil.Hide) > 0 && len(veil.Hide[p.ID]) > 0 {
			dst = append(dst, Standing{State: Hidden})
			continue
		}
		s := q.sum(i, points)
		valid := s.answered*100 >= q.Rules.PillarAnswered*s.asked && s.answered > 0
		all.add(p.Weight, s, valid)
		standing := Standing{State: Incomplete}
		if valid {
			standing = q.scored(s.value().percent(1), s.low().percent(1), s.high().percent(1))
		}
		dst = append(dst, standing)
	}
	return append(dst, q.overall(&all, veil))
}

func (q *Questionnaire) overall(all *total, veil Veil) Standing {
	switch {
	case len(veil.Hide[Overall]) > 0:
		return Standing{State: Hidden}
	case all.pillars < q.Rules.OverallPillars || all.weight < q.Rules.OverallWeight:
		return Standing{State: Incomplete}
	}
	return q.scored(all.value.percent(all.weight), all.low.percent(all.all), all.high.percent(all.all))
}

// scored puts numbers together. A range is widened to take in its value: an
// incomplete pillar enters the overall range but not the overall value, so the value
// can lie outside what the range alone would say.
func (q *Questionnaire) scored(value, low, high int) Standing {
	return Standing{Scored, Figures{Value: value, Low: min(low, value), High: max(high, value), Band: q.Band(value).ID}}
}

// sum is what one pillar adds up to. Points carry their weight.
type sum struct {
	points   int // weight × points of answered questions
	answered int // weight of answered questions
	asked    int // weight of answered and skipped questions
}

func (q *Questionnaire) sum(pillar int, points func(question int) (int, LineState)) sum {
	var s sum
	for _, i := range q.items[pillar] {
		weight := q.Questions[i].Weight
		switch n, state := points(i); state {
		case LineAnswered:
			s.points += weight * n
			s.answered += weight
			s.asked += weight
		case LineSkipped:
			s.asked += weight
		}
	}
	return s
}

func (s sum) value() fraction { return fraction{int64(s.points), int64(s.answered)} }

// low and high reach from the worst to the best where nothing was asked.
func (s sum) low() fraction {
	if s.asked == 0 {
		return fraction{0, 1}
	}
	return fraction{int64(s.points), int64(s.asked)}
}

func (s sum) high() fraction {
	if s.asked == 0 {
		return fraction{MaxPoints, 1}
	}
	return fraction{int64(s.points + MaxPoints*(s.asked-s.answered)), int64(s.asked)}
}

// total is what the pillars add up to, each with its weight.
type total struct {
	pillars          int // that are valid
	weight, all      int // of the valid pillars; of all that are not hidden
	value, low, high fraction
}

func newTotal() total {
	zero := fraction{0, 1}
	return total{value: zero, low: zero, high: zero}
}

func (t *total) add(weight int, s sum, valid bool) {
	t.low = t.low.plus(weight, s.low())
	t.high = t.high.plus(weight, s.high())
	t.all += weight
	if valid {
		t.value = t.value.plus(weight, s.value())
		t.weight += weight
		t.pillars++
	}
}

// fraction is an exact number of points. It is never reduced: Problems allows at most
// 6 pillars with weights that add up to 100, inside and among them, so that nothing
// here comes near 10^17.
type fraction struct{ over, under int64 }

// plus adds x, weight times.
func (f fraction) plus(weight int, x fraction) fraction {
	return fraction{f.over*x.under + int64(weight)*x.over*f.under, f.under * x.under}
}

// percent is the share of the most points that the weight could give, rounded half up
// to a whole number of hundredths.
func (f fraction) percent(weight int) int {
	most := MaxPoints * int64(weight) * f.under
	return int((200*f.over + most) / (2 * most))
}
