package views

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"gutskin/data"
	"gutskin/figures"
)

// FiguresInput is what the page of the figures is made from.
type FiguresInput struct {
	Pieces         []figures.Piece // all that may be seen
	From, To, Lang string          // what was asked for, as it was typed
	Languages      []*data.Edition
}

// FiguresPage shows how the check does, in figures that give nobody away.
type FiguresPage struct {
	Page
	Form     FiguresForm
	Error    *ErrorSummary
	Nothing  string // why there is nothing to see
	Covers   []string
	Main     []Fact
	Charts   []TimeChart
	Funnel   *FigureTable
	Minutes  *FigureTable
	Errors   *FigureTable
	Answers  []FigureGroup
	Bands    []FigureTable
	Notices  *FigureTable
	Advice   *FigureTable
	Download string
	How      []string
}

// FiguresForm is the choice of dates and of a language.
type FiguresForm struct {
	From, To           string
	FromFault, ToFault string
	Languages          []Choice
}

// Fact is one number with its name.
type Fact struct{ Name, Value string }

// FigureTable is a table of figures with bars.
type FigureTable struct {
	words
	Caption, What string
	N, Also, Last string // what the numbers are; Also and Last can be empty
	Rows          []FigureRow
}

// FigureRow is one line. Without a bar there is nothing to compare it with.
type FigureRow struct{ Name, N, Share, Left, Bar string }

// FigureGroup is the tables of one section.
type FigureGroup struct {
	Name   string
	Tables []FigureTable
}

// Template names the page's template.
func (FiguresPage) Template() string { return "figures" }

// NewFiguresPage makes the page.
func NewFiguresPage(p Page, in FiguresInput) FiguresPage {
	p.Extra = "figures.css"
	page := FiguresPage{Page: p}
	page.private(p.T("figures.title"))
	page.Back = ""
	page.How = []string{p.T("figures.how_months"), p.T("figures.how_few"), p.T("figures.how_follow"), p.T("figures.how_who")}
	page.setForm(in)
	pieces := in.chosen()
	if len(pieces) == 0 {
		page.Nothing = p.T("figures.none")
		if len(in.Pieces) > 0 {
			page.Nothing = p.T("figures.none_chosen")
		}
		return page
	}
	page.Download = "/operator/figures.csv?" + in.query()
	s := sheet{Page: p, list: figures.Sum(pieces), names: in.names()}
	page.Covers = s.covers(pieces)
	page.Main = s.facts(pieces)
	page.Charts = s.charts(pieces)
	page.Funnel, page.Minutes = s.funnel(), s.minutes()
	page.Errors = s.errors()
	page.Answers, page.Bands = s.answers(), s.bands()
	page.Notices, page.Advice = s.notices(), s.advice()
	return page
}

func (page *FiguresPage) setForm(in FiguresInput) {
	page.Form.From, page.Form.To = in.From, in.To
	if !readable(in.From) {
		page.Form.FromFault = page.T("figures.from_fault")
	}
	if !readable(in.To) {
		page.Form.ToFault = page.T("figures.to_fault")
	}
	if in.Unreadable() {
		page.Error = &ErrorSummary{}
		for _, f := range []Link{{"#from", page.Form.FromFault}, {"#to", page.Form.ToFault}} {
			if f.Text != "" {
				page.Error.Items = append(page.Error.Items, f)
			}
		}
		page.Title = page.T("error.prefix") + page.Title
	}
	langs := in.languages()
	if len(langs) < 2 {
		return
	}
	add := func(id, value, text string) {
		page.Form.Languages = append(page.Form.Languages, Choice{
			ID: id, Name: "language", Type: "radio", Value: value, Text: text, Checked: value == in.Lang,
		})
	}
	add("all", "", page.T("figures.all_languages"))
	for _, lang := range langs {
		add("language-"+lang, lang, in.nameOf(lang))
	}
}

// languages are those of today and those of which there are figures.
func (in FiguresInput) languages() (list []string) {
	for _, e := range in.Languages {
		list = append(list, e.Lang)
	}
	for _, piece := range in.Pieces {
		if !slices.Contains(list, piece.Lang) {
			list = append(list, piece.Lang)
		}
	}
	return list
}

// names are the languages by what they call themselves; none where there is only one.
func (in FiguresInput) names() map[string]string {
	langs := in.languages()
	if len(langs) < 2 {
		return nil
	}
	names := map[string]string{}
	for _, lang := range langs {
		names[lang] = in.nameOf(lang)
	}
	return names
}

func (in FiguresInput) nameOf(lang string) string {
	for _, e := range in.Languages {
		if e.Lang == lang {
			return e.Name
		}
	}
	return lang
}

var monthTyped = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)

func readable(typed string) bool { return typed == "" || monthTyped.MatchString(typed) }

// Unreadable reports that a month is not like 2026-03.
func (in FiguresInput) Unreadable() bool { return !readable(in.From) || !readable(in.To) }

// chosen are the pieces asked for; none where the months cannot be read.
func (in FiguresInput) chosen() []figures.Piece {
	if in.Unreadable() {
		return nil
	}
	return figures.Choose(in.Pieces, figures.Choice{From: in.From, To: in.To, Lang: in.Lang})
}

func (in FiguresInput) query() string {
	return fmt.Sprintf("from=%s&to=%s&language=%s", in.From, in.To, in.safeLang())
}

// safeLang is the language asked for, if there is one of that name.
func (in FiguresInput) safeLang() string {
	if slices.Contains(in.languages(), in.Lang) {
		return in.Lang
	}
	return ""
}

// span is some months in words: March 2026, or January 2026 to March 2026.
func (p Page) span(first, last string) string {
	if first == last {
		return p.monthName(first)
	}
	return p.T("figures.span", p.monthName(first), p.monthName(last))
}

func (p Page) monthName(name string) string {
	t, err := time.Parse("2006-01", name)
	if err != nil {
		return name
	}
	return p.T("figures.month", p.T("date.month."+itoa(int(t.Month()))), t.Year())
}
