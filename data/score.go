package data

import (
	"errors"

	"gutskin/quiz"
	"gutskin/recommend"
)

// Score reports on the answers of a JSON sheet (recommend.Sheet). The error names
// everything in it that this edition cannot read.
func (e *Edition) Score(body []byte) (recommend.Report, error) {
	var sheet recommend.Sheet
	if err := errors.Join(sheet.UnmarshalJSON(body), e.Quiz.Check(sheet.Answers)); err != nil {
		return recommend.Report{}, err
	}
	return e.Assess(sheet.Answers, sheet.Acknowledged...), nil
}

// Assess reports on answers that have passed Check, and says by which edition.
func (e *Edition) Assess(a quiz.Answers, acknowledged ...string) recommend.Report {
	report := recommend.Assess(e.Quiz, e.Book, a, acknowledged...)
	report.Edition = e.Hash
	return report
}
