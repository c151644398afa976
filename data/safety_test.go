package data_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

// shown is every recommendation that stands anywhere in a report.
func shown(r recommend.Report) []string { return r.Shown() }

// notices writes the care strip as "S06 urgent".
func notices(r recommend.Report) []string {
	list := []string{}
	for _, n := range r.Care {
		if n.Level != recommend.Care {
			list = append(list, n.ID+" "+string(n.Level))
		}
	}
	return list
}

// moot is what a rule holds although nobody for whom it is true could be shown it
// anyway: the advice itself does not apply then.
var moot = map[string]string{
	"S12 R13": "it goes by the eating score, which is hidden",
	"S13 R13": "it goes by the eating score, which is hidden",
	"S07 R08": "held when the gut speaks up often, and then it is not for them",
	"S23 R17": "coeliac disease is known already",
	"S31 R14": "milk and whey are not offered to them as answers",
}

// For everybody: exactly the rules fire that must, each as loud as it must, and
// nothing that any of them holds is shown anywhere.
func TestSafetyForEverybody(t *testing.T) {
	e := edition(t)
	fired := map[string]int{}
	heldBack := map[string]bool{} // "S16 R39": seen to be held from somebody it would have been shown to
	everybody(t, 3, 8_000, func(v visitor) string {
		report := v.assess(e)
		var want []string
		held := map[string]bool{}
		for _, h := range hazards {
			if !h.is(v) {
				continue
			}
			fired[h.id]++
			if h.id != "S31" {
				want = append(want, h.id+" "+string(h.loud(v)))
			}
			for _, id := range h.held(v) {
				held[id] = true
			}
		}
		got := notices(report)
		slices.Sort(got)
		if what := mismatch("notices", got, want); what != "" {
			return what
		}
		for _, id := range shown(report) {
			if held[id] {
				return id + " is shown although a rule holds it"
			}
		}
		var kept []string
		for _, h := range report.Held {
			kept = append(kept, h.ID)
			for _, rule := range h.By {
				heldBack[rule+" "+h.ID] = true
			}
		}
		if what := mismatch("held", kept, keptBack(v, held)); what != "" {
			return what
		}
		return quiet(v, report)
	})
	for _, h := range hazards {
		if fired[h.id] < 30 {
			t.Errorf("%s fired only %d times: the crowd does not test it", h.id, fired[h.id])
		}
		for _, x := range append([]extra{{holds: h.holds}, {holds: afterwards[h.id]}}, h.more...) {
			if len(x.holds) > 40 {
				continue // everything: that nothing is shown, quiet looks for
			}
			for _, id := range x.holds {
				seen, never := heldBack[h.id+" "+id], moot[h.id+" "+id] != ""
				if seen == never {
					t.Errorf("%s held back by %s: got %v in the whole crowd, want %v", id, h.id, seen, !never)
				}
			}
		}
	}
}

// keptBack is all that is held although it would apply: what the visitor is told has
// been left out.
func keptBack(v visitor, held map[string]bool) []string {
	var list []string
	for _, id := range every {
		if held[id] && v.applies(id) {
			list = append(list, id)
		}
	}
	return list
}

// quiet finds what must not be there at all in emergencies.
func quiet(v visitor, r recommend.Report) string {
	stands := shown(r)
	for _, h := range hazards[:5] {
		if h.is(v) && !v.has(h.id) && len(stands) > 0 {
			return fmt.Sprintf("%s is not answered yet, but %v is shown", h.id, stands)
		}
	}
	if isCrisis(v) {
		for _, id := range stands {
			if !slices.Contains(afterCrisis, id) {
				return id + " is shown to somebody in a crisis"
			}
		}
	}
	return ""
}

// in makes one rule true, with as little as possible.
var in = map[string]string{
	"S01": "urgent=swelling_breath", "S02": "urgent=rash_unwell", "S03": "urgent=red_all_over",
	"S04": "urgent=gut_emergency", "S05": "urgent=self_harm", "S06": "gut_flags=blood_stool",
	"S07": "gut_flags=new_change gut_feel=daily", "S07b": "gut_flags=vomiting",
	"S08": "skin=eczema skin_detail=infected", "S09": "skin=acne skin_detail=deep_scars",
	"S10": "skin=psoriasis skin_detail=joints", "S10b": "skin=acne skin_detail=cycle",
	"S11": "skin=redness skin_detail=eyes", "S12": "food_feelings=ed", "S13": "food_feelings=ed gut_flags=weight_loss",
	"S14": "pregnancy=pregnant", "S15": "alcohol=daily_heavy", "S16": "conditions=ckd", "S17": "conditions=line",
	"S18": "age=pns", "S19": "conditions=diabetes_med", "S20": "medicines=maoi", "S21": "medicines=warfarin",
	"S22": "medicines=retinoid", "S23": "conditions=coeliac", "S24": "eating_pattern=gluten_free stool=hard",
	"S25": "conditions=ibs", "S26": "conditions=ibd", "S27": "eating_pattern=histamine", "S28": "medicines=antibiotic",
	"S29": "medicines=methotrexate", "S30": "medicines=lithium_diuretic", "S31": "eating_pattern=al_kiwi",
}

// Every pair of rules: both are heard, and what either holds is not shown, whatever
// else the visitor says.
func TestPairsOfRules(t *testing.T) {
	e := edition(t)
	c := newCrowd(4)
	pairs, apart := 0, []string{}
	for i, first := range hazards {
		for _, second := range hazards[i+1:] {
			pairs++
			met := false
			for range 12 {
				v := together(c.visitor(), in[first.id], in[second.id])
				if !first.is(v) || !second.is(v) {
					continue
				}
				met = true
				report := v.assess(e)
				heard := notices(report)
				for _, h := range []hazard{first, second} {
					if h.id != "S31" && !slices.Contains(heard, h.id+" "+string(h.loud(v))) {
						t.Fatalf("%s does not speak beside %s: %v\n%s", h.id, first.id+"/"+second.id, heard, v)
					}
					for _, id := range h.held(v) {
						if slices.Contains(shown(report), id) {
							t.Fatalf("%s and %s: %s is shown\n%s", first.id, second.id, id, v)
						}
					}
				}
			}
			if !met {
				apart = append(apart, first.id+"+"+second.id)
			}
		}
	}
	if pairs != 33*32/2 {
		t.Errorf("there are %d pairs", pairs)
	}
	// Coeliac disease and "gluten-free but not coeliac" cannot both be true.
	if got := fmt.Sprint(apart); got != "[S23+S24]" {
		t.Errorf("these pairs cannot meet: %s, want [S23+S24] only", got)
	}
}

// together adds the answers of both rules to a visitor: what both tick stands side by
// side.
func together(v visitor, rules ...string) visitor {
	v.answers = maps.Clone(v.answers)
	if v.said("age", "u18", "a65") {
		v.answers["age"] = quiz.Pick("a18_34")
	}
	set := map[string]bool{}
	for _, x := range asked {
		for _, rule := range rules {
			a, ok := reading(rule).answers[x.id]
			if ok && x.many && set[x.id] {
				a = quiz.Pick(append(slices.Clone(v.answers[x.id].Picked), a.Picked...)...)
			}
			if ok {
				v.answers[x.id] = a
				set[x.id] = true
			}
		}
	}
	return v.onPath()
}

// depends names the questions that decide whether a rule fires: its own, and those
// that decide whether it is asked. None depends on any other answer.
var depends = map[string]string{
	"S01": "urgent", "S02": "urgent", "S03": "urgent", "S04": "urgent", "S05": "urgent stress_cope",
	"S06": "gut_flags", "S07": "gut_flags", "S07b": "gut_flags",
	"S08": "skin_detail skin", "S09": "skin_detail skin", "S10": "skin_detail skin", "S10b": "skin_detail skin",
	"S11": "skin_detail skin", "S12": "food_feelings", "S13": "food_feelings gut_flags", "S14": "pregnancy age",
	"S15": "alcohol", "S16": "conditions", "S17": "conditions medicines", "S18": "age", "S19": "conditions",
	"S20": "medicines", "S21": "medicines", "S22": "medicines", "S23": "conditions",
	"S24": "eating_pattern conditions gut_feel stool", "S25": "conditions eating_pattern prebiotic", "S26": "conditions",
	"S27": "eating_pattern fermented", "S28": "medicines", "S29": "medicines conditions", "S30": "medicines",
}

// Whatever else a visitor leaves out or says differently, a notice that they were
// given stays. Only an age under 18 ends the questions before they are asked.
func TestNoticesStay(t *testing.T) {
	e := edition(t)
	c := newCrowd(5)
	everybody(t, 6, 150, func(v visitor) string {
		before := v.assess(e)
		for _, x := range asked {
			for range 2 {
				w := visitor{answers: maps.Clone(v.answers), acknowledged: v.acknowledged}
				if c.chance(50) {
					delete(w.answers, x.id)
				} else if a := c.answer(v, x, 25); !a.Has("u18") && x.reached(v) {
					w.answers[x.id] = a
				}
				after := w.onPath().assess(e)
				for _, n := range before.Care {
					list, isRule := depends[n.ID]
					if !isRule || slices.Contains(words(list), x.id) {
						continue
					}
					if !slices.ContainsFunc(after.Care, func(m recommend.Notice) bool { return m.ID == n.ID }) {
						return fmt.Sprintf("%s is gone once %s is %v", n.ID, x.id, w.answers[x.id])
					}
				}
			}
		}
		return ""
	})
}

// The care strip is ordered by how loud each card is, and care-first advice follows.
func TestCareIsOrdered(t *testing.T) {
	e := edition(t)
	order := []recommend.Level{recommend.Emergency, recommend.Urgent, recommend.Clinician, recommend.Note, recommend.Care}
	everybody(t, 7, 2_000, func(v visitor) string {
		last := 0
		for _, n := range v.assess(e).Care {
			at := slices.Index(order, n.Level)
			if at < last {
				return n.ID + " stands below a quieter card"
			}
			last = at
		}
		return ""
	})
}

// What single rules do beyond holding something back.
func TestRulesInDetail(t *testing.T) {
	e := edition(t)
	for _, c := range []struct {
		about, who string
		want       func(recommend.Report) bool
	}{
		{"deep acne: treatment stands above everything else", "skin=acne skin_detail=deep_scars sugar=daily extras=milk",
			func(r recommend.Report) bool {
				return slices.Contains(shown(r), "R43") && care(r, "S09") < care(r, "R43")
			}},
		{"sore eyes: the card stands above flush triggers", "skin=redness skin_detail=eyes",
			func(r recommend.Report) bool { return care(r, "S11") >= 0 && slices.Contains(ids(r.Beyond), "R24") }},
		{"food worry leaves sleep, quiet minutes, moisturiser and treatment",
			"food_feelings=ed unwind=d0 sleep_hours=5 skin=eczema skin_detail=moderate",
			func(r recommend.Report) bool {
				return fmt.Sprint(ids(r.Top)) == "[R27 R33]" && care(r, "R43") >= 0 && slices.Contains(ids(r.Companions), "R40")
			}},
		{"diabetes: R11 stands only with the text of S19", "conditions=diabetes_med sugar=many_day",
			func(r recommend.Report) bool {
				i := slices.IndexFunc(r.Top, func(p recommend.Pick) bool { return p.ID == "R11" })
				return i >= 0 && slices.Equal(r.Top[i].Cautions, words("S19"))
			}},
		{"a warfarin user with supplements is sent to a pharmacist", "medicines=warfarin extras=omega_s,probiotic_s",
			func(r recommend.Report) bool { return fmt.Sprint(ids(r.Supplements)) == "[R42]" }},
		{"under 18: nothing but the page for them", "age=u18 gut_flags=swallow skin=acne sugar=daily",
			func(r recommend.Report) bool {
				return len(shown(r)) == 0 && len(r.Receipt) == 0 && fmt.Sprint(notices(r)) == "[S18 note]"
			}},
		{"crisis, answered: words and three ideas", "stress_cope=unsafe ack=S05 unwind=d0 sleep_hours=5 sugar=daily extras=smoke",
			func(r recommend.Report) bool {
				return fmt.Sprint(ids(r.Top)) == "[R27 R33]" && fmt.Sprint(shown(r)) == "[R32 R27 R33]"
			}},
		{"help to stop smoking is never withheld by a note", "extras=smoke food_feelings=ed pregnancy=pregnant conditions=ckd,line",
			func(r recommend.Report) bool { return slices.Contains(ids(r.Beyond), "R26") }},
	} {
		if r := but(c.who).assess(e); !c.want(r) {
			t.Errorf("%s\ncare %v top %v beyond %v companions %v supplements %v", c.about, r.Care, ids(r.Top), ids(r.Beyond),
				ids(r.Companions), ids(r.Supplements))
		}
	}
}

// People who worry about food are given no count of food, drink or movement.
func TestFoodWorryBringsNoCounts(t *testing.T) {
	e := edition(t)
	counts := pattern(`(?i)\bunits?\b|calorie|\b\d+ (g|minutes|walks|handfuls|glasses|mugs|kiwis|meals|dinners|mornings|days)\b`)
	everybody(t, 13, 1_000, func(v visitor) string {
		if !v.said("food_feelings", "rules", "ed") {
			return ""
		}
		for _, c := range cards(e, v, v.assess(e)) {
			if !slices.Contains(words("R16 R23 R25 R30 R40"), c.id) {
				continue
			}
			for _, text := range []string{c.Title, c.Do, c.Plan} {
				if counts.MatchString(text) {
					return c.id + ": " + text
				}
			}
		}
		return ""
	})
}

func care(r recommend.Report, id string) int {
	return slices.IndexFunc(r.Care, func(n recommend.Notice) bool { return n.ID == id })
}

// What a rule must say, whoever reads it.
func TestRulesSay(t *testing.T) {
	e := edition(t)
	for _, c := range []struct{ who, says string }{
		{"urgent=swelling_breath", "call .*(999|emergency number).* now"},
		{"urgent=rash_unwell", "emergency care now"},
		{"urgent=red_all_over", "emergency care today"},
		{"urgent=gut_emergency", "emergency care now"},
		{"urgent=self_harm", "you matter more than any quiz"},
		{"urgent=self_harm", "988"},
		{"urgent=self_harm", "116 123"},
		{"stress_cope=unsafe", "is someone with you"},
		{"gut_flags=blood_stool,swallow", "you have noticed blood in your poo and food sticks"},
		{"gut_flags=weight_loss", "within days"},
		{"gut_flags=family_hx", "sooner if you are over 60"},
		{"gut_flags=vomiting", "cannot keep drinks down"},
		{"skin=eczema skin_detail=infected", "same day"},
		{"skin=eczema skin_detail=infected", "eczema herpeticum"},
		{"skin=acne skin_detail=severe", "fever or joint pain"},
		{"skin=psoriasis skin_detail=joints", "arthritis"},
		{"skin=acne skin_detail=cycle", "hormone check"},
		{"skin=redness skin_detail=eyes", "today if your eyes hurt"},
		{"food_feelings=rules", "your skin never needs food rules"},
		{"gut_flags=weight_loss food_feelings=ed", "this week"},
		{"pregnancy=pregnant", "200 mg"},
		{"pregnancy=pregnant", "no alcohol is safest"},
		{"pregnancy=trying extras=vit_a", "before you take any more"},
		{"pregnancy=pregnant medicines=retinoid", "contact your prescriber today"},
		{"alcohol=daily_heavy", "stopping suddenly can be dangerous"},
		{"conditions=hf", "limits for fluid and food come first"},
		{"conditions=ckd", "potassium"},
		{"conditions=line", "never suggest probiotics"},
		{"age=u18", "school nurse"},
		{"conditions=diabetes_med", "drop too low"},
		{"medicines=maoi", "aged, fermented and over-ripe foods, and with tap beer"},
		{"medicines=warfarin", "steady from week to week"},
		{"medicines=retinoid", "no vitamin a or cod liver oil"},
		{"conditions=coeliac", "only if your clinic agrees"},
		{"eating_pattern=gluten_free stool=loose", "plan it with a doctor"},
		{"prebiotic=upset", "gentler"},
		{"conditions=ibd", "ask your team"},
		{"fermented=avoid", "because you avoid them"},
		{"eating_pattern=histamine", "dietitian can help you widen your diet"},
		{"medicines=antibiotic", "gap that is printed in your leaflet"},
		{"medicines=methotrexate", "may be none"},
		{"medicines=lithium_diuretic", "ask your doctor or pharmacist first"},
	} {
		v := but(c.who)
		said := data.Spoken(e, v.assess(e))
		if !pattern("(?i)" + c.says).MatchString(said) {
			t.Errorf("%s: nothing says %q in\n%s", c.who, c.says, said)
		}
	}
}
