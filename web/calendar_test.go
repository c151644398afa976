package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones of the world, whatever this machine has
	"unicode/utf8"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gutskin/recommend"
)

// What calendar writes is read here by a parser of other people.

var calendarNow = time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)

func twoWeeks() calendarInput {
	return calendarInput{
		Plan: recommend.Plan{ID: "c0ffee", Start: "2026-03-04", Actions: []recommend.Action{ // a Wednesday
			{Advice: "R01", Days: []time.Weekday{time.Monday, time.Wednesday}, At: "07:45"},
			{Advice: "R39", Days: []time.Weekday{time.Sunday, time.Tuesday}, At: "lunch"},
			{Advice: "R27", Days: []time.Weekday{time.Saturday}},
		}},
		Words: calendarWords{
			Name: "My plan",
			Actions: []eventWords{
				{"Three new plants", "If I shop, then I pick 1 plant; or 2, or 3.\nThis is education, not medical advice."},
				{"Steady sips", "If I sit down to lunch, then I pour a glass of water."},
				{"Ten quiet minutes", ""},
			},
			CheckIn: eventWords{"Look back", "Three questions, 1 minute."},
		},
		Now: calendarNow,
	}
}

func decoded(t rapid.TB, file []byte) []ical.Event {
	t.Helper()
	d := ical.NewDecoder(bytes.NewReader(file))
	cal, err := d.Decode()
	if err != nil {
		t.Fatalf("%v in:\n%s", err, file)
	}
	if _, err := d.Decode(); !errors.Is(err, io.EOF) {
		t.Fatalf("there is more than one calendar in:\n%s", file)
	}
	// The encoder of that library refuses what lacks a part that the standard asks for.
	if err := ical.NewEncoder(io.Discard).Encode(cal); err != nil {
		t.Fatal(err)
	}
	return cal.Events()
}

func text(t testing.TB, c *ical.Component, name string) string {
	t.Helper()
	s, err := c.Props.Text(name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return s
}

func starts(t testing.TB, e *ical.Event) []string {
	t.Helper()
	set, err := e.RecurrenceSet(time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, at := range set.All() {
		list = append(list, at.Format("2 Jan 15:04"))
	}
	return list
}

func TestCalendarSaysWhenAndWhat(t *testing.T) {
	in := twoWeeks()
	events := decoded(t, calendar(in))
	if len(events) != 3 {
		t.Fatalf("got %d events, want 3", len(events))
	}
	for i, want := range []struct {
		title, text string
		starts      []string
		lasts       time.Duration
	}{
		{in.Words.Actions[0].Title, in.Words.Actions[0].Text, []string{"4 Mar 07:45", "9 Mar 07:45", "11 Mar 07:45", "16 Mar 07:45"}, 15 * time.Minute},
		{in.Words.Actions[1].Title, in.Words.Actions[1].Text, []string{"8 Mar 00:00", "10 Mar 00:00", "15 Mar 00:00", "17 Mar 00:00"}, 24 * time.Hour},
		{in.Words.Actions[2].Title, "", []string{"7 Mar 00:00", "14 Mar 00:00"}, 24 * time.Hour},
	} {
		e := &events[i]
		if got := text(t, e.Component, "SUMMARY"); got != want.title {
			t.Errorf("title: got %q, want %q", got, want.title)
		}
		if got := text(t, e.Component, "DESCRIPTION"); got != want.text {
			t.Errorf("text: got %q, want %q", got, want.text)
		}
		if diff := cmp.Diff(want.starts, starts(t, e)); diff != "" {
			t.Errorf("%s starts (-want +got):\n%s", want.title, diff)
		}
		start, _ := e.DateTimeStart(time.UTC)
		end, err := e.DateTimeEnd(time.UTC)
		if err != nil || end.Sub(start) != want.lasts {
			t.Errorf("%s lasts %v, want %v (%v)", want.title, end.Sub(start), want.lasts, err)
		}
		if len(e.Children) != 0 {
			t.Errorf("%s has an alarm that nobody asked for", want.title)
		}
	}
}

// In Honolulu and in Auckland, a quarter to eight is a quarter to eight.
func TestCalendarTimesFloat(t *testing.T) {
	event := decoded(t, calendar(twoWeeks()))[0]
	for _, zone := range []string{"Pacific/Honolulu", "Pacific/Auckland"} {
		place, err := time.LoadLocation(zone)
		if err != nil {
			t.Fatal(err)
		}
		at, err := event.DateTimeStart(place)
		if err != nil || at.Format("2 Jan 15:04 MST") != time.Date(2026, 3, 4, 7, 45, 0, 0, place).Format("2 Jan 15:04 MST") {
			t.Errorf("%s: got %v, %v", zone, at, err)
		}
	}
}

func TestCalendarReminders(t *testing.T) {
	in := twoWeeks()
	in.Remind, in.CheckIn = true, true
	var got []string
	for _, e := range decoded(t, calendar(in)) {
		for _, alarm := range e.Children {
			after, err := alarm.Props.Get("TRIGGER").Duration()
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, fmt.Sprintf("%s %s %s after %v", alarm.Name, text(t, alarm, "ACTION"), text(t, alarm, "DESCRIPTION"), after))
		}
	}
	want := []string{
		"VALARM DISPLAY Three new plants after 0s", "VALARM DISPLAY Steady sips after 12h0m0s",
		"VALARM DISPLAY Ten quiet minutes after 9h0m0s", "VALARM DISPLAY Look back after 9h0m0s",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("alarms (-want +got):\n%s", diff)
	}
}

func TestCalendarCarriesTheLinkOnlyWhenAsked(t *testing.T) {
	const key = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	in := twoWeeks()
	in.CheckIn = true
	events := decoded(t, calendar(in))
	look := events[len(events)-1]
	if day, _ := look.DateTimeStart(time.UTC); day.Format(time.DateOnly) != "2026-03-18" {
		t.Errorf("the check-in is on %v, not the day after the plan", day)
	}
	if look.Props.Get("URL") != nil || text(t, look.Component, "DESCRIPTION") != in.Words.CheckIn.Text {
		t.Errorf("the check-in carries more than its words: %v", look.Props)
	}
	in.Link = "https://example.org/r/" + key
	file := calendar(in)
	if n := strings.Count(strings.ReplaceAll(string(file), "\r\n ", ""), key); n != 2 {
		t.Errorf("the key stands %d times in the file, want twice in the check-in:\n%s", n, file)
	}
	events = decoded(t, file)
	look = events[len(events)-1]
	if uri, err := look.Props.URI("URL"); err != nil || uri.String() != in.Link {
		t.Errorf("link: got %v, %v", uri, err)
	}
	if got := text(t, look.Component, "DESCRIPTION"); got != in.Words.CheckIn.Text+"\n"+in.Link {
		t.Errorf("text: got %q", got)
	}
}

// Importing again changes the events that are there. Another plan has events of its own,
// and no id shows the plan's.
func TestCalendarIDs(t *testing.T) {
	uids := func(in calendarInput) []string {
		var list []string
		in.CheckIn = true
		for _, e := range decoded(t, calendar(in)) {
			list = append(list, text(t, e.Component, "UID"))
		}
		return list
	}
	first := uids(twoWeeks())
	changed := twoWeeks()
	changed.Plan.Start, changed.Plan.Actions[0].At, changed.Now = "2026-04-01", "", calendarNow.AddDate(0, 1, 0)
	if diff := cmp.Diff(first, uids(changed)); diff != "" {
		t.Errorf("the ids changed (-then +now):\n%s", diff)
	}
	other := twoWeeks()
	other.Plan.ID = "decaf"
	for _, id := range uids(other) {
		if slices.Contains(first, id) {
			t.Errorf("two plans share the id %s", id)
		}
	}
	if slices.Sort(first); len(slices.Compact(first)) != 4 {
		t.Errorf("ids repeat: %v", first)
	}
	if strings.Contains(strings.Join(first, " "), "c0ffee") {
		t.Errorf("an id shows the plan's: %v", first)
	}
}

// Whatever a visitor writes, the file stays one calendar with the same events, in lines
// of 75 bytes that are whole UTF-8, and what they wrote comes back out.
func TestCalendarHoldsHostileTexts(t *testing.T) {
	hostile := rapid.OneOf(
		rapid.String(),
		rapid.StringN(0, 300, -1),
		rapid.SampledFrom([]string{
			"a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil", "a\nATTENDEE:mailto:x@example.org", `\n\\n\;,;:"`,
			"\u2028X-EVIL:1\u2029", "\x0bX:1\x0c\x00\x7f\u0085", "\xff\xfe broken", strings.Repeat("皮膚", 90),
			strings.Repeat("👩‍👩‍👧‍👦", 30), strings.Repeat("a", 500), " leading", "trailing ", "<b>bold</b> >>>", "\t\ttabs",
		}),
	)
	rapid.Check(t, func(t *rapid.T) {
		in := twoWeeks()
		in.Remind, in.CheckIn = rapid.Bool().Draw(t, "remind"), rapid.Bool().Draw(t, "check-in")
		in.Words.Name = hostile.Draw(t, "name")
		in.Plan.ID = hostile.Draw(t, "id")
		for i := range in.Words.Actions {
			in.Words.Actions[i] = eventWords{hostile.Draw(t, "title"), hostile.Draw(t, "text")}
		}
		in.Link = "https://example.org/r/" + hostile.Draw(t, "link")
		file := calendar(in)
		for _, l := range strings.SplitAfter(strings.TrimSuffix(string(file), "\r\n"), "\r\n") {
			l = strings.TrimSuffix(l, "\r\n")
			if len(l) > 75 || !utf8.ValidString(l) || strings.ContainsAny(l, "\r\n\u2028\u2029\u0085\x0b\x0c\x00") {
				t.Fatalf("a line is too long or not whole: %q", l)
			}
		}
		cal, err := ical.NewDecoder(bytes.NewReader(file)).Decode()
		if err != nil {
			t.Fatalf("%v in:\n%s", err, file)
		}
		want := len(in.Plan.Actions)
		if in.CheckIn {
			want++
		}
		if events := cal.Events(); len(events) != want || len(cal.Children) != want {
			t.Fatalf("got %d events, want %d", len(events), want)
		}
		for i, words := range in.Words.Actions {
			e := cal.Events()[i]
			title, _ := e.Props.Text("SUMMARY")
			text, _ := e.Props.Text("DESCRIPTION")
			if title != oneLine(words.Title) || text != lines(words.Text) {
				t.Errorf("got %q and %q, want %q and %q", title, text, words.Title, words.Text)
			}
			if len(e.Props) > 10 || e.Props.Get("ATTENDEE") != nil {
				t.Errorf("a text became a field: %v", e.Props)
			}
		}
	})
}

// Any plan that passes its check is due in the calendar exactly when its page says so.
func TestCalendarAgreesWithThePlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := twoWeeks()
		in.Plan.Start = recommend.DayOf(calendarNow.AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "start")))
		for i := range in.Plan.Actions {
			a := &in.Plan.Actions[i]
			a.Days = rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) time.Weekday {
				return time.Weekday(rapid.IntRange(0, 6).Draw(t, "day"))
			}), 1, 7, rapid.ID[time.Weekday]).Draw(t, "days")
			a.At = rapid.SampledFrom([]string{"", "dinner", "00:00", "23:59"}).Draw(t, "at")
		}
		cal, err := ical.NewDecoder(bytes.NewReader(calendar(in))).Decode()
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range cal.Events() {
			var want, got []recommend.Day
			for n := -1; n <= recommend.PlanDays; n++ {
				d := in.Plan.Start.Plus(n)
				if slices.ContainsFunc(in.Plan.Due(d), func(a recommend.Action) bool { return a.Advice == in.Plan.Actions[i].Advice }) {
					want = append(want, d)
				}
			}
			set, err := e.RecurrenceSet(time.UTC)
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range set.All() {
				got = append(got, recommend.DayOf(at))
			}
			if !slices.Equal(got, want) {
				t.Errorf("%v: got %v, want %v", in.Plan.Actions[i], got, want)
			}
		}
	})
}
