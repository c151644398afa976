package views

import (
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"

	"gutskin/data"
	"gutskin/quiz"
)

// anybody answers some questions and skips others, without an emergency.
func anybody(t *rapid.T, e *data.Edition) quiz.Answers {
	a := quiz.Answers{"age": quiz.Pick("a18_34"), "urgent": quiz.Pick("none")}
	for i := range e.Quiz.Questions {
		x := &e.Quiz.Questions[i]
		if _, set := a[x.ID]; set {
			continue
		}
		if rapid.IntRange(0, 5).Draw(t, x.ID+" is skipped") == 0 {
			a[x.ID] = quiz.Answer{}
			continue
		}
		if x.Kind == quiz.Number && rapid.Bool().Draw(t, x.ID+" is a number") {
			a[x.ID] = quiz.Num(float64(rapid.IntRange(int(x.Range.Min), int(x.Range.Max)).Draw(t, x.ID)))
			continue
		}
		if len(x.Options) > 0 && x.Scored() { // what is not scored would mostly hide scores
			a[x.ID] = quiz.Pick(rapid.SampledFrom(x.Options).Draw(t, x.ID).ID)
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "limit") == 0 {
		a["conditions"] = quiz.Pick("fluid_limit")
	}
	return a
}

// What the page prints is read back and added up: it is the number of the results.
func TestSumsAddUp(t *testing.T) {
	e := full(t)
	scored, overall, hidden := 0, 0, 0
	rapid.Check(t, func(r *rapid.T) {
		answers := anybody(r, e)
		report := assess(e, answers)
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(render(t, NewSumsPage(Page{Edition: e}, ResultsInput{Report: report, Key: resultsKey, TodayEdition: e}))))
		if err != nil {
			r.Fatal(err)
		}
		for _, s := range report.Scores {
			block := doc.Find("details#" + s.Pillar)
			if s.State == quiz.Withheld {
				if block.Length() > 0 {
					r.Fatalf("%s is withheld and has sums", s.Pillar)
				}
				continue
			}
			if s.State == quiz.Hidden {
				hidden++
				if regexp.MustCompile(`\d`).MatchString(text(block)) {
					r.Fatalf("%s is hidden, and the page says %q", s.Pillar, text(block))
				}
				continue
			}
			if s.Pillar == quiz.Overall {
				checkOverall(r, block, s)
			} else {
				checkPillar(r, block, s)
			}
			if s.State == quiz.Scored {
				scored++
				if s.Pillar == quiz.Overall {
					overall++
				}
			}
		}
	})
	if scored < 50 || overall < 10 || hidden < 5 {
		t.Errorf("%d scores, %d of them overall, %d hidden: the test hardly looks", scored, overall, hidden)
	}
}

var figure = regexp.MustCompile(`\d+(\.\d+)?`)

// numbersIn reads the numbers of a text.
func numbersIn(s string) []*big.Rat {
	var list []*big.Rat
	for _, f := range figure.FindAllString(s, -1) {
		r, _ := new(big.Rat).SetString(f)
		list = append(list, r)
	}
	return list
}

func whole(r *rapid.T, s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		r.Fatalf("%q is no whole number", s)
	}
	return n
}

// rounded rounds half up.
func rounded(x *big.Rat) int {
	doubled := new(big.Rat).Add(new(big.Rat).Add(x, x), big.NewRat(1, 1))
	n := new(big.Int).Div(doubled.Num(), new(big.Int).Mul(doubled.Denom(), big.NewInt(2)))
	return int(n.Int64())
}

func checkPillar(r *rapid.T, block *goquery.Selection, s quiz.Score) {
	points, most, skipped := 0, 0, 0
	block.Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
		if reason := row.Find("td[colspan]"); reason.Length() > 0 {
			switch got := text(reason); {
			case strings.HasPrefix(got, "Not counted, because you skipped it"):
				skipped++
			case !strings.HasPrefix(got, "Not counted, because “"):
				r.Fatalf("a question is left out without a reason: %q", got)
			}
			return
		}
		cells := row.Find("td.n")
		got := numbersIn(text(cells.Eq(0)))
		weight, product := whole(r, text(cells.Eq(1))), whole(r, text(cells.Eq(2)))
		if n := whole(r, got[0].RatString()); n*weight != product {
			r.Fatalf("%d points × %d is not %d", n, weight, product)
		}
		points += product
		most += weight * whole(r, got[1].RatString())
	})
	sums := block.Find("p").Map(func(_ int, p *goquery.Selection) string { return text(p) })
	if s.State == quiz.Incomplete {
		if len(sums) != 1 || strings.Contains(sums[0], "÷") {
			r.Fatalf("%s has no score, and the page says %q", s.Pillar, sums)
		}
		return
	}
	added := numbersIn(sums[0])
	if sum, of := added[len(added)-2], added[len(added)-1]; sum.Cmp(big.NewRat(int64(points), 1)) != 0 || of.Cmp(big.NewRat(int64(most), 1)) != 0 {
		r.Fatalf("%s: the lines come to %d of %d, and the page says %q", s.Pillar, points, most, sums[0])
	}
	checkDivision(r, sums[1], points, most, s.Value)
	if (skipped > 0) != (len(sums) == 5) {
		r.Fatalf("%s: %d skipped, and the page says %q", s.Pillar, skipped, sums)
	}
	if skipped > 0 {
		all := whole(r, numbersIn(sums[2])[3].RatString())
		low, high := numbersIn(sums[2])[1:], numbersIn(sums[3])
		checkDivision(r, strings.Split(sums[2], ": ")[1], whole(r, low[1].RatString()), all, s.Low)
		checkDivision(r, strings.Split(sums[3], ": ")[1], whole(r, high[1].RatString()), all, s.High)
		if whole(r, low[1].RatString()) != points || whole(r, high[1].RatString()) != points+all-most {
			r.Fatalf("%s: the range does not start from %d of %d: %q", s.Pillar, points, most, sums)
		}
		if want := "So the range is " + itoa(s.Low) + " to " + itoa(s.High) + "."; sums[4] != want {
			r.Fatalf("got %q, want %q", sums[4], want)
		}
	}
}

// checkDivision reads "100 × 10 ÷ 32 = 31.25, rounded, is 31. …".
func checkDivision(r *rapid.T, line string, over, under, want int) {
	n := numbersIn(line)
	exact := big.NewRat(int64(100*over), int64(under))
	if n[0].Cmp(big.NewRat(100, 1)) != 0 || n[1].Cmp(big.NewRat(int64(over), 1)) != 0 || n[2].Cmp(big.NewRat(int64(under), 1)) != 0 {
		r.Fatalf("%q does not divide %d by %d", line, over, under)
	}
	off := new(big.Rat).Sub(exact, n[3])
	if strings.Contains(line, "about") != (off.Sign() != 0) || off.Sign() < 0 || off.Cmp(big.NewRat(1, 100)) >= 0 {
		r.Fatalf("%q: it is %s", line, exact.FloatString(4))
	}
	if rounded(exact) != want || rounded(n[3]) != want || n[4].Cmp(big.NewRat(int64(want), 1)) != 0 {
		r.Fatalf("%q: the score is %d", line, want)
	}
}

func checkOverall(r *rapid.T, block *goquery.Selection, s quiz.Score) {
	brought, low, high := new(big.Rat), new(big.Rat), new(big.Rat)
	weights, widest := 0, 0
	block.Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
		cells := row.Find("td")
		weight := whole(r, text(cells.Eq(1)))
		share := func(over, under *big.Rat) *big.Rat {
			return new(big.Rat).Mul(new(big.Rat).Quo(over, under), big.NewRat(int64(weight), 1))
		}
		if points := numbersIn(text(cells.Eq(0))); len(points) == 2 {
			brings := share(points[0], points[1])
			brought.Add(brought, brings)
			weights += weight
			off := new(big.Rat).Sub(brings, numbersIn(text(cells.Eq(2)))[0])
			if off.Sign() < 0 || off.Cmp(big.NewRat(1, 100)) >= 0 {
				r.Fatalf("%q does not bring %s", text(row), brings.FloatString(3))
			}
		}
		if span := numbersIn(text(cells.Eq(3))); len(span) == 3 {
			low.Add(low, share(span[0], span[2]))
			high.Add(high, share(span[1], span[2]))
			widest += weight
		}
	})
	if s.Figures == nil {
		if strings.Contains(text(block.Find("p")), "÷") {
			r.Fatalf("there is no overall score, and the page says %q", text(block))
		}
		return
	}
	of := func(part *big.Rat, weight int) int {
		return rounded(new(big.Rat).Mul(part, big.NewRat(100, int64(weight))))
	}
	if got := of(brought, weights); got != s.Value {
		r.Fatalf("the parts come to %d, the score is %d", got, s.Value)
	}
	sums := text(block.Find("p"))
	if !strings.Contains(sums, "rounded, is "+itoa(s.Value)+".") {
		r.Fatalf("the score is %d, and the page says %q", s.Value, sums)
	}
	if s.Low == s.High {
		if widest > 0 {
			r.Fatal("a range is told where there is none")
		}
		return
	}
	if got := min(of(low, widest), s.Value); got != s.Low {
		r.Fatalf("the parts come to %d at least, the range starts at %d", got, s.Low)
	}
	if got := max(of(high, widest), s.Value); got != s.High {
		r.Fatalf("the parts come to %d at most, the range ends at %d", got, s.High)
	}
	takesIn := of(low, widest) > s.Value || of(high, widest) < s.Value
	if !strings.Contains(sums, "So the range is "+itoa(s.Low)+" to "+itoa(s.High)+".") || takesIn != strings.Contains(sums, "takes in") {
		r.Fatalf("the range is %d to %d, and the page says %q", s.Low, s.High, sums)
	}
}

// Results say the same in short, and lead to the sums of each score.
func TestResultsLeadToSums(t *testing.T) {
	e := full(t)
	doc := parse(t, results(e, worried()))
	if got := doc.Find(".sums li").Map(func(_ int, s *goquery.Selection) string { return text(s) }); len(got) != 1 || got[0] != "Stress: Points times weight come to 16 of 40. Out of 100, that is 40." {
		t.Errorf("got %q", got)
	}
	for id, want := range map[string]int{"diet": 0, "stress": 1, "sleep": 1, "hydration": 0, "overall": 0} {
		if n := doc.Find("main a[href='/r/" + resultsKey + "/sums#" + id + "']").Length(); n != want {
			t.Errorf("%s: got %d links to its sums, want %d", id, n, want)
		}
	}
	sums := parse(t, NewSumsPage(Page{Edition: e}, ResultsInput{Report: assess(e, worried()), Key: resultsKey, TodayEdition: e}))
	if sums.Find("dl.answers").Length() < 5 {
		t.Error("the answers are not beside the sums")
	}
}

func TestReceiptLines(t *testing.T) {
	e := full(t)
	answers := with(everyday(), quiz.Answers{"fermented": quiz.Pick("avoid")})
	doc := parse(t, NewSumsPage(Page{Edition: e}, ResultsInput{Report: assess(e, answers), Key: resultsKey, TodayEdition: e}))
	rows := doc.Find("#diet tbody tr").Map(func(_ int, s *goquery.Selection) string { return text(s) })
	for _, want := range []string{
		"Vegetables and fruit From the article: Dietary Modifications2 1 of 4 4 4",
		"Fermented foods From the article: Dietary Modifications, Probiotics and PrebioticsI avoid them for health reasons Not counted, because “I avoid them for health reasons” does not fit a score",
		"Sugary foods and drinks From the article: Limit Processed Foods and SugarNot provided Not counted, because you skipped it. So the range is wider",
	} {
		found := false
		for _, row := range rows {
			found = found || strings.ReplaceAll(row, " ", "") == strings.ReplaceAll(want, " ", "")
		}
		if !found {
			t.Errorf("no line %q in %q", want, rows)
		}
	}
}
