package recommend

import (
	"slices"

	"gutskin/quiz"
)

// loudness orders the levels of care, loudest first.
var loudness = []Level{Emergency, Urgent, Clinician, Note, Care}

// Louder reports that l speaks before and above other.
func (l Level) Louder(other Level) bool {
	return slices.Index(loudness, l) < slices.Index(loudness, other)
}

// Louder are the notices of safety rules that were not there before, or speak louder
// now.
func Louder(before, now []Notice) (add []Notice) {
	for _, n := range now {
		had := slices.ContainsFunc(before, func(old Notice) bool { return old.ID == n.ID && !n.Level.Louder(old.Level) })
		if n.Level != Care && !had {
			add = append(add, n)
		}
	}
	return add
}

// ruling is what all safety rules together say about some answers. What it holds
// is a union over the rules, so the order in which they fire cannot matter.
type ruling struct {
	fired   []verdict // loudest first
	effects []applied // in the order of the rules
	cases   []*Case   // of all verdicts, one after the other
	held    []bool    // by some rule's list, by the place of the advice
	banned  []bool    // by the place of the food tag
	veil    quiz.Veil
}

// verdict is one rule that fired.
type verdict struct {
	rule  *Rule
	level Level
	cases []*Case
}

// applied is an effect that a rule has on these answers.
type applied struct {
	by string // the rule
	*Effect
}

// judge evaluates every rule on a form of answers that count; r says nothing yet.
func (r *ruling) judge(b *Book, f *quiz.Form, acknowledged []string) {
	for i := range b.Rules {
		rule := &b.Rules[i]
		if !rule.when.Holds(f) {
			continue
		}
		if rule.After != nil && slices.Contains(acknowledged, rule.ID) {
			r.apply(rule.ID, rule.After)
		} else {
			r.apply(rule.ID, &rule.Effect)
		}
		said := len(r.cases)
		r.cases = rule.speaking(f, r.cases)
		v := verdict{rule: rule, cases: slices.Clip(r.cases[said:])}
		for _, c := range v.cases {
			r.apply(rule.ID, &c.Effect)
		}
		v.level = v.loudest()
		r.fired = append(r.fired, v)
	}
	slices.SortStableFunc(r.fired, func(a, b verdict) int {
		return slices.Index(loudness, a.level) - slices.Index(loudness, b.level)
	})
}

// speaking adds the cases that apply when the rule has fired.
func (rule *Rule) speaking(f *quiz.Form, list []*Case) []*Case {
	for i := range rule.Cases {
		if c := &rule.Cases[i]; c.when.Holds(f) {
			list = append(list, c)
		}
	}
	return list
}

// loudest is the level of the rule, or of a case that speaks louder.
func (v *verdict) loudest() Level {
	level := v.rule.Level
	for _, c := range v.cases {
		if c.Level != "" && c.Level.Louder(level) {
			level = c.Level
		}
	}
	return level
}

// because adds what made the rule and its cases speak.
func (v *verdict) because(f *quiz.Form, list []quiz.Reason) []quiz.Reason {
	list = v.rule.when.Reasons(f, list)
	for _, c := range v.cases {
		list = c.when.Reasons(f, list)
	}
	return list
}

func (r *ruling) apply(id string, e *Effect) {
	r.effects = append(r.effects, applied{id, e})
	for i, held := range e.holds {
		r.held[i] = r.held[i] || held
	}
	for _, tag := range e.bans {
		r.banned[tag] = true
	}
	if len(e.Hide) > 0 && r.veil.Hide == nil {
		r.veil.Hide = map[string][]string{}
	}
	for _, pillar := range e.Hide {
		r.veil.Hide[pillar] = addID(r.veil.Hide[pillar], id)
	}
	if e.Withhold {
		r.veil.Withhold = addID(r.veil.Withhold, id)
	}
}

func addID(list []string, id string) []string {
	if slices.Contains(list, id) {
		return list
	}
	return append(list, id)
}

// keepsBack reports that an advice is held: by name, or because a food that it cannot
// do without is banned.
func (r *ruling) keepsBack(a *Advice) bool {
	return r.held[a.fit.place] || slices.ContainsFunc(a.fit.needs, func(tag int) bool { return r.banned[tag] })
}

// holds adds the rules that keep an advice back, in the order of their ids.
func (r *ruling) holds(a *Advice, by []string) []string {
	for _, e := range r.effects {
		if e.holds[a.fit.place] || slices.ContainsFunc(a.fit.needs, func(tag int) bool { return slices.Contains(e.bans, tag) }) {
			by = addID(by, e.by)
		}
	}
	slices.Sort(by)
	return by
}

// cautions are the rules whose text the card of an advice needs; mostly none.
func (r *ruling) cautions(a *Advice) []string {
	var by []string
	for _, e := range r.effects {
		if slices.Contains(e.Caution, a.ID) {
			by = addID(by, e.by)
		}
	}
	return by
}

// brings reports that an advice must be shown while it applies.
func (r *ruling) brings(a *Advice) bool {
	return slices.ContainsFunc(r.effects, func(e applied) bool { return slices.Contains(e.Bring, a.ID) })
}

// Emergencies returns the emergency rules that fire on answers given so far and
// that the visitor has not yet acknowledged on the get-help page.
func (b *Book) Emergencies(q *quiz.Questionnaire, a quiz.Answers, acknowledged ...string) []Notice {
	f := q.NewForm()
	f.Fill(a)
	return b.EmergenciesIn(q, f, acknowledged...)
}

// EmergenciesIn is Emergencies for answers that are laid out.
func (b *Book) EmergenciesIn(q *quiz.Questionnaire, f *quiz.Form, acknowledged ...string) []Notice {
	b = b.For(q)
	var open []Notice
	for _, rule := range b.ready.alarms {
		if rule.Silent || slices.Contains(acknowledged, rule.ID) || !rule.when.Holds(f) {
			continue
		}
		if v := (verdict{rule: rule, cases: rule.speaking(f, nil)}); v.loudest() == Emergency {
			open = append(open, Notice{ID: rule.ID, Level: Emergency, Because: v.because(f, nil)})
		}
	}
	return open
}
