package data

import (
	"regexp"
	"strings"

	"gutskin/recommend"
)

// markupPattern finds the parts in braces of a text.
var markupPattern = regexp.MustCompile(`\{[^{}]*\}`)

// spellOut fills in the parts in braces as for somebody who goes without nothing: a
// text as it is read, for tables and measures. Where the words are the reader's own
// answer, those of the first option stand.
func spellOut(e *Edition, text string) string {
	region := e.Book.Region(e.Site.Region)
	return markupPattern.ReplaceAllStringFunc(text, func(part string) string {
		tokens := recommend.Tokens(part)
		if len(tokens) == 0 {
			return part
		}
		switch t := tokens[0]; t.Verb {
		case "one":
			return list(foodTexts(e, t.Args), "or")
		case "all":
			return list(foodTexts(e, t.Args), "and")
		case "if":
			return t.Args[0]
		case "said":
			return firstSaid(e, t.Args[0])
		case "help":
			return map[string]string{
				"emergency": region.Emergency, "urgent": region.Urgent, "eating": region.Eating,
				"crisis": strings.Join(region.Crisis, ". "), "minors": strings.Join(region.Minors, ", "),
			}[t.Args[0]]
		}
		return part
	})
}

func foodTexts(e *Edition, ids []string) []string {
	var texts []string
	for _, id := range ids {
		for i := range e.Book.Kitchen.Foods {
			if f := &e.Book.Kitchen.Foods[i]; f.ID == id {
				texts = append(texts, f.Text)
			}
		}
	}
	return texts
}

func firstSaid(e *Edition, question string) string {
	switch x := e.Quiz.Question(question); {
	case x == nil:
		return ""
	case x.Range != nil:
		return strings.ReplaceAll(x.Range.Said, "{n}", "7")
	default:
		return x.Options[0].Said
	}
}

// list joins words as in "oats, eggs or tofu".
func list(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	end := len(words) - 1
	return strings.Join(words[:end], ", ") + " " + last + " " + words[end]
}
