package recommend

import (
	"slices"
	"strings"
)

// Compile builds the look-ups and spells out what each rule holds. The content
// loader calls it once; like quiz.Compile it never fails, Problems does the judging.
func (b *Book) Compile() {
	b.advice = places(b.Advice, func(a Advice) string { return a.ID })
	b.rule = places(b.Rules, func(r Rule) string { return r.ID })
	b.source = places(b.Sources, func(s Source) string { return s.ID })
	b.passage = places(b.Passages, func(p Passage) string { return p.ID })
	b.topic = places(b.Evidence, func(t Topic) string { return t.ID })
	b.food = places(b.Kitchen.Foods, func(f Food) string { return f.ID })
	for i := range b.Advice {
		a := &b.Advice[i]
		a.lists = foodLists(a.Do)
		for j := range a.Variants {
			a.Variants[j].lists = foodLists(a.Variants[j].Do)
		}
	}
	for i := range b.Rules {
		r := &b.Rules[i]
		r.held = b.spell(r.Hold)
		for j := range r.Cases {
			r.Cases[j].held = b.spell(r.Cases[j].Hold)
		}
		if r.After != nil {
			r.After.held = b.spell(r.After.Hold)
		}
	}
}

func places[T any](list []T, id func(T) string) map[string]int {
	m := make(map[string]int, len(list))
	for i, x := range list {
		m[id(x)] = i
	}
	return m
}

// spell turns a hold list into advice ids.
func (b *Book) spell(hold []string) []string {
	var ids []string
	for _, h := range hold {
		switch set, isSet := b.HoldSets[h]; {
		case h == Everything:
			for i := range b.Advice {
				ids = append(ids, b.Advice[i].ID)
			}
		case strings.HasPrefix(h, "-"):
			ids = slices.DeleteFunc(ids, func(id string) bool { return id == h[1:] })
		case isSet:
			ids = append(ids, set...)
		default:
			ids = append(ids, h)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
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
