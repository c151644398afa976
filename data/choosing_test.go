package data_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gutskin/recommend"
)

// ranks writes the top three as "R11 23, R03 22, R02 20".
func ranks(r recommend.Report) string {
	var list []string
	for _, p := range r.Top {
		rank := p.ID
		if p.Priority != nil {
			rank += " " + strings.TrimRight(strings.TrimRight(fmt.Sprintf("%.2f", float64(*p.Priority)/100), "0"), ".")
		}
		list = append(list, rank)
	}
	return strings.Join(list, ", ")
}

// Each idea alone: 3 × gap + 3 × match + 2 × evidence − effort, worked out by hand.
func TestPriorities(t *testing.T) {
	for _, c := range []struct{ who, id, want string }{
		{"plants=p0_9", "R01", "13"}, // 12 + 0 + 2 − 1
		{"plants=p10_19", "R01", "7"},
		{"plants=p20_29", "R01", "4"},
		{"fruitveg=fv0_1", "R02", "17"}, // 12 + 0 + 6 − 1
		{"fruitveg=fv2", "R02", "14"},
		{"fruitveg=fv3_4", "R02", "8"},
		{"wholegrain=rarely", "R03", "17"},
		{"wholegrain=rarely skin=acne", "R03", "20"}, // + 3 for acne
		{"wholegrain=daily", "R03", "8"},
		{"wholegrain=rarely conditions=ibd", "", ""}, // R03 and R04 are held
		{"fermented=never", "R06", "13"},             // 12 + 0 + 2 − 1
		{"fermented=w1_2", "R06", "7"},
		{"fermented=never eating_pattern=vegan", "R07", "13"}, // in its place, same rank
		{"fermented=w1_2 eating_pattern=dairy_free", "R07", "7"},
		{"fermented=never eating_pattern=al_milk", "R07", "13"},
		{"prebiotic=d0", "R08", "13"},
		{"upf=most", "R10", "14"}, // 12 + 0 + 4 − 2
		{"upf=most skin=psoriasis", "R10", "17"},
		{"upf=daily skin=redness", "R10", "8"},
		{"sugar=many_day", "R11", "17"},
		{"sugar=many_day skin=acne", "R11", "23"}, // 12 + 6 + 6 − 1
		{"sugar=daily skin=acne", "R11", "20"},
		{"sugar=few_week skin=acne", "R12", "11"},                      // 3 + 6 + 4 − 2
		{"wholegrain=few_week skin=acne conditions=ibd", "R12", "17"},  // by whole grains, as sugar is rare: 9 + 6 + 4 − 2
		{"fruitveg=fv0_1 upf=several_day skin=acne", "R13", "10.72"},   // diet 69: 3 × 1.24 + 3 + 6 − 2
		{"fruitveg=fv0_1 upf=several_day skin=redness", "R13", "7.72"}, // no match
		{"unwind=d0", "R27", "15"},                                     // 12 + 0 + 4 − 1
		{"unwind=d0 skin=eczema", "R27", "18"},
		{"unwind=d3_4 stress_freq=some", "R27", "6"},  // by unwind
		{"stress_freq=most", "R27", "12"},             // by stress, as unwind is at its best
		{"stress_freq=some skin=eczema", "R28", "10"}, // 6 + 3 + 4 − 3; R27 has the same item
		{"unwind=d0", "R29", "12"},                    // 12 + 0 + 2 − 2
		{"stress_freq=all skin=acne", "R31", "16"},    // 12 + 3 + 2 − 1
		{"stress_freq=all skin=redness", "R31", "13"},
		{"sleep_hours=4", "R33", "16"}, // 12 + 0 + 6 − 2
		{"sleep_hours=5.5", "R33", "13"},
		{"sleep_hours=6.5", "R33", "10"},
		{"evening=irregular", "R34", "4"}, // 3 + 0 + 2 − 1
		{"evening=irregular,screens_bed,alcohol_sleep", "R34", "10"},
		{"sleep_trouble=n3_4", "R35", "12"}, // 9 + 0 + 6 − 3
		{"sleep_trouble=n5_7", "R35", "15"},
		{"evening=late_caffeine", "R36", "6"}, // 3 + 0 + 4 − 1
		{"drinks=2", "R39", "17"},
		{"drinks=5", "R39", "8"},
		{"drinks=6", "", ""},
		{"sleep_hours=7", "", ""},
		{"evening=shift,snore_gasp", "", ""}, // neither takes a point
		{"thirst_signs=daily", "", ""},       // nothing is advised by colour alone
		{"stress_cope=just", "", ""},
		{"rested=never", "", ""},
		{"plants= fruitveg= sugar= upf= unwind= drinks=", "", ""},      // what is skipped triggers nothing
		{"fermented=avoid prebiotic=upset sleep_hours=varies", "", ""}, // nor what is excluded
		{"sleep_hours=varies sleep_trouble=n0 evening=shift", "", ""},
		{"sleep_hours=6 sleep_trouble=n3_4", "R35", "12"},
		{"skin=acne sugar= wholegrain=few_week conditions=ibd", "R12", ""}, // it goes by sugar, which was skipped
		{"skin=acne extras=milk,active,oily_fish sugar=rarely", "", ""},    // R14 is no part of the top three
		{"skin=psoriasis extras=smoke,oily_fish alcohol=high", "", ""},     // nor is anything else beyond the article
		{"skin=eczema,dryness sleep_trouble=n1_2 evening=none", "", ""},    // nor are companions
		{"prebiotic=d1_2 gut_feel=several conditions=none", "", ""},        // R08 is not for a gut that often speaks up
		{"wholegrain=rarely gut_feel=daily conditions=none", "R03", "17"},  // nor is R04
	} {
		r := but(c.who).assess(edition(t))
		// Ideas for the same item give way to each other; look at each one's own rank.
		got := ""
		if i := slices.IndexFunc(but(c.who).list(), func(x ranked) bool { return x.id == c.id }); i >= 0 {
			got = fmt.Sprint(float64(but(c.who).list()[i].priority) / 100)
		}
		if got != c.want {
			t.Errorf("%s: the reference ranks %s %s, want %s", c.who, c.id, got, c.want)
		}
		for _, p := range r.Top {
			if c.id == "" && p.ID != "R44" {
				t.Errorf("%s: got %s, want nothing to be triggered", c.who, ranks(r))
			}
			if p.ID == c.id && ranks(r) != "" && fmt.Sprint(float64(*p.Priority)/100) != c.want {
				t.Errorf("%s: got %s, want %s at %s", c.who, ranks(r), c.id, c.want)
			}
		}
	}
}

// The rules of choosing, one by one.
func TestTopThree(t *testing.T) {
	for _, c := range []struct{ about, who, want string }{
		{"three at most, best first", "plants=p0_9 unwind=d0 drinks=0 sleep_hours=4", "R39 17, R33 16, R27 15"},
		{"two for one pillar", "plants=p0_9 fruitveg=fv0_1 wholegrain=rarely evening=irregular", "R02 17, R03 17, R34 4"},
		{"one for one item: grains or beans", "wholegrain=rarely", "R03 17"},
		{"one for one item: quiet minutes or yoga", "unwind=d0", "R27 15"},
		{"one for one item: caffeine or wake-up time", "evening=late_caffeine,irregular", "R36 9"},
		{"one that asks for less", "sugar=many_day upf=most", "R11 17"},
		{"sugar beats breakfast", "sugar=many_day skin=acne wholegrain=few_week", "R11 23, R03 17"},
		{"breakfast where sugar is at 3 to 6 a week", "sugar=few_week upf=few_week skin=acne", "R12 11"},
		{"breakfast by whole grains, where sugar is rare: a tie with R03, which is less effort", "sugar=rarely wholegrain=rarely skin=acne", "R03 20"},
		{"a tie: the lower pillar first", "drinks=2 fruitveg=fv0_1", "R39 17, R02 17"},
		{"a tie: then the id", "fruitveg=fv0_1 wholegrain=rarely", "R02 17, R03 17"},
		{"a place for the lowest pillar below 40",
			"fruitveg=fv0_1 sugar=many_day drinks=2 thirst_signs=most stress_freq=most stress_cope=overwhelmed unwind=d1_2",
			"R39 17, R02 17, R11 17"}, // stress is 25, hydration 10
		{"a place for the lowest, though three others rank higher",
			"fruitveg=fv0_1 drinks=3 sleep_hours=4 stress_freq=most stress_cope=overwhelmed unwind=d3_4", "R02 17, R33 16, R27 6"},
		{"no place for a pillar at 40",
			"fruitveg=fv0_1 drinks=3 sleep_hours=4 stress_freq=some stress_cope=overwhelmed unwind=d3_4", "R02 17, R33 16, R39 14"},
		{"R35 above R33", "sleep_hours=4 sleep_trouble=n5_7", "R35 15, R33 16"},
		{"R35 above R33 at 5 hours", "sleep_hours=5.5 sleep_trouble=n3_4", "R35 12, R33 13"},
		{"R35 instead of R33 from 6 hours", "sleep_hours=6 sleep_trouble=n3_4", "R35 12"},
		{"R33 alone where nights are good", "sleep_hours=6 sleep_trouble=n1_2", "R33 10"},
		{"no R35 before the itch is treated", "sleep_trouble=n5_7 skin=eczema skin_detail=moderate", "R44"},
		{"R35 once the itch is treated", "sleep_trouble=n5_7 skin=eczema skin_detail=moderate,treated", "R35 15"},
		{"R07 in the place of R06", "fermented=never eating_pattern=vegan", "R07 13"},
		{"nothing fits", "plants= drinks=", "R44"},
		{"all goes well", "", "R44"},
	} {
		if got := ranks(but(c.who).assess(edition(t))); got != c.want {
			t.Errorf("%s: got %s, want %s", c.about, got, c.want)
		}
	}
}

// The ideas beyond the article: three at most, in their order.
func TestBeyondTheArticle(t *testing.T) {
	for _, c := range []struct{ about, who, want string }{
		{"smoking first, then high alcohol, then what matches",
			"extras=smoke alcohol=high skin=redness stool=hard", "R26 R25 R23"},
		{"what matches a concern before what does not", "extras=none skin=psoriasis stool=hard", "R15 R21 R30"},
		{"a coeliac test always has its place",
			"eating_pattern=gluten_free stool=hard extras=smoke alcohol=high skin=redness,psoriasis", "R26 R25 R17"},
		{"milk test and milk ferment: R06 becomes R07", "fermented=never skin=acne extras=milk,active,oily_fish", "R14"},
		{"no milk test beside another idea of less", "sugar=many_day skin=acne extras=milk,active,oily_fish", ""},
		{"no milk test for those who cut foods out", "skin=acne extras=milk,active,oily_fish,cut_foods", ""},
		{"whey counts", "skin=acne extras=whey,active,oily_fish", "R14"},
		{"no fish wanted: omega-3 from plants", "skin=acne eating_pattern=vegan extras=active", "R15"},
		{"no alcohol, no drink-free days", "evening=alcohol_sleep alcohol=none", ""},
		{"a drink to sleep", "evening=alcohol_sleep alcohol=low", "R25"},
		{"a little alcohol and redness", "alcohol=low skin=redness", "R23 R24 R25"},
		{"a little alcohol alone", "alcohol=low", ""},
		{"foods cut out for eczema", "skin=eczema extras=active,cut_foods", "R16"},
		{"mixed concerns", "skin=eczema,acne skin_detail=mild extras=active,oily_fish", "R23"},
		{"a gut that often speaks up", "gut_feel=several", "R22"},
		{"the same with a sign to have checked", "gut_feel=several gut_flags=family_hx", ""},
		{"not moving", "extras=oily_fish", "R30"},
		{"nothing said about the week", "extras=pns", ""},
	} {
		if got := list(ids(but(c.who).assess(edition(t)).Beyond)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.about, got, c.want)
		}
	}
}

// Each clash of ideas is settled as decided: what must be shown, what must not.
func TestConflicts(t *testing.T) {
	for _, c := range []struct{ pair, who, shows, hides string }{
		{"onion and beans, IBS", "conditions=ibs prebiotic=d0 wholegrain=rarely", "R09 R22 R03", "R04 R08"},
		{"onion and beans, SIBO", "conditions=sibo prebiotic=d0", "R09", "R08"},
		{"onion and beans, low FODMAP", "eating_pattern=low_fodmap prebiotic=d0 wholegrain=rarely", "R09", "R04 R08"},
		{"onion, if it upsets the gut", "prebiotic=upset", "R09", "R08"},
		{"ferments, histamine", "eating_pattern=histamine fermented=never", "S27", "R06 R07"},
		{"ferments, MAOI", "medicines=maoi fermented=never", "S20", "R06 R07"},
		{"ferments every day, MAOI", "medicines=maoi fermented=daily", "S20", "R06 R07"},
		{"yogurt, dairy-free", "eating_pattern=dairy_free fermented=never", "R07", "R06"},
		{"yogurt, vegan", "eating_pattern=vegan fermented=w1_2", "R07", "R06"},
		{"live cultures, low immunity", "conditions=immune fermented=never extras=probiotic_s", "S17", "R06 R07 R18"},
		{"live cultures, a line", "conditions=line fermented=never skin=acne", "S17", "R06 R07 R18"},
		{"yogurt, milk test", "fermented=never skin=acne extras=milk,active,oily_fish", "R07 R14", "R06"},
		{"collagen, vegan", "eating_pattern=vegan extras=collagen_s", "R20", "R19"},
		{"collagen, vegetarian", "eating_pattern=vegetarian skin=lines", "R20", "R19"},
		{"collagen, halal or kosher", "eating_pattern=halal_kosher skin=dryness", "R20", "R19"},
		{"collagen, fish allergy", "eating_pattern=al_fish extras=collagen_s", "R20", "R19"},
		{"collagen", "extras=collagen_s", "R19", "R20"},
		{"water, heart", "conditions=hf drinks=1", "S16", "R39 R41"},
		{"water, kidneys", "conditions=ckd drinks=20", "S16", "R39 R41"},
		{"water, lithium", "medicines=lithium_diuretic drinks=1", "S30", "R39 R41"},
		{"water, 13 glasses", "drinks=13", "R41", "R39"},
		{"water, 12 glasses", "drinks=12", "R44", "R39 R41"},
		{"whole grains, coeliac disease", "conditions=coeliac wholegrain=rarely", "R03", "R17"},
		{"whole grains, not tested yet", "eating_pattern=gluten_free stool=loose wholegrain=rarely", "R03 R17 S24", ""},
		{"fibre, red flags", "gut_flags=blood_stool wholegrain=rarely fruitveg=fv0_1 plants=p0_9", "S06", "R01 R02 R03 R04 R05"},
		{"fibre, Crohn's", "conditions=ibd wholegrain=rarely stool=hard prebiotic=d0", "S26", "R03 R04 R08 R21"},
		{"fibre, vomiting", "gut_flags=vomiting wholegrain=rarely drinks=2", "S07b", "R03 R04 R39"},
		{"breakfast, eating disorder", "food_feelings=ed skin=acne sugar=few_week", "S12", "R12"},
		{"breakfast, insulin", "conditions=diabetes_med skin=acne sugar=few_week", "S19", "R12"},
		{"breakfast, pregnancy", "pregnancy=pregnant skin=acne wholegrain=rarely", "S14 R03", "R12"},
		{"several ideas of less", "sugar=many_day upf=most skin=acne extras=milk", "R11", "R10 R12 R14"},
		{"beans and kiwi, kidneys", "conditions=ckd wholegrain=rarely stool=hard fruitveg=fv0_1", "S16", "R02 R04 R21"},
		{"greens, warfarin", "medicines=warfarin fruitveg=fv0_1", "S21 R02", ""},
		{"alcohol, dependence", "alcohol=daily_heavy skin=redness", "S15", "R25"},
		{"window, lying awake from 6 hours", "sleep_hours=6 sleep_trouble=n5_7", "R35", "R33"},
		{"window, lying awake below 6 hours", "sleep_hours=5 sleep_trouble=n5_7", "R35 R33", ""},
		{"moisturiser, water for skin", "skin=dryness drinks=3", "R40 R39", ""},
		{"scores, distress", "urgent=self_harm", "S05", strings.Join(without(every), " ")},
		{"notes, food worry", "food_feelings=rules skin=redness", "R23 S12", "R24"},
		{"fish, vegan", "eating_pattern=vegan skin=psoriasis", "R15", ""},
	} {
		r := but(c.who).assess(edition(t))
		stands := shown(r)
		for _, n := range r.Care {
			stands = append(stands, n.ID)
		}
		for _, id := range words(c.shows) {
			if !slices.Contains(stands, id) {
				t.Errorf("%s: %s is missing from %v", c.pair, id, stands)
			}
		}
		for _, id := range words(c.hides) {
			if slices.Contains(stands, id) {
				t.Errorf("%s: %s is shown", c.pair, id)
			}
		}
	}
}

// The engine and the reference choose the same for everybody, on every shelf.
func TestChoiceAgreesWithTheReference(t *testing.T) {
	e := edition(t)
	seen := map[string]int{}
	everybody(t, 8, 20_000, func(v visitor) string {
		v.known = v.scores()
		r := v.assess(e)
		for _, id := range shown(r) {
			seen[id]++
		}
		top := v.top()
		beyond := v.beyond(top)
		var want []string
		for _, x := range top {
			if x.id == "R06" && slices.Contains(beyond, "R14") {
				x.id = "R07" // the same rank
			}
			want = append(want, fmt.Sprintf("%s %d", x.id, x.priority))
		}
		var got []string
		for _, p := range r.Top {
			if p.Priority != nil {
				got = append(got, fmt.Sprintf("%s %d", p.ID, int(*p.Priority)))
			}
		}
		if what := mismatch("top", got, want); what != "" {
			return what
		}
		if what := mismatch("beyond", ids(r.Beyond), beyond); what != "" {
			return what
		}
		if what := mismatch("more", ids(r.More), v.more(top, beyond)); what != "" {
			return what
		}
		return shelves(v, r, len(top) == 0)
	})
	for _, id := range every {
		if seen[id] < 20 {
			t.Errorf("%s is shown to %d visitors only", id, seen[id])
		}
	}
}

// shelves finds what is missing from, or too much on, the shelves without a limit.
func shelves(v visitor, r recommend.Report, empty bool) string {
	held := v.held()
	expected := func(list map[string]func(visitor) bool) []string {
		ids := []string{}
		for id, when := range list {
			if when(v) && !held[id] {
				ids = append(ids, id)
			}
		}
		slices.Sort(ids)
		return ids
	}
	if what := mismatch("supplements", ids(r.Supplements), expected(corner)); what != "" {
		return what
	}
	first := []string{}
	for _, n := range r.Care {
		if n.Level == recommend.Care {
			first = append(first, n.ID)
		}
	}
	if what := mismatch("care first", first, expected(careFirst)); what != "" {
		return what
	}
	want := expected(companions)
	fibre := slices.ContainsFunc(slices.Concat(ids(r.Top), ids(r.More)), func(id string) bool { return slices.Contains(words("R01 R02 R03 R04 R08"), id) })
	if fibre && gutWeekly(v) {
		want = append(want, "R05")
	}
	keep := slices.Contains(ids(r.Companions), "R44") || slices.Contains(ids(r.Top), "R44")
	calm := !slices.ContainsFunc(r.Care, func(n recommend.Notice) bool { return n.Level != recommend.Note && n.Level != recommend.Care })
	overall := v.scores()["overall"]
	switch {
	case empty:
		if keep == held["R44"] {
			return fmt.Sprintf("nothing is eligible: R44 shown is %v, held is %v", keep, held["R44"])
		}
	case keep != (calm && overall.state == "scored" && overall.value >= 80 && !held["R44"]):
		return fmt.Sprintf("R44 shown is %v with %v overall", keep, overall)
	case keep:
		want = append(want, "R44")
	}
	slices.Sort(want)
	return mismatch("companions", ids(r.Companions), want)
}

// What is weak for health and skin alike never takes one of the three places.
func TestUnprovenIdeasAreNotRanked(t *testing.T) {
	e := edition(t)
	for i := range e.Book.Advice {
		a := &e.Book.Advice[i]
		if a.Shelf != recommend.Ranked {
			continue
		}
		proven := slices.Contains([]recommend.Grade{recommend.Strong, recommend.Moderate, recommend.Limited}, a.Health)
		if !proven && a.Skin != recommend.Strong && a.Skin != recommend.Moderate && a.Skin != recommend.Limited {
			t.Errorf("%s competes for the top three with %s and %s", a.ID, a.Health, a.Skin)
		}
	}
}
