package recommend

import (
	"cmp"
	"fmt"
)

// Speech is what putting words together takes in one language. The zero Speech is
// English, as contents spoke before there were others.
type Speech struct {
	And, Or, Comma string // patterns that join two parts, as in "%s and %s"
	Sentence       string // joins two sentences, the second without its full stop
	Plurals        Plurals
}

// Plurals knows which words a language wants beside a number as it is written, such
// as "7" or "7.5": its form zero, one, two, few, many or other.
type Plurals interface{ Form(number string) string }

func (s Speech) and(parts []string) string { return s.list(parts, cmp.Or(s.And, "%s and %s")) }

func (s Speech) or(parts []string) string { return s.list(parts, cmp.Or(s.Or, "%s or %s")) }

func (s Speech) commas(parts []string) string { return s.list(parts, cmp.Or(s.Comma, "%s, %s")) }

func (s Speech) sentences(parts []string) string {
	return chain(parts, cmp.Or(s.Sentence, "%s. %s"))
}

// list joins all parts but the last with commas, and the last by its own pattern.
func (s Speech) list(parts []string, last string) string {
	n := len(parts)
	if n < 2 {
		return chain(parts, last)
	}
	return fmt.Sprintf(last, chain(parts[:n-1], cmp.Or(s.Comma, "%s, %s")), parts[n-1])
}

func chain(parts []string, pattern string) string {
	if len(parts) == 0 {
		return ""
	}
	out := parts[0]
	for _, part := range parts[1:] {
		out = fmt.Sprintf(pattern, out, part)
	}
	return out
}

// plural is the form of words beside a number.
func (s Speech) plural(number string) string {
	switch {
	case s.Plurals != nil:
		return s.Plurals.Form(number)
	case number == "1":
		return "one"
	}
	return "other"
}
