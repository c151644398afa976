package views

import (
	"fmt"
	"math/big"
	"strings"

	"gutskin/quiz"
	"gutskin/recommend"
)

// Receipt shows how one pillar's score adds up, answer by answer. A pillar that is
// hidden has neither lines nor sums.
type Receipt struct {
	words
	ID, Name, Heading string
	Lines             []ReceiptLine
	Sums              []string // the arithmetic, step by step
	Total             string   // all of it on one line, where there is a score
	Instead           string   // why there is nothing to add up
}

// ReceiptLine is one question of a receipt. One that is left out says why, and has no
// points.
type ReceiptLine struct {
	Question, Basis, Answer string
	Points, Weight, Product string
	LeftOut                 string
}

// OverallSum shows how the pillars make the overall score.
type OverallSum struct {
	words
	Heading string
	Parts   []OverallPart
	Ranges  bool // something was skipped
	Sums    []string
	Instead string
}

// OverallPart is what one pillar brings. One that brings nothing says why.
type OverallPart struct{ Name, Points, Weight, Brings, Range, LeftOut string }

// receipts explains the scores of a report from its receipt, so it tells how the
// numbers came about on their day.
func (p Page) receipts(rep *recommend.Report) (pillars []Receipt, overall *OverallSum) {
	accounts := p.Edition.Quiz.Account(quiz.Scorecard{Scores: rep.Scores, Receipt: rep.Receipt})
	for i := range accounts {
		if accounts[i].Score.Pillar == quiz.Overall {
			overall = p.overallSum(accounts, &accounts[i])
			continue
		}
		pillars = append(pillars, p.receipt(&accounts[i]))
	}
	return pillars, overall
}

func (p Page) receipt(a *quiz.Account) Receipt {
	r := Receipt{words: p.words(), ID: a.Score.Pillar, Name: p.pillarName(a.Score.Pillar)}
	r.Heading = p.T("receipt.heading", r.Name)
	if a.Score.State == quiz.Hidden || a.Score.State == quiz.Withheld {
		r.Instead = p.T("score." + string(a.Score.State))
		return r
	}
	var products []string
	for i := range a.Lines {
		r.Lines = append(r.Lines, p.receiptLine(&a.Lines[i]))
		if a.Lines[i].State == quiz.LineAnswered {
			products = append(products, itoa(a.Lines[i].Weighted))
		}
	}
	if a.Score.State == quiz.Incomplete {
		r.Sums = []string{p.T("sums.incomplete", a.Most/quiz.MaxPoints, (a.Most+a.Skipped)/quiz.MaxPoints, p.Edition.Quiz.Rules.PillarAnswered)}
		return r
	}
	sum := strings.Join(products, " + ")
	if len(products) > 1 {
		sum += " = " + itoa(a.Points)
	}
	r.Sums = []string{
		p.T("scoring.example_sum", sum, a.Most),
		p.T("scoring.example_result", p.division(a.Points, a.Most), a.Score.Value, p.Edition.Quiz.Band(a.Score.Value).Name),
	}
	if a.Skipped > 0 {
		r.Sums = append(r.Sums,
			p.T("sums.low", p.division(a.Points, a.Most+a.Skipped), a.Score.Low),
			p.T("sums.high", p.division(a.Points+a.Skipped, a.Most+a.Skipped), a.Score.High),
			p.T("sums.range", a.Score.Low, a.Score.High))
	}
	r.Total = p.T("receipt.total", a.Points, a.Most, a.Score.Value)
	return r
}

func (p Page) receiptLine(e *quiz.Entry) ReceiptLine {
	line := ReceiptLine{Question: e.Question, Answer: strings.Join(e.Answer, "; "), Weight: itoa(e.Weight)}
	if e.About != nil {
		line.Question, line.Basis = short(e.About), p.basis(e.About)
		line.Answer = p.joined(answerTexts(e.About, e.Answer))
	}
	switch e.State {
	case quiz.LineAnswered:
		line.Points, line.Product = p.T("receipt.points", *e.Points, e.Of), itoa(e.Weighted)
	case quiz.LineSkipped:
		line.Answer, line.LeftOut = p.T("answers.none"), p.T("receipt.skipped")
	case quiz.LineExcluded:
		line.LeftOut = p.T("receipt.excluded")
		if e.About != nil && e.About.Option(e.ExcludedBy) != nil {
			line.LeftOut = p.T("receipt.excluded_by", e.About.Option(e.ExcludedBy).Text)
		}
	default:
		line.LeftOut = p.T("score.hidden")
	}
	return line
}

// basis says which part of the article a question is drawn from.
func (p Page) basis(x *quiz.Question) string {
	if x.Beyond {
		return p.T("advice.beyond")
	}
	return p.articlePart(x.Passages)
}

func (p Page) overallSum(accounts []quiz.Account, all *quiz.Account) *OverallSum {
	sum := &OverallSum{words: p.words(), Heading: p.T("receipt.heading", p.pillarName(quiz.Overall))}
	switch all.Score.State {
	case quiz.Hidden, quiz.Withheld:
		sum.Instead = p.T("score." + string(all.Score.State))
		return sum
	case quiz.Incomplete:
		sum.Sums = []string{p.T("score.incomplete_overall")}
	}
	sum.Ranges = all.Score.Figures != nil && all.Score.Low != all.Score.High
	brought, low, high := new(big.Rat), new(big.Rat), new(big.Rat)
	weight, widest := 0, 0
	for i, share := range all.Shares {
		a := &accounts[i]
		part := OverallPart{Name: p.pillarName(share.Pillar), Weight: itoa(share.Weight)}
		if share.State == quiz.Hidden {
			part.LeftOut = p.T("sums.hidden")
			sum.Parts = append(sum.Parts, part)
			continue
		}
		widest += share.Weight
		low.Add(low, weighed(share.Low, share.Weight))
		high.Add(high, weighed(share.High, share.Weight))
		part.Range = p.T("sums.from_to", a.Points, a.Points+a.Skipped, a.Most+a.Skipped)
		if a.Most+a.Skipped == 0 { // all of it was left out: it could be anything
			part.Range = p.T("sums.from_to", 0, quiz.MaxPoints, quiz.MaxPoints)
		}
		if share.State == quiz.Scored {
			brings := weighed(share.Value, share.Weight)
			brought.Add(brought, brings)
			weight += share.Weight
			part.Points, part.Brings = p.T("receipt.points", a.Points, a.Most), p.decimal(brings)
		} else {
			part.LeftOut = p.T("sums.no_score")
		}
		sum.Parts = append(sum.Parts, part)
	}
	if all.Score.Figures != nil {
		p.addUp(sum, &all.Score, brought, weight)
		if sum.Ranges {
			p.addRange(sum, &all.Score, low, high, widest)
		}
	}
	return sum
}

// weighed is a share times its weight.
func weighed(f quiz.Fraction, weight int) *big.Rat {
	return new(big.Rat).Mul(big.NewRat(f.Over, f.Under), big.NewRat(int64(weight), 1))
}

func (p Page) addUp(sum *OverallSum, s *quiz.Score, brought *big.Rat, weight int) {
	sum.Sums = append(sum.Sums,
		p.T("sums.together", p.decimal(brought), weight),
		p.T("scoring.example_result", p.outOf100(brought, weight), s.Value, p.Edition.Quiz.Band(s.Value).Name),
		p.T("sums.digits"))
}

func (p Page) addRange(sum *OverallSum, s *quiz.Score, low, high *big.Rat, weight int) {
	sum.Sums = append(sum.Sums,
		p.T("sums.all_low", p.outOf100(low, weight)),
		p.T("sums.all_high", p.outOf100(high, weight)),
		p.T("sums.range", s.Low, s.High))
	above, below := big.NewRat(int64((2*s.Value+1)*weight), 200), big.NewRat(int64((2*s.Value-1)*weight), 200)
	if low.Cmp(above) >= 0 || high.Cmp(below) < 0 {
		sum.Sums = append(sum.Sums, p.T("sums.takes_in"))
	}
}

// division shows how points become a number out of 100.
func (p Page) division(points, most int) string {
	return fmt.Sprintf("100 × %d ÷ %d = %s", points, most, p.decimal(big.NewRat(int64(100*points), int64(most))))
}

func (p Page) outOf100(part *big.Rat, weight int) string {
	share := new(big.Rat).Mul(part, big.NewRat(100, int64(weight)))
	return fmt.Sprintf("100 × %s ÷ %d = %s", p.decimal(part), weight, p.decimal(share))
}

// decimal writes a number with at most 2 decimals. The rest is cut off and not rounded
// away: whoever rounds what they read gets what we get.
func (p Page) decimal(r *big.Rat) string {
	hundredths := new(big.Int).Mul(r.Num(), big.NewInt(100))
	rest := new(big.Int)
	hundredths.QuoRem(hundredths, r.Denom(), rest)
	text := quiz.FormatNumber(float64(hundredths.Int64()) / 100)
	if rest.Sign() != 0 {
		return p.T("sums.about", text)
	}
	return text
}
