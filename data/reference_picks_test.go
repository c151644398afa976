package data_test

import (
	"cmp"
	"fmt"
	"slices"

	"gutskin/quiz"
)

// The choice of advice once more: when each piece applies to a visitor, what it
// ranks by, and how the top three and the ideas beyond the article are picked.

// idea is a recommendation for the top three.
type idea struct {
	id, pillar string
	item       func(visitor) string // the question, or "diet", whose gap ranks it
	when       func(visitor) bool
	match      map[string]int
	evidence   int // the best of its two grades: strong 3, moderate 2, limited 1
	effort     int
	lessOf     bool
}

func at(question string) func(visitor) string { return func(visitor) string { return question } }

func noDairy(v visitor) bool { return v.said("eating_pattern", "vegan", "dairy_free", "al_milk") }

// nothingLeft says that the kitchen has no food for an idea.
func nothingLeft(v visitor, id string) bool {
	noOats := v.said("eating_pattern", "gluten_free") || v.said("conditions", "coeliac")
	if !noOats || !v.said("eating_pattern", "al_nut") {
		return false // a pot of live oat or coconut yogurt
	}
	kidney := v.said("conditions", "ckd")
	switch id {
	case "R06":
		return kidney
	case "R07":
		noJar := v.said("pregnancy", "pregnant", "trying", "breastfeeding")
		return noJar && (kidney || v.said("eating_pattern", "al_soy") || isTouchy(v))
	}
	return false
}

func stressed(v visitor) bool { return v.said("stress_freq", "some", "most", "all") }

func badNights(v visitor) bool { return v.said("sleep_trouble", "n3_4", "n5_7") }

func newFerment(v visitor) bool { return v.said("fermented", "never", "w1_2") }

var ideas = []idea{
	{id: "R01", pillar: "diet", item: at("plants"), when: picks("plants", "p0_9", "p10_19", "p20_29"), evidence: 1, effort: 1},
	{id: "R02", pillar: "diet", item: at("fruitveg"), when: picks("fruitveg", "fv0_1", "fv2", "fv3_4"), evidence: 3, effort: 1},
	{id: "R03", pillar: "diet", item: at("wholegrain"), when: picks("wholegrain", "rarely", "few_week", "daily"),
		match: map[string]int{"acne": 1}, evidence: 3, effort: 1},
	{id: "R04", pillar: "diet", item: at("wholegrain"), evidence: 3, effort: 2, when: func(v visitor) bool {
		return v.said("wholegrain", "rarely", "few_week") && !v.said("gut_feel", "daily")
	}},
	{id: "R06", pillar: "diet", item: at("fermented"), evidence: 1, effort: 1, when: func(v visitor) bool {
		return newFerment(v) && !noDairy(v)
	}},
	{id: "R07", pillar: "diet", item: at("fermented"), when: both(newFerment, noDairy), evidence: 1, effort: 1},
	{id: "R08", pillar: "diet", item: at("prebiotic"), evidence: 1, effort: 1, when: func(v visitor) bool {
		return v.said("prebiotic", "d0", "d1_2") && !gutOften(v)
	}},
	{id: "R10", pillar: "diet", item: at("upf"), when: picks("upf", "most", "several_day", "daily"),
		match: map[string]int{"acne": 1, "psoriasis": 1}, evidence: 2, effort: 2, lessOf: true},
	{id: "R11", pillar: "diet", item: at("sugar"), when: picks("sugar", "many_day", "daily"),
		match: map[string]int{"acne": 2}, evidence: 3, effort: 1, lessOf: true},
	{id: "R12", pillar: "diet", match: map[string]int{"acne": 2}, evidence: 2, effort: 2, lessOf: true,
		item: func(v visitor) string {
			if v.said("sugar", "rarely") {
				return "wholegrain"
			}
			return "sugar"
		},
		when: func(v visitor) bool {
			return v.said("skin", "acne") &&
				(v.said("sugar", "many_day", "daily", "few_week") || v.said("wholegrain", "rarely", "few_week"))
		}},
	{id: "R13", pillar: "diet", item: at("diet"), match: map[string]int{"acne": 1, "psoriasis": 1}, evidence: 3, effort: 2,
		when: func(v visitor) bool {
			if !v.said("skin", "psoriasis", "acne", "redness") {
				return false
			}
			diet := v.scores()["diet"]
			return diet.state == quiz.Scored && diet.value < 80
		}},
	{id: "R27", pillar: "stress", match: map[string]int{"acne": 1, "eczema": 1, "psoriasis": 1}, evidence: 2, effort: 1,
		item: func(v visitor) string {
			if v.said("unwind", "d5_7") {
				return "stress_freq"
			}
			return "unwind"
		},
		when: func(v visitor) bool { return v.said("unwind", "d0", "d1_2") || stressed(v) }},
	{id: "R28", pillar: "stress", item: at("stress_freq"), when: both(picks("skin", "eczema"), stressed),
		match: map[string]int{"eczema": 1}, evidence: 2, effort: 3},
	{id: "R29", pillar: "stress", item: at("unwind"), when: picks("unwind", "d0", "d1_2"), evidence: 1, effort: 2},
	{id: "R31", pillar: "stress", item: at("stress_freq"),
		when:  both(picks("stress_freq", "most", "all"), picks("skin", "acne", "eczema", "psoriasis", "redness")),
		match: map[string]int{"acne": 1, "eczema": 1, "psoriasis": 1}, evidence: 1, effort: 1},
	{id: "R33", pillar: "sleep", item: at("sleep_hours"), evidence: 3, effort: 2, when: func(v visitor) bool {
		return v.below("sleep_hours", 7) && !(badNights(v) && v.from("sleep_hours", 6))
	}},
	{id: "R34", pillar: "sleep", item: at("evening"), when: picks("evening", "irregular", "screens_bed"), evidence: 1, effort: 1},
	{id: "R35", pillar: "sleep", item: at("sleep_trouble"), evidence: 3, effort: 3, when: func(v visitor) bool {
		return badNights(v) && (!v.said("skin", "eczema") || v.said("skin_detail", "treated"))
	}},
	{id: "R36", pillar: "sleep", item: at("evening"), when: picks("evening", "late_caffeine"), evidence: 2, effort: 1},
	{id: "R39", pillar: "hydration", item: at("drinks"), evidence: 3, effort: 1, when: func(v visitor) bool {
		return v.below("drinks", 6)
	}},
}

// ranked is an idea that this visitor can have, with its priority in hundredths.
type ranked struct {
	idea
	priority int
}

func (r ranked) String() string { return fmt.Sprintf("%s at %.2f", r.id, float64(r.priority)/100) }

// gap is how far an item is from its best, in hundredths of a point; 0 also when it
// was skipped or is excluded.
func (v visitor) gap(item string) int {
	if item == "diet" {
		if diet := v.scores()["diet"]; diet.state == quiz.Scored {
			return (100 - diet.value) * 100 / 25
		}
		return 0
	}
	i := slices.IndexFunc(worths, func(w worth) bool { return w.question == item })
	points, how := worths[i].of(v)
	if how != counts {
		return 0
	}
	return 100 * (4 - int(points))
}

func (v visitor) best(match map[string]int) int {
	best := 0
	for _, concern := range v.answers["skin"].Picked {
		best = max(best, match[concern])
	}
	return best
}

// list is every idea this visitor can have, in the order of its rank.
func (v visitor) list() []ranked {
	held, scores := v.held(), v.scores()
	var list []ranked
	for _, x := range ideas {
		if !x.when(v) || held[x.id] || nothingLeft(v, x.id) {
			continue
		}
		if gap := v.gap(x.item(v)); gap > 0 {
			list = append(list, ranked{x, 3*gap + 300*v.best(x.match) + 200*x.evidence - 100*x.effort})
		}
	}
	standing := func(pillar string) int {
		if s := scores[pillar]; s.state == quiz.Scored {
			return s.value
		}
		return 1000 // a pillar without a score is not a low one
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(b.priority-a.priority, standing(a.pillar)-standing(b.pillar), a.effort-b.effort, cmp.Compare(a.id, b.id))
	})
	// Where lying awake and short nights come together, CBT-I is named first.
	isAt := func(id string) int { return slices.IndexFunc(list, func(r ranked) bool { return r.id == id }) }
	if hours, awake := isAt("R33"), isAt("R35"); hours >= 0 && awake > hours {
		cbt := list[awake]
		list = slices.Insert(slices.Delete(list, awake, awake+1), hours, cbt)
	}
	return list
}

// top picks three: from the best down, and then, if the lowest pillar is below 40
// and has nothing among them, its best idea in the place of the last.
func (v visitor) top() []ranked {
	list := v.list()
	var top []ranked
	for _, x := range list {
		if len(top) < 3 && v.goesWith(x, top) {
			top = append(top, x)
		}
	}
	lowest := 40
	scores := v.scores()
	for _, p := range pillars {
		if s := scores[p]; s.state == quiz.Scored {
			lowest = min(lowest, s.value)
		}
	}
	isLow := func(r ranked) bool {
		s := scores[r.pillar]
		return s.state == quiz.Scored && s.value == lowest && lowest < 40
	}
	kept := slices.IndexFunc(list, isLow)
	if kept >= 0 && !slices.ContainsFunc(top, isLow) {
		top = append(top[:2], list[kept])
	}
	return top
}

// more is what ranked below the top three: up to six, none that asks for less of
// something, and no ferment of milk beside the milk test.
func (v visitor) more(top []ranked, beyond []string) []string {
	more := []string{}
	for _, x := range v.list() {
		taken := slices.ContainsFunc(top, func(o ranked) bool { return o.id == x.id })
		clash := x.id == "R06" && slices.Contains(beyond, "R14")
		if !taken && !clash && !x.lessOf && len(more) < 6 {
			more = append(more, x.id)
		}
	}
	return more
}

func (v visitor) goesWith(x ranked, top []ranked) bool {
	same := 0
	for _, o := range top {
		if o.item(v) == x.item(v) || o.lessOf && x.lessOf {
			return false
		}
		if o.pillar == x.pillar {
			same++
		}
	}
	return same < 2
}

// aside is an idea beyond the article.
type aside struct {
	id    string
	when  func(visitor) bool
	match []string
	order func(visitor) int // 1 smoking, 2 high alcohol, 3 a coeliac test, 4 called for by a rule; 0: no place of its own
}

var asides = []aside{
	{id: "R14", match: words("acne"), when: func(v visitor) bool {
		return v.said("skin", "acne") && v.said("extras", "milk", "whey") && !v.said("extras", "cut_foods") && !noDairy(v)
	}},
	// Who eats no fish is offered plants with omega-3 instead.
	{id: "R15", match: words("acne psoriasis"), when: func(v visitor) bool {
		return v.said("skin", "psoriasis", "acne") && v.answered("extras") && !v.said("extras", "oily_fish", "pns")
	}},
	{id: "R16", match: words("eczema"), when: both(picks("skin", "eczema"), picks("extras", "cut_foods"))},
	{id: "R17", match: words("psoriasis"), order: func(visitor) int { return 3 }, when: func(v visitor) bool {
		return v.said("eating_pattern", "gluten_free") && !v.said("conditions", "coeliac") &&
			(gutSigns(v) || v.said("skin", "psoriasis"))
	}},
	{id: "R21", when: picks("stool", "hard")},
	{id: "R22",
		order: func(v visitor) int {
			if isTouchy(v) {
				return 4
			}
			return 0
		},
		when: func(v visitor) bool {
			flags := v.answered("gut_flags") && !v.said("gut_flags", "none", "pns")
			return v.said("conditions", "ibs") || gutOften(v) && !flags
		}},
	{id: "R23", match: words("redness"), when: func(v visitor) bool {
		mixed := 0
		for _, concern := range words("acne eczema psoriasis") {
			if v.said("skin", concern) {
				mixed++
			}
		}
		return v.said("skin", "redness") || mixed > 1
	}},
	{id: "R24", match: words("redness"), when: picks("skin", "redness")},
	{id: "R25", match: words("redness psoriasis"),
		order: func(v visitor) int {
			if v.said("alcohol", "high") {
				return 2
			}
			return 0
		},
		when: func(v visitor) bool {
			return v.said("alcohol", "high", "daily_heavy") ||
				v.said("alcohol", "low") && (v.said("skin", "redness", "psoriasis") || v.said("evening", "alcohol_sleep"))
		}},
	{id: "R26", match: words("psoriasis"), when: picks("extras", "smoke"), order: func(visitor) int { return 1 }},
	{id: "R30", when: func(v visitor) bool { return v.answered("extras") && !v.said("extras", "active", "pns") }},
}

// beyond picks up to three ideas beyond the article for a visitor with this top.
func (v visitor) beyond(top []ranked) []string {
	held := v.held()
	lessOf := slices.ContainsFunc(top, func(r ranked) bool { return r.lessOf })
	var list []aside
	for _, x := range asides {
		if x.when(v) && !held[x.id] && (x.id != "R14" || !lessOf) {
			list = append(list, x)
		}
	}
	place := func(x aside) int {
		if x.order != nil && x.order(v) > 0 {
			return x.order(v)
		}
		if v.said("skin", x.match...) {
			return 5
		}
		return 6
	}
	slices.SortFunc(list, func(a, b aside) int { return cmp.Or(place(a)-place(b), cmp.Compare(a.id, b.id)) })
	chosen := []string{}
	for _, x := range list[:min(3, len(list))] {
		chosen = append(chosen, x.id)
	}
	return chosen
}

// companion is advice that appears wherever its condition holds.
var companions = map[string]func(visitor) bool{
	"R09": func(v visitor) bool { return v.said("prebiotic", "d0", "d1_2", "upset") && isTouchy(v) },
	"R20": func(v visitor) bool {
		return collagen(v) && v.said("eating_pattern", "vegan", "vegetarian", "halal_kosher", "al_fish")
	},
	"R37": both(picks("skin", "eczema", "dryness"), picks("sleep_trouble", "n1_2", "n3_4", "n5_7")),
	"R40": picks("skin", "dryness", "eczema"),
	"R41": func(v visitor) bool { return v.from("drinks", 13) },
}

func collagen(v visitor) bool {
	return v.said("extras", "collagen_s") || v.said("skin", "lines", "dryness")
}

func supplements(v visitor) bool {
	return v.said("extras", "probiotic_s", "collagen_s", "vit_a", "omega_s", "other_s")
}

var corner = map[string]func(visitor) bool{
	"R18": func(v visitor) bool { return v.said("extras", "probiotic_s") || v.said("skin", "acne", "psoriasis") },
	"R19": func(v visitor) bool {
		return collagen(v) && !v.said("eating_pattern", "vegan", "vegetarian", "halal_kosher", "al_fish")
	},
	"R42": func(v visitor) bool {
		return supplements(v) && v.answered("medicines") && !v.said("medicines", "none", "pns")
	},
}

var careFirst = map[string]func(visitor) bool{
	"R32": func(v visitor) bool {
		return v.said("stress_cope", "overwhelmed") || v.said("stress_freq", "all") || isCrisis(v)
	},
	"R38": picks("evening", "snore_gasp"),
	"R43": picks("skin_detail", "moderate", "severe", "deep_scars", "none_tried", "joints", "eyes", "treated"),
}

// applies reports that the advice is for this visitor, whether or not it is held.
func (v visitor) applies(id string) bool {
	switch id {
	case "R06": // also where R07 takes its place
		return newFerment(v)
	case "R19": // also where R20 takes its place
		return collagen(v)
	case "R05":
		return gutWeekly(v)
	}
	for _, x := range ideas {
		if x.id == id {
			return x.when(v) && v.gap(x.item(v)) > 0
		}
	}
	for _, x := range asides {
		if x.id == id {
			return x.when(v)
		}
	}
	for _, shelf := range []map[string]func(visitor) bool{companions, corner, careFirst} {
		if when, ok := shelf[id]; ok {
			return when(v)
		}
	}
	return false
}
