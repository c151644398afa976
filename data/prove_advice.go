package data

import (
	"maps"
	"slices"
	"strings"

	"gutskin/quiz"
	"gutskin/recommend"
)

// proveAdvice looks for somebody who is shown each recommendation and each variant of
// it, and for somebody who is not.
func (p *prover) proveAdvice() []*claim {
	shown := newClaim("advice", "Every recommendation is shown to somebody, and not to everybody", "people")
	fitted := newClaim("variant", "Every variant fits somebody who is shown the recommendation, and not everybody", "people")
	shown.Basis, fitted.Basis = Found, Found
	var absent [][]string // for each starting person, what they are not shown
	for _, who := range p.bases {
		report := p.assess(who)
		absent = append(absent, report.Shown())
	}
	for i := range p.b.Advice {
		a := &p.b.Advice[i]
		if retired(&a.When) {
			continue
		}
		p.show(shown, a, nil)
		if !slices.ContainsFunc(absent, func(ids []string) bool { return !slices.Contains(ids, a.ID) }) {
			shown.fail("advice."+a.ID+".when", nil, "everybody is shown %q", a.Title)
		}
		for j := range a.Variants {
			if v := &a.Variants[j]; !retired(v.When) {
				p.show(fitted, a, v)
				p.misfit(fitted, a, v)
			}
		}
	}
	return []*claim{shown, fitted}
}

// maxSearch bounds the search for one recommendation.
const maxSearch = 4_000

// show looks for somebody who is shown a, in its variant v where that is not nil.
func (p *prover) show(c *claim, a *recommend.Advice, v *recommend.Variant) {
	space := p.space(p.triggers(a), p.fitting(a, v)...)
	path, what := "advice."+a.ID, a.Title
	if v != nil {
		path, what = path+".variants."+v.ID, a.Title+" ("+v.ID+")"
	}
	tries := 0
	for _, base := range p.bases {
		found := false
		space.each(func(s spot) bool {
			answers := maps.Clone(base.answers)
			maps.Copy(answers, s.answers)
			if !p.applies(a, v, answers) {
				return true
			}
			tries++
			who := person{answers, p.alarms(answers)}
			if found = p.isShown(p.assess(who), a, v); found {
				p.example(c, strings.TrimPrefix(path, "advice."), p.shrink(who, func(q person) bool {
					return p.isShown(p.assess(q), a, v)
				}))
			}
			return !found && tries < maxSearch
		})
		if found || tries >= maxSearch {
			c.Cases += tries
			if !found {
				c.fail(path, nil, "nobody of %d people for whom it could be is shown %q", tries, what)
			}
			return
		}
	}
	c.Cases += tries
	c.fail(path, nil, "nobody of %d people for whom it could be is shown %q", tries, what)
}

// fitting are the conditions that decide about an advice and its variant.
func (p *prover) fitting(a *recommend.Advice, v *recommend.Variant) []*quiz.Condition {
	list := []*quiz.Condition{&a.When, a.Unless}
	if a.Instead != nil {
		list = append(list, &a.Instead.When)
	}
	for i := range a.Trigger {
		list = append(list, a.Trigger[i].When)
	}
	return append(list, p.variantWhen(v))
}

func (p *prover) variantWhen(v *recommend.Variant) *quiz.Condition {
	if v == nil || v.When != nil {
		return orNil(v)
	}
	for i := range p.b.Kitchen.Eaters {
		if e := &p.b.Kitchen.Eaters[i]; e.ID == v.ID {
			return &e.When
		}
	}
	return nil
}

func orNil(v *recommend.Variant) *quiz.Condition {
	if v == nil {
		return nil
	}
	return v.When
}

// triggers are the questions whose points rank an advice.
func (p *prover) triggers(a *recommend.Advice) []string {
	var ids []string
	for i := range a.Trigger {
		if x := p.q.Question(a.Trigger[i].Question); x != nil && x.Kind == quiz.One {
			ids = append(ids, x.ID)
		}
	}
	return ids
}

// applies reports that an advice could be shown: what depends on a score is left open.
func (p *prover) applies(a *recommend.Advice, v *recommend.Variant, answers quiz.Answers) bool {
	kept := p.q.Walk(answers).Kept
	card := p.q.Score(kept, quiz.Veil{})
	if ok, _ := p.q.Holds(&a.When, kept, card.Scores); !ok {
		return false
	}
	when := p.variantWhen(v)
	if when == nil {
		return true
	}
	ok, _ := p.q.Holds(when, kept, card.Scores)
	return ok
}

// alarms are the emergencies of a person, all of which they have answered on the
// get-help page: before that nobody is shown any idea.
func (p *prover) alarms(answers quiz.Answers) []string {
	var ids []string
	for _, n := range p.b.Emergencies(p.q, answers) {
		ids = append(ids, n.ID)
	}
	return ids
}

// isShown reports that a stands in a report, in its variant v where that is not nil.
func (p *prover) isShown(r recommend.Report, a *recommend.Advice, v *recommend.Variant) bool {
	if a.Shelf == recommend.CareFirst {
		there := slices.ContainsFunc(r.Care, func(n recommend.Notice) bool { return n.ID == a.ID && n.Level == recommend.Care })
		when := p.variantWhen(v)
		if !there || v == nil || when == nil {
			return there
		}
		ok, _ := p.q.Holds(when, r.Answers, nil)
		return ok
	}
	for _, shelf := range r.Shelves() {
		for i := range shelf {
			if shelf[i].ID == a.ID && (v == nil || slices.Contains(shelf[i].Variants, v.ID)) {
				return true
			}
		}
	}
	return false
}

// misfit claims that a variant does not fit everybody for whom the advice is.
func (p *prover) misfit(c *claim, a *recommend.Advice, v *recommend.Variant) {
	when := p.variantWhen(v)
	if when == nil {
		return
	}
	misfit := false
	p.space(nil, &a.When, when).onPath(func(s spot) bool {
		applies, _ := p.q.Holds(&a.When, s.answers, s.scores)
		fits, _ := p.q.Holds(when, s.answers, s.scores)
		misfit = misfit || applies && !fits
		return !misfit
	})
	if !misfit {
		c.fail("advice."+a.ID+".variants."+v.ID, nil, "this variant fits everybody who is shown %q, so write it into the text itself", a.Title)
	}
}
