package recommend_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"gutskin/quiz"
	"gutskin/recommend"
)

func care(r recommend.Report) string {
	s := ""
	for _, n := range r.Care {
		s += n.ID + " " + string(n.Level) + "; "
	}
	return s
}

func assess(b *recommend.Book, answers string, acknowledged ...string) recommend.Report {
	return recommend.Assess(smallQuiz(), b, reading(answers), acknowledged...)
}

func book() *recommend.Book {
	return smallBook(
		tip("greens", "eating", "greens", "no", "some"),
		tip("sweets", "eating", "sweets", "often"),
		tip("water", "drinking", "cups"),
		onShelf(recommend.CareFirst, tip("see", "", "skin", "spots")),
	)
}

// Emergencies stand first, silent rules are not named, care-first advice is last.
func TestNotices(t *testing.T) {
	for _, c := range []struct{ answers, want string }{
		{"", ""},
		{"health=allergy", ""},
		{"health=kidney", "N1 note; "},
		{"health=kidney,tired", "N1 urgent; "},
		{"health=kidney skin=spots", "N1 note; see care; "},
		{"health=kidney,fall", "E1 emergency; N1 note; "},
	} {
		same(t, c.answers, care(assess(book(), c.answers)), c.want)
	}
}

func TestNoticesGiveTheirReasons(t *testing.T) {
	got := assess(book(), "health=kidney,tired,allergy").Care[0].Because
	sameList(t, "the rule's and its cases' answers", got,
		quiz.Reason{Question: "health", Value: "kidney"}, quiz.Reason{Question: "health", Value: "tired"})
}

func TestHolds(t *testing.T) {
	const gaps = "greens=no sweets=often cups=0 "
	b := book()
	for i := range b.Advice {
		if b.Advice[i].ID == "water" {
			b.Advice[i].When = quiz.Condition{Question: "cups", Below: number(6)}
		}
	}
	for _, c := range []struct{ about, answers, acknowledged, top, held string }{
		{"nothing is held", gaps, "", "greens sweets water", "[]"},
		{"a set is held", gaps + "health=kidney", "", "greens sweets", "[{water [N1]}]"},
		{"a case holds more", gaps + "health=kidney,tired", "", "greens", "[{sweets [N1]} {water [N1]}]"},
		{"an emergency holds everything", gaps + "health=fall", "", "", "[{greens [E1]} {sweets [E1]} {water [E1]}]"},
		{"once it is answered, less", gaps + "health=fall", "E1", "water", "[{greens [E1]} {sweets [E1]}]"},
		{"what two rules say adds up", gaps + "health=fall,kidney", "E1", "",
			"[{greens [E1]} {sweets [E1]} {water [N1]}]"},
		{"what does not apply is not named as held", "greens=lots cups=9 health=kidney", "", "", "[]"},
	} {
		r := assess(b, c.answers, c.acknowledged)
		same(t, c.about, ids(r.Top), c.top)
		same(t, c.about, fmt.Sprint(r.Held), c.held)
	}
}

// Advice that cannot do without a food is held from whoever must not have it, by the
// rule that bans the food; where only a way of eating bans it, it just does not fit.
func TestNeeds(t *testing.T) {
	a := tip("greens", "eating", "greens", "no")
	a.Needs = []string{"milk"}
	b := smallBook(a)
	same(t, "anybody", ids(assess(b, "greens=no").Top), "greens")
	r := assess(b, "greens=no health=allergy")
	same(t, "allergy", ids(r.Top), "")
	same(t, "allergy", fmt.Sprint(r.Held), "[{greens [A1]}]")

	b.Rules = nil
	b.Compile()
	r = assess(b, "greens=no health=allergy")
	same(t, "way of eating", ids(r.Top)+fmt.Sprint(r.Held), "[]")
}

// An idea from before is kept back by the rules of now, though nothing calls for it.
func TestKeptBack(t *testing.T) {
	b := book()
	for _, c := range []struct{ about, answers, acknowledged, want string }{
		{"nobody's", "greens=lots cups=9", "", "[]"},
		{"by name, though it does not apply", "greens=lots cups=9 health=kidney", "", "[water]"},
		{"all of it", "greens=lots cups=9 health=fall", "", "[greens water]"},
		{"less once it is answered", "greens=lots cups=9 health=fall", "E1", "[greens]"},
	} {
		got := recommend.KeptBack(smallQuiz(), b, assess(b, c.answers, c.acknowledged), "greens", "water", "retired")
		same(t, c.about, fmt.Sprint(got), c.want)
	}
}

func TestScoresKeptBack(t *testing.T) {
	for _, c := range []struct{ answers, acknowledged, want string }{
		{"greens=lots sweets=rare cups=6", "", "scored scored scored "},
		{"greens=lots sweets=rare cups=6 health=kidney", "", "scored hidden scored "},
		{"greens=lots sweets=rare cups=6 health=fall", "", "withheld withheld withheld "},
		{"greens=lots sweets=rare cups=6 health=fall", "E1", "scored scored scored "},
	} {
		got := ""
		for _, s := range assess(book(), c.answers, c.acknowledged).Scores {
			got += string(s.State) + " "
		}
		same(t, c.answers, got, c.want)
	}
}

func TestEmergencies(t *testing.T) {
	b, q := book(), smallQuiz()
	same(t, "none", len(b.Emergencies(q, reading("health=kidney"))), 0)
	same(t, "one", len(b.Emergencies(q, reading("health=fall"))), 1)
	same(t, "answered", len(b.Emergencies(q, reading("health=fall"), "E1")), 0)
	same(t, "another was answered", len(b.Emergencies(q, reading("health=fall"), "N1")), 1)
}

// A report is a fact: it survives being written and read.
func TestReportAsJSON(t *testing.T) {
	want := assess(book(), "greens=no cups=1 skin=spots health=kidney")
	body, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got recommend.Report
	if err := json.Unmarshal(body, &got); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "written twice", string(again), string(body))
	for h, want := range map[recommend.Hundredths]string{0: "0", 1800: "18", 1492: "14.92", 1050: "10.5", -200: "-2"} {
		body, err := json.Marshal(h)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "hundredths", string(body), want)
		var back recommend.Hundredths
		if err := json.Unmarshal(body, &back); err != nil || back != h {
			t.Errorf("%s is read as %d: %v", body, back, err)
		}
	}
	var h recommend.Hundredths
	if json.Unmarshal([]byte(`"high"`), &h) == nil {
		t.Error(`"high" is taken for a priority`)
	}
}
