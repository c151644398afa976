package recommend

import (
	"maps"
	"slices"

	"gutskin/quiz"
)

// loudness orders the levels of care, loudest first.
var loudness = []Level{Emergency, Urgent, Clinician, Note, Care}

// Louder reports that l speaks before and above other.
func (l Level) Louder(other Level) bool {
	return slices.Index(loudness, l) < slices.Index(loudness, other)
}

// ruling is what all safety rules together say about some answers. What it holds
// is a union over the rules, so the order in which they fire cannot matter.
type ruling struct {
	fired   []verdict
	held    map[string][]string // advice id → the rules that hold it
	banned  map[string][]string // food tag → the rules that ban it
	caution map[string][]string // advice id → the rules whose text its card needs
	brought map[string]bool     // advice that must be shown while it applies
	veil    quiz.Veil
}

// verdict is one rule that fired.
type verdict struct {
	rule    *Rule
	level   Level
	cases   []*Case
	because []quiz.Reason
}

// judge evaluates every rule on answers that Walk has kept.
func (b *Book) judge(q *quiz.Questionnaire, a quiz.Answers, acknowledged []string) ruling {
	r := ruling{
		held: map[string][]string{}, banned: map[string][]string{}, caution: map[string][]string{},
		brought: map[string]bool{}, veil: quiz.Veil{Hide: map[string][]string{}},
	}
	for i := range b.Rules {
		rule := &b.Rules[i]
		ok, because := q.Holds(&rule.When, a, nil)
		if !ok {
			continue
		}
		v := verdict{rule: rule, level: rule.Level, because: because}
		effect := &rule.Effect
		if rule.After != nil && slices.Contains(acknowledged, rule.ID) {
			effect = rule.After
		}
		r.apply(rule.ID, effect)
		for j := range rule.Cases {
			c := &rule.Cases[j]
			if ok, more := q.Holds(&c.When, a, nil); ok {
				r.apply(rule.ID, &c.Effect)
				v.take(c, more)
			}
		}
		r.fired = append(r.fired, v)
	}
	slices.SortStableFunc(r.fired, func(a, b verdict) int {
		return slices.Index(loudness, a.level) - slices.Index(loudness, b.level)
	})
	return r
}

func (v *verdict) take(c *Case, because []quiz.Reason) {
	v.cases = append(v.cases, c)
	if c.Level != "" && c.Level.Louder(v.level) {
		v.level = c.Level
	}
	for _, reason := range because {
		if !slices.Contains(v.because, reason) {
			v.because = append(v.because, reason)
		}
	}
}

func (r *ruling) apply(id string, e *Effect) {
	note(r.held, e.held, id)
	note(r.banned, e.Without, id)
	note(r.caution, e.Caution, id)
	note(r.veil.Hide, e.Hide, id)
	if e.Withhold && !slices.Contains(r.veil.Withhold, id) {
		r.veil.Withhold = append(r.veil.Withhold, id)
	}
	for _, advice := range e.Bring {
		r.brought[advice] = true
	}
}

func note(m map[string][]string, keys []string, id string) {
	for _, k := range keys {
		if !slices.Contains(m[k], id) {
			m[k] = append(m[k], id)
		}
	}
}

// holds returns the rules that keep an advice back: those that name it, and those
// that ban a food it cannot do without.
func (r *ruling) holds(a *Advice) []string {
	by := r.held[a.ID]
	for _, tag := range a.Needs {
		for _, id := range r.banned[tag] {
			if !slices.Contains(by, id) {
				by = append(slices.Clip(by), id)
			}
		}
	}
	slices.Sort(by)
	return by
}

// notices lists the rules that fired, in the order they are shown, without the
// silent ones.
func (r *ruling) notices() []Notice {
	notices := make([]Notice, 0, len(r.fired))
	for _, v := range r.fired {
		if !v.rule.Silent {
			notices = append(notices, Notice{ID: v.rule.ID, Level: v.level, Because: v.because})
		}
	}
	return notices
}

// Emergencies returns the emergency rules that fire on answers given so far and
// that the visitor has not yet acknowledged on the get-help page.
func (b *Book) Emergencies(q *quiz.Questionnaire, a quiz.Answers, acknowledged ...string) []Notice {
	r := b.judge(q, q.Walk(a).Kept, acknowledged)
	var open []Notice
	for _, n := range r.notices() {
		if n.Level == Emergency && !slices.Contains(acknowledged, n.ID) {
			open = append(open, n)
		}
	}
	return open
}

// bans returns every food tag that must not be named: banned by safety rules, or
// not eaten by this kind of eater.
func (b *Book) bans(q *quiz.Questionnaire, a quiz.Answers, r *ruling) map[string]bool {
	banned := map[string]bool{}
	for tag := range maps.Keys(r.banned) {
		banned[tag] = true
	}
	for i := range b.Kitchen.Eaters {
		e := &b.Kitchen.Eaters[i]
		if ok, _ := q.Holds(&e.When, a, nil); ok {
			for _, tag := range e.Without {
				banned[tag] = true
			}
		}
	}
	return banned
}
