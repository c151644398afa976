package data_test

import (
	"slices"
	"strings"
	"testing"

	"gutskin/quiz"
)

// question is one item of the questionnaire, by hand: its id, its options, and when
// it and they are on the path.
type question struct {
	id        string
	many      bool
	most      float64 // of a number
	options   []string
	sensitive bool   // its answers set off safety rules
	calm      string // an answer that sets off none
}

func one(id, options string) question  { return question{id: id, options: words(options)} }
func many(id, options string) question { return question{id: id, options: words(options), many: true} }

func (x question) careful(calm string) question {
	x.sensitive, x.calm = true, calm
	return x
}

// asked is all 30 items in the order they are asked.
var asked = []question{
	one("age", "u18 a18_34 a35_64 a65 pns").careful("a35_64"),
	many("urgent", "swelling_breath rash_unwell red_all_over gut_emergency self_harm none pns").careful("none"),
	many("gut_flags", "blood_stool weight_loss vomiting night_gut swallow new_change anaemia_fever family_hx none pns").careful("none"),
	many("conditions", "hf ckd fluid_limit immune line coeliac ibs ibd sibo diabetes_med liver none pns").careful("none"),
	many("medicines", "warfarin thinner maoi retinoid immunosupp antibiotic methotrexate lithium_diuretic none unsure pns").careful("none"),
	one("pregnancy", "pregnant trying breastfeeding no pns").careful("no"),
	many("eating_pattern", "vegan vegetarian dairy_free gluten_free low_fodmap histamine halal_kosher "+
		"al_milk al_egg al_nut al_soy al_fish al_kiwi budget none").careful("none"),
	one("food_feelings", "fine careful rules ed pns").careful("careful"),
	one("plants", "p0_9 p10_19 p20_29 p30"),
	one("fruitveg", "fv0_1 fv2 fv3_4 fv5"),
	one("wholegrain", "rarely few_week daily twice_daily"),
	one("fermented", "never w1_2 w3_6 daily avoid"),
	one("prebiotic", "d0 d1_2 d3_4 d5_7 upset"),
	one("upf", "most several_day daily few_week rarely"),
	one("sugar", "many_day daily few_week rarely"),
	one("stress_freq", "none little some most all"),
	one("stress_cope", "well mostly just overwhelmed unsafe").careful("mostly"),
	one("unwind", "d0 d1_2 d3_4 d5_7"),
	{id: "sleep_hours", most: 16, options: words("varies")},
	one("sleep_trouble", "n0 n1_2 n3_4 n5_7"),
	one("rested", "never rarely sometimes often always"),
	many("evening", "late_caffeine irregular alcohol_sleep screens_bed shift snore_gasp none"),
	{id: "drinks", most: 30},
	one("thirst_signs", "rarely sometimes most daily cant_tell"),
	one("alcohol", "none low high daily_heavy pns"),
	one("gut_feel", "never monthly weekly several daily"),
	one("stool", "hard ok loose mixed pns"),
	many("skin", "acne eczema redness psoriasis dryness lines none pns"),
	many("skin_detail", "mild moderate severe deep_scars infected eyes joints cycle treated none_tried none"),
	many("extras", "milk whey probiotic_s collagen_s vit_a omega_s other_s oily_fish smoke active cut_foods none pns"),
}

// reached reports that this visitor is asked the question.
func (x question) reached(v visitor) bool {
	switch x.id {
	case "age", "urgent":
		return true
	case "pregnancy":
		return !v.said("age", "u18", "a65")
	case "skin_detail":
		return !v.said("age", "u18") && v.said("skin", "acne", "eczema", "redness", "psoriasis")
	}
	return !v.said("age", "u18")
}

// offers reports that this visitor can pick the option.
func (x question) offers(option string, v visitor) bool {
	switch x.id + "." + option {
	case "skin_detail.deep_scars", "skin_detail.cycle":
		return v.said("skin", "acne")
	case "skin_detail.eyes":
		return v.said("skin", "redness", "eczema")
	case "skin_detail.joints":
		return v.said("skin", "psoriasis")
	case "extras.milk", "extras.whey":
		return !v.said("eating_pattern", "vegan", "dairy_free", "al_milk")
	case "extras.oily_fish":
		return !v.said("eating_pattern", "vegan", "vegetarian", "al_fish")
	}
	return true
}

// The rest of these tests is about answers. It would be worth nothing if the shipped
// questionnaire asked something else, or in another order.
func TestQuestionsAreThePlannedOnes(t *testing.T) {
	var got, want []string
	q := edition(t).Quiz
	for i := range q.Questions {
		x := &q.Questions[i]
		line := x.ID
		for _, o := range x.Options {
			line += " " + o.ID
			exclusive := x.Kind == quiz.Many && (o.ID == "none" || o.ID == "pns")
			if exclusive && !o.Exclusive {
				t.Errorf("%s.%s can stand beside another answer", x.ID, o.ID)
			}
			if (o.ID == "pns") != o.Skip {
				t.Errorf("%s.%s: is it a way to say nothing? got %v", x.ID, o.ID, o.Skip)
			}
		}
		got = append(got, line)
	}
	for _, x := range asked {
		want = append(want, strings.Join(append([]string{x.id}, x.options...), " "))
	}
	if !slices.Equal(got, want) {
		t.Errorf("questions and options\ngot  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

// What the plan asks of each visitor is what the walk asks of them, and none of
// their answers is lost.
func TestEverybodyWalksThePlannedPath(t *testing.T) {
	q := edition(t).Quiz
	everybody(t, 1, 5_000, func(v visitor) string {
		if err := q.Check(v.answers); err != nil {
			return err.Error()
		}
		walk := q.Walk(v.answers)
		var got, want []string
		for _, step := range walk.Steps {
			got = append(got, step.Question.ID)
		}
		for _, x := range asked {
			if x.reached(v) {
				want = append(want, x.id)
			}
		}
		if what := mismatch("the path", got, want); what != "" {
			return what
		}
		for id, a := range v.answers {
			kept, ok := walk.Kept[id]
			if said := slices.DeleteFunc(slices.Clone(a.Values()), func(o string) bool { return o == "pns" }); !ok || len(kept.Values()) != len(said) {
				return id + ": an answer was lost"
			}
		}
		return ""
	})
}
