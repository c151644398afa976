package views

import (
	"cmp"
	"slices"
	"strings"

	"gutskin/recommend"
)

// Badge says how sure we are: dots, a word and a sentence.
type Badge struct {
	Dots  string
	Label string
	Says  string
	Means string

	claims bool
}

// best is the grade for skin to someone with a skin concern, else the one for
// health. Where one makes no claim the other stands in, under its own name: a grade
// is never shown as if it were about something else.
func (c adviceCards) best(pick *recommend.Pick) Badge {
	skin, health := c.skinBadge(pick), c.badge(pick.Health, c.T("advice.for_health"))
	best := health
	if len(c.skin) > 0 && skin.claims || !health.claims {
		best = skin
	}
	if !best.claims {
		return Badge{Label: c.T("advice.no_claim_at_all")}
	}
	return best
}

// each has one badge for every skin concern that the evidence tells apart, and
// those it speaks against: the page for everyone knows of no concern.
func (c adviceCards) each(a *recommend.Advice) []Badge {
	x := c.Edition.Quiz.Question(c.Edition.Quiz.Skin.Question)
	if x == nil || len(a.SkinFor) == 0 {
		return []Badge{c.badge(a.Skin, c.T("advice.for_skin"))}
	}
	var badges []Badge
	for _, o := range x.Options {
		grade, known := a.SkinFor[o.ID]
		switch {
		case slices.Contains(a.Against, o.ID):
			badges = append(badges, Badge{Label: c.T("advice.against", o.Text), claims: true})
		case known:
			badges = append(badges, c.badge(grade, c.T("advice.for_skin_names", o.Text)))
		}
	}
	return badges
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

// dots draws a grade. One that makes no claim has none.
func dots(g *recommend.GradeWords) string {
	if g.ID == recommend.NoGrade {
		return ""
	}
	return strings.Repeat("●", g.Dots) + strings.Repeat("○", max(0, 4-g.Dots))
}

func (c adviceCards) badge(g recommend.Grade, about string) Badge {
	words := c.Edition.Book.GradeByID(g)
	if words == nil || g == recommend.NoGrade {
		return Badge{Label: c.T("advice.no_claim", about)}
	}
	return Badge{
		Dots:  dots(words),
		Label: c.T("advice.grade", about, cmp.Or(words.Mid, words.Name)),
		Says:  words.Says, Means: words.Means, claims: true,
	}
}
