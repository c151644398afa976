package data_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"gutskin/data"
)

// breakage is one thing that a person who edits the content can get wrong.
type breakage struct {
	file string
	find string // the text to replace; "A…B" is the first B after A
	with string // ‸ marks the place that must be named
	want string // the sentence
	at   string // where the place is elsewhere: "A…‸B", in the same file unless "file|" stands before it
}

// Every check there is of the content, each by a copy of the shipped content with one
// text replaced: exactly this problem must be reported, exactly there.
var breakages = []breakage{
	// YAML
	{"questionnaire.yaml", "weight: 40", "‸wieght: 40", `unknown field "wieght"`, ""},
	{"topics/diet.yaml", "id: plants…points: 2", "‸pionts: 2", `unknown field "pionts"`, ""},
	{"safety.yaml", "- id: S06…hold:", "‸holds:", `unknown field "holds"`, ""},
	{"advice/eating.yaml", "id: R01…effort: low", "effort: low\n    ‸efort: low", `unknown field "efort"`, ""},
	{"kitchen.yaml", "{id: herb, text:", "{id: herb, ‸txt:", `unknown field "txt"`, ""},
	{"site.yaml", "owner:", "‸ownr:", `unknown field "ownr"`, ""},
	{"topics/diet.yaml", "id: plants…weight: 3", "weight: ‸three", "cannot unmarshal string into Go struct field .Questions of type int", ""},
	{"questionnaire.yaml", "\nbands:", "\n‸pillars:", `mapping key "pillars" already defined at [`, ""},
	{"regions.yaml", "- id: us\n    name:", "- id: [us\n    ‸name:", "',' or ']' must be specified", ""},
	{"sources.yaml", "sources:", "sources: ‸&all", "anchors and aliases are not read here, write the text out", ""},
	{"questionnaire.yaml", "labels:…known_adult: {", "known_adult: ‸*other # {", "anchors and aliases are not read here, write the text out", ""},
	{"passages.yaml", "says: ", "says: ‸!!str ", "tags, directives and ? keys are not read here, write plain keys and values", ""},
	{"conflicts.yaml", "  - id: prebiotics-and-ibs", "‸---\n  - id: prebiotics-and-ibs", "nothing after this line would be read, take it out", ""},
	{"kitchen.yaml", "tags: []", "tags: [[[[[[[[[[[[[[[[[[[‸[]", "lists stand too deep in each other here, check the brackets and dashes", ""},

	// Files
	{"topics/stress.yaml", "section: stress", "‸section: sleep", `this file is for the section "stress", not "sleep"`, ""},
	{"site.yaml", "keep_months: 12", "‸keep_months: 0", "results are kept for 1 to 120 months, not 0", ""},
	{"site.yaml", "brand: Gut & Skin Check", `‸brand: ""`, "give the check a name", ""},
	{"site.yaml", `security_contact: ""`, "‸security_contact: me@example.org", `"me@example.org" cannot be written to, give an address like mailto:me@example.org or https://example.org/contact`, ""},
	{"site.yaml", `region: ""`, "‸region: ukk", `no region has the id "ukk"`, ""},
	{"site.yaml", `"on": ""`, `‸"on": soon`, `"soon" is not a date like "2026-11-22"`, ""},
	{"site.yaml", `next: ""`, `‸next: "2026-13-01"`, `"2026-13-01" is not a date like "2026-11-22"`, ""},
	{"locales/en.yaml", "dir: ltr", "‸dir: left", `the direction is "left", it must be ltr or rtl`, ""},

	// The questionnaire
	{"questionnaire.yaml", "bands:…from: 0", "‸from: 1", "the first band starts at 1, it must start at 0", ""},
	{"questionnaire.yaml", "bands:…from: 60", "‸from: 40", "bands must ascend, but 40 does not come after 40", ""},
	{"questionnaire.yaml", "bands:…from: 80", "‸from: 101", "no score reaches 101, bands start at 0 to 100", ""},
	{"questionnaire.yaml", "bands:…id: partway", "id: start", `"start" is used twice, ids must be unique`, "bands:…‸{id: start"},
	{"questionnaire.yaml", "weight: 40", "weight: 41", "the weights add up to 101, they must add up to 100", "\n‸pillars:"},
	{"questionnaire.yaml", "pillar_answered: 60", "‸pillar_answered: 160", "this is 160, it must be 1 to 100", ""},
	{"questionnaire.yaml", "overall_pillars: 3", "‸overall_pillars: 5", "this is 5, it must be 1 to 4", ""},
	{"questionnaire.yaml", "food_worry: {question: food_feelings, in: [rules, ed]}", "‸food_worry: {is: food_worry}", "this label leads back to itself, break the circle", ""},
	{"questionnaire.yaml", "gut_signs:…is: gut_weekly", "‸is: gut_wekly", `no label has the name "gut_wekly"`, ""},
	{"questionnaire.yaml", "known_adult: {question: age, in: [a18_34,", "known_adult: {question: age, in: [‸a18_43,", `"age" has no option "a18_43"`, ""},
	{"questionnaire.yaml", "known_adult: {question: age", "known_adult: {‸question: aeg", `no question has the id "aeg"`, ""},
	{"questionnaire.yaml", "known_adult: {question: age, in: [a18_34,", "known_adult: {question: age, in: [‸pns,", `"pns" counts as not answered, no condition can look for it`, ""},
	{"questionnaire.yaml", "shift: {question: evening, in: [shift]}", "shift: {question: evening, ‸in: []}", "this list is empty, fill it or take it out", ""},
	{"questionnaire.yaml", "shift: {question: evening, in: [shift]}", "‸shift: {question: evening}", "a question is tested by in, by lacks, or by below and at_least", ""},
	{"questionnaire.yaml", "shift: {question: evening, in: [shift]}", "‸shift: {question: evening, below: 3}", `"evening" is not a number, test it by in or lacks`, ""},
	{"questionnaire.yaml", "shift: {question: evening, in: [shift]}", "‸shift: {is: stressed, question: evening, in: [shift]}", "a condition has exactly one form (all, any, not, is, question or pillar), this one has 2", ""},
	{"questionnaire.yaml", "stressed: {question: stress_freq, in: [some, most, all]}", "stressed: {question: stress_freq, in: [some, most, all]}\n  low: {‸pillar: fod, below: 40}", `no pillar has the id "fod"`, ""},
	{"questionnaire.yaml", "stressed: {question: stress_freq, in: [some, most, all]}", "stressed: {question: stress_freq, in: [some, most, all]}\n  ‸low: {pillar: diet}", "a pillar is compared by below or at_least", ""},
	{"questionnaire.yaml", "skip_if: {is: food_worry}", "skip_if: {‸is: food_wory}", `no label has the name "food_wory"`, ""},
	{"questionnaire.yaml", "stops:…after: urgent", "‸after: urgnet", `no question has the id "urgnet"`, ""},
	{"questionnaire.yaml", "stops:…when: {question: age, in: [u18]}", "‸when: {question: skin, in: [acne]}", `this looks ahead to "skin", a condition here may only look at earlier questions`, ""},
	{"questionnaire.yaml", "skin_signals:…question: skin", "‸question: sikn", `no question has the id "sikn"`, ""},
	{"questionnaire.yaml", "professional: {is: skin_professional}", "professional: {‸is: skin_pro}", `no label has the name "skin_pro"`, ""},
	{"questionnaire.yaml", "gut_signals:…when: {is: gut_flagged}", "when: {‸pillar: diet, below: 40}", "this is decided before anything is scored and may not look at a pillar", ""},

	// Questions
	{"topics/diet.yaml", "id: plants…points: 2", "‸points: 5", "gives 5 points, it must be 0 to 4", ""},
	{"topics/diet.yaml", "id: plants…points: 2", "‸points: -1", "gives -1 points, it must be 0 to 4", ""},
	{"topics/diet.yaml", "id: plants…weight: 3", "‸weight: 0", "the weight is 0, a scored question needs at least 1", ""},
	{"topics/diet.yaml", "id: plants…weight: 3", "weight: 90", "the weights of its questions add up to 107, keep them within 100", "questionnaire.yaml|pillars:…‸id: diet"},
	{"topics/diet.yaml", "id: plants…pillar: diet", "‸pillar: deit", `no pillar has the id "deit"`, ""},
	{"topics/diet.yaml", "id: plants…kind: one", "‸kind: slider", `the kind is "slider", it must be one, many or number`, ""},
	{"topics/diet.yaml", "id: plants…weight: 3", "weight: 3\n    ‸base: 2", "only a question of kind many starts from a base", ""},
	{"topics/diet.yaml", "id: p10_19", "id: p20_29", `"p20_29" is used twice, ids must be unique`, "options:…‸id: p20_29"},
	{"topics/skin.yaml", "offer_if: {not: {is: no_dairy}}", "offer_if: {not: {‸is: no_diary}}", `no label has the name "no_diary"`, ""},
	{"topics/start.yaml", "ask_if: {not: {question: age, in: [a65]}}", "‸ask_if: {not: {question: skin, in: [acne]}}", `this looks ahead to "skin", a condition here may only look at earlier questions`, ""},
	{"topics/start.yaml", "ask_if: {not: {question: age, in: [a65]}}", "‸ask_if: {is: skin_concern}", `this looks ahead to "skin", a condition here may only look at earlier questions`, ""},
	{"topics/start.yaml", "ask_if: {not: {question: age, in: [a65]}}", "‸ask_if: {}", "a condition has exactly one form (all, any, not, is, question or pillar), this one has 0", ""},
	{"topics/sleep.yaml", "{from: 6, points: 2", "{from: 6, ‸points: 9", "gives 9 points, it must be 0 to 4", ""},
	{"topics/sleep.yaml", "{from: 6, points: 2", "‸{from: 5, points: 2", "steps must ascend", ""},
	{"topics/sleep.yaml", "{from: 6, points: 2", "‸{points: 2", "a step has either from or above", ""},
	{"topics/sleep.yaml", "steps:\n        - {from: 0,", "‸steps:\n        - {from: 1,", "the first step must start at 0 or below", ""},
	{"topics/sleep.yaml", "id: sleep_hours…range:\n      min: 0", "‸range:\n      min: 20", "min is 20, it must be below max, which is 16", ""},
	{"topics/stress.yaml", "id: unwind…passages: [A24]", "beyond: false", "name the passages of the article it is drawn from, or set beyond: true", "‸id: unwind"},
	{"topics/stress.yaml", "passages: [A23]", "passages: [‸A99]", `no passage has the id "A99"`, ""},
	{"topics/stress.yaml", "evidence: [E10]", "evidence: [‸E99]", `no evidence topic has the id "E99"`, ""},

	// Safety
	{"safety.yaml", "id: S06\n    level: urgent", "id: S06\n    ‸level: loud", `the level is "loud", it must be emergency, urgent, clinician or note`, ""},
	{"safety.yaml", "id: S06…hold: [H-GUT, R10", "hold: [H-GUT, ‸R99", `"R99" is neither an advice nor a hold set`, ""},
	{"safety.yaml", "id: S06…hold: [H-GUT", "hold: [‸H-GUTS", `"H-GUTS" is neither an advice nor a hold set`, ""},
	{"safety.yaml", "H-GUT: [R01", "H-GUT: [‸R00", `no advice has the id "R00"`, ""},
	{"safety.yaml", "id: S05…hold: [everything, -R27", "hold: [everything, ‸-R99", `"-R99" is neither an advice nor a hold set`, ""},
	{"safety.yaml", "id: S06…when: {question: gut_flags, in: [blood_stool", "when: {question: gut_flags, in: [‸blood", `"gut_flags" has no option "blood"`, ""},
	{"safety.yaml", "id: S06…when:", "hide: [‸dite]\n    when:", `no pillar has the id "dite"`, ""},
	{"safety.yaml", "id: S06…when:", "without: [‸milks]\n    when:", `no food tag has the id "milks"`, ""},
	{"safety.yaml", "id: S06…when:", "bring: [‸R77]\n    when:", `no advice has the id "R77"`, ""},
	{"safety.yaml", "id: S06…when:", "caution: [‸R77]\n    when:", `no advice has the id "R77"`, ""},
	{"safety.yaml", "id: S06…when: {question: gut_flags, in:", "when: {‸pillar: diet, below: 40} #", "this is decided before anything is scored and may not look at a pillar", ""},
	{"safety.yaml", "id: S06…sources: [C67]", "sources: [‸C999]", `no source has the id "C999"`, ""},
	{"safety.yaml", "id: S06…sources: [C67]", "", "name a source, or set judgement: true", "‸id: S06"},
	{"safety.yaml", "id: S06…heading:", `heading: "" #`, "a rule that is not silent needs a heading and something to say", "‸id: S06"},
	{"safety.yaml", "id: S06…level: urgent", "level: emergency", "an emergency, and only an emergency, says what it still holds after the get-help page", "‸id: S06"},
	{"safety.yaml", "id: S07…when: {is: gut_frequent}", "when: {‸is: gut_freqent}", `no label has the name "gut_freqent"`, ""},
	{"safety.yaml", "id: S03", "id: S02", `"S02" is used twice, ids must be unique`, "rules:…‸id: S02"},
	{"safety.yaml", "id: S06…say: >-\n", "‸say: >-\n      Contact {help: urgnt}.\n", "{help: urgnt}: a region has no such entry", ""},
	{"safety.yaml", "id: S06…say: >-\n", "‸say: >-\n      You said {said: gut_flag}.\n", "{said: gut_flag}: no question has this id", ""},
	{"safety.yaml", "id: S06…say: >-\n", "‸say: >-\n      You {shout: now}.\n", `no markup is called "shout"`, ""},
	{"safety.yaml", "id: S06…say: >-\n", "‸say: >-\n      Contact {help}.\n", "a brace stands alone, markup looks like {one: oats | eggs}", ""},

	// The kitchen
	{"kitchen.yaml", "{id: carrot, text: carrot, tags: [potassium]", "{id: carrot, text: carrot, tags: [‸potasium]", `no food tag has the id "potasium"`, ""},
	{"kitchen.yaml", "{id: carrot, text: carrot, tags: [potassium]", "{id: carrot, text: carrot, tags: [potassium], ‸instead: parsnip", `no food has the id "parsnip"`, ""},
	{"kitchen.yaml", "{id: cucumber,", "{id: herb, text: a herb, tags: []}\n  - {id: cucumber,", `"herb" is used twice, ids must be unique`, "foods:…‸{id: herb"},
	{"kitchen.yaml", "eaters:…without: [milk, egg", "without: [milk, ‸eggs", `no food tag has the id "eggs"`, ""},
	{"kitchen.yaml", "eaters:…in: [vegan]", "in: [‸vegn]", `"eating_pattern" has no option "vegn"`, ""},
	{"kitchen.yaml", "{id: carrot, text: carrot", `{id: carrot, ‸text: ""`, `the text "text" is missing`, ""},

	// Advice
	{"advice/eating.yaml", "id: R01…shelf: ranked", "‸shelf: top", `no shelf is called "top"`, ""},
	{"advice/eating.yaml", "id: R01…effort: low", "‸effort: easy", `the effort is "easy", it must be low, medium or high`, ""},
	{"advice/eating.yaml", "id: R01…health: limited", "health: good", `health is graded "good" and skin "weak", use the grades of evidence.yaml`, "‸id: R01"},
	{"advice/eating.yaml", "id: R01…key: plants_plus3", "key: one_more_handful", `the key "one_more_handful" is used twice or empty, give each advice its own`, "id: R02…‸key: one_more_handful"},
	{"advice/eating.yaml", "id: R01…when: {question: plants, in: [p0_9", "when: {question: plants, in: [‸p0_8", `"plants" has no option "p0_8"`, ""},
	{"advice/eating.yaml", "id: R01…effort: low", "effort: low\n    needs: [‸herbs]", `no food tag has the id "herbs"`, ""},
	{"advice/eating.yaml", "id: R01…effort: low", "effort: low\n    with: [‸R88]", `no advice has the id "R88"`, ""},
	{"advice/eating.yaml", "id: R01…effort: low", "effort: low\n    not_with: [‸R88]", `no advice has the id "R88"`, ""},
	{"advice/eating.yaml", "id: R01…effort: low", "effort: low\n    ‸above: R88", `no advice has the id "R88"`, ""},
	{"advice/eating.yaml", "id: R01…effort: low", "effort: low\n    ‸instead: {of: R88, when: {is: no_fish}}", `no advice has the id "R88"`, ""},
	{"advice/eating.yaml", "id: R01…effort: low", "effort: low\n    instead: {of: R02, when: {‸is: no_fsh}}", `no label has the name "no_fsh"`, ""},
	{"advice/eating.yaml", "id: R01…effort: low", "effort: low\n    unless: {‸is: no_fsh}", `no label has the name "no_fsh"`, ""},
	{"advice/eating.yaml", "id: R01…effort: low", "effort: low\n    match: {‸spots: 1}", `no skin concern has the id "spots"`, ""},
	{"advice/eating.yaml", "id: R01…effort: low", "effort: low\n    skin_for: {‸acne: good}", `"acne": "good" is not a grade for a skin concern`, ""},
	{"advice/beyond.yaml", "first:\n      - when: {question: eating_pattern", "first:\n      - when: {‸question: eating", `no question has the id "eating"`, ""},
	{"advice/eating.yaml", "id: R01…- {question: plants}", "- {‸question: skin}", `"skin" is not a scored question`, ""},
	{"advice/eating.yaml", "id: R01…- {question: plants}", "- ‸{question: plants, pillar: diet}", "a trigger names one question or one pillar", ""},
	{"advice/eating.yaml", "id: R01…trigger:\n      - {question: plants}", "", "ranked advice needs a pillar and a trigger", "‸id: R01"},
	{"advice/eating.yaml", "id: R01…- id: histamine", "- ‸id: histamin", `"histamin" is no kind of eater, so this variant needs a when`, ""},
	{"advice/eating.yaml", "id: R10…when: {is: no_dairy}", "when: {‸is: no_diary}", `no label has the name "no_diary"`, ""},
	{"advice/eating.yaml", "id: R01…evidence: [E01]", "evidence: [‸E99]", `no evidence topic has the id "E99"`, ""},
	{"advice/eating.yaml", "id: R01…passages: [A17]", "passages: [‸A99]", `no passage has the id "A99"`, ""},
	{"advice/eating.yaml", "id: R01…passages: [A17]", "", "name the passages it is drawn from, or set beyond: true", "‸id: R01"},
	{"advice/eating.yaml", "id: R01…sources: [C19]", "sources: [‸C999]", `no source has the id "C999"`, ""},
	{"advice/eating.yaml", "id: R01…sources: [C19]", "", "name a source, or set judgement: true", "‸id: R01"},
	{"advice/eating.yaml", `id: R01…reviewed: "2026-11-22"`, `‸reviewed: "22 November"`, `"22 November" is not a date like "2026-11-22"`, ""},
	{"advice/eating.yaml", "id: R01…review_by:", `# review_by:`, `"" is not a date like "2026-11-22"`, "‸id: R01"},
	{"advice/eating.yaml", "id: R01…{said: plants}", "you eat plants", "quote the visitor's answer with {said: question}", "id: R01…‸why:"},
	{"advice/eating.yaml", "id: R01…do: >-\n", "‸do: >-\n      Peel an egg.\n", `"egg" gives away egg: put it in a food list, or let the advice need egg`, ""},
	{"advice/eating.yaml", "id: R01…notice: ", "‸notice: Try Gelatine. ", `"gelatine" gives away meat: put it in a food list, or let the advice need meat`, ""},
	{"advice/eating.yaml", "id: R01…- id: histamine\n        note: ", "- id: histamine\n        ‸note: Drink milk. ", `"milk" gives away milk: put it in a food list, or let the advice need milk`, ""},
	{"advice/eating.yaml", "id: R01…do: >-\n", "‸do: >-\n      Have {one: quinoa | tofo}.\n", `no food has the id "tofo"`, ""},
	{"advice/eating.yaml", "id: R01…do: >-\n", "‸do: >-\n      Have {if fluids: a drink}.\n", `no food tag has the id "fluids"`, ""},
	{"advice/eating.yaml", "id: R01…{one: herb | seeds | tinned_beans}", "{one: eggs}", "without egg nothing is left of {one: eggs}, add a food that everybody can have", "id: R01…‸do:"},

	// The register
	{"evidence.yaml", "\ntopics:…sources: [", "sources: [‸C999, ", `no source has the id "C999"`, ""},
	{"evidence.yaml", "\nthresholds:…sources: [", "sources: [‸C999, ", `no source has the id "C999"`, ""},
	{"sources.yaml", "id: C01…year: 2007", "‸year: 7", "a source needs its year", ""},
	{"sources.yaml", "id: C01…year: 2007", "", "a source needs its year", "‸id: C01"},
	{"passages.yaml", "evidence: [E26]", "evidence: [‸E99]", `no evidence topic has the id "E99"`, ""},
	{"conflicts.yaml", "uses: [S01", "uses: [‸S99", `no rule or advice has the id "S99"`, ""},
	{"sources.yaml", "  - id: C02", "  - {id: C01, year: 2000}\n  - id: C02", `"C01" is used twice, ids must be unique`, "‸id: C01"},
	{"regions.yaml", "id: us", "id: uk", `"uk" is used twice, ids must be unique`, "‸id: uk"},

	// Words
	{"topics/diet.yaml", "id: plants…text: ", "‸text: If you suffer, ", `"suffer" is a word we do not use, find a kinder one`, ""},
	{"topics/diet.yaml", "id: plants…hint:", "‸hint: Unhealthy #", `"Unhealthy" is a word we do not use, find a kinder one`, ""},
	{"evidence.yaml", "\ntopics:…name: ", "‸name: Skin disorders and ", `"disorders" is a word we do not use except in a name`, ""},
	{"advice/eating.yaml", "id: R01…title: ", "‸title: Cure it. ", `"Cure" promises more than anybody knows, say what may help or what is linked`, ""},
	{"regions.yaml", "id: uk…name: United Kingdom", "‸name: a b c d e f g h i j k l m n o p q r s t u", "a sentence has 21 words, keep to 20 at most", ""},
	{"topics/diet.yaml", "id: plants…short: ", "‸short: '' # ", `the text "short" is missing`, ""},
	{"topics/diet.yaml", "id: p10_19…said: ", "#said: ", `the text "said" is missing`, "- ‸id: p10_19"},
	{"topics/sleep.yaml", "id: sleep_hours…unit: hours", "‸unit: ''", `the text "unit" is missing`, ""},
	{"regions.yaml", "id: uk…urgent: ", "‸urgent: '' # ", `the text "urgent" is missing`, ""},
	{"advice/eating.yaml", "id: R01…title: ", "‸title: '' # ", `the text "title" is missing`, ""},
}

func TestBreakages(t *testing.T) {
	for _, b := range breakages {
		t.Run(b.file+" "+b.with, func(t *testing.T) {
			t.Parallel()
			files := copied(t)
			place := b.breaks(t, files)
			_, err := data.Load(files)
			if err == nil {
				t.Fatal("got no problem")
			}
			if got := err.Error(); !strings.HasPrefix(got, place+b.want) || strings.Contains(got, "\n") {
				t.Errorf("got\n%s\nwant\n%s%s", got, place, b.want)
			}
		})
	}
}

// breaks replaces the text and returns the place that must be named, "file:line:col: ".
func (b breakage) breaks(t *testing.T, files fstest.MapFS) string {
	t.Helper()
	body := text(t, files, b.file)
	from, to := span(t, body, b.find)
	with := strings.Replace(b.with, "‸", "", 1)
	files[b.file] = &fstest.MapFile{Data: []byte(body[:from] + with + body[to:])}
	if b.at == "" {
		return position(b.file, body[:from]+b.with[:max(0, strings.Index(b.with, "‸"))])
	}
	file, at, elsewhere := strings.Cut(b.at, "|")
	if !elsewhere {
		file, at = b.file, b.at
	}
	body = text(t, files, file)
	from, _ = span(t, body, strings.Replace(at, "‸", "", 1))
	before, _, _ := strings.Cut(at[strings.LastIndex("…"+at, "…"):], "‸")
	return position(file, body[:from]+before)
}

// position is the place right after a text, counted in lines and characters from 1.
func position(file, before string) string {
	line := before[strings.LastIndex(before, "\n")+1:]
	return fmt.Sprintf("%s:%d:%d: ", file, strings.Count(before, "\n")+1, utf8.RuneCountInString(line)+1)
}

// span finds "A…B": the first B after A.
func span(t *testing.T, body, find string) (from, to int) {
	t.Helper()
	for part := range strings.SplitSeq(find, "…") {
		at := strings.Index(body[to:], part)
		if at < 0 {
			t.Fatalf("%q does not stand here any more, choose another text to break", find)
		}
		from, to = to+at, to+at+len(part)
	}
	return from, to
}

func text(t *testing.T, files fstest.MapFS, name string) string {
	t.Helper()
	if files[name] == nil {
		t.Fatalf("there is no file %s", name)
	}
	return string(files[name].Data)
}

// copied is the shipped content, to be broken.
func copied(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(data.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(data.Files, name)
		files[name] = &fstest.MapFile{Data: body}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
