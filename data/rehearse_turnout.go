package data

// turnout counts what changes, for one worker or for all.
type turnout struct {
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

func newTurnout() *turnout {
	return &turnout{changes: map[Difference]*count{}, unread: map[Unread]int{}}
}

// add asks the nth member.
func (t *turnout) add(s *stage, n int) {
	lost, quieter := false, false
	s.differences(s.member(n), func(d Difference, step int) {
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

func (t *turnout) count(d Difference, more count) {
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

func (t *turnout) merge(other *turnout) {
	for d, c := range other.changes {
		t.count(d, *c)
	}
	for u, n := range other.unread {
		t.unread[u] += n
	}
	t.silenced += other.silenced
	t.quieter += other.quieter
}
