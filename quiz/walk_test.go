package quiz_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gutskin/quiz"
)

func TestWalk(t *testing.T) {
	everything := []string{"age", "urgent", "eats", "sugar", "milk", "hours", "evening", "drinks", "thirst", "skin"}
	long := append(slices.Clone(everything), "skin_detail", "helped")
	cases := []struct {
		name    string
		answers quiz.Answers
		steps   []string
		next    string // "" when nothing more is asked
		most    int
		stop    string
	}{
		{"nothing answered", nil, everything, "age", 12, ""},
		{"the first answer", quiz.Answers{"age": quiz.Pick("adult")}, everything, "urgent", 12, ""},
		{"a gap is asked first", quiz.Answers{"age": quiz.Pick("old"), "eats": quiz.Pick("none")}, everything, "urgent", 12, ""},
		{"a skip is an answer", quiz.Answers{"age": {}, "urgent": {}}, everything, "eats", 12, ""},
		{"prefer not to say is a skip", quiz.Answers{"age": quiz.Pick("pns")}, everything, "urgent", 12, ""},
		{"everything", settled(), long, "", 12, ""},
		{"no concern: the details are not asked", with(settled(), "skin", quiz.Pick("none")), everything, "", 10, ""},
		{"concerns skipped: the details are not asked", with(settled(), "skin", quiz.Answer{}), everything, "", 10, ""},
		{"details skipped: nobody asks what helped", with(settled(), "skin_detail", quiz.Answer{}), long[:11], "", 11, ""},
		{"a short night takes the last question out", with(settled(), "hours", quiz.Num(1)), long[:11], "", 11, ""},
		{"a stop, before the question it comes after", quiz.Answers{"age": quiz.Pick("child")}, long[:2], "urgent", 2, ""},
		{"a stop", quiz.Answers{"age": quiz.Pick("child"), "urgent": quiz.Pick("none")}, long[:2], "", 2, "minor"},
		{"a stop after a skip", quiz.Answers{"age": quiz.Pick("child"), "urgent": {}}, long[:2], "", 2, "minor"},
		{"nothing counts behind a stop", with(settled(), "age", quiz.Pick("child")), long[:2], "", 2, "minor"},
	}
	q := small(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if err := q.Check(c.answers); err != nil {
				t.Fatal(err)
			}
			w := q.Walk(c.answers)
			var steps []string
			for i, v := range w.Steps {
				steps = append(steps, v.Question.ID)
				if w.Find(v.Question.ID) != i {
					t.Errorf("Find(%q) = %d, want %d", v.Question.ID, w.Find(v.Question.ID), i)
				}
				if _, kept := w.Kept[v.Question.ID]; kept != v.Answered {
					t.Errorf("%s: kept %v, answered %v", v.Question.ID, kept, v.Answered)
				}
			}
			if diff := cmp.Diff(c.steps, steps); diff != "" {
				t.Errorf("steps (-want +got):\n%s", diff)
			}
			next := ""
			if x := w.Next(); x != nil {
				next = x.ID
			}
			if next != c.next || w.Most != c.most || w.Stop != c.stop {
				t.Errorf("next %q of %d, stop %q; want %q of %d, stop %q", next, w.Most, w.Stop, c.next, c.most, c.stop)
			}
			for id := range w.Kept {
				if w.Find(id) < 0 {
					t.Errorf("an answer off the path was kept: %s", id)
				}
			}
		})
	}
	if at := q.Walk(nil).Find("helped"); at != -1 {
		t.Errorf("Find of a question off the path: got %d, want -1", at)
	}
}

func TestWalkKeeps(t *testing.T) {
	cases := []struct {
		name     string
		answers  quiz.Answers
		question string
		want     quiz.Answer
		open     bool
	}{
		{"picks in the order of the question, each once",
			with(settled(), "evening", quiz.Pick("screens", "late", "screens")), "evening", quiz.Pick("late", "screens"), false},
		{"a number as it is", settled(), "hours", quiz.Num(7.5), false},
		{"an option beside numbers", with(settled(), "hours", quiz.Pick("varies")), "hours", quiz.Pick("varies"), false},
		{"prefer not to say as a skip", with(settled(), "skin", quiz.Pick("pns")), "skin", quiz.Answer{}, false},
		{"only what is offered",
			with(with(settled(), "skin", quiz.Pick("acne")), "skin_detail", quiz.Pick("joints", "lumps")), "skin_detail", quiz.Pick("lumps"), false},
		{"a question left with none of its picks is open again",
			with(settled(), "eats", quiz.Pick("vegan")), "milk", quiz.Answer{}, true},
		{"a question nobody has", with(settled(), "nonsense", quiz.Pick("x")), "nonsense", quiz.Answer{}, true},
	}
	q := small(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			w := q.Walk(c.answers)
			got, kept := w.Kept[c.question]
			if kept == c.open {
				t.Errorf("kept: got %v, want %v", kept, !c.open)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
			if x := w.Next(); c.open && w.Find(c.question) >= 0 && (x == nil || x.ID != c.question) {
				t.Errorf("the open question is not asked next: %v", x)
			}
			again := q.Walk(w.Kept)
			if diff := cmp.Diff(w.Kept, again.Kept); diff != "" {
				t.Errorf("what was kept is not kept again (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWalkOffers(t *testing.T) {
	q := small(t)
	cases := []struct {
		skin, detail []string
	}{
		{[]string{"acne"}, []string{"mild", "lumps", "none"}},
		{[]string{"eczema"}, []string{"mild", "joints", "none"}},
		{[]string{"eczema", "acne"}, []string{"mild", "lumps", "joints", "none"}},
	}
	for _, c := range cases {
		w := q.Walk(quiz.Answers{"skin": quiz.Pick(c.skin...)})
		var got []string
		for _, o := range w.Steps[w.Find("skin_detail")].Offered {
			got = append(got, o.ID)
		}
		if diff := cmp.Diff(c.detail, got); diff != "" {
			t.Errorf("skin %v: offered (-want +got):\n%s", c.skin, diff)
		}
	}
}

// A stop behind a question that may still leave the path must not shorten it: the
// answer that takes the question away would make it grow again.
func TestWalkUncertainStop(t *testing.T) {
	q := &quiz.Questionnaire{
		Stops: []quiz.Stop{{ID: "end", After: "b", When: in("b", "yes")}},
		Questions: []quiz.Question{
			one("a", opt("yes"), opt("no")),
			askIf(one("b", opt("yes"), opt("no")), not(in("a", "yes"))),
			one("c", opt("yes"), opt("no")),
		},
	}
	q.Compile()
	yes := quiz.Pick("yes")
	if w := q.Walk(quiz.Answers{"b": yes}); w.Most != 3 || w.Stop != "" {
		t.Errorf("while a is open: most %d, stop %q; want 3 and none", w.Most, w.Stop)
	}
	if w := q.Walk(quiz.Answers{"b": yes, "a": {}}); w.Most != 2 || w.Stop != "end" {
		t.Errorf("after a was skipped: most %d, stop %q; want 2 and end", w.Most, w.Stop)
	}
	if w := q.Walk(quiz.Answers{"b": yes, "a": yes}); w.Most != 2 || w.Stop != "" || w.Next().ID != "c" {
		t.Errorf("after a took b away: most %d, stop %q; want 2 and none", w.Most, w.Stop)
	}
}

// The promise behind "question 3 of 12": whatever is asked, in whatever order it is
// answered, the second number never rises, and the end comes.
func TestWalkNeverGrows(t *testing.T) {
	fixed := small(t)
	rapid.Check(t, func(t *rapid.T) {
		q := fixed
		if rapid.IntRange(0, 3).Draw(t, "made up") > 0 {
			q = questionnaire().Draw(t, "questionnaire")
		}
		inOrder := rapid.Bool().Draw(t, "in order")
		answers := quiz.Answers{}
		w := q.Walk(answers)
		most, said := w.Most, 0
		for w.Next() != nil {
			var open []quiz.Visit
			for _, v := range w.Steps {
				if !v.Answered {
					open = append(open, v)
				}
			}
			if inOrder {
				open = open[:1]
			}
			v := rapid.SampledFrom(open).Draw(t, "visit")
			answers[v.Question.ID] = answerTo(v).Draw(t, v.Question.ID)
			// An option can cease to be offered by an earlier answer that came later,
			// which asks its question once more.
			if said++; said > len(q.Questions) && inOrder || said > len(q.Questions)*len(q.Questions) {
				t.Fatalf("%d answers did not end %d questions", said, len(q.Questions))
			}
			w = q.Walk(answers)
			if w.Most > most {
				t.Fatalf("of %d became of %d after %s", most, w.Most, v.Question.ID)
			}
			most = w.Most
		}
		if w.Stop == "" && most != len(w.Steps) {
			t.Fatalf("the end has %d questions, but of %d was promised", len(w.Steps), most)
		}
		for id := range w.Kept {
			if w.Find(id) < 0 {
				t.Fatalf("kept off the path: %s", id)
			}
		}
		if err := q.Check(w.Kept); err != nil {
			t.Fatalf("what was kept cannot be read: %v", err)
		}
	})
}

// questionnaire makes up questions that depend on earlier ones in every form of
// condition, with options that are not always offered, and stops.
func questionnaire() *rapid.Generator[*quiz.Questionnaire] {
	return rapid.Custom(func(t *rapid.T) *quiz.Questionnaire {
		q := &quiz.Questionnaire{Labels: map[string]quiz.Condition{}}
		for i := range rapid.IntRange(2, 8).Draw(t, "questions") {
			x := one(fmt.Sprintf("q%d", i), opt("a"), opt("b"), opt("c"), skip("pns"))
			if i > 0 && rapid.Bool().Draw(t, "ask if") {
				x.AskIf = condition(q, 2).Draw(t, "ask_if")
			}
			if i > 0 && rapid.Bool().Draw(t, "offer if") {
				x.Options[0].OfferIf = condition(q, 1).Draw(t, "offer_if")
			}
			if rapid.Bool().Draw(t, "many") {
				x.Kind = quiz.Many
			}
			q.Questions = append(q.Questions, x)
			if rapid.IntRange(0, 4).Draw(t, "stop") == 0 {
				q.Stops = append(q.Stops, quiz.Stop{ID: "stop " + x.ID, After: x.ID, When: *condition(q, 1).Draw(t, "when")})
			}
			q.Labels["label "+x.ID] = *condition(q, 1).Draw(t, "label")
		}
		q.Compile()
		return q
	})
}

// condition looks at the questions there are so far.
func condition(q *quiz.Questionnaire, depth int) *rapid.Generator[*quiz.Condition] {
	earlier := len(q.Questions)
	return rapid.Custom(func(t *rapid.T) *quiz.Condition {
		form := rapid.IntRange(0, 5).Draw(t, "form")
		if depth == 0 {
			form %= 2
		}
		inner := func() quiz.Condition { return *condition(q, depth-1).Draw(t, "inner") }
		x := fmt.Sprintf("q%d", rapid.IntRange(0, earlier-1).Draw(t, "question"))
		options := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 2, rapid.ID).Draw(t, "options")
		c := in(x, options...)
		switch form {
		case 1:
			c = lacks(x, options...)
		case 2:
			c = not(inner())
		case 3:
			c = all(inner(), inner())
		case 4:
			c = some(inner(), inner())
		case 5:
			if labels := slices.Sorted(maps.Keys(q.Labels)); len(labels) > 0 {
				c = is(rapid.SampledFrom(labels).Draw(t, "label"))
			}
		}
		return &c
	})
}

// answerTo is anything a visitor can say to a question, a skip included.
func answerTo(v quiz.Visit) *rapid.Generator[quiz.Answer] {
	return rapid.Custom(func(t *rapid.T) quiz.Answer {
		x := v.Question
		switch {
		case rapid.IntRange(0, 5).Draw(t, "skip") == 0:
			return quiz.Answer{}
		case x.Kind == quiz.Number && (len(v.Offered) == 0 || rapid.Bool().Draw(t, "number")):
			n := rapid.Float64Range(x.Range.Min, x.Range.Max).Draw(t, "n")
			if x.Range.Whole {
				n = float64(int(n))
			}
			return quiz.Num(n)
		case len(v.Offered) == 0:
			return quiz.Answer{}
		case x.Kind != quiz.Many || rapid.Bool().Draw(t, "one"):
			return quiz.Pick(rapid.SampledFrom(v.Offered).Draw(t, "option").ID)
		}
		var together []string
		for _, o := range v.Offered {
			if !o.Exclusive && !o.Skip {
				together = append(together, o.ID)
			}
		}
		if len(together) == 0 {
			return quiz.Answer{}
		}
		return quiz.Pick(rapid.SliceOfNDistinct(rapid.SampledFrom(together), 1, -1, rapid.ID).Draw(t, "options")...)
	})
}
