package data

import (
	"fmt"
	"slices"
	"strings"

	"gutskin/quiz"
	"gutskin/recommend"
)

// proveTexts compares safety rules with each other.
func (p *prover) proveTexts() []*claim {
	clash := newClaim("contradiction", "No safety rule asks for what another one that fires with it holds by name", "pairs of rules")
	help := newClaim("help-first", "Whoever is shown no numbers is told first where to get help", "rules")
	units := p.units
	for _, u := range units {
		if u.effect.Withhold || u.rule.After != nil {
			help.Cases++
			p.namesHelp(help, u)
		}
		for _, id := range slices.Concat(u.effect.Bring, u.effect.Caution) {
			for _, o := range units {
				// An emergency stands above every other notice, and so does all that a set holds.
				if o.rule.Level != recommend.Emergency && slices.Contains(o.effect.Hold, id) && !o.level.Louder(u.level) {
					p.together(clash, u, o, id)
				}
			}
			clash.Cases += len(units)
			p.canBeShown(clash, u, id)
		}
	}
	return []*claim{clash, help}
}

// namesHelp claims that a notice which keeps all numbers back names a place to turn to.
func (p *prover) namesHelp(c *claim, u unit) {
	said := u.rule.Heading + u.rule.Say
	if u.of != nil {
		said = u.of.Heading + u.of.Say
	}
	if u.rule.Silent || !strings.Contains(said, "{help:") {
		c.fail(u.path, nil, "%s keeps all numbers back, but names no place to get help with {help: …}", u.rule.ID)
	}
}

// together looks for somebody for whom both rules fire.
func (p *prover) together(c *claim, u, o unit, id string) {
	cases, every := p.space(nil, append(u.conditions(), o.conditions()...)...).onPath(func(s spot) bool {
		one, _ := p.fires(u, s.answers)
		other, _ := p.fires(o, s.answers)
		if !one || !other {
			return true
		}
		who := p.shrink(s.person(), func(q person) bool {
			kept := p.q.Walk(q.answers).Kept
			one, _ := p.fires(u, kept)
			other, _ := p.fires(o, kept)
			return one && other
		})
		c.fail(u.path, &who, "%s asks for %s, and %s holds it back", u.rule.ID, id, o.rule.ID)
		return false
	})
	c.add(cases, every)
}

// canBeShown claims that what a rule brings is not held whenever it fires.
func (p *prover) canBeShown(c *claim, u unit, id string) {
	free := false
	cases, every := p.space(nil, u.conditions()...).onPath(func(s spot) bool {
		if ok, _ := p.fires(u, s.answers); ok {
			free = !p.standing(person{answers: s.answers}).held[id]
		}
		return !free
	})
	c.add(cases, every)
	if !free && !u.retired() {
		c.fail(u.path, nil, "%s asks for %s, which is held back from everybody for whom it fires", u.rule.ID, id)
	}
}

// proveEmergencies tries every emergency with every other one, answered on the
// get-help page or not.
func (p *prover) proveEmergencies() []*claim {
	c := newClaim("emergency", "An emergency stands first, and stays after the get-help page was answered", "emergencies and answers to them")
	stop := newClaim("stop", "Nobody is sent to the end before they can tell us of an emergency", "kinds of answers")
	var rules []*recommend.Rule
	var when []*quiz.Condition
	for i := range p.b.Rules {
		if r := &p.b.Rules[i]; r.Level == recommend.Emergency && !retired(&r.When) {
			rules = append(rules, r)
			when = append(when, &r.When)
		}
	}
	_, every := p.space(nil, when...).onPath(func(s spot) bool {
		for set := 0; set < 1<<len(rules); set++ {
			who := person{answers: s.answers}
			for i, r := range rules {
				if set&(1<<i) != 0 {
					who.acknowledged = append(who.acknowledged, r.ID)
				}
			}
			c.Cases++
			if _, what := p.alarm(rules, who); what != "" {
				small := p.shrink(who, func(q person) bool { _, what := p.alarm(rules, q); return what != "" })
				id, what := p.alarm(rules, small)
				c.fail("rules."+id, &small, "%s", what)
				return false
			}
		}
		return true
	})
	if !every {
		c.Basis = Sampled
	}
	for i := range p.q.Stops {
		for _, r := range rules {
			p.toldBefore(stop, &p.q.Stops[i], r)
		}
	}
	return []*claim{c, stop}
}

// alarm says what is wrong for somebody with emergencies, and with which, or "".
func (p *prover) alarm(rules []*recommend.Rule, who person) (id, what string) {
	kept := p.q.Walk(who.answers).Kept
	report := p.assess(who)
	open := p.b.Emergencies(p.q, kept, who.acknowledged...)
	place := 0
	for _, r := range rules {
		if ok, _ := p.q.Holds(&r.When, kept, nil); !ok {
			continue
		}
		if place >= len(report.Care) || report.Care[place].ID != r.ID || report.Care[place].Level != recommend.Emergency {
			return r.ID, fmt.Sprintf("the emergency %s does not stand first", r.ID)
		}
		place++
		answered := slices.Contains(who.acknowledged, r.ID)
		isOpen := slices.ContainsFunc(open, func(n recommend.Notice) bool { return n.ID == r.ID })
		effect := &r.Effect
		if answered {
			effect = r.After
		}
		switch {
		case isOpen == answered:
			return r.ID, fmt.Sprintf("the get-help page is not shown for %s", r.ID)
		case effect.Withhold && slices.ContainsFunc(report.Scores, func(s quiz.Score) bool { return s.State != quiz.Withheld }):
			return r.ID, fmt.Sprintf("%s keeps all numbers back, but some are shown", r.ID)
		case slices.ContainsFunc(report.Shown(), func(id string) bool { return p.held[effect][id] }):
			return r.ID, fmt.Sprintf("%s holds ideas back, but some are shown", r.ID)
		case !answered && len(report.Shown()) > 0:
			return r.ID, fmt.Sprintf("%v is shown before the emergency %s was answered", report.Shown(), r.ID)
		case !answered && !effect.Withhold:
			return r.ID, fmt.Sprintf("numbers are shown before the emergency %s was answered", r.ID)
		}
	}
	return "", ""
}

// toldBefore claims that somebody who is stopped can still have told of an emergency.
func (p *prover) toldBefore(c *claim, stop *quiz.Stop, r *recommend.Rule) {
	told := false
	cases, every := p.space(nil, &stop.When, &r.When).each(func(s spot) bool {
		who := person{answers: quiz.Answers{}}
		for i := range p.q.Questions { // everything is answered, as only then a path is stopped
			who.answers[p.q.Questions[i].ID] = s.answers[p.q.Questions[i].ID]
		}
		walk := p.q.Walk(who.answers)
		fires, _ := p.q.Holds(&r.When, walk.Kept, nil)
		if told = walk.Stop == stop.ID && fires; told {
			p.example(c, stop.ID+" "+r.ID, s.person())
		}
		return !told
	})
	c.add(cases, every)
	if !told {
		c.fail("stops."+stop.ID+".after", nil, "whoever is stopped here was never asked about %s: %s", r.ID, r.Heading)
	}
}
