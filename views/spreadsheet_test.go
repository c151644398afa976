package views

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gutskin/quiz"
)

// Whatever stands in a cell, it is read back as text, and never as a formula.
func TestCells(t *testing.T) {
	for _, c := range []struct{ cell, want string }{
		{"", ""}, {"7 to 9", "7 to 9"}, {`say "a", b`, `say "a", b`}, {"3 − 4 = 5", "3 − 4 = 5"},
		{"=1+1", "'=1+1"}, {"+1", "'+1"}, {"-1", "'-1"}, {"@SUM(A1)", "'@SUM(A1)"}, {"\tx", "'\tx"}, {"\rx", "'\rx"}, {"\nx", "'\nx"},
	} {
		if got := harmless(c.cell); got != c.want {
			t.Errorf("%q: got %q, want %q", c.cell, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.SliceOfN(rapid.StringMatching(`[=+@a",\n -]*`), 2, 4).Draw(t, "cells")
		var b strings.Builder
		writeRow(&b, cells...)
		rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
		if err != nil || len(rows) != 1 || len(rows[0]) != len(cells) {
			t.Fatalf("got %q, %v", rows, err)
		}
		for i, cell := range rows[0] {
			if strings.TrimPrefix(cell, "'") != cells[i] || cell != "" && strings.ContainsRune("=+-@\n", rune(cell[0])) {
				t.Errorf("got %q for %q", cell, cells[i])
			}
		}
	})
}

func TestSpreadsheet(t *testing.T) {
	e := full(t)
	hidden := with(everyday(), quiz.Answers{"food_feelings": quiz.Pick("ed"), "sleep_hours": quiz.Num(6.5), "plants": quiz.Answer{}})
	var sheets []Sheet
	for _, r := range visits(e, everyday(), hidden) {
		sheets = append(sheets, Sheet{e, r})
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(Spreadsheet(Page{Edition: e}, sheets)), byteOrderMark))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range [][]string{
		{"Date", "What it is", "Short name", "Question or score", "Value", "Lowest", "Highest", "In words"},
		{"2026-06-01", "Answer", "eating_pattern", "Which of these fit how you eat, or what you avoid?", "vegetarian budget", "", "", "Vegetarian; On a tight budget"},
		{"2026-06-01", "Score", "diet", "Eating", "31", "25", "45", "A place to start"},
		{"2026-07-01", "Answer", "plants", e.Quiz.Question("plants").Text, "", "", "", "Not provided"},
		{"2026-07-01", "Answer", "sleep_hours", e.Quiz.Question("sleep_hours").Text, "6.5", "", "", "6.5"},
		{"2026-07-01", "Score", "diet", "Eating", "", "", "", "Not shown"},
	} {
		if !slices.ContainsFunc(rows, func(row []string) bool { return slices.Equal(row, want) }) {
			t.Errorf("no row reads %q", want)
		}
	}
}
