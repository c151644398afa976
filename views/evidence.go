package views

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"gutskin/recommend"
)

// EvidencePage lists every source with all that rests on it, and says of each topic
// how sure we are and why.
type EvidencePage struct {
	Page
	Lead, Strong string // how much there is, and how little of it is strong for skin
	Grades       []GradeLine
	Topics       []TopicCard
	Doubts       []Doubt
	Numbers      []Entry
	Ideas        []IdeaGroup
	Rules        []Entry
	Letters      []EvidenceLetter
	Reviewed     string
}

// GradeLine is what a grade means, and how many topics have it.
type GradeLine struct{ Dots, Name, Means, Count string }

// TopicCard is a topic with both its grades.
type TopicCard struct {
	Entry
	Name    string
	Grades  string
	Against string // said where good evidence speaks against it
	Why     string
}

// Doubt is a kind of weakness, with what has it.
type Doubt struct {
	Title, Says string
	Uses        []Use
}

// Entry is one statement of the page and what it is linked with.
type Entry struct {
	ID, Says string
	Note     string // said where no source is claimed
	Uses     []Use
}

// Use is one end of a link between a source and what rests on it.
type Use struct {
	Kind    string // what it is, as in "Idea:"
	Text    string
	Href    string // "" where there is nothing to open
	Foreign bool   // a citation, which is the same in every language
}

// IdeaGroup is all advice drawn from the article, or all that goes beyond it.
type IdeaGroup struct {
	Name  string
	Ideas []Idea
}

// Idea is an advice with its grades.
type Idea struct {
	Link
	Grades string
}

// EvidenceLetter is the sources that begin with it.
type EvidenceLetter struct {
	Name    string
	Sources []SourceCard
}

// SourceCard is a source with all that rests on it.
type SourceCard struct {
	SourceLine
	ID, Remark string
	Memory     bool // its details are from memory and wait for a check
	Uses       []Use
}

// Template names the page's template.
func (EvidencePage) Template() string { return "evidence" }

// NewEvidencePage makes the page from the evidence of the content.
func NewEvidencePage(p Page) EvidencePage {
	w := newEvidence(p)
	book := p.Edition.Book
	page := EvidencePage{
		Page:     p,
		Lead:     p.T("evidence.lead", len(book.Sources), len(book.Evidence)),
		Strong:   p.T("evidence.strong", w.count(recommend.Strong, skinGrade), len(book.Evidence)),
		Grades:   w.grades(),
		Doubts:   w.doubts(),
		Ideas:    w.ideas(),
		Letters:  w.letters(),
		Reviewed: p.reviewed(),
	}
	for i := range book.Evidence {
		page.Topics = append(page.Topics, w.topic(&book.Evidence[i]))
	}
	for _, t := range book.Limits {
		page.Numbers = append(page.Numbers, Entry{ID: t.ID, Says: w.reader.Text(t.Says), Uses: w.cited(t.Sources)})
	}
	for i := range book.Rules {
		if entry := w.rule(&book.Rules[i]); entry.Says != "" {
			page.Rules = append(page.Rules, entry)
		}
	}
	page.named(p.T("evidence.title"))
	page.Description = p.T("evidence.meta")
	page.Back = ""
	return page
}

// evidence puts the evidence of an edition into words that are the same for
// everyone.
type evidence struct{ adviceCards }

func newEvidence(p Page) evidence {
	reader := recommend.NewReader(p.Edition.Quiz, p.Edition.Book, p.Edition.Site.Region, nil)
	return evidence{adviceCards{Page: p, reader: reader}}
}

func skinGrade(t *recommend.Topic) recommend.Grade   { return t.Skin }
func healthGrade(t *recommend.Topic) recommend.Grade { return t.Health }

func (w evidence) count(g recommend.Grade, of func(*recommend.Topic) recommend.Grade) int {
	n := 0
	for i := range w.Edition.Book.Evidence {
		if of(&w.Edition.Book.Evidence[i]) == g {
			n++
		}
	}
	return n
}

func (w evidence) grades() []GradeLine {
	var lines []GradeLine
	for i := range w.Edition.Book.Grades {
		g := &w.Edition.Book.Grades[i]
		lines = append(lines, GradeLine{
			Dots: dots(g), Name: g.Name, Means: g.Means,
			Count: w.T("evidence.count", w.count(g.ID, healthGrade), w.count(g.ID, skinGrade)),
		})
	}
	return lines
}

func (w evidence) topic(t *recommend.Topic) TopicCard {
	card := TopicCard{
		Entry:  Entry{ID: t.ID, Says: w.reader.Text(t.Says), Uses: w.cited(t.Sources)},
		Name:   t.Name,
		Grades: w.T("evidence.grades", w.grade(t.Health), w.grade(t.Skin)),
		Why:    w.reader.Text(t.Why),
	}
	if t.Against {
		card.Against = w.T("evidence.against")
	}
	card.Uses = append(card.Uses, w.advised(func(a *recommend.Advice) bool { return slices.Contains(a.Evidence, t.ID) })...)
	card.Uses = append(card.Uses, w.asked(t.ID)...)
	return card
}

// grade is the name of a grade inside a sentence.
func (w evidence) grade(g recommend.Grade) string {
	words := w.Edition.Book.GradeByID(g)
	if words == nil {
		return string(g)
	}
	return cmp.Or(words.Mid, words.Name)
}

// doubts gathers what is weak, so that nobody has to look for it.
func (w evidence) doubts() []Doubt {
	topics := func(of func(*recommend.Topic) bool) []Use {
		var list []Use
		for i := range w.Edition.Book.Evidence {
			if t := &w.Edition.Book.Evidence[i]; of(t) {
				list = append(list, w.known(t))
			}
		}
		return list
	}
	weak := topics(func(t *recommend.Topic) bool { return t.Skin == recommend.Weak || t.Health == recommend.Weak })
	against := topics(func(t *recommend.Topic) bool { return t.Against })
	judged := w.advised(func(a *recommend.Advice) bool { return a.Judgement })
	for i := range w.Edition.Book.Rules {
		if r := &w.Edition.Book.Rules[i]; r.Judged && r.Heading != "" {
			judged = append(judged, w.guarded(r))
		}
	}
	var memory []Use
	for i := range w.Edition.Book.Sources {
		if s := &w.Edition.Book.Sources[i]; fromMemory(s) {
			memory = append(memory, w.citation(s))
		}
	}
	var list []Doubt
	for _, d := range []Doubt{
		{w.T("evidence.weak"), w.T("evidence.weak_text"), weak},
		{w.T("evidence.contrary"), w.T("evidence.contrary_text"), against},
		{w.T("evidence.judged"), w.T("evidence.judged_text"), judged},
		{w.T("evidence.memory"), w.T("evidence.memory_text"), memory},
	} {
		if len(d.Uses) > 0 {
			list = append(list, d)
		}
	}
	return list
}

func (w evidence) ideas() []IdeaGroup {
	groups := []IdeaGroup{{Name: w.T("evidence.ideas_article")}, {Name: w.T("advice.beyond")}}
	for i := range w.Edition.Book.Advice {
		a := &w.Edition.Book.Advice[i]
		idea := Idea{w.adviceLink(a), w.ideaGrades(a)}
		place := 0
		if a.Beyond {
			place = 1
		}
		groups[place].Ideas = append(groups[place].Ideas, idea)
	}
	return slices.DeleteFunc(groups, func(g IdeaGroup) bool { return len(g.Ideas) == 0 })
}

// ideaGrades names both grades of an advice, and the skin concerns that good evidence
// speaks against it for.
func (w evidence) ideaGrades(a *recommend.Advice) string {
	if len(a.SkinFor) == 0 {
		return w.T("evidence.grades", w.grade(a.Health), w.grade(a.Skin))
	}
	grades := w.T("evidence.grades_differ", w.grade(a.Health))
	if x := w.Edition.Quiz.Question(w.Edition.Quiz.Skin.Question); x != nil && len(a.Against) > 0 {
		grades += " " + w.T("advice.against", w.joined(answerTexts(x, a.Against)))
	}
	return grades
}

func (w evidence) rule(r *recommend.Rule) Entry {
	entry := Entry{ID: r.ID, Says: w.reader.Text(r.Heading), Uses: w.cited(r.Sources)}
	if len(r.Sources) == 0 {
		entry.Note = w.T("advice.judged")
	}
	return entry
}

// letters sorts the sources by the letter they begin with.
func (w evidence) letters() []EvidenceLetter {
	sources := slices.Clone(w.Edition.Book.Sources)
	slices.SortStableFunc(sources, func(a, b recommend.Source) int {
		return strings.Compare(strings.ToLower(a.Cite), strings.ToLower(b.Cite))
	})
	var letters []EvidenceLetter
	for i := range sources {
		first, _ := utf8.DecodeRuneInString(sources[i].Cite)
		name := string(unicode.ToUpper(first))
		if len(letters) == 0 || letters[len(letters)-1].Name != name {
			letters = append(letters, EvidenceLetter{Name: name})
		}
		last := &letters[len(letters)-1]
		last.Sources = append(last.Sources, w.source(&sources[i]))
	}
	return letters
}

func (w evidence) source(s *recommend.Source) SourceCard {
	return SourceCard{SourceLine: sourceLine(s), ID: s.ID, Remark: s.Remark, Memory: fromMemory(s), Uses: w.resting(s.ID)}
}

func fromMemory(s *recommend.Source) bool { return s.Seen == "memory" }
