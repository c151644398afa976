package views

import (
	"maps"
	"slices"
	"strings"

	"gutskin/quiz"
	"gutskin/recommend"
)

// WhatIfInput is what the page for trying answers out is made from. Page.Edition is
// today's.
type WhatIfInput struct {
	Key     string
	Report  recommend.Report  // under today's edition
	Updated bool              // it is an older report, worked out again
	Without map[string]bool   // questions that cannot be changed, as the visitor says
	Answers quiz.Answers      // tried
	Sent    map[string]Sent   // what was sent, for questions that came back
	Refused []string          // questions that a safety rule keeps as they are
	Tried   *recommend.Report // with the answers tried; nil: nothing differs
}

// WhatIfPage shows what would move scores, and what other answers would give. Nothing
// on it is kept.
type WhatIfPage struct {
	Page
	Action      string
	Updated     bool
	Shown, More []MoveLine
	MoreHeading string
	None        string   // said where no single step is left
	Fixed       []Choice // what cannot be changed
	Left        bool     // something is left out already
	Groups      []TryGroup
	IDs         string // of the questions asked, with spaces between them
	Tried       *Tried
	Error       *ErrorSummary
}

// TryGroup is the questions of one pillar.
type TryGroup struct {
	words
	Name, Count string
	Open        bool // something in it was changed, or has to be put right
	Asked       []Ask
}

// Tried is what other answers would give, beside what today's give.
type Tried struct {
	words
	Care    []CareCard // warnings that they would raise, or say louder
	Notes   []CareItem
	Changed []TriedLine
	Scores  []TriedLine
	Instead string // why no score is shown
	Ideas   []string
}

// TriedLine is an answer or a score today and as tried.
type TriedLine struct {
	Name  string
	Lines []string
}

// Template names the page's template.
func (WhatIfPage) Template() string { return "what-if" }

// NewWhatIfPage makes the page for a report that CanTry allows.
func NewWhatIfPage(p Page, in WhatIfInput) WhatIfPage {
	page := WhatIfPage{Page: p, Action: p.whatIfAddress(in.Key), Updated: in.Updated}
	page.private(p.T("whatif.name"))
	page.Back = "/r/" + in.Key
	e := p.Edition
	changes := recommend.WhatIf(e.Quiz, e.Book, in.Report, in.Without, 0)
	lines := p.moveLines(&in.Report, changes)
	page.Shown, page.More = lines[:min(len(lines), recommend.ChangesShown)], lines[min(len(lines), recommend.ChangesShown):]
	page.MoreHeading = p.T("whatif.more", len(page.More))
	page.setFixed(&in, changes)
	page.None = p.T("whatif.none")
	if page.Left = len(in.Without) > 0; page.Left {
		page.None = p.T("whatif.none_left")
	}
	if faults := page.setGroups(&in); len(faults) > 0 {
		page.Error = &ErrorSummary{faults}
		page.Title = p.T("error.prefix") + page.Title
	}
	if in.Tried != nil {
		page.Tried = p.tried(&in)
	}
	return page
}

func (Page) whatIfAddress(key string) string { return "/r/" + key + "/what-if" }

// setFixed offers a tick for each question that a step is told of, or would be.
func (page *WhatIfPage) setFixed(in *WhatIfInput, changes []recommend.Change) {
	for i := range page.Edition.Quiz.Questions {
		x := &page.Edition.Quiz.Questions[i]
		told := slices.ContainsFunc(changes, func(c recommend.Change) bool { return c.Question == x.ID })
		if told || in.Without[x.ID] {
			page.Fixed = append(page.Fixed, Choice{
				ID: "fixed-" + x.ID, Name: "without", Type: "checkbox", Value: x.ID, Text: short(x), Checked: in.Without[x.ID],
			})
		}
	}
}

// setGroups asks every question that may be tried, with the answers tried or today's.
func (page *WhatIfPage) setGroups(in *WhatIfInput) (faults []Link) {
	q := page.Edition.Quiz
	answers := maps.Clone(in.Report.Answers)
	maps.Copy(answers, in.Answers)
	tryable := recommend.Tryable(q, page.Edition.Book, in.Report)
	walk := q.Walk(in.Report.Answers)
	var ids []string
	for _, pillar := range q.Pillars {
		group := TryGroup{words: page.words(), Name: pillar.Name}
		for _, id := range tryable {
			visit := walk.Steps[walk.Find(id)]
			if visit.Question.Pillar != pillar.ID {
				continue
			}
			a := page.tryAsk(visit, answers[id], in)
			if a.Message != "" {
				faults = append(faults, Link{"#" + a.first(), a.Message})
			}
			_, changed := in.Answers[id]
			group.Open = group.Open || changed || a.Message != ""
			ids = append(ids, id)
			group.Asked = append(group.Asked, a)
		}
		if len(group.Asked) > 0 {
			group.Count = page.N("question.count", len(group.Asked))
			page.Groups = append(page.Groups, group)
		}
	}
	page.IDs = strings.Join(ids, " ")
	return faults
}

// tryAsk asks a question again without saying why: that was said before.
func (p Page) tryAsk(visit quiz.Visit, answer quiz.Answer, in *WhatIfInput) Ask {
	x := *visit.Question
	x.Why = ""
	visit.Question = &x
	a := p.ask(visit, answer, x.ID+"-", in.Sent[x.ID])
	if slices.Contains(in.Refused, x.ID) {
		a.refuse(p.T("whatif.refused", short(&x)))
	}
	return a
}

// refuse puts a message to a question whose answer is right in itself.
func (a *Ask) refuse(message string) {
	a.Message, a.Described = message, ""
	a.describe()
	if a.Number != nil {
		a.Number.Described, a.Number.Wrong = a.Described, true
	}
}

func (p Page) tried(in *WhatIfInput) *Tried {
	before, after := &in.Report, in.Tried
	reader := p.reader(p.Edition, *after)
	changed := recommend.Compare(p.Edition.Quiz, *before, *after)
	t := &Tried{words: p.words()}
	t.Care, t.Notes = p.careCards(reader, recommend.Louder(before.Care, after.Care))
	if !numbersShown(after.Scores) { // nor is the answer read back that calls for help
		t.Instead = p.T("score.withheld")
		return t
	}
	for _, c := range changed.Answers {
		if _, chosen := in.Answers[c.Question]; !chosen {
			continue
		}
		x := p.Edition.Quiz.Question(c.Question)
		t.Changed = append(t.Changed, TriedLine{short(x), []string{
			p.T("whatif.today", p.said(x, c.From)), p.T("whatif.tried", p.said(x, c.To)),
		}})
	}
	for _, d := range changed.Scores {
		t.Scores = append(t.Scores, TriedLine{p.pillarName(d.Pillar), p.triedScore(d)})
	}
	t.Ideas = p.traffic(reader, changed.Advice.Came, nil)
	t.Ideas = append(t.Ideas, p.traffic(p.reader(p.Edition, *before), nil, changed.Advice.Went)...)
	return t
}

// triedScore says where a score stands today, where it would stand, and which way that
// is.
func (p Page) triedScore(d recommend.Difference) []string {
	lines := []string{p.T("whatif.today", p.standing(&d.Then)), p.T("whatif.tried", p.standing(&d.Now))}
	if d.Then.State == quiz.Hidden || d.Now.State == quiz.Hidden {
		return []string{p.T("score.hidden")}
	}
	if d.Direction == recommend.Unknown {
		return lines
	}
	return append(lines, p.direction(d))
}

// standing is a score in short: "62, Part-way there", or why there is none.
func (p Page) standing(s *quiz.Score) string {
	text := p.figure(s.State, s.Figures)
	if s.Figures == nil {
		return text
	}
	text = p.T("list.comma", text, p.bandName(s.Figures))
	if s.Low != s.High {
		text = p.T("list.comma", text, p.T("score.range", s.Low, s.High))
	}
	return text
}
