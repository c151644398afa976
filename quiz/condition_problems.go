package quiz

import "fmt"

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
	if c.Is != "" {
		q.checkLabelLeaf(f, path, c, pillars)
	}
	c.checkLists(f, path)
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

// checkLists refuses lists that are there but empty, and tests that stand beside
// neither a question nor a pillar: both would be passed over in silence.
func (c *Condition) checkLists(f *Finder, path string) {
	for _, list := range []struct {
		key   string
		empty bool
	}{
		{"all", c.All != nil && len(c.All) == 0}, {"any", c.Any != nil && len(c.Any) == 0},
		{"in", c.In != nil && len(c.In) == 0}, {"lacks", c.Lacks != nil && len(c.Lacks) == 0},
	} {
		if list.empty {
			f.Add(path+"."+list.key, "this list is empty, fill it or take it out")
		}
	}
	if c.Question == "" && c.Pillar == "" && (c.In != nil || c.Lacks != nil || c.bounded()) {
		f.Add(path, "in, lacks, below and at_least test a question or a pillar, name it")
	}
}

func (q *Questionnaire) checkLabelLeaf(f *Finder, path string, c *Condition, pillars bool) {
	if _, ok := q.Labels[c.Is]; !ok {
		f.Add(path+".is", "no label has the name %q", c.Is)
	}
	scored := false
	q.Mentions(c, func(_, pillar string) { scored = scored || pillar != "" })
	if scored && !pillars {
		f.Add(path+".is", "this is decided before anything is scored, and %q looks at a pillar", c.Is)
	}
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
