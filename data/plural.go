package data

import (
	"strconv"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// The forms that words take beside numbers, in any language. English has two of
// them, Arabic all six; every language has other.
var pluralForms = []string{"zero", "one", "two", "few", "many", "other"}

var formNames = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// pluralForm is the form that words take beside a number as it is written, such as
// "7" or "7.5": 7.5 may want another form than 7.
func pluralForm(lang, number string) string {
	whole, fraction, _ := strings.Cut(number, ".")
	bare := strings.TrimRight(fraction, "0")
	i, err := strconv.Atoi(whole)
	if err != nil {
		return "other"
	}
	f, _ := strconv.Atoi(fraction) // no fraction counts as 0
	t, _ := strconv.Atoi(bare)
	return formNames[plural.Cardinal.MatchPlural(language.Make(lang), max(i, -i), len(fraction), len(bare), f, t)]
}

// plurals are the forms of one language.
type plurals string

// Form is the form that words take beside a number.
func (lang plurals) Form(number string) string { return pluralForm(string(lang), number) }

// formsOf lists the forms that a language needs for the numbers we show: up to 999,
// and halves.
func formsOf(lang string) map[string]bool {
	need := map[string]bool{"other": true}
	for n := range 1000 {
		need[pluralForm(lang, strconv.Itoa(n))] = true
	}
	for n := range 20 {
		need[pluralForm(lang, strconv.Itoa(n)+".5")] = true
	}
	return need
}

// cutForm splits a key such as "results.try.one" into its base and its form; form
// is "" for keys that do not depend on a number.
func cutForm(words map[string]string, key string) (base, form string) {
	for _, form := range pluralForms {
		if base, ok := strings.CutSuffix(key, "."+form); ok && words[base+".other"] != "" {
			return base, form
		}
	}
	return key, ""
}
