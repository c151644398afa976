package web

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode"

	ics "github.com/arran4/golang-ical"

	"gutskin/recommend"
)

// Rules of the calendar file: times float, so 8 o'clock is 8 o'clock wherever the
// person is. Nothing blocks their time or asks anybody else. An event keeps its id, so
// importing a changed plan again changes it instead of doubling it. No id carries a
// key. The private link is in the file only when it was asked for.

// calendarInput is what a calendar file is made from.
type calendarInput struct {
	Plan    recommend.Plan // as it passed CheckPlan
	Words   calendarWords
	Now     time.Time
	Remind  bool   // an alarm with each event
	CheckIn bool   // an event on the day after the plan
	Link    string // the private link, for that event; "" leaves it out
}

// calendarWords are the texts of a calendar file.
type calendarWords struct {
	Name    string
	Actions []eventWords // one for each action of the plan, in its order
	CheckIn eventWords
}

type eventWords struct{ Title, Text string }

const (
	icalTime = "20060102T150405"
	// actionTime is how long an action with a time of day is shown in a calendar.
	actionTime = 15 * time.Minute
)

// calendar writes a plan as an iCalendar file (RFC 5545).
func calendar(in calendarInput) []byte {
	cal := ics.NewCalendarFor("gutskin")
	cal.SetMethod(ics.MethodPublish)
	cal.SetCalscale("GREGORIAN")
	cal.SetXWRCalName(oneLine(in.Words.Name))
	for i, a := range in.Plan.Actions {
		if first, ok := firstDay(in.Plan, a); ok && i < len(in.Words.Actions) {
			in.addAction(cal, a, first, in.Words.Actions[i])
		}
	}
	if in.CheckIn {
		in.addCheckIn(cal)
	}
	return []byte(cal.Serialize(ics.WithNewLineWindows))
}

func (in calendarInput) addAction(cal *ics.Calendar, a recommend.Action, first recommend.Day, words eventWords) {
	e := in.addEvent(cal, a.Advice, words)
	end := in.Plan.End().Time()
	until := end.Format("20060102")
	if hour, minute, ok := a.Clock(); ok {
		start := first.Time().Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
		e.SetProperty(ics.ComponentPropertyDtStart, start.Format(icalTime))
		e.SetProperty(ics.ComponentPropertyDtEnd, start.Add(actionTime).Format(icalTime))
		until = end.Add(24*time.Hour - time.Second).Format(icalTime)
		in.addAlarm(e, "PT0S", words)
	} else {
		allDay(e, first)
		in.addAlarm(e, alarmAt(a.At), words)
	}
	e.AddRrule("FREQ=WEEKLY;UNTIL=" + until + ";BYDAY=" + byDay(a.Days))
}

func (in calendarInput) addCheckIn(cal *ics.Calendar) {
	words := in.Words.CheckIn
	if in.Link != "" {
		words.Text += "\n" + in.Link
	}
	e := in.addEvent(cal, "check-in", words)
	if in.Link != "" {
		e.SetURL(bareLink(in.Link))
	}
	allDay(e, in.Plan.CheckInDay())
	in.addAlarm(e, alarmAt(""), words)
}

func (in calendarInput) addEvent(cal *ics.Calendar, what string, words eventWords) *ics.VEvent {
	id := sha256.Sum256([]byte("gutskin plan\x00" + in.Plan.ID + "\x00" + what))
	e := cal.AddEvent(hex.EncodeToString(id[:16]) + "@gutskin")
	e.SetDtStampTime(in.Now)
	e.SetSummary(oneLine(words.Title))
	e.SetDescription(lines(words.Text))
	e.SetClass(ics.ClassificationPrivate)
	e.SetTimeTransparency(ics.TransparencyTransparent)
	return e
}

func (in calendarInput) addAlarm(e *ics.VEvent, after string, words eventWords) {
	if !in.Remind {
		return
	}
	alarm := e.AddAlarm()
	alarm.SetAction(ics.ActionDisplay)
	alarm.SetTrigger(after)
	alarm.SetDescription(oneLine(words.Title))
}

// alarmAt is how long after midnight an event without a time reminds.
func alarmAt(cue string) string {
	hours := map[string]string{"waking": "PT7H", "breakfast": "PT8H", "lunch": "PT12H", "dinner": "PT18H", "bedtime": "PT21H"}
	if after, ok := hours[cue]; ok {
		return after
	}
	return "PT9H"
}

func allDay(e *ics.VEvent, d recommend.Day) {
	e.SetAllDayStartAt(d.Time())
	e.SetAllDayEndAt(d.Plus(1).Time())
}

// firstDay is the first day of the plan on which an action is due.
func firstDay(p recommend.Plan, a recommend.Action) (recommend.Day, bool) {
	for i := range recommend.PlanDays {
		if d := p.Start.Plus(i); slices.Contains(a.Days, d.Weekday()) {
			return d, true
		}
	}
	return "", false
}

func byDay(days []time.Weekday) string {
	names := [...]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}
	var list []string
	for d, name := range names {
		if slices.Contains(days, time.Weekday(d)) {
			list = append(list, name)
		}
	}
	return strings.Join(list, ",")
}

// lines keeps a text to what a calendar can carry: line feeds, and no other control
// character or odd line end, which a reader could take for the end of a field.
func lines(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp)) {
			return ' '
		}
		return r
	}, s)
}

func oneLine(s string) string { return strings.ReplaceAll(lines(s), "\n", " ") }

// bareLink is a link without anything that could end its line.
func bareLink(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r > unicode.MaxASCII {
			return -1
		}
		return r
	}, s)
}
