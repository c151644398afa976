package recommend

import "fmt"

// EachText calls yield with every text a visitor can read and its path, so that
// another language can replace it and the words can be checked.
func (b *Book) EachText(yield func(path string, text *string)) {
	each := func(path string, fields map[string]*string) {
		for name, text := range fields {
			yield(path+"."+name, text)
		}
	}
	for i := range b.Rules {
		r := &b.Rules[i]
		each("rules."+r.ID, map[string]*string{"heading": &r.Heading, "say": &r.Say})
		for j := range r.Cases {
			c := &r.Cases[j]
			each(fmt.Sprintf("rules.%s.cases.%d", r.ID, j), map[string]*string{"heading": &c.Heading, "say": &c.Say})
		}
	}
	for i := range b.Advice {
		b.Advice[i].eachText("advice."+b.Advice[i].ID, yield)
	}
	for i := range b.Kitchen.Foods {
		yield("foods."+b.Kitchen.Foods[i].ID+".text", &b.Kitchen.Foods[i].Text)
	}
	for i := range b.Kitchen.Eaters {
		yield("eaters."+b.Kitchen.Eaters[i].ID+".name", &b.Kitchen.Eaters[i].Name)
	}
	for i := range b.Grades {
		g := &b.Grades[i]
		each("grades."+string(g.ID), map[string]*string{"name": &g.Name, "mid": &g.Mid, "says": &g.Says, "means": &g.Means})
	}
	for i := range b.Evidence {
		t := &b.Evidence[i]
		each("topics."+t.ID, map[string]*string{"name": &t.Name, "says": &t.Says, "why": &t.Why})
	}
	for i := range b.Limits {
		yield("thresholds."+b.Limits[i].ID+".says", &b.Limits[i].Says)
	}
	for i := range b.Sources {
		yield("sources."+b.Sources[i].ID+".remark", &b.Sources[i].Remark)
	}
	for i := range b.Passages {
		p := &b.Passages[i]
		each("passages."+p.ID, map[string]*string{
			"section": &p.Section, "says": &p.Says, "correction": &p.Correction, "unused": &p.Unused,
		})
	}
	for i := range b.Regions {
		r := &b.Regions[i]
		path := "regions." + r.ID
		each(path, map[string]*string{"name": &r.Name, "emergency": &r.Emergency, "urgent": &r.Urgent, "eating": &r.Eating})
		for j := range r.Crisis {
			yield(fmt.Sprintf("%s.crisis.%d", path, j), &r.Crisis[j])
		}
		for j := range r.Minors {
			yield(fmt.Sprintf("%s.minors.%d", path, j), &r.Minors[j])
		}
	}
}

func (a *Advice) eachText(path string, yield func(path string, text *string)) {
	for name, text := range map[string]*string{
		"title": &a.Title, "do": &a.Do, "plan": &a.Plan, "why": &a.Why, "notice": &a.Notice, "always": &a.Always,
		"correction": &a.Correction, "not_if": &a.NotIf, "unknown": &a.Unknown,
	} {
		yield(path+"."+name, text)
	}
	for i := range a.Variants {
		v := &a.Variants[i]
		for name, text := range map[string]*string{"title": &v.Title, "do": &v.Do, "plan": &v.Plan, "note": &v.Note} {
			yield(path+".variants."+v.ID+"."+name, text)
		}
	}
}
