package data

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

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
	lang := languageOf(name)
	if _, err := language.Parse(lang); err != nil {
		a.problem(name, "", "%q is not a language, name the file after one, such as de.yaml or pt-BR.yaml", lang)
	}
	e := a.edition(source.Site, lang, words)
	e.Hash = source.Hash
	a.interfaceWords(source, name, words.Words)
	a.contentWords(e, name, words.Content)
	return e
}

// interfaceWords compares the words of the interface with those of the source.
func (a *assembly) interfaceWords(source *Edition, name string, words map[string]string) {
	need := formsOf(languageOf(name))
	wanted := wantedWords(source, need)
	for key, text := range wanted {
		switch translated := words[key]; {
		case translated == "":
			a.missing(name, "words", "the words %q are missing", key)
		case !slices.Equal(verbs(translated), verbs(text)) && !numberless(source, key, translated, text):
			a.problem(name, "words."+key, "keep every %%s and %%d of %q; in another order, write %%[2]s for the second", text)
		}
	}
	for key := range words {
		if _, ok := wanted[key]; ok {
			continue
		}
		_, form := cutForm(source.Words, key)
		switch _, known := source.Words[key]; {
		case form != "":
			a.problem(name, "words."+key, "this language has no form %q for numbers", form)
		case !known:
			a.problem(name, "words."+key, "the source language has no words %q", key)
		}
	}
}

// wantedWords are the keys that a language with these forms needs, each with what it
// says in the source language.
func wantedWords(source *Edition, forms map[string]bool) map[string]string {
	wanted := map[string]string{}
	for key, text := range source.Words {
		base, form := cutForm(source.Words, key)
		switch form {
		case "":
			wanted[key] = text
		case "other":
			for form := range forms {
				wanted[base+"."+form] = text
			}
		}
	}
	return wanted
}

// numberless reports that words for some number leave that number out, as "one
// question" may.
func numberless(source *Edition, key, translated, text string) bool {
	if _, form := cutForm(source.Words, key); form == "" || form == "other" {
		return false
	}
	without := slices.DeleteFunc(verbs(text), func(v string) bool { return v == "1d" })
	return slices.Equal(verbs(translated), without)
}

// contentWords puts the texts of another language in place of those of the source.
func (a *assembly) contentWords(e *Edition, name string, content map[string]string) {
	need := formsOf(e.Lang)
	texts := e.texts()
	e.EachText(func(path string, text *string) {
		original := *text
		base, form, isForm := strings.Cut(path, saidForm)
		if isForm {
			if original = ""; need[form] {
				original = texts[base+said]
			}
		}
		switch translated := content[path]; {
		case translated == "" && original != "":
			a.missing(name, "content", "the text %q is missing", path)
		case isForm && translated != "" && original == "":
			a.problem(name, "content."+path, "this language has no form %q for numbers", form)
		case !isForm && !slices.Equal(markup(translated), markup(original)):
			a.problem(name, "content."+path, "the parts in braces differ from those of %q", original)
		default:
			*text = translated
		}
	})
	for path := range content {
		if _, ok := texts[path]; !ok {
			a.problem(name, "content."+path, "the content has no text %q", path)
		}
	}
}

// Skeleton is an overlay to fill in for a language: every key and path it needs,
// each under what it says in the source language.
func (l *Library) Skeleton(lang string) (string, error) {
	if _, err := language.Parse(lang); err != nil {
		return "", fmt.Errorf("%q is not a language: give its tag, such as de or pt-BR", lang)
	}
	source, need := l.Edition(""), formsOf(lang)
	words, content := wantedWords(source, need), map[string]string{}
	texts := source.texts()
	for path, text := range texts {
		if base, form, ok := strings.Cut(path, saidForm); ok {
			text = ""
			if need[form] {
				text = texts[base+said]
			}
		}
		if text != "" {
			content[path] = text
		}
	}
	var out strings.Builder
	fmt.Fprintf(&out, "# The check in another language. Fill in every \"\"; what stands after # is the source.\nname: \"\" # the language's own name\ndir: ltr # or rtl\n")
	for _, part := range []struct {
		name  string
		texts map[string]string
	}{{"words", words}, {"content", content}} {
		fmt.Fprintf(&out, "\n%s:\n", part.name)
		for _, key := range slices.Sorted(maps.Keys(part.texts)) {
			fmt.Fprintf(&out, "  # %s\n  %s: \"\"\n", strings.ReplaceAll(part.texts[key], "\n", " "), key)
		}
	}
	return out.String(), nil
}

// EachText calls yield with every text of the content and its path: all that
// another language says in its own words, but for the words of the interface.
func (e *Edition) EachText(yield func(path string, text *string)) {
	s := &e.Site
	for path, text := range map[string]*string{
		"site.brand": &s.Brand, "site.owner.name": &s.Owner.Name, "site.owner.about": &s.Owner.About,
		"site.article.title": &s.Article.Title, "site.article.author": &s.Article.Author, "site.reviewed.by": &s.Reviewed.By,
		"site.offer.title": &s.Offer.Title, "site.offer.text": &s.Offer.Text,
	} {
		yield(path, text)
	}
	e.Quiz.EachText(yield)
	e.Book.EachText(yield)
}

func (e *Edition) texts() map[string]string {
	texts := map[string]string{}
	e.EachText(func(path string, text *string) { texts[path] = *text })
	return texts
}

// What is said of a number has a path that ends in said, and one for each form.
const (
	said     = ".range.said"
	saidForm = said + "_"
)

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
	for range strings.Count(text, "{n}") {
		parts = append(parts, "{n}")
	}
	slices.Sort(parts)
	return parts
}

var verbPattern = regexp.MustCompile(`%(?:\[([0-9]+)\])?(.?)`)

// verbs lists what a text puts in: each argument's number and how it is written,
// whatever their order.
func verbs(text string) []string {
	var list []string
	at := 0
	for _, m := range verbPattern.FindAllStringSubmatch(text, -1) {
		if at++; m[1] != "" {
			at, _ = strconv.Atoi(m[1])
		}
		list = append(list, strconv.Itoa(at)+m[2])
	}
	slices.Sort(list)
	return list
}
