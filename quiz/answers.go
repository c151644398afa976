package quiz

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Answers holds what a visitor said, by question id. A question without an entry
// was not reached; an entry that IsSkip was reached and left out on purpose.
type Answers map[string]Answer

// Answer is the options picked or the number given, never both. The zero value
// is a skip.
type Answer struct {
	Picked []string
	Number *float64
}

// Pick is an answer of one or more options.
func Pick(ids ...string) Answer { return Answer{Picked: ids} }

// Num is an answer that is a number.
func Num(n float64) Answer { return Answer{Number: &n} }

// IsSkip reports that the question was left out.
func (a Answer) IsSkip() bool { return a.Number == nil && len(a.Picked) == 0 }

// Has reports whether this option was picked.
func (a Answer) Has(option string) bool { return slices.Contains(a.Picked, option) }

// Values gives the answer as strings: the option ids, or the number. A skip has none.
func (a Answer) Values() []string {
	if a.Number != nil {
		return []string{FormatNumber(*a.Number)}
	}
	return a.Picked
}

// FormatNumber prints a number the short way: 7.5, 8.
func FormatNumber(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// MarshalJSON writes a number, one option as a string, several as a list, and a
// skip as an empty list.
func (a Answer) MarshalJSON() ([]byte, error) {
	switch {
	case a.Number != nil:
		return json.Marshal(*a.Number)
	case len(a.Picked) == 1:
		return json.Marshal(a.Picked[0])
	case len(a.Picked) == 0:
		return []byte("[]"), nil
	}
	return json.Marshal(a.Picked)
}

// UnmarshalJSON reads an option, a list of options, a number or null (a skip).
func (a *Answer) UnmarshalJSON(b []byte) error {
	if n := len(b); n > 2 && b[0] == '"' && b[n-1] == '"' && !bytes.ContainsFunc(b[1:n-1], special) {
		*a = Pick(string(b[1 : n-1])) // most answers; a tenth of the time of a step
		return nil
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	answer, err := answerOf(v)
	if err != nil {
		return err
	}
	*a = answer
	return nil
}

// special letters stand for something else in a JSON string, or cannot stand there.
func special(r rune) bool { return r == '"' || r == '\\' || r < ' ' || r == utf8.RuneError }

func answerOf(v any) (Answer, error) {
	switch v := v.(type) {
	case nil:
		return Answer{}, nil
	case string:
		return Pick(v), nil
	case float64:
		return Num(v), nil
	case []any:
		var picked []string
		for _, e := range v {
			s, ok := e.(string)
			if !ok {
				return Answer{}, fmt.Errorf("a list of answers takes option ids, not %v", e)
			}
			picked = append(picked, s)
		}
		return Answer{Picked: picked}, nil
	}
	return Answer{}, fmt.Errorf("an answer is an option id, a list of option ids, a number or null")
}

// Fault says what is wrong with the answer to one question. Kind is a stable key
// that a page puts into words for visitors.
type Fault struct {
	Question string
	Kind     FaultKind
	Value    string // the offending part, for logs of the command line only
}

// FaultKind is what can be wrong with an answer.
type FaultKind string

// The faults.
const (
	UnknownQuestion FaultKind = "unknown_question"
	UnknownOption   FaultKind = "unknown_option"
	TooMany         FaultKind = "too_many"      // several options where one is asked
	NotTogether     FaultKind = "not_together"  // an exclusive option beside another
	NotANumber      FaultKind = "not_a_number"  // words, NaN, nothing
	NotWhole        FaultKind = "not_whole"     // a fraction where a whole number is asked
	OutOfRange      FaultKind = "out_of_range"  // below the least or above the most
	NumberGiven     FaultKind = "number_given"  // a number where options are asked
	NothingGiven    FaultKind = "nothing_given" // for forms: neither an answer nor a skip
)

func (f Fault) Error() string {
	sentence := map[FaultKind]string{
		UnknownQuestion: "no question has this id",
		UnknownOption:   "no option has the id %q",
		TooMany:         "takes one option, not several",
		NotTogether:     "%q cannot stand beside another option",
		NotANumber:      "takes a number, not %q",
		NotWhole:        "takes a whole number, not %s",
		OutOfRange:      "%s is outside the range it takes",
		NumberGiven:     "takes an option id, not a number",
		NothingGiven:    "has no answer",
	}[f.Kind]
	if strings.Contains(sentence, "%") {
		sentence = fmt.Sprintf(sentence, f.Value)
	}
	return f.Question + ": " + sentence
}

// InvalidAnswers lists every fault, in the order of the questions.
type InvalidAnswers []Fault

func (e InvalidAnswers) Error() string {
	lines := make([]string, len(e))
	for i, f := range e {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Check returns InvalidAnswers naming everything in a that the questionnaire
// cannot read, or nil. It does not mind questions off the path: those are ignored.
func (q *Questionnaire) Check(a Answers) error {
	var faults InvalidAnswers
	for i := range q.Questions {
		x := &q.Questions[i]
		if answer, ok := a[x.ID]; ok {
			if f := x.Check(answer); f != nil {
				faults = append(faults, *f)
			}
		}
	}
	var unknown []string
	for id := range a {
		if q.Question(id) == nil {
			unknown = append(unknown, id)
		}
	}
	slices.Sort(unknown)
	for _, id := range unknown {
		faults = append(faults, Fault{Question: id, Kind: UnknownQuestion})
	}
	if len(faults) == 0 {
		return nil
	}
	return faults
}

// Check returns the first fault of an answer to this question, or nil. A skip is
// always fine.
func (x *Question) Check(a Answer) *Fault {
	fault := func(k FaultKind, value string) *Fault { return &Fault{x.ID, k, value} }
	if a.Number != nil {
		if x.Kind != Number {
			return fault(NumberGiven, "")
		}
		return x.checkNumber(*a.Number)
	}
	for _, id := range a.Picked {
		if x.Option(id) == nil {
			if x.Kind == Number {
				return fault(NotANumber, id)
			}
			return fault(UnknownOption, id)
		}
	}
	picked := x.canon(a).Picked
	if len(picked) < 2 {
		return nil
	}
	if x.Kind != Many {
		return fault(TooMany, "")
	}
	for _, id := range picked {
		if o := x.Option(id); o.Exclusive || o.Skip {
			return fault(NotTogether, id)
		}
	}
	return nil
}

// Readable keeps the options of an answer that the question still has: losing one of
// several conditions must not lose the others.
func (x *Question) Readable(a Answer) Answer {
	if len(a.Picked) == 0 {
		return a
	}
	return Pick(slices.DeleteFunc(slices.Clone(a.Picked), func(id string) bool { return x.Option(id) == nil })...)
}

func (x *Question) checkNumber(n float64) *Fault {
	switch {
	case math.IsNaN(n):
		return &Fault{x.ID, NotANumber, "NaN"}
	case n < x.Range.Min || n > x.Range.Max:
		return &Fault{x.ID, OutOfRange, FormatNumber(n)}
	case x.Range.Whole && n != math.Trunc(n):
		return &Fault{x.ID, NotWhole, FormatNumber(n)}
	}
	return nil
}

// canon puts picked options into the order of the question, each once, so that
// the order of ticks never matters. A "prefer not to say" becomes a skip.
func (x *Question) canon(a Answer) Answer {
	if a.Number != nil || len(a.Picked) == 0 {
		return a
	}
	picked := make([]string, 0, len(a.Picked))
	for i := range x.Options {
		if o := &x.Options[i]; a.Has(o.ID) {
			picked = append(picked, o.ID)
		}
	}
	return Answer{Picked: picked}
}

// ParseNumber reads a number as people type it: "7.5", "7,5", " 8 ". It takes
// plain digits with one point or comma and nothing else: no exponent, no sign, no
// "NaN".
func ParseNumber(s string) (float64, bool) {
	s = strings.Replace(strings.TrimSpace(s), ",", ".", 1)
	if s == "" || len(s) > 12 || strings.Trim(s, "0123456789.") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}
