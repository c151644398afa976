package recommend_test

import (
	"strings"
	"testing"

	"gutskin/quiz"
	"gutskin/recommend"
)

// edit changes advice as it is put into a book.
func edit(a recommend.Advice, change func(*recommend.Advice)) recommend.Advice {
	change(&a)
	return a
}

func below(question string, n float64) quiz.Condition {
	return quiz.Condition{Question: question, Below: number(n)}
}

func TestPriority(t *testing.T) {
	plain := tip("greens", "eating", "greens", "no", "some", "lots")
	for _, c := range []struct {
		about, answers string
		change         func(*recommend.Advice)
		want           recommend.Hundredths // -1: not ranked at all
	}{
		{"gap 4", "greens=no", func(*recommend.Advice) {}, 1200 + 200 - 100},
		{"gap 2", "greens=some", func(*recommend.Advice) {}, 600 + 200 - 100},
		{"no gap", "greens=lots", func(*recommend.Advice) {}, -1},
		{"effort", "greens=no", func(a *recommend.Advice) { a.Effort = recommend.High }, 1200 + 200 - 300},
		{"the better grade counts", "greens=no", func(a *recommend.Advice) { a.Skin = recommend.Strong }, 1200 + 600 - 100},
		{"a grade for the concern", "greens=no skin=spots", func(a *recommend.Advice) {
			a.SkinFor = map[string]recommend.Grade{"spots": recommend.Moderate}
		}, 1200 + 400 - 100},
		{"a grade for another concern", "greens=no skin=itch", func(a *recommend.Advice) {
			a.SkinFor = map[string]recommend.Grade{"spots": recommend.Moderate}
		}, 1200 + 200 - 100},
		{"a match", "greens=no skin=spots,itch", func(a *recommend.Advice) { a.Match = map[string]int{"itch": 2, "spots": 1} }, 1200 + 600 + 200 - 100},
		{"unproven", "greens=no", func(a *recommend.Advice) { a.Health = recommend.Weak }, -1},
		{"no claim at all", "greens=no", func(a *recommend.Advice) { a.Health, a.Skin = recommend.NoGrade, recommend.NoGrade }, -1},
		{"a pillar's gap", "greens=some sweets=rare", func(a *recommend.Advice) {
			a.Trigger = []recommend.Trigger{{Pillar: "eating"}} // 8 of 12 → 67
		}, 3*132 + 200 - 100},
		{"a pillar without a score", "sweets=rare greens=", func(a *recommend.Advice) {
			a.When, a.Trigger = in("sweets", "rare"), []recommend.Trigger{{Pillar: "eating"}}
		}, -1},
		{"the first trigger that applies", "greens=some sweets=often", func(a *recommend.Advice) {
			often := in("sweets", "often")
			a.Trigger = []recommend.Trigger{{Question: "sweets", When: &often}, {Question: "greens"}}
		}, 1200 + 200 - 100},
		{"a trigger that was skipped", "sweets=often", func(a *recommend.Advice) { a.When = in("sweets", "often") }, -1},
		{"it does not fit", "greens=no skin=itch", func(a *recommend.Advice) {
			itch := in("skin", "itch")
			a.Unless = &itch
		}, -1},
	} {
		r := assess(smallBook(edit(plain, c.change)), c.answers)
		got := recommend.Hundredths(-1)
		if len(r.Top) > 0 {
			got = *r.Top[0].Priority
		}
		same(t, c.about, got, c.want)
	}
}

func TestTop(t *testing.T) {
	greens := tip("greens", "eating", "greens", "no")
	salad := tip("salad", "eating", "greens", "no")
	sweets := tip("sweets", "eating", "sweets", "often")
	fruit := edit(tip("fruit", "eating", "sweets", "often"), func(a *recommend.Advice) { a.Trigger = []recommend.Trigger{{Pillar: "eating"}} })
	water := edit(tip("water", "drinking", "cups"), func(a *recommend.Advice) { a.When = below("cups", 6) })
	tea := edit(tip("tea", "drinking", "cups"), func(a *recommend.Advice) {
		a.When, a.Trigger = below("cups", 6), []recommend.Trigger{{Pillar: "drinking"}}
	})
	less := func(a *recommend.Advice) { a.LessOf = true }
	strong := func(a *recommend.Advice) { a.Health = recommend.Strong }
	hard := func(a *recommend.Advice) { a.Effort = recommend.High }
	const all = "greens=no sweets=often cups=3"
	for _, c := range []struct {
		about, answers string
		advice         []recommend.Advice
		want           string
	}{
		{"two of a pillar, three in all", all, []recommend.Advice{greens, sweets, fruit, water, tea}, "fruit greens tea"},
		{"one for an item: the better", all, []recommend.Advice{greens, edit(salad, strong)}, "salad"},
		{"one for an item: less effort", all, []recommend.Advice{edit(greens, hard), salad}, "salad"},
		{"one of less", all, []recommend.Advice{edit(greens, less), edit(sweets, less), water}, "greens water"},
		{"ties go by id", all, []recommend.Advice{sweets, greens}, "greens sweets"},
		{"ties go to the lower pillar first", "greens=no sweets=rare cups=0", []recommend.Advice{greens, water}, "water greens"},
		{"the lowest pillar below 40 has a place", "greens=no sweets=often cups=0", []recommend.Advice{water}, "water"},
		{"above its neighbour, whatever it ranks", all, []recommend.Advice{edit(greens, strong), edit(sweets, func(a *recommend.Advice) { a.Above = "greens" })}, "sweets greens"},
		{"no effect where it ranks higher anyway", all, []recommend.Advice{greens, edit(sweets, func(a *recommend.Advice) {
			strong(a)
			a.Above = "greens"
		})}, "sweets greens"},
	} {
		same(t, c.about, ids(assess(smallBook(c.advice...), c.answers).Top), c.want)
	}
}

// The lowest pillar keeps its place even where everything else ranks higher.
func TestPlaceForTheLowest(t *testing.T) {
	strong := func(a *recommend.Advice) { a.Health = recommend.Strong }
	q := smallQuiz()
	q.Questions = append(q.Questions, question("sleep", "resting", 1, option("bad", 2, "you sleep badly", ""), option("good", 4, "", "")))
	q.Pillars = []quiz.Pillar{{ID: "eating", Weight: 40}, {ID: "drinking", Weight: 30}, {ID: "resting", Weight: 30}}
	q.Compile()
	b := smallBook(
		edit(tip("greens", "eating", "greens", "no"), strong), edit(tip("sweets", "eating", "sweets", "often"), strong),
		edit(tip("bed", "resting", "sleep", "bad"), strong),
		edit(tip("water", "drinking", "cups"), func(a *recommend.Advice) { a.When = below("cups", 6) }),
	)
	for answers, want := range map[string]string{
		"greens=no sweets=often sleep=bad cups=3": "greens sweets bed", // eating is at 0 and has its place
		"greens=no sweets=rare sleep=bad cups=0":  "greens water bed",  // two below 40, the lowest is in anyway
		"greens=no sweets=rare cups=0 sleep=good": "greens water",
		"greens=some sweets=often sleep=bad":      "sweets bed", // greens is not for "some"
		"greens=lots sweets=rare sleep=bad":       "bed",
	} {
		same(t, answers, ids(recommend.Assess(q, b, reading(answers)).Top), want)
	}
}

func TestReplacements(t *testing.T) {
	greens := tip("greens", "eating", "greens", "no")
	salad := edit(tip("salad", "eating", "greens", "no"), func(a *recommend.Advice) {
		a.Instead = &recommend.Instead{Of: "greens", When: in("health", "allergy")}
	})
	same(t, "not called for", ids(assess(smallBook(greens, salad), "greens=no").Top), "greens")
	same(t, "called for", ids(assess(smallBook(greens, salad), "greens=no health=allergy").Top), "salad")
	salad.Needs = []string{"milk"}
	same(t, "called for and held: neither", ids(assess(smallBook(greens, salad), "greens=no health=allergy").Top), "")
}

func beyondTip(id, question string, options ...string) recommend.Advice {
	return onShelf(recommend.Beyond, tip(id, "", question, options...))
}

func TestBeyond(t *testing.T) {
	greens := tip("greens", "eating", "greens", "no")
	calm := beyondTip("calm", "health", "tired")
	nap := beyondTip("nap", "health", "tired")
	soap := edit(beyondTip("soap", "skin", "spots"), func(a *recommend.Advice) { a.Match = map[string]int{"spots": 1} })
	walk := edit(beyondTip("walk", "health", "tired"), func(a *recommend.Advice) {
		a.First = []recommend.Priority{{When: in("skin", "itch"), Order: 2}}
	})
	smoke := edit(beyondTip("zero", "health", "tired"), func(a *recommend.Advice) {
		a.First = []recommend.Priority{{When: in("health", "tired"), Order: 1}}
	})
	test := edit(beyondTip("test", "health", "tired"), func(a *recommend.Advice) { a.LessOf, a.NotWith = true, []string{"greens"} })
	instead := edit(tip("salad", "eating", "greens", "no"), func(a *recommend.Advice) {
		a.Instead = &recommend.Instead{Of: "greens", When: in("health", "allergy")}
	})
	for _, c := range []struct {
		about, answers string
		advice         []recommend.Advice
		top, beyond    string
	}{
		{"three at most, by id", "health=tired", []recommend.Advice{calm, nap, walk, smoke}, "", "zero calm nap"},
		{"its own order, then what matches", "health=tired skin=itch,spots", []recommend.Advice{calm, nap, soap, walk, smoke}, "", "zero walk soap"},
		{"one of less gives way", "health=tired greens=no", []recommend.Advice{test, edit(greens, func(a *recommend.Advice) {
			a.LessOf, a.ID = true, "leaves"
		})}, "leaves", ""},
		{"it changes the top idea for its stand-in", "health=tired greens=no", []recommend.Advice{test, greens, instead}, "salad", "test"},
		{"it gives way where there is no stand-in", "health=tired greens=no", []recommend.Advice{test, greens}, "greens", ""},
		{"its place goes to the next", "health=tired greens=no", []recommend.Advice{test, greens, calm, nap, walk}, "greens", "calm nap walk"},
	} {
		r := assess(smallBook(c.advice...), c.answers)
		same(t, c.about+": top", ids(r.Top), c.top)
		same(t, c.about+": beyond", ids(r.Beyond), c.beyond)
	}
}

// What a rule brings in stands before what only matches, and after what has an order
// of its own.
func TestBrought(t *testing.T) {
	calm := edit(beyondTip("calm", "skin", "spots"), func(a *recommend.Advice) { a.Match = map[string]int{"spots": 2} })
	b := smallBook(calm, beyondTip("team", "skin", "spots"))
	same(t, "no rule", ids(assess(b, "skin=spots").Beyond), "calm team")
	b.Rules[0].Bring = []string{"team"}
	same(t, "a rule", ids(assess(b, "skin=spots health=kidney").Beyond), "team calm")
}

func TestOtherShelves(t *testing.T) {
	greens := tip("greens", "eating", "greens", "no")
	slow := edit(onShelf(recommend.Companion, tip("slow", "", "skin", "spots")), func(a *recommend.Advice) { a.With = []string{"greens"} })
	cream := onShelf(recommend.Companion, tip("cream", "", "skin", "spots"))
	pill := onShelf(recommend.Supplement, tip("pill", "", "skin", "spots"))
	b := smallBook(greens, slow, cream, pill)
	r := assess(b, "skin=spots")
	same(t, "companions without their idea", ids(r.Companions), "cream")
	same(t, "supplements", ids(r.Supplements), "pill")
	same(t, "shown", strings.Join(r.Shown(), " "), "cream pill")
	r = assess(b, "skin=spots greens=no")
	same(t, "companions with their idea", ids(r.Companions), "slow cream")
}

// Keeping what works is the only idea when there is no other, and stands beside the
// others when all goes well and no safety rule asks for care.
func TestKeepGoing(t *testing.T) {
	keep := onShelf(recommend.Keep, tip("keep", "", "greens", "lots"))
	keep.When = quiz.Condition{Pillar: "overall", AtLeast: number(80)}
	b := smallBook(keep, tip("sweets", "eating", "sweets", "often"), onShelf(recommend.CareFirst, tip("see", "", "skin", "spots")))
	const well = "greens=lots cups=6 "
	for _, c := range []struct{ about, answers, top, companions string }{
		{"nothing else", "sweets=rare", "keep", ""},
		{"all goes well", well + "sweets=rare", "keep", ""},
		{"nearly all goes well", well + "sweets=often", "sweets", "keep"}, // 80 overall
		{"not so well", "greens=lots cups=3 sweets=often", "sweets", ""},
		{"a note is no reason for care", well + "sweets=often health=kidney", "sweets", ""}, // 67: drinking is hidden
		{"a care card is no flag", well + "sweets=often skin=spots", "sweets", "keep"},
		{"everything is held", well + "sweets=rare health=fall", "", ""},
	} {
		r := assess(b, c.answers)
		same(t, c.about+": top", ids(r.Top), c.top)
		same(t, c.about+": companions", ids(r.Companions), c.companions)
	}
}
