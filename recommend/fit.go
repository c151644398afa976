package recommend

import (
	"math/bits"
	"slices"

	"gutskin/quiz"
)

// fit is what an assessment looks at in an advice, made ready.
type fit struct {
	place      int // of the advice
	when       *quiz.Predicate
	unless     *quiz.Predicate   // nil: fits everybody
	replacedBy []*quiz.Predicate // when others take its place
	needs      []int             // places of food tags
	lists      [][]int           // the food lists of Do, as places of foods
	effort     int               // 1 to 3
	pillar     int               // its place, or -1
	above      int               // the place of the advice below it, or -1
	health     int               // what the grade is worth
	skin       graded
	about      []bool    // by the place of the question: what it is ranked or called for by
	concerns   []concern // by the place of the concern among the options of its question
}

// graded is a grade with its worth.
type graded struct {
	grade Grade
	worth int
}

// concern is what an advice says about one skin concern.
type concern struct {
	match   int
	known   bool // the grade differs for it
	against bool // the evidence speaks against the advice
	graded
}

// item is the question or pillar whose gap triggers an advice, by its place; the
// other is -1.
type item struct{ question, pillar int }

func (b *Book) readyAdvice(at int) {
	a, q := &b.Advice[at], b.ready.quiz
	a.fit = fit{
		place: at, when: q.Predicate(&a.When), needs: placesOf(a.Needs, b.tag), lists: b.foodLists(a.Do),
		effort: 1 + slices.Index([]Effort{Low, Medium, High}, a.Effort), pillar: q.PillarPlace(a.Pillar),
		above: placeOf(a.Above, b.advice), health: b.grade(a.Health).worth, skin: b.grade(a.Skin),
	}
	if a.Unless != nil {
		a.fit.unless = q.Predicate(a.Unless)
	}
	if a.Instead != nil {
		a.Instead = &Instead{Of: a.Instead.Of, When: a.Instead.When, when: q.Predicate(&a.Instead.When)}
	}
	for i := range b.Advice {
		if o := b.Advice[i].Instead; o != nil && o.Of == a.ID {
			a.fit.replacedBy = append(a.fit.replacedBy, q.Predicate(&o.When))
		}
	}
	a.Trigger, a.First, a.Variants = slices.Clone(a.Trigger), slices.Clone(a.First), slices.Clone(a.Variants)
	for i := range a.Trigger {
		t := &a.Trigger[i]
		t.item = item{q.Place(t.Question), q.PillarPlace(t.Pillar)}
		if t.When != nil {
			t.when = q.Predicate(t.When)
		}
	}
	for i := range a.First {
		a.First[i].when = q.Predicate(&a.First[i].When)
	}
	for i := range a.Variants {
		b.readyVariant(&a.Variants[i])
	}
	b.readyAbout(a)
	b.readyConcerns(a)
}

func (b *Book) readyAbout(a *Advice) {
	a.fit.about = make([]bool, len(b.ready.quiz.Questions))
	note := func(question string) {
		if at := b.ready.quiz.Place(question); at >= 0 {
			a.fit.about[at] = true
		}
	}
	for _, t := range a.Trigger {
		note(t.Question)
	}
	b.ready.quiz.Mentions(&a.When, func(question, _ string) { note(question) })
}

func (b *Book) readyVariant(v *Variant) {
	v.lists = b.foodLists(v.Do)
	if v.When != nil {
		v.when = b.ready.quiz.Predicate(v.When)
	} else if eater := b.eater(v.ID); eater != nil {
		v.when = b.ready.quiz.Predicate(eater)
	}
}

func (b *Book) readyConcerns(a *Advice) {
	if b.ready.skin < 0 {
		return
	}
	options := b.ready.quiz.Questions[b.ready.skin].Options
	a.fit.concerns = make([]concern, len(options))
	for i := range options {
		id := options[i].ID
		grade, known := a.SkinFor[id]
		a.fit.concerns[i] = concern{
			match: a.Match[id], known: known, against: slices.Contains(a.Against, id), graded: b.grade(grade),
		}
	}
}

func (b *Book) grade(g Grade) graded {
	if w := b.GradeByID(g); w != nil {
		return graded{g, w.Worth}
	}
	return graded{g, 0}
}

// foodLists are the foods of each list in a text, by their places.
func (b *Book) foodLists(text string) [][]int {
	var lists [][]int
	for _, t := range Tokens(text) {
		if t.Verb == "one" || t.Verb == "all" {
			lists = append(lists, placesOf(t.Args, b.food))
		}
	}
	return lists
}

func (b *Book) eater(id string) *quiz.Condition {
	for i := range b.Kitchen.Eaters {
		if b.Kitchen.Eaters[i].ID == id {
			return &b.Kitchen.Eaters[i].When
		}
	}
	return nil
}

// skinGrade is the best grade for a concern this visitor ticked, or the general one.
// Good evidence against an advice is no grade for it.
func (s *sitting) skinGrade(a *Advice) graded {
	best, found, against := graded{grade: NoGrade}, false, false
	for b := s.concerns; b != 0; b &= b - 1 {
		switch c := &a.fit.concerns[bits.TrailingZeros64(b)]; {
		case c.against:
			against = true
		case c.known && (!found || c.worth > best.worth):
			best, found = c.graded, true
		}
	}
	if found || against {
		return best
	}
	return a.fit.skin
}

func (s *sitting) match(a *Advice) int {
	best := 0
	for b := s.concerns; b != 0; b &= b - 1 {
		best = max(best, a.fit.concerns[bits.TrailingZeros64(b)].match)
	}
	return best
}

// lacksFood reports that the advice makes no sense for this kind of eater: it needs
// a food they go without, or nothing is left of what it asks them to do.
func (s *sitting) lacksFood(a *Advice) bool {
	lists := a.fit.lists
	for i := range a.Variants {
		if v := &a.Variants[i]; v.Do != "" && s.fits(v) {
			lists = v.lists
		}
	}
	for _, tag := range a.fit.needs {
		if s.banned[tag] {
			return true
		}
	}
	return slices.ContainsFunc(lists, func(foods []int) bool {
		return !slices.ContainsFunc(foods, func(at int) bool { return s.allowed(at) != nil })
	})
}

// allowed is the food at this place, the one that takes its place for this person, or
// nil.
func (s *sitting) allowed(at int) *Food {
	foods := s.b.Kitchen.Foods
	for hops := 0; hops < len(foods) && at >= 0; hops++ {
		f := &foods[at]
		if !slices.ContainsFunc(f.tags, func(tag int) bool { return s.banned[tag] }) {
			return f
		}
		at = f.instead
	}
	return nil
}

func (s *sitting) fits(v *Variant) bool { return v.when != nil && v.when.Holds(s.form) }
