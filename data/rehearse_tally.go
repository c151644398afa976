package data

// tally counts what changes, for one worker or for all.
type tally struct {
	changes           map[Difference]*count
	unread            map[Unread]int
	silenced, quieter int
}

// count is how many people a change happens to.
type count struct {
	people, personas int
	first            int // the first of them
	most             int // the largest step
}

func newTally() *tally { return &tally{changes: map[Difference]*count{}, unread: map[Unread]int{}} }

// add asks the nth person.
func (t *tally) add(s *stage, n int) {
	lost, quieter := false, false
	s.differences(s.person(n), func(d Difference, step int) {
		c := count{people: 1, first: n, most: step}
		if n < len(s.people) {
			c.personas = 1
		}
		t.count(d, c)
		lost, quieter = lost || d.lost(), quieter || d.quieter()
	}, func(u Unread) { t.unread[u]++ })
	if lost {
		t.silenced++
	}
	if quieter {
		t.quieter++
	}
}

func (t *tally) count(d Difference, more count) {
	c, ok := t.changes[d]
	if !ok {
		c = &count{first: more.first}
		t.changes[d] = c
	}
	c.people += more.people
	c.personas += more.personas
	c.first = min(c.first, more.first)
	c.most = max(c.most, more.most)
}

func (t *tally) merge(other *tally) {
	for d, c := range other.changes {
		t.count(d, *c)
	}
	for u, n := range other.unread {
		t.unread[u] += n
	}
	t.silenced += other.silenced
	t.quieter += other.quieter
}
