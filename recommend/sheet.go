package recommend

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"gutskin/quiz"
)

// Sheet is what a person said, as JSON: {question: option | [options] | number},
// beside "acknowledged", the emergency rules answered on the get-help page. A whole
// report is read for the answers in it.
type Sheet struct {
	Answers      quiz.Answers
	Acknowledged []string
}

// UnmarshalJSON reads a sheet and names everything in it that is not an answer.
// Whether a questionnaire knows the answers is for its Check to say.
func (s *Sheet) UnmarshalJSON(body []byte) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		return fmt.Errorf("the answers are not a JSON object: %w", err)
	}
	if list, ok := raw["acknowledged"]; ok {
		if err := json.Unmarshal(list, &s.Acknowledged); err != nil {
			return errors.New("acknowledged: give a list of safety rules")
		}
		delete(raw, "acknowledged")
	}
	if answers, ok := raw["answers"]; ok {
		raw = nil
		if err := json.Unmarshal(answers, &raw); err != nil {
			return fmt.Errorf("answers: %w", err)
		}
	}
	s.Answers = quiz.Answers{}
	var problems []error
	for _, id := range slices.Sorted(maps.Keys(raw)) {
		var a quiz.Answer
		if err := json.Unmarshal(raw[id], &a); err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", id, err))
		}
		s.Answers[id] = a
	}
	return errors.Join(problems...)
}
