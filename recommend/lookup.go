package recommend

// Compile builds the look-ups. The content loader calls it once, and then For; like
// quiz.Compile it never fails, Problems does the judging.
func (b *Book) Compile() {
	b.advice = places(b.Advice, func(a Advice) string { return a.ID })
	b.rule = places(b.Rules, func(r Rule) string { return r.ID })
	b.source = places(b.Sources, func(s Source) string { return s.ID })
	b.passage = places(b.Passages, func(p Passage) string { return p.ID })
	b.topic = places(b.Evidence, func(t Topic) string { return t.ID })
	b.food = places(b.Kitchen.Foods, func(f Food) string { return f.ID })
	b.tag = places(b.Kitchen.Tags, func(t Tag) string { return t.ID })
	b.ready = ready{}
}

func places[T any](list []T, id func(T) string) map[string]int {
	m := make(map[string]int, len(list))
	for i, x := range list {
		m[id(x)] = i
	}
	return m
}

func find[T any](list []T, index map[string]int, id string) *T {
	if i, ok := index[id]; ok {
		return &list[i]
	}
	return nil
}

// AdviceByID returns the advice with this id, or nil.
func (b *Book) AdviceByID(id string) *Advice { return find(b.Advice, b.advice, id) }

// RuleByID returns the safety rule with this id, or nil.
func (b *Book) RuleByID(id string) *Rule { return find(b.Rules, b.rule, id) }

// SourceByID returns the source with this id, or nil.
func (b *Book) SourceByID(id string) *Source { return find(b.Sources, b.source, id) }

// PassageByID returns the passage with this id, or nil.
func (b *Book) PassageByID(id string) *Passage { return find(b.Passages, b.passage, id) }

// TopicByID returns the evidence topic with this id, or nil.
func (b *Book) TopicByID(id string) *Topic { return find(b.Evidence, b.topic, id) }

// GradeByID returns the words for a grade, or nil.
func (b *Book) GradeByID(g Grade) *GradeWords {
	for i := range b.Grades {
		if b.Grades[i].ID == g {
			return &b.Grades[i]
		}
	}
	return nil
}

// Region returns the help numbers of a region; an unknown or empty id gives the
// first one, which names no country.
func (b *Book) Region(id string) Region {
	for _, r := range b.Regions {
		if r.ID == id {
			return r
		}
	}
	return b.Regions[0]
}

// Link is the source's address: the DOI where there is one, else the page it was
// found on, else nothing.
func (s *Source) Link() string {
	if s.DOI != "" {
		return "https://doi.org/" + s.DOI
	}
	return s.URL
}
