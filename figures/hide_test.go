package figures

import (
	"fmt"
	"testing"
)

// tables calls yield with every table of so many cells that add up to n.
func tables(cells, n int, yield func([]int)) {
	table := make([]int, cells)
	var fill func(at, left int)
	fill = func(at, left int) {
		if at == cells-1 {
			table[at] = left
			yield(table)
			return
		}
		for v := 0; v <= left; v++ {
			table[at] = v
			fill(at+1, left-v)
		}
	}
	fill(0, n)
}

// What can be seen of a table leaves every hidden cell under 10 the choice of all
// numbers from 0 to 9, for somebody who knows the total and the rule and tries every
// table there is.
func TestSeenHidesFromEverybody(t *testing.T) {
	for _, c := range []struct{ cells, most int }{{2, 120}, {3, 70}, {4, 48}, {5, 32}} {
		for n := Few; n <= c.most; n++ {
			could := map[string][]map[int]bool{} // by what is seen: what each cell can be
			look := func(table []int) string { return fmt.Sprint(veil(table, seen(table))) }
			tables(c.cells, n, func(table []int) {
				view := look(table)
				if could[view] == nil {
					could[view] = make([]map[int]bool, c.cells)
					for i := range table {
						could[view][i] = map[int]bool{}
					}
				}
				for i, v := range table {
					could[view][i][v] = true
				}
			})
			tables(c.cells, n, func(table []int) {
				view := look(table)
				for i, v := range table {
					if v >= Few {
						continue
					}
					for d := range Few {
						if !could[view][i][d] {
							t.Fatalf("%v is seen as %s: cell %d cannot be %d", table, view, i, d)
						}
					}
				}
			})
		}
	}
}

// veil is a table as it is seen: -1 is hidden.
func veil(table []int, open []bool) []int {
	view := make([]int, len(table))
	for i, v := range table {
		if view[i] = -1; open[i] {
			view[i] = v
		}
	}
	return view
}

// Neighbours that were put together keep at least 10 possible numbers each, of which
// one is 10 or more in every group.
func TestJoinedHidesFromEverybody(t *testing.T) {
	for n := Few; n <= 42; n++ {
		for cells := 2; cells <= 4; cells++ {
			could := map[string][]map[int]bool{}
			look := func(table []int) string {
				ends := joined(table)
				sums, from := []int{}, 0
				for _, end := range ends {
					sum := 0
					for _, v := range table[from : end+1] {
						sum += v
					}
					sums, from = append(sums, sum), end+1
				}
				return fmt.Sprint(ends, sums)
			}
			tables(cells, n, func(table []int) {
				view := look(table)
				if could[view] == nil {
					could[view] = make([]map[int]bool, cells)
					for i := range table {
						could[view][i] = map[int]bool{}
					}
				}
				for i, v := range table {
					could[view][i][v] = true
				}
			})
			tables(cells, n, func(table []int) {
				for i, v := range table {
					if can := could[look(table)][i]; v < Few && len(can) < Few {
						t.Fatalf("%v is seen as %s: cell %d can only be %v", table, look(table), i, can)
					}
				}
			})
		}
	}
}

func TestSeen(t *testing.T) {
	for _, tt := range []struct {
		cells []int
		want  string
	}{
		{[]int{40, 30, 20}, "[40 30 20]"},
		{[]int{40, 30, 9}, "[-1 30 -1]"},
		{[]int{10, 30, 9}, "[-1 30 -1]"},
		{[]int{10, 30, 8}, "[-1 -1 -1]"},
		{[]int{30, 3, 4, 20}, "[-1 -1 -1 20]"},
		{[]int{0, 60, 50}, "[-1 -1 50]"},
		{[]int{9, 9, 9}, "[-1 -1 -1]"},
		{[]int{91, 9}, "[-1 -1]"},
	} {
		if got := fmt.Sprint(veil(tt.cells, seen(tt.cells))); got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.cells, got, tt.want)
		}
	}
}
