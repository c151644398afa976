package figures

// Few is the number of people from which on a group may be seen.
const Few = 10

// cover is what hidden cells add up to at least, where anything beside them is seen:
// enough for any one of them to be anything from 0 to 9 while another is 10 or more.
const cover = 2*Few - 1

// seen says which cells of a table may be seen. The cells are counts of people who
// each stand in exactly one of them, in an order that does not depend on the counts;
// what they add up to is known.
//
// Every cell under 10 is hidden. Beside them, cells from 10 up are hidden in the
// order of the table, at least one and until what is hidden adds up to 19. Whoever
// knows the total, what is seen and this rule can then not narrow a hidden cell under
// 10 down at all: for each number from 0 to 9 there is a table that looks the same.
// To choose the smallest neighbour instead would tell more: that it is smaller than
// what is seen.
func seen(cells []int) []bool {
	open, hidden := make([]bool, len(cells)), 0
	small := false
	for i, n := range cells {
		open[i] = n >= Few
		if !open[i] {
			small = true
			hidden += n
		}
	}
	if !small {
		return open
	}
	companions := 0
	for i, n := range cells {
		if companions > 0 && hidden >= cover {
			break
		}
		if n >= Few {
			open[i] = false
			hidden += n
			companions++
		}
	}
	return open
}

// joined puts neighbours together until each group holds 10 or more, and returns where
// groups end. What is left over joins the last. It returns nil when all together are
// fewer than 10.
func joined(cells []int) (ends []int) {
	sum := 0
	for i, n := range cells {
		if sum += n; sum >= Few {
			ends = append(ends, i)
			sum = 0
		}
	}
	if len(ends) > 0 {
		ends[len(ends)-1] = len(cells) - 1
	}
	return ends
}

// both reports that a group and its rest may be seen.
func both(n, of int) bool { return n >= Few && of-n >= Few }
