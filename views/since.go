package views

import (
	"slices"

	"gutskin/quiz"
	"gutskin/recommend"
)

// Since is what today's check would say of an old report, where that differs.
type Since struct {
	words
	Scores     []SinceScore
	Came, Went []string
	Unread     string // answers that today's check cannot use
}

// SinceScore is a score that is not what it was, and why.
type SinceScore struct{ Text, Why string }

// nowSays is nil for a report of today's edition, where nothing differs, and where one
// of the two shows no numbers. Warnings are no part of it: they stand above.
func (p Page) nowSays(in *ResultsInput) *Since {
	if in.Reworked == nil || !numbersShown(in.Reworked.Report.Scores) {
		return nil
	}
	then, now := &in.Report, &in.Reworked.Report
	today := p
	today.Edition = in.TodayEdition
	changed := recommend.Compare(today.Edition.Quiz, *then, *now)
	since := &Since{words: p.words()}
	for _, d := range changed.Scores {
		if text := p.sinceText(&today, d); text != "" {
			since.Scores = append(since.Scores, SinceScore{text, p.sinceWhy(&today, then.Receipt, now.Receipt, d)})
		}
	}
	since.Came = today.cameSince(now, changed.Advice.Came)
	reader := today.reader(in.TodayEdition, *now)
	went := slices.DeleteFunc(changed.Advice.Went, func(id string) bool { // what is held today is said above
		return slices.Contains(in.NowHeld, id) || reader.KeepsBack(id)
	})
	since.Went = adviceTitles(p.reader(p.Edition, *then), went)
	var unread []string
	for _, id := range in.Reworked.Dropped {
		if x := p.Edition.Quiz.Question(id); x != nil {
			unread = append(unread, short(x))
		}
	}
	since.Unread = p.joined(unread)
	if len(since.Scores)+len(since.Came)+len(since.Went) == 0 && since.Unread == "" {
		return nil
	}
	return since
}

// sinceText is "" for a score that reads as it did.
func (p Page) sinceText(today *Page, d recommend.Difference) string {
	name := today.pillarName(d.Pillar)
	if p.Edition.Quiz.Pillar(d.Pillar) != nil {
		name = p.pillarName(d.Pillar)
	}
	then, now := d.Then.Figures, d.Now.Figures
	switch {
	case then != nil && now != nil:
		if then.Value == now.Value && p.bandName(then) == today.bandName(now) {
			return ""
		}
		return p.T("since.score", name, then.Value, p.bandName(then), now.Value, today.bandName(now))
	case d.Then.State == d.Now.State:
		return ""
	case d.Now.State == quiz.Hidden:
		return p.T("since.hidden", name)
	case d.Then.State == quiz.Hidden:
		return p.T("since.unhidden", name)
	case now == nil:
		return p.T("since.gone", name, then.Value)
	}
	return p.T("since.new", name, now.Value)
}

// sinceWhy names the answers that count for more or for less today. Of a score that is
// kept back, then or now, nothing is told.
func (p Page) sinceWhy(today *Page, then, now []quiz.Line, d recommend.Difference) string {
	if d.Then.State == quiz.Hidden || d.Now.State == quiz.Hidden {
		return ""
	}
	var names []string
	for _, line := range then {
		if line.Pillar == d.Pillar && !countsAsIn(now, line) {
			names = append(names, p.questionName(line.Question))
		}
	}
	for _, line := range now {
		known := slices.ContainsFunc(then, func(l quiz.Line) bool { return l.Question == line.Question })
		if line.Pillar == d.Pillar && !known {
			names = append(names, today.questionName(line.Question))
		}
	}
	if len(names) == 0 {
		return ""
	}
	return p.T("since.why", p.joined(names))
}

func (p Page) questionName(id string) string {
	if x := p.Edition.Quiz.Question(id); x != nil {
		return short(x)
	}
	return id
}

// countsAsIn reports that the same line stands in a receipt, with the same points.
func countsAsIn(receipt []quiz.Line, line quiz.Line) bool {
	return slices.ContainsFunc(receipt, func(l quiz.Line) bool {
		same := l.Points == line.Points || l.Points != nil && line.Points != nil && *l.Points == *line.Points
		return same && l.Question == line.Question && l.Pillar == line.Pillar && l.Weight == line.Weight && l.State == line.State
	})
}

// cameSince names each idea with the answers that call for it.
func (p Page) cameSince(now *recommend.Report, ids []string) []string {
	reader := p.reader(p.Edition, *now)
	var lines []string
	for _, id := range ids {
		for _, title := range adviceTitles(reader, []string{id}) {
			if why := p.told(reader.Because(becauseOf(now, id))); why != "" {
				title = p.T("list.sentence", title, why)
			}
			lines = append(lines, title)
		}
	}
	return lines
}

// becauseOf is why a report shows an advice.
func becauseOf(rep *recommend.Report, id string) []quiz.Reason {
	for _, n := range rep.Care {
		if n.ID == id {
			return n.Because
		}
	}
	for _, shelf := range rep.Shelves() {
		for i := range shelf {
			if shelf[i].ID == id {
				return shelf[i].Because
			}
		}
	}
	return nil
}
