package figures

import (
	"slices"
	"strconv"
)

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
// of those that do.
func Sum(pieces []Piece) []Figure {
	var list []Figure
	at := map[Tally]int{}
	for _, p := range pieces {
		for _, f := range p.Figures {
			i, ok := at[f.Tally]
			if !ok {
				i = len(list)
				at[f.Tally] = i
				list = append(list, Figure{Tally: f.Tally})
			}
			list[i].N += f.N
			list[i].Of += f.Of
		}
	}
	return list
}

// Median is how many minutes half of the people needed at most, to the nearest, if that
// can be told. People are taken to be spread evenly between two numbers of minutes that
// are seen.
func Median(list []Figure) (n int, ok bool) {
	from, before := 0, 0.0
	for _, to := range minutes {
		i := slices.IndexFunc(list, func(f Figure) bool { return f.Kind == Within && f.Value == strconv.Itoa(to) })
		if i < 0 {
			continue
		}
		share := float64(list[i].N) / float64(list[i].Of)
		if share >= .5 && share > before {
			return from + int(float64(to-from)*(.5-before)/(share-before)+.5), true
		}
		from, before = to, max(before, share)
	}
	return 0, false
}
