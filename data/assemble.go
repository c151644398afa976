package data

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"gutskin/quiz"
	"gutskin/recommend"
)

// assemble builds a library from the files of a content folder.
func assemble(files map[string][]byte) (*Library, error) {
	a := &assembly{files: files}
	site, words := a.shared()
	source := a.edition(site, words)
	a.unknownFiles()
	if len(a.problems) > 0 {
		return nil, a.problems.sorted()
	}
	packed, err := pack(files)
	if err != nil {
		return nil, err
	}
	library := &Library{hash: hash(files), packed: packed, source: source.Lang, editions: map[string]*Edition{source.Lang: source}}
	source.Hash = library.hash
	a.judge(source)
	for _, name := range a.names("locales/") {
		if lang := language(name); lang != source.Lang {
			library.editions[lang] = a.overlay(source, name)
		}
	}
	if len(a.problems) > 0 {
		return nil, a.problems.sorted()
	}
	return library, nil
}

// assembly collects problems while it reads.
type assembly struct {
	files    map[string][]byte
	problems Problems
	places   atlas
	used     []string
}

// locale is one file of interface words. For another language than the source it
// also carries words of the content, by path.
type locale struct {
	Dir     string            `yaml:"dir"`
	Words   map[string]string `yaml:"words"`
	Content map[string]string `yaml:"content"`
}

func (a *assembly) shared() (Site, locale) {
	var site Site
	a.decode("site.yaml", &site)
	site.SourceLanguage = cmp.Or(site.SourceLanguage, "en")
	var words locale
	a.decode("locales/"+site.SourceLanguage+".yaml", &words)
	if site.KeepMonths < 1 || site.KeepMonths > 120 {
		a.problem("site.yaml", "keep_months", "results are kept for 1 to 120 months, not %d", site.KeepMonths)
	}
	if site.Brand == "" {
		a.problem("site.yaml", "brand", "give the check a name")
	}
	return site, words
}

// edition decodes the content afresh: editions share nothing that an overlay could
// change.
func (a *assembly) edition(site Site, words locale) *Edition {
	q, b := &quiz.Questionnaire{}, &recommend.Book{}
	a.decode("questionnaire.yaml", q)
	for _, s := range q.Sections {
		var topic struct {
			Section   string          `yaml:"section"`
			Questions []quiz.Question `yaml:"questions"`
		}
		name := "topics/" + s.ID + ".yaml"
		a.decode(name, &topic)
		if topic.Section != s.ID {
			a.problem(name, "section", "this file is for the section %q, not %q", s.ID, topic.Section)
		}
		for i := range topic.Questions {
			topic.Questions[i].Section = s.ID
		}
		q.Questions = append(q.Questions, topic.Questions...)
	}
	a.decode("safety.yaml", b)
	a.decode("kitchen.yaml", &b.Kitchen)
	for _, name := range a.names("advice/") {
		var file struct {
			Advice []recommend.Advice `yaml:"advice"`
		}
		a.decode(name, &file)
		b.Advice = append(b.Advice, file.Advice...)
	}
	slices.SortStableFunc(b.Advice, func(x, y recommend.Advice) int { return strings.Compare(x.ID, y.ID) })
	a.register(b)
	q.Compile()
	b.Compile()
	return &Edition{Lang: site.SourceLanguage, Dir: cmp.Or(words.Dir, "ltr"), Site: site, Quiz: q, Book: b, Words: words.Words}
}

func (a *assembly) register(b *recommend.Book) {
	var evidence struct {
		Grades     []recommend.GradeWords `yaml:"grades"`
		Topics     []recommend.Topic      `yaml:"topics"`
		Thresholds []recommend.Threshold  `yaml:"thresholds"`
	}
	a.decode("evidence.yaml", &evidence)
	b.Grades, b.Evidence, b.Limits = evidence.Grades, evidence.Topics, evidence.Thresholds
	var sources struct {
		Sources []recommend.Source `yaml:"sources"`
	}
	a.decode("sources.yaml", &sources)
	b.Sources = sources.Sources
	var passages struct {
		Passages []recommend.Passage `yaml:"passages"`
	}
	a.decode("passages.yaml", &passages)
	b.Passages = passages.Passages
	var conflicts struct {
		Conflicts []recommend.Conflict `yaml:"conflicts"`
	}
	a.decode("conflicts.yaml", &conflicts)
	b.Conflict = conflicts.Conflicts
	var regions struct {
		Regions []recommend.Region `yaml:"regions"`
	}
	a.decode("regions.yaml", &regions)
	b.Regions = regions.Regions
}

// judge adds what the domain finds wrong, placed in the files.
func (a *assembly) judge(e *Edition) {
	problems := e.Quiz.Problems()
	if len(problems) == 0 {
		problems = append(e.Book.Problems(e.Quiz), wordProblems(e)...)
	}
	for _, p := range problems {
		a.problems = append(a.problems, a.atlas().locate(p))
	}
}

// overlay is the source edition with the words of another language. It cannot
// carry a point or a rule: only texts are replaced.
func (a *assembly) overlay(source *Edition, name string) *Edition {
	var words locale
	a.decode(name, &words)
	e := a.edition(source.Site, words)
	e.Lang, e.Hash = language(name), source.Hash
	for key := range source.Words {
		if words.Words[key] == "" {
			a.problem(name, "words", "the words %q are missing", key)
		}
	}
	for key := range words.Words {
		if _, ok := source.Words[key]; !ok {
			a.problem(name, "words."+key, "the source language has no words %q", key)
		}
	}
	texts := map[string]bool{}
	replace := func(path string, text *string) {
		texts[path] = true
		switch translated, ok := words.Content[path]; {
		case ok:
			*text = translated
		case *text != "":
			a.problem(name, "content", "the text %q is missing", path)
		}
	}
	e.Quiz.EachText(replace)
	e.Book.EachText(replace)
	for path := range words.Content {
		if !texts[path] {
			a.problem(name, "content."+path, "the content has no text %q", path)
		}
	}
	return e
}

// decode reads one file into v, strictly.
func (a *assembly) decode(name string, v any) {
	a.used = append(a.used, name)
	body, ok := a.files[name]
	if !ok {
		a.problems = append(a.problems, Problem{File: name, Line: 1, Column: 1, Text: "this file is missing"})
		return
	}
	err := yaml.UnmarshalWithOptions(body, v, yaml.Strict())
	if err == nil {
		return
	}
	p := Problem{File: name, Line: 1, Column: 1, Text: err.Error()}
	var placed yaml.Error
	if errors.As(err, &placed) {
		p.Text = placed.GetMessage()
		if t := placed.GetToken(); t != nil && t.Position != nil {
			p.Line, p.Column = t.Position.Line, t.Position.Column
		}
	}
	if !slices.Contains(a.problems, p) {
		a.problems = append(a.problems, p)
	}
}

func (a *assembly) problem(file, key, format string, args ...any) {
	places := atlas{}
	places.chart(file, a.files[file])
	at, ok := places[key]
	if !ok {
		at = Problem{File: file, Line: 1, Column: 1}
	}
	at.Text = fmt.Sprintf(format, args...)
	a.problems = append(a.problems, at)
}

// atlas is drawn only when there is something to place.
func (a *assembly) atlas() atlas {
	if a.places == nil {
		a.places = atlas{}
		for _, name := range slices.Sorted(maps.Keys(a.files)) {
			if !strings.HasPrefix(name, "locales/") && !strings.HasPrefix(name, "personas/") {
				a.places.chart(name, a.files[name])
			}
		}
	}
	return a.places
}

func (a *assembly) names(folder string) []string {
	var names []string
	for name := range a.files {
		if strings.HasPrefix(name, folder) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// unknownFiles names files that nothing reads: a typo in a file name would
// otherwise drop its content in silence.
func (a *assembly) unknownFiles() {
	for name := range a.files {
		if folder := path.Dir(name); folder == "personas" || folder == "locales" {
			continue
		}
		if !slices.Contains(a.used, name) {
			a.problems = append(a.problems, Problem{File: name, Line: 1, Column: 1, Text: "nothing reads this file, check its name and folder"})
		}
	}
}

func language(name string) string { return strings.TrimSuffix(path.Base(name), ".yaml") }
