package quiz

import (
	"fmt"
	"slices"
)

// Problem is something wrong with the content. Path names the place in the files,
// by keys and ids: "questions.plants.options.p0_9.points".
type Problem struct {
	Path string
	Text string // one sentence: what is wrong, then what to do
}

// Finder collects problems.
type Finder struct{ Problems []Problem }

// Add notes a problem at a path.
func (f *Finder) Add(path, format string, args ...any) {
	f.Problems = append(f.Problems, Problem{path, fmt.Sprintf(format, args...)})
}

// Unique notes ids that are missing or used twice below a list.
func Unique[T any](f *Finder, list string, items []T, id func(*T) string) {
	seen := map[string]bool{}
	for i := range items {
		switch x := id(&items[i]); {
		case x == "":
			f.Add(fmt.Sprintf("%s.%d", list, i), "this entry has no id, give it one")
		case seen[x]:
			f.Add(list+"."+x, "%q is used twice, ids must be unique", x)
		default:
			seen[x] = true
		}
	}
}

// maxTotalWeight bounds what a pillar's weights add up to, so that the exact
// fractions of the overall score cannot overflow.
const maxTotalWeight = 100

// Problems returns everything that is wrong with a compiled questionnaire, apart
// from its words.
func (q *Questionnaire) Problems() []Problem {
	f := &Finder{}
	Unique(f, "sections", q.Sections, func(s *Section) string { return s.ID })
	Unique(f, "pillars", q.Pillars, func(p *Pillar) string { return p.ID })
	Unique(f, "bands", q.Bands, func(b *Band) string { return b.ID })
	Unique(f, "questions", q.Questions, func(x *Question) string { return x.ID })
	Unique(f, "gut_signals", q.Gut, func(s *Signal) string { return s.ID })
	Unique(f, "stops", q.Stops, func(s *Stop) string { return s.ID })
	q.checkBands(f)
	q.checkPillars(f)
	q.checkRules(f)
	q.checkLabels(f)
	for i := range q.Sections {
		if s := &q.Sections[i]; s.SkipIf != nil {
			q.CheckCondition(f, "sections."+s.ID+".skip_if", s.SkipIf, false)
		}
	}
	earlier := map[string]bool{}
	for i := range q.Questions {
		x := &q.Questions[i]
		q.checkQuestion(f, x, earlier)
		earlier[x.ID] = true
		for j := range q.Stops {
			if s := &q.Stops[j]; s.After == x.ID {
				q.checkBackward(f, "stops."+s.ID+".when", &s.When, earlier)
			}
		}
	}
	for _, s := range q.Stops {
		if q.Question(s.After) == nil {
			f.Add("stops."+s.ID+".after", "no question has the id %q", s.After)
		}
	}
	for i := range q.Gut {
		q.CheckCondition(f, "gut_signals."+q.Gut[i].ID+".when", &q.Gut[i].When, false)
	}
	q.CheckCondition(f, "skin_signals.professional", &q.Skin.Professional, false)
	if q.Question(q.Skin.Question) == nil {
		f.Add("skin_signals.question", "no question has the id %q", q.Skin.Question)
	}
	q.checkRetired(f)
	q.checkLasting(f)
	return f.Problems
}

func (q *Questionnaire) checkBands(f *Finder) {
	for i, b := range q.Bands {
		path := "bands." + b.ID + ".from"
		switch {
		case i == 0 && b.From != 0:
			f.Add(path, "the first band starts at %d, it must start at 0", b.From)
		case i > 0 && b.From <= q.Bands[i-1].From:
			f.Add(path, "bands must ascend, but %d does not come after %d", b.From, q.Bands[i-1].From)
		case b.From > 100:
			f.Add(path, "no score reaches %d, bands start at 0 to 100", b.From)
		}
	}
	if len(q.Bands) == 0 {
		f.Add("bands", "there is no band, give at least one that starts at 0")
	}
}

func (q *Questionnaire) checkPillars(f *Finder) {
	total := 0
	for i, p := range q.Pillars {
		total += p.Weight
		weights := 0
		for _, item := range q.items[i] {
			weights += q.Questions[item].Weight
		}
		switch path := "pillars." + p.ID; {
		case p.Weight < 1:
			f.Add(path+".weight", "the weight is %d, it must be at least 1", p.Weight)
		case len(q.items[i]) == 0:
			f.Add(path, "no question is scored in %q, score one or take the pillar out", p.ID)
		case weights > maxTotalWeight:
			f.Add(path, "the weights of its questions add up to %d, keep them within %d", weights, maxTotalWeight)
		case p.ID == Overall:
			f.Add(path, "%q is the name of the overall score, choose another", p.ID)
		}
	}
	if total != 100 {
		f.Add("pillars", "the weights add up to %d, they must add up to 100", total)
	}
	if len(q.Pillars) > 6 {
		f.Add("pillars", "there are %d pillars, keep to 6 at most", len(q.Pillars))
	}
}

func (q *Questionnaire) checkRules(f *Finder) {
	for _, r := range []struct {
		key         string
		value, most int
	}{
		{"pillar_answered", q.Rules.PillarAnswered, 100},
		{"overall_pillars", q.Rules.OverallPillars, max(1, len(q.Pillars))},
		{"overall_weight", q.Rules.OverallWeight, 100},
		{"wide_range", q.Rules.WideRange, 100},
	} {
		if r.value < 1 || r.value > r.most {
			f.Add("score_rules."+r.key, "this is %d, it must be 1 to %d", r.value, r.most)
		}
	}
}

func (q *Questionnaire) checkLabels(f *Finder) {
	for name, c := range q.Labels {
		if q.leadsTo(&c, name, map[string]bool{}) {
			f.Add("labels."+name, "this label leads back to itself, break the circle")
		}
		q.CheckCondition(f, "labels."+name, &c, true)
	}
}

// leadsTo reports whether c uses the label of this name, directly or through other
// labels. Each of those is entered once, so circles elsewhere end.
func (q *Questionnaire) leadsTo(c *Condition, name string, entered map[string]bool) bool {
	inside := func(c Condition) bool { return q.leadsTo(&c, name, entered) }
	if slices.ContainsFunc(c.All, inside) || slices.ContainsFunc(c.Any, inside) || c.Not != nil && inside(*c.Not) {
		return true
	}
	label, ok := q.Labels[c.Is]
	if !ok || c.Is == name || entered[c.Is] {
		return ok && c.Is == name
	}
	entered[c.Is] = true
	return inside(label)
}

func (q *Questionnaire) checkQuestion(f *Finder, x *Question, earlier map[string]bool) {
	path := "questions." + x.ID
	Unique(f, path+".options", x.Options, func(o *Option) string { return o.ID })
	if !slices.Contains([]Kind{One, Many, Number}, x.Kind) {
		f.Add(path+".kind", "the kind is %q, it must be one, many or number", x.Kind)
	}
	if (x.Kind == Number) != (x.Range != nil) {
		f.Add(path, "a question of kind number needs a range, and no other kind has one")
		x.Kind = One
	}
	if x.Range != nil && x.Range.Min >= x.Range.Max {
		f.Add(path+".range", "min is %s, it must be below max, which is %s", FormatNumber(x.Range.Min), FormatNumber(x.Range.Max))
	}
	if x.Kind != Number && len(x.Options) < 2 {
		f.Add(path, "a question needs at least 2 options")
	}
	if len(x.Options) > maxOptions {
		f.Add(path, "there are %d options, keep to %d at most", len(x.Options), maxOptions)
	}
	if !x.Beyond && len(x.Passages) == 0 {
		f.Add(path, "name the passages of the article it is drawn from, or set beyond: true")
	}
	if x.Scored() {
		q.checkScored(f, path, x)
	}
	q.checkBackward(f, path+".ask_if", x.AskIf, earlier)
	for i := range x.Options {
		q.checkBackward(f, path+".options."+x.Options[i].ID+".offer_if", x.Options[i].OfferIf, earlier)
	}
}

func (q *Questionnaire) checkScored(f *Finder, path string, x *Question) {
	if q.Pillar(x.Pillar) == nil {
		f.Add(path+".pillar", "no pillar has the id %q", x.Pillar)
	}
	if x.Weight < 1 {
		f.Add(path+".weight", "the weight is %d, a scored question needs at least 1", x.Weight)
	}
	if x.Base != 0 && x.Kind != Many {
		f.Add(path+".base", "only a question of kind many starts from a base")
	}
	for _, o := range x.Options {
		points := o.Points
		if x.Kind == Many {
			points += x.Base
		}
		if points < 0 || points > MaxPoints {
			f.Add(path+".options."+o.ID+".points", "gives %d points, it must be 0 to %d", points, MaxPoints)
		}
	}
	if x.Range == nil {
		return
	}
	for i, s := range x.Range.Steps {
		at := fmt.Sprintf("%s.range.steps.%d", path, i)
		if s.Points < 0 || s.Points > MaxPoints {
			f.Add(at+".points", "gives %d points, it must be 0 to %d", s.Points, MaxPoints)
		}
		if (s.From == nil) == (s.Above == nil) {
			f.Add(at, "a step has either from or above")
		} else if i > 0 && s.start() <= x.Range.Steps[i-1].start() {
			f.Add(at, "steps must ascend")
		}
	}
	if len(x.Range.Steps) == 0 || !x.Range.Steps[0].reached(x.Range.Min) {
		f.Add(path+".range.steps", "the first step must start at %s or below", FormatNumber(x.Range.Min))
	}
}

func (s Step) start() float64 {
	if s.Above != nil {
		return *s.Above
	}
	if s.From != nil {
		return *s.From
	}
	return 0
}
