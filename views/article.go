package views

import (
	"slices"
	"strings"

	"gutskin/quiz"
	"gutskin/recommend"
)

// ArticlePage tells passage by passage what became of the article: questions, ideas,
// corrections, and what is not used and why. All of it is in our own words.
type ArticlePage struct {
	Page
	Lead, Tally string
	Notes       []string // what the article does not hold
	Sections    []ArticleSection
	Corrected   []PassageCard
	Unused      []PassageCard
	Beyond      []Use // questions and ideas that are not in the article
}

// ArticleSection is one part of the article.
type ArticleSection struct {
	ID, Name string
	Passages []PassageCard
}

// PassageCard is one passage and what was drawn from it.
type PassageCard struct {
	PassageLine
	ID, Kind string
	Unused   string // why nothing is drawn from it
	Uses     []Use
}

// Template names the page's template.
func (ArticlePage) Template() string { return "article" }

// NewArticlePage makes the page from the passages of the content.
func NewArticlePage(p Page) ArticlePage {
	w, article := newEvidence(p), p.Edition.Site.Article
	page := ArticlePage{
		Page: p,
		Lead: p.T("article.lead", article.Title, article.Author),
		Notes: []string{
			p.T("article.no_numbers"), p.T("article.four_scores"), p.T("article.no_safety"),
		},
	}
	drawn := 0
	for i := range p.Edition.Book.Passages {
		card := w.passage(&p.Edition.Book.Passages[i])
		last := len(page.Sections) - 1
		if last < 0 || page.Sections[last].Name != card.Section {
			page.Sections = append(page.Sections, ArticleSection{ID: "part-" + itoa(last+2), Name: card.Section})
			last++
		}
		page.Sections[last].Passages = append(page.Sections[last].Passages, card)
		switch {
		case card.Unused != "":
			page.Unused = append(page.Unused, card)
		case slices.ContainsFunc(card.Uses, func(u Use) bool { return u.Kind != p.T("use.topic") }):
			drawn++
		}
		if card.Correction != "" {
			page.Corrected = append(page.Corrected, card)
		}
	}
	page.Tally = p.T("article.tally", len(p.Edition.Book.Passages), drawn, len(page.Corrected), len(page.Unused))
	page.Beyond = append(w.questions(func(x *quiz.Question) bool { return x.Beyond }),
		w.advised(func(a *recommend.Advice) bool { return a.Beyond })...)
	page.named(p.T("article.title"))
	page.Description = p.T("article.meta")
	page.Back = ""
	return page
}

func (w evidence) passage(p *recommend.Passage) PassageCard {
	card := PassageCard{
		PassageLine: PassageLine{p.Section, w.reader.Text(p.Says), w.reader.Text(p.Correction)},
		ID:          p.ID, Unused: w.reader.Text(p.Unused),
	}
	if kind := w.T("article.kind." + p.Kind); !strings.HasPrefix(kind, "article.kind.") {
		card.Kind = kind
	}
	card.Uses = append(w.questions(func(x *quiz.Question) bool { return slices.Contains(x.Passages, p.ID) }),
		w.advised(func(a *recommend.Advice) bool { return slices.Contains(a.Passages, p.ID) })...)
	for _, id := range p.Evidence {
		if t := w.Edition.Book.TopicByID(id); t != nil {
			card.Uses = append(card.Uses, w.known(t))
		}
	}
	return card
}
