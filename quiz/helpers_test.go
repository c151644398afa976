package quiz_test

import (
	"testing"

	"gutskin/quiz"
)

// small is a questionnaire with one of everything: a stop, options that are not
// always offered, a question that depends on another one, each kind of question,
// excluded and skipping options, three pillars and one that is not scored.
func small(t testing.TB) *quiz.Questionnaire {
	t.Helper()
	q := &quiz.Questionnaire{
		Sections: []quiz.Section{{ID: "start", Name: "You"}, {ID: "days", Name: "Your days"}},
		Pillars: []quiz.Pillar{
			{ID: "food", Name: "Food", Weight: 50},
			{ID: "sleep", Name: "Sleep", Weight: 30},
			{ID: "water", Name: "Water", Weight: 20},
		},
		Bands: []quiz.Band{{ID: "start", From: 0}, {ID: "partway", From: 40}, {ID: "well", From: 80}},
		Rules: quiz.ScoreRules{PillarAnswered: 60, OverallPillars: 2, OverallWeight: 60, WideRange: 10},
		Labels: map[string]quiz.Condition{
			"vegan":   in("eats", "vegan"),
			"itchy":   in("skin", "eczema", "acne"),
			"scored":  {Pillar: "food", AtLeast: num(0)},
			"careful": {Any: []quiz.Condition{{Is: "vegan"}, in("eats", "nuts")}},
		},
		Gut:  []quiz.Signal{{ID: "some", When: in("sugar", "many")}},
		Skin: quiz.SkinLabels{Question: "skin", Professional: in("skin_detail", "lumps")},
		Stops: []quiz.Stop{
			{ID: "minor", After: "urgent", When: in("age", "child")},
		},
		Questions: []quiz.Question{
			one("age", opt("child"), opt("adult"), opt("old"), skip("pns")),
			many("urgent", opt("hurt"), exclusive("none"), skip("pns")),
			many("eats", opt("vegan"), opt("nuts"), opt("budget"), exclusive("none")),
			scored(one("sugar", points("many", 0), points("daily", 1), points("few", 3), points("rarely", 4)), "food", 3),
			scored(one("milk",
				offerIf(points("glass", 4), quiz.Condition{Not: &quiz.Condition{Is: "vegan"}}),
				points("none", 2), excluded("upset")), "food", 2),
			scored(quiz.Question{
				ID: "hours", Kind: quiz.Number, Options: []quiz.Option{excluded("varies")},
				Range: &quiz.Range{Min: 0, Max: 16, Step: 0.5, Steps: []quiz.Step{
					{From: num(0), Points: 0}, {From: num(5), Points: 1}, {From: num(6), Points: 2},
					{From: num(7), Points: 4, Good: "You sleep 7 hours or more."}, {Above: num(9), Points: 3},
				}},
			}, "sleep", 4),
			scored(based(many("evening", points("late", -1), points("screens", -1), points("drink", -1),
				points("moves", -1), points("shift", 0), exclusive("none")), 4), "sleep", 1),
			scored(quiz.Question{
				ID: "drinks", Kind: quiz.Number,
				Range: &quiz.Range{Min: 0, Max: 30, Whole: true, Steps: []quiz.Step{
					{From: num(0), Points: 0}, {From: num(3), Points: 1}, {From: num(6), Points: 4},
				}},
			}, "water", 6),
			scored(one("thirst", points("daily", 0), points("most", 1), points("rarely", 4), excluded("cant_tell")), "water", 4),
			many("skin", opt("acne"), opt("eczema"), exclusive("none"), skip("pns")),
			askIf(many("skin_detail", opt("mild"), offerIf(opt("lumps"), in("skin", "acne")),
				offerIf(opt("joints"), in("skin", "eczema")), exclusive("none")), quiz.Condition{Is: "itchy"}),
			askIf(one("helped", opt("yes"), opt("no")), quiz.Condition{All: []quiz.Condition{
				{Question: "skin_detail", Lacks: []string{"none"}}, {Not: &quiz.Condition{Question: "hours", Below: num(2)}},
			}}),
		},
	}
	q.Compile()
	if problems := q.Problems(); len(problems) > 0 {
		t.Fatalf("the questionnaire of these tests has problems: %v", problems)
	}
	return q
}

// settled answers every question of small's longest path.
func settled() quiz.Answers {
	return quiz.Answers{
		"age": quiz.Pick("adult"), "urgent": quiz.Pick("none"), "eats": quiz.Pick("budget"),
		"sugar": quiz.Pick("few"), "milk": quiz.Pick("glass"),
		"hours": quiz.Num(7.5), "evening": quiz.Pick("late", "screens"),
		"drinks": quiz.Num(4), "thirst": quiz.Pick("most"),
		"skin": quiz.Pick("acne", "eczema"), "skin_detail": quiz.Pick("mild", "lumps"), "helped": quiz.Pick("no"),
	}
}

func with(a quiz.Answers, id string, answer quiz.Answer) quiz.Answers {
	a[id] = answer
	return a
}

func num(n float64) *float64 { return &n }

func in(question string, options ...string) quiz.Condition {
	return quiz.Condition{Question: question, In: options}
}

func opt(id string) quiz.Option                { return quiz.Option{ID: id} }
func points(id string, points int) quiz.Option { return quiz.Option{ID: id, Points: points} }
func exclusive(id string) quiz.Option          { return quiz.Option{ID: id, Exclusive: true} }
func excluded(id string) quiz.Option           { return quiz.Option{ID: id, Excluded: true} }
func skip(id string) quiz.Option               { return quiz.Option{ID: id, Skip: true} }

func offerIf(o quiz.Option, c quiz.Condition) quiz.Option {
	o.OfferIf = &c
	return o
}

func one(id string, options ...quiz.Option) quiz.Question {
	return quiz.Question{ID: id, Kind: quiz.One, Beyond: true, Options: options}
}

func many(id string, options ...quiz.Option) quiz.Question {
	return quiz.Question{ID: id, Kind: quiz.Many, Beyond: true, Options: options}
}

func scored(x quiz.Question, pillar string, weight int) quiz.Question {
	x.Pillar, x.Weight, x.Beyond = pillar, weight, true
	return x
}

func based(x quiz.Question, base int) quiz.Question {
	x.Base = base
	return x
}

func askIf(x quiz.Question, c quiz.Condition) quiz.Question {
	x.AskIf = &c
	return x
}
