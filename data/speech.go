package data

import (
	"gutskin/recommend"
)

// speech is how a language joins words and numbers them.
func speech(lang string, words map[string]string) recommend.Speech {
	return recommend.Speech{
		And: words["list.and"], Or: words["list.or"], Comma: words["list.comma"], Sentence: words["list.sentence"],
		Plurals: plurals(lang),
	}
}

// sourceForms makes sure that words beside a number have all the forms that the
// source language needs.
func (a *assembly) sourceForms(source *Edition) {
	need, file := formsOf(source.Lang), "locales/"+source.Lang+".yaml"
	for key := range source.Words {
		base, form := cutForm(source.Words, key)
		if form != "other" {
			continue
		}
		for form := range need {
			if source.Words[base+"."+form] == "" {
				a.problem(file, "words", "the words %q are missing", base+"."+form)
			}
		}
	}
}
