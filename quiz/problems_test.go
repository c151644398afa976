package quiz_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gutskin/quiz"
)

// Each case breaks small in one place; exactly this must be reported.
func TestProblems(t *testing.T) {
	question := func(id string, change func(*quiz.Question)) func(*quiz.Questionnaire) {
		return func(q *quiz.Questionnaire) { change(q.Question(id)) }
	}
	ask := func(c quiz.Condition) func(*quiz.Questionnaire) {
		return question("skin", func(x *quiz.Question) { x.AskIf = &c })
	}
	label := func(c quiz.Condition) func(*quiz.Questionnaire) {
		return func(q *quiz.Questionnaire) { q.Labels["vegan"] = c }
	}
	scoredLabel := func(c quiz.Condition) func(*quiz.Questionnaire) {
		return func(q *quiz.Questionnaire) { q.Labels["scored"] = c }
	}
	const (
		forms = "a condition has exactly one form (all, any, not, is, question or pillar), this one has "
		tests = "a question is tested by in, by lacks, or by below and at_least"
		empty = "this list is empty, fill it or take it out"
		early = "this is decided before anything is scored and may not look at a pillar"
	)
	cases := []struct {
		name   string
		breaks func(*quiz.Questionnaire)
		want   []string
	}{
		{"section without id", func(q *quiz.Questionnaire) { q.Sections[1].ID = "" }, []string{"sections.1: this entry has no id, give it one"}},
		{"section twice", func(q *quiz.Questionnaire) { q.Sections[1].ID = "start" }, []string{`sections.start: "start" is used twice, ids must be unique`}},
		{"section skip_if", func(q *quiz.Questionnaire) { c := is("x"); q.Sections[1].SkipIf = &c }, []string{`sections.days.skip_if.is: no label has the name "x"`}},
		{"question twice", func(q *quiz.Questionnaire) { q.Questions[11].ID = "thirst" }, []string{`questions.thirst: "thirst" is used twice, ids must be unique`}},
		{"option twice", question("age", func(x *quiz.Question) { x.Options[2].ID = "child" }), []string{`questions.age.options.child: "child" is used twice, ids must be unique`}},
		{"band twice", func(q *quiz.Questionnaire) { q.Bands[1].ID = "start" }, []string{`bands.start: "start" is used twice, ids must be unique`}},
		{"gut signal twice", func(q *quiz.Questionnaire) { q.Gut = append(q.Gut, q.Gut[0]) }, []string{`gut_signals.some: "some" is used twice, ids must be unique`}},
		{"stop twice", func(q *quiz.Questionnaire) { q.Stops = append(q.Stops, q.Stops[0]) }, []string{`stops.minor: "minor" is used twice, ids must be unique`}},

		{"no bands", func(q *quiz.Questionnaire) { q.Bands = nil }, []string{"bands: there is no band, give at least one that starts at 0"}},
		{"bands from 1", func(q *quiz.Questionnaire) { q.Bands[0].From = 1 }, []string{"bands.start.from: the first band starts at 1, it must start at 0"}},
		{"bands do not ascend", func(q *quiz.Questionnaire) { q.Bands[2].From = 40 }, []string{"bands.well.from: bands must ascend, but 40 does not come after 40"}},
		{"a band nobody reaches", func(q *quiz.Questionnaire) { q.Bands[2].From = 101 }, []string{"bands.well.from: no score reaches 101, bands start at 0 to 100"}},

		{"pillar weights", func(q *quiz.Questionnaire) { q.Pillars[0].Weight = 49 }, []string{"pillars: the weights add up to 99, they must add up to 100"}},
		{"pillar without weight", func(q *quiz.Questionnaire) { q.Pillars[0].Weight, q.Pillars[1].Weight = 0, 80 }, []string{"pillars.food.weight: the weight is 0, it must be at least 1"}},
		{"pillar called overall", func(q *quiz.Questionnaire) {
			q.Pillars[2].ID, q.Question("drinks").Pillar, q.Question("thirst").Pillar = "overall", "overall", "overall"
		}, []string{`pillars.overall: "overall" is the name of the overall score, choose another`}},
		{"pillar without questions", func(q *quiz.Questionnaire) {
			q.Pillars[2].ID, q.Question("drinks").Pillar, q.Question("thirst").Pillar = "wet", "", ""
		}, []string{`pillars.wet: no question is scored in "wet", score one or take the pillar out`}},
		{"question weights too large", question("milk", func(x *quiz.Question) { x.Weight = 98 }), []string{"pillars.food: the weights of its questions add up to 101, keep them within 100"}},
		{"too many pillars", func(q *quiz.Questionnaire) {
			for _, id := range []string{"sugar", "milk", "hours", "evening"} {
				q.Question(id).Pillar = id
				q.Pillars = append(q.Pillars, quiz.Pillar{ID: id, Weight: 20})
			}
			q.Pillars = append(q.Pillars[2:], quiz.Pillar{ID: "age", Weight: 0}, quiz.Pillar{ID: "eats"})
		}, []string{
			"pillars.age.weight: the weight is 0, it must be at least 1", "pillars.eats.weight: the weight is 0, it must be at least 1",
			"pillars: there are 7 pillars, keep to 6 at most",
			`labels.scored.pillar: no pillar has the id "food"`,
		}},

		{"no score rules", func(q *quiz.Questionnaire) { q.Rules = quiz.ScoreRules{} }, []string{
			"score_rules.pillar_answered: this is 0, it must be 1 to 100", "score_rules.overall_pillars: this is 0, it must be 1 to 3",
			"score_rules.overall_weight: this is 0, it must be 1 to 100", "score_rules.wide_range: this is 0, it must be 1 to 100"}},
		{"an overall score nobody gets", func(q *quiz.Questionnaire) { q.Rules.OverallPillars = 4 }, []string{"score_rules.overall_pillars: this is 4, it must be 1 to 3"}},

		{"kind", question("age", func(x *quiz.Question) { x.Kind = "slider" }), []string{`questions.age.kind: the kind is "slider", it must be one, many or number`}},
		{"number without range", question("hours", func(x *quiz.Question) { x.Range, x.Options = nil, append(x.Options, opt("b")) }), []string{
			"questions.hours: a question of kind number needs a range, and no other kind has one",
			`questions.helped.ask_if.all.1.not: "hours" is not a number, test it by in or lacks`}},
		{"range without number", question("age", func(x *quiz.Question) { x.Range = &quiz.Range{Max: 1} }), []string{"questions.age: a question of kind number needs a range, and no other kind has one"}},
		{"range upside down", question("hours", func(x *quiz.Question) { x.Range.Max = -1 }), []string{"questions.hours.range: min is 0, it must be below max, which is -1"}},
		{"too many options", question("skin", func(x *quiz.Question) {
			for i := range 62 {
				x.Options = append(x.Options, opt(fmt.Sprint("o", i)))
			}
		}), []string{"questions.skin: there are 66 options, keep to 64 at most"}},
		{"one option", question("helped", func(x *quiz.Question) { x.Options = x.Options[:1] }), []string{"questions.helped: a question needs at least 2 options"}},
		{"from nowhere", question("age", func(x *quiz.Question) { x.Beyond = false }), []string{"questions.age: name the passages of the article it is drawn from, or set beyond: true"}},
		{"unknown pillar", question("milk", func(x *quiz.Question) { x.Pillar = "fod" }), []string{`questions.milk.pillar: no pillar has the id "fod"`}},
		{"no weight", question("milk", func(x *quiz.Question) { x.Weight = 0 }), []string{"questions.milk.weight: the weight is 0, a scored question needs at least 1"}},
		{"too many points", question("milk", func(x *quiz.Question) { x.Options[0].Points = 5 }), []string{"questions.milk.options.glass.points: gives 5 points, it must be 0 to 4"}},
		{"too few points", question("milk", func(x *quiz.Question) { x.Options[0].Points = -1 }), []string{"questions.milk.options.glass.points: gives -1 points, it must be 0 to 4"}},
		{"more than the base has", question("evening", func(x *quiz.Question) { x.Options[0].Points = -5 }), []string{"questions.evening.options.late.points: gives -1 points, it must be 0 to 4"}},
		{"base of one option", question("milk", func(x *quiz.Question) { x.Base = 1 }), []string{"questions.milk.base: only a question of kind many starts from a base"}},
		{"step points", question("hours", func(x *quiz.Question) { x.Range.Steps[1].Points = 5 }), []string{"questions.hours.range.steps.1.points: gives 5 points, it must be 0 to 4"}},
		{"step with neither", question("hours", func(x *quiz.Question) { x.Range.Steps[4].Above = nil }), []string{"questions.hours.range.steps.4: a step has either from or above"}},
		{"step with both", question("hours", func(x *quiz.Question) { x.Range.Steps[4].From = num(9) }), []string{"questions.hours.range.steps.4: a step has either from or above"}},
		{"steps do not ascend", question("hours", func(x *quiz.Question) { x.Range.Steps[2].From = num(5) }), []string{"questions.hours.range.steps.2: steps must ascend"}},
		{"steps begin late", question("hours", func(x *quiz.Question) { x.Range.Steps[0].From = num(1) }), []string{"questions.hours.range.steps: the first step must start at 0 or below"}},
		{"no steps", question("hours", func(x *quiz.Question) { x.Range.Steps = nil }), []string{"questions.hours.range.steps: the first step must start at 0 or below"}},

		{"scored and lasting", question("milk", func(x *quiz.Question) { x.Lasting = true }), []string{"questions.milk.lasting: a scored question is asked each time, take lasting out"}},
		{"asked anew and lasting", func(q *quiz.Questionnaire) {
			q.AskAnew, q.Question("urgent").Lasting, q.Question("eats").Lasting = []string{"urgent"}, true, true
		}, []string{`questions.urgent.lasting: ask_anew says that "urgent" is asked each time, take lasting out`}},
		{"asked anew and unknown", func(q *quiz.Questionnaire) { q.AskAnew = []string{"shoe"} }, []string{`ask_anew: no question has the id "shoe"`}},

		{"stop after nothing", func(q *quiz.Questionnaire) { q.Stops[0].After = "x" }, []string{`stops.minor.after: no question has the id "x"`}},
		{"stop looks ahead", func(q *quiz.Questionnaire) { q.Stops[0].When = in("sugar", "many") }, []string{
			`stops.minor.when: this looks ahead to "sugar", a condition here may only look at earlier questions`}},
		{"stop looks at its own question", func(q *quiz.Questionnaire) { q.Stops[0].When = in("urgent", "hurt") }, nil},
		{"gut signal", func(q *quiz.Questionnaire) { q.Gut[0].When = in("gut", "x") }, []string{`gut_signals.some.when.question: no question has the id "gut"`}},
		{"gut signal of a score", func(q *quiz.Questionnaire) { q.Gut[0].When = quiz.Condition{Pillar: "food", Below: num(1)} }, []string{"gut_signals.some.when.pillar: " + early}},
		{"skin signal", func(q *quiz.Questionnaire) { q.Skin.Question = "sikn" }, []string{`skin_signals.question: no question has the id "sikn"`}},
		{"skin professional", func(q *quiz.Questionnaire) { q.Skin.Professional = quiz.Condition{} }, []string{"skin_signals.professional: " + forms + "0"}},

		{"no form", ask(quiz.Condition{}), []string{"questions.skin.ask_if: " + forms + "0"}},
		{"two forms", ask(quiz.Condition{Question: "age", In: []string{"child"}, Is: "vegan"}), []string{"questions.skin.ask_if: " + forms + "2"}},
		{"no form, inside", ask(all(in("age", "old"), not(quiz.Condition{}))), []string{"questions.skin.ask_if.all.1.not: " + forms + "0"}},
		{"unknown question", ask(some(in("shoe", "x"))), []string{`questions.skin.ask_if.any.0.question: no question has the id "shoe"`}},
		{"unknown option", ask(in("age", "old", "teen")), []string{`questions.skin.ask_if.in.teen: "age" has no option "teen"`}},
		{"unknown option lacking", ask(lacks("age", "teen")), []string{`questions.skin.ask_if.lacks.teen: "age" has no option "teen"`}},
		{"an option that is a skip", ask(in("age", "pns")), []string{`questions.skin.ask_if.in.pns: "pns" counts as not answered, no condition can look for it`}},
		{"no test", ask(quiz.Condition{Question: "age"}), []string{"questions.skin.ask_if: " + tests}},
		{"two tests", ask(quiz.Condition{Question: "age", In: []string{"old"}, Lacks: []string{"child"}}), []string{"questions.skin.ask_if: " + tests}},
		{"a bound over options", ask(below("age", 3)), []string{`questions.skin.ask_if: "age" is not a number, test it by in or lacks`}},
		{"empty in", ask(quiz.Condition{Question: "age", In: []string{}}), []string{"questions.skin.ask_if.in: " + empty}},
		{"empty lacks", ask(quiz.Condition{Question: "age", Lacks: []string{}}), []string{"questions.skin.ask_if.lacks: " + empty}},
		{"empty all", ask(quiz.Condition{All: []quiz.Condition{}}), []string{"questions.skin.ask_if.all: " + empty}},
		{"empty any", ask(quiz.Condition{Any: []quiz.Condition{}}), []string{"questions.skin.ask_if.any: " + empty}},
		{"a test of nothing", ask(quiz.Condition{Is: "vegan", In: []string{"old"}}), []string{
			"questions.skin.ask_if: in, lacks, below and at_least test a question or a pillar, name it"}},
		{"looks ahead", question("age", func(x *quiz.Question) { c := in("skin", "acne"); x.AskIf = &c }), []string{
			`questions.age.ask_if: this looks ahead to "skin", a condition here may only look at earlier questions`}},
		{"looks at itself", ask(in("skin", "acne")), []string{
			`questions.skin.ask_if: this looks ahead to "skin", a condition here may only look at earlier questions`}},
		{"looks ahead through a label", question("age", func(x *quiz.Question) { c := is("itchy"); x.Options[0].OfferIf = &c }), []string{
			`questions.age.options.child.offer_if: this looks ahead to "skin", a condition here may only look at earlier questions`}},
		{"looks at a score", ask(quiz.Condition{Pillar: "food", Below: num(40)}), []string{"questions.skin.ask_if.pillar: " + early}},
		{"looks at a score through a label", ask(is("scored")), []string{
			`questions.skin.ask_if.is: this is decided before anything is scored, and "scored" looks at a pillar`}},
		{"unknown label", ask(is("vegn")), []string{`questions.skin.ask_if.is: no label has the name "vegn"`}},

		{"label of itself", label(is("vegan")), []string{"labels.vegan: this label leads back to itself, break the circle"}},
		{"labels in a circle", label(not(is("careful"))), []string{
			"labels.vegan: this label leads back to itself, break the circle", "labels.careful: this label leads back to itself, break the circle"}},
		{"a circle elsewhere", func(q *quiz.Questionnaire) {
			q.Labels["a"], q.Labels["b"], q.Labels["c"] = all(is("vegan"), is("b")), some(is("c")), all(is("b"))
		}, []string{"labels.b: this label leads back to itself, break the circle", "labels.c: this label leads back to itself, break the circle"}},
		{"label of an unknown pillar", scoredLabel(quiz.Condition{Pillar: "fod", Below: num(1)}), []string{`labels.scored.pillar: no pillar has the id "fod"`}},
		{"label of the overall score", scoredLabel(quiz.Condition{Pillar: quiz.Overall, Below: num(40)}), nil},
		{"pillar without a bound", scoredLabel(quiz.Condition{Pillar: "food"}), []string{"labels.scored: a pillar is compared by below or at_least"}},
		{"pillar with options", scoredLabel(quiz.Condition{Pillar: "food", Below: num(1), In: []string{"x"}}), []string{"labels.scored: a pillar is compared by below or at_least"}},

		{"several at once", func(q *quiz.Questionnaire) { q.Bands[0].From, q.Question("milk").Weight = 1, 0 }, []string{
			"bands.start.from: the first band starts at 1, it must start at 0", "questions.milk.weight: the weight is 0, a scored question needs at least 1"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			q := small(t)
			c.breaks(q)
			q.Compile()
			var got []string
			for _, p := range q.Problems() {
				got = append(got, p.Path+": "+p.Text)
			}
			slices.Sort(got)
			slices.Sort(c.want)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// Labels that fan out to each other make a great many paths; each is entered once.
func TestProblemsOfManyLabels(t *testing.T) {
	q := small(t)
	q.Labels["l0"] = in("age", "old")
	for i := range 60 {
		lower := is("l" + string(rune('0'+i)))
		q.Labels["l"+string(rune('1'+i))] = all(lower, lower, lower)
	}
	if problems := q.Problems(); len(problems) > 0 {
		t.Errorf("got %v, want none", problems)
	}
}

func TestEachText(t *testing.T) {
	q := small(t)
	texts := map[string]*string{}
	q.EachText(func(path string, text *string) {
		if texts[path] != nil {
			t.Errorf("%s is named twice", path)
		}
		texts[path] = text
	})
	for path, want := range map[string]*string{
		"sections.days.name":                 &q.Sections[1].Name,
		"pillars.food.basis":                 &q.Pillars[0].Basis,
		"bands.well.name":                    &q.Bands[2].Name,
		"gut_signals.some.name":              &q.Gut[0].Name,
		"skin_signals.professional_name":     &q.Skin.ProfessionalName,
		"questions.age.again":                &q.Question("age").Again,
		"questions.age.options.old.said":     &q.Question("age").Option("old").Said,
		"questions.hours.range.unit":         &q.Question("hours").Range.Unit,
		"questions.hours.range.said_one":     &q.Question("hours").Range.SaidOne,
		"questions.hours.range.steps.3.good": &q.Question("hours").Range.Steps[3].Good,
	} {
		if texts[path] != want {
			t.Errorf("%s is not the text itself", path)
		}
	}
}

func TestLookups(t *testing.T) {
	q := small(t)
	if q.Question("x") != nil || q.Pillar("x") != nil || q.Section("x") != nil || q.Question("age").Option("x") != nil {
		t.Error("something was found under an id that nobody has")
	}
	if q.Question("milk").ID != "milk" || q.Pillar("water").Weight != 20 || q.Section("days").Name != "Your days" {
		t.Error("an id leads to something else")
	}
	if !q.Question("milk").Scored() || q.Question("skin").Scored() {
		t.Error("milk is scored and skin is not")
	}
}
