package quiz

// Account shows how one score follows from the answers. It is put together from the
// receipt alone, so it accounts for the numbers a report keeps, whenever that was.
type Account struct {
	Score Score
	Lines []Entry // a pillar's questions, in order; none for the overall score

	// Of a pillar whose points may be told.
	Points  int // what the answered questions gave: the sum of points × weight
	Most    int // the most they could give
	Skipped int // the most that skipped questions could have added to both

	// Of the overall score that may be told: one for each pillar.
	Shares []Share

	// Only of a score that has a number. Each rounds, half up, to the figure of the
	// same name.
	Value, Low, High Fraction
}

// Entry is one line of the receipt with what there is to say about it.
type Entry struct {
	Line
	About      *Question // with its basis, its passages or Beyond; nil when it is not known any more
	Weighted   int       // points × weight; 0 where nothing counts
	ExcludedBy string    // the option that took the question out of the score
}

// Share is what one pillar brings to the overall score.
type Share struct {
	Pillar string
	Weight int
	State  State
	// Value counts only when the pillar is scored. Low and High count for every pillar
	// that is not hidden: one that is incomplete brings its wide range.
	Value, Low, High Fraction
}

// Fraction is a score between 0 and 1, exact and in lowest terms. The zero value is
// no score.
type Fraction struct{ Over, Under int64 }

// Percent rounds half up to 0 to 100; no score gives 0.
func (f Fraction) Percent() int {
	if f.Under == 0 {
		return 0
	}
	return fraction{f.Over, f.Under}.percent()
}

// Account explains every score of a card, in the same order. Nothing is told of what
// is hidden: its lines have no points and it has no share.
func (q *Questionnaire) Account(card Scorecard) []Account {
	accounts := make([]Account, 0, len(card.Scores))
	var all total
	var shares []Share
	for _, s := range card.Scores {
		if s.Pillar == Overall {
			accounts = append(accounts, overallAccount(s, all, shares))
			continue
		}
		a, sum := q.pillarAccount(s, card.Receipt)
		accounts = append(accounts, a)
		share := Share{Pillar: s.Pillar, State: s.State, Value: a.Value}
		if p := q.Pillar(s.Pillar); p != nil {
			share.Weight = p.Weight
		}
		if s.State == Scored || s.State == Incomplete {
			share.Low, share.High = Fraction{0, 1}, Fraction{1, 1}
			if sum.asked > 0 {
				share.Low, share.High = lowest(sum.low()), lowest(sum.high())
			}
			all.add(share.Weight, sum, s.State == Scored)
		}
		shares = append(shares, share)
	}
	return accounts
}

func (q *Questionnaire) pillarAccount(s Score, receipt []Line) (Account, sum) {
	a := Account{Score: s}
	var add sum
	for _, line := range receipt {
		if line.Pillar != s.Pillar {
			continue
		}
		e := Entry{Line: line, About: q.Question(line.Question)}
		switch line.State {
		case LineAnswered:
			e.Weighted = *line.Points * line.Weight
			add.points += e.Weighted
			add.answered += line.Weight
			add.asked += line.Weight
		case LineSkipped:
			add.asked += line.Weight
		case LineExcluded:
			e.ExcludedBy = e.About.excludedBy(line.Answer)
		}
		a.Lines = append(a.Lines, e)
	}
	a.Points, a.Most, a.Skipped = add.points, MaxPoints*add.answered, MaxPoints*(add.asked-add.answered)
	if s.State == Scored {
		a.Value, a.Low, a.High = lowest(add.value()), lowest(add.low()), lowest(add.high())
	}
	return a, add
}

// excludedBy returns the first of these options that takes the question out of the
// score, or "".
func (x *Question) excludedBy(answer []string) string {
	if x == nil {
		return ""
	}
	for _, id := range answer {
		if o := x.Option(id); o != nil && o.Excluded {
			return id
		}
	}
	return ""
}

func overallAccount(s Score, all total, shares []Share) Account {
	a := Account{Score: s}
	if s.State == Scored || s.State == Incomplete {
		a.Shares = shares
	}
	if s.State == Scored {
		// As in figures, the range takes in the value.
		a.Value, a.Low, a.High = lowest(all.value.mean(all.weight)), lowest(all.low.mean(all.all)), lowest(all.high.mean(all.all))
		if a.Low.Percent() > a.Value.Percent() {
			a.Low = a.Value
		}
		if a.High.Percent() < a.Value.Percent() {
			a.High = a.Value
		}
	}
	return a
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// lowest is a fraction in its lowest terms.
func lowest(f fraction) Fraction {
	d := gcd(f.over, f.under)
	return Fraction{f.over / d, f.under / d}
}
