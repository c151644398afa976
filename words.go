package main

import (
	"fmt"
	"io/fs"

	"gutskin/data"
)

// worst is how many of the hardest texts are listed.
const worst = 25

// checkWords prints how hard the texts are to read, the hardest first.
func checkWords(files fs.FS, s streams) error {
	measures, err := data.Measure(files)
	if err != nil {
		return reported(s, "the content", err)
	}
	where := func(m data.TextMeasure) string {
		return fmt.Sprintf("%s:%d:%d", m.Place.File, m.Place.Line, m.Place.Column)
	}
	fmt.Fprintf(s.out, "%-10s %5s %5s %7s  %s\n", "kind", "grade", "words", "longest", "the hardest texts to read")
	for i := range measures[:min(worst, len(measures))] {
		m := &measures[i]
		fmt.Fprintf(s.out, "%-10s %5.1f %5d %7d  %s: %s\n", m.Kind, m.Grade(), m.Words, m.Longest, where(*m), m.Text)
	}
	refused := false
	for _, m := range measures {
		for _, banned := range m.Banned {
			fmt.Fprintf(s.out, "%s: %s\n", where(m), banned)
		}
		if m.Long() && m.Kind == data.QuizText {
			fmt.Fprintf(s.out, "%s: a sentence in the quiz has %d words, keep to 20 at most\n", where(m), m.Longest)
		} else if m.Long() {
			fmt.Fprintf(s.out, "note: %s: a sentence has %d words\n", where(m), m.Longest)
		}
		refused = refused || m.Refused()
	}
	printTotals(s, measures)
	if refused {
		return errReported
	}
	return nil
}

// printTotals sums up each kind of text: one grade for all of it, which says more than
// the grade of a short text.
func printTotals(s streams, measures []data.TextMeasure) {
	fmt.Fprintf(s.out, "\n%-10s %6s %6s %6s %8s %8s\n", "kind", "texts", "words", "grade", "above 6", "longest")
	for _, kind := range []data.Kind{data.QuizText, data.ResultsText, data.Background} {
		total, texts, hard := data.TextMeasure{}, 0, 0
		for _, m := range measures {
			if m.Kind != kind {
				continue
			}
			texts++
			total.Words += m.Words
			total.Sentences += m.Sentences
			total.Syllables += m.Syllables
			total.Longest = max(total.Longest, m.Longest)
			if m.Words >= data.MinWords && m.Grade() > data.MaxGrade {
				hard++
			}
		}
		fmt.Fprintf(s.out, "%-10s %6d %6d %6.1f %8d %8d\n", kind, texts, total.Words, total.Grade(), hard, total.Longest)
	}
	fmt.Fprintf(s.out, "Grades are years of school (Flesch-Kincaid). Texts of fewer than %d words have none.\n", data.MinWords)
}
