package data

import (
	"fmt"
	"slices"
	"strings"

	"gutskin/quiz"
	"gutskin/recommend"
)

// unit is a safety rule, or one of its cases: a notice on its own.
type unit struct {
	path   string
	rule   *recommend.Rule
	of     *recommend.Case // nil: the rule itself
	effect *recommend.Effect
	level  recommend.Level
}

func (p *prover) notices() []unit {
	var list []unit
	for i := range p.b.Rules {
		r := &p.b.Rules[i]
		path := "rules." + r.ID
		list = append(list, unit{path, r, nil, &r.Effect, r.Level})
		for j := range r.Cases {
			k := &r.Cases[j]
			level := r.Level
			if k.Level != "" && k.Level.Louder(level) {
				level = k.Level
			}
			list = append(list, unit{fmt.Sprintf("%s.cases.%d", path, j), r, k, &k.Effect, level})
		}
	}
	return list
}

func (u unit) retired() bool {
	return retired(&u.rule.When) || u.of != nil && retired(&u.of.When)
}

// fires reports whether a notice applies, and the answers that are its reason.
func (p *prover) fires(u unit, a quiz.Answers) (bool, []quiz.Reason) {
	ok, because := p.q.Holds(&u.rule.When, a, nil)
	if !ok || u.of == nil {
		return ok, because
	}
	ok, more := p.q.Holds(&u.of.When, a, nil)
	return ok, slices.Concat(because, more)
}

// conditions are those that decide about a notice.
func (u unit) conditions() []*quiz.Condition {
	if u.of == nil {
		return []*quiz.Condition{&u.rule.When}
	}
	return []*quiz.Condition{&u.rule.When, &u.of.When}
}

// proveRules claims that every rule and case speaks to somebody, and is silent for
// somebody else.
func (p *prover) proveRules() []*claim {
	rules := newClaim("rule", "Every safety rule fires for somebody, and not for everybody", "kinds of answers")
	cases := newClaim("case", "Every case of a safety rule applies to somebody, and not to everybody for whom the rule fires", "kinds of answers")
	texts := newClaim("care-text", "Every text of a safety rule is read by somebody", "kinds of answers")
	for _, u := range p.units {
		c, given := rules, (*quiz.Condition)(nil)
		when := &u.rule.When
		if u.of != nil {
			c, given, when = cases, &u.rule.When, &u.of.When
		}
		if !u.retired() {
			p.both(c, clause{u.path + ".when", when, given, false})
			p.proveText(texts, u)
		}
	}
	return []*claim{rules, cases, texts}
}

// proveText looks for somebody who reads the heading and the text of a notice. All
// cases of the rule are tried together: a later one may take the place of an earlier
// one.
func (p *prover) proveText(c *claim, u unit) {
	heading, say := u.rule.Heading, u.rule.Say
	if u.of != nil {
		heading, say = u.of.Heading, u.of.Say
	}
	if u.rule.Silent || heading == "" && say == "" {
		return
	}
	when := []*quiz.Condition{&u.rule.When}
	for j := range u.rule.Cases {
		when = append(when, &u.rule.Cases[j].When)
	}
	headed, said := heading == "", say == ""
	cases, every := p.space(nil, when...).onPath(func(s spot) bool {
		if ok, _ := p.fires(u, s.answers); !ok {
			return true
		}
		reader := recommend.NewReader(p.q, p.b, p.e.Site.Region, s.answers)
		words := reader.Rule(u.rule.ID)
		headed = headed || words.Heading == reader.Text(heading)
		first, _, _ := strings.Cut(say, "{")
		said = said || slices.ContainsFunc(words.Say, func(text string) bool { return strings.Contains(text, reader.Text(first)) })
		if headed && said {
			p.example(c, u.path, s.person())
		}
		return !headed || !said
	})
	c.add(cases, every)
	if !headed {
		c.fail(u.path+".heading", nil, "nobody reads the heading %q, a case always takes its place", heading)
	}
	if !said {
		c.fail(u.path+".say", nil, "nobody reads this text, a case always takes its place")
	}
}

// proveLasting claims that nothing else takes a notice away. A notice rests on the
// answers that are its reason. As long as these stand, no other answer, given or
// changed, may end it. There is one exception: where a rule says not, a quiet notice
// that keeps nothing back may give way to another one.
func (p *prover) proveLasting() []*claim {
	c := newClaim("lasting", "No answer takes a safety notice away, other than the one that caused it", "kinds of answers")
	for _, u := range p.units {
		if !u.retired() {
			p.lasts(c, u)
		}
	}
	return []*claim{c}
}

// cause is why a notice fired for somebody.
type cause struct {
	because []quiz.Reason
	answers quiz.Answers
}

func (p *prover) lasts(c *claim, u unit) {
	var causes []cause
	known := map[string]bool{}
	var silent []quiz.Answers
	cases, every := p.space(nil, u.conditions()...).onPath(func(s spot) bool {
		ok, because := p.fires(u, s.answers)
		if !ok {
			silent = append(silent, s.answers)
			return true
		}
		// What fires because nothing was said rests on the question it asks about.
		if key := fmt.Sprint(because); len(because) > 0 && !known[key] {
			known[key] = true
			causes = append(causes, cause{because, s.answers})
		}
		return true
	})
	c.add(cases, every)
	for _, x := range causes {
		for _, after := range silent {
			if stands(x.because, after) && !p.givesWay(u, x.answers, after) {
				who := p.shrink(person{answers: after}, func(q person) bool {
					kept := p.q.Walk(q.answers).Kept
					ok, _ := p.fires(u, kept)
					return !ok && stands(x.because, kept) && !p.givesWay(u, x.answers, kept)
				})
				c.fail(u.path+".when", &who, "%s goes away although its reason stands: another answer takes it away", u.rule.ID)
				return
			}
		}
	}
}

// stands reports that every answer that was a reason is still there. What was not
// ticked is no answer that caused a notice, so ticking it is no excuse.
func stands(because []quiz.Reason, a quiz.Answers) bool {
	return !slices.ContainsFunc(because, func(r quiz.Reason) bool {
		answer := a[r.Question]
		if r.Lacks != "" {
			return answer.IsSkip()
		}
		return !slices.Contains(answer.Values(), r.Value)
	})
}

// givesWay reports that another notice, as loud, speaks in the place of a quiet one
// that kept nothing back.
func (p *prover) givesWay(u unit, before, after quiz.Answers) bool {
	if u.level != recommend.Note || len(p.held[u.effect])+len(u.effect.Without)+len(u.effect.Hide) > 0 || u.effect.Withhold {
		return false
	}
	return slices.ContainsFunc(p.units, func(o unit) bool {
		spoke, _ := p.fires(o, before)
		speaks, _ := p.fires(o, after)
		return o.rule != u.rule && speaks && !spoke && !o.rule.Silent
	})
}
