package quiz_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gutskin/quiz"
)

func not(c quiz.Condition) quiz.Condition     { return quiz.Condition{Not: &c} }
func all(c ...quiz.Condition) quiz.Condition  { return quiz.Condition{All: c} }
func some(c ...quiz.Condition) quiz.Condition { return quiz.Condition{Any: c} }
func is(label string) quiz.Condition          { return quiz.Condition{Is: label} }

func lacks(question string, options ...string) quiz.Condition {
	return quiz.Condition{Question: question, Lacks: options}
}

func below(question string, n float64) quiz.Condition {
	return quiz.Condition{Question: question, Below: &n}
}

func atLeast(question string, n float64) quiz.Condition {
	return quiz.Condition{Question: question, AtLeast: &n}
}

func TestHolds(t *testing.T) {
	answers := quiz.Answers{
		"age": quiz.Pick("adult"), "eats": quiz.Pick("vegan", "nuts"),
		"hours": quiz.Num(7.5), "drinks": quiz.Num(0), "evening": quiz.Answer{}, "milk": quiz.Pick("upset"),
	}
	scores := []quiz.Score{
		{Pillar: "food", State: quiz.Scored, Figures: &quiz.Figures{Value: 40, Low: 40, High: 40}},
		{Pillar: "sleep", State: quiz.Incomplete},
		{Pillar: quiz.Overall, State: quiz.Scored, Figures: &quiz.Figures{Value: 79, Low: 70, High: 90}},
	}
	picked := func(question, option string) quiz.Reason { return quiz.Reason{Question: question, Value: option} }
	vegan, nuts := picked("eats", "vegan"), picked("eats", "nuts")
	cases := []struct {
		name string
		when quiz.Condition
		want bool
		why  []quiz.Reason
	}{
		{"in: picked", in("age", "adult", "old"), true, []quiz.Reason{picked("age", "adult")}},
		{"in: not picked", in("age", "child"), false, nil},
		{"in: every pick is a reason, in the order of the answer", in("eats", "nuts", "vegan"), true, []quiz.Reason{vegan, nuts}},
		{"in: never answered", in("sugar", "many"), false, nil},
		{"in: skipped", in("evening", "late"), false, nil},
		{"in: a number is no option", in("hours", "varies"), false, nil},

		{"lacks: answered without it", lacks("eats", "budget"), true, []quiz.Reason{{Question: "eats", Lacks: "budget"}}},
		{"lacks: answered with one of them", lacks("eats", "budget", "nuts"), false, nil},
		{"lacks: never answered", lacks("sugar", "many"), false, nil},
		{"lacks: skipped", lacks("evening", "late"), false, nil},
		{"lacks: a number lacks every option", lacks("hours", "varies"), true, []quiz.Reason{{Question: "hours", Lacks: "varies"}}},

		{"below", below("hours", 8), true, []quiz.Reason{picked("hours", "7.5")}},
		{"below is exclusive", below("hours", 7.5), false, nil},
		{"at least is inclusive", atLeast("hours", 7.5), true, []quiz.Reason{picked("hours", "7.5")}},
		{"at least: too little", atLeast("hours", 7.6), false, nil},
		{"zero is a number", below("drinks", 1), true, []quiz.Reason{picked("drinks", "0")}},
		{"both bounds", quiz.Condition{Question: "hours", AtLeast: num(7), Below: num(8)}, true, []quiz.Reason{picked("hours", "7.5")}},
		{"both bounds: outside", quiz.Condition{Question: "hours", AtLeast: num(5), Below: num(7)}, false, nil},
		{"a bound over a question left out", below("thirst", 99), false, nil},
		{"a bound over an option", below("milk", 99), false, nil},

		{"pillar below", quiz.Condition{Pillar: "food", Below: num(41)}, true, []quiz.Reason{{Pillar: "food", Value: "40"}}},
		{"pillar below is exclusive", quiz.Condition{Pillar: "food", Below: num(40)}, false, nil},
		{"pillar at least", quiz.Condition{Pillar: "food", AtLeast: num(40)}, true, []quiz.Reason{{Pillar: "food", Value: "40"}}},
		{"overall", quiz.Condition{Pillar: quiz.Overall, Below: num(80)}, true, []quiz.Reason{{Pillar: "overall", Value: "79"}}},
		{"a pillar without a number", quiz.Condition{Pillar: "sleep", Below: num(101)}, false, nil},
		{"a pillar that was not scored", quiz.Condition{Pillar: "water", AtLeast: num(0)}, false, nil},

		{"is", is("vegan"), true, []quiz.Reason{vegan}},
		{"is: does not hold", is("itchy"), false, nil},
		{"is, through a label", is("careful"), true, []quiz.Reason{vegan, nuts}},

		{"all", all(in("age", "adult"), is("vegan")), true, []quiz.Reason{picked("age", "adult"), vegan}},
		{"all: one does not hold", all(in("age", "adult"), in("eats", "budget")), false, nil},
		{"any: reasons only from what held", some(in("age", "child"), in("eats", "nuts")), true, []quiz.Reason{nuts}},
		{"any: none holds", some(in("age", "child"), in("eats", "budget")), false, nil},
		{"a leaf is a reason once", all(is("vegan"), some(in("eats", "vegan"), is("careful"))), true, []quiz.Reason{vegan, nuts}},

		{"not", not(in("age", "child")), true, nil},
		{"not: it does hold", not(in("age", "adult")), false, nil},
		{"not of a question left out holds", not(in("evening", "late")), true, nil},
		{"not of a question never asked holds", not(in("sugar", "many")), true, nil},
		{"no reason under not, not even twice", not(not(in("age", "adult"))), true, nil},
		{"not beside a leaf", all(in("age", "adult"), not(is("itchy"))), true, []quiz.Reason{picked("age", "adult")}},
	}
	q := small(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, why := q.Holds(&c.when, answers, scores)
			if got != c.want {
				t.Errorf("holds: got %v, want %v", got, c.want)
			}
			if diff := cmp.Diff(c.why, why); diff != "" {
				t.Errorf("reasons (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHoldsBeforeScoring(t *testing.T) {
	when := quiz.Condition{Pillar: "food", Below: num(101)}
	if got, _ := small(t).Holds(&when, settled(), nil); got {
		t.Error("a pillar leaf held before anything was scored")
	}
}

// While a question is open, what depends on it is open too: it counts towards the
// longest path until the answers decide it. Each condition here decides whether a
// third question is asked; the first two are one and two.
func TestOpenQuestionsLeaveConditionsOpen(t *testing.T) {
	yes, no := quiz.Pick("yes"), quiz.Pick("no")
	a, b := in("a", "yes"), in("b", "yes")
	const (
		asked = "asked"
		open  = "open"
		out   = "out"
	)
	cases := []struct {
		name    string
		when    quiz.Condition
		answers quiz.Answers
		want    string
	}{
		{"leaf, nothing answered", a, nil, open},
		{"leaf, yes", a, quiz.Answers{"a": yes}, asked},
		{"leaf, no", a, quiz.Answers{"a": no}, out},
		{"leaf, skipped", a, quiz.Answers{"a": {}}, out},
		{"lacks, nothing answered", lacks("a", "no"), nil, open},
		{"lacks, yes", lacks("a", "no"), quiz.Answers{"a": yes}, asked},
		{"lacks, skipped", lacks("a", "no"), quiz.Answers{"a": {}}, out},

		{"all, one holds and one is open", all(a, b), quiz.Answers{"a": yes}, open},
		{"all, one is decided against", all(a, b), quiz.Answers{"a": no}, out},
		{"all, both hold", all(a, b), quiz.Answers{"a": yes, "b": yes}, asked},
		{"any, one holds", some(a, b), quiz.Answers{"a": yes}, asked},
		{"any, one is open", some(a, b), quiz.Answers{"a": no}, open},
		{"any, none holds", some(a, b), quiz.Answers{"a": no, "b": no}, out},
		{"label", is("both"), quiz.Answers{"b": yes}, open},
		{"label, decided", is("both"), quiz.Answers{"b": {}}, out},

		// Not over an open question is asked at once, and may still be taken back.
		{"not, nothing answered", not(a), nil, asked},
		{"not, skipped", not(a), quiz.Answers{"a": {}}, asked},
		{"not, it holds", not(a), quiz.Answers{"a": yes}, out},
		{"not all, one is open", not(all(a, b)), quiz.Answers{"a": yes}, asked},
		{"all of not and open", all(not(a), b), nil, open},
		{"all of not and open, decided against", all(not(a), b), quiz.Answers{"a": yes}, out},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			q := &quiz.Questionnaire{
				Labels: map[string]quiz.Condition{"both": all(a, b)},
				Questions: []quiz.Question{
					one("a", opt("yes"), opt("no")), one("b", opt("yes"), opt("no")),
					askIf(one("c", opt("yes"), opt("no")), c.when),
				},
			}
			q.Compile()
			w := q.Walk(c.answers)
			got := map[bool]map[int]string{true: {3: asked}, false: {3: open, 2: out}}[w.Find("c") >= 0][w.Most]
			if got != c.want {
				t.Errorf("with %d of %d steps: got %q, want %q", len(w.Steps), w.Most, got, c.want)
			}
		})
	}
}

func TestMentions(t *testing.T) {
	q := small(t)
	q.Labels["circle"] = all(is("circle"), in("sugar", "many"))
	when := all(not(in("age", "old")), some(is("careful"), quiz.Condition{Pillar: "food", Below: num(40)}), is("circle"))
	var got []string
	q.Mentions(&when, func(question, pillar string) { got = append(got, question+pillar) })
	want := []string{"age", "eats", "eats", "food", "sugar"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("mentions (-want +got):\n%s", diff)
	}
	q.Mentions(nil, func(string, string) { t.Error("no condition mentions nothing") })
}
