package recommend_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gutskin/quiz"
	"gutskin/recommend"
)

const today recommend.Day = "2026-03-02" // a Monday

func plan(actions ...recommend.Action) recommend.Plan {
	return recommend.Plan{ID: "p1", Start: "2026-03-04", Actions: actions}
}

func action(advice string, days ...time.Weekday) recommend.Action {
	return recommend.Action{Advice: advice, Days: days}
}

func TestCheckPlan(t *testing.T) {
	report := recommend.Report{
		Top:  []recommend.Pick{{ID: "R01"}, {ID: "R02"}},
		More: []recommend.Pick{{ID: "R03"}, {ID: "R04"}},
		Held: []recommend.Hold{{ID: "R39"}},
	}
	text := func(s string) func(*recommend.Plan) {
		return func(p *recommend.Plan) { p.Actions[0].IfThen = s }
	}
	at := func(s string) func(*recommend.Plan) { return func(p *recommend.Plan) { p.Actions[0].At = s } }
	start := func(d recommend.Day) func(*recommend.Plan) { return func(p *recommend.Plan) { p.Start = d } }
	days := func(list ...time.Weekday) func(*recommend.Plan) {
		return func(p *recommend.Plan) { p.Actions[0].Days = list }
	}
	add := func(ids ...string) func(*recommend.Plan) {
		return func(p *recommend.Plan) {
			for _, id := range ids {
				p.Actions = append(p.Actions, action(id, time.Monday))
			}
		}
	}
	for _, c := range []struct {
		about  string
		change func(*recommend.Plan)
		want   string
	}{
		{"as it is", func(*recommend.Plan) {}, ""},
		{"three", add("R02", "R03"), ""},
		{"four", add("R02", "R03", "R04"), "too_many_actions -1"},
		{"none", func(p *recommend.Plan) { p.Actions = nil }, "no_action -1"},
		{"not shown", add("R08"), "not_shown 1"},
		{"held by the report", add("R39"), "held 1"},
		{"held by today's edition", add("R04"), ""},
		{"the same again", add("R02", "R01"), "twice 2"},
		{"today", start("2026-03-02"), ""},
		{"yesterday", start("2026-03-01"), "date_past -1"},
		{"in 90 days", start("2026-05-31"), ""},
		{"in 91 days", start("2026-06-01"), "date_far -1"},
		{"no such day", start("2026-02-30"), "bad_date -1"},
		{"no date", start(""), "bad_date -1"},
		{"another way to write it", start("4 March"), "bad_date -1"},
		{"no day", days(), "no_day 0"},
		{"every day", days(0, 1, 2, 3, 4, 5, 6), ""},
		{"a day twice", days(1, 3, 1), "bad_day 0"},
		{"no such weekday", days(7), "bad_day 0"},
		{"before Sunday", days(-1), "bad_day 0"},
		{"a cue", at("breakfast"), ""},
		{"a time", at("07:05"), ""},
		{"midnight", at("00:00"), ""},
		{"no such time", at("24:00"), "bad_time 0"},
		{"a short time", at("7:05"), "bad_time 0"},
		{"another cue", at("when I feel like it"), "bad_time 0"},
		{"200 characters", text(strings.Repeat("ü", 200)), ""},
		{"201 characters", text(strings.Repeat("ü", 201)), "text_long 0"},
		{"emoji with joiners", text("If 👩‍👩‍👧 are home, then we walk."), ""},
		{"a line end", text("If\nthen"), "text_odd 0"},
		{"a return", text("If\r\nBEGIN:VEVENT"), "text_odd 0"},
		{"a nul", text("If\x00"), "text_odd 0"},
		{"a line separator", text("If\u2028then"), "text_odd 0"},
		{"turned around", text("If \u202Ethen"), "text_odd 0"},
		{"no text in UTF-8", text("If \xff"), "text_odd 0"},
		{"much at once", func(p *recommend.Plan) {
			p.Start = "2020-01-01"
			p.Actions = append(p.Actions, recommend.Action{Advice: "R39", At: "noon"})
		}, "date_past -1; held 1; no_day 1; bad_time 1"},
	} {
		p := plan(action("R01", time.Monday, time.Thursday))
		c.change(&p)
		var got []string
		for _, problem := range recommend.CheckPlan(p, report, today) {
			got = append(got, fmt.Sprint(problem.Kind, " ", problem.Action))
		}
		same(t, c.about, strings.Join(got, "; "), c.want)
	}
	got := recommend.CheckPlan(plan(action("R04", time.Monday)), report, today, "R04")
	sameList(t, "held today", got, recommend.PlanProblem{Kind: recommend.AdviceHeld})
}

func TestPlanRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := recommend.Plan{ID: rapid.String().Draw(t, "id"), Start: "2026-03-04"}
		for i := range rapid.IntRange(0, 3).Draw(t, "actions") {
			a := action(fmt.Sprintf("R%02d", i))
			for d := range rapid.IntRange(0, 7).Draw(t, "days") {
				a.Days = append(a.Days, time.Weekday(d))
			}
			a.At = rapid.SampledFrom([]string{"", "lunch", "21:30"}).Draw(t, "at")
			a.IfThen = rapid.StringN(0, 200, -1).Draw(t, "text")
			p.Actions = append(p.Actions, a)
		}
		for range rapid.IntRange(0, 9).Draw(t, "ticks") {
			p.Tick(p.Start.Plus(rapid.IntRange(-1, 15).Draw(t, "day")), "R00", rapid.Bool().Draw(t, "done"))
		}
		body, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var got recommend.Plan
		if err := json.Unmarshal(body, &got); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(p, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestDayInParts(t *testing.T) {
	day, month, year := recommend.Day("2026-03-04").Parts()
	same(t, "4 March", day+" "+month+" "+year, "4 3 2026")
}

func TestTicksAndProgress(t *testing.T) {
	// From Wednesday the 4th to Tuesday the 17th.
	p := plan(action("walk", time.Monday, time.Wednesday), action("water", time.Saturday))
	var due []string
	for i := -7; i < 28; i++ {
		for _, a := range p.Due(p.Start.Plus(i)) {
			due = append(due, string(p.Start.Plus(i)[8:])+" "+a.Advice)
		}
	}
	sameList(t, "due", due, "04 walk", "07 water", "09 walk", "11 walk", "14 water", "16 walk")
	same(t, "the last day", p.End(), "2026-03-17")
	same(t, "the check-in", p.CheckInDay(), "2026-03-18")

	for _, c := range []struct {
		day    recommend.Day
		advice string
		want   bool
	}{
		{"2026-03-04", "walk", true}, {"2026-03-07", "water", true}, {"2026-03-07", "walk", false},
		{"2026-03-18", "walk", false}, {"2026-03-02", "walk", false}, {"2026-03-04", "tea", false}, {"soon", "walk", false},
	} {
		same(t, fmt.Sprint(c), p.Tick(c.day, c.advice, true), c.want)
	}
	p.Tick("2026-03-04", "walk", true) // again: still one
	same(t, "all", p.Progress("2026-03-09", ""), recommend.Progress{Done: 2, SoFar: 3, All: 6})
	same(t, "one", p.Progress("2026-03-09", "walk"), recommend.Progress{Done: 1, SoFar: 2, All: 4})
	same(t, "before it starts", p.Progress(today, "water"), recommend.Progress{Done: 1, All: 2})

	kept := p
	p.Tick("2026-03-07", "water", false)
	same(t, "taken back", p.Ticked("2026-03-07", "water"), false)
	same(t, "a copy keeps its ticks", kept.Ticked("2026-03-07", "water"), true)
}

// Each due time is due on a chosen weekday within the two weeks, and each weekday comes
// twice: a plan is never empty and never grows.
func TestProgressCountsTwoWeeks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := today.Plus(rapid.IntRange(0, 2000).Draw(t, "start"))
		chosen := rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 1, 7, rapid.ID[int]).Draw(t, "days")
		p := recommend.Plan{Start: start, Actions: []recommend.Action{{Advice: "walk"}}}
		for _, d := range chosen {
			p.Actions[0].Days = append(p.Actions[0].Days, time.Weekday(d))
		}
		if got := p.Progress(p.End(), ""); got.All != 2*len(chosen) || got.SoFar != got.All {
			t.Errorf("got %+v, want %d times", got, 2*len(chosen))
		}
	})
}

func TestDays(t *testing.T) {
	same(t, "a leap day", recommend.Day("2028-02-28").Plus(1), "2028-02-29")
	same(t, "a new year", recommend.Day("2026-12-31").Plus(1), "2027-01-01")
	same(t, "back", recommend.Day("2026-03-01").Plus(-1), "2026-02-28")
	same(t, "weekday", today.Weekday(), time.Monday)
	same(t, "of a time, in its zone", recommend.DayOf(time.Date(2026, 3, 1, 23, 0, 0, 0, time.FixedZone("", -36000))), "2026-03-01")
	for s, want := range map[string]string{
		"2026-03-01": "<nil>", "2026-3-1": `"2026-3-1" is no date: write it as 2026-03-01`, "0000-01-01": `"0000-01-01" is no date: write it as 2026-03-01`,
	} {
		_, err := recommend.ParseDay(s)
		same(t, s, fmt.Sprint(err), want)
	}
}

func TestCheckIn(t *testing.T) {
	b := smallBook(
		tip("greens", "eating", "greens", "no"),
		edit(tip("fruit", "eating", "sweets", "often"), func(a *recommend.Advice) { a.Trigger = []recommend.Trigger{{Pillar: "eating"}} }),
		edit(tip("water", "drinking", "cups"), func(a *recommend.Advice) { a.When = below("cups", 6) }),
		onShelf(recommend.Beyond, tip("cream", "", "skin", "spots")),
	)
	r := recommend.Assess(smallQuiz(), b, reading("health=none skin=spots greens=no sweets=often cups=3"))
	for actions, want := range map[string]string{
		"greens":       "greens",
		"water greens": "greens cups",
		"fruit":        "greens sweets",
		"cream":        "skin",
		"nothing":      "",
	} {
		var p recommend.Plan
		for _, id := range strings.Fields(actions) {
			p.Actions = append(p.Actions, action(id, time.Monday))
		}
		got := recommend.CheckIn(smallQuiz(), b, r, p)
		same(t, actions, strings.Join(got, " "), want)
	}
	now := quiz.Answers{"skin": quiz.Pick("none"), "greens": quiz.Pick("lots"), "sweets": quiz.Pick("often"), "cups": quiz.Num(9)}
	changes := recommend.AnswerChanges(smallQuiz(), r.Answers, now, "greens", "sweets")
	same(t, "the difference", fmt.Sprint(changes[0].Question, changes[0].To.Picked, len(changes)), "greens[lots] 1")
	if slices.ContainsFunc(changes, func(c recommend.AnswerChange) bool { return c.Points != nil }) {
		t.Error("answers alone tell no points: a safety rule may hide them")
	}
}
