package data

import (
	"math/rand/v2"
)

// combine calls yield for every combination of places below sizes, the smallest
// first, or for maxCases random ones where there are more.
func combine(sizes []int, seed uint64, yield func(at []int) bool) (cases int, every bool) {
	total := 1
	for _, n := range sizes {
		if total *= n; total > maxCases {
			total = maxCases + 1
		}
	}
	at := make([]int, len(sizes))
	if total > maxCases {
		chance := rand.New(rand.NewPCG(seed, 5))
		for cases < maxCases {
			for i, n := range sizes {
				at[i] = chance.IntN(n)
			}
			cases++
			if !yield(at) {
				break
			}
		}
		return cases, false
	}
	for cases < total {
		cases++
		if !yield(at) {
			break
		}
		for i := range at {
			if at[i]++; at[i] < sizes[i] {
				break
			}
			at[i] = 0
		}
	}
	return cases, true
}
