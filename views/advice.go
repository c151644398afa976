package views

import (
	"slices"
	"strings"

	"gutskin/data"
	"gutskin/recommend"
)

// AdvicePage is one recommendation in full: how to start, who leaves it out, how
// sure we are and where it comes from.
type AdvicePage struct {
	Page
	Card       AdviceCard
	Public     bool // the same for everyone: it knows nobody's answers
	Notice     string
	Correction string
	Grades     []Badge
	Topics     []TopicLine
	NotIf      []string // one sentence each
	Unknown    string
	Beyond     bool
	Passages   []PassageLine
	Sources    []SourceLine
	Judged     string // said where no source is claimed
	Checked    string // when, and when again
	Reviewed   string
	Plan       Link
}

// TopicLine is what was studied, what was found, and why it gets its grade.
type TopicLine struct{ Name, Says, Why string }

// PassageLine is a passage of the article in our words.
type PassageLine struct{ Section, Says, Correction string }

// SourceLine is an entry of the list of sources.
type SourceLine struct {
	Cite, Year string // Year only where Cite does not say it
	Link       Link
}

// Template names the page's template.
func (AdvicePage) Template() string { return "advice" }

// NewAdvicePage makes the page of an advice that is the same for everyone. Nothing
// on it is fitted to anybody, so who leaves the advice out stands before it.
func NewAdvicePage(p Page, a *recommend.Advice) AdvicePage {
	site := p.Edition.Site
	cards := adviceCards{Page: p, reader: recommend.NewReader(p.Edition.Quiz, p.Edition.Book, site.Region, nil)}
	pick := plainPick(a)
	page := cards.page(&pick, cards.reader.Advice(a.ID, &pick))
	page.Public = true
	page.Card.Why = "" // it speaks to somebody who has answered
	page.Grades = append(cards.each(a), cards.badge(a.Health, p.T("advice.for_health")))
	page.named(page.Card.Title)
	page.Description = p.T("advice.meta", page.Card.Title)
	page.Back = ""
	return page
}

// NewOwnAdvicePage makes the page of an advice for the person of a report, and
// reports whether the report shows an advice of this key.
func NewOwnAdvicePage(p Page, in ResultsInput, key string) (AdvicePage, bool) {
	p.frame = in.TodayEdition
	reader := p.reader(p.Edition, in.Report)
	cards := p.adviceCards(&in, reader)
	pick, fitted := shown(p.Edition, &in.Report, key)
	if pick == nil {
		return AdvicePage{}, false
	}
	words := reader.Advice(pick.ID, pick)
	if !fitted {
		words = reader.Advice(pick.ID, nil)
	}
	page := cards.page(pick, words)
	page.Grades = []Badge{cards.skinBadge(pick), cards.badge(pick.Health, p.T("advice.for_health"))}
	if page.Card.Held == "" {
		page.Plan = p.planLink(&in, p.T("plan.make_one"))
	}
	page.private(p.T("advice.name")) // its title would tell the browser's history too much
	page.Back = in.home()
	return page, true
}

// shown finds an advice among those that a report shows. Care-first advice is kept
// as a notice, which is not fitted: the reader does that anew.
func shown(e *data.Edition, rep *recommend.Report, key string) (pick *recommend.Pick, fitted bool) {
	for _, shelf := range rep.Shelves() {
		if i := slices.IndexFunc(shelf, func(p recommend.Pick) bool { return p.Key == key }); i >= 0 {
			return &shelf[i], true
		}
	}
	for _, n := range rep.Care {
		if a := e.Book.AdviceByID(n.ID); n.Level == recommend.Care && a != nil && a.Key == key {
			plain := plainPick(a)
			plain.Because = n.Because
			return &plain, false
		}
	}
	return nil, false
}

// plainPick is an advice as nobody in particular would get it.
func plainPick(a *recommend.Advice) recommend.Pick {
	return recommend.Pick{ID: a.ID, Key: a.Key, Health: a.Health, Skin: a.Skin, Passages: a.Passages, Sources: a.Sources}
}

func (c adviceCards) page(pick *recommend.Pick, w recommend.AdviceWords) AdvicePage {
	page := AdvicePage{
		Page: c.Page, Card: c.card(pick, w),
		Notice: w.Notice, Correction: w.Correction, NotIf: recommend.Sentences(w.NotIf), Unknown: w.Unknown, Reviewed: c.reviewed(),
	}
	if a := c.Edition.Book.AdviceByID(pick.ID); a != nil {
		page.Beyond = a.Beyond
		page.Topics = c.topics(a.Evidence)
		if a.Reviewed != "" && a.ReviewBy != "" {
			page.Checked = c.T("advice.checked", c.dayOf(a.Reviewed), c.dayOf(a.ReviewBy))
		}
	}
	for _, id := range pick.Passages {
		if p := c.Edition.Book.PassageByID(id); p != nil {
			page.Passages = append(page.Passages, PassageLine{p.Section, c.reader.Text(p.Says), c.reader.Text(p.Correction)})
		}
	}
	for _, id := range pick.Sources {
		if s := c.Edition.Book.SourceByID(id); s != nil {
			page.Sources = append(page.Sources, sourceLine(s))
		}
	}
	if len(page.Sources) == 0 {
		page.Judged = c.T("advice.judged")
	}
	return page
}

func (c adviceCards) topics(ids []string) []TopicLine {
	var lines []TopicLine
	for _, id := range ids {
		if t := c.Edition.Book.TopicByID(id); t != nil {
			lines = append(lines, TopicLine{t.Name, c.reader.Text(t.Says), c.reader.Text(t.Why)})
		}
	}
	return lines
}

func sourceLine(s *recommend.Source) SourceLine {
	line := SourceLine{Cite: s.Cite}
	if year := itoa(s.Year); s.Year > 0 && !strings.Contains(s.Cite, year) {
		line.Year = year
	}
	if href := s.Link(); href != "" {
		line.Link = Link{href, strings.TrimPrefix(href, "https://")}
	}
	return line
}
