package data_test

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"gutskin/data"
	"gutskin/data/pseudo"
	"gutskin/quiz"
	"gutskin/recommend"
)

// bilingual is the shipped content with the made-up language beside it.
func bilingual(t testing.TB) *data.Library {
	t.Helper()
	library, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := pseudo.Overlay(library)
	if err != nil {
		t.Fatal(err)
	}
	files := copied(t)
	files[pseudo.File] = &fstest.MapFile{Data: overlay}
	both, err := data.Load(files)
	if err != nil {
		t.Fatalf("the made-up language has problems:\n%.2000s", err)
	}
	return both
}

// The made-up language is what it promises: whole, long, and of letters that run
// from right to left.
func TestPseudoLanguage(t *testing.T) {
	both := bilingual(t)
	en, xb := both.Edition("en"), both.Edition(pseudo.Lang)
	if xb.Dir != "rtl" || xb.Lang != pseudo.Lang || xb.Name == "" || xb.Name == en.Name {
		t.Fatalf("got %q %q %q", xb.Lang, xb.Dir, xb.Name)
	}
	source, short, long := map[string]string{}, 0, 0
	en.EachText(func(path string, text *string) { source[path] = *text })
	tokens := regexp.MustCompile(`\{if [a-z]+:|\{[^{}]*\}`)
	xb.EachText(func(path string, text *string) {
		short += utf8.RuneCountInString(source[path])
		long += utf8.RuneCountInString(*text)
		if left := regexp.MustCompile(`[A-Za-z]+`).FindString(tokens.ReplaceAllString(*text, "")); left != "" {
			t.Errorf("%s still says %q", path, left)
		}
	})
	if long*10 < short*14 {
		t.Errorf("%d letters became %d, want 40 %% more", short, long)
	}
}

// Numbers take the form that the language wants, in the interface and in answers.
func TestForms(t *testing.T) {
	en, files := edition(t), copied(t)
	words := func(forms ...string) string {
		var b strings.Builder
		for _, form := range forms {
			b.WriteString("  results.well." + form + ": \"" + form + " %d\"\n")
		}
		return b.String()
	}
	body := text(t, files, "locales/en.yaml")
	body = regexp.MustCompile(`(?m)^  results\.well\.\w+: .*\n`).ReplaceAllString(body, "")
	polish := strings.Replace(strings.Replace(body, "name: English", "name: Polski", 1), "words:\n", "words:\n"+words("one", "few", "many", "other"), 1)
	delete(files, "locales/en.yaml")
	files["locales/pl.yaml"] = &fstest.MapFile{Data: []byte(polish)}
	site := text(t, files, "site.yaml")
	files["site.yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(site, "source_language: en", "source_language: pl", 1))}
	_, err := data.Load(files)
	if err == nil || !strings.Contains(err.Error(), `the words "results.try.few" are missing`) || strings.Contains(err.Error(), "results.well") {
		t.Errorf("a source language without all its forms: got\n%.600v", err)
	}
	for n, want := range map[int]string{0: "You already do 0 things that help.", 1: "You already do 1 thing that helps.", 2: "You already do 2 things that help."} {
		if got := en.N("results.well", n); got != want {
			t.Errorf("%d: got %q, want %q", n, got, want)
		}
	}
	pl := &data.Edition{Lang: "pl", Words: map[string]string{
		"x.one": "%d jeden", "x.few": "%d kilka", "x.many": "%d wiele", "x.other": "%d inne", "y.other": "%d y", "z.one": "raz", "z.other": "%d z",
	}}
	for _, c := range []struct {
		key  string
		n    int
		want string
	}{
		{"x", 1, "1 jeden"}, {"x", 3, "3 kilka"}, {"x", 5, "5 wiele"}, {"x", 12, "12 wiele"}, {"x", 22, "22 kilka"},
		{"y", 1, "1 y"}, {"z", 1, "raz"}, {"z", 2, "2 z"},
	} {
		if got := pl.N(c.key, c.n); got != c.want {
			t.Errorf("%s for %d: got %q, want %q", c.key, c.n, got, c.want)
		}
	}
}

// A clause about a number has the form of that number, fractions too.
func TestSaidForms(t *testing.T) {
	both := bilingual(t)
	xb := both.Edition(pseudo.Lang)
	r := xb.Quiz.Question("drinks").Range
	r.SaidZero, r.SaidOne, r.SaidTwo, r.SaidFew, r.SaidMany, r.Said = "zero", "one", "two", "few {n}", "many {n}", "other {n}"
	advice := &xb.Book.Advice[0]
	advice.Why = "{said: drinks}."
	for n, want := range map[float64]string{0: "Zero.", 1: "One.", 2: "Two.", 3: "Few 3.", 11: "Many 11.", 100: "Other 100.", 7.5: "Other 7.5."} {
		reader := recommend.NewReader(xb.Quiz, xb.Book, "", quiz.Answers{"drinks": quiz.Num(n)})
		if got := reader.Advice(advice.ID, nil).Why; got != want {
			t.Errorf("%v: got %q, want %q", n, got, want)
		}
	}
}

// What is put into a text that runs from right to left keeps its own order.
func TestIsolation(t *testing.T) {
	rtl := &data.Edition{Dir: "rtl", Words: map[string]string{"a": "ا %s ب %d"}}
	ltr := &data.Edition{Dir: "ltr", Words: rtl.Words}
	for _, c := range []struct {
		e         *data.Edition
		put, want string
	}{
		{rtl, "Gut & Skin", "ا \u2066Gut & Skin\u2069 ب 3"},
		{rtl, "100 × 3 ÷ 4", "ا \u2066100 × 3 ÷ 4\u2069 ب 3"},
		{rtl, "22 نوفمبر 2026", "ا 22 نوفمبر 2026 ب 3"},
		{rtl, "", "ا  ب 3"},
		{ltr, "Gut & Skin", "ا Gut & Skin ب 3"},
	} {
		if got := c.e.T("a", c.put, 3); got != c.want {
			t.Errorf("%q: got %q, want %q", c.put, got, c.want)
		}
	}
}

// Lists are joined as the language joins them.
func TestJoining(t *testing.T) {
	both := bilingual(t)
	for lang, want := range map[string][]string{
		"en":        {" and ", " or "},
		pseudo.Lang: {pseudo.Text(" and "), pseudo.Text(" or ")},
	} {
		e := both.Edition(lang)
		a := &e.Book.Advice[0]
		a.Do, a.Plan = "{all: oats | eggs | firm_tofu} x.", "{one: oats | eggs} x."
		w := recommend.NewReader(e.Quiz, e.Book, "", nil).Advice(a.ID, nil)
		if !strings.Contains(w.Do, want[0]) || !strings.Contains(w.Plan, want[1]) {
			t.Errorf("%s: got %q and %q", lang, w.Do, w.Plan)
		}
	}
}

// A skeleton names all that a language lacks: what check says is missing, no more.
func TestSkeleton(t *testing.T) {
	library, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{"de", "pl", "ja", "ar"} {
		skeleton, err := library.Skeleton(lang)
		if err != nil {
			t.Fatal(err)
		}
		files := copied(t)
		files["locales/"+lang+".yaml"] = &fstest.MapFile{Data: []byte(strings.Replace(skeleton, `name: ""`, "name: x", 1))}
		_, err = data.Load(files)
		var problems data.Problems
		errors.As(err, &problems)
		if got, want := problems.Untranslated()["locales/"+lang+".yaml"], strings.Count(skeleton, ": \"\"\n"); got != want || len(problems) != want {
			t.Errorf("%s: %d texts to fill in, %d missing, %d problems", lang, want, got, len(problems))
		}
	}
	if _, err := library.Skeleton("nonsense/../x"); err == nil {
		t.Error("got a skeleton for what is no language")
	}
}

// The built-in program must not know the made-up language.
func TestPseudoIsForTestsOnly(t *testing.T) {
	for _, dir := range []string{"..", "../quiz", "../recommend", ".", "../store", "../views", "../web"} {
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %v", dir, err)
		}
		for _, name := range names {
			body, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(name, "_test.go") && strings.Contains(string(body), `"gutskin/data/pseudo"`) {
				t.Errorf("%s imports the made-up language", name)
			}
		}
	}
}
