package data_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"gutskin/data"
)

// mutation is content that loads word for word as it should be, but is wrong. by is
// what must catch it: "load", "personas", or the claim of the proof with this id. What
// only personas can catch is a question of judgement: nothing else says what is right.
type mutation struct {
	by   string
	name string
	breakage
	also []breakage // further edits that belong to it, made before
}

const (
	ask     = "questionnaire.yaml"
	start   = "topics/start.yaml"
	diet    = "topics/diet.yaml"
	stress  = "topics/stress.yaml"
	sleep   = "topics/sleep.yaml"
	skin    = "topics/skin.yaml"
	liquid  = "topics/hydration.yaml"
	rules   = "safety.yaml"
	kitchen = "kitchen.yaml"
	eat     = "advice/eating.yaml"
	beyond  = "advice/beyond.yaml"
	calm    = "advice/stress-and-sleep.yaml"
	caring  = "advice/care.yaml"
	sips    = "advice/drinking.yaml"
)

func mutate(by, name, file, find, with, want, at string, also ...breakage) mutation {
	return mutation{by, name, breakage{file, find, with, want, at}, also}
}

var mutations = []mutation{
	// Points
	mutate("better", "a wrong point", diet, "id: sugar…id: few_week…points: 3", "‸points: 0", `"3 to 6 times a week" is better than "About once a day", but lowers diet`, ""),
	mutate("better", "points that fall on the way up", diet, "id: plants…id: p20_29…points: 3", "‸points: 1", `"20 to 29" is better than "10 to 19", but lowers diet`, ""),
	mutate("better", "the best answer gives nothing", stress, "id: stress_freq…points: 4", "‸points: 0", `"None of the time" is better than "A little of the time", but lowers stress`, ""),
	mutate("better", "a worse sign gives more", liquid, "id: thirst_signs…id: daily…points: 0", "points: 2", `"Most days" is better than "Every day", but lowers hydration`, "id: thirst_signs…id: most…‸points: 1"),
	mutate("better", "a dip in the hours", sleep, "{from: 7, points: 4", "{from: 7, points: 1", `"7 hours" is better than "6.5 hours", but lowers sleep`, "id: sleep_hours…‸steps:"),
	mutate("better", "a habit that gives points", sleep, "id: shift # not…points: 0", "points: 1", `but lowers sleep`, "id: evening…- id: none…‸points: 0", breakage{file: sleep, find: "base: 4", with: "base: 3"}),
	mutate("bounds", "100 out of reach", sleep, "{from: 7, points: 4", "{from: 7, points: 3", "no answers give sleep a score of 100", ask+"|pillars:…- ‸id: sleep"),
	mutate("bounds", "0 out of reach", diet, "id: fruitveg…points: 0", "points: 1", "no answers give diet a score of 0", ask+"|pillars:…- ‸id: diet"),
	mutate("bounds", "habits from a lower start", sleep, "base: 4", "base: 3", "no answers give sleep a score of 100", ask+"|pillars:…- ‸id: sleep", breakage{file: sleep, find: "id: late_caffeine…points: -1", with: "points: 0"}),
	mutate("praise", "praise for the wrong answer", diet, "id: upf…points: 0", "points: 0\n        good: You eat what you like.", `we praise "Most of what I eat", which gives 0 points`, "id: upf…id: most…‸points: 0"),
	mutate("praise", "praise for few hours", sleep, "{from: 5, points: 1}", "{from: 5, points: 1, good: You sleep.}", `and not`, "id: sleep_hours…‸steps:", breakage{file: sleep, find: ", good: You sleep 6 hours or more.", with: ""}),
	mutate("band", "a band nobody reaches", ask, "{id: mostly, from: 60", "‸{id: nearly, from: 58, name: Nearly}\n  - {id: mostly, from: 59", `no answers put hydration into the band "Nearly"`, ""),
	mutate("load", "a gap before the first band", ask, "id: start, from: 0", "id: start, ‸from: 5", "the first band starts at 5, it must start at 0", ""),
	mutate("load", "weights that do not add up", ask, "weight: 25", "weight: 24", "the weights add up to 99, they must add up to 100", "\n‸pillars:"),
	mutate("personas", "a point that is wrong but in order", diet, "id: sugar…id: few_week…points: 3", "points: 2", "the score is", ""),
	mutate("personas", "a point too many for fruit", diet, "id: fruitveg…id: fv2…points: 1", "points: 2", "the score is", ""),
	mutate("personas", "a glass less for full points", liquid, "{from: 5, points: 3", "{from: 5, points: 4", "the score is", ""),
	mutate("personas", "an hour less for full points", sleep, "{from: 7, points: 4", "{from: 6.5, points: 4", "the score is", ""),
	mutate("personas", "a question that weighs less", diet, "id: fruitveg…weight: 4", "weight: 3", "the score is", ""),
	mutate("personas", "pillars that swap weights", ask, "name: Stress\n    weight: 25", "name: Stress\n    weight: 20", "the score is", "", breakage{file: ask, find: "name: Drinking\n    weight: 10", with: "name: Drinking\n    weight: 15"}),
	mutate("personas", "a score from too few answers", ask, "pillar_answered: 60", "pillar_answered: 30", "not incomplete", ""),
	mutate("personas", "a band moved", ask, "from: 80, name: Well", "from: 85, name: Well", "the band is", ""),
	mutate("praise", "a health reason that gives points", diet, "id: fermented…excluded: true", "points: 4", `and not "I avoid them for health reasons", which gives 4`, "id: fermented…id: w1_2…‸points: 2"),

	mutate("load", "medicines kept from an earlier check", start, "id: medicines…beyond: true", "beyond: true\n    lasting: true", `ask_anew says that "medicines" is asked each time`, "id: medicines…‸lasting"),

	// Paths
	mutate("question", "a question nobody is asked", skin, "ask_if: {is: skin_concern}", "‸ask_if: {all: [{is: skin_concern}, {question: age, in: [u18]}]}", "nobody is asked", ""),
	mutate("option", "an answer nobody can pick", skin, "id: joints…offer_if: {question: skin, in: [psoriasis]}", "offer_if: {question: age, in: [u18]}", "nobody can pick", "- ‸id: joints"),
	mutate("stop", "a stop before the emergencies", ask, "after: urgent", "‸after: age", "was never asked about S01", ""),
	mutate("stop", "a crisis that needs two answers", ask, "crisis:\n    any:", "crisis:\n    all:", "was never asked about S05", "stops:…‸after: urgent"),
	mutate("load", "a rule that looks ahead", start, "ask_if: {not: {question: age, in: [a65]}}", "‸ask_if: {not: {question: stool, in: [ok]}}", `this looks ahead to "stool"`, ""),
	mutate("path", "nothing to keep going with", caring, "id: R44…shelf: keep", "shelf: companion", "at the end there is neither an idea nor a notice to show", diet+"|‸questions:", breakage{file: caring, find: "why: The article looks at the whole of daily life, and steady habits last.", with: "why: \"You told us that {said: plants}.\""}),
	mutate("stopped", "numbers for people under 18", rules, "when: {question: age, in: [u18]}…withhold: true", "withhold: false", "is shown numbers", ask+"|stops:\n  - ‸id: under_18"),
	mutate("stopped", "ideas for people under 18", rules, "when: {question: age, in: [u18]}…hold: [everything]", "hold: [R14]", "whoever is stopped here", ask+"|stops:\n  - ‸id: under_18"),

	// Conditions
	mutate("label", "a label that holds for nobody", ask, "shift: {question: evening, in: [shift]}", "‸shift: {all: [{question: evening, in: [none]}, {question: evening, in: [shift]}]}", "labels.shift holds for nobody", ""),
	mutate("label", "a label that holds for everybody", ask, "stressed: {question: stress_freq, in: [some, most, all]}", "‸stressed: {not: {all: [{question: stress_freq, in: [some]}, {question: stress_freq, in: [all]}]}}", "labels.stressed holds for everybody", ""),
	mutate("signal", "a gut signal that another hides", ask, "when: {is: gut_flagged}", "when: {any: [{is: gut_flagged}, {is: gut_frequent}]}", `nobody is shown "Frequent gut signals"`, "- ‸id: frequent"),
	mutate("part", "a part that never matters", ask, "gut_signs:\n    any:\n      - {is: gut_weekly}", "gut_signs:\n    any:\n      - {is: gut_weekly}\n      - ‸{is: gut_frequent}", "this part never decides anything", ""),
	mutate("part", "a condition beside its opposite", rules, "- id: S10\n…- {question: skin, in: [psoriasis]}", "- ‸{any: [{question: skin, in: [psoriasis]}, {not: {question: skin, in: [psoriasis]}}]}", "this part never decides anything", ""),
	mutate("condition", "an unless that never holds", eat, "id: R04…unless: {question: gut_feel, in: [daily]}", "‸unless: {question: wholegrain, in: [twice_daily]}", "advice.R04.unless holds for nobody", ""),
	mutate("condition", "a dead trigger", eat, "id: R12…when: {question: sugar, in: [rarely]}", "‸when: {question: skin, in: [none]}", "advice.R12.trigger.0.when holds for nobody", ""),
	mutate("condition", "an eater there cannot be", kitchen, "when: {question: eating_pattern, in: [budget]}", "‸when: {all: [{question: eating_pattern, in: [budget]}, {question: eating_pattern, in: [none]}]}", "eaters.budget.when holds for nobody", ""),
	mutate("condition", "a variant that is for everybody", beyond, "id: whey_only\n        when:", "id: whey_only\n        ‸when: {question: skin, in: [acne]}\n        #", "holds for everybody", "", breakage{file: beyond, find: "          all:\n            - {question: extras, in: [whey]}\n            - {question: extras, lacks: [milk]}\n", with: ""}),

	// Safety rules
	mutate("rule", "a rule that cannot fire", rules, "id: S10b…when: {question: skin_detail, in: [cycle]}", "‸when: {all: [{question: skin_detail, in: [cycle]}, {question: skin, in: [none]}]}", "holds for nobody", ""),
	mutate("rule", "a rule for everybody", rules, "when: {not: {is: known_adult}}", "‸when: {not: {all: [{is: known_adult}, {question: age, in: [u18]}]}}", "holds for everybody", ""),
	mutate("case", "a case that can never hold", rules, "when: {question: conditions, in: [ckd]}", "‸when: {question: conditions, in: [none]}", "holds for nobody", ""),
	mutate("case", "a case that is the rule", rules, "when: {question: conditions, in: [ckd]}", "‸when: {is: fluid_care}", "holds for everybody", ""),
	mutate("care-text", "a text that is always replaced", rules, "id: S20…say: >-", "say: >-", "nobody reads this text", "id: S20…‸say: >-", breakage{file: rules, find: "id: S20…hold: [H-MAOI]", with: "cases: [{when: {question: medicines, in: [maoi]}, say: Keep to your list., instead: true}]\n    hold: [H-MAOI]"}),
	mutate("care-text", "a heading that is always replaced", rules, "id: S17…heading:", "heading:", "nobody reads the heading", "id: S17…‸heading:", breakage{file: rules, find: "id: S17…cases:\n", with: "cases:\n      - {when: {not: {question: age, in: [u18]}}, heading: Ask your team}\n"}),
	mutate("lasting", "a notice that a condition silences", rules, "id: S06…when: {question: gut_flags, in: [blood_stool, weight_loss, swallow, anaemia_fever, night_gut]}", "‸when: {all: [{question: gut_flags, in: [blood_stool, weight_loss, swallow, anaemia_fever, night_gut]}, {not: {question: conditions, in: [ibs]}}]}", "S06 goes away although its reason stands", ""),
	mutate("lasting", "a notice that a tick silences", rules, "id: S08…when: {question: skin_detail, in: [infected]}", "‸when: {all: [{question: skin_detail, in: [infected]}, {question: skin_detail, lacks: [treated]}]}", "S08 goes away although its reason stands", ""),
	mutate("lasting", "a notice that a skip silences", rules, "id: S30…when: {question: medicines, in: [lithium_diuretic]}", "‸when: {all: [{question: medicines, in: [lithium_diuretic]}, {not: {question: drinks, below: 6}}]}", "S30 goes away although its reason stands", ""),
	mutate("lasting", "a hold that another answer lifts", rules, "- when: {is: gut_frequent}", "- ‸when: {all: [{is: gut_frequent}, {not: {question: stool, in: [ok]}}]}", "S07 goes away although its reason stands", ""),
	mutate("contradiction", "two rules that clash", rules, "        - {not: {question: conditions, in: [coeliac]}}\n", "", "S24 asks for R17, and S23 holds it back", "- ‸id: S24"),
	mutate("contradiction", "a rule that holds what it brings", rules, "id: S21…hold: [R18, R19]", "hold: [R18, R19, R42]", "S21 asks for R42, and S21 holds it back", "- ‸id: S21"),
	mutate("help-first", "no number to call", rules, "{help: minors}.", "a school nurse.", "S18 keeps all numbers back, but names no place to get help", "id: S18…cases:\n      - ‸when"),
	mutate("help-first", "numbers withheld without help", rules, "id: S16…hide: [hydration]", "withhold: true", "S16 keeps all numbers back", "- ‸id: S16"),
	mutate("emergency", "numbers in an emergency", rules, "id: S04…withhold: true", "withhold: false", "numbers are shown before the emergency S04 was answered", "- ‸id: S04"),
	mutate("emergency", "ideas in an emergency", rules, "id: S01…hold: [everything]", "hold: [H-GUT]", "is shown before the emergency S01 was answered", "- ‸id: S01"),
	mutate("emergency", "an idea in a crisis", rules, "id: S05…hold: [everything]", "hold: [everything, -R32]", "is shown before the emergency S05 was answered", "- ‸id: S05"),
	mutate("load", "an emergency that becomes urgent", rules, "id: S02\n    level: emergency", "id: S02\n    level: urgent", "an emergency, and only an emergency", "- ‸id: S02"),

	// Recommendations
	mutate("advice", "an idea nobody gets", sips, "when: {question: drinks, at_least: 13}", "when: {question: drinks, at_least: 31}", "nobody of 0 people", "- ‸id: R41"),
	mutate("advice", "an idea that its unless takes away", beyond, "id: R17…unless: {question: conditions, in: [coeliac]}", "unless: {question: eating_pattern, in: [gluten_free]}", `is shown "Ask for a coeliac test first"`, "- ‸id: R17"),
	mutate("advice", "a replacement that never leaves room", eat, "id: R07…when: {is: no_dairy}", "when: {not: {all: [{is: no_dairy}, {question: eating_pattern, in: [none]}]}}", `is shown "Add a little fermented food"`, "- ‸id: R06"),
	mutate("variant", "a variant nobody gets", calm, "id: R33…id: shift\n        when: {is: shift}", "id: shift\n        when: {question: sleep_hours, at_least: 8}", "(shift)", "id: R33…- ‸id: shift"),
	mutate("less-of", "a second idea of less", beyond, "id: R25…shelf: beyond", "shelf: beyond\n    less_of: true", "all ask for less of something", "- ‸id: R25"),
	mutate("never-together", "ideas that clash", eat, "id: R05…shelf: companion", "shelf: companion\n    not_with: [R01]", "R05 and R01 stand on one page", "- ‸id: R05"),
	mutate("rests-on", "an idea without a reason", beyond, "when: {question: extras, lacks: [active]}", "‸when: {not: {question: extras, in: [active]}}", "R30 is shown for no reason that the person gave", ""),
	mutate("words", "a notice without words", rules, "id: S24…say: >-\n", "‸say: \"You told us that {said: sugar}.\"\n", "en: say of S24 reads", "", breakage{file: rules, find: "      Ask for a coeliac test before you decide to stay gluten-free.\n      The test only works while you eat gluten, so plan it with a doctor or nurse.\n      Do not start gluten again on our word alone.\n", with: ""}),
	mutate("load", "an idea that says all is known", eat, "id: R01…unknown: >-", "#", "say what is not known about it", "- ‸id: R01", breakage{file: eat, find: "      Nobody has tested plant variety against skin.\n      The idea of 30 plants a week comes from volunteers who chose their own food.\n", with: ""}),
	mutate("load", "a review that was due before it was made", eat, `id: R02…review_by: "2027-11-22"`, `‸review_by: "2026-11-22"`, "the later date belongs here", ""),
	mutate("load", "a key used twice", eat, "id: R03…key: wholegrain_swap", "key: pulses_twice", `the key "pulses_twice" is used twice`, "id: R04…‸key: pulses_twice"),
	mutate("load", "a dangling source", eat, "id: R02…sources: [C21", "sources: [‸C91", `no source has the id "C91"`, ""),
	mutate("load", "a missing text", rules, "id: S28…heading:", "#", "a rule that is not silent needs a heading and something to say", "- ‸id: S28"),
	mutate("load", "a food written out", eat, "id: R04…needs: [fodmap, potassium]", "needs: [fodmap]", "gives away potassium", "id: R04…‸title:"),

	// Holds and matches: judgements that only a made-up person can know
	mutate("personas", "a dropped hold: fluid", rules, "id: S16…hold: [H-FLUID]", "hold: []", "R41", ""),
	mutate("personas", "a dropped hold: low immunity", rules, "id: S17…hold: [H-IMM]", "hold: []", "R06", ""),
	mutate("personas", "a dropped hold: eating disorder", rules, "H-ED: [R01, R02, R03, R04, R05, R06, R07, R08, R09, R10, R11, ", "H-ED: [R01, R02, R03, R04, R05, R06, R07, R08, R09, R10, ", "R11", ""),
	mutate("personas", "a dropped hold: gut signs", rules, "H-GUT: [R01, R02, R03, R04, R05, R06", "H-GUT: [R01, R02, R03, R04, R05", "R06", ""),
	mutate("personas", "a dropped hold: kidneys", rules, "H-CKD: [R02, R04, R08", "H-CKD: [R02, R04", "R08", ""),
	mutate("personas", "yogurt beside an MAOI", rules, "without: [fermented, aged]\n    heading: \"Keep to", "without: [aged]\n    heading: \"Keep to", "yogurt", ""),
	mutate("personas", "a dropped hold: lithium", rules, "id: S30…hold: [R39, R41]", "hold: [R39]", "R41", ""),
	mutate("personas", "a dropped hold: heavy drinking", rules, "id: S15…hold: [R25]", "hold: []", "R25", ""),
	mutate("personas", "a dropped hold: age not given", rules, "id: S18…hold: [R14, R18, R19, R25]", "hold: [R14, R19, R25]", "R18", ""),
	mutate("personas", "a dropped hold: Crohn's", rules, "id: S26…hold: [R03, R04, R08, R21]", "hold: [R03, R04, R08]", "R21", ""),
	mutate("personas", "a dropped hold: vomiting", rules, "id: S07b…hold: [H-GUT, R39, ", "hold: [H-GUT, ", "R39", ""),
	mutate("personas", "a dropped hold: infected skin", rules, "id: S08…hold: [R40, ", "hold: [", "R40", ""),
	mutate("personas", "a dropped hold: blood thinner", rules, "id: S21…hold: [R18, R19]", "hold: [R19]", "R18", ""),
	mutate("personas", "a dropped hold: pregnancy", rules, "id: S14…hold: [R12, R14, R18, R19, R25]", "hold: [R12, R14, R19, R25]", "R18", ""),
	mutate("personas", "a dropped hold: clinic and alcohol", rules, "- {question: medicines, in: [methotrexate]}\n", "- {question: medicines, in: [retinoid]}\n", "S29", ""),
	mutate("personas", "a dropped hold after an emergency", rules, "hold: [R01, R06, R07, R09, R14, R15", "hold: [R01, R06, R07, R09, R14", "R15", ""),
	mutate("personas", "food ideas after a crisis", rules, "hold: [everything, -R27, -R32, -R33]", "hold: [everything, -R27, -R32, -R33, -R01]", "R01", ""),
	mutate("personas", "numbers after a crisis", rules, "hold: [everything, -R27, -R32, -R33]\n      withhold: true", "hold: [everything, -R27, -R32, -R33]", "withheld", ""),
	mutate("personas", "a missing caution", rules, "caution: [R11]", "caution: []", "R11", ""),
	mutate("personas", "an overall score beside food worry", rules, "id: S12…hide: [diet, overall]", "hide: [diet]", "hidden", ""),
	mutate("personas", "a quieter retinoid warning", rules, "level: urgent\n        heading: \"Contact your prescriber", "level: clinician\n        heading: \"Contact your prescriber", "S14 is clinician, not urgent", ""),
	mutate("personas", "a quieter sign in the gut", rules, "id: S06\n    level: urgent", "id: S06\n    level: clinician", "S06 is clinician, not urgent", ""),
	mutate("personas", "a sign that no rule knows", rules, "id: S06…swallow, ", "", "S06", ""),
	mutate("personas", "a food without its tag", kitchen, "{id: walnuts, text: walnuts, tags: [nut, ", "{id: walnuts, text: walnuts, tags: [", "walnut", ""),
	mutate("personas", "fish without its tag", kitchen, "{id: fish, text: fish, tags: [fish]}", "{id: fish, text: fish, tags: []}", "fish", ""),
	mutate("personas", "an allergy that bans nothing", rules, "{question: eating_pattern, in: [al_egg]}, without: [egg]", "{question: eating_pattern, in: [al_egg]}, without: []", "egg", ""),
	mutate("personas", "alcohol in pregnancy", rules, "without: [raw, liver, alcohol]", "without: [raw, liver]", "alcohol", ""),
	mutate("personas", "beans for weak kidneys", rules, "without: [potassium]", "without: []", "", ""),
	mutate("personas", "breakfast before sugar", eat, "id: R11…match: {acne: 2}", "match: {acne: 0}", "R11", ""),
	mutate("personas", "harder than it is", eat, "id: R02…effort: low", "effort: high", "R02", ""),
	mutate("personas", "a milk test for those who cut foods out", beyond, "- {question: extras, in: [cut_foods]}\n        - {is: no_dairy}", "- {is: no_dairy}\n        - {question: extras, in: [smoke]}", "R14", ""),
	mutate("personas", "more time in bed for those who lie awake", calm, "- {question: sleep_hours, at_least: 6}", "- {question: sleep_hours, at_least: 6.5}", "R33", ""),
	mutate("personas", "sleep therapy below sleep tips", calm, "    above: R33\n", "", "R3", ""),
	mutate("personas", "a professional for infected skin", ask, "in: [deep_scars, infected, severe, joints, eyes]", "in: [deep_scars, severe, joints, eyes]", "the label is false, not true", ""),
}

func TestMutations(t *testing.T) {
	if len(mutations) < 60 {
		t.Errorf("there are %d mutations, the proof needs at least 60", len(mutations))
	}
	var lock sync.Mutex
	table := map[string]string{}
	t.Run("all", func(t *testing.T) {
		for _, m := range mutations {
			t.Run(m.name, func(t *testing.T) {
				t.Parallel()
				files := copied(t)
				for _, also := range m.also {
					also.breaks(t, files)
				}
				place := m.breaks(t, files)
				by, lines := caught(t, files, m.by)
				lock.Lock()
				table[m.name] = by
				lock.Unlock()
				hit := slices.ContainsFunc(lines, func(line string) bool {
					return strings.Contains(line, m.want) && (m.by == "personas" || strings.HasPrefix(line, place[:strings.LastIndexByte(place[:len(place)-2], ':')+1]))
				})
				if by != m.by || !hit {
					t.Errorf("caught by %q, want %q:\n%s\nwant\n%s%s", by, m.by, strings.Join(lines, "\n"), place, m.want)
				}
			})
		}
	})
	for _, m := range mutations {
		t.Logf("%-48s %-32s %s", m.name, m.file, table[m.name])
	}
}

// caught returns what notices a mutation and what it says: loading, the claim that is
// wanted, or the personas.
func caught(t *testing.T, files fstest.MapFS, want string) (string, []string) {
	t.Helper()
	library, err := data.Load(files)
	if err != nil {
		return "load", strings.Split(err.Error(), "\n")
	}
	if want != "personas" {
		proof := data.Prove(library, data.ProofOptions{Seed: 1, Samples: 500, Only: []string{want}})
		for _, c := range proof.Claims {
			var lines []string
			for _, f := range c.Failed {
				lines = append(lines, fmt.Sprint(f.Problem))
			}
			if len(lines) > 0 {
				return c.ID, lines
			}
		}
	}
	people, err := data.LoadPeople(files)
	if err != nil {
		return "load", strings.Split(err.Error(), "\n")
	}
	if problems := people.Check(library.Edition("")); len(problems) > 0 {
		return "personas", strings.Split(problems.Error(), "\n")
	}
	return "", nil
}
