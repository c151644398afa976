package data

import (
	"regexp"
	"strings"

	"gutskin/quiz"
	"gutskin/recommend"
)

// shunned are words we do not use to visitors: they shame, blame or frighten.
var shunned = regexp.MustCompile(`(?i)\b(suffer\w*|fail(s|ed|ing)?|poor(ly)?|unhealthy|naughty|guilty|obese|victims?|` +
	`oops|sorry|invalid|cheat(s|ed|ing)?|sinful|clean eating)\b`)

// disorder may only stand in a name.
var disorder = regexp.MustCompile(`(?i)(eating )?disorders?\b`)

// certain are promises and causes we cannot keep up.
var certain = regexp.MustCompile(`(?i)\b(caused by|cures?|guaranteed?|detox\w*|radiant|glowing)\b`)

// maxWords is the longest sentence a text may have, in words. Markup counts as one.
const maxWords = 20

// wordProblems judges every text of an edition.
func wordProblems(e *Edition) []quiz.Problem {
	f := &quiz.Finder{}
	judge := func(path string, text *string) { judgeText(f, path, *text) }
	e.Quiz.EachText(judge)
	e.Book.EachText(judge)
	for i := range e.Quiz.Questions {
		x := &e.Quiz.Questions[i]
		needed(f, "questions."+x.ID, map[string]string{"text": x.Text, "short": x.Short, "why": x.Why, "error": x.Error, "again": x.Again})
		for _, o := range x.Options {
			needed(f, "questions."+x.ID+".options."+o.ID, map[string]string{"text": o.Text, "said": o.Said})
		}
		if x.Range != nil {
			needed(f, "questions."+x.ID+".range", map[string]string{"said": x.Range.Said, "unit": x.Range.Unit})
		}
	}
	for i := range e.Book.Advice {
		a := &e.Book.Advice[i]
		needed(f, "advice."+a.ID, map[string]string{"title": a.Title, "do": a.Do, "why": a.Why})
	}
	return f.Problems
}

func needed(f *quiz.Finder, path string, texts map[string]string) {
	for key, text := range texts {
		if text == "" {
			f.Add(path, "the text %q is missing", key)
		}
	}
}

func judgeText(f *quiz.Finder, path, text string) {
	bare := recommend.Bare(text)
	if word := shunned.FindString(bare); word != "" {
		f.Add(path, "%q is a word we do not use, find a kinder one", word)
	}
	for _, name := range disorder.FindAllString(bare, -1) {
		if !strings.HasPrefix(strings.ToLower(name), "eating") {
			f.Add(path, "%q is a word we do not use except in a name", name)
		}
	}
	// A passage reports what the article promises, beside its correction.
	if word := certain.FindString(bare); word != "" && !strings.HasPrefix(path, "passages.") {
		f.Add(path, "%q promises more than anybody knows, say what may help or what is linked", word)
	}
	for _, sentence := range recommend.Sentences(text) {
		if n := len(strings.Fields(recommend.Bare(sentence))); n > maxWords {
			f.Add(path, "a sentence has %d words, keep to %d at most", n, maxWords)
		}
	}
}
