package data

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"gutskin/quiz"
	"gutskin/recommend"
)

// Expectation is what must hold of a persona's report. What is left out is not
// looked at; an empty list means that nothing may be there.
type Expectation struct {
	Scores   map[string]int      `yaml:"scores"` // pillar or overall → exact score
	Bands    map[string]string   `yaml:"bands"`
	States   map[string]string   `yaml:"states"`
	Ranges   map[string][]int    `yaml:"ranges"` // pillar or overall → [low, high]
	Labels   map[string]any      `yaml:"labels"`
	Care     *[]string           `yaml:"care"`   // exactly these, in this order
	Levels   map[string]string   `yaml:"levels"` // rule → level
	Top      *[]string           `yaml:"top"`    // exactly these, in this order
	More     *[]string           `yaml:"more"`
	Beyond   *[]string           `yaml:"beyond"`
	Shows    []string            `yaml:"shows"` // these, anywhere
	Never    []string            `yaml:"never"` // none of these, anywhere
	Held     *[]string           `yaml:"held"`  // exactly these
	HeldBy   map[string][]string `yaml:"held_by"`
	Variants map[string][]string `yaml:"variants"` // advice → at least these
	Cautions map[string][]string `yaml:"cautions"` // advice → exactly these rules' words on its card
	Priority map[string]float64  `yaml:"priority"` // advice → its rank
	Says     []string            `yaml:"says"`     // somewhere in what this person reads
	Unsaid   []string            `yaml:"unsaid"`   // nowhere in it
}

func (x *Expectation) check(f *quiz.Finder, path string, e *Edition, r recommend.Report) {
	x.checkScores(f, path, r)
	x.checkAdvice(f, path, e, r)
	for key, want := range x.Labels {
		got := map[string]any{"gut": r.Labels.Gut, "skin": r.Labels.Skin, "see_professional": r.Labels.SeeProfessional}[key]
		if fmt.Sprint(got) != fmt.Sprint(want) {
			f.Add(path+".labels."+key, "the label is %v, not %v", got, want)
		}
	}
	if len(x.Says)+len(x.Unsaid) == 0 {
		return
	}
	said := strings.ToLower(Spoken(e, r))
	for _, text := range x.Says {
		if !strings.Contains(said, strings.ToLower(text)) {
			f.Add(path+".says."+text, "this person does not read %q", text)
		}
	}
	for _, text := range x.Unsaid {
		if strings.Contains(said, strings.ToLower(text)) {
			f.Add(path+".unsaid."+text, "this person reads %q", text)
		}
	}
}

func (x *Expectation) checkScores(f *quiz.Finder, path string, r recommend.Report) {
	for key, pillars := range map[string]iter.Seq[string]{
		"scores": maps.Keys(x.Scores), "bands": maps.Keys(x.Bands), "states": maps.Keys(x.States), "ranges": maps.Keys(x.Ranges),
	} {
		for pillar := range pillars {
			if !slices.ContainsFunc(r.Scores, func(s quiz.Score) bool { return s.Pillar == pillar }) {
				f.Add(path+"."+key+"."+pillar, "no pillar has the id %q", pillar)
			}
		}
	}
	for _, s := range r.Scores {
		if want, ok := x.States[s.Pillar]; ok && want != string(s.State) {
			f.Add(path+".states."+s.Pillar, "the score is %s, not %s", s.State, want)
		}
		value, band, bounds := -1, "none", []int{}
		if s.Figures != nil {
			value, band, bounds = s.Value, s.Band, []int{s.Low, s.High}
		}
		if want, ok := x.Scores[s.Pillar]; ok && want != value {
			f.Add(path+".scores."+s.Pillar, "the score is %d (%s), not %d", value, s.State, want)
		}
		if want, ok := x.Bands[s.Pillar]; ok && want != band {
			f.Add(path+".bands."+s.Pillar, "the band is %s, not %s", band, want)
		}
		if want, ok := x.Ranges[s.Pillar]; ok && !slices.Equal(want, bounds) {
			f.Add(path+".ranges."+s.Pillar, "the range is %v, not %v", bounds, want)
		}
	}
}

func (x *Expectation) checkAdvice(f *quiz.Finder, path string, e *Edition, r recommend.Report) {
	care := x.checkCare(f, path, r)
	held := x.checkHeld(f, path, r)
	exactly := func(key string, want *[]string, got []string) {
		if want != nil && !slices.Equal(*want, got) {
			f.Add(path+"."+key, "%s is %v, not %v", key, got, *want)
		}
	}
	exactly("care", x.Care, care)
	exactly("held", x.Held, held)
	exactly("top", x.Top, ids(r.Top))
	exactly("more", x.More, ids(r.More))
	exactly("beyond", x.Beyond, ids(r.Beyond))
	shown := append(r.Shown(), care...)
	for _, id := range x.Never {
		switch {
		case slices.Contains(shown, id):
			f.Add(path+".never."+id, "%s is shown", id)
		case e.Book.AdviceByID(id) == nil && e.Book.RuleByID(id) == nil:
			f.Add(path+".never."+id, "no advice or rule has the id %q", id)
		}
	}
	missing := func(key, id string) {
		if !slices.Contains(shown, id) {
			f.Add(path+"."+key+"."+id, "%s is not shown", id)
		}
	}
	for id := range x.Variants {
		missing("variants", id)
	}
	for id := range x.Cautions {
		missing("cautions", id)
	}
	for id := range x.Priority {
		missing("priority", id)
	}
	for _, id := range x.Shows {
		missing("shows", id)
	}
	for _, shelf := range r.Shelves() {
		for i := range shelf {
			x.checkPick(f, path, &shelf[i])
		}
	}
}

func (x *Expectation) checkCare(f *quiz.Finder, path string, r recommend.Report) []string {
	care := []string{}
	for _, n := range r.Care {
		care = append(care, n.ID)
		if want, ok := x.Levels[n.ID]; ok && want != string(n.Level) {
			f.Add(path+".levels."+n.ID, "%s is %s, not %s", n.ID, n.Level, want)
		}
	}
	for id := range x.Levels {
		if !slices.Contains(care, id) {
			f.Add(path+".levels."+id, "%s is not among the notices", id)
		}
	}
	return care
}

func (x *Expectation) checkHeld(f *quiz.Finder, path string, r recommend.Report) []string {
	held := []string{}
	for _, h := range r.Held {
		held = append(held, h.ID)
		if want, ok := x.HeldBy[h.ID]; ok && !slices.Equal(want, h.By) {
			f.Add(path+".held_by."+h.ID, "%s is held by %v, not %v", h.ID, h.By, want)
		}
	}
	for id := range x.HeldBy {
		if !slices.Contains(held, id) {
			f.Add(path+".held_by."+id, "%s is not held", id)
		}
	}
	return held
}

func (x *Expectation) checkPick(f *quiz.Finder, path string, p *recommend.Pick) {
	for _, v := range x.Variants[p.ID] {
		if !slices.Contains(p.Variants, v) {
			f.Add(path+".variants."+p.ID, "%s is fitted for %v, not for %s", p.ID, p.Variants, v)
		}
	}
	if want, ok := x.Cautions[p.ID]; ok && !slices.Equal(want, p.Cautions) {
		f.Add(path+".cautions."+p.ID, "%s carries the words of %v, not of %v", p.ID, p.Cautions, want)
	}
	if want, ok := x.Priority[p.ID]; ok && (p.Priority == nil || float64(*p.Priority) != want*100) {
		f.Add(path+".priority."+p.ID, "%s does not rank %v", p.ID, want)
	}
}

func ids(picks []recommend.Pick) []string {
	ids := []string{}
	for i := range picks {
		ids = append(ids, picks[i].ID)
	}
	return ids
}
