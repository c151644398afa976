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

// spare texts may be left empty; every other text is needed. The headings of rules
// and cases are judged with their rules.
var spare = regexp.MustCompile(`^sections\.[^.]+\.skip_text$|^(rules|questions\.[^.]+\.basis$)|` +
	`^advice\.[^.]+\.(variants|plan|notice|always|correction|not_if|unknown)\b|` +
	`^passages\.[^.]+\.(correction|unused)$|^sources\.|\.(hint|good|said_(zero|one|two|few|many))$`)

// wordProblems judges every text of an edition.
func wordProblems(e *Edition) []quiz.Problem {
	f := &quiz.Finder{}
	judge := func(path string, text *string) {
		if *text == "" && !spare.MatchString(path) {
			f.Add(path, "the text %q is missing", path[strings.LastIndexByte(path, '.')+1:])
		}
		judgeText(f, path, *text)
	}
	e.Quiz.EachText(judge)
	e.Book.EachText(judge)
	return f.Problems
}

func judgeText(f *quiz.Finder, path, text string) {
	judgeWords(f, path, text)
	for _, sentence := range recommend.Sentences(text) {
		if n := len(strings.Fields(recommend.Bare(sentence))); n > maxWords {
			f.Add(path, "a sentence has %d words, keep to %d at most", n, maxWords)
		}
	}
}

// judgeWords names words that we do not use.
func judgeWords(f *quiz.Finder, path, text string) {
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
}
