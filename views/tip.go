package views

import (
	"slices"
	"strings"

	"gutskin/recommend"
)

// AdviceCard is one recommendation in short, fitted to one person. How to, and the
// evidence, is on a page of its own.
type AdviceCard struct {
	words
	ID, Title       string
	Href            string // the page of this advice
	Number          int    // its place among the first three; 0: none
	Source          string // the part of the article, or "Beyond the article"
	Do, Plan, Why   string
	Notes, Cautions []string
	Always          string
	Effort          string
	Badge           Badge
	Held            string // today we would not suggest it
}

// adviceCards makes the cards and pages of advice for one person, or for nobody in
// particular.
type adviceCards struct {
	Page
	reader *recommend.Reader
	home   string   // the address of the results that the cards belong to
	skin   []string // the concerns that were ticked
	held   []string
}

func (p Page) adviceCards(in *ResultsInput, r *recommend.Reader) adviceCards {
	return adviceCards{Page: p, reader: r, home: in.home(), skin: in.Report.Labels.Skin, held: in.NowHeld}
}

func (c adviceCards) list(picks []recommend.Pick, numbered bool) []AdviceCard {
	cards := make([]AdviceCard, len(picks))
	for i := range picks {
		cards[i] = c.card(&picks[i], c.reader.Advice(picks[i].ID, &picks[i]))
		if numbered {
			cards[i].Number = i + 1
			continue
		}
		cards[i].Plan = "" // the other cards are short, and their pages say more
		if told := c.told(c.reader.Because(picks[i].Because)); told != "" {
			cards[i].Why = told
		}
	}
	return cards
}

func (c adviceCards) card(pick *recommend.Pick, w recommend.AdviceWords) AdviceCard {
	card := AdviceCard{
		words: c.words(), ID: "tip-" + pick.ID, Title: w.Title, Do: w.Do, Plan: w.Plan, Why: w.Why,
		Notes: w.Notes, Cautions: w.Cautions, Always: w.Always, Source: c.source(pick), Badge: c.best(pick),
	}
	if card.Why == "" {
		card.Why = c.told(c.reader.Because(pick.Because))
	}
	if a := c.Edition.Book.AdviceByID(pick.ID); a != nil {
		card.Effort = c.T("effort." + string(a.Effort))
		card.Href = c.href(a.Key)
	}
	if slices.Contains(c.held, pick.ID) {
		card.Held = c.T("advice.held")
	}
	return card
}

// href is the address of an advice, below the results it belongs to.
func (c adviceCards) href(advice string) string { return c.home + "/advice/" + advice }

// source says what the advice is drawn from.
func (c adviceCards) source(pick *recommend.Pick) string {
	if a := c.Edition.Book.AdviceByID(pick.ID); a != nil && a.Beyond {
		return c.T("advice.beyond")
	}
	return c.articlePart(pick.Passages)
}

// articlePart names the parts of the article that these passages stand in, each by the
// last of its headings.
func (p Page) articlePart(passages []string) string {
	var sections []string
	for _, id := range passages {
		passage := p.Edition.Book.PassageByID(id)
		if passage == nil {
			continue
		}
		section := passage.Section[strings.LastIndex(passage.Section, ": ")+1:]
		if section = strings.TrimSpace(section); !slices.Contains(sections, section) {
			sections = append(sections, section)
		}
	}
	if len(sections) == 0 {
		return p.T("advice.article")
	}
	return p.T("advice.article_part", strings.Join(sections, ", "))
}
