package recommend_test

import (
	"testing"

	"gutskin/quiz"
	"gutskin/recommend"
)

func TestRegions(t *testing.T) {
	b := smallBook()
	for region, want := range map[string]string{"": "your emergency number", "uk": "999", "nowhere": "your emergency number"} {
		r := recommend.NewReader(smallQuiz(), b, region, quiz.Answers{})
		same(t, region, r.Text("Call {help: emergency}."), "Call "+want+".")
	}
}

func TestRuleWords(t *testing.T) {
	b := smallBook()
	for _, c := range []struct{ answers, rule, heading, say string }{
		{"health=fall", "E1", "Call your emergency number", "[You told us that you had a fall. Call your emergency number now.]"},
		{"health=fall,tired", "E1", "Call your emergency number", "[You told us that you had a fall. Call your emergency number now.]"},
		{"health=kidney", "N1", "Ask your team", "[Ask about drinks.]"},
		{"health=kidney,tired", "N1", "Ask today", "[Ask about drinks. Tell them you are tired.]"},
		{"health=kidney,tired skin=itch", "N1", "Ask today", "[Itch can be a sign.]"},
		{"health=kidney skin=itch", "N1", "Ask your team", "[Itch can be a sign.]"},
		{"", "N1", "Ask your team", "[Ask about drinks.]"}, // of an older report
		{"", "gone", "", "[]"},
	} {
		got := reader(b, c.answers).Rule(c.rule)
		same(t, c.answers+" heading", got.Heading, c.heading)
		same(t, c.answers, plain(got.Say), c.say)
	}
}

func plain(list []string) string {
	s := "["
	for i, x := range list {
		if i > 0 {
			s += " "
		}
		s += x
	}
	return s + "]"
}

func TestAdviceWords(t *testing.T) {
	a := tip("greens", "eating", "greens", "no", "some")
	a.Notice, a.Always, a.Unknown = "Soon.", "Rest.", "Much."
	a.Variants = []recommend.Variant{
		{ID: "dairy_free", Note: "Try {one: yogurt | cheese}."}, // by the kitchen
		{ID: "itchy", When: &quiz.Condition{Question: "skin", In: []string{"itch"}}, Title: "Calm greens", Do: "Cook them."},
		{ID: "second", When: &quiz.Condition{Question: "skin", In: []string{"itch"}}, Do: "Steam them.", Plan: "If I cook, then I steam."},
	}
	b := smallBook(a)
	got := reader(b, "greens=no").Advice("greens", nil)
	same(t, "as it is", plain(got.All()), "[Greens Do greens.  You told us that you eat no greens. Soon. Rest.   Much.]")

	got = reader(b, "greens=no health=allergy,kidney skin=itch").Advice("greens", nil)
	same(t, "title", got.Title, "Calm greens")
	same(t, "the last variant that fits wins", got.Do, "Steam them.")
	same(t, "plan", got.Plan, "If I cook, then I steam.")
	sameList(t, "notes are added, fitted", got.Notes, "Try soya yogurt.")
	sameList(t, "the rule's text stands on the card", got.Cautions, "Itch can be a sign.")

	pick := &recommend.Pick{ID: "greens", Variants: []string{"itchy"}}
	got = reader(b, "greens=no").Advice("greens", pick)
	same(t, "a report's own variants count, not today's", got.Do, "Cook them.")
	same(t, "no such advice", plain(reader(b, "").Advice("gone", nil).All()), "[        ]")
}

// Only what made the advice apply is quoted, where anything did.
func TestAdviceQuotesItsReasons(t *testing.T) {
	a := onShelf(recommend.Companion, tip("rest", "", "health", "tired"))
	a.When = quiz.Condition{Any: []quiz.Condition{in("health", "tired"), in("skin", "itch")}}
	a.Why = "You told us that {said: health | skin}."
	b := smallBook(a)
	for answers, want := range map[string]string{
		"health=tired,allergy skin=spots": "You told us that you are tired.",
		"health=allergy skin=itch,spots":  "You told us that you itch.",
		"health=tired skin=itch":          "You told us that you are tired and you itch.",
	} {
		same(t, answers, reader(b, answers).Advice("rest", nil).Why, want)
	}
}

func TestBecause(t *testing.T) {
	r := reader(smallBook(), "greens=no cups=4")
	got := r.Because([]quiz.Reason{
		{Question: "greens", Value: "no"}, {Question: "cups", Value: "4"}, {Question: "greens", Value: "no"},
		{Question: "gone", Value: "x"}, {Question: "skin", Lacks: "spots"}, {Pillar: "eating", Value: "40"},
	})
	sameList(t, "clauses", got, "you eat no greens", "you drink 4 cups")
}

// What goes well is told, best first; nothing is told that would give a hidden number
// away, and nothing is praised that a rule holds advice about.
func TestStrengths(t *testing.T) {
	water := tip("water", "drinking", "cups")
	for _, c := range []struct{ answers, pillar, want string }{
		{"greens=lots sweets=rare cups=6", "", "[You eat lots of greens. You rarely eat sweets. You drink enough.]"},
		{"greens=lots sweets=rare cups=6", "eating", "[You eat lots of greens. You rarely eat sweets.]"},
		{"greens=some sweets=often cups=4", "", "[]"},
		{"greens=lots cups=6 health=kidney", "", "[You eat lots of greens.]"},
		{"greens=lots cups=6 health=kidney", "drinking", "[]"},
		{"greens=lots cups=6 health=fall", "", "[]"},
	} {
		same(t, c.answers, plain(reader(smallBook(water), c.answers).Strengths(c.pillar)), c.want)
	}
}
