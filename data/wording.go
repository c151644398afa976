package data

import (
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"

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

// wordProblems judges every text of an edition, on all cores: it is a fifth of the work
// of a start.
func wordProblems(e *Edition) []quiz.Problem {
	type written struct{ path, text string }
	var texts []written
	note := func(path string, text *string) { texts = append(texts, written{path, *text}) }
	e.Quiz.EachText(note)
	e.Book.EachText(note)
	parts := slices.Collect(slices.Chunk(texts, 1+len(texts)/runtime.GOMAXPROCS(0)))
	found := make([]quiz.Finder, len(parts))
	var all sync.WaitGroup
	for i := range parts {
		all.Go(func() {
			for _, w := range parts[i] {
				if w.text == "" && !spare.MatchString(w.path) {
					found[i].Add(w.path, "the text %q is missing", w.path[strings.LastIndexByte(w.path, '.')+1:])
				}
				judgeText(&found[i], w.path, w.text)
			}
		})
	}
	all.Wait()
	var problems []quiz.Problem
	for i := range found {
		problems = append(problems, found[i].Problems...)
	}
	return problems
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
