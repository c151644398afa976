package recommend

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"gutskin/quiz"
)

// Problems returns everything that is wrong with a compiled book, given a compiled
// questionnaire without problems. Its words are judged elsewhere.
func (b *Book) Problems(q *quiz.Questionnaire) []quiz.Problem {
	b = b.For(q)
	f := &finder{Finder: &quiz.Finder{}, b: b, q: q, giveaways: b.Kitchen.giveaways()}
	quiz.Unique(f.Finder, "rules", b.Rules, func(r *Rule) string { return r.ID })
	quiz.Unique(f.Finder, "advice", b.Advice, func(a *Advice) string { return a.ID })
	quiz.Unique(f.Finder, "sources", b.Sources, func(s *Source) string { return s.ID })
	quiz.Unique(f.Finder, "passages", b.Passages, func(p *Passage) string { return p.ID })
	quiz.Unique(f.Finder, "topics", b.Evidence, func(t *Topic) string { return t.ID })
	quiz.Unique(f.Finder, "thresholds", b.Limits, func(t *Threshold) string { return t.ID })
	quiz.Unique(f.Finder, "conflicts", b.Conflict, func(c *Conflict) string { return c.ID })
	quiz.Unique(f.Finder, "regions", b.Regions, func(r *Region) string { return r.ID })
	f.kitchen()
	for set, ids := range b.HoldSets {
		f.known("hold_sets."+set, "advice", ids, b.advice)
	}
	for i := range b.Rules {
		f.rule(&b.Rules[i])
	}
	keys := map[string]bool{}
	for i := range b.Advice {
		a := &b.Advice[i]
		if keys[a.Key] {
			f.Add("advice."+a.ID+".key", "the key %q is used twice or empty, give each advice its own", a.Key)
		}
		keys[a.Key] = true
		f.advice(a)
	}
	f.register()
	f.retired()
	return f.Problems
}

type finder struct {
	*quiz.Finder
	b         *Book
	q         *quiz.Questionnaire
	giveaways giveaways
}

func (f *finder) known(path, what string, ids []string, index map[string]int) {
	for _, id := range ids {
		if _, ok := index[id]; !ok {
			f.Add(path+"."+id, "no %s has the id %q", what, id)
		}
	}
}

func (f *finder) tags(path string, tags []string) {
	for _, t := range tags {
		if !slices.ContainsFunc(f.b.Kitchen.Tags, func(tag Tag) bool { return tag.ID == t }) {
			f.Add(path+"."+t, "no food tag has the id %q", t)
		}
	}
}

func (f *finder) kitchen() {
	k := &f.b.Kitchen
	quiz.Unique(f.Finder, "tags", k.Tags, func(t *Tag) string { return t.ID })
	quiz.Unique(f.Finder, "foods", k.Foods, func(x *Food) string { return x.ID })
	quiz.Unique(f.Finder, "eaters", k.Eaters, func(e *Eater) string { return e.ID })
	for _, food := range k.Foods {
		f.tags("foods."+food.ID+".tags", food.Tags)
		if food.Instead != "" {
			f.known("foods."+food.ID+".instead", "food", []string{food.Instead}, f.b.food)
		}
	}
	for i := range k.Eaters {
		e := &k.Eaters[i]
		f.tags("eaters."+e.ID+".without", e.Without)
		f.q.CheckCondition(f.Finder, "eaters."+e.ID+".when", &e.When, false)
	}
}

func (f *finder) rule(r *Rule) {
	path := "rules." + r.ID
	f.q.CheckCondition(f.Finder, path+".when", &r.When, false)
	f.level(path+".level", r.Level)
	f.effect(path, &r.Effect)
	for i := range r.Cases {
		c, at := &r.Cases[i], fmt.Sprintf("%s.cases.%d", path, i)
		f.q.CheckCondition(f.Finder, at+".when", &c.When, false)
		f.effect(at, &c.Effect)
		f.text(at+".say", c.Say)
		f.text(at+".heading", c.Heading)
		if c.Level != "" {
			f.level(at+".level", c.Level)
		}
	}
	if r.After != nil {
		f.effect(path+".after", r.After)
	}
	if (r.After != nil) != (r.Level == Emergency) {
		f.Add(path, "an emergency, and only an emergency, says what it still holds after the get-help page")
	}
	if !r.Silent && (r.Heading == "" || r.Say == "") {
		f.Add(path, "a rule that is not silent needs a heading and something to say")
	}
	f.text(path+".say", r.Say)
	f.text(path+".heading", r.Heading)
	f.sourced(path, r.Sources, r.Judged)
}

func (f *finder) level(path string, l Level) {
	if !slices.Contains([]Level{Emergency, Urgent, Clinician, Note}, l) {
		f.Add(path, "the level is %q, it must be emergency, urgent, clinician or note", l)
	}
}

func (f *finder) effect(path string, e *Effect) {
	for _, h := range e.Hold {
		id := strings.TrimPrefix(h, "-")
		if _, set := f.b.HoldSets[h]; h != Everything && !set && f.b.AdviceByID(id) == nil {
			f.Add(path+".hold."+h, "%q is neither an advice nor a hold set", h)
		}
	}
	for _, p := range e.Hide {
		if p != quiz.Overall && f.q.Pillar(p) == nil {
			f.Add(path+".hide."+p, "no pillar has the id %q", p)
		}
	}
	f.tags(path+".without", e.Without)
	f.known(path+".caution", "advice", e.Caution, f.b.advice)
	f.known(path+".bring", "advice", e.Bring, f.b.advice)
}

func (f *finder) sourced(path string, sources []string, judgement bool) {
	f.known(path+".sources", "source", sources, f.b.source)
	if len(sources) == 0 && !judgement {
		f.Add(path, "name a source, or set judgement: true")
	}
}

func (f *finder) advice(a *Advice) {
	path := "advice." + a.ID
	f.q.CheckCondition(f.Finder, path+".when", &a.When, true)
	if a.Unless != nil {
		f.q.CheckCondition(f.Finder, path+".unless", a.Unless, true)
	}
	if !slices.Contains([]Shelf{Ranked, Companion, Beyond, Supplement, CareFirst, Keep}, a.Shelf) {
		f.Add(path+".shelf", "no shelf is called %q", a.Shelf)
	}
	if !slices.Contains([]Effort{Low, Medium, High}, a.Effort) {
		f.Add(path+".effort", "the effort is %q, it must be low, medium or high", a.Effort)
	}
	f.grades(path, a)
	f.tags(path+".needs", a.Needs)
	f.known(path+".with", "advice", a.With, f.b.advice)
	f.known(path+".not_with", "advice", a.NotWith, f.b.advice)
	if a.Above != "" {
		f.known(path+".above", "advice", []string{a.Above}, f.b.advice)
	}
	if a.Instead != nil {
		f.known(path+".instead", "advice", []string{a.Instead.Of}, f.b.advice)
		f.q.CheckCondition(f.Finder, path+".instead.when", &a.Instead.When, false)
	}
	for i := range a.First {
		f.q.CheckCondition(f.Finder, fmt.Sprintf("%s.first.%d.when", path, i), &a.First[i].When, true)
	}
	f.ranked(path, a)
	f.variants(path, a)
	f.known(path+".evidence", "evidence topic", a.Evidence, f.b.topic)
	f.known(path+".passages", "passage", a.Passages, f.b.passage)
	if len(a.Passages) == 0 && !a.Beyond {
		f.Add(path, "name the passages it is drawn from, or set beyond: true")
	}
	f.sourced(path, a.Sources, a.Judgement)
	for _, d := range []struct{ key, date string }{{"reviewed", a.Reviewed}, {"review_by", a.ReviewBy}} {
		if _, err := time.Parse(time.DateOnly, d.date); err != nil {
			f.Add(path+"."+d.key, "%q is not a date like \"2026-11-22\"", d.date)
		}
	}
	f.adviceWords(path, a)
}

func (f *finder) grades(path string, a *Advice) {
	legal := func(g Grade) bool { return f.b.GradeByID(g) != nil }
	if !legal(a.Health) || !legal(a.Skin) {
		f.Add(path, "health is graded %q and skin %q, use the grades of evidence.yaml", a.Health, a.Skin)
	}
	concerns := f.q.Question(f.q.Skin.Question)
	for concern, g := range a.SkinFor {
		if !legal(g) || concerns.Option(concern) == nil {
			f.Add(path+".skin_for."+concern, "%q: %q is not a grade for a skin concern", concern, g)
		}
	}
	for concern := range a.Match {
		if concerns.Option(concern) == nil {
			f.Add(path+".match."+concern, "no skin concern has the id %q", concern)
		}
	}
}

func (f *finder) ranked(path string, a *Advice) {
	if a.Shelf != Ranked {
		return
	}
	if len(a.Trigger) == 0 || f.q.Pillar(a.Pillar) == nil {
		f.Add(path, "ranked advice needs a pillar and a trigger")
	}
	for i := range a.Trigger {
		t, at := &a.Trigger[i], fmt.Sprintf("%s.trigger.%d", path, i)
		if t.When != nil {
			f.q.CheckCondition(f.Finder, at+".when", t.When, true)
		}
		if x := f.q.Question(t.Question); t.Question != "" && (x == nil || !x.Scored()) {
			f.Add(at+".question", "%q is not a scored question", t.Question)
		}
		if (t.Question == "") == (f.q.Pillar(t.Pillar) == nil) {
			f.Add(at, "a trigger names one question or one pillar")
		}
	}
}

func (f *finder) variants(path string, a *Advice) {
	for i := range a.Variants {
		v := &a.Variants[i]
		at := path + ".variants." + v.ID
		switch {
		case v.When != nil:
			f.q.CheckCondition(f.Finder, at+".when", v.When, false)
		case f.b.eater(v.ID) == nil:
			f.Add(at, "%q is no kind of eater, so this variant needs a when", v.ID)
		}
	}
}

// register checks what the evidence, the passages and the conflicts refer to.
func (f *finder) register() {
	for i := range f.b.Evidence {
		f.known("topics."+f.b.Evidence[i].ID+".sources", "source", f.b.Evidence[i].Sources, f.b.source)
	}
	for _, t := range f.b.Limits {
		f.known("thresholds."+t.ID+".sources", "source", t.Sources, f.b.source)
	}
	for _, s := range f.b.Sources {
		if s.Year < 1900 {
			f.Add("sources."+s.ID+".year", "a source needs its year")
		}
	}
	for _, p := range f.b.Passages {
		f.known("passages."+p.ID+".evidence", "evidence topic", p.Evidence, f.b.topic)
	}
	for _, c := range f.b.Conflict {
		for _, id := range c.Uses {
			if f.b.AdviceByID(id) == nil && f.b.RuleByID(id) == nil {
				f.Add("conflicts."+c.ID+".uses."+id, "no rule or advice has the id %q", id)
			}
		}
	}
	for i := range f.q.Questions {
		x := &f.q.Questions[i]
		f.known("questions."+x.ID+".passages", "passage", x.Passages, f.b.passage)
		f.known("questions."+x.ID+".evidence", "evidence topic", x.Evidence, f.b.topic)
	}
	if len(f.b.Regions) == 0 || len(f.b.Grades) == 0 {
		f.Add("regions", "regions.yaml and evidence.yaml need at least one region and one grade")
	}
}
