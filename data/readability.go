package data

import (
	"cmp"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gutskin/quiz"
	"gutskin/recommend"
)

// Kind is where a text is read.
type Kind string

// The kinds of text.
const (
	QuizText    Kind = "quiz"       // while answering
	ResultsText Kind = "results"    // on the results
	Background  Kind = "background" // on pages that explain
)

// Limits of the words. MaxGrade is a year of school: at 6, a child of 11 can follow.
// MinWords is how long a text must be before its grade means something.
const (
	MaxGrade = 6.0
	MinWords = 8
)

// TextMeasure is how hard one text is to read.
type TextMeasure struct {
	Place     Problem // where it stands; its Text is the path
	Kind      Kind
	Text      string // with the parts in braces filled in
	Words     int
	Sentences int
	Syllables int
	Longest   int      // words of the longest sentence
	Banned    []string // what is wrong with its words, a sentence each
}

// Grade is the Flesch-Kincaid reading grade, a year of school. Below MinWords words it
// says little.
func (m TextMeasure) Grade() float64 {
	if m.Words == 0 || m.Sentences == 0 {
		return 0
	}
	return 0.39*float64(m.Words)/float64(m.Sentences) + 11.8*float64(m.Syllables)/float64(m.Words) - 15.59
}

// Long reports a sentence with more words than a text may have.
func (m TextMeasure) Long() bool { return m.Longest > maxWords }

// Refused reports what must be mended: a word that we do not use, or a long sentence
// in the quiz.
func (m TextMeasure) Refused() bool { return len(m.Banned) > 0 || m.Kind == QuizText && m.Long() }

// Measure measures every text of a content folder in its source language, those of the
// interface too, the hardest first. Short texts come last. The error is Problems.
func Measure(fsys fs.FS) ([]TextMeasure, error) {
	files, err := read(fsys)
	if err != nil {
		return nil, err
	}
	library, err := assemble(files, false)
	if err != nil {
		return nil, err
	}
	e := library.Edition("")
	a := &assembly{files: files}
	places := a.atlas()
	interfaceFile := "locales/" + e.Lang + ".yaml"
	places.chart(interfaceFile, a.tree(interfaceFile))
	var measures []TextMeasure
	all := texts(e)
	for _, path := range slices.Sorted(maps.Keys(all)) {
		if all[path] == "" {
			continue
		}
		f := &quiz.Finder{}
		judgeWords(f, path, all[path])
		m := measure(spellOut(e, all[path]))
		m.Kind, m.Place = kindOf(path), places.locate(quiz.Problem{Path: path, Text: path})
		for _, p := range f.Problems {
			m.Banned = append(m.Banned, p.Text)
		}
		measures = append(measures, m)
	}
	slices.SortStableFunc(measures, func(a, b TextMeasure) int {
		long := func(m TextMeasure) int { return min(m.Words, MinWords) }
		return cmp.Or(cmp.Compare(long(b), long(a)), cmp.Compare(b.Grade(), a.Grade()))
	})
	return measures, nil
}

// wordPattern finds what is said as one word. A part of a compound counts by itself.
var wordPattern = regexp.MustCompile(`[\p{L}\p{N}]+(?:['’.,/]?[\p{L}\p{N}]+)*`)

// measure counts. Words are counted as in the limit of a sentence, by the spaces.
func measure(text string) TextMeasure {
	m := TextMeasure{Text: text}
	for _, sentence := range recommend.Sentences(text) {
		n := len(strings.Fields(sentence))
		m.Sentences++
		m.Words += n
		m.Longest = max(m.Longest, n)
		for _, word := range wordPattern.FindAllString(sentence, -1) {
			m.Syllables += syllables(strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s"))
		}
	}
	return m
}

var (
	quizPaths = regexp.MustCompile(`^(questions|sections)\.|^words\.(question|error|fault|resume|consent|start|answers|gethelp|underage)\.`)
	// What is read about somebody, and next to it.
	resultPaths = regexp.MustCompile(`^(advice|rules|bands|gut_signals|skin_signals|foods|eaters|regions)\.|` +
		`^words\.(results|score|care|receipt|advice|effort|notice|news)\.`)
	asidePaths = regexp.MustCompile(`\.(basis|correction|unknown)$`)
)

func kindOf(path string) Kind {
	switch {
	case asidePaths.MatchString(path):
		return Background
	case quizPaths.MatchString(path):
		return QuizText
	case resultPaths.MatchString(path):
		return ResultsText
	}
	return Background
}
