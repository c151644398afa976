package web

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"gutskin/quiz"
	"gutskin/recommend"
)

// draftVersion changes when the shape does; an older draft is then started anew.
const draftVersion = "2"

// A draft as a cookie is its parts with ~ between them, each answer a part of its own:
//
//	2~ATTEMPT~KEY~marks and when it was started~missed+2~S01+S02~age:a65~urgent:~sleep_hours:=7.5~skin:acne+eczema
//
// It is read and written for every answer. JSON in base64 took 40 % of the time of a
// question page, and a third more bytes.
const (
	betweenParts  = "~"
	betweenIDs    = "+"
	beforeOptions = ":"
	beforeNumber  = "="
)

// What the parts of a draft are, before the answers.
const (
	partVersion = iota
	partAttempt
	partKey
	partMarks
	partMissed
	partAcknowledged
	partsBefore
)

// The marks of a draft. Without consent there is none.
const (
	markAgreed   = "c"
	markCount    = "t"
	markSections = "s"
	markAgain    = "r"
	allMarks     = markAgreed + markCount + markSections + markAgain
)

func (d *draft) marks() string {
	marks := markAgreed
	for _, m := range []struct {
		mark string
		is   bool
	}{{markCount, d.Count}, {markSections, d.Sections}, {markAgain, d.Again}} {
		if m.is {
			marks += m.mark
		}
	}
	if !d.Started.IsZero() {
		marks += strconv.FormatInt(d.Started.Unix(), 10)
	}
	return marks
}

func (d *draft) encode() string {
	var b strings.Builder
	b.Grow(1 << 10)
	part := func(texts ...string) {
		for _, text := range texts {
			b.WriteString(text)
		}
	}
	part(draftVersion, betweenParts, d.Attempt, betweenParts, d.Key, betweenParts, d.marks(), betweenParts)
	if d.Missed != "" {
		part(d.Missed, betweenIDs, strconv.Itoa(d.Misses))
	}
	part(betweenParts, strings.Join(d.Acknowledged, betweenIDs))
	for _, id := range slices.Sorted(maps.Keys(d.Answers)) {
		part(betweenParts, id, beforeOptions)
		answer := d.Answers[id]
		if answer.Number != nil {
			part(beforeNumber, quiz.FormatNumber(*answer.Number))
		}
		for i, option := range answer.Picked {
			if i > 0 {
				part(betweenIDs)
			}
			part(option)
		}
	}
	return b.String()
}

// decodeDraft reads a cookie. Whatever is not exactly a draft of this version, with
// consent, is none. Answers that the questionnaire does not know are left out, so
// that those questions are asked again.
func decodeDraft(q *quiz.Questionnaire, value string) (*draft, bool) {
	if len(value) > cookieLimit {
		return nil, false
	}
	parts := strings.Split(value, betweenParts)
	if len(parts) < partsBefore || parts[partVersion] != draftVersion || !isKey(parts[partAttempt]) || !isKey(parts[partKey]) {
		return nil, false
	}
	is := func(mark string) bool { return strings.Contains(parts[partMarks], mark) }
	if !is(markAgreed) {
		return nil, false
	}
	d := &draft{
		Attempt: parts[partAttempt], Key: parts[partKey], Count: is(markCount), Sections: is(markSections), Again: is(markAgain),
		Acknowledged: idsIn(parts[partAcknowledged]), Answers: make(quiz.Answers, len(parts)),
	}
	if seconds, err := strconv.ParseInt(strings.TrimLeft(parts[partMarks], allMarks), 10, 64); err == nil {
		d.Started = time.Unix(seconds, 0)
	}
	if missed, times, ok := strings.Cut(parts[partMissed], betweenIDs); ok {
		n, _ := strconv.Atoi(times)
		d.Missed, d.Misses = missed, max(0, n)
	}
	for _, part := range parts[partsBefore:] {
		d.read(q, part)
	}
	return d, true
}

// read takes over an answer that the questionnaire can read.
func (d *draft) read(q *quiz.Questionnaire, part string) {
	id, value, _ := strings.Cut(part, beforeOptions)
	var answer quiz.Answer
	if number, ok := strings.CutPrefix(value, beforeNumber); ok {
		n, err := strconv.ParseFloat(number, 64)
		if err != nil {
			return
		}
		answer = quiz.Num(n)
	} else {
		answer.Picked = idsIn(value)
	}
	if x := q.Question(id); x != nil && x.Check(answer) == nil {
		d.Answers[x.ID] = answer
	}
}

// idsIn lists the ids of a part; none where it is empty.
func idsIn(part string) []string {
	if part == "" {
		return nil
	}
	return strings.Split(part, betweenIDs)
}

// longestDraft has every option of every question ticked.
func longestDraft(q *quiz.Questionnaire, rules []recommend.Rule) *draft {
	key := strings.Repeat("A", 26)
	d := &draft{Attempt: key, Key: key, Count: true, Answers: quiz.Answers{}, Misses: 999, Sections: true, Again: true, Started: time.Unix(1e10, 0)}
	for i := range q.Questions {
		x := &q.Questions[i]
		var all quiz.Answer
		for _, o := range x.Options {
			all.Picked = append(all.Picked, o.ID)
		}
		d.Answers[x.ID] = all
		for _, missed := range []string{x.ID, sectionAddress + x.Section} {
			if len(missed) > len(d.Missed) {
				d.Missed = missed
			}
		}
	}
	for _, r := range rules {
		if r.Level == recommend.Emergency {
			d.Acknowledged = append(d.Acknowledged, r.ID)
		}
	}
	return d
}

// fitsCookie says what is wrong with content whose drafts would not come back from a
// cookie.
func fitsCookie(longest *draft) error {
	text := longest.encode()
	if n := len(text); n > cookieLimit {
		return fmt.Errorf("with every option ticked, answers take %d bytes, and a cookie holds %d: shorten or remove options", n, cookieLimit)
	}
	ids := slices.Concat(slices.Sorted(maps.Keys(longest.Answers)), longest.Acknowledged)
	for _, answer := range longest.Answers {
		ids = append(ids, answer.Picked...)
	}
	for _, id := range ids {
		if strings.Trim(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != "" {
			return fmt.Errorf("the id %q cannot stand in a cookie: use letters from a to z, digits, _ and - only", id)
		}
	}
	return nil
}
