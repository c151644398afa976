package data

import (
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"gutskin/quiz"
	"gutskin/recommend"
)

// Persona is a made-up person and what the check must tell them: a test that the
// owner writes.
type Persona struct {
	ID           string         `yaml:"id"`
	About        string         `yaml:"about"`
	Like         string         `yaml:"like"`    // start from this persona's answers
	Answers      map[string]any `yaml:"answers"` // option, list of options, number, or null for a skip
	Acknowledged []string       `yaml:"acknowledged"`
	Expect       Expectation    `yaml:"expect"`
}

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
	Priority map[string]float64  `yaml:"priority"` // advice → its rank
	Says     []string            `yaml:"says"`     // somewhere in what this person reads
	Unsaid   []string            `yaml:"unsaid"`   // nowhere in it
}

// People are the personas of a content folder, with their answers filled in.
type People struct {
	list   []Persona
	places atlas
}

// LoadPeople reads the personas of a content folder.
func LoadPeople(fsys fs.FS) (*People, error) {
	people := &People{places: atlas{}}
	names, err := fs.Glob(fsys, "personas/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("read the personas: %w", err)
	}
	a := &assembly{files: map[string][]byte{}}
	for _, name := range names {
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read the personas: %w", err)
		}
		a.files[name] = body
		var file struct {
			Personas []Persona `yaml:"personas"`
		}
		a.decode(name, &file)
		people.list = append(people.list, file.Personas...)
		people.places.chart(name, body)
	}
	finder := &quiz.Finder{}
	quiz.Unique(finder, "personas", people.list, func(p *Persona) string { return p.ID })
	for i := range people.list {
		people.inherit(finder, &people.list[i])
	}
	for _, p := range finder.Problems {
		a.problems = append(a.problems, people.places.locate(p))
	}
	if len(a.problems) > 0 {
		return nil, a.problems.sorted()
	}
	return people, nil
}

// inherit fills in the answers of the persona that this one is like. Only earlier
// personas can be taken, so no circle can be written.
func (l *People) inherit(f *quiz.Finder, p *Persona) {
	if p.Like == "" {
		return
	}
	for i := range l.list {
		if like := &l.list[i]; like.ID == p.Like && like != p {
			answers := map[string]any{}
			maps.Copy(answers, like.Answers)
			maps.Copy(answers, p.Answers)
			p.Answers = answers
			return
		}
		if &l.list[i] == p {
			break
		}
	}
	f.Add("personas."+p.ID+".like", "no earlier persona has the id %q", p.Like)
}

// Len is how many there are.
func (l *People) Len() int { return len(l.list) }

// Each assesses every persona with an edition.
func (l *People) Each(e *Edition, yield func(Persona, recommend.Report, error)) {
	for _, p := range l.list {
		answers, err := p.answers()
		if err == nil {
			err = e.Quiz.Check(answers)
		}
		var report recommend.Report
		if err == nil {
			report = recommend.Assess(e.Quiz, e.Book, answers, p.Acknowledged...)
		}
		yield(p, report, err)
	}
}

// Check returns every expectation that an edition does not meet.
func (l *People) Check(e *Edition) Problems {
	var problems Problems
	l.Each(e, func(p Persona, r recommend.Report, err error) {
		f := &quiz.Finder{}
		if err != nil {
			f.Add("personas."+p.ID+".answers", "%s", strings.ReplaceAll(err.Error(), "\n", "; "))
		} else {
			p.Expect.check(f, "personas."+p.ID+".expect", e, r)
		}
		for _, found := range f.Problems {
			problems = append(problems, l.places.locate(found))
		}
	})
	return problems.sorted()
}

func (p *Persona) answers() (quiz.Answers, error) {
	answers := quiz.Answers{}
	for id, value := range p.Answers {
		body, err := yaml.MarshalWithOptions(value, yaml.JSON())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", id, err)
		}
		var answer quiz.Answer
		if err := answer.UnmarshalJSON(body); err != nil {
			return nil, fmt.Errorf("%s: %w", id, err)
		}
		answers[id] = answer
	}
	return answers, nil
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
	exactly := func(key string, want *[]string, got []string) {
		if want != nil && !slices.Equal(*want, got) {
			f.Add(path+"."+key, "%s is %v, not %v", key, got, *want)
		}
	}
	care, held := []string{}, []string{}
	for _, n := range r.Care {
		care = append(care, n.ID)
		if want, ok := x.Levels[n.ID]; ok && want != string(n.Level) {
			f.Add(path+".levels."+n.ID, "%s is %s, not %s", n.ID, n.Level, want)
		}
	}
	for _, h := range r.Held {
		held = append(held, h.ID)
		if want, ok := x.HeldBy[h.ID]; ok && !slices.Equal(want, h.By) {
			f.Add(path+".held_by."+h.ID, "%s is held by %v, not %v", h.ID, h.By, want)
		}
	}
	for id := range x.Levels {
		if !slices.Contains(care, id) {
			f.Add(path+".levels."+id, "%s is not among the notices", id)
		}
	}
	for id := range x.HeldBy {
		if !slices.Contains(held, id) {
			f.Add(path+".held_by."+id, "%s is not held", id)
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

func (x *Expectation) checkPick(f *quiz.Finder, path string, p *recommend.Pick) {
	for _, v := range x.Variants[p.ID] {
		if !slices.Contains(p.Variants, v) {
			f.Add(path+".variants."+p.ID, "%s is fitted for %v, not for %s", p.ID, p.Variants, v)
		}
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

// Spoken is every sentence about advice and safety that the owner of a report
// reads: what the promise that held foods are never named is tested on.
func Spoken(e *Edition, r recommend.Report) string {
	reader := recommend.NewReader(e.Quiz, e.Book, e.Site.Region, r.Answers, r.Acknowledged...)
	var out []string
	for _, n := range r.Care {
		if n.Level == recommend.Care {
			out = append(out, reader.Advice(n.ID, nil).All()...)
			continue
		}
		words := reader.Rule(n.ID)
		out = append(append(out, words.Heading), words.Say...)
	}
	for _, shelf := range r.Shelves() {
		for i := range shelf {
			out = append(out, reader.Advice(shelf[i].ID, &shelf[i]).All()...)
		}
	}
	return strings.Join(out, "\n")
}

// Coverage says which recommendations and safety rules no persona gets, and which
// every persona gets: what is not shown in one and absent in another is not tested.
func (l *People) Coverage(e *Edition) []string {
	seen := map[string]int{}
	assessed := 0
	l.Each(e, func(_ Persona, r recommend.Report, err error) {
		if err != nil {
			return
		}
		assessed++
		shown := r.Shown()
		for _, n := range r.Care {
			if n.Level != recommend.Care {
				shown = append(shown, n.ID)
			}
		}
		for _, h := range r.Held {
			for _, id := range h.By {
				if rule := e.Book.RuleByID(id); rule != nil && rule.Silent && !slices.Contains(shown, id) {
					shown = append(shown, id)
				}
			}
		}
		for _, id := range shown {
			seen[id]++
		}
	})
	var lines []string
	say := func(id string) {
		switch seen[id] {
		case 0:
			lines = append(lines, fmt.Sprintf("no persona gets %s", id))
		case assessed:
			lines = append(lines, fmt.Sprintf("every persona gets %s", id))
		}
	}
	for i := range e.Book.Rules {
		say(e.Book.Rules[i].ID)
	}
	for i := range e.Book.Advice {
		say(e.Book.Advice[i].ID)
	}
	return lines
}
