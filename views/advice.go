package views

import (
	"cmp"
	"slices"
	"strings"

	"gutskin/recommend"
)

// AdviceCard is one recommendation, fitted to one person.
type AdviceCard struct {
	words
	ID, Title       string
	Number          int    // its place among the first three; 0: none
	Source          string // "From the article" or "Beyond the article"
	Beyond          bool
	Do, Plan, Why   string
	Notes, Cautions []string
	Always          string
	Correction      string
	Effort, Notice  string
	Badge           Badge
	Grades          []Badge // for skin and for health
	Evidence        []string
	Passages        []PassageLine
	Sources         []SourceLine
	NotIf, Unknown  string
	Judged          string // said where no source is claimed
	Held            string // today we would not suggest it
}

// Badge says how sure we are: dots, a word and a sentence.
type Badge struct {
	Dots  string
	Label string
	Says  string
	Means string

	claims bool
}

// PassageLine is a passage of the article in our words.
type PassageLine struct{ Section, Says, Correction string }

// SourceLine is an entry of the list of sources.
type SourceLine struct {
	Cite, Year string // Year only where Cite does not say it
	Link       Link
}

type adviceCards struct {
	Page
	reader *recommend.Reader
	skin   []string // the concerns that were ticked
	held   []string
}

func (c adviceCards) list(picks []recommend.Pick, numbered bool) []AdviceCard {
	cards := make([]AdviceCard, len(picks))
	for i := range picks {
		cards[i] = c.card(&picks[i])
		if numbered {
			cards[i].Number = i + 1
		}
	}
	return cards
}

func (c adviceCards) card(pick *recommend.Pick) AdviceCard {
	w := c.reader.Advice(pick.ID, pick)
	card := AdviceCard{
		words: c.words(), ID: "tip-" + pick.ID, Title: w.Title, Do: w.Do, Plan: w.Plan, Why: w.Why,
		Notes: w.Notes, Cautions: w.Cautions, Always: w.Always, Correction: w.Correction,
		Notice: w.Notice, NotIf: w.NotIf, Unknown: w.Unknown,
		Source: c.T("advice.article"),
	}
	if card.Why == "" {
		card.Why = c.told(c.reader.Because(pick.Because))
	}
	advice := c.Edition.Book.AdviceByID(pick.ID)
	if advice != nil {
		card.Effort = c.T("effort." + string(advice.Effort))
		card.Beyond = advice.Beyond
		for _, id := range advice.Evidence {
			if topic := c.Edition.Book.TopicByID(id); topic != nil {
				card.Evidence = append(card.Evidence, c.reader.Text(topic.Says))
			}
		}
	}
	if card.Beyond {
		card.Source = c.T("advice.beyond")
	}
	c.addGrades(&card, pick)
	c.addPassages(&card, pick.Passages)
	c.addSources(&card, pick.Sources)
	if len(card.Sources) == 0 {
		card.Judged = c.T("advice.judged")
	}
	if slices.Contains(c.held, pick.ID) {
		card.Held = c.T("advice.held")
	}
	return card
}

// addGrades shows the grade for skin to someone with a skin concern, else the one
// for health. Where one makes no claim the other stands in, under its own name: a
// grade is never shown as if it were about something else.
func (c adviceCards) addGrades(card *AdviceCard, pick *recommend.Pick) {
	skin, health := c.skinBadge(pick), c.badge(pick.Health, c.T("advice.for_health"))
	card.Grades = []Badge{skin, health}
	card.Badge = health
	if len(c.skin) > 0 && skin.claims || !health.claims {
		card.Badge = skin
	}
	if !card.Badge.claims {
		card.Badge = Badge{Label: c.T("advice.no_claim_at_all")}
	}
}

// skinBadge leaves concerns for which the evidence speaks against the advice out of
// the grade and names them: good evidence against something must never read as if
// it were for it.
func (c adviceCards) skinBadge(pick *recommend.Pick) Badge {
	about := c.T("advice.for_skin")
	a := c.Edition.Book.AdviceByID(pick.ID)
	if a == nil || !slices.ContainsFunc(c.skin, func(s string) bool { return slices.Contains(a.Against, s) }) {
		return c.badge(pick.Skin, about)
	}
	var against, rest []string
	grade := a.Skin
	for _, concern := range c.skin {
		if slices.Contains(a.Against, concern) {
			against = append(against, concern)
			continue
		}
		if g, ok := a.SkinFor[concern]; ok && (len(rest) == 0 || c.dots(g) > c.dots(grade)) {
			grade = g
			rest = append(rest, concern)
		}
	}
	x := c.Edition.Quiz.Question(c.Edition.Quiz.Skin.Question)
	warning := c.T("advice.against", c.joined(answerTexts(x, against)))
	if len(rest) == 0 {
		return Badge{Label: warning, claims: true}
	}
	b := c.badge(grade, c.T("advice.for_skin_names", c.joined(answerTexts(x, rest))))
	b.Says += " " + warning
	return b
}

func (c adviceCards) dots(g recommend.Grade) int {
	if w := c.Edition.Book.GradeByID(g); w != nil {
		return w.Dots
	}
	return 0
}

func (c adviceCards) badge(g recommend.Grade, about string) Badge {
	words := c.Edition.Book.GradeByID(g)
	if words == nil || g == recommend.NoGrade {
		return Badge{Label: c.T("advice.no_claim", about)}
	}
	return Badge{
		Dots:  strings.Repeat("●", words.Dots) + strings.Repeat("○", max(0, 4-words.Dots)),
		Label: c.T("advice.grade", about, cmp.Or(words.Mid, words.Name)),
		Says:  words.Says, Means: words.Means, claims: true,
	}
}

func (c adviceCards) addPassages(card *AdviceCard, ids []string) {
	for _, id := range ids {
		if p := c.Edition.Book.PassageByID(id); p != nil {
			card.Passages = append(card.Passages, PassageLine{
				p.Section, c.reader.Text(p.Says), c.reader.Text(p.Correction),
			})
		}
	}
}

func (c adviceCards) addSources(card *AdviceCard, ids []string) {
	for _, id := range ids {
		if s := c.Edition.Book.SourceByID(id); s != nil {
			card.Sources = append(card.Sources, sourceLine(s))
		}
	}
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
