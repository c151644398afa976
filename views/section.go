package views

import (
	"strings"

	"gutskin/quiz"
)

// SectionInput is what the page of a whole section is made from.
type SectionInput struct {
	Walk    quiz.Walk
	Section string          // its id
	Open    bool            // only questions not answered yet
	Sent    map[string]Sent // what was sent, for questions that came back
	Attempt string
	Change  string // the section just finished, or ""
}

// SectionPage asks all questions of a section at once: fewer pages for a slow
// connection.
type SectionPage struct {
	Page
	Action  string
	Attempt string
	Rail    []string
	Change  string
	Caption string
	Heading string
	Asked   []Ask
	IDs     string // of the questions asked, with spaces between them
	Error   *ErrorSummary
	Skip    string
	Open    bool
	Single  string // where the questions stand one by one
}

// Template names the page's template.
func (SectionPage) Template() string { return "section" }

// NewSectionPage makes the page of a section that has questions on the walk.
func NewSectionPage(p Page, in SectionInput) SectionPage {
	section := p.Edition.Quiz.Section(in.Section)
	page := SectionPage{
		Page: p, Action: sectionAddress(section.ID), Attempt: in.Attempt,
		Rail: p.rail(section), Change: p.changeText(in.Change, section, in.Walk),
		Heading: section.Name, Skip: p.skipText(section, in.Walk), Open: in.Open,
	}
	first, last := -1, 0
	var ids []string
	var faults []Link
	for i, v := range in.Walk.Steps {
		x := v.Question
		if x.Section != section.ID {
			continue
		}
		sent, back := in.Sent[x.ID]
		if in.Open && v.Answered && !back {
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
		a := p.ask(v, in.Walk.Kept[x.ID], x.ID+"-", sent)
		if a.Message != "" {
			faults = append(faults, Link{"#" + a.first(), a.Message})
		}
		page.Asked = append(page.Asked, a)
		ids = append(ids, x.ID)
	}
	page.Back = backFrom(in.Walk, max(first, 0), false)
	page.IDs, page.Single = strings.Join(ids, " "), slug(ids[0])+"?one=1"
	page.Caption = p.T("section.caption", first+1, last+1, in.Walk.Most)
	if first == last {
		page.Caption = p.T("section.caption_one", first+1, in.Walk.Most)
	}
	page.private(page.Caption + ": " + page.Heading)
	if len(faults) > 0 {
		page.Error = &ErrorSummary{faults}
		page.Title = p.T("error.prefix") + page.Title
	}
	return page
}
