package data

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"gutskin/quiz"
	"gutskin/recommend"
)

// assemble builds a library from the files of a content folder. Content that served
// before is taken as it is: a rule that came later must not lock old results.
func assemble(files map[string][]byte, servedBefore bool) (*Library, error) {
	a := &assembly{files: files, trees: grow(files), lenient: servedBefore}
	site, words := a.shared()
	source := a.edition(site, site.SourceLanguage, words)
	a.sourceForms(source)
	a.unknownFiles(source.Quiz)
	if len(a.problems) > 0 {
		return nil, a.problems.sorted()
	}
	packed := sync.OnceValue(func() []byte { return pack(files) }) // 10 ms, and not needed to start
	library := &Library{hash: hash(files), packed: packed, source: source.Lang, editions: map[string]*Edition{source.Lang: source}, pictures: map[string][]byte{}}
	for name, body := range files {
		if pictured(name) {
			library.pictures[name] = body
		}
	}
	source.Hash = library.hash
	if !servedBefore {
		a.judge(source)
	}
	for _, name := range a.names("locales/") {
		switch lang := languageOf(name); {
		case lang == source.Lang:
		case site.offers(lang):
			library.editions[lang] = a.overlay(source, name)
		default:
			library.hidden = append(library.hidden, lang)
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
	trees    map[string]tree // of the files that grow has taken apart
	problems Problems
	places   atlas
	charts   map[string]atlas // file → its places
	used     []string
	lenient  bool // fields and files that this program no longer knows are passed over
}

// locale is one file of interface words. For another language than the source it
// also carries words of the content, by path.
type locale struct {
	Name    string            `yaml:"name"`
	Dir     string            `yaml:"dir"`
	Words   map[string]string `yaml:"words"`
	Content map[string]string `yaml:"content"`
}

func (a *assembly) shared() (Site, locale) {
	var site Site
	a.decode(siteFile, &site)
	site.SourceLanguage = cmp.Or(site.SourceLanguage, "en")
	var words locale
	a.decode("locales/"+site.SourceLanguage+".yaml", &words)
	if len(words.Words) == 0 {
		a.problem("locales/"+site.SourceLanguage+".yaml", "words", "there are no words of the interface here, they stand under words:")
	}
	a.checkSite(&site)
	return site, words
}

// edition decodes the content afresh: editions share nothing that an overlay could
// change.
func (a *assembly) edition(site Site, lang string, words locale) *Edition {
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
			Advice  []recommend.Advice `yaml:"advice"`
			Retired []string           `yaml:"retired"`
		}
		a.decode(name, &file)
		b.Advice = append(b.Advice, file.Advice...)
		b.Retired = append(b.Retired, file.Retired...)
	}
	slices.SortStableFunc(b.Advice, func(x, y recommend.Advice) int { return strings.Compare(x.ID, y.ID) })
	a.register(b)
	if words.Name == "" {
		a.problem("locales/"+lang+".yaml", "name", "say what the language calls itself, as in name: Deutsch")
	}
	if words.Dir != "" && words.Dir != "ltr" && words.Dir != "rtl" {
		a.problem("locales/"+lang+".yaml", "dir", "the direction is %q, it must be ltr or rtl", words.Dir)
	}
	b.Speech = speech(lang, words.Words)
	q.Compile()
	b.Compile()
	return &Edition{Lang: lang, Name: cmp.Or(words.Name, lang), Dir: cmp.Or(words.Dir, "ltr"), Site: site, Quiz: q, Book: b.For(q), Words: words.Words}
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
		problems = slices.Concat(e.Book.Problems(e.Quiz), passportProblems(e), wordProblems(e))
	}
	for _, p := range problems {
		a.problems = append(a.problems, a.atlas().locate(p))
	}
	region := func(r recommend.Region) bool { return r.ID == e.Site.Region }
	if e.Site.Region != "" && !slices.ContainsFunc(e.Book.Regions, region) {
		a.problem(siteFile, "region", "no region has the id %q", e.Site.Region)
	}
	a.judgeSite(e)
}

// decode reads one file into v, strictly.
func (a *assembly) decode(name string, v any) {
	a.used = append(a.used, name)
	if _, ok := a.files[name]; !ok {
		a.problems = append(a.problems, Problem{File: name, Line: 1, Column: 1, Text: "this file is missing"})
		return
	}
	t := a.tree(name)
	if t.wrong != nil {
		p := *t.wrong
		p.File = name
		a.add(p)
		return
	}
	err := t.decode(v, !a.lenient)
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
	a.add(p)
}

// add notes a problem once: an overlay reads the content again.
func (a *assembly) add(p Problem) {
	if !slices.Contains(a.problems, p) {
		a.problems = append(a.problems, p)
	}
}

func (a *assembly) problem(file, key, format string, args ...any) {
	if a.lenient {
		return
	}
	at, ok := a.chart(file)[key]
	if !ok {
		at = Problem{File: file, Line: 1, Column: 1}
	}
	at.Text = fmt.Sprintf(format, args...)
	a.problems = append(a.problems, at)
}

// missing is a problem of a language that is not complete yet.
func (a *assembly) missing(file, key, format string, args ...any) {
	before := len(a.problems)
	a.problem(file, key, format, args...)
	for i := range a.problems[before:] {
		a.problems[before+i].untranslated = true
	}
}

// chart knows the places of one file, drawn once: a language just begun lacks
// thousands of texts.
func (a *assembly) chart(file string) atlas {
	places, ok := a.charts[file]
	if !ok {
		places = atlas{}
		places.chart(file, a.tree(file))
		if a.charts == nil {
			a.charts = map[string]atlas{}
		}
		a.charts[file] = places
	}
	return places
}

// atlas is drawn only when there is something to place.
func (a *assembly) atlas() atlas {
	if a.places == nil {
		a.places = atlas{}
		for _, name := range slices.Sorted(maps.Keys(a.files)) {
			if !strings.HasPrefix(name, "locales/") && !rehearsed(name) && !pictured(name) {
				a.places.chart(name, a.tree(name))
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
// otherwise drop its content in silence. Without sections every topic looks unknown.
func (a *assembly) unknownFiles(q *quiz.Questionnaire) {
	if a.lenient || len(q.Sections) == 0 {
		return
	}
	for name := range a.files {
		if path.Dir(name) == "locales" || rehearsed(name) || pictured(name) {
			continue
		}
		if !slices.Contains(a.used, name) {
			a.problems = append(a.problems, Problem{File: name, Line: 1, Column: 1, Text: "nothing reads this file, check its name and folder"})
		}
	}
}

func languageOf(name string) string { return strings.TrimSuffix(path.Base(name), ".yaml") }
