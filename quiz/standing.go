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
		var e entry
		q.Questions[i].read(a, &e)
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
	var all total
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
			standing = q.scored(s.value(), s.low(), s.high())
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
	return q.scored(all.value.mean(all.weight), all.low.mean(all.all), all.high.mean(all.all))
}

// scored rounds. A range is widened to take in its value: an incomplete pillar enters
// the overall range but not the overall value, so the value can lie outside what the
// range alone would say.
func (q *Questionnaire) scored(value, low, high fraction) Standing {
	v := value.percent()
	return Standing{Scored, Figures{Value: v, Low: min(low.percent(), v), High: max(high.percent(), v), Band: q.Band(v).ID}}
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

func (s sum) value() fraction { return fraction{int64(s.points), int64(MaxPoints * s.answered)} }
func (s sum) low() fraction   { return fraction{int64(s.points), int64(MaxPoints * s.asked)} }
func (s sum) high() fraction  { return fraction{int64(s.most()), int64(MaxPoints * s.asked)} }

// most is what it could be if all that was skipped gave the most.
func (s sum) most() int { return s.points + MaxPoints*(s.asked-s.answered) }

// total is the weighted mean of pillars.
type total struct {
	pillars          int // that are valid
	weight, all      int // of the valid pillars; of all that are not hidden
	value, low, high mix
}

func (t *total) add(weight int, s sum, valid bool) {
	if s.asked > 0 {
		t.low.add(weight, s.points, s.asked)
		t.high.add(weight, s.most(), s.asked)
	} else {
		t.low.add(weight, 0, 1)
		t.high.add(weight, MaxPoints, 1)
	}
	t.all += weight
	if valid {
		t.value.add(weight, s.points, s.answered)
		t.weight += weight
		t.pillars++
	}
}

// mix is a sum of points ÷ weight over pillars, each times its pillar's weight. It is
// exact and never reduced (reducing three of them took 0.25 µs of the 1 µs that scores
// alone may take): Problems allows at most 6 pillars with weights that add up to 100, inside and among them, so
// that even two hundred times the sum stays below 10^17.
type mix struct{ over, under int64 }

func (m *mix) add(weight, points, of int) {
	under := max(m.under, 1) // the zero mix is 0 of 1
	m.over = m.over*int64(of) + int64(weight*points)*under
	m.under = under * int64(of)
}

// mean is the share of the most points that the pillars of this weight could give.
func (m mix) mean(weight int) fraction {
	return fraction{m.over, MaxPoints * int64(weight) * m.under}
}

// fraction is exact.
type fraction struct{ over, under int64 }

// percent rounds half up to a whole number of hundredths.
func (f fraction) percent() int { return int((200*f.over + f.under) / (2 * f.under)) }
