package views

import (
	"encoding/csv"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"gutskin/data"
	"gutskin/figures"
	"gutskin/figures/crowd"
)

var madeUpPieces = sync.OnceValue(func() []figures.Piece {
	library, err := builtIn()
	if err != nil {
		panic(err)
	}
	e := library.Edition("en")
	months := []string{"2026-01", "2026-02", "2026-03", "2026-04"}
	rows := slices.Concat(crowd.Tallies(e.Quiz, e.Book, "en", months, 600, 1), crowd.Tallies(e.Quiz, e.Book, "cy", months, 40, 2))
	return figures.Cut(e.Quiz, e.Book, rows, nil, time.Date(2026, 5, 2, 0, 0, 0, 0, time.UTC))
})

// madeUp is figures of people who do not exist.
func madeUp(t *testing.T, e *data.Edition) FiguresInput {
	t.Helper()
	return FiguresInput{Pieces: madeUpPieces(), Languages: []*data.Edition{e}}
}

// The page and the download show what the pieces hold, and no other number of people.
func TestFiguresShowPiecesOnly(t *testing.T) {
	e := full(t)
	in := madeUp(t, e)
	for _, c := range []FiguresInput{in, {Pieces: in.Pieces, From: "2026-02", To: "2026-03"}, {Pieces: in.Pieces, Lang: "cy"}, {Pieces: in.Pieces, Lang: "en", From: "2026-04"}} {
		known := map[string]bool{}
		chosen := figures.Choose(c.Pieces, figures.Choice{From: c.From, To: c.To, Lang: c.Lang})
		counted := 0
		for _, f := range figures.Sum(chosen) {
			known[fmt.Sprint(f.N)], known[fmt.Sprint(f.Of)] = true, true
			known[fmt.Sprintf("%d of %d", f.N, f.Of)] = true
		}
		for _, f := range figures.Sum(chosen) { // the first question
			known[fmt.Sprintf("%d of %d", f.Of, f.Of)] = true
		}
		for _, p := range chosen {
			known[fmt.Sprint(p.Of)] = true
			if p.Family == figures.Answers {
				counted += p.Of
			}
			for _, f := range p.Figures {
				known[fmt.Sprint(f.N)] = true
			}
		}
		known[fmt.Sprint(counted)] = true
		doc := parse(t, NewFiguresPage(Page{Edition: e}, c))
		if n := doc.Find("table.figures tbody tr").Length(); len(chosen) > 0 && n < 4 {
			t.Errorf("%v: only %d lines", c.From, n)
		}
		number := regexp.MustCompile(`^\d+( of \d+)?$`)
		for i := range doc.Find("td.n, dd").Length() {
			got := text(doc.Find("td.n, dd").Eq(i))
			if n, err := strconv.Atoi(got); err == nil && n < figures.Few {
				t.Errorf("from %q to %q: %s is on the page", c.From, c.To, got)
			}
			left := doc.Find("td.n, dd").Eq(i).Is("td.n + td.n + td.n")
			if number.MatchString(got) && !known[got] && !left {
				t.Errorf("from %q to %q: %s is on the page and in no piece", c.From, c.To, got)
			}
		}
		checkSheet(t, FiguresSheet(Page{Edition: e}, c), chosen)
	}
}

func checkSheet(t *testing.T, sheet []byte, chosen []figures.Piece) {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(sheet), byteOrderMark))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := 1
	for _, p := range chosen {
		want += 1 + len(p.Figures)
	}
	if len(lines) != want {
		t.Errorf("the download has %d lines, want %d", len(lines), want)
	}
	for _, line := range lines[1:] {
		if n := line[7]; len(n) < 2 {
			t.Errorf("the download shows %q people: %q", n, line)
		}
		if !regexp.MustCompile(`^[^%]+$`).MatchString(strings.Join(line[:6], "")) {
			t.Errorf("a line is not in words: %q", line)
		}
	}
}

// A cell of the download is text, whatever a question, an idea or a language is called.
func TestFiguresSheetHoldsNoFormula(t *testing.T) {
	e := *full(t)
	q := *e.Quiz
	q.Questions = slices.Clone(q.Questions)
	q.Questions[0].Short = "=HYPERLINK(\"http://evil.example\",\"x\")"
	e.Quiz = &q
	bad := []string{"+1", "-1", "=1", "@x", "\tx", "\rx", "\"=1"}
	piece := figures.Piece{Lang: "=cmd", Family: figures.Answers, First: "+2026", Last: "-2026", Of: 100, Figures: []figures.Figure{
		{Tally: figures.Tally{Kind: figures.Answer, Item: q.Questions[0].ID, Value: q.Questions[0].Options[1].ID}, N: 20, Of: 100},
	}}
	for _, s := range bad {
		piece.Figures = append(piece.Figures, figures.Figure{Tally: figures.Tally{Kind: figures.Answer, Item: s, Value: s}, N: 20, Of: 100})
	}
	sheet := string(FiguresSheet(Page{Edition: &e}, FiguresInput{Pieces: []figures.Piece{piece}}))
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(sheet, byteOrderMark))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 3+len(bad) {
		t.Fatalf("%d lines", len(lines))
	}
	for _, line := range lines {
		for _, cell := range line {
			if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
				t.Errorf("a spreadsheet would run %q", cell)
			}
		}
	}
	if !strings.Contains(sheet, `"'=HYPERLINK`) || !strings.Contains(sheet, `"'@x"`) {
		t.Errorf("the names are not there as text:\n%s", sheet)
	}
}

func TestFiguresForm(t *testing.T) {
	e := full(t)
	page := NewFiguresPage(Page{Edition: e}, FiguresInput{Pieces: madeUpPieces(), From: "2026-3", To: "2026-04", Lang: "en"})
	if page.Error == nil || page.Form.FromFault == "" || page.Form.ToFault != "" || page.Nothing == "" || page.Download != "" {
		t.Errorf("a month that cannot be read: %+v", page.Form)
	}
	doc := parse(t, NewFiguresPage(Page{Edition: e}, FiguresInput{Pieces: madeUpPieces(), Lang: "cy"}))
	if got := doc.Find("input[name=language]:checked").AttrOr("value", "?"); got != "cy" {
		t.Errorf("the language asked for is %q in the form", got)
	}
	hostile := NewFiguresPage(Page{Edition: e}, FiguresInput{Pieces: madeUpPieces(), Lang: "x&from=2026-01"})
	if hostile.Download != "" {
		t.Errorf("a language that there is not: %q", hostile.Download)
	}
}
