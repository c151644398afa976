package data

import (
	"fmt"
	"maps"
	"slices"

	"gutskin/quiz"
)

// clause is a condition of the content and where it stands.
type clause struct {
	path   string
	cond   *quiz.Condition
	given  *quiz.Condition // looked at only where this holds; nil: always
	always bool            // may hold for everybody it is given to
}

// clauses are all conditions but those of safety rules and advice, which are proven on
// their own.
func (p *prover) clauses() []clause {
	var list []clause
	add := func(path string, c, given *quiz.Condition, always bool) {
		if c != nil && !retired(c) && !retired(given) {
			list = append(list, clause{path, c, given, always})
		}
	}
	for i := range p.q.Questions {
		x := &p.q.Questions[i]
		add("questions."+x.ID+".ask_if", x.AskIf, nil, false)
		for j := range x.Options {
			add("questions."+x.ID+".options."+x.Options[j].ID+".offer_if", x.Options[j].OfferIf, x.AskIf, false)
		}
	}
	for i := range p.q.Sections {
		add("sections."+p.q.Sections[i].ID+".skip_if", p.q.Sections[i].SkipIf, nil, false)
	}
	for i := range p.q.Stops {
		add("stops."+p.q.Stops[i].ID+".when", &p.q.Stops[i].When, nil, false)
	}
	add("skin_signals.professional", &p.q.Skin.Professional, nil, false)
	for i := range p.b.Kitchen.Eaters {
		add("eaters."+p.b.Kitchen.Eaters[i].ID+".when", &p.b.Kitchen.Eaters[i].When, nil, false)
	}
	for i := range p.b.Advice {
		a := &p.b.Advice[i]
		path := "advice." + a.ID
		add(path+".unless", a.Unless, &a.When, false)
		if a.Instead != nil {
			add(path+".instead.when", &a.Instead.When, nil, false)
		}
		for j := range a.Trigger {
			add(fmt.Sprintf("%s.trigger.%d.when", path, j), a.Trigger[j].When, &a.When, false)
		}
		for j := range a.First {
			add(fmt.Sprintf("%s.first.%d.when", path, j), &a.First[j].When, &a.When, true)
		}
		for j := range a.Variants {
			add(path+".variants."+a.Variants[j].ID+".when", a.Variants[j].When, &a.When, false)
		}
	}
	return list
}

// proveConditions claims that labels, signals and conditions hold for somebody and not
// for somebody else, and that no part of one is idle.
func (p *prover) proveConditions() []*claim {
	labels := newClaim("label", "Every label holds for somebody, and not for everybody", "kinds of answers")
	conditions := newClaim("condition", "Every condition holds for somebody, and not for everybody", "kinds of answers")
	parts := newClaim("part", "Every part of a condition changes for somebody what it decides", "kinds of answers")
	for _, name := range slices.Sorted(maps.Keys(p.q.Labels)) {
		if label := p.q.Labels[name]; name != "never" {
			at := clause{path: "labels." + name, cond: &label}
			p.both(labels, at)
			p.parts(parts, at)
		}
	}
	for _, at := range p.clauses() {
		p.both(conditions, at)
		p.parts(parts, at)
	}
	for i := range p.b.Rules {
		r := &p.b.Rules[i]
		p.parts(parts, clause{path: "rules." + r.ID + ".when", cond: &r.When})
		for j := range r.Cases {
			p.parts(parts, clause{path: fmt.Sprintf("rules.%s.cases.%d.when", r.ID, j), cond: &r.Cases[j].When})
		}
	}
	for i := range p.b.Advice {
		p.parts(parts, clause{path: "advice." + p.b.Advice[i].ID + ".when", cond: &p.b.Advice[i].When})
	}
	return []*claim{labels, p.proveSignals(), conditions, parts}
}

// both claims that a condition holds for somebody and not for somebody else.
func (p *prover) both(c *claim, at clause) {
	holds, fails := false, false
	cases, every := p.space(nil, at.cond, at.given).onPath(func(s spot) bool {
		if at.given != nil {
			if ok, _ := p.q.Holds(at.given, s.answers, s.scores); !ok {
				return true
			}
		}
		ok, _ := p.q.Holds(at.cond, s.answers, s.scores)
		if ok && !holds {
			p.example(c, at.path, s.person())
		}
		holds, fails = holds || ok, fails || !ok
		return !holds || !fails
	})
	c.add(cases, every)
	switch {
	case !holds:
		c.fail(at.path, nil, "%s holds for nobody, whatever they answer", at.path)
	case !fails && !at.always:
		c.fail(at.path, nil, "%s holds for everybody, so it decides nothing", at.path)
	}
}

// parts claims that each part of a condition can make it hold, and can make it fail.
// Answers are taken here as if all were asked: a part that only guards against
// answers nobody is offered is a lock on a second door, not a mistake.
func (p *prover) parts(c *claim, at clause) {
	type part struct {
		path            string
		node            *quiz.Condition
		opened, stopped bool
	}
	var list []*part
	var walk func(path string, n *quiz.Condition)
	walk = func(path string, n *quiz.Condition) {
		if n != at.cond {
			list = append(list, &part{path: path, node: n})
		}
		for i := range n.All {
			walk(fmt.Sprintf("%s.all.%d", path, i), &n.All[i])
		}
		for i := range n.Any {
			walk(fmt.Sprintf("%s.any.%d", path, i), &n.Any[i])
		}
	}
	if walk(at.path, at.cond); len(list) == 0 {
		return
	}
	cases, every := p.space(nil, at.cond).each(func(s spot) bool {
		result, open := p.eval(at.cond, nil, s), false
		for _, x := range list {
			if p.eval(at.cond, x.node, s) != result {
				x.opened, x.stopped = x.opened || result, x.stopped || !result
			}
			open = open || !x.opened || !x.stopped
		}
		return open
	})
	c.add(cases, every)
	for _, x := range list {
		if !x.opened || !x.stopped {
			c.fail(x.path, nil, "this part never decides anything: with or without it, %s holds for the same people", at.path)
		}
	}
}

// eval is the rule language once more, with one node turned round.
func (p *prover) eval(c, turned *quiz.Condition, s spot) bool {
	var ok bool
	switch {
	case c.All != nil:
		ok = true
		for i := range c.All {
			ok = ok && p.eval(&c.All[i], turned, s)
		}
	case c.Any != nil:
		for i := range c.Any {
			ok = ok || p.eval(&c.Any[i], turned, s)
		}
	case c.Not != nil:
		ok = !p.eval(c.Not, turned, s)
	default:
		ok, _ = p.q.Holds(c, s.answers, s.scores)
	}
	return ok != (c == turned)
}

// proveSignals claims that each gut and skin signal is shown to somebody.
func (p *prover) proveSignals() *claim {
	c := newClaim("signal", "Every gut signal and skin goal is shown to somebody, and not to everybody", "kinds of answers")
	shown := map[string]int{}
	total := 0
	var when []*quiz.Condition
	for i := range p.q.Gut {
		when = append(when, &p.q.Gut[i].When)
	}
	cases, every := p.space(nil, when...).onPath(func(s spot) bool {
		total++
		for i := range p.q.Gut {
			if ok, _ := p.q.Holds(&p.q.Gut[i].When, s.answers, nil); ok {
				id := p.q.Gut[i].ID
				if shown[id]++; shown[id] == 1 {
					p.example(c, "gut "+id, s.person())
				}
				break
			}
		}
		return true
	})
	c.add(cases, every)
	for i := range p.q.Gut {
		g := &p.q.Gut[i]
		switch shown[g.ID] {
		case 0:
			if !retired(&g.When) {
				c.fail("gut_signals."+g.ID, nil, "nobody is shown %q, another signal always comes first", g.Name)
			}
		case total:
			c.fail("gut_signals."+g.ID, nil, "everybody is shown %q", g.Name)
		}
	}
	x := p.q.Question(p.q.Skin.Question)
	for i := range x.Options {
		if o := &x.Options[i]; !o.Exclusive && !retired(o.OfferIf) {
			who := person{answers: quiz.Answers{x.ID: quiz.Pick(o.ID)}}
			c.add(1, true)
			if got := p.assess(who).Labels.Skin; o.OfferIf == nil && !slices.Equal(got, []string{o.ID}) {
				c.fail("questions."+x.ID+".options."+o.ID, &who, "the skin goals are %v", got)
			}
		}
	}
	return c
}
