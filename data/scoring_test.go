package data_test

import (
	"fmt"
	"slices"
	"testing"

	"gutskin/quiz"
	"gutskin/recommend"
)

func line(card quiz.Scorecard, question string) quiz.Line {
	i := slices.IndexFunc(card.Receipt, func(l quiz.Line) bool { return l.Question == question })
	return card.Receipt[i]
}

// Every option of every scored question: its points, its weight, its pillar.
func TestPointsOfEveryOption(t *testing.T) {
	q := edition(t).Quiz
	seen := 0
	for _, w := range worths {
		x := q.Question(w.question)
		if x.Pillar != w.pillar || int64(x.Weight) != w.weight {
			t.Errorf("%s counts %d in %q, want %d in %q", w.question, x.Weight, x.Pillar, w.weight, w.pillar)
		}
		for _, o := range x.Options {
			v := reading(w.question + "=" + o.ID)
			got := line(q.Score(q.Walk(v.answers).Kept, quiz.Veil{}), w.question)
			want, counted := w.points[o.ID]
			if w.question == "evening" {
				continue // TestPointsOfEvenings
			}
			switch {
			case o.ID == w.excluded:
				if got.State != quiz.LineExcluded || got.Points != nil || got.Of != 0 {
					t.Errorf("%s: got %+v, want it left out of the score", v, got)
				}
			case !counted:
				t.Errorf("%s: no points are planned for this option", v)
			case got.State != quiz.LineAnswered || int64(*got.Points) != want || got.Of != 4:
				t.Errorf("%s: got %d of %d points, want %d of 4", v, *got.Points, got.Of, want)
			}
		}
		seen++
	}
	for i := range q.Questions {
		if q.Questions[i].Scored() {
			seen--
		}
	}
	if seen != 0 {
		t.Errorf("the questionnaire scores %d questions fewer than planned", seen)
	}
	total := map[string]int{}
	for i := range q.Questions {
		total[q.Questions[i].Pillar] += q.Questions[i].Weight
	}
	delete(total, "")
	if got, want := fmt.Sprint(total), "map[diet:20 hydration:10 sleep:10 stress:10]"; got != want {
		t.Errorf("weights add up to %s, want %s", got, want)
	}
	for _, p := range q.Pillars {
		if int64(p.Weight) != shares[p.ID] {
			t.Errorf("%s has %d of 100, want %d", p.ID, p.Weight, shares[p.ID])
		}
	}
}

func TestPointsOfNumbers(t *testing.T) {
	q := edition(t).Quiz
	points := func(question string, n float64) int {
		return *line(q.Score(quiz.Answers{question: quiz.Num(n)}, quiz.Veil{}), question).Points
	}
	for _, c := range []struct {
		hours float64
		want  int
	}{
		{0, 0}, {3, 0}, {4.5, 0}, {4.99, 0},
		{5, 1}, {5.5, 1}, {5.99, 1},
		{6, 2}, {6.5, 2}, {6.99, 2},
		{7, 4}, {8, 4}, {9, 4},
		{9.01, 3}, {9.5, 3}, {12, 3}, {16, 3},
	} {
		if got := points("sleep_hours", c.hours); got != c.want {
			t.Errorf("%v hours: got %d points, want %d", c.hours, got, c.want)
		}
	}
	want := []int{0, 0, 0, 1, 2, 3, 4}
	for glasses := 0; glasses <= 30; glasses++ {
		if got := points("drinks", float64(glasses)); got != want[min(glasses, 6)] {
			t.Errorf("%d glasses: got %d points, want %d", glasses, got, want[min(glasses, 6)])
		}
	}
	for _, bad := range []string{"sleep_hours=-0.5", "sleep_hours=16.5", "drinks=31", "drinks=2.5"} {
		if q.Check(reading(bad).answers) == nil {
			t.Errorf("%s is taken for an answer", bad)
		}
	}
}

// All 64 combinations of evening habits: 4 points, less 1 for each of four habits.
// Shift work and snoring take nothing.
func TestPointsOfEvenings(t *testing.T) {
	q := edition(t).Quiz
	habits := words("late_caffeine irregular alcohol_sleep screens_bed shift snore_gasp")
	for set := range 64 {
		want, picked := 4, []string{"none"}
		if set > 0 {
			picked = nil
		}
		for i, habit := range habits {
			if set&(1<<i) == 0 {
				continue
			}
			picked = append(picked, habit)
			if i < 4 {
				want--
			}
		}
		got := line(q.Score(quiz.Answers{"evening": quiz.Pick(picked...)}, quiz.Veil{}), "evening")
		if *got.Points != want {
			t.Errorf("%v: got %d points, want %d", picked, *got.Points, want)
		}
	}
}

// The rules of the arithmetic, one by one, with numbers worked out by hand.
func TestScores(t *testing.T) {
	const nothing = "plants= fruitveg= wholegrain= fermented= prebiotic= upf= sugar= stress_freq= stress_cope= " +
		"unwind= sleep_hours= sleep_trouble= rested= evening= drinks= thirst_signs= "
	for _, c := range []struct {
		about, who, pillar, want string
	}{
		{"everything in place", "", "overall", "100 (100 to 100) well"},
		{"nothing in place", "plants=p0_9 fruitveg=fv0_1 wholegrain=rarely fermented=never prebiotic=d0 upf=most sugar=many_day",
			"diet", "0 (0 to 0) start"},
		{"weights count", "fruitveg=fv2 plants=p10_19", "diet", "78 (78 to 78) mostly"}, // 62 of 80 → 77.5
		{"half rounds up", "stress_freq=most stress_cope=mostly unwind=d0", "stress", "33 (33 to 33) start"},
		{"excluded leaves the whole sum", "fermented=avoid prebiotic=upset plants=p0_9", "diet", "82 (82 to 82) well"}, // 56 of 68
		{"skipped widens the range only", "fruitveg=", "diet", "100 (80 to 100) well"},
		{"skipped, from below", nothing + "plants=p0_9 fruitveg=fv0_1 wholegrain=rarely upf=most", "diet", "0 (0 to 30) start"},

		{"diet with 12 of 20", nothing + "plants=p30 fruitveg=fv5 wholegrain=twice_daily prebiotic=d5_7", "diet", "100 (60 to 100) well"},
		{"diet with 11 of 20", nothing + "plants=p30 fruitveg=fv5 wholegrain=twice_daily", "diet",
			"incomplete, ask fermented prebiotic upf sugar"},
		{"diet with 10 of 17, as 3 are excluded", nothing + "fermented=avoid prebiotic=upset plants=p30 fruitveg=fv5 upf=rarely", "diet",
			"incomplete, ask wholegrain sugar"},
		{"diet with 11 of 17", nothing + "fermented=avoid prebiotic=upset fruitveg=fv5 wholegrain=twice_daily sugar=rarely", "diet",
			"100 (65 to 100) well"}, // 44 of 68 → 64.7
		{"stress without unwind", "unwind=", "stress", "100 (70 to 100) well"},
		{"stress without cope", "stress_cope=", "stress", "100 (70 to 100) well"},
		{"stress without frequency", "stress_freq=", "stress", "100 (60 to 100) well"},
		{"stress with one only", "stress_cope= unwind=", "stress", "incomplete, ask stress_cope unwind"},
		{"sleep by hours and trouble", "rested= evening=", "sleep", "100 (70 to 100) well"},
		{"sleep by hours and rest", "sleep_trouble= evening=", "sleep", "100 (60 to 100) well"},
		{"sleep by hours and evenings is not enough", "sleep_trouble= rested=", "sleep", "incomplete, ask sleep_trouble rested"},
		{"sleep without hours, all else said", "sleep_hours=", "sleep", "100 (60 to 100) well"},
		{"sleep without hours and evenings", "sleep_hours= evening=", "sleep", "incomplete, ask sleep_hours evening"},
		{"hours that vary leave 6, of which 4 make it", "sleep_hours=varies rested=", "sleep", "100 (67 to 100) well"},
		{"hours that vary, 3 of 6", "sleep_hours=varies rested= evening=", "sleep", "incomplete, ask rested evening"},
		{"hydration by drinks alone", "thirst_signs=", "hydration", "100 (60 to 100) well"},
		{"hydration needs drinks", "drinks=", "hydration", "incomplete, ask drinks"},
		{"colour cannot tell", "thirst_signs=cant_tell drinks=5", "hydration", "75 (75 to 75) mostly"},
		{"colour cannot tell and no drinks", "thirst_signs=cant_tell drinks=", "hydration", "incomplete, ask drinks"},

		{"overall without hydration", "drinks=", "overall", "100 (94 to 100) well"}, // hydration from 40 to 100
		{"overall by three with 75 of 100", "drinks= plants=p0_9", "overall", "93 (88 to 94) well"},
		{"overall without diet", "plants= fruitveg= wholegrain= fermented= drinks=5", "overall", "98 (73 to 99) well"}, // 97.5, 72.5, 98.5
		{"a range takes in its value", // diet, from 35 to 100, would make it 14 to 40
			"plants= fruitveg= wholegrain= fermented= stress_freq=all stress_cope=overwhelmed unwind=d0 sleep_hours=4 " +
				"sleep_trouble=n5_7 rested=never evening= drinks=0 thirst_signs=daily", "overall", "0 (0 to 43) start"},
		{"overall by two pillars", "drinks= stress_cope= unwind=", "overall", "incomplete, ask nothing more"},
		{"overall without hydration and diet", "drinks= plants= fruitveg= wholegrain=", "overall", "incomplete, ask nothing more"},
		{"a pillar that is hidden is not skipped", "conditions=ckd drinks=0 thirst_signs=daily", "overall", "100 (100 to 100) well"},
		{"hidden and one incomplete", "conditions=hf stress_cope= unwind=", "overall", "incomplete, ask nothing more"},

		{"fluids are the team's", "conditions=fluid_limit", "hydration", "hidden by S16"},
		{"food worry hides food", "food_feelings=rules", "diet", "hidden by S12"},
		{"food worry hides the overall number too", "food_feelings=ed", "overall", "hidden by S12"},
		{"food worry hides nothing else", "food_feelings=ed", "stress", "100 (100 to 100) well"},
		{"weight loss and an eating disorder", "food_feelings=ed gut_flags=weight_loss", "diet", "hidden by S12 S13"},
		{"under 18", "age=u18", "sleep", "withheld by S18"},
		{"self-harm", "urgent=self_harm", "overall", "withheld by S05"},
		{"self-harm, answered", "urgent=self_harm ack=S05", "overall", "withheld by S05"},
		{"not safe", "stress_cope=unsafe ack=S05", "stress", "withheld by S05"},
		{"another emergency", "urgent=rash_unwell", "diet", "withheld by S02"},
		{"another emergency that is over", "urgent=rash_unwell ack=S02", "diet", "100 (100 to 100) well"},
		{"one of two emergencies is over", "urgent=rash_unwell,gut_emergency ack=S02", "diet", "withheld by S04"},
	} {
		if got := figures(but(c.who).assess(edition(t)), c.pillar); got != c.want {
			t.Errorf("%s: %s is %s, want %s", c.about, c.pillar, got, c.want)
		}
	}
}

// figures writes a score as the table above does.
func figures(r recommend.Report, pillar string) string {
	i := slices.IndexFunc(r.Scores, func(s quiz.Score) bool { return s.Pillar == pillar })
	switch s := r.Scores[i]; s.State {
	case quiz.Scored:
		return fmt.Sprintf("%d (%d to %d) %s", s.Value, s.Low, s.High, s.Band)
	case quiz.Incomplete:
		if len(s.Missing) == 0 {
			return "incomplete, ask nothing more"
		}
		return fmt.Sprintf("incomplete, ask %s", list(s.Missing))
	default:
		return fmt.Sprintf("%s by %s", s.State, list(s.By))
	}
}

func list(words []string) string {
	s := fmt.Sprint(words)
	return s[1 : len(s)-1]
}

// The engine agrees with the reference for everybody: state, value, range, band,
// what is missing, and that the receipt adds up.
func TestScoresAgreeWithTheReference(t *testing.T) {
	e := edition(t)
	states := map[quiz.State]int{}
	everybody(t, 2, 20_000, func(v visitor) string {
		report := v.assess(e)
		want := v.scores()
		if len(report.Scores) != len(want) {
			return fmt.Sprintf("there are %d scores", len(report.Scores))
		}
		for i, s := range report.Scores {
			if place := append(slices.Clone(pillars), quiz.Overall)[i]; s.Pillar != place {
				return "the scores are out of order"
			}
			got := result{state: s.State, missing: s.Missing}
			if s.Figures != nil {
				got.value, got.low, got.high = s.Value, s.Low, s.High
				if s.Band != bandOf(s.Value) {
					return fmt.Sprintf("%d is in the band %s", s.Value, s.Band)
				}
			}
			if what := mismatch(s.Pillar, got, want[s.Pillar]); what != "" {
				return what
			}
			states[s.State]++
		}
		return receipt(v, report)
	})
	for _, s := range []quiz.State{quiz.Scored, quiz.Incomplete, quiz.Hidden, quiz.Withheld} {
		if states[s] < 500 {
			t.Errorf("only %d scores were %s: the crowd does not test that", states[s], s)
		}
	}
}

// receipt finds lines that do not say what the answers gave.
func receipt(v visitor, r recommend.Report) string {
	if v.withheld() {
		return mismatch("lines of a receipt without scores", len(r.Receipt), 0)
	}
	if len(r.Receipt) != len(worths) {
		return fmt.Sprintf("the receipt has %d lines", len(r.Receipt))
	}
	for i, w := range worths {
		got, points := r.Receipt[i], "none"
		if got.Points != nil {
			points = fmt.Sprint(*got.Points, " of ", got.Of)
		}
		want := "none"
		if n, how := w.of(v); how == counts && !v.hides(w.pillar) {
			want = fmt.Sprint(n, " of ", 4)
		}
		if what := mismatch("the points for "+w.question, points, want); what != "" || got.Question != w.question {
			return what
		}
	}
	return ""
}

func TestBands(t *testing.T) {
	q := edition(t).Quiz
	for value, want := range map[int]string{
		0: "start", 39: "start", 40: "partway", 59: "partway", 60: "mostly", 79: "mostly", 80: "well", 100: "well",
	} {
		if got := q.Band(value).ID; got != want {
			t.Errorf("%d: got %s, want %s", value, got, want)
		}
	}
	want := []string{"A place to start", "Part-way there", "Mostly in place", "Well in place"}
	for i, b := range q.Bands {
		if b.Name != want[i] {
			t.Errorf("band %s is called %q, want %q", b.ID, b.Name, want[i])
		}
	}
	if q.Rules.WideRange != 10 {
		t.Errorf("ranges are printed large from more than %d, want 10", q.Rules.WideRange)
	}
}

// Labels describe; they never give a point.
func TestLabels(t *testing.T) {
	for _, c := range []struct{ who, gut, skin string }{
		{"", "quiet", "[] false"},
		{"gut_feel=monthly", "quiet", "[] false"},
		{"gut_feel=weekly", "some", "[] false"},
		{"stool=hard", "some", "[] false"},
		{"stool=loose", "some", "[] false"},
		{"stool=mixed", "some", "[] false"},
		{"gut_feel= stool=hard", "some", "[] false"},
		{"gut_feel=several", "frequent", "[] false"},
		{"gut_feel=daily stool=mixed", "frequent", "[] false"},
		{"gut_feel=", "", "[] false"},
		{"stool=pns", "", "[] false"},
		{"gut_feel=daily gut_flags=family_hx", "check", "[] false"},
		{"gut_flags=swallow", "check", "[] false"},
		{"gut_flags=pns", "quiet", "[] false"},
		{"skin=pns", "quiet", "[] false"},
		{"skin=dryness,lines", "quiet", "[dryness lines] false"},
		{"skin=acne,redness skin_detail=moderate", "quiet", "[acne redness] false"},
		{"skin=acne skin_detail=deep_scars", "quiet", "[acne] true"},
		{"skin=eczema skin_detail=infected", "quiet", "[eczema] true"},
		{"skin=redness skin_detail=severe,treated", "quiet", "[redness] true"},
		{"skin=psoriasis skin_detail=joints", "quiet", "[psoriasis] true"},
		{"skin=redness skin_detail=eyes", "quiet", "[redness] true"},
		{"skin=acne skin_detail=joints", "quiet", "[acne] false"}, // not offered, so it does not count
		{"skin=acne skin_detail=cycle,none_tried", "quiet", "[acne] false"},
	} {
		v := but(c.who)
		r := v.assess(edition(t))
		if r.Labels.Gut != c.gut {
			t.Errorf("%s: the gut label is %q, want %q", c.who, r.Labels.Gut, c.gut)
		}
		if got := fmt.Sprint(r.Labels.Skin, r.Labels.SeeProfessional); got != c.skin {
			t.Errorf("%s: the skin label is %s, want %s", c.who, got, c.skin)
		}
		if got := figures(r, quiz.Overall); got != "100 (100 to 100) well" {
			t.Errorf("%s: a label moved the score to %s", c.who, got)
		}
	}
}
