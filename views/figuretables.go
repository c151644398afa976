package views

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gutskin/figures"
	"gutskin/quiz"
	"gutskin/recommend"
)

// sheet puts figures into words.
type sheet struct {
	Page
	list  []figures.Figure
	names map[string]string // of languages, where there is more than one
}

// covers says which months the figures are about.
func (s sheet) covers(pieces []figures.Piece) (list []string) {
	type key struct{ family, lang string }
	spans := map[key][2]string{}
	var keys []key
	for _, p := range pieces {
		k := key{p.Family, ""}
		k.lang = s.names[p.Lang]
		span, ok := spans[k]
		if !ok {
			keys, span = append(keys, k), [2]string{p.First, p.Last}
		}
		spans[k] = [2]string{min(span[0], p.First), max(span[1], p.Last)}
	}
	for _, k := range keys {
		text := s.T("figures.covers."+k.family, s.span(spans[k][0], spans[k][1]))
		if k.lang != "" {
			text = s.T("figures.in_language", k.lang, text)
		}
		list = append(list, text)
	}
	return list
}

func (s sheet) find(kind, item, value string) (figures.Figure, bool) {
	i := slices.IndexFunc(s.list, func(f figures.Figure) bool {
		return f.Tally == figures.Tally{Kind: kind, Item: item, Value: value}
	})
	if i < 0 {
		return figures.Figure{}, false
	}
	return s.list[i], true
}

func (s sheet) of(kind string) (list []figures.Figure) {
	for _, f := range s.list {
		if f.Kind == kind {
			list = append(list, f)
		}
	}
	return list
}

func (s sheet) facts(pieces []figures.Piece) (list []Fact) {
	counted := 0
	for _, p := range pieces {
		if p.Family == figures.Answers {
			counted += p.Of
		}
	}
	if done, ok := s.find(figures.Finished, "", ""); ok {
		list = append(list, Fact{s.T("figures.started"), itoa(done.Of)}, Fact{s.T("figures.finished"), itoa(done.N)},
			Fact{s.T("figures.completion"), s.percent(done)})
		minutes := s.T("figures.hidden")
		if n, ok := figures.Median(s.list); ok {
			minutes = s.N("figures.median_minutes", n)
		}
		list = append(list, Fact{s.T("figures.median"), minutes})
	}
	if counted > 0 {
		list = append(list, Fact{s.T("figures.counted"), itoa(counted)})
	}
	for _, kind := range []string{figures.Planned, figures.Linked} {
		text := s.T("figures.hidden")
		if f, ok := s.find(kind, "", ""); ok {
			text = itoa(f.N)
		}
		list = append(list, Fact{s.T("figures.did." + kind), text})
	}
	return list
}

func (s sheet) percent(f figures.Figure) string {
	return s.T("figures.percent", (200*f.N+f.Of)/(2*f.Of))
}

// row is a figure out of its people.
func (s sheet) row(name string, f figures.Figure, ok bool) FigureRow {
	if !ok || f.Of == 0 {
		return FigureRow{Name: name, N: s.T("figures.hidden")}
	}
	return FigureRow{Name: name, N: s.T("figures.n_of", f.N, f.Of), Share: s.percent(f), Bar: barOf(f.N, f.Of)}
}

// barOf is how long a bar of 100 is.
func barOf(n, of int) string { return fmt.Sprintf("%.1f", 100*float64(n)/float64(max(1, of))) }

func (s sheet) table(caption, what, n string, rows []FigureRow) *FigureTable {
	if len(rows) == 0 {
		return nil
	}
	return &FigureTable{words: s.words(), Caption: caption, What: what, N: n, Also: s.T("figures.share"), Rows: rows}
}

// funnel says how many of those who started came as far as each question, and how many
// left since the one before, where both are about the same people.
func (s sheet) funnel() *FigureTable {
	done, ok := s.find(figures.Finished, "", "")
	if !ok {
		return nil
	}
	before := figures.Figure{N: done.Of, Of: done.Of}
	var rows []FigureRow
	add := func(name string, f figures.Figure, ok bool) {
		row := s.row(name, f, ok)
		if ok && f.Of == before.Of && before.N-f.N >= figures.Few {
			row.Left = itoa(before.N - f.N)
		}
		if ok {
			before = f
		}
		rows = append(rows, row)
	}
	for i := range s.Edition.Quiz.Questions {
		x := &s.Edition.Quiz.Questions[i]
		f, ok := s.find(figures.Reached, x.ID, "")
		if i == 0 {
			f, ok = before, true
		}
		add(short(x), f, ok)
	}
	f, ok := s.find(figures.Reached, figures.Check, "")
	add(s.T("figures.check"), f, ok)
	add(s.T("figures.finished"), done, true)
	t := s.table(s.T("figures.funnel_caption"), s.T("figures.step"), s.T("figures.reached"), rows)
	if slices.ContainsFunc(rows, func(r FigureRow) bool { return r.Left != "" }) {
		t.Last = s.T("figures.left")
	}
	return t
}

func (s sheet) question(id string) string {
	if id == figures.Check {
		return s.T("figures.check")
	}
	if x := s.Edition.Quiz.Question(id); x != nil {
		return short(x)
	}
	return id
}

func (s sheet) minutes() *FigureTable {
	var rows []FigureRow
	for _, minutes := range figures.Stretches() {
		if f, ok := s.find(figures.Within, "", minutes); ok {
			rows = append(rows, s.row(s.T("figures.within", minutes), f, true))
		}
	}
	return s.table(s.T("figures.minutes_caption"), s.T("figures.minutes"), s.T("figures.people"), rows)
}

func (s sheet) errors() *FigureTable {
	list := s.of(figures.Error)
	slices.SortStableFunc(list, func(a, b figures.Figure) int { return cmp.Compare(b.N, a.N) })
	var rows []FigureRow
	for _, f := range list {
		rows = append(rows, FigureRow{Name: s.question(f.Item), N: itoa(f.N), Bar: barOf(f.N, list[0].N)})
	}
	t := s.table(s.T("figures.errors_caption"), s.T("figures.step"), s.T("figures.times"), rows)
	if t != nil {
		t.Also = ""
	}
	return t
}

// answers has a table for each question of which something can be seen, by section.
func (s sheet) answers() (groups []FigureGroup) {
	q := s.Edition.Quiz
	for _, section := range q.Sections {
		group := FigureGroup{Name: section.Name}
		for i := range q.Questions {
			x := &q.Questions[i]
			if x.Section != section.ID {
				continue
			}
			if t := s.answerTable(x); t != nil {
				group.Tables = append(group.Tables, *t)
			}
		}
		if len(group.Tables) > 0 {
			groups = append(groups, group)
		}
	}
	return groups
}

func (s sheet) answerTable(x *quiz.Question) *FigureTable {
	var rows []FigureRow
	some := false
	for _, value := range figures.Values(x) {
		f, ok := s.find(figures.Answer, x.ID, value)
		some = some || ok
		rows = append(rows, s.row(s.answer(x, value), f, ok))
	}
	if !some {
		return nil
	}
	return &FigureTable{words: s.words(), Caption: x.Text, What: s.T("figures.answer"), N: s.T("figures.people"), Also: s.T("figures.share"), Rows: rows}
}

// answer is an option, or a stretch of numbers, in words.
func (s sheet) answer(x *quiz.Question, value string) string {
	if value == figures.None {
		return s.T("answers.none")
	}
	if o := x.Option(value); o != nil {
		return o.Text
	}
	if n, ok := strings.CutPrefix(value, ">="); ok {
		return s.T("figures.from_n", n)
	}
	if n, ok := strings.CutPrefix(value, ">"); ok {
		return s.T("figures.above_n", n)
	}
	return value
}

func (s sheet) bands() (tables []FigureTable) {
	q := s.Edition.Quiz
	ids := make([]string, 0, len(q.Pillars)+1)
	for i := range q.Pillars {
		ids = append(ids, q.Pillars[i].ID)
	}
	for _, pillar := range append(ids, quiz.Overall) {
		var rows []FigureRow
		some := false
		add := func(id, name string) {
			f, ok := s.find(figures.Band, pillar, id)
			some = some || ok
			rows = append(rows, s.row(name, f, ok))
		}
		for _, band := range q.Bands {
			add(band.ID, band.Name)
		}
		add(figures.None, s.T("figures.no_number"))
		if some {
			tables = append(tables, FigureTable{words: s.words(), Caption: s.pillarName(pillar), What: s.T("figures.band"), N: s.T("figures.people"), Also: s.T("figures.share"), Rows: rows})
		}
	}
	return tables
}

func (s sheet) notices() *FigureTable {
	return s.met(figures.Notice, s.T("figures.notices_caption"), s.T("figures.notice"))
}

func (s sheet) advice() *FigureTable {
	return s.met(figures.Advice, s.T("figures.advice_caption"), s.T("figures.idea"))
}

// met lists what people were shown, the most common first.
func (s sheet) met(kind, caption, what string) *FigureTable {
	list := s.of(kind)
	slices.SortStableFunc(list, func(a, b figures.Figure) int { return cmp.Compare(b.N, a.N) })
	var rows []FigureRow
	for _, f := range list {
		rows = append(rows, s.row(s.shown(f), f, true))
	}
	return s.table(caption, what, s.T("figures.people"), rows)
}

// shown is the title of a notice or of an idea, as it reads for anybody.
func (s sheet) shown(f figures.Figure) string {
	reader := recommend.NewReader(s.Edition.Quiz, s.Edition.Book, s.Edition.Site.Region, nil)
	if r := s.Edition.Book.RuleByID(f.Item); r != nil && r.Heading != "" {
		return reader.Text(r.Heading)
	}
	if a := s.Edition.Book.AdviceByID(f.Item); a != nil {
		pick := plainPick(a)
		return reader.Advice(a.ID, &pick).Title
	}
	return f.Item
}
