package recommend

import (
	"fmt"
	"strconv"
	"time"
)

// Day is a date without a clock or a zone, as "2006-01-02". Days sort as strings.
type Day string

// DayOf returns the date of t in t's own zone.
func DayOf(t time.Time) Day { return Day(t.Format(time.DateOnly)) }

// ParseDay reads a date of the calendar, such as 2026-03-01.
func ParseDay(s string) (Day, error) {
	d := Day(s)
	if !d.exists() {
		return "", fmt.Errorf("%q is no date: write it as 2026-03-01", s)
	}
	return d, nil
}

func (d Day) exists() bool {
	t, err := time.Parse(time.DateOnly, string(d))
	return err == nil && t.Year() > 0
}

// Time is the day's midnight in UTC; the zero time for what is no date.
func (d Day) Time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Plus returns the day n days later.
func (d Day) Plus(n int) Day { return DayOf(d.Time().AddDate(0, 0, n)) }

// Parts returns the day, the month and the year as people write them: 1, 3, 2026.
func (d Day) Parts() (day, month, year string) {
	t := d.Time()
	return strconv.Itoa(t.Day()), strconv.Itoa(int(t.Month())), strconv.Itoa(t.Year())
}

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.Time().Weekday() }
