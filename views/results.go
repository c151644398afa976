package views

import (
	"cmp"
	"slices"
	"time"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

// ResultsInput is what a results page is made from. Page.Edition is the edition
// the report was made with: an old report reads as it did on its day.
type ResultsInput struct {
	Report       recommend.Report
	Key          string
	KeptUntil    time.Time
	Today        []recommend.Notice // safety notices that only today's edition raises
	NowHeld      []string           // advice on the page that today's edition would hold
	TodayEdition *data.Edition
	Visits       Visits
	Before       *Before             // nil where there is nothing to compare with
	Reworked     *recommend.Reworked // the same answers under today's edition; nil: it is the report's own
	ViewOnly     bool                // the link changes nothing
	Planned      bool                // there is a plan
}

// ResultsPage is a report in words.
type ResultsPage struct {
	Page
	Heading string
	Lead    string
	News    *News

	Care    []CareCard
	LeftOut []CareItem

	Numbers  bool // false: words only
	Pillars  []ScoreCard
	Overall  *ScoreCard
	Labels   bool // there is something to say about gut or skin
	Gut      string
	Skin     []string
	See      string    // who else to show the skin to
	Receipts []Receipt // of the scores that add up, one line each
	Sums     string    // where all the sums and the answers are
	Since    *Since
	Moves    *Moves

	Top, More, Companions, Beyond, Supplements []AdviceCard
	TopHeading, MoreHeading                    string
	Strengths                                  []string

	Older              string // says that there are newer results than these
	Earlier            []Link // older results
	Plan               Link   // nowhere for who cannot make one
	Save, Delete, Kept string
	SaveText           string // promises to send only where that can be done
	Home               string // the newest results
	Compare            string // "" where there is nothing to compare
	Reviewed           string
	About              string
}

// News stands above an old report: what we have learned since.
type News struct {
	Care    []CareCard
	Notes   []CareItem
	NowHeld []string // titles
}

// Template names the page's template.
func (ResultsPage) Template() string { return "results" }

// NewResultsPage makes the results page.
func NewResultsPage(p Page, in ResultsInput) ResultsPage {
	p.frame = in.TodayEdition
	rep := in.Report
	reader := p.reader(p.Edition, rep)
	page := ResultsPage{
		Page:    p,
		Heading: p.T("results.title", p.date(rep.TakenAt)),
		Numbers: numbersShown(rep.Scores),
		Home:    "/r/" + in.Key,
		Save:    "/r/" + in.Key + "/save",
		Delete:  "/r/" + in.Key + "/delete",
		Kept:    p.T("results.kept", p.date(in.KeptUntil)),
		Sums:    in.home() + "/sums",
		About:   p.T("results.about", p.Edition.Site.Article.Title, p.Edition.Site.Article.Author),
	}
	page.SaveText = p.T("results.save")
	if p.CanSend {
		page.SaveText = p.T("results.save_send")
	}
	page.private(p.T("results.name"))
	page.Back = ""
	if p.Notice == noticeSaved {
		page.NoticeLink = Link{page.Save, page.SaveText}
	}
	page.Care, page.LeftOut = p.careCards(reader, rep.Care)
	page.News = p.news(in)
	if page.Numbers {
		page.Pillars, page.Overall = p.scoreCards(rep, reader)
		page.totals(&in)
		page.Since = p.nowSays(&in)
		if in.Visits.newest() {
			page.Moves = p.moves(&in)
		}
	}
	page.lookBack(&in)
	page.setLabels(rep.Labels)
	if page.Numbers { // where getting help comes first, nothing leads away from it
		page.linkCare(&in)
	}
	cards := p.adviceCards(&in, reader)
	page.Top = cards.list(rep.Top, true)
	page.More = cards.list(rep.More, false)
	page.MoreHeading = p.T("results.more", len(page.More))
	page.Companions = cards.list(rep.Companions, false)
	page.Beyond = cards.list(rep.Beyond, false)
	page.Supplements = cards.list(rep.Supplements, false)
	page.Plan = p.planLink(&in, p.T("plan.make"))
	page.TopHeading = p.N("results.top", len(page.Top))
	page.Strengths = reader.Strengths("")
	page.setLead()
	page.Reviewed = p.reviewed()
	return page
}

func (p Page) reader(e *data.Edition, rep recommend.Report) *recommend.Reader {
	return recommend.NewReader(e.Quiz, e.Book, e.Site.Region, rep.Answers, rep.Acknowledged...)
}

func numbersShown(scores []quiz.Score) bool {
	return slices.ContainsFunc(scores, func(s quiz.Score) bool { return s.State != quiz.Withheld })
}

// setLead says first what goes well. Beside an emergency it stays silent: help
// comes first there.
func (page *ResultsPage) setLead() {
	if len(page.Care) > 0 && page.Care[0].Look == "emergency" {
		return
	}
	well, tips := len(page.Strengths), len(page.Top)
	if well > 0 {
		page.Lead = page.N("results.well", well)
	}
	if tips > 0 {
		if page.Lead != "" {
			page.Lead += " "
		}
		page.Lead += page.N("results.try", tips)
	}
}

// linkCare leads from care-first advice to its page.
func (page *ResultsPage) linkCare(in *ResultsInput) {
	for i := range page.Care {
		card := &page.Care[i]
		for j := range card.Items {
			item := &card.Items[j]
			if a := page.Edition.Book.AdviceByID(item.ID); a != nil {
				item.More = Link{in.home() + "/advice/" + a.Key, cmp.Or(item.Heading, card.Heading)}
			}
		}
	}
}

func (page *ResultsPage) setLabels(l recommend.Labels) {
	q := page.Edition.Quiz
	for _, s := range q.Gut {
		if s.ID == l.Gut {
			page.Gut = s.Name
		}
	}
	if x := q.Question(q.Skin.Question); x != nil {
		page.Skin = answerTexts(x, l.Skin)
	}
	if l.SeeProfessional {
		page.See = q.Skin.ProfessionalName
	}
	page.Labels = page.Gut != "" || len(page.Skin) > 0
}

func (p Page) news(in ResultsInput) *News {
	if in.TodayEdition == nil || len(in.Today)+len(in.NowHeld) == 0 {
		return nil
	}
	news := &News{}
	today := p
	today.Edition = in.TodayEdition
	news.Care, news.Notes = today.careCards(p.reader(in.TodayEdition, in.Report), in.Today)
	then := p.reader(p.Edition, in.Report)
	for _, id := range in.NowHeld {
		if title := then.AdviceTitle(id); title != "" {
			news.NowHeld = append(news.NowHeld, title)
		}
	}
	return news
}
