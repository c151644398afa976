package data

import (
	"fmt"
	"io/fs"
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

// People are the personas of a content folder, with their answers filled in.
type People struct {
	list   []Persona
	places atlas
}

// LoadPeople reads the personas of a content folder.
func LoadPeople(fsys fs.FS) (*People, error) {
	people := &People{places: atlas{}}
	files, err := read(fsys)
	if err != nil {
		return nil, err
	}
	a := &assembly{files: files}
	for _, name := range a.names("personas/") {
		var file struct {
			Personas []Persona `yaml:"personas"`
		}
		a.decode(name, &file)
		people.list = append(people.list, file.Personas...)
		people.places.chart(name, a.tree(name))
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
			report = e.Assess(answers, p.Acknowledged...)
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
