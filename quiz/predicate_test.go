package quiz_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gutskin/quiz"
)

// The rule language once more, word by word as the comment on Condition defines it,
// over the answers as they are. Predicates must decide and explain alike.
type plain struct {
	q       *quiz.Questionnaire
	answers quiz.Answers
	scores  []quiz.Score
	settled map[string]bool // nil: no question is open any more
}

type verdict int

const (
	doesNot verdict = iota
	mayYet
	does
)

func (p plain) eval(c quiz.Condition) (verdict, []quiz.Reason) {
	var reasons []quiz.Reason
	switch {
	case c.All != nil:
		result := does
		for _, part := range c.All {
			v, why := p.eval(part)
			result, reasons = min(result, v), append(reasons, why...)
		}
		return only(result, reasons)
	case c.Any != nil:
		result := doesNot
		for _, part := range c.Any {
			v, why := p.eval(part)
			result, reasons = max(result, v), append(reasons, why...)
		}
		return only(result, reasons)
	case c.Not != nil:
		v, _ := p.eval(*c.Not)
		return does - v, nil
	case c.Is != "":
		return p.eval(p.q.Labels[c.Is])
	case c.Pillar != "":
		for _, s := range p.scores {
			if s.Pillar == c.Pillar && s.Figures != nil && inside(c, float64(s.Value)) {
				return does, []quiz.Reason{{Pillar: c.Pillar, Value: quiz.FormatNumber(float64(s.Value))}}
			}
		}
		return doesNot, nil
	case p.settled != nil && !p.settled[c.Question]:
		return mayYet, nil
	}
	a := p.answers[c.Question]
	switch {
	case a.IsSkip():
	case c.In != nil:
		for _, o := range a.Picked {
			if slices.Contains(c.In, o) {
				reasons = append(reasons, quiz.Reason{Question: c.Question, Value: o})
			}
		}
	case c.Lacks != nil:
		if !slices.ContainsFunc(c.Lacks, a.Has) {
			reasons = append(reasons, quiz.Reason{Question: c.Question, Lacks: c.Lacks[0]})
		}
	case a.Number != nil && inside(c, *a.Number):
		reasons = append(reasons, quiz.Reason{Question: c.Question, Value: quiz.FormatNumber(*a.Number)})
	}
	if len(reasons) == 0 {
		return doesNot, nil
	}
	return does, reasons
}

// only keeps reasons for what does hold.
func only(v verdict, reasons []quiz.Reason) (verdict, []quiz.Reason) {
	if v != does {
		return v, nil
	}
	return v, reasons
}

func inside(c quiz.Condition, n float64) bool {
	return (c.Below == nil || n < *c.Below) && (c.AtLeast == nil || n >= *c.AtLeast)
}

func (p plain) holds(c *quiz.Condition) bool {
	v, _ := p.eval(*c)
	return v == does
}

func TestPredicatesFollowTheLanguage(t *testing.T) {
	q := small(t)
	rapid.Check(t, func(t *rapid.T) {
		when := anyCondition(q, 3).Draw(t, "when")
		answers := q.Walk(anyAnswers(q).Draw(t, "answers")).Kept
		scores := q.Score(answers, quiz.Veil{}).Scores
		v, all := plain{q: q, answers: answers, scores: scores}.eval(when)
		var why []quiz.Reason
		for _, r := range all {
			if !slices.Contains(why, r) {
				why = append(why, r)
			}
		}
		got, reasons := q.Holds(&when, answers, scores)
		if got != (v == does) {
			t.Errorf("holds: got %v, want %v", got, v == does)
		}
		if diff := cmp.Diff(why, reasons); diff != "" {
			t.Errorf("reasons (-want +got):\n%s", diff)
		}
		// A form that was filled in for somebody else before says the same.
		f := q.NewForm()
		f.Fill(settled())
		f.Fill(answers)
		f.Score(quiz.Veil{})
		p := q.Predicate(&when)
		if p.Holds(f) != got {
			t.Errorf("on a form: got %v, want %v", !got, got)
		}
		if diff := cmp.Diff(reasons, p.Reasons(f, nil)); diff != "" {
			t.Errorf("reasons on a form (-want +got):\n%s", diff)
		}
	})
}

// plainWalk is the walk by the words of its comments.
func plainWalk(q *quiz.Questionnaire, a quiz.Answers) quiz.Walk {
	w := quiz.Walk{Kept: quiz.Answers{}}
	settled := map[string]bool{}
	here, ahead := plain{q: q, answers: w.Kept}, plain{q: q, answers: w.Kept, settled: settled}
	for i := range q.Questions {
		x := &q.Questions[i]
		if x.AskIf != nil && !here.holds(x.AskIf) {
			if v, _ := ahead.eval(*x.AskIf); v == mayYet {
				w.Most++
			} else {
				settled[x.ID] = true
			}
			continue
		}
		v := quiz.Visit{Question: x, Offered: []*quiz.Option{}}
		sure := x.AskIf == nil || ahead.holds(x.AskIf)
		all := sure
		var kept quiz.Answer
		skip := false
		for j := range x.Options {
			o := &x.Options[j]
			if o.OfferIf != nil && !here.holds(o.OfferIf) {
				continue
			}
			v.Offered = append(v.Offered, o)
			if !a[x.ID].Has(o.ID) {
				continue
			}
			skip = skip || o.Skip
			kept.Picked = append(kept.Picked, o.ID)
			all = all && (o.OfferIf == nil || ahead.holds(o.OfferIf))
		}
		given, reached := a[x.ID]
		switch {
		case !reached:
		case given.IsSkip() || given.Number != nil:
			w.Kept[x.ID], settled[x.ID], v.Answered = given, sure, true
		case skip:
			w.Kept[x.ID], settled[x.ID], v.Answered = quiz.Answer{}, sure, true
		case kept.Picked != nil:
			w.Kept[x.ID], settled[x.ID], v.Answered = kept, all, true
		}
		w.Steps = append(w.Steps, v)
		w.Most++
		for _, s := range q.Stops {
			if s.After == x.ID && ahead.holds(&s.When) && sure {
				if v.Answered {
					w.Stop = s.ID
				}
				return w
			}
		}
	}
	return w
}

func TestWalkFollowsTheLanguage(t *testing.T) {
	fixed := small(t)
	rapid.Check(t, func(t *rapid.T) {
		q := fixed
		if rapid.IntRange(0, 3).Draw(t, "made up") > 0 {
			q = questionnaire().Draw(t, "questionnaire")
		}
		answers := anyAnswers(q).Draw(t, "answers")
		before := maps.Clone(answers)
		got := q.Walk(answers)
		for name := range q.Labels {
			if want, _ := q.Holds(&quiz.Condition{Is: name}, got.Kept, nil); got.Form.Is(name) != want {
				t.Errorf("laid out, the label %s is %t; asked of the answers that count, %t", name, !want, want)
			}
		}
		got.Form = nil
		if diff := cmp.Diff(plainWalk(q, answers), got, cmp.Comparer(func(a, b *quiz.Question) bool { return a == b }),
			cmp.Comparer(func(a, b *quiz.Option) bool { return a == b })); diff != "" {
			t.Errorf("walk (-want +got):\n%s", diff)
		}
		if got.Kept["new"] = quiz.Pick("x"); !cmp.Equal(answers, before) {
			t.Error("a walk and the answers it was given share a map")
		}
	})
}

func TestStandingsAreTheScores(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := scoring().Draw(t, "questionnaire")
		answers := q.Walk(answersTo(q).Draw(t, "answers")).Kept
		veil := rapid.SampledFrom([]quiz.Veil{
			{}, {Hide: map[string][]string{"p0": {"S1"}}}, {Hide: map[string][]string{quiz.Overall: {"S1"}}}, {Withhold: []string{"S1"}},
		}).Draw(t, "veil")
		want := q.Score(answers, veil).Scores
		got := q.Standings(nil, answers, veil)
		if len(got) != len(want) {
			t.Fatalf("got %d standings, want %d", len(got), len(want))
		}
		for i, s := range want {
			figures := quiz.Figures{}
			if s.Figures != nil {
				figures = *s.Figures
			}
			if got[i] != (quiz.Standing{State: s.State, Figures: figures}) {
				t.Errorf("%s: got %v, want %s %v", s.Pillar, got[i], s.State, figures)
			}
		}
	})
}

func TestStandingsAllocateNothing(t *testing.T) {
	q, answers := small(t), settled()
	room := make([]quiz.Standing, 0, len(q.Pillars)+1)
	if got := testing.AllocsPerRun(100, func() { q.Standings(room, answers, quiz.Veil{}) }); got != 0 {
		t.Errorf("got %v allocations, want none", got)
	}
}

// anyAnswers answers any of the questions with anything that can be told apart: what
// is not offered, not in order or said twice included.
func anyAnswers(q *quiz.Questionnaire) *rapid.Generator[quiz.Answers] {
	return rapid.Custom(func(t *rapid.T) quiz.Answers {
		answers := quiz.Answers{}
		for i := range q.Questions {
			x := &q.Questions[i]
			switch rapid.IntRange(0, 4).Draw(t, x.ID) {
			case 0:
			case 1:
				answers[x.ID] = quiz.Answer{}
			default:
				if x.Kind == quiz.Number && (len(x.Options) == 0 || rapid.Bool().Draw(t, "number")) {
					answers[x.ID] = quiz.Num(float64(rapid.IntRange(0, 20).Draw(t, "halves")) / 2)
					continue
				}
				var ids []string
				for _, o := range x.Options {
					ids = append(ids, o.ID)
				}
				answers[x.ID] = quiz.Pick(rapid.SliceOfN(rapid.SampledFrom(ids), 1, 4).Draw(t, "picked")...)
			}
		}
		if rapid.IntRange(0, 9).Draw(t, "unknown") == 0 {
			answers["nobody"] = quiz.Pick("a")
		}
		return answers
	})
}

// anyCondition looks at any question, label or pillar, in every form there is.
func anyCondition(q *quiz.Questionnaire, depth int) *rapid.Generator[quiz.Condition] {
	return rapid.Custom(func(t *rapid.T) quiz.Condition {
		bounds := func(c quiz.Condition) quiz.Condition {
			n := float64(rapid.IntRange(0, 20).Draw(t, "bound")) / 2
			if c.Pillar != "" {
				n *= 10
			}
			switch rapid.IntRange(0, 2).Draw(t, "bounds") {
			case 0:
				c.Below = num(n)
			case 1:
				c.AtLeast = num(n)
			default:
				c.AtLeast, c.Below = num(n), num(n+2)
			}
			return c
		}
		parts := rapid.SliceOfN(rapid.Deferred(func() *rapid.Generator[quiz.Condition] { return anyCondition(q, depth-1) }), 1, 3)
		form := rapid.IntRange(0, 7).Draw(t, "form")
		if depth == 0 {
			form %= 5
		}
		x := &q.Questions[rapid.IntRange(0, len(q.Questions)-1).Draw(t, "question")]
		switch form {
		case 0:
			return is(rapid.SampledFrom(slices.Sorted(maps.Keys(q.Labels))).Draw(t, "label"))
		case 1:
			return bounds(quiz.Condition{Pillar: rapid.SampledFrom(append(pillars(q), quiz.Overall)).Draw(t, "pillar")})
		case 5:
			return all(parts.Draw(t, "all")...)
		case 6:
			return some(parts.Draw(t, "any")...)
		case 7:
			return not(anyCondition(q, depth-1).Draw(t, "not"))
		}
		var ids []string
		for _, o := range x.Options {
			if !o.Skip {
				ids = append(ids, o.ID)
			}
		}
		if x.Kind == quiz.Number && (form == 2 || len(ids) == 0) {
			return bounds(quiz.Condition{Question: x.ID})
		}
		options := rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, 3, rapid.ID)
		if len(ids) < 3 {
			options = rapid.SliceOfNDistinct(rapid.SampledFrom(ids), 1, len(ids), rapid.ID)
		}
		if form == 3 {
			return lacks(x.ID, options.Draw(t, "lacks")...)
		}
		return in(x.ID, options.Draw(t, "in")...)
	})
}
