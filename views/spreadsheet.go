package views

import (
	"strings"
	"time"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

// Sheet is a report with the edition it was made with.
type Sheet struct {
	Edition *data.Edition
	Report  recommend.Report
}

// byteOrderMark tells spreadsheet programs that the text is UTF-8: without it some
// show “ as three odd signs.
const byteOrderMark = "\ufeff"

// Spreadsheet is a table with a line for each answer and each score of these reports,
// as comma-separated values (RFC 4180). p has the words of its headings.
func Spreadsheet(p Page, sheets []Sheet) []byte {
	var b strings.Builder
	b.WriteString(byteOrderMark)
	writeRow(&b, p.T("csv.date"), p.T("csv.kind"), p.T("csv.id"), p.T("csv.name"), p.T("csv.value"), p.T("csv.low"), p.T("csv.high"), p.T("csv.words"))
	for _, s := range sheets {
		date := s.Report.TakenAt.Format(time.DateOnly)
		for i := range s.Edition.Quiz.Questions {
			x := &s.Edition.Quiz.Questions[i]
			if a, ok := s.Report.Answers[x.ID]; ok {
				said := p.joined(answerTexts(x, a.Values()))
				if a.IsSkip() {
					said = p.T("answers.none")
				}
				writeRow(&b, date, p.T("csv.answer"), x.ID, x.Text, strings.Join(a.Values(), " "), "", "", said)
			}
		}
		for _, score := range s.Report.Scores {
			value, low, high, words := numbers(p, s.Edition, score)
			writeRow(&b, date, p.T("csv.score"), score.Pillar, scoreName(p, s.Edition, score.Pillar), value, low, high, words)
		}
	}
	return []byte(b.String())
}

func numbers(p Page, e *data.Edition, s quiz.Score) (value, low, high, words string) {
	if s.Figures == nil {
		return "", "", "", p.figure(s.State, nil)
	}
	return itoa(s.Value), itoa(s.Low), itoa(s.High), e.Quiz.Band(s.Value).Name
}

func scoreName(p Page, e *data.Edition, pillar string) string {
	p.frame, p.Edition = p.Edition, e
	return p.pillarName(pillar)
}

func writeRow(b *strings.Builder, cells ...string) {
	for i, cell := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + strings.ReplaceAll(harmless(cell), `"`, `""`) + `"`)
	}
	b.WriteString("\r\n")
}

// harmless keeps a spreadsheet program from taking a text for a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsAny(string([]rune(cell)[:1]), "=+-@\t\r\n＝＋－＠") {
		return "'" + cell
	}
	return cell
}
