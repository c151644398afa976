package data

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gutskin/quiz"
)

// Sentence puts a condition into words, as part of a sentence that reads on after "if"
// or "when": questions by their short names, options by their texts, and named
// conditions by what they stand for. Where "and" meets "or", brackets say what belongs
// together.
//
// A question that was skipped fits nothing but "is not": "age group is not ‘65 or over’"
// also holds for people who did not say.
func (e *Edition) Sentence(c *quiz.Condition) string { return e.phrase(c, false).words }

// phrase is a part of a sentence, and the word that joins its own parts.
type phrase struct{ words, joined string }

// phrase puts c, or its opposite, into words. The opposite of all is any of the
// opposites and the other way round, so that "not" stands with single answers only.
func (e *Edition) phrase(c *quiz.Condition, not bool) phrase {
	switch {
	case c.All != nil:
		return e.phrases(c.All, not, "and")
	case c.Any != nil:
		return e.phrases(c.Any, not, "or")
	case c.Not != nil:
		return e.phrase(c.Not, !not)
	case c.Is != "":
		label := e.Quiz.Labels[c.Is]
		return e.phrase(&label, not)
	case c.Pillar != "":
		return phrase{words: e.pillarWords(c, not)}
	}
	return phrase{words: e.questionWords(c, not)}
}

func (e *Edition) phrases(parts []quiz.Condition, not bool, joined string) phrase {
	if not {
		joined = map[string]string{"and": "or", "or": "and"}[joined]
	}
	words := make([]string, len(parts))
	for i := range parts {
		p := e.phrase(&parts[i], not)
		if words[i] = p.words; p.joined != "" && p.joined != joined && len(parts) > 1 {
			words[i] = "(" + p.words + ")"
		}
	}
	if len(parts) == 1 {
		return e.phrase(&parts[0], not)
	}
	return phrase{strings.Join(words, " "+joined+" "), joined}
}

func (e *Edition) pillarWords(c *quiz.Condition, not bool) string {
	name := "overall"
	if p := e.Quiz.Pillar(c.Pillar); p != nil {
		name = lower(p.Name)
	}
	verb := " is "
	if not {
		verb = " is hidden, or is not " // or has no number
	}
	return "the " + name + " score" + verb + bounds(c, "")
}

func (e *Edition) questionWords(c *quiz.Condition, not bool) string {
	x := e.Quiz.Question(c.Question)
	short := lower(x.Short)
	verbs := map[bool]string{false: " is ", true: " is not "}
	if x.Kind == quiz.Many {
		verbs = map[bool]string{false: " includes ", true: " does not include "}
	}
	switch {
	case c.In != nil:
		return short + verbs[not] + optionTexts(x, c.In)
	case c.Lacks != nil && not:
		return short + verbs[false] + optionTexts(x, c.Lacks) + " or was skipped"
	case c.Lacks != nil:
		return short + " was answered and" + verbs[true] + optionTexts(x, c.Lacks)
	}
	unit := ""
	if x.Range != nil {
		unit = x.Range.Unit
	}
	return short + map[bool]string{false: " is ", true: " is not "}[not] + bounds(c, unit)
}

// bounds says "below 7 hours", "13 or more" or "7 or more and below 9".
func bounds(c *quiz.Condition, unit string) string {
	var words []string
	if c.AtLeast != nil {
		words = append(words, quiz.FormatNumber(*c.AtLeast)+" or more")
	}
	if c.Below != nil {
		words = append(words, "below "+quiz.FormatNumber(*c.Below))
	}
	return strings.TrimSpace(strings.Join(words, " and ") + " " + unit)
}

// optionTexts quotes options, in the order of the question.
func optionTexts(x *quiz.Question, ids []string) string {
	var texts []string
	for i := range x.Options {
		if slices.Contains(ids, x.Options[i].ID) {
			texts = append(texts, "‘"+x.Options[i].Text+"’")
		}
	}
	return list(texts, "or")
}

// lower begins a name in lower case, unless it is an abbreviation.
func lower(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	if second, _ := utf8.DecodeRuneInString(name[size:]); unicode.IsUpper(second) {
		return name
	}
	return string(unicode.ToLower(first)) + name[size:]
}
