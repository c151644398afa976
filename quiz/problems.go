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
	q.checkBands(f)
	q.checkPillars(f)
	q.checkLabels(f)
	earlier := map[string]bool{}
	for i := range q.Questions {
		x := &q.Questions[i]
		q.checkQuestion(f, x, earlier)
		earlier[x.ID] = true
	}
	for i := range q.Stops {
		s := &q.Stops[i]
		path := "stops." + s.ID
		if q.Question(s.After) == nil {
			f.Add(path+".after", "no question has the id %q", s.After)
		}
		q.CheckCondition(f, path+".when", &s.When, false)
	}
	for i := range q.Gut {
		q.CheckCondition(f, "gut_signals."+q.Gut[i].ID+".when", &q.Gut[i].When, false)
	}
	q.CheckCondition(f, "skin_signals.professional", &q.Skin.Professional, false)
	if q.Question(q.Skin.Question) == nil {
		f.Add("skin_signals.question", "no question has the id %q", q.Skin.Question)
	}
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

func (q *Questionnaire) checkLabels(f *Finder) {
	for name := range q.Labels {
		c := q.Labels[name]
		if q.circular(&c, []string{name}) {
			f.Add("labels."+name, "this label leads back to itself, break the circle")
			delete(q.Labels, name)
			continue
		}
		q.CheckCondition(f, "labels."+name, &c, true)
	}
}

func (q *Questionnaire) circular(c *Condition, path []string) bool {
	for i := range c.All {
		if q.circular(&c.All[i], path) {
			return true
		}
	}
	for i := range c.Any {
		if q.circular(&c.Any[i], path) {
			return true
		}
	}
	if c.Not != nil && q.circular(c.Not, path) {
		return true
	}
	label, ok := q.Labels[c.Is]
	return ok && (slices.Contains(path, c.Is) || q.circular(&label, append(slices.Clip(path), c.Is)))
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
	if x.Kind != Number && len(x.Options) < 2 {
		f.Add(path, "a question needs at least 2 options")
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

// checkBackward allows a condition to look at earlier questions only, so that the
// path can be replayed from the first question on.
func (q *Questionnaire) checkBackward(f *Finder, path string, c *Condition, earlier map[string]bool) {
	if c == nil {
		return
	}
	q.CheckCondition(f, path, c, false)
	q.Mentions(c, func(question, _ string) {
		if q.Question(question) != nil && !earlier[question] {
			f.Add(path, "this looks ahead to %q, a condition here may only look at earlier questions", question)
		}
	})
}

// CheckCondition notes what is wrong with a condition: no form or two, an unknown
// question, option, label or pillar. Pillars are allowed only where scores exist.
func (q *Questionnaire) CheckCondition(f *Finder, path string, c *Condition, pillars bool) {
	if forms := c.forms(); forms != 1 {
		f.Add(path, "a condition has exactly one form (all, any, not, is, question or pillar), this one has %d", forms)
		return
	}
	for i := range c.All {
		q.CheckCondition(f, fmt.Sprintf("%s.all.%d", path, i), &c.All[i], pillars)
	}
	for i := range c.Any {
		q.CheckCondition(f, fmt.Sprintf("%s.any.%d", path, i), &c.Any[i], pillars)
	}
	if c.Not != nil {
		q.CheckCondition(f, path+".not", c.Not, pillars)
	}
	if _, ok := q.Labels[c.Is]; c.Is != "" && !ok {
		f.Add(path+".is", "no label has the name %q", c.Is)
	}
	if c.Pillar != "" {
		q.checkPillarLeaf(f, path, c, pillars)
	}
	if c.Question != "" {
		q.checkQuestionLeaf(f, path, c)
	}
}

func (c *Condition) forms() int {
	forms := 0
	for _, set := range []bool{c.All != nil, c.Any != nil, c.Not != nil, c.Is != "", c.Question != "", c.Pillar != ""} {
		if set {
			forms++
		}
	}
	return forms
}

func (c *Condition) bounded() bool { return c.Below != nil || c.AtLeast != nil }

func (q *Questionnaire) checkPillarLeaf(f *Finder, path string, c *Condition, pillars bool) {
	switch {
	case !pillars:
		f.Add(path+".pillar", "this is decided before anything is scored and may not look at a pillar")
	case c.Pillar != Overall && q.Pillar(c.Pillar) == nil:
		f.Add(path+".pillar", "no pillar has the id %q", c.Pillar)
	case !c.bounded() || c.In != nil || c.Lacks != nil:
		f.Add(path, "a pillar is compared by below or at_least")
	}
}

func (q *Questionnaire) checkQuestionLeaf(f *Finder, path string, c *Condition) {
	x := q.Question(c.Question)
	if x == nil {
		f.Add(path+".question", "no question has the id %q", c.Question)
		return
	}
	uses := 0
	for _, used := range []bool{c.In != nil, c.Lacks != nil, c.bounded()} {
		if used {
			uses++
		}
	}
	switch {
	case uses != 1:
		f.Add(path, "a question is tested by in, by lacks, or by below and at_least")
	case c.bounded() && x.Kind != Number:
		f.Add(path, "%q is not a number, test it by in or lacks", x.ID)
	}
	for key, ids := range map[string][]string{"in": c.In, "lacks": c.Lacks} {
		for _, id := range ids {
			switch o := x.Option(id); {
			case o == nil:
				f.Add(path+"."+key+"."+id, "%q has no option %q", x.ID, id)
			case o.Skip:
				f.Add(path+"."+key+"."+id, "%q counts as not answered, no condition can look for it", id)
			}
		}
	}
}
