package data

import (
	"errors"

	"gutskin/recommend"
)

// Score reports on the answers of a JSON sheet (recommend.Sheet). The error names
// everything in it that this edition cannot read.
func (e *Edition) Score(body []byte) (recommend.Report, error) {
	var sheet recommend.Sheet
	if err := errors.Join(sheet.UnmarshalJSON(body), e.Quiz.Check(sheet.Answers)); err != nil {
		return recommend.Report{}, err
	}
	report := recommend.Assess(e.Quiz, e.Book, sheet.Answers, sheet.Acknowledged...)
	report.Edition = e.Hash
	return report, nil
}
