package data

import (
	"fmt"
	"slices"
	"strings"

	"gutskin/recommend"
)

// overlay is the source edition with the words of another language. It cannot
// carry a point or a rule: only texts are replaced.
func (a *assembly) overlay(source *Edition, name string) *Edition {
	var words locale
	before := len(a.problems)
	a.decode(name, &words)
	if len(a.problems) > before {
		return nil // what could not be read is not missing as well
	}
	e := a.edition(source.Site, language(name), words)
	e.Hash = source.Hash
	for key, text := range source.Words {
		switch translated := words.Words[key]; {
		case translated == "":
			a.problem(name, "words", "the words %q are missing", key)
		case strings.Count(translated, "%") != strings.Count(text, "%"):
			a.problem(name, "words."+key, "keep as many %%s and %%d as in %q", text)
		}
	}
	for key := range words.Words {
		if _, ok := source.Words[key]; !ok {
			a.problem(name, "words."+key, "the source language has no words %q", key)
		}
	}
	texts := map[string]bool{}
	replace := func(path string, text *string) {
		texts[path] = true
		switch translated := words.Content[path]; {
		case translated == "" && *text != "":
			a.problem(name, "content", "the text %q is missing", path)
		case !slices.Equal(markup(translated), markup(*text)):
			a.problem(name, "content."+path, "the parts in braces differ from those of %q", *text)
		default:
			*text = translated
		}
	}
	e.Quiz.EachText(replace)
	e.Book.EachText(replace)
	for path := range words.Content {
		if !texts[path] {
			a.problem(name, "content."+path, "the content has no text %q", path)
		}
	}
	return e
}

// markup lists the parts in braces of a text, whatever their order. The words inside
// an {if} are a translator's own.
func markup(text string) []string {
	var parts []string
	for _, t := range recommend.Tokens(text) {
		if t.Verb == "if" {
			t.Args = nil
		}
		parts = append(parts, fmt.Sprint(t))
	}
	slices.Sort(parts)
	return parts
}
