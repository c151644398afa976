package data

import (
	"slices"
	"strings"

	"gutskin/recommend"
)

// RuleSentences says of each advice, then of each safety rule, when it comes and what
// it does, one sentence each.
func (e *Edition) RuleSentences() []string {
	var sentences []string
	for i := range e.Book.Advice {
		sentences = append(sentences, e.adviceSentence(&e.Book.Advice[i]))
	}
	for i := range e.Book.Rules {
		sentences = append(sentences, e.ruleSentence(&e.Book.Rules[i]))
	}
	return sentences
}

func (e *Edition) adviceSentence(a *recommend.Advice) string {
	var s clauses
	s.add("when ", e.Sentence(&a.When))
	if a.Unless != nil {
		s.add("unless ", e.Sentence(a.Unless))
	}
	s.add("", map[recommend.Shelf]string{
		recommend.Ranked: "competes for the first 3 places", recommend.Beyond: "shown as beyond the article",
		recommend.Companion: "shown beside the others", recommend.Supplement: "shown in the supplement corner",
		recommend.CareFirst: "shown above all tips", recommend.Keep: "shown when nothing else fits",
	}[a.Shelf])
	s.add("measured by ", list(e.triggers(a), "or else"))
	if a.Instead != nil {
		s.add("", "instead of "+a.Instead.Of+" when "+e.Sentence(&a.Instead.When))
	}
	for i := range e.Book.Advice {
		if other := &e.Book.Advice[i]; other.Instead != nil && other.Instead.Of == a.ID {
			s.add("", "gives way to "+other.ID+" when "+e.Sentence(&other.Instead.When))
		}
	}
	s.add("directly above ", a.Above)
	s.add("only beside ", list(a.With, "or"))
	s.add("never beside ", list(a.NotWith, "or"))
	s.add("only for people who can have ", list(e.tagWords(a.Needs), "and"))
	s.add("held by ", list(e.heldBy(a), "or"))
	return a.ID + " " + spellOut(e, a.Title) + ": " + s.sentence()
}

func (e *Edition) triggers(a *recommend.Advice) []string {
	var words []string
	for i := range a.Trigger {
		t := &a.Trigger[i]
		item := ""
		if x := e.Quiz.Question(t.Question); x != nil {
			item = "how far ‘" + x.Short + "’ is from its best"
		} else if p := e.Quiz.Pillar(t.Pillar); p != nil {
			item = "how far the " + lower(p.Name) + " score is from 100"
		}
		if t.When != nil {
			item += " when " + e.Sentence(t.When)
		}
		words = append(words, item)
	}
	return words
}

// heldBy lists the safety rules that can keep an advice back: by name, or by a food it
// cannot do without.
func (e *Edition) heldBy(a *recommend.Advice) []string {
	var by []string
	for i := range e.Book.Rules {
		r := &e.Book.Rules[i]
		effects := []*recommend.Effect{&r.Effect}
		for j := range r.Cases {
			effects = append(effects, &r.Cases[j].Effect)
		}
		if r.After != nil {
			effects = append(effects, r.After)
		}
		if slices.ContainsFunc(effects, func(x *recommend.Effect) bool {
			return slices.Contains(e.Book.Holds(x), a.ID) ||
				slices.ContainsFunc(x.Without, func(tag string) bool { return slices.Contains(a.Needs, tag) })
		}) {
			by = append(by, r.ID)
		}
	}
	return by
}

func (e *Edition) ruleSentence(r *recommend.Rule) string {
	var s clauses
	s.add("when ", e.Sentence(&r.When))
	e.effect(&s, &r.Effect)
	for i := range r.Cases {
		c := &r.Cases[i]
		var more clauses
		if c.Level != "" {
			more.add("speaks as ", levelWords[c.Level])
		}
		e.effect(&more, &c.Effect)
		if c.Say != "" || c.Heading != "" {
			more.add("", "has its own words")
		}
		s.add("if "+e.Sentence(&c.When)+" it also ", list(more.parts, "and"))
	}
	if r.After != nil {
		var later clauses
		e.effect(&later, r.After)
		s.add("after the get-help page it only ", list(later.parts, "and"))
	}
	name := spellOut(e, r.Heading)
	if r.Silent {
		name = "(no card)"
	}
	return r.ID + " " + name + ": " + levelWords[r.Level] + ", " + s.sentence()
}

// levelWords are the levels of care, as in "speaks as an emergency".
var levelWords = map[recommend.Level]string{
	recommend.Emergency: "an emergency", recommend.Urgent: "urgent", recommend.Clinician: "a word with a clinician", recommend.Note: "a note",
}

func (e *Edition) effect(s *clauses, x *recommend.Effect) {
	if held := e.Book.Holds(x); len(held) == len(e.Book.Advice) {
		s.add("", "holds all advice")
	} else {
		s.add("holds ", list(held, "and"))
	}
	if x.Withhold {
		s.add("", "shows no number at all")
	}
	var hidden []string
	for _, id := range x.Hide {
		name := id
		if p := e.Quiz.Pillar(id); p != nil {
			name = p.Name
		}
		hidden = append(hidden, lower(name))
	}
	s.add("hides the score of ", list(hidden, "and"))
	s.add("names no food with ", list(e.tagWords(x.Without), "or"))
	s.add("adds its words to ", list(x.Caution, "and"))
	s.add("makes sure of ", list(x.Bring, "and"))
}

// tagWords are food tags as they are called in the kitchen.
func (e *Edition) tagWords(ids []string) []string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = "‘" + strings.ReplaceAll(id, "_", " ") + "’"
	}
	return words
}

// clauses are the parts of one sentence.
type clauses struct{ parts []string }

// add notes a part, unless it has nothing to say.
func (s *clauses) add(before, words string) {
	if words != "" {
		s.parts = append(s.parts, before+words)
	}
}

func (s *clauses) sentence() string { return strings.Join(s.parts, "; ") + "." }
