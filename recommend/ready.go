package recommend

import (
	"slices"
	"strings"
	"sync"

	"gutskin/quiz"
)

// ready is what a book needs to know of its questionnaire.
type ready struct {
	quiz         *quiz.Questionnaire // nil: the book is not ready for any
	gut          []*quiz.Predicate   // of the gut signals
	professional *quiz.Predicate
	skin         int        // the place of the question that lists skin concerns, or -1
	concerns     uint64     // its options that are concerns, a bit for each
	alarms       []*Rule    // the rules that can be an emergency
	sittings     *sync.Pool // of *sitting, empty ones to be used again
	texts        *sync.Map  // from a text of the content to its *phrases
}

// For returns the book made ready for one questionnaire: conditions are predicates,
// ids that an assessment looks at are places, and what each rule holds is spelled out.
// It is a copy, or b itself where b is ready for q already. Assess makes a book ready
// that is not, each time anew.
func (b *Book) For(q *quiz.Questionnaire) *Book {
	if b.ready.quiz == q {
		return b
	}
	r := *b
	r.ready = ready{
		quiz: q, professional: q.Predicate(&q.Skin.Professional), skin: q.Place(q.Skin.Question),
		sittings: new(sync.Pool), texts: new(sync.Map),
	}
	for i := range q.Gut {
		r.ready.gut = append(r.ready.gut, q.Predicate(&q.Gut[i].When))
	}
	if r.ready.skin >= 0 {
		for i, o := range q.Questions[r.ready.skin].Options {
			if !o.Exclusive {
				r.ready.concerns |= 1 << i
			}
		}
	}
	r.Kitchen.Foods, r.Kitchen.Eaters = slices.Clone(b.Kitchen.Foods), slices.Clone(b.Kitchen.Eaters)
	r.Rules, r.Advice = slices.Clone(b.Rules), slices.Clone(b.Advice)
	for i := range r.Kitchen.Foods {
		f := &r.Kitchen.Foods[i]
		f.tags, f.instead = placesOf(f.Tags, r.tag), placeOf(f.Instead, r.food)
	}
	for i := range r.Kitchen.Eaters {
		e := &r.Kitchen.Eaters[i]
		e.when, e.without = q.Predicate(&e.When), placesOf(e.Without, r.tag)
	}
	for i := range r.Rules {
		r.readyRule(&r.Rules[i])
	}
	for i := range r.Advice {
		r.readyAdvice(i)
	}
	return &r
}

func (b *Book) readyRule(r *Rule) {
	r.when = b.ready.quiz.Predicate(&r.When)
	b.readyEffect(&r.Effect)
	alarm := r.Level == Emergency
	r.Cases = slices.Clone(r.Cases)
	for i := range r.Cases {
		c := &r.Cases[i]
		c.when = b.ready.quiz.Predicate(&c.When)
		b.readyEffect(&c.Effect)
		alarm = alarm || c.Level == Emergency
	}
	if r.After != nil {
		after := *r.After
		b.readyEffect(&after)
		r.After = &after
	}
	if alarm {
		b.ready.alarms = append(b.ready.alarms, r)
	}
}

func (b *Book) readyEffect(e *Effect) {
	e.bans = placesOf(e.Without, b.tag)
	e.holds = make([]bool, len(b.Advice))
	for _, at := range placesOf(b.spell(e.Hold), b.advice) {
		e.holds[at] = true
	}
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

// placeOf is the place of an id, or -1.
func placeOf(id string, index map[string]int) int {
	if at, ok := index[id]; ok {
		return at
	}
	return -1
}

// placesOf are the places of ids; one that is not known is passed over.
func placesOf(ids []string, index map[string]int) []int {
	var list []int
	for _, id := range ids {
		if at, ok := index[id]; ok {
			list = append(list, at)
		}
	}
	return list
}
