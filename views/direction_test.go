package views

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"gutskin/data"
	"gutskin/quiz"
)

var four = regexp.MustCompile(`\b(?:margin|padding|inset|border-width|border-radius): ?([^\s;}]+) ([^\s;}]+) ([^\s;}]+) ([^\s;}]+)`)

// No shorthand of four lengths gives the two sides of the screen different ones. A
// tick is drawn from two borders and looks the same in both directions.
func TestSidesAreEqual(t *testing.T) {
	css, err := fs.ReadFile(static, "static/app.css")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, m := range four.FindAllStringSubmatch(string(css), -1) {
		if found++; m[2] != m[4] && !strings.Contains(m[0], "border-width: 0 3px 3px 0") {
			t.Errorf("%q has two different sides", m[0])
		}
	}
	if found == 0 {
		t.Error("the ticks are not found: this test looks for nothing")
	}
	if strings.Contains(string(css), "background-position") {
		t.Error("a background has a place on the screen: it does not turn round with the text")
	}
}

// Read from right to left, a number line is the mirror image of itself.
func TestNumberLineMirrored(t *testing.T) {
	line := func(dir string) *NumberLine {
		e := *small(t)
		e.Dir = dir
		return Page{Edition: &e}.numberLine(&quiz.Figures{Value: 52, Low: 30, High: 70})
	}
	ltr, rtl := line("ltr"), line("rtl")
	if len(ltr.Labels) != len(rtl.Labels) || len(ltr.Fill) != len(rtl.Fill) {
		t.Fatal("the two lines have different parts")
	}
	for i := range ltr.Labels {
		if a, b := number(t, ltr.Labels[i].X), number(t, rtl.Labels[i].X); !near(a+b, 300) || ltr.Labels[i].Text != rtl.Labels[i].Text {
			t.Errorf("label %s stands at %v and %v", ltr.Labels[i].Text, a, b)
		}
	}
	for i := range ltr.Track {
		l, r := ltr.Track[i], rtl.Track[i]
		if !near(number(t, l.X)+number(t, l.W)+number(t, r.X), 300) || l.W != r.W {
			t.Errorf("bar %d is %v and %v", i, l, r)
		}
	}
	for i := range ltr.Fill {
		l, r := ltr.Fill[i], rtl.Fill[i]
		if !near(number(t, l.X)+number(t, l.W)+number(t, r.X), 300) || l.W != r.W {
			t.Errorf("fill %d is %v and %v", i, l, r)
		}
	}
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	n, ok := quiz.ParseNumber(s)
	if !ok {
		t.Fatalf("%q is no number", s)
	}
	return n
}

func near(a, b float64) bool { return a-b < .2 && b-a < .2 }

// The switch names each language in itself and leads back to this page.
func TestSwitch(t *testing.T) {
	en := small(t)
	ar := *en
	ar.Lang, ar.Dir, ar.Name, en.Name = "ar", "rtl", "العربية", "English"
	page := func(path, query string, languages ...*data.Edition) []Tongue {
		return Page{Edition: en, Path: path, Query: query, Languages: languages}.Switch()
	}
	if got := page("/", "", en); got != nil {
		t.Errorf("one language is no choice: %v", got)
	}
	for _, c := range []struct{ path, query, want string }{
		{"/help", "", "/help?lang=ar"},
		{"/quiz/age", "return=1", "/quiz/age?return=1&lang=ar"},
		{"/quiz/finish", "", "/quiz/answers?lang=ar"},
		{"", "", "/?lang=ar"},
	} {
		got := page(c.path, c.query, en, &ar)
		want := []Tongue{{"en", "", "English", ""}, {"ar", "rtl", "العربية", c.want}}
		want[0].Dir = "ltr"
		if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("%s?%s: got %v, want %v", c.path, c.query, got, want)
		}
	}
}

// What turns round is said once: a second rule would turn it away from its side.
func TestTurnedOnce(t *testing.T) {
	css, err := fs.ReadFile(static, "static/app.css")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`\[dir=rtl\] [^{]+`).FindAllString(string(css), -1) {
		if seen[m] {
			t.Errorf("%q stands there twice", m)
		}
		seen[m] = true
	}
	if len(seen) == 0 {
		t.Error("nothing turns round: this test looks for nothing")
	}
}
