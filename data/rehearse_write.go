package data

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"gutskin/quiz"
)

// WriteRehearsal tells a rehearsal to somebody who does not program. The first line
// says whether there is reason to stop. With verbose, every text is listed.
func WriteRehearsal(w io.Writer, r *Rehearsal, now *Edition, verbose bool) error {
	p := &rehearsalWriter{bufio.NewWriter(w), r, now}
	p.verdict()
	p.line("")
	p.line("Before: %s (%s)", r.Old.Name, short(r.Old.Hash))
	p.line("After:  %s (%s)", r.New.Name, short(r.New.Hash))
	p.line("People: %s personas and %s made-up visitors (seed %d)", thousands(r.Personas), thousands(r.Visitors), r.Seed)
	p.changes("SAFETY NOTICES", aboutNotice)
	p.changes("KEPT BACK FOR SAFETY", aboutHeld)
	p.changes("SCORES", aboutNumber, aboutBand)
	p.changes("ADVICE AMONG THE FIRST 3", aboutTop)
	p.changes("ADVICE ANYWHERE ON THE PAGE", aboutShown)
	p.changes("LABELS", aboutGut, aboutProfessional)
	p.ids()
	p.texts(verbose)
	if len(r.Notes) > 0 {
		p.line("")
	}
	for _, note := range r.Notes {
		p.line("note: %s", note)
	}
	return p.Flush()
}

type rehearsalWriter struct {
	*bufio.Writer
	*Rehearsal
	now *Edition
}

func (p *rehearsalWriter) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

func (p *rehearsalWriter) verdict() {
	if !p.Alarm.Raised() {
		p.line("Nobody loses a safety notice, no notice gets quieter, and no id vanished.")
		return
	}
	var stops []string
	if n := p.Alarm.Silenced; n > 0 {
		stops = append(stops, several(n, "%s person loses a safety notice", "%s people lose a safety notice"))
	}
	if n := p.Alarm.Quieter; n > 0 {
		stops = append(stops, several(n, "for %s person a notice gets quieter", "for %s people a notice gets quieter"))
	}
	if n := len(p.Alarm.Vanished); n > 0 {
		stops = append(stops, several(n, "%s id vanished", "%s ids vanished"))
	}
	p.line("STOP! DO NOT PUBLISH THIS YET: %s.", list(stops, "and"))
}

// changes writes a part: what changes, then for whom, then somebody as an example.
func (p *rehearsalWriter) changes(heading string, about ...string) {
	p.line("\n%s", heading)
	last := ""
	for i := range p.Changes {
		c := &p.Changes[i]
		if !slices.Contains(about, c.About) {
			continue
		}
		if subject := p.subject(c); subject != last {
			p.line("%s", subject)
			last = subject
		}
		p.line("%10s %s%s", thousands(c.People), p.what(c), p.personas(c))
		p.line("%10s such as %s: %s", "", c.RehearsalExample.Who, cmp.Or(strings.Join(c.RehearsalExample.Said, "; "), "with any answers"))
	}
	if last == "" {
		p.line("No change.")
	}
}

func (p *rehearsalWriter) personas(c *Change) string {
	if c.Personas == 0 {
		return ""
	}
	return several(c.Personas, " (%s of them a persona)", " (%s of them personas)")
}

// subject names what changes: a pillar by its name, advice and rules by id and name.
func (p *rehearsalWriter) subject(c *Change) string {
	switch c.About {
	case aboutNumber, aboutBand:
		return c.Name
	case aboutGut:
		return "Gut label"
	case aboutProfessional:
		return p.now.Quiz.Skin.ProfessionalName
	}
	return strings.TrimSpace(c.ID + " " + c.Name) // a silent rule has no name
}

// what says what happens to somebody, to be read after a number of people.
func (p *rehearsalWriter) what(c *Change) string {
	gains := c.From == ""
	say := func(gain, lose string) string {
		if gains {
			return gain
		}
		return lose
	}
	switch c.About {
	case aboutNotice:
		switch {
		case c.lost():
			return "LOSE it (" + c.From + ")"
		case c.quieter():
			return "read it QUIETER: " + c.To + ", no longer " + c.From
		case gains:
			return "get it (" + c.To + ")"
		}
		return "read it louder: " + c.To + ", no longer " + c.From
	case aboutHeld:
		return heldWords(c)
	case aboutNumber:
		return fmt.Sprintf("have a %s number, by up to %d", map[string]string{"up": "higher", "down": "lower"}[c.To], c.Most)
	case aboutBand:
		return "go from " + p.band(c.From) + " to " + p.band(c.To)
	case aboutTop:
		return say("have it among their first 3 now", "no longer have it among their first 3")
	case aboutShown:
		return say("see it now", "no longer see it")
	case aboutGut:
		return "go from " + p.signal(c.From) + " to " + p.signal(c.To)
	}
	return say("get this label", "no longer get this label")
}

func heldWords(c *Change) string {
	if c.To == there {
		return map[string]string{
			isShown: "saw it, and " + c.By + " keeps it back now",
			isHeld:  "have it kept back by " + c.By + " as well",
			"":      "would get it now, but " + c.By + " keeps it back",
		}[c.From]
	}
	return map[string]string{
		isShown: "SEE it now, as " + c.By + " no longer keeps it back",
		isHeld:  "still have it kept back, but not by " + c.By,
		"":      "would not get it now, so " + c.By + " has nothing to keep back",
	}[c.To]
}

func (p *rehearsalWriter) band(id string) string {
	for _, b := range p.now.Quiz.Bands {
		if b.ID == id {
			return "“" + b.Name + "”"
		}
	}
	switch quiz.State(id) {
	case quiz.Incomplete:
		return "no score (too few answers)"
	case quiz.Hidden, quiz.Withheld:
		return "no score (kept back for safety)"
	}
	return "“" + cmp.Or(id, "no such score") + "”"
}

func (p *rehearsalWriter) signal(id string) string {
	for i := range p.now.Quiz.Gut {
		if s := &p.now.Quiz.Gut[i]; s.ID == id {
			return "“" + s.Name + "”"
		}
	}
	return "“" + cmp.Or(id, "no label") + "”"
}

func (p *rehearsalWriter) ids() {
	p.line("\nQUESTIONS, ANSWERS, ADVICE AND RULES")
	said := false
	for _, part := range []struct {
		words string
		ids   []string
	}{
		{"VANISHED (list them under retired:, or put them back)", p.Alarm.Vanished},
		{"Retired", p.Retired}, {"New", p.Added},
	} {
		if len(part.ids) > 0 {
			p.line("%s: %s", part.words, strings.Join(part.ids, ", "))
			said = true
		}
	}
	for _, u := range p.Unread {
		p.line("%10s answers to %s are unknown to the %s edition", thousands(u.People), u.ID, u.In)
		said = true
	}
	if !said {
		p.line("No change.")
	}
}

func (p *rehearsalWriter) texts(verbose bool) {
	p.line("\nTEXTS")
	if len(p.Texts) == 0 {
		p.line("No change.")
		return
	}
	hint := " (list them with --verbose)"
	if verbose {
		hint = ""
	}
	p.line("%s%s", several(len(p.Texts), "%s text reads differently", "%s texts read differently"), hint)
	if !verbose {
		return
	}
	for _, t := range p.Texts {
		p.line("%s\n    - %s\n    + %s", t.Path, cmp.Or(t.Old, "(none)"), cmp.Or(t.New, "(none)"))
	}
}

// short is the beginning of a hash, enough to tell editions apart.
func short(hash string) string { return hash[:min(len(hash), len("sha256:")+12)] }

// several puts a number into the words for 1 or for many.
func several(n int, one, many string) string {
	if n == 1 {
		return fmt.Sprintf(one, "1")
	}
	return fmt.Sprintf(many, thousands(n))
}

// thousands writes 12345 as 12,345.
func thousands(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
