package views

import "gutskin/quiz"

// Summary lists the answers of one section.
type Summary struct {
	words
	Name string
	Rows []SummaryRow
}

// SummaryRow is one question with what was answered.
type SummaryRow struct {
	Term   string
	Values []string // empty: not provided
	Change Link     // empty where nothing can be changed
	Open   bool     // not answered yet
}

// summaries groups the questions of a walk by section, in order. With change, each
// row leads to its question.
func (p Page) summaries(w quiz.Walk, change bool) []Summary {
	var list []Summary
	section := ""
	for _, v := range w.Steps {
		x := v.Question
		if x.Section != section || len(list) == 0 {
			section = x.Section
			list = append(list, Summary{words: p.words(), Name: p.Edition.Quiz.Section(section).Name})
		}
		row := SummaryRow{Term: short(x), Open: !v.Answered, Values: answerTexts(x, w.Kept[x.ID].Values())}
		if change {
			row.Change = Link{slug(x.ID) + "?return=1", row.Term}
		}
		s := &list[len(list)-1]
		s.Rows = append(s.Rows, row)
	}
	return list
}

func short(x *quiz.Question) string {
	if x.Short != "" {
		return x.Short
	}
	return x.Text
}

// answerRows lists what was answered, in the order of the questionnaire.
func answerRows(q *quiz.Questionnaire, a quiz.Answers) []SummaryRow {
	var rows []SummaryRow
	for i := range q.Questions {
		x := &q.Questions[i]
		if answer, ok := a[x.ID]; ok {
			rows = append(rows, SummaryRow{Term: short(x), Values: answerTexts(x, answer.Values())})
		}
	}
	return rows
}
