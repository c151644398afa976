package recommend_test

import (
	"fmt"
	"strings"
	"testing"

	"gutskin/quiz"
	"gutskin/recommend"
)

// steps gives what is offered as "question answer overall gain".
func steps(q *quiz.Questionnaire, b *recommend.Book, answers string) string {
	var list []string
	for _, c := range recommend.WhatIf(q, b, recommend.Assess(q, b, reading(answers)), nil, 0) {
		list = append(list, fmt.Sprintf("%s %s %d", c.Question, strings.Join(c.To.Values(), ","), c.Move(quiz.Overall).Gain()))
	}
	return strings.Join(list, "; ")
}

// stepQuiz has a question of each kind whose points go up and down.
func stepQuiz() *quiz.Questionnaire {
	q := smallQuiz()
	never := option("never", 4, "", "")
	never.Excluded = true
	unsure := option("unsure", 4, "", "")
	unsure.Skip = true
	late := option("late", 4, "", "")
	itch := in("skin", "itch")
	late.OfferIf = &itch
	none := option("none", 0, "", "")
	none.Exclusive = true
	ticks := question("ticks", "resting", 1,
		option("phone", -1, "", ""), option("shift", 0, "", ""), option("book", 2, "", ""), none)
	ticks.Kind, ticks.Base = quiz.Many, 2
	hours := question("hours", "resting", 1)
	hours.Kind = quiz.Number
	hours.Range = &quiz.Range{Max: 16, Step: 0.5, Steps: []quiz.Step{
		{From: number(0), Points: 0}, {From: number(6), Points: 2}, {From: number(7), Points: 4}, {Above: number(9), Points: 3}, {From: number(12), Points: 1},
	}}
	q.Pillars = []quiz.Pillar{{ID: "eating", Weight: 30}, {ID: "drinking", Weight: 30}, {ID: "resting", Weight: 40}}
	q.Questions = append(q.Questions,
		question("pace", "resting", 1, option("slow", 1, "", ""), option("fast", 3, "", ""), option("calm", 3, "", ""), never, option("worse", 0, "", ""), late, unsure),
		ticks, hours)
	q.Compile()
	return q
}

func TestSteps(t *testing.T) {
	b := smallBook(
		tip("pace", "resting", "pace", "slow", "fast", "calm", "worse"),
		edit(tip("bed", "resting", "hours"), func(a *recommend.Advice) { a.When = quiz.Condition{Question: "hours", AtLeast: number(0)} }),
		edit(tip("screen", "resting", "ticks"), func(a *recommend.Advice) {
			a.When = quiz.Condition{Any: []quiz.Condition{in("ticks", "phone"), {Question: "ticks", Lacks: []string{"book"}}}}
		}),
	)
	for answers, want := range map[string]string{
		"pace=slow hours=8 ticks=book":             "pace fast 17",
		"pace=worse hours=8 ticks=book":            "pace slow 8", // fewest points first, not the nearest in the list
		"pace=calm hours=8 ticks=book":             "",            // the only better one is not offered
		"pace=calm hours=8 ticks=book skin=itch":   "pace late 8",
		"pace=unsure hours=8 ticks=book":           "",
		"pace=never hours=8 ticks=book":            "",
		"pace=calm hours=4 ticks=book":             "hours 6 17",
		"pace=calm hours=6.5 ticks=book":           "hours 7 17",
		"pace=calm hours=9.5 ticks=book":           "hours 9 9",
		"pace=calm hours=12 ticks=book":            "hours 11.5 16",
		"pace=calm hours=8 ticks=book,phone":       "ticks book 9",
		"pace=calm hours=8 ticks=phone":            "ticks phone,book 16; ticks none 8",
		"pace=calm hours=8 ticks=phone,shift":      "ticks phone,shift,book 16; ticks shift 8",
		"pace=calm hours=8 ticks=none":             "ticks book 17",
		"pace=calm hours=8 ticks=":                 "",
		"pace=slow":                                "", // too little is answered for a number
		"pace=slow hours=8 ticks=book health=fall": "",
	} {
		got := steps(stepQuiz(), b, answers)
		same(t, answers, got, want)
	}
}

// A step that would make a rule speak, fall silent, speak louder or hold more is none;
// nor is one on a topic where an idea is held, cautioned or does not fit.
func TestStepsAndRules(t *testing.T) {
	greens, sweets := tip("greens", "eating", "greens", "no", "some"), tip("sweets", "eating", "sweets", "often")
	rule := func(level recommend.Level, when quiz.Condition, change func(*recommend.Rule)) recommend.Rule {
		r := recommend.Rule{ID: "X1", Level: level, When: when}
		change(&r)
		return r
	}
	dip := onShelf(recommend.Companion, tip("dip", "", "greens", "some"))
	as := func(*recommend.Rule) {}
	fits := func(*recommend.Advice) {}
	for _, c := range []struct {
		about  string
		rule   recommend.Rule
		advice func(*recommend.Advice) // of greens
		want   string
	}{
		{"no rule", rule(recommend.Note, in("health", "fall"), as), fits, "greens some 33; sweets rare 33"},
		{"it would speak", rule(recommend.Note, in("greens", "some"), as), fits, "sweets rare 33"},
		{"it would speak, silently", rule(recommend.Note, in("greens", "some"), func(r *recommend.Rule) { r.Silent = true }), fits, "sweets rare 33"},
		{"it would fall silent", rule(recommend.Note, in("greens", "no"), as), fits, "sweets rare 33"},
		{"a case would be added", rule(recommend.Note, in("skin", "itch"), func(r *recommend.Rule) {
			r.Cases = []recommend.Case{{When: in("greens", "some"), Level: recommend.Urgent}}
		}), fits, "sweets rare 33"},
		{"held", rule(recommend.Note, in("skin", "itch"), func(r *recommend.Rule) { r.Hold = []string{"greens"} }), fits, "sweets rare 33"},
		{"cautioned", rule(recommend.Note, in("skin", "itch"), func(r *recommend.Rule) { r.Caution = []string{"greens"} }), fits, "sweets rare 33"},
		{"a food it needs is banned", rule(recommend.Note, in("skin", "itch"), func(r *recommend.Rule) { r.Without = []string{"soy"} }),
			func(a *recommend.Advice) { a.Needs = []string{"soy"} }, "sweets rare 33"},
		{"it would call for an idea that is held", rule(recommend.Note, in("skin", "itch"), func(r *recommend.Rule) { r.Hold = []string{"dip"} }), fits, "sweets rare 33"},
		{"it does not fit", rule(recommend.Note, in("health", "fall"), as), func(a *recommend.Advice) {
			itch := in("skin", "itch")
			a.Unless = &itch
		}, "sweets rare 33"},
		{"hidden", rule(recommend.Note, in("skin", "itch"), func(r *recommend.Rule) { r.Hide = []string{"eating"} }), fits, ""},
		{"withheld", rule(recommend.Note, in("skin", "itch"), func(r *recommend.Rule) { r.Withhold = true }), fits, ""},
	} {
		b := smallBook(edit(greens, c.advice), sweets, dip)
		b.Rules = []recommend.Rule{c.rule}
		b.Compile()
		same(t, c.about, steps(smallQuiz(), b, "skin=itch greens=no sweets=often"), c.want)
	}
}

// Without an idea there is nothing to suggest; it is still for trying out.
func TestSignsAreTriedAndNotSuggested(t *testing.T) {
	b := smallBook(tip("greens", "eating", "greens", "no"))
	r := recommend.Assess(smallQuiz(), b, reading("greens=no sweets=often cups=2"))
	same(t, "suggested", steps(smallQuiz(), b, "greens=no sweets=often cups=2"), "greens some 20")
	sameList(t, "tried", recommend.Tryable(smallQuiz(), b, r), "greens", "sweets", "cups")
	c := recommend.WhatIf(smallQuiz(), b, r, nil, 0)[0]
	sameList(t, "ideas", c.Ideas, "greens")
	sameList(t, "go", c.Go, "greens")
	same(t, "ticked away", len(recommend.WhatIf(smallQuiz(), b, r, map[string]bool{"greens": true}, 0)), 0)
}

// An answer that made a rule speak is not tried away, whatever the rule holds; one that
// makes a rule speak is, and its report says so.
func TestTryKeepsEveryRule(t *testing.T) {
	q, b := smallQuiz(), book()
	b.Rules = []recommend.Rule{
		{ID: "X1", Level: recommend.Note, When: in("greens", "no"), Effect: recommend.Effect{Hold: []string{"see"}},
			Cases: []recommend.Case{{When: quiz.Condition{Question: "cups", Below: number(2)}, Effect: recommend.Effect{Without: []string{"soy"}}}}},
		{ID: "X2", Level: recommend.Urgent, When: in("sweets", "rare"), Effect: recommend.Effect{Withhold: true}},
	}
	b.Compile()
	r := recommend.Assess(q, b, reading("greens=no sweets=often cups=1"))
	for _, c := range []struct{ changes, want string }{
		{"greens=some", "not for trying out: greens; leave these answers as they are"},
		{"cups=3", "not for trying out: cups; leave these answers as they are"},
		{"sweets=rare", "X2 urgent; X1 note; "},
	} {
		got, err := recommend.Try(q, b, r, reading(c.changes))
		said := care(got)
		if err != nil {
			said = err.Error()
		}
		same(t, c.changes, said, c.want)
	}
}

// What is tried leaves the report it starts from as it was.
func TestTryLeavesTheReport(t *testing.T) {
	q, b := smallQuiz(), book()
	r := recommend.Assess(q, b, reading("greens=no sweets=often cups=2"))
	got, err := recommend.Try(q, b, r, quiz.Answers{"greens": quiz.Pick("lots"), "cups": quiz.Num(6)})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "tried", got.Scores[2].Value, 80)
	same(t, "before", fmt.Sprint(r.Answers["greens"].Picked, *r.Answers["cups"].Number), "[no] 2")
	if got.Edition != "" || !got.TakenAt.IsZero() {
		t.Errorf("a trial has edition %q and date %v, as if it were to be kept", got.Edition, got.TakenAt)
	}
}
