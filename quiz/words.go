package quiz

import "fmt"

// EachText calls yield with every text a visitor can read and its path, so that
// another language can replace it and the words can be checked.
func (q *Questionnaire) EachText(yield func(path string, text *string)) {
	each := func(path string, fields map[string]*string) {
		for name, text := range fields {
			yield(path+"."+name, text)
		}
	}
	for i := range q.Sections {
		s := &q.Sections[i]
		each("sections."+s.ID, map[string]*string{"name": &s.Name, "skip_text": &s.SkipText})
	}
	for i := range q.Pillars {
		p := &q.Pillars[i]
		each("pillars."+p.ID, map[string]*string{"name": &p.Name, "counts": &p.Counts, "basis": &p.Basis})
	}
	for i := range q.Bands {
		yield("bands."+q.Bands[i].ID+".name", &q.Bands[i].Name)
	}
	for i := range q.Gut {
		yield("gut_signals."+q.Gut[i].ID+".name", &q.Gut[i].Name)
	}
	yield("skin_signals.professional_name", &q.Skin.ProfessionalName)
	for i := range q.Questions {
		x := &q.Questions[i]
		path := "questions." + x.ID
		each(path, map[string]*string{
			"text": &x.Text, "short": &x.Short, "hint": &x.Hint, "why": &x.Why,
			"error": &x.Error, "again": &x.Again, "basis": &x.Basis,
		})
		for j := range x.Options {
			o := &x.Options[j]
			each(path+".options."+o.ID, map[string]*string{
				"text": &o.Text, "hint": &o.Hint, "said": &o.Said, "good": &o.Good,
			})
		}
		if x.Range == nil {
			continue
		}
		r := x.Range
		each(path+".range", map[string]*string{
			"unit": &r.Unit, "said": &r.Said, "said_zero": &r.SaidZero, "said_one": &r.SaidOne,
			"said_two": &r.SaidTwo, "said_few": &r.SaidFew, "said_many": &r.SaidMany,
		})
		for j := range x.Range.Steps {
			yield(fmt.Sprintf("%s.range.steps.%d.good", path, j), &x.Range.Steps[j].Good)
		}
	}
}
