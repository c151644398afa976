package figures

import "slices"

// Choice is what somebody asks to see. Empty fields leave the choice open.
type Choice struct {
	From, To string // months, as in 2026-11
	Lang     string
}

// Choose returns the pieces that lie wholly in a choice.
func Choose(all []Piece, c Choice) (chosen []Piece) {
	for _, p := range all {
		if (c.From == "" || p.First >= c.From) && (c.To == "" || p.Last <= c.To) && (c.Lang == "" || p.Lang == c.Lang) {
			chosen = append(chosen, p)
		}
	}
	return chosen
}

// Sum adds up what pieces show. A figure that not all of them show is out of the people
// of those that do. Neighbours are put together where one of the pieces does.
func Sum(pieces []Piece) []Figure {
	var list []Figure
	at := map[Figure]int{}
	for _, p := range pieces {
		for _, f := range p.Figures {
			if f.To != "" {
				continue
			}
			name := Figure{Tally: f.Tally}
			if _, ok := at[name]; !ok {
				at[name] = len(list)
				list = append(list, name)
			}
			list[at[name]].N += f.N
			list[at[name]].Of += f.Of
		}
	}
	for _, kind := range []string{Left, Minutes} {
		list = append(list, sumJoined(pieces, kind)...)
	}
	return list
}

// sumJoined adds up neighbours between the ends that all pieces have.
func sumJoined(pieces []Piece, kind string) (list []Figure) {
	var rows [][]Figure
	for _, p := range pieces {
		var row []Figure
		for _, f := range p.Figures {
			if f.Kind == kind {
				row = append(row, f)
			}
		}
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	from := make([]int, len(rows)) // the place in each row behind the last common end
	for _, end := range rows[len(rows)-1] {
		to := make([]int, len(rows))
		common := true
		for i, row := range rows {
			to[i] = from[i] + 1 + slices.IndexFunc(row[from[i]:], func(f Figure) bool { return f.To == end.To })
			common = common && to[i] > from[i]
		}
		if !common {
			continue
		}
		last := rows[len(rows)-1][from[len(rows)-1]]
		sum := Figure{Tally: last.Tally, To: end.To}
		for i, row := range rows {
			sum.Of += row[from[i]].Of
			for _, f := range row[from[i]:to[i]] {
				sum.N += f.N
			}
		}
		list = append(list, sum)
		from = to
	}
	return list
}

// Median is the number of minutes that half of the people needed at most, to the
// nearest; people are taken to be spread evenly over each stretch. It is not ok where
// half of them took longer than can be told.
func Median(list []Figure) (n int, ok bool) {
	stretches := Stretches()
	all, before := 0, 0
	for _, f := range list {
		if f.Kind == Minutes {
			all += f.N
		}
	}
	for _, f := range list {
		if f.Kind != Minutes {
			continue
		}
		if 2*(before+f.N) < all {
			before += f.N
			continue
		}
		from, to := slices.Index(stretches, f.Value), slices.Index(stretches, f.To)+1
		if from < 0 || to < 1 || to >= len(minutes) {
			return 0, false // without an end
		}
		width := float64(minutes[to] - minutes[from])
		return minutes[from] + int(width*float64(all-2*before)/float64(2*f.N)+.5), true
	}
	return 0, false
}
