package views

import (
	"slices"
	"strings"

	"gutskin/recommend"
)

// CareCard is one box of care advice. There is at most one of each look on a page;
// several notices of one level share it, each under its own heading.
type CareCard struct {
	words
	Look    string // emergency, urgent or clinician
	Prefix  string // says the level aloud, for screen readers
	Heading string
	Items   []CareItem
}

// CareItem is one notice.
type CareItem struct {
	ID      string
	Heading string // "" when it is the heading of the card
	Say     []string
	Lines   []string // help lines to call, between Say and Then
	Then    []string
	Told    string // the answers it comes from
	More    Link   // the page of a care-first advice, with the words of its heading
}

// careCards sorts notices into cards, loudest first, and the quiet ones into a list
// of what was left out.
func (p Page) careCards(r *recommend.Reader, notices []recommend.Notice) (cards []CareCard, leftOut []CareItem) {
	for _, look := range []string{"emergency", "urgent", "clinician"} {
		card := CareCard{words: p.words(), Look: look, Prefix: p.T("care." + look + ".prefix")}
		for _, n := range notices {
			if lookOf(n.Level) == look {
				card.Items = append(card.Items, p.careItem(r, n))
			}
		}
		switch len(card.Items) {
		case 0:
			continue
		case 1:
			card.Heading = card.Items[0].Heading
			card.Items[0].Heading = ""
		default:
			card.Heading = p.T("care." + look + ".several")
		}
		cards = append(cards, card)
	}
	for _, n := range notices {
		if n.Level == recommend.Note {
			leftOut = append(leftOut, p.careItem(r, n))
		}
	}
	return cards, leftOut
}

// lookOf gives care-first advice the look of a visit to a clinician.
func lookOf(l recommend.Level) string {
	if l == recommend.Care {
		l = recommend.Clinician
	}
	return string(l)
}

func (p Page) careItem(r *recommend.Reader, n recommend.Notice) CareItem {
	if n.Level == recommend.Care {
		w := r.Advice(n.ID, nil)
		item := CareItem{ID: n.ID, Heading: w.Title, Say: nonEmpty(append([]string{w.Do, w.Why, w.Always, w.NotIf}, w.Notes...)...)}
		return p.spreadLines(item)
	}
	w := r.Rule(n.ID)
	item := CareItem{ID: n.ID, Heading: w.Heading, Say: w.Say}
	if !staysWithheld(p.Edition.Book.RuleByID(n.ID)) { // nobody needs such thoughts read back to them
		item.Told = p.told(unsaid(r.Because(n.Because), w.Say))
	}
	return p.spreadLines(item)
}

// spreadLines takes the help lines out of the sentences they stand in and makes a
// list of them: someone who needs one finds it at once.
func (p Page) spreadLines(item CareItem) CareItem {
	lines := p.Edition.Book.Region(p.Edition.Site.Region).Crisis
	if len(lines) == 0 {
		return item
	}
	for i, text := range item.Say {
		from, to := strings.Index(text, lines[0]), strings.Index(text, lines[len(lines)-1])
		if from < 0 || to < from {
			continue
		}
		after := strings.TrimLeft(text[to+len(lines[len(lines)-1]):], ".。।۔ ")
		item.Then = nonEmpty(append([]string{after}, item.Say[i+1:]...)...)
		item.Say = nonEmpty(append(slices.Clone(item.Say[:i]), strings.TrimSpace(text[:from]))...)
		item.Lines = lines
		break
	}
	return item
}

// unsaid keeps the clauses that the texts do not quote already.
func unsaid(clauses, texts []string) []string {
	said := strings.Join(texts, " ")
	return slices.DeleteFunc(clauses, func(c string) bool { return strings.Contains(said, c) })
}

// told quotes answers: "You told us: you …; you …"
func (p Page) told(clauses []string) string {
	if len(clauses) == 0 {
		return ""
	}
	return p.T("care.told", p.joined(clauses))
}

func nonEmpty(texts ...string) []string {
	var kept []string
	for _, s := range texts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}
