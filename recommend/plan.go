package recommend

import (
	"maps"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"
)

// The bounds of a plan.
const (
	PlanDays    = 14  // how long a plan runs
	PlanActions = 3   // how many things it holds at most
	PlanText    = 200 // characters of an if-then sentence
	PlanAhead   = 90  // days until it starts at most
)

// Plan is what a visitor means to do for two weeks. Its JSON reads back as it was.
type Plan struct {
	ID      string           `json:"id"` // by chance, by whoever makes the plan; no key
	Start   Day              `json:"start"`
	Actions []Action         `json:"actions"`
	Done    map[Day][]string `json:"done,omitempty"` // advice ids ticked, by day, sorted
}

// Action is one recommendation on some days of the week.
type Action struct {
	Advice string         `json:"advice"`
	Days   []time.Weekday `json:"days"`              // 0 is Sunday
	At     string         `json:"at,omitempty"`      // one of Cues, a time as "15:04", or "" for any time
	IfThen string         `json:"if_then,omitempty"` // "" is the advice's own sentence
}

// Cues are the parts of a day an action can hang on, in the order of a day. Pages put
// them into words.
var Cues = [...]string{"waking", "breakfast", "lunch", "dinner", "bedtime"}

// IsCue reports that s names a part of the day.
func IsCue(s string) bool { return slices.Contains(Cues[:], s) }

// Clock returns the hour and minute of an action with a time of day.
func (a Action) Clock() (hour, minute int, ok bool) {
	t, err := time.Parse("15:04", a.At)
	if err != nil || len(a.At) != len("15:04") {
		return 0, 0, false
	}
	return t.Hour(), t.Minute(), true
}

// PlanProblem says what is wrong with a plan. Action is its place in the plan, or -1
// when it is about the plan as a whole.
type PlanProblem struct {
	Kind   PlanFault
	Action int
}

// PlanFault is what can be wrong with a plan, a stable key that a page puts into words.
type PlanFault string

// The faults.
const (
	NoAction   PlanFault = "no_action"
	TooManyOf  PlanFault = "too_many_actions" // more than PlanActions
	BadDate    PlanFault = "bad_date"         // no date of the calendar
	DatePast   PlanFault = "date_past"
	DateFar    PlanFault = "date_far"  // more than PlanAhead days from today
	NotShown   PlanFault = "not_shown" // the report does not show this advice
	AdviceHeld PlanFault = "held"      // a safety rule holds it
	Twice      PlanFault = "twice"     // the same advice again
	NoDay      PlanFault = "no_day"
	BadDay     PlanFault = "bad_day"  // no day of the week, or one named twice
	BadTime    PlanFault = "bad_time" // neither a cue nor a time of day
	TextLong   PlanFault = "text_long"
	TextOdd    PlanFault = "text_odd" // a control character, or no text at all in UTF-8
)

// CheckPlan returns everything that is wrong with a plan for the advice of a report,
// first of the plan and then action by action. Today is the visitor's date: a plan is
// checked when it is made, not while it runs. Held names advice that today's edition
// holds, beside what the report itself does.
func CheckPlan(p Plan, report Report, today Day, held ...string) []PlanProblem {
	var problems []PlanProblem
	whole := func(k PlanFault) { problems = append(problems, PlanProblem{k, -1}) }
	switch {
	case len(p.Actions) == 0:
		whole(NoAction)
	case len(p.Actions) > PlanActions:
		whole(TooManyOf)
	}
	switch {
	case !p.Start.exists():
		whole(BadDate)
	case p.Start < today:
		whole(DatePast)
	case p.Start > today.Plus(PlanAhead):
		whole(DateFar)
	}
	for _, h := range report.Held {
		held = append(slices.Clip(held), h.ID)
	}
	shown := report.Shown()
	for i, a := range p.Actions {
		earlier := slices.ContainsFunc(p.Actions[:i], func(o Action) bool { return o.Advice == a.Advice })
		for _, k := range a.faults(shown, held, earlier) {
			problems = append(problems, PlanProblem{k, i})
		}
	}
	return problems
}

func (a Action) faults(shown, held []string, earlier bool) []PlanFault {
	var faults []PlanFault
	switch {
	case slices.Contains(held, a.Advice):
		faults = append(faults, AdviceHeld)
	case !slices.Contains(shown, a.Advice):
		faults = append(faults, NotShown)
	case earlier:
		faults = append(faults, Twice)
	}
	days := slices.Sorted(slices.Values(a.Days))
	switch {
	case len(days) == 0:
		faults = append(faults, NoDay)
	case days[0] < time.Sunday || days[len(days)-1] > time.Saturday || len(slices.Compact(days)) < len(a.Days):
		faults = append(faults, BadDay)
	}
	if _, _, clock := a.Clock(); a.At != "" && !IsCue(a.At) && !clock {
		faults = append(faults, BadTime)
	}
	switch {
	case !utf8.ValidString(a.IfThen) || slices.ContainsFunc([]rune(a.IfThen), odd):
		faults = append(faults, TextOdd)
	case utf8.RuneCountInString(a.IfThen) > PlanText:
		faults = append(faults, TextLong)
	}
	return faults
}

// odd characters end a line or turn the direction of what follows. The joiners that
// emoji and some scripts need are fine.
func odd(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp) ||
		r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0xFEFF
}

// End is the last day of the plan.
func (p Plan) End() Day { return p.Start.Plus(PlanDays - 1) }

// CheckInDay is the day after the plan, on which a visitor looks back.
func (p Plan) CheckInDay() Day { return p.Start.Plus(PlanDays) }

// Due lists the actions of a day, in the order of the plan; none outside of it.
func (p Plan) Due(d Day) []Action {
	var due []Action
	for _, a := range p.Actions {
		if d >= p.Start && d <= p.End() && slices.Contains(a.Days, d.Weekday()) {
			due = append(due, a)
		}
	}
	return due
}

// Tick marks an action of a day as done, or not done after all. It reports whether
// the plan has that action on that day; if not, nothing changes.
func (p *Plan) Tick(d Day, advice string, done bool) bool {
	if !slices.ContainsFunc(p.Due(d), func(a Action) bool { return a.Advice == advice }) {
		return false
	}
	ticks := slices.DeleteFunc(slices.Clone(p.Done[d]), func(id string) bool { return id == advice })
	if done {
		ticks = append(ticks, advice)
		slices.Sort(ticks)
	}
	all := map[Day][]string{}
	maps.Copy(all, p.Done)
	all[d] = ticks
	maps.DeleteFunc(all, func(_ Day, ticks []string) bool { return len(ticks) == 0 })
	if p.Done = all; len(all) == 0 {
		p.Done = nil
	}
	return true
}

// Ticked reports that an action of a day was done.
func (p Plan) Ticked(d Day, advice string) bool { return slices.Contains(p.Done[d], advice) }

// Progress counts.
type Progress struct {
	Done  int // times ticked
	SoFar int // times that were due until today, today included
	All   int // times in the whole plan
}

// Progress counts the times of one action or, with "", of all.
func (p Plan) Progress(today Day, advice string) Progress {
	var n Progress
	for i := range PlanDays {
		d := p.Start.Plus(i)
		for _, a := range p.Due(d) {
			if advice != "" && a.Advice != advice {
				continue
			}
			n.All++
			if d <= today {
				n.SoFar++
			}
			if p.Ticked(d, a.Advice) {
				n.Done++
			}
		}
	}
	return n
}
