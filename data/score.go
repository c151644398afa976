package data

import (
	"encoding/json"
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

// Download returns the reports of everything that was downloaded from one link, and
// whether body is such a download.
func Download(body []byte) (reports []json.RawMessage, ok bool) {
	var whole struct {
		Reports *[]json.RawMessage `json:"reports"`
	}
	if json.Unmarshal(body, &whole) != nil || whole.Reports == nil {
		return nil, false
	}
	return *whole.Reports, true
}
