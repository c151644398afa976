package quiz_test

import (
	"testing"

	"pgregory.net/rapid"

	"gutskin/quiz"
)

// Two answers that a gauge reads the same must leave every condition as it is,
// whatever else is answered.
func TestGaugeReadsWhatAConditionSees(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		q := questionnaire().Draw(rt, "questionnaire")
		c := condition(q, 2).Draw(rt, "condition")
		x := &q.Questions[rapid.IntRange(0, len(q.Questions)-1).Draw(rt, "question")]
		gauge := q.Gauge(x.ID, []*quiz.Condition{c})
		v := quiz.Visit{Question: x}
		for i := range x.Options {
			v.Offered = append(v.Offered, &x.Options[i])
		}
		one, other := answerTo(v).Draw(rt, "one"), answerTo(v).Draw(rt, "other")
		if gauge.Read(one) != gauge.Read(other) {
			return
		}
		answers := answersTo(q).Draw(rt, "the rest")
		with := func(a quiz.Answer) bool {
			answers[x.ID] = a
			holds, _ := q.Holds(c, answers, nil)
			return holds
		}
		if with(one) != with(other) {
			rt.Fatalf("%v and %v of %s read the same, but change %+v", one, other, x.ID, c)
		}
	})
}

func TestGaugeTellsNumbersFromOptions(t *testing.T) {
	q := small(t)
	seven := 7.0
	bounded := &quiz.Condition{Not: &quiz.Condition{Question: "hours", AtLeast: &seven}}
	if !q.Gauge("hours", []*quiz.Condition{bounded}).Numbers() {
		t.Error("a condition on the number is not seen")
	}
	varies := in("hours", "varies")
	if q.Gauge("hours", []*quiz.Condition{&varies}).Numbers() || q.Gauge("drinks", []*quiz.Condition{bounded}).Numbers() {
		t.Error("a condition on an option, or on another question, counts as one on the number")
	}
}
