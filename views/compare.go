package views

import (
	"strings"
	"time"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

// CompareInput is what the page that compares two reports is made from. Page.Edition
// is the edition of the later one; the earlier was worked out again under it if it was
// made with another.
type CompareInput struct {
	Key       string
	At        []time.Time // of all reports, oldest first
	Then, Now int         // the places of the two, from 1
	Same      bool        // one date was asked for twice: there is nothing to compare

	Earlier, Later recommend.Report
	Comparison     recommend.Comparison
	Reworked       *recommend.Reworked // the earlier one, where it was worked out again
	Newest         recommend.Report    // of all
	Trend          []recommend.Series  // under the edition of the newest report; nil for fewer than 3
	OtherEdition   []bool              // which reports were worked out again for the trend
	TodayEdition   *data.Edition
}

// ComparePage says what changed between two reports.
type ComparePage struct {
	Page
	Home       string
	ThenName   string
	NowName    string
	Short      []string // in one line: what is up, the same, down
	Withheld   bool     // words only
	Reworked   []string // what it means that the rules have changed
	AboutSame  string
	Rows       []CompareRow
	Scores     []CompareScore
	Dates      *DatesTable
	Answers    []AnswerRow
	LeftOut    bool // some answers are not listed
	Came, Went []string
	Held       bool // some ideas that came or went are not listed
	SameIdeas  bool // nothing came and nothing went
	NewNotices []string
	OldNotices []string
	Choice     *DateChoice
	Error      *ErrorSummary
}

// CompareRow is one score then and now, in words where there is no number.
type CompareRow struct{ Name, Then, Now, Change string }

// CompareScore is one score with its drawings. Line and Chart are nil where there is
// nothing to draw.
type CompareScore struct {
	ID, Icon, Name, Says string
	Line                 *NumberLine
	Chart                *Chart
}

// AnswerRow is one question that was answered differently.
type AnswerRow struct{ Question, Then, Now, Moved string }

// DateChoice is the form that picks two reports.
type DateChoice struct {
	words
	Action    string
	Then, Now []Choice
	Message   string
}

// Template names the page's template.
func (ComparePage) Template() string { return "compare" }

// NewComparePage makes the page.
func NewComparePage(p Page, in CompareInput) ComparePage {
	p.frame = in.TodayEdition
	page := ComparePage{Page: p, Home: "/r/" + in.Key}
	page.private(p.T("compare.title"))
	page.Back = page.Home
	names := p.dates(in.At)
	page.ThenName, page.NowName = names[in.Then-1], names[in.Now-1]
	if len(in.At) > 2 || in.Same {
		page.choose(&in, names)
	}
	if in.Same {
		page.Error = &ErrorSummary{[]Link{{"#then-" + itoa(in.Then), p.T("compare.twice")}}}
		page.Title = p.T("error.prefix") + page.Title
		return page
	}
	for _, r := range []recommend.Report{in.Earlier, in.Later, in.Newest} {
		page.Withheld = page.Withheld || !numbersShown(r.Scores)
	}
	if page.Withheld { // where getting help comes first, nothing is weighed
		return page
	}
	page.AboutSame = p.T("compare.about_same", recommend.SameWithin)
	page.explainRework(&in)
	page.setScores(&in, names)
	page.setAnswers(&in.Comparison)
	page.setAdvice(&in)
	page.setNotices(&in)
	page.SameIdeas = len(page.Came)+len(page.Went)+len(page.NewNotices)+len(page.OldNotices) == 0 && !page.Held
	return page
}

func (page *ComparePage) choose(in *CompareInput, names []string) {
	list := func(name string, picked int) (choices []Choice) {
		for i, text := range names {
			n := itoa(i + 1)
			choices = append(choices, Choice{ID: name + "-" + n, Name: name, Type: "radio", Value: n, Text: text, Checked: i+1 == picked})
		}
		return choices
	}
	page.Choice = &DateChoice{words: page.words(), Action: page.Home + "/compare", Then: list("then", in.Then), Now: list("now", in.Now)}
	if in.Same {
		page.Choice.Message = page.T("compare.twice")
	}
}

// explainRework says in words that two editions are compared, and how.
func (page *ComparePage) explainRework(in *CompareInput) {
	if in.Reworked == nil {
		return
	}
	page.Reworked = []string{page.T("compare.edition"), page.T("compare.reworked", page.ThenName), page.T("compare.reworked_differs")}
	if n := len(in.Reworked.Dropped); n > 0 {
		page.Reworked = append(page.Reworked, page.N("compare.dropped", n))
	}
	page.ThenName = page.T("compare.again", page.ThenName)
}

func (page *ComparePage) setScores(in *CompareInput, names []string) {
	went := map[recommend.Direction][]string{}
	for _, d := range in.Comparison.Scores {
		row := CompareRow{
			Name: page.pillarName(d.Pillar), Then: page.figure(d.Then.State, d.Then.Figures),
			Now: page.figure(d.Now.State, d.Now.Figures), Change: page.direction(d),
		}
		page.Rows = append(page.Rows, row)
		if d.Pillar == quiz.Overall {
			continue
		}
		went[d.Direction] = append(went[d.Direction], row.Name)
		score := CompareScore{ID: d.Pillar, Icon: icon(d.Pillar), Name: row.Name, Says: row.Change}
		if d.Then.Figures != nil && d.Now.Figures != nil {
			score.Line = page.lineSince(d.Now.Figures, d.Then.Figures)
		}
		for i := range in.Trend {
			if in.Trend[i].Pillar == d.Pillar {
				score.Chart = page.chart(&in.Trend[i], in.Then, in.Now, names)
			}
		}
		if score.Line != nil || score.Chart != nil {
			page.Scores = append(page.Scores, score)
		}
	}
	for _, direction := range []recommend.Direction{recommend.Up, recommend.Same, recommend.Down, recommend.Unknown} {
		if names := went[direction]; len(names) > 0 {
			page.Short = append(page.Short, page.T("compare.short."+string(direction), page.listed(names)))
		}
	}
	if in.Trend != nil {
		page.Dates = page.datesTable(in, names)
	}
}

func (p Page) pillarName(id string) string {
	if pillar := p.Edition.Quiz.Pillar(id); pillar != nil {
		return pillar.Name
	}
	return p.T("score.overall")
}

// figure is a number, or why there is none.
func (p Page) figure(state quiz.State, f *quiz.Figures) string {
	switch {
	case f != nil:
		return itoa(f.Value)
	case state == quiz.Incomplete:
		return p.T("compare.incomplete")
	}
	return p.T("compare.not_shown")
}

// setAnswers lists what was answered differently. Questions of a score that is kept
// back are left out: whoever is not told a number needs no list of what went into it.
func (page *ComparePage) setAnswers(c *recommend.Comparison) {
	for _, a := range c.Answers {
		x := page.Edition.Quiz.Question(a.Question)
		if x == nil || c.Veiled(a.Pillar) {
			page.LeftOut = true
			continue
		}
		then, now := page.said(x, a.From), page.said(x, a.To)
		switch a.Kind {
		case recommend.New:
			then = page.T("compare.not_asked")
		case recommend.Gone:
			now = page.T("compare.not_asked")
		}
		page.Answers = append(page.Answers, AnswerRow{
			Question: short(x), Moved: page.moved(x, a.Points),
			Then: page.T("compare.said", page.ThenName, then), Now: page.T("compare.said", page.NowName, now),
		})
	}
}

func (p Page) said(x *quiz.Question, a quiz.Answer) string {
	if a.IsSkip() {
		return p.T("answers.none")
	}
	return p.joined(answerTexts(x, a.Values()))
}

// moved is what a change did to its score, in points × weight.
func (p Page) moved(x *quiz.Question, points *int) string {
	switch {
	case !x.Scored():
		return p.T("compare.not_scored")
	case points == nil:
		return p.T("compare.not_counted")
	}
	return p.T("compare.moved", p.pillarName(x.Pillar), signed(*points))
}

func signed(n int) string {
	switch {
	case n < 0:
		return "−" + itoa(-n)
	case n > 0:
		return "+" + itoa(n)
	}
	return "0"
}

// setAdvice names the ideas that came and went, in words that fit the person of the
// newest report. What a safety rule keeps from them now is not named at all.
func (page *ComparePage) setAdvice(in *CompareInput) {
	now, today := page.reader(page.Edition, in.Newest), page.reader(in.TodayEdition, in.Newest)
	titles := func(ids []string) (list []string) {
		for _, id := range ids {
			a := page.Edition.Book.AdviceByID(id)
			if a == nil || now.KeepsBack(id) || today.KeepsBack(id) || in.Comparison.Veiled(a.Pillar) {
				page.Held = true
				continue
			}
			if title := strings.TrimSpace(now.AdviceTitle(id)); title != "" {
				list = append(list, title)
			}
		}
		return list
	}
	page.Came, page.Went = titles(in.Comparison.Advice.Came), titles(in.Comparison.Advice.Went)
}

func (page *ComparePage) setNotices(in *CompareInput) {
	headings := func(of recommend.Report, ids []string) (list []string) {
		reader := page.reader(page.Edition, of)
		for _, id := range ids {
			if heading := reader.Rule(id).Heading; heading != "" {
				list = append(list, heading)
			}
		}
		return list
	}
	page.NewNotices = headings(in.Later, in.Comparison.Notices.Came)
	page.OldNotices = headings(in.Earlier, in.Comparison.Notices.Went)
}
