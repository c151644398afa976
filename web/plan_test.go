package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gutskin/recommend"
)

// finished is a browser at the results of a check, and the ideas that they show.
func finishedWith(t testing.TB, s *server, said string) (b *browser, key string, ideas []string) {
	t.Helper()
	b = s.browser()
	b.start()
	b.fill(saidIn(dashed(said)))
	key = b.finish()
	r := newest(t, s, key)
	return b, key, r.Shown()
}

func newest(t testing.TB, s *server, key string) (r recommend.Report) {
	t.Helper()
	j, err := s.store.Read(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	entry := slices.MaxFunc(j.Entries, func(a, b Saved) int { return a.TakenAt.Compare(b.TakenAt) })
	if err := json.Unmarshal(entry.Payload, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// kept is the plan that the store holds.
func kept(t testing.TB, s *server, key string) *planNote {
	t.Helper()
	j, err := s.store.Read(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	note, err := planOf(j)
	if err != nil {
		t.Fatal(err)
	}
	return note
}

// planFields fills the second step in for some ideas, each on Mondays and Thursdays.
func planFields(start string, ideas ...string) url.Values {
	part := strings.Split(start, "-")
	form := url.Values{"idea": ideas, "year": part[:1], "month": part[1:2], "day": part[2:3]}
	for _, id := range ideas {
		form[id+".days"] = []string{"1", "4"}
	}
	return form
}

func eager() string {
	return strings.NewReplacer("plants=p30", "plants=p0_9", "fruitveg=fv5", "fruitveg=fv2", "sugar=rarely", "sugar=daily",
		"stress_cope=well", "stress_cope=just", "unwind=d5_7", "unwind=d0", "drinks=n:7", "drinks=n:3").Replace(healthy)
}

func TestMakingAPlan(t *testing.T) {
	s := newServer(t)
	b, key, ideas := finishedWith(t, s, eager())
	if len(ideas) < 4 {
		t.Fatalf("the report shows %v, and this test needs four ideas", ideas)
	}
	at := "/r/" + key + "/plan"
	two := "idea=" + ideas[0] + "&idea=" + ideas[1]
	b.journey([]step{
		{"GET /r/" + key, "200 href=\"" + at + "\" & word plan.make"},
		{"GET " + at, "200 form " + at + "/choose & no checked & noindex"},
		{"POST " + at + "/choose", "422 word plan.fault.no_action & form " + at + "/choose"},
		{"POST " + at + "/choose idea=" + strings.Join(ideas[:4], "&idea="), "422 Select up to 3 ideas"},
		{"POST " + at + "/choose " + two, "200 form " + at + " & value=\"2026\" & value=\"6\""},
		{"POST " + at + " " + two + "&day=31&month=2&year=2026&" + ideas[0] + ".text=If+I+wake%2C+then+I+walk.&" + ideas[0] + ".time=25.00",
			"422 If I wake, then I walk. & value=\"31\" & value=\"25.00\" & word plan.fault.bad_date & Select at least 1 day"},
		{"POST " + at + " " + planFields("2026-06-03", ideas[0], ideas[1]).Encode(), "303 " + at},
		{"follow", "200 word notice.plan_saved & form " + at + "/ticks & 0 of 8 done. & From 3 June 2026 to 16 June 2026."},
		{"GET " + at, "200 no word notice.plan_saved"},
		{"GET /r/" + key, "200 word plan.open"},
	})
	note := kept(t, s, key)
	want := []recommend.Action{
		{Advice: ideas[0], Days: []time.Weekday{time.Monday, time.Thursday}},
		{Advice: ideas[1], Days: []time.Weekday{time.Monday, time.Thursday}},
	}
	if diff := cmp.Diff(want, note.Actions); diff != "" || note.Start != "2026-06-03" || note.ID == "" {
		t.Errorf("%+v is kept (-want +got):\n%s", note, diff)
	}
	if got := b.page.header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control is %q", got)
	}
	// The id of a request is random and can look like anything.
	log := regexp.MustCompile(` id=\w+`).ReplaceAllString(s.log.String(), "")
	for _, id := range ideas {
		if strings.Contains(log, id) || strings.Contains(log, key) {
			t.Fatal("the log tells what somebody plans")
		}
	}
}

func TestTicking(t *testing.T) {
	s := newServer(t)
	b, key, ideas := finishedWith(t, s, eager())
	at := "/r/" + key + "/plan"
	b.get(at)
	b.post(at, planFields("2026-06-01", ideas[0]).Encode())
	b.follow()
	first, second := "2026-06-01+"+ideas[0], "2026-06-04+"+ideas[0]
	other := b.tab()
	other.get(at)
	b.journey([]step{
		{"POST " + at + "/ticks t=" + first, "303 " + at},
		{"follow", "200 1 of 4 done. & word notice.ticks_saved"},
	})
	other.journey([]step{ // a page from before the first tick
		{"POST " + at + "/ticks t=" + second, "303 " + at},
		{"follow", "200 2 of 4 done."},
		{"POST " + at + "/ticks t=" + second + "&t=2026-06-05+" + ideas[0] + "&t=2026-06-04+R999&t=nonsense&t=", "303 " + at},
		{"follow", "200 1 of 4 done."},
	})
	if diff := cmp.Diff(map[recommend.Day][]string{"2026-06-04": {ideas[0]}}, kept(t, s, key).Done); diff != "" {
		t.Errorf("ticks (-want +got):\n%s", diff)
	}
	// Changing the plan keeps its name and the ticks that still have a box, and its first
	// day, though that is past.
	s.now = s.now.AddDate(0, 0, 3)
	id := kept(t, s, key).ID
	form := planFields("2026-06-01", ideas[0])
	form[ideas[0]+".days"] = []string{"4", "5"}
	b.journey([]step{
		{"GET " + at + "/choose", "200 value=\"" + ideas[0] + "\" checked"},
		{"POST " + at + "/choose idea=" + ideas[0], "200 value=\"1\" checked & value=\"4\" checked"},
		{"POST " + at + " " + form.Encode(), "303 " + at},
		{"follow", "200 1 of 4 done."},
		{"POST " + at + "/ticks plan=" + strings.Repeat("A", 26) + "&t=" + second, "303 " + at},
		{"follow", "200 word notice.plan_elsewhere"},
	})
	if got := kept(t, s, key).ID; got != id {
		t.Error("a plan that is changed has another name")
	}
	// A plan that is over makes room for another one.
	s.now = s.now.AddDate(0, 0, 20)
	b.journey([]step{
		{"GET " + at, "200 word plan.over & word plan.again"},
		{"POST " + at + " " + planFields("2026-06-01", ideas[0]).Encode(), "422 word plan.fault.date_past"},
		{"POST " + at + " " + planFields("2026-06-24", ideas[0]).Encode(), "303 " + at},
	})
	if got := kept(t, s, key); got.ID == id || len(got.Done) > 0 {
		t.Error("a new plan has the name or the ticks of the old one")
	}
}

// Ticks that arrive at once are all kept.
func TestTicksAtOnce(t *testing.T) {
	s := newServer(t)
	b, key, ideas := finishedWith(t, s, eager())
	at := "/r/" + key + "/plan"
	form := planFields("2026-06-01", ideas[0])
	form[ideas[0]+".days"] = []string{"0", "1", "2", "3", "4", "5", "6"}
	b.get(at)
	b.post(at, form.Encode())
	id := kept(t, s, key).ID
	var wait sync.WaitGroup
	for i := range recommend.PlanDays {
		body := url.Values{"plan": {id}, "t": {string(recommend.Day("2026-06-01").Plus(i)) + " " + ideas[0]}}.Encode()
		r := b.request(http.MethodPost, at+"/ticks", body)
		wait.Go(func() {
			if response, err := s.Test(r, -1); err != nil || response.StatusCode != http.StatusSeeOther {
				t.Errorf("%v, %v", response, err)
			}
		})
	}
	wait.Wait()
	if got := kept(t, s, key).Progress("2026-06-01", ""); got.Done != recommend.PlanDays {
		t.Errorf("%d of %d ticks are kept", got.Done, recommend.PlanDays)
	}
}

func TestPlansThatAreRefused(t *testing.T) {
	s := newServer(t)
	b, key, ideas := finishedWith(t, s, strings.Replace(eager(), "medicines=none", "medicines=lithium_diuretic", 1))
	at := "/r/" + key + "/plan"
	held := newest(t, s, key).Held
	if len(held) == 0 {
		t.Fatal("nothing is held, and this test needs something that is")
	}
	set := func(name string, values ...string) func(url.Values) {
		return func(f url.Values) { f[name] = values }
	}
	id := ideas[0]
	for _, c := range []struct {
		name   string
		change func(url.Values)
		want   string
	}{
		{"held", set("idea", id, held[0].ID), "Continue without it"},
		{"nowhere in the report", set("idea", id, "R999"), "An idea from before"},
		{"markup for an idea", set("idea", "<script>alert(1)</script>"), "An idea from before"},
		{"twice", set("idea", id, id), "Continue without the second one"},
		{"four", set("idea", ideas[:4]...), "Select up to 3 ideas"},
		{"none", set("idea"), "Select at least 1 idea"},
		{"yesterday", set("day", "31"), "Enter a day"},
		{"last month", set("month", "5"), "Start today or on a later day"},
		{"next year", set("year", "2027"), "Start within the next 90 days"},
		{"a short year", set("year", "26"), "Enter a day"},
		{"no day", set("day", ""), "Enter a day"},
		{"a sign", set("day", "+1"), "Enter a day"},
		{"a day in words", set("day", "first"), "Enter a day"},
		{"no weekday", set(id + ".days"), "Select at least 1 day"},
		{"no such weekday", set(id+".days", "7"), "Select the days"},
		{"a weekday in words", set(id+".days", "Monday"), "Select the days"},
		{"a weekday twice", set(id+".days", "1", "1"), "Select the days"},
		{"no time of day", set(id+".time", "later"), "Use a time"},
		{"hour 24", set(id+".time", "24:00"), "Use a time"},
		{"another part of the day", set(id+".at", "noon"), "Use a time"},
		{"a long sentence", set(id+".text", strings.Repeat("ü", 201)), "Use 200 characters or fewer"},
		{"a nul", set(id+".text", "If\x00"), "plain letters only"},
		{"turned around", set(id+".text", "If \u202ethen"), "plain letters only"},
	} {
		t.Run(c.name, func(t *testing.T) {
			form := planFields("2026-06-01", id)
			c.change(form)
			b.get(at)
			if b.post(at, form.Encode()); b.page.status != http.StatusUnprocessableEntity || !strings.Contains(b.page.text(), c.want) || !strings.Contains(b.page.body, `id="problem"`) {
				t.Errorf("got %d, want 422 and %q:\n%s", b.page.status, c.want, b.page.text())
			}
			if strings.Contains(b.page.body, "<script>alert") {
				t.Error("markup gets through")
			}
		})
	}
	if kept(t, s, key) != nil {
		t.Error("a plan that was refused is kept")
	}
	b.journey([]step{
		{"GET " + at, "200 no value=\"" + held[0].ID + "\""},
		{"POST " + at + "/choose idea=" + held[0].ID, "422 Continue without it & no .days"},
	})
}

// The date is the visitor's where their browser tells how far they are from UTC.
func TestTodayIsWhereTheVisitorIs(t *testing.T) {
	late := time.Date(2026, 6, 1, 3, 0, 0, 0, time.UTC)
	for zone, want := range map[string]recommend.Day{
		"": "2026-06-01", "-420": "2026-05-31", "780": "2026-06-01", "-99999999": "2026-05-31", "x": "2026-06-01", "1e9": "2026-06-01",
	} {
		if got := visitorsDay(late, zone); got != want {
			t.Errorf("%q minutes: got %s, want %s", zone, got, want)
		}
	}
	s := newServer(t)
	b, key, ideas := finishedWith(t, s, eager())
	s.now = late
	at := "/r/" + key + "/plan"
	b.get(at)
	form := planFields("2026-05-31", ideas[0])
	if b.post(at, form.Encode()); b.page.status != http.StatusUnprocessableEntity {
		t.Errorf("yesterday: got %d", b.page.status)
	}
	form.Set("zone", "-420")
	if b.post(at, form.Encode()); b.page.status != http.StatusSeeOther {
		t.Errorf("today in California: got %d", b.page.status)
	}
}

func TestTimesAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{
		"7:05": "07:05", "7.05": "07:05", "0705": "07:05", "705": "07:05", "19:30": "19:30", "00.00": "00:00",
		"7": "7", "24:00": "24:00", "7:5": "7:5", "7:60": "7:60", "seven": "seven", "193": "193", "-7:05": "-7:05",
	} {
		if got := clock(typed); got != want {
			t.Errorf("%q: got %q, want %q", typed, got, want)
		}
	}
}

func TestPlanOfAnotherDayAndOfOthers(t *testing.T) {
	s := newServer(t)
	b, key, ideas := finishedWith(t, s, eager())
	at := "/r/" + key + "/plan"
	viewKey, err := s.store.Share(t.Context(), key, Share{Label: "a friend"})
	if err != nil {
		t.Fatal(err)
	}
	b.get(at)
	b.post(at, planFields("2026-06-01", ideas[0]).Encode())
	view := "/r/" + viewKey
	s.browser().journey([]step{
		{"GET " + view, "200 no " + view + "/plan\""},
		{"GET " + view + "/plan", "403 word error.read_only.title"},
		{"GET " + view + "/plan/choose", "403 word error.read_only.title"},
		{"GET " + view + "/plan/remove", "403 word error.read_only.title"},
		{"GET " + view + "/plan.ics", "403 word error.read_only.title"},
		{"GET " + view + "/check-in", "403 word error.read_only.title"},
		{"POST " + view + "/plan " + planFields("2026-06-01", ideas[0]).Encode(), "403 word error.read_only.title"},
		{"POST " + view + "/plan/ticks", "403 word error.read_only.title"},
		{"POST " + view + "/plan/remove", "403 word error.read_only.title"},
		{"POST " + view + "/check-in", "403 word error.read_only.title"},
		{"GET /r/" + aKey + "/plan", "404 word error.not_found.title"},
		{"POST /r/nokey/plan/remove", "404 word error.not_found.title"},
		{"POST /r/" + aKey + "/plan/ticks", "404 word error.not_found.title"},
		{"GET " + at + "/ticks", "405 "},
	})
	b.journey([]step{
		{"GET " + at + "/remove", "200 form " + at + "/remove"},
		{"POST " + at + "/remove", "303 /r/" + key},
		{"follow", "200 word notice.plan_removed & word plan.make"},
		{"POST " + at + "/remove", "303 /r/" + key},
		{"GET " + at + "/remove", "303 " + at},
		{"GET " + at + ".ics", "404 word error.not_found.title"},
		{"GET " + at + "/remove", "303 " + at},
		{"POST " + at + "/ticks t=x", "303 " + at},
		{"GET " + at, "200 form " + at + "/choose"},
		{"POST " + at + " " + planFields("2026-06-01", ideas[0]).Encode(), "303 " + at},
	})
	open := b.tab()
	open.get(at)
	b.get("/r/" + key + "/delete")
	b.post("/r/"+key+"/delete", "")
	open.journey([]step{ // deleted in another tab
		{"POST " + at + "/ticks t=2026-06-01+" + ideas[0], "410 word error.gone.title"},
		{"POST " + at + " " + planFields("2026-06-01", ideas[0]).Encode(), "410 word error.gone.title"},
		{"GET " + at, "410 word error.gone.title"},
		{"GET " + at + ".ics", "410 word error.gone.title"},
		{"POST " + at + "/remove", "410 word error.gone.title"},
	})
}

// retake adds a later report to a journal.
func retake(t testing.TB, s *server, key, said string) {
	t.Helper()
	_, other, _ := finishedWith(t, s, said)
	j, err := s.store.Read(t.Context(), other)
	if err != nil {
		t.Fatal(err)
	}
	entry := j.Entries[0]
	r := newest(t, s, other)
	r.TakenAt = s.now.Add(time.Hour)
	entry.Attempt, entry.TakenAt = newKey(), r.TakenAt
	if entry.Payload, err = json.Marshal(r); err != nil {
		t.Fatal(err)
	}
	if err := s.store.Save(t.Context(), key, entry); err != nil {
		t.Fatal(err)
	}
}

// A plan from before a retake stays readable; what the newest results do not show, or
// hold, says so. What is held is neither due nor in the calendar.
func TestPlanAfterARetake(t *testing.T) {
	s := newServer(t)
	b, key, _ := finishedWith(t, s, eager())
	at := "/r/" + key + "/plan"
	water := "R39"
	b.get(at)
	form := planFields("2026-06-01", water)
	form.Set(water+".text", "If I sit down, then I drink.")
	if b.post(at, form.Encode()); b.page.status != http.StatusSeeOther {
		t.Fatalf("got %d:\n%s", b.page.status, b.page.text())
	}
	retake(t, s, key, healthy)
	b.journey([]step{{"GET " + at, "200 word plan.not_shown & If I sit down, then I drink. & 0 of 4 done."}})
	// The idea does not apply any more, and would be held if it did.
	retake(t, s, key, strings.Replace(healthy, "medicines=none", "medicines=lithium_diuretic", 1))
	s.now = s.now.Add(2 * time.Hour)
	retake(t, s, key, strings.Replace(healthy, "medicines=none", "medicines=lithium_diuretic", 1))
	b.journey([]step{
		{"GET " + at, "200 word advice.held & no If I sit down, then I drink. & no of 4 done"},
		{"GET " + at + ".ics", "404 word error.not_found.title"},
	})
}

// What today's content holds, an older report with its plan does not suggest either.
func TestPlanOfAnIdeaThatIsHeldToday(t *testing.T) {
	st := openStore(t)
	old := newServer(t, func(o *Options) {
		o.Library, o.Store = edited(t, "safety.yaml", "hold: [R39, R41]\n    without: [fluid]", "hold: [R41]"), st
	})
	_, key := withPlan(t, old, strings.NewReplacer("medicines=none", "medicines=lithium_diuretic").Replace(eager()), "R39")
	s := newServer(t, func(o *Options) { o.Store = st })
	at := "/r/" + key + "/plan"
	s.browser().journey([]step{
		{"GET " + at, "200 word advice.held & no form " + at + "/ticks"},
		{"GET " + at + "/choose", "200 no value=\"R39\""},
		{"POST " + at + " " + planFields("2026-06-01", "R39").Encode(), "422 Continue without it"},
		{"GET /r/" + key + "/check-in", "200 word checkin.nothing & no drinks"},
	})
}

func TestNoPlanInACrisis(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(unsafe)))
	b.post("/quiz/get-help", "ok=1")
	b.follow()
	b.fill(saidIn(dashed(tired)))
	key := b.finish()
	b.journey([]step{
		{"GET /r/" + key, "200 no /r/" + key + "/plan\""},
		{"GET /r/" + key + "/plan", "200 word plan.nothing & word page.crisis & no form /r/" + key + "/plan/choose"},
	})
}

func TestDamagedPlan(t *testing.T) {
	s := newServer(t)
	b, key, _ := finishedWith(t, s, eager())
	for _, body := range []string{"hello", "{}", `{"actions":1}`} {
		if err := s.store.Put(t.Context(), key, NotePlan, []byte(body)); err != nil {
			t.Fatal(err)
		}
		b.journey([]step{
			{"GET /r/" + key + "/plan", "500 word error.damaged.title"},
			{"GET /r/" + key + "/plan/remove", "200 form /r/" + key + "/plan/remove"},
			{"POST /r/" + key + "/plan/remove", "303 /r/" + key},
		})
	}
}

// Whatever plan the form takes is read back as it was sent, is shown as it was written,
// and its calendar opens elsewhere.
func TestAnyPlanSurvives(t *testing.T) {
	s := newServer(t)
	b, key, ideas := finishedWith(t, s, eager())
	at := "/r/" + key + "/plan"
	sentence := rapid.OneOf(
		rapid.StringN(0, 200, -1),
		rapid.SampledFrom([]string{
			"</textarea><script>alert(1)</script>", "If a;b,c\\n: then \"d\" & <b>e</b>", "a\r\nEND:VEVENT\r\nBEGIN:VEVENT",
			"\u200fאם אני קם\u200f, then", "{{.T}} {said: plants} %s", strings.Repeat("👩‍👩‍👧‍👦", 25), " x ", "\t",
		}),
	)
	rapid.Check(t, func(rt *rapid.T) {
		chosen := rapid.SliceOfNDistinct(rapid.SampledFrom(ideas), 1, 3, rapid.ID[string]).Draw(rt, "ideas")
		start := recommend.Day("2026-06-01").Plus(rapid.IntRange(0, 90).Draw(rt, "start"))
		form := planFields(string(start), chosen...)
		for _, id := range chosen {
			form.Set(id+".text", sentence.Draw(rt, "sentence"))
			form[id+".days"] = rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"0", "1", "2", "3", "4", "5", "6"}), 1, 7, rapid.ID[string]).Draw(rt, "days")
			form.Set(id+".at", rapid.SampledFrom([]string{"", "any", "waking", "bedtime"}).Draw(rt, "at"))
			form.Set(id+".time", rapid.SampledFrom([]string{"", "", "6:15", "2359"}).Draw(rt, "time"))
		}
		b.get(at)
		b.post(at, form.Encode())
		shown := func() string { return b.page.document(t).Find("main").Text() }
		if b.page.status == http.StatusUnprocessableEntity { // only for its sentences
			for _, id := range chosen {
				if !strings.Contains(shown(), strings.TrimSpace(lineEnds.Replace(strings.ReplaceAll(form.Get(id+".text"), "\x00", "\uFFFD")))) {
					rt.Fatalf("%q is lost", form.Get(id+".text"))
				}
			}
			return
		}
		b.follow()
		note := kept(t, s, key)
		for i, id := range chosen {
			a := note.Actions[i]
			if want := strings.TrimSpace(lineEnds.Replace(form.Get(id + ".text"))); a.IfThen != want || !strings.Contains(shown(), want) {
				rt.Fatalf("kept %q, want %q", a.IfThen, want)
			}
			var days []string
			for _, d := range a.Days {
				days = append(days, fmt.Sprint(int(d)))
			}
			if !slices.Equal(days, form[id+".days"]) || note.Start != start {
				rt.Fatalf("kept %v from %s, want %v from %s", days, note.Start, form[id+".days"], start)
			}
		}
		if scripts := b.page.document(t).Find("main script").Length(); scripts > 0 {
			rt.Fatal("a sentence became markup")
		}
		b.get(at + ".ics?remind=1&checkin=1")
		if events := decoded(rt, []byte(b.page.body)); len(events) != len(chosen)+1 {
			rt.Fatalf("the calendar has %d events, want %d", len(events), len(chosen)+1)
		}
		b.get(at + "/remove")
		b.post(at+"/remove", "")
	})
}

func TestPlanCalendarFile(t *testing.T) {
	s := newServer(t)
	b, key, ideas := finishedWith(t, s, eager())
	at := "/r/" + key + "/plan"
	b.get(at)
	b.post(at, planFields("2026-06-01", ideas[0]).Encode())
	b.follow()
	p := b.get(at + ".ics")
	if kind := p.header.Get("Content-Type"); kind != "text/calendar; charset=utf-8" || p.header.Get("Cache-Control") != "no-store" {
		t.Errorf("Content-Type %q, Cache-Control %q", kind, p.header.Get("Cache-Control"))
	}
	if got := p.header.Get("Content-Disposition"); got != `attachment; filename="plan.ics"` {
		t.Errorf("Content-Disposition is %q", got)
	}
	if events := decoded(t, []byte(p.body)); len(events) != 1 || len(events[0].Children) != 0 || strings.Contains(unfold(p.body), key) {
		t.Errorf("reminders, another event or the link, and nobody asked for them:\n%s", p.body)
	}
	p = b.get(at + ".ics?remind=1")
	if events := decoded(t, []byte(p.body)); len(events) != 1 || len(events[0].Children) != 1 || strings.Contains(unfold(p.body), key) {
		t.Errorf("want one event with one alarm:\n%s", p.body)
	}
	p = b.get(at + ".ics?checkin=1")
	if events := decoded(t, []byte(p.body)); len(events) != 2 || !strings.Contains(unfold(p.body), "http://localhost/r/"+key+"/check-in") {
		t.Errorf("want a check-in with the link:\n%s", p.body)
	}
	if strings.Contains(s.log.String(), key) {
		t.Error("the log holds the key")
	}
}

func unfold(file string) string { return strings.ReplaceAll(file, "\r\n ", "") }

func TestPlanInAnotherLanguage(t *testing.T) {
	s := newBilingual(t)
	b := s.browser()
	b.send.Set("Accept-Language", "ar")
	b.start()
	b.fill(saidIn(dashed(eager())))
	key := b.finish()
	ideas := newest(t, s, key)
	at := "/r/" + key + "/plan"
	see := func(where string) { t.Helper(); inPseudo(t, where, b.page) }
	shown := ideas.Shown()[:2]
	b.get(at)
	see("ideas")
	b.post(at+"/choose", "")
	see("no idea")
	b.post(at+"/choose", url.Values{"idea": shown}.Encode())
	see("the form")
	b.post(at, url.Values{"idea": shown, "day": {"x"}}.Encode())
	see("faults")
	b.post(at, planFields("2026-06-01", shown...).Encode())
	b.follow()
	see("the plan")
	b.get(at + "/remove")
	see("remove")
	b.get("/r/" + key + "/check-in")
	see("check-in")
	b.post("/r/"+key+"/check-in", "")
	see("check-in, open")
}
