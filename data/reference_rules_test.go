package data_test

import (
	"slices"

	"gutskin/recommend"
)

// The safety rules once more: when each one fires, how loud it speaks and what it
// holds back, as Go predicates and lists that were written by hand.

// hazard is one safety rule.
type hazard struct {
	id    string
	level recommend.Level // as it speaks without more
	is    func(visitor) bool
	holds []string
	more  []extra
}

// extra is held, or said more loudly, when something else is true as well.
type extra struct {
	is    func(visitor) bool
	level recommend.Level
	holds []string
}

var (
	holdGut      = words("R01 R02 R03 R04 R05 R06 R07 R08 R09 R13 R18 R21 R22")
	holdEating   = words("R01 R02 R03 R04 R05 R06 R07 R08 R09 R10 R11 R12 R13 R14 R15 R20 R21 R22 R24")
	holdImmunity = words("R06 R07 R18")
	holdKidney   = words("R02 R04 R08 R09 R13 R19 R20 R21 R39")
	every        = words("R01 R02 R03 R04 R05 R06 R07 R08 R09 R10 R11 R12 R13 R14 R15 R16 R17 R18 R19 R20 R21 R22 " +
		"R23 R24 R25 R26 R27 R28 R29 R30 R31 R32 R33 R34 R35 R36 R37 R38 R39 R40 R41 R42 R43 R44")
	// afterCrisis is what is left once somebody has said that they are safe.
	afterCrisis = words("R27 R32 R33")
)

func plus(list []string, more ...string) []string { return slices.Concat(list, more) }

func without(list []string, less ...string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(id string) bool { return slices.Contains(less, id) })
}

func picks(question string, options ...string) func(visitor) bool {
	return func(v visitor) bool { return v.said(question, options...) }
}

func both(a, b func(visitor) bool) func(visitor) bool {
	return func(v visitor) bool { return a(v) && b(v) }
}

func isCrisis(v visitor) bool {
	return v.said("urgent", "self_harm") || v.said("stress_cope", "unsafe")
}

func isTouchy(v visitor) bool {
	return v.said("conditions", "ibs", "sibo") || v.said("eating_pattern", "low_fodmap") || v.said("prebiotic", "upset")
}

func gutOften(v visitor) bool { return v.said("gut_feel", "several", "daily") }

func gutWeekly(v visitor) bool { return v.said("gut_feel", "weekly", "several", "daily") }

func gutSigns(v visitor) bool { return gutWeekly(v) || v.said("stool", "hard", "loose", "mixed") }

var hazards = []hazard{
	{id: "S01", level: recommend.Emergency, is: picks("urgent", "swelling_breath"), holds: every},
	{id: "S02", level: recommend.Emergency, is: picks("urgent", "rash_unwell"), holds: every},
	{id: "S03", level: recommend.Emergency, is: picks("urgent", "red_all_over"), holds: every},
	{id: "S04", level: recommend.Emergency, is: picks("urgent", "gut_emergency"), holds: every},
	{id: "S05", level: recommend.Emergency, is: isCrisis, holds: every},
	{id: "S06", level: recommend.Urgent, is: picks("gut_flags", "blood_stool", "weight_loss", "swallow", "anaemia_fever", "night_gut"),
		holds: plus(holdGut, "R10", "R11", "R12", "R14")},
	{id: "S07", level: recommend.Clinician, is: picks("gut_flags", "new_change", "family_hx"),
		more: []extra{{is: gutOften, holds: holdGut}}},
	{id: "S07b", level: recommend.Urgent, is: picks("gut_flags", "vomiting"), holds: plus(holdGut, "R39", "R10", "R11", "R12")},
	{id: "S08", level: recommend.Urgent, is: picks("skin_detail", "infected"), holds: words("R40 R37 R18 R28")},
	{id: "S09", level: recommend.Clinician, is: func(v visitor) bool {
		return v.said("skin_detail", "deep_scars") || v.said("skin", "acne") && v.said("skin_detail", "severe")
	}},
	{id: "S10", level: recommend.Clinician, is: both(picks("skin", "psoriasis"), picks("skin_detail", "joints"))},
	{id: "S10b", level: recommend.Clinician, is: picks("skin_detail", "cycle")},
	{id: "S11", level: recommend.Clinician, is: picks("skin_detail", "eyes")},
	{id: "S12", level: recommend.Note, is: picks("food_feelings", "rules", "ed"), holds: holdEating},
	{id: "S13", level: recommend.Clinician, is: both(picks("gut_flags", "weight_loss"), picks("food_feelings", "ed")),
		holds: plus(plus(holdGut, holdEating...), "R10", "R11", "R12", "R14")},
	{id: "S14", level: recommend.Note, is: picks("pregnancy", "pregnant", "trying", "breastfeeding"),
		holds: words("R12 R14 R18 R19 R25"), more: []extra{
			{is: picks("extras", "vit_a"), level: recommend.Clinician},
			{is: picks("medicines", "retinoid"), level: recommend.Urgent},
		}},
	{id: "S15", level: recommend.Clinician, is: picks("alcohol", "daily_heavy"), holds: words("R25")},
	{id: "S16", level: recommend.Note, is: picks("conditions", "hf", "fluid_limit", "ckd"), holds: words("R39 R41"),
		more: []extra{{is: picks("conditions", "ckd"), holds: holdKidney}}},
	{id: "S17", level: recommend.Note, holds: holdImmunity, is: func(v visitor) bool {
		return v.said("conditions", "immune", "line") || v.said("medicines", "immunosupp")
	}},
	// An age that was not given counts as "not a known adult".
	{id: "S18", level: recommend.Note, is: func(v visitor) bool { return !v.said("age", "a18_34", "a35_64", "a65") },
		holds: words("R14 R18 R19 R25"), more: []extra{{is: picks("age", "u18"), holds: every}}},
	{id: "S19", level: recommend.Note, is: picks("conditions", "diabetes_med"), holds: words("R12")},
	{id: "S20", level: recommend.Note, is: picks("medicines", "maoi"), holds: words("R06 R07")},
	{id: "S21", level: recommend.Note, is: picks("medicines", "warfarin", "thinner"), holds: words("R18 R19")},
	{id: "S22", level: recommend.Note, is: picks("medicines", "retinoid"),
		more: []extra{{is: picks("extras", "vit_a"), level: recommend.Clinician}}},
	{id: "S23", level: recommend.Note, is: picks("conditions", "coeliac"), holds: words("R17")},
	{id: "S24", level: recommend.Note, is: func(v visitor) bool {
		return v.said("eating_pattern", "gluten_free") && !v.said("conditions", "coeliac") && gutSigns(v)
	}},
	{id: "S25", level: recommend.Note, is: isTouchy, holds: words("R04 R08")},
	{id: "S26", level: recommend.Note, is: picks("conditions", "ibd"), holds: words("R03 R04 R08 R21")},
	{id: "S27", level: recommend.Note, holds: words("R06 R07"), is: func(v visitor) bool {
		return v.said("eating_pattern", "histamine") || v.said("fermented", "avoid")
	}},
	{id: "S28", level: recommend.Note, is: picks("medicines", "antibiotic")},
	{id: "S29", level: recommend.Note, holds: words("R25"), is: func(v visitor) bool {
		return v.said("medicines", "methotrexate") || v.said("conditions", "liver")
	}},
	{id: "S30", level: recommend.Note, is: picks("medicines", "lithium_diuretic"), holds: words("R39 R41")},
	// Allergies speak through what they leave out, never through a card.
	{id: "S31", is: picks("eating_pattern", "al_milk", "al_egg", "al_nut", "al_soy", "al_fish", "al_kiwi"), more: []extra{
		{is: picks("eating_pattern", "al_milk"), holds: words("R14")}, // it is about milk
		{is: picks("eating_pattern", "al_fish"), holds: words("R19")}, // it is made of fish
		{is: picks("eating_pattern", "al_kiwi"), holds: words("R21")},
	}},
}

// afterwards is what an emergency still holds once the visitor has said that it is
// not happening now, or that they have got help.
var afterwards = map[string][]string{
	"S01": words("R01 R06 R07 R09 R14 R15 R16 R18 R19 R21 R30"),
	"S02": words("R12 R14 R18 R19 R28 R30 R37 R40"),
	"S03": words("R12 R14 R18 R19 R28 R30 R37 R40"),
	"S04": plus(holdGut, "R10", "R11", "R12", "R14", "R24", "R30", "R39"),
	"S05": without(every, afterCrisis...),
}

// held is everything this rule keeps from a visitor for whom it is true.
func (h hazard) held(v visitor) []string {
	list := h.holds
	if v.has(h.id) {
		list = afterwards[h.id]
	}
	for _, m := range h.more {
		if m.is(v) {
			list = plus(list, m.holds...)
		}
	}
	return list
}

// loud is how loud the rule speaks to a visitor for whom it is true.
func (h hazard) loud(v visitor) recommend.Level {
	order := []recommend.Level{recommend.Emergency, recommend.Urgent, recommend.Clinician, recommend.Note}
	level := h.level
	for _, m := range h.more {
		if m.level != "" && m.is(v) && slices.Index(order, m.level) < slices.Index(order, level) {
			level = m.level
		}
	}
	return level
}

// held is everything that safety rules keep from this visitor.
func (v visitor) held() map[string]bool {
	all := map[string]bool{}
	for _, h := range hazards {
		if h.is(v) {
			for _, id := range h.held(v) {
				all[id] = true
			}
		}
	}
	return all
}
