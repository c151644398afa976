package data_test

import (
	"math/big"
	"slices"

	"gutskin/quiz"
)

// The arithmetic of the scores once more, with exact fractions of the standard
// library, and with the points and weights written down by hand.

// worth is a scored question: its pillar, its weight and the points of each option.
// A number question takes its points from steps.
type worth struct {
	pillar, question string
	weight           int64
	points           map[string]int64
	excluded         string // the option that takes the question out
}

var worths = []worth{
	{"diet", "plants", 3, map[string]int64{"p0_9": 0, "p10_19": 2, "p20_29": 3, "p30": 4}, ""},
	{"diet", "fruitveg", 4, map[string]int64{"fv0_1": 0, "fv2": 1, "fv3_4": 3, "fv5": 4}, ""},
	{"diet", "wholegrain", 4, map[string]int64{"rarely": 0, "few_week": 1, "daily": 3, "twice_daily": 4}, ""},
	{"diet", "fermented", 2, map[string]int64{"never": 0, "w1_2": 2, "w3_6": 3, "daily": 4}, "avoid"},
	{"diet", "prebiotic", 1, map[string]int64{"d0": 0, "d1_2": 2, "d3_4": 3, "d5_7": 4}, "upset"},
	{"diet", "upf", 3, map[string]int64{"most": 0, "several_day": 1, "daily": 2, "few_week": 3, "rarely": 4}, ""},
	{"diet", "sugar", 3, map[string]int64{"many_day": 0, "daily": 1, "few_week": 3, "rarely": 4}, ""},
	{"stress", "stress_freq", 4, map[string]int64{"all": 0, "most": 1, "some": 2, "little": 3, "none": 4}, ""},
	// "unsafe" has no points of its own: no number is shown to anyone who picks it.
	{"stress", "stress_cope", 3, map[string]int64{"unsafe": 0, "overwhelmed": 0, "just": 2, "mostly": 3, "well": 4}, ""},
	{"stress", "unwind", 3, map[string]int64{"d0": 0, "d1_2": 2, "d3_4": 3, "d5_7": 4}, ""},
	{"sleep", "sleep_hours", 4, nil, "varies"},
	{"sleep", "sleep_trouble", 3, map[string]int64{"n0": 4, "n1_2": 3, "n3_4": 1, "n5_7": 0}, ""},
	{"sleep", "rested", 2, map[string]int64{"never": 0, "rarely": 1, "sometimes": 2, "often": 3, "always": 4}, ""},
	{"sleep", "evening", 1, nil, ""},
	{"hydration", "drinks", 6, nil, ""},
	{"hydration", "thirst_signs", 4, map[string]int64{"daily": 0, "most": 1, "sometimes": 3, "rarely": 4}, "cant_tell"},
}

var pillars = []string{"diet", "stress", "sleep", "hydration"}

var shares = map[string]int64{"diet": 40, "stress": 25, "sleep": 25, "hydration": 10}

func sleepPoints(hours float64) int64 {
	switch {
	case hours < 5:
		return 0
	case hours < 6:
		return 1
	case hours < 7:
		return 2
	case hours <= 9:
		return 4
	}
	return 3
}

func drinkPoints(glasses float64) int64 {
	switch {
	case glasses <= 2:
		return 0
	case glasses >= 6:
		return 4
	}
	return int64(glasses) - 2
}

// entry says how a question enters its pillar.
type entry int

const (
	left     entry = iota // skipped, or never reached
	counts                // with points
	excluded              // a health reason, or not applicable
)

func (w worth) of(v visitor) (int64, entry) {
	a := v.answers[w.question]
	switch {
	case a.Number != nil && w.question == "sleep_hours":
		return sleepPoints(*a.Number), counts
	case a.Number != nil:
		return drinkPoints(*a.Number), counts
	case a.IsSkip():
		return 0, left
	case w.excluded != "" && a.Has(w.excluded):
		return 0, excluded
	case w.question == "evening":
		points := int64(4)
		for _, habit := range words("late_caffeine irregular alcohol_sleep screens_bed") {
			if a.Has(habit) {
				points--
			}
		}
		return points, counts
	}
	return w.points[a.Picked[0]], counts
}

// result is what the score of a pillar must be.
type result struct {
	state            quiz.State
	value, low, high int
	missing          []string
}

// scores works out what every score of a visitor must be.
func (v visitor) scores() map[string]result {
	if v.known != nil {
		return v.known
	}
	results := map[string]result{}
	if v.withheld() {
		for _, p := range append(slices.Clone(pillars), quiz.Overall) {
			results[p] = result{state: quiz.Withheld}
		}
		return results
	}
	var valid int
	var validShare, share int64
	value, low, high := new(big.Rat), new(big.Rat), new(big.Rat)
	for _, p := range pillars {
		if v.hides(p) {
			results[p] = result{state: quiz.Hidden}
			continue
		}
		r, exact := v.pillar(p)
		results[p] = r
		weight := big.NewRat(shares[p], 1)
		share += shares[p]
		low.Add(low, new(big.Rat).Mul(weight, exact.low))
		high.Add(high, new(big.Rat).Mul(weight, exact.high))
		if r.state == quiz.Scored {
			valid++
			validShare += shares[p]
			value.Add(value, new(big.Rat).Mul(weight, exact.value))
		}
	}
	switch {
	case v.hides(quiz.Overall):
		results[quiz.Overall] = result{state: quiz.Hidden}
	case valid < 3 || validShare < 60:
		results[quiz.Overall] = result{state: quiz.Incomplete}
	default:
		perShare := func(x *big.Rat, share int64) int { return rounded(x.Mul(x, big.NewRat(1, share))) }
		r := result{state: quiz.Scored, value: perShare(value, validShare), low: perShare(low, share), high: perShare(high, share)}
		// A range takes in its value.
		r.low, r.high = min(r.low, r.value), max(r.high, r.value)
		results[quiz.Overall] = r
	}
	return results
}

// bounds are the exact figures of one pillar, from 0 to 100.
type bounds struct{ value, low, high *big.Rat }

func (v visitor) pillar(p string) (result, bounds) {
	var points, answered, asked int64
	r := result{state: quiz.Incomplete}
	for _, w := range worths {
		if w.pillar != p {
			continue
		}
		switch got, how := w.of(v); how {
		case counts:
			points += w.weight * got
			answered += w.weight
			asked += w.weight
		case left:
			asked += w.weight
			r.missing = append(r.missing, w.question)
		}
	}
	percent := func(points, weight int64) *big.Rat { return big.NewRat(100*points, 4*weight) }
	exact := bounds{new(big.Rat), percent(points, asked), percent(points+4*(asked-answered), asked)}
	// Valid from 60 of 100 of the weight that is not excluded.
	if big.NewRat(answered, asked).Cmp(big.NewRat(3, 5)) < 0 {
		return r, exact
	}
	exact.value = percent(points, answered)
	return result{quiz.Scored, rounded(exact.value), rounded(exact.low), rounded(exact.high), nil}, exact
}

// rounded rounds half up.
func rounded(x *big.Rat) int {
	up := new(big.Rat).Add(x, big.NewRat(1, 2))
	return int(new(big.Int).Div(up.Num(), up.Denom()).Int64())
}

// withheld reports that this visitor sees no number at all.
func (v visitor) withheld() bool {
	return v.said("age", "u18") || v.said("urgent", "self_harm") || v.said("stress_cope", "unsafe") ||
		v.said("urgent", "swelling_breath") && !v.has("S01") ||
		v.said("urgent", "rash_unwell") && !v.has("S02") ||
		v.said("urgent", "red_all_over") && !v.has("S03") ||
		v.said("urgent", "gut_emergency") && !v.has("S04")
}

func (v visitor) hides(pillar string) bool {
	switch pillar {
	case "diet", quiz.Overall:
		return v.said("food_feelings", "rules", "ed")
	case "hydration":
		return v.said("conditions", "hf", "ckd", "fluid_limit")
	}
	return false
}

func bandOf(value int) string {
	switch {
	case value < 40:
		return "start"
	case value < 60:
		return "partway"
	case value < 80:
		return "mostly"
	}
	return "well"
}
