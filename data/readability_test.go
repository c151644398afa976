package data_test

import (
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"gutskin/data"
)

// measured is how one text of the tiny content is judged.
func measured(t *testing.T, text string) data.TextMeasure {
	t.Helper()
	files := tiny(t)
	breakage{file: "topics/day.yaml", find: "text: Do you eat plants?", with: "text: " + text}.breaks(t, files)
	measures, err := data.Measure(files)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range measures {
		if m.Place.Text == "questions.plants.text" {
			return m
		}
	}
	t.Fatal("the text was not measured")
	return data.TextMeasure{}
}

func TestSyllables(t *testing.T) {
	for words, want := range map[string]int{
		"cat time eat make through plates picked times": 1,
		"table being rested changes careful movement useful quickly creature hybrid diet fluid recent walnuts homemade eating noodles": 2,
		"potato condition energy different": 3,
		"microbiome variety vegetables":     4,
	} {
		for _, word := range strings.Fields(words) {
			if got := measured(t, word).Syllables; got != want {
				t.Errorf("%s: got %d syllables, want %d", word, got, want)
			}
		}
	}
	for word, want := range map[string]int{"IBS": 3, "NICE": 1, "10": 1, "fish-free": 2, "dietitian's": 4, "don’t": 1, "psoriasis": 4} {
		if got := measured(t, word).Syllables; got != want {
			t.Errorf("%s: got %d syllables, want %d", word, got, want)
		}
	}
}

// Grades that others published for these sentences.
func TestReadingGrade(t *testing.T) {
	for text, want := range map[string]float64{
		"The cat sat on the mat.": -1.45,
		"The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.": 11.3,
		// Published as a reading ease of 69, which is 23 syllables in 16 words.
		"This sentence, taken as a reading passage unto itself, is being used to prove a point.": 7.61,
	} {
		if got := measured(t, text).Grade(); math.Abs(got-want) > 0.1 {
			t.Errorf("%q: got grade %.2f, want %.2f", text, got, want)
		}
	}
}

func TestMeasure(t *testing.T) {
	files := tiny(t)
	for _, b := range []breakage{
		{file: "locales/en.yaml", find: "  hello: Hello %s", with: "  hello: Hello %s\n  question.next: You failed to answer, sorry"},
		{file: "advice/all.yaml", find: "do: \"Try {one: eggs | oats}{if egg: , warm}.\"", with: "do: \"Try {one: eggs | oats}{if egg: , warm}. Go on.\""},
	} {
		b.breaks(t, files)
	}
	measures, err := data.Measure(files)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]data.TextMeasure{}
	for i, m := range measures {
		found[m.Place.Text] = m
		if i > 0 && m.Words >= data.MinWords && measures[i-1].Grade() < m.Grade() {
			t.Errorf("%q is harder than what stands before it", m.Text)
		}
	}
	for path, want := range map[string]data.TextMeasure{
		"words.question.next":          {Kind: data.QuizText, Text: "You failed to answer, sorry", Words: 5, Sentences: 1, Longest: 5},
		"advice.R1.do":                 {Kind: data.ResultsText, Text: "Try eggs or oats, warm. Go on.", Words: 7, Sentences: 2, Longest: 5},
		"questions.plants.text":        {Kind: data.QuizText, Text: "Do you eat plants?", Words: 4, Sentences: 1, Longest: 4},
		"pillars.food.basis":           {Kind: data.Background, Text: "It is the only one.", Words: 5, Sentences: 1, Longest: 5},
		"rules.S1.say":                 {Kind: data.ResultsText, Text: "You told us that you have spots.", Words: 7, Sentences: 1, Longest: 7},
		"questions.drinks.range.said":  {Kind: data.QuizText, Text: "you have {n} glasses", Words: 4, Sentences: 1, Longest: 4},
		"questions.plants.options.pns": {},
	} {
		got := found[path]
		if got.Kind != want.Kind || got.Text != want.Text || got.Words != want.Words || got.Sentences != want.Sentences || got.Longest != want.Longest {
			t.Errorf("%s: got %+v", path, got)
		}
	}
	next := found["words.question.next"]
	if next.Place.File != "locales/en.yaml" || next.Place.Line != 4 || next.Place.Column != 3 {
		t.Errorf("the words stand at %v", next.Place)
	}
	if len(next.Banned) != 1 || !next.Refused() || !strings.Contains(next.Banned[0], `"failed" is a word we do not use`) {
		t.Errorf("got %v", next.Banned)
	}
	if long := measured(t, "Do you eat "+strings.Repeat("so ", 16)+"much"); long.Refused() || long.Longest != 20 {
		t.Errorf("20 words are refused: %+v", long)
	}
}

// A long sentence of the interface is refused where it is read during the quiz only.
func TestLongSentences(t *testing.T) {
	for key, want := range map[string]bool{"question.long": true, "results.long": false} {
		files := tiny(t)
		files["locales/en.yaml"] = &fstest.MapFile{Data: []byte("name: English\nwords:\n  " + key + ": " + strings.Repeat("word ", 21) + "\n")}
		measures, err := data.Measure(files)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range measures {
			if m.Place.Text == "words."+key && (!m.Long() || m.Refused() != want) {
				t.Errorf("%s: long %v, refused %v", key, m.Long(), m.Refused())
			}
		}
	}
}
