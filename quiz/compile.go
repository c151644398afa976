package quiz

// Compile numbers what has an id and makes every condition ready, so that answering
// looks nothing up by name but what a visitor said. The content loader calls it once,
// before anything else; it never fails, Problems does the judging.
func (q *Questionnaire) Compile() {
	q.index = make(map[string]int, len(q.Questions))
	q.section = make(map[string]int, len(q.Sections))
	q.pillar = make(map[string]int, len(q.Pillars))
	q.items = make([][]int, len(q.Pillars))
	for i, s := range q.Sections {
		q.section[s.ID] = i
	}
	for i, p := range q.Pillars {
		q.pillar[p.ID] = i
	}
	for i := range q.Questions {
		x := &q.Questions[i]
		q.index[x.ID] = i
		x.compileOptions()
		if p, ok := q.pillar[x.Pillar]; ok {
			q.items[p] = append(q.items[p], i)
		}
	}
	q.labels = make(map[string]Predicate, len(q.Labels))
	for name := range q.Labels {
		q.compileLabel(name)
	}
	for i := range q.Questions {
		q.compileWhen(&q.Questions[i])
	}
	q.stops = make([]stopWhen, len(q.Stops))
	for i := range q.Stops {
		q.stops[i] = stopWhen{after: q.Place(q.Stops[i].After), when: q.predicate(&q.Stops[i].When)}
	}
}

func (x *Question) compileOptions() {
	x.ids, x.pointers = make([]string, len(x.Options)), make([]*Option, len(x.Options))
	x.every, x.skips, x.excludes = 0, 0, 0
	for i := range x.Options {
		o := &x.Options[i]
		x.ids[i], x.pointers[i] = o.ID, o
		x.every |= 1 << i
		if o.Skip {
			x.skips |= 1 << i
		}
		if o.Excluded {
			x.excludes |= 1 << i
		}
	}
}

func (q *Questionnaire) compileWhen(x *Question) {
	x.askIf, x.offerIf = nil, nil
	if x.AskIf != nil {
		x.askIf = q.Predicate(x.AskIf)
	}
	for i := range x.Options {
		if c := x.Options[i].OfferIf; c != nil {
			x.offerIf = append(x.offerIf, offerWhen{option: i, when: q.predicate(c)})
		}
	}
}

// compileLabel makes a label ready after the labels it uses. In a circle of labels,
// which Problems refuses, none holds.
func (q *Questionnaire) compileLabel(name string) {
	c, known := q.Labels[name]
	if _, done := q.labels[name]; done || !known {
		return
	}
	q.labels[name] = Predicate{}
	c.eachLabel(q.compileLabel)
	q.labels[name] = q.predicate(&c)
}

func (c *Condition) eachLabel(yield func(name string)) {
	for i := range c.All {
		c.All[i].eachLabel(yield)
	}
	for i := range c.Any {
		c.Any[i].eachLabel(yield)
	}
	if c.Not != nil {
		c.Not.eachLabel(yield)
	}
	if c.Is != "" {
		yield(c.Is)
	}
}

// Place returns the place of a question in Questions, or -1.
func (q *Questionnaire) Place(question string) int {
	if i, ok := q.index[question]; ok {
		return i
	}
	return -1
}

// PillarPlace returns the place of a pillar in Pillars, the place after the last for
// Overall, or -1.
func (q *Questionnaire) PillarPlace(pillar string) int {
	if i, ok := q.pillar[pillar]; ok {
		return i
	}
	if pillar == Overall {
		return len(q.Pillars)
	}
	return -1
}

func (q *Questionnaire) pillarID(place int) string {
	if place == len(q.Pillars) {
		return Overall
	}
	return q.Pillars[place].ID
}
