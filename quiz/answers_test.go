package quiz_test

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"gutskin/quiz"
)

func TestCheck(t *testing.T) {
	cases := []struct {
		name    string
		answers quiz.Answers
		want    string // every fault, one a line
	}{
		{"nothing", nil, ""},
		{"everything", settled(), ""},
		{"a skip", quiz.Answers{"sugar": {}, "hours": {}, "skin": {}}, ""},
		{"an option off the path", quiz.Answers{"helped": quiz.Pick("yes")}, ""},
		{"an option that is not offered", quiz.Answers{"eats": quiz.Pick("vegan"), "milk": quiz.Pick("glass")}, ""},
		{"the same option twice is one option", quiz.Answers{"sugar": quiz.Pick("few", "few")}, ""},
		{"an exclusive option twice", quiz.Answers{"skin": quiz.Pick("none", "none")}, ""},
		{"an option that stands in for a number", quiz.Answers{"hours": quiz.Pick("varies")}, ""},
		{"the least and the most", quiz.Answers{"hours": quiz.Num(0), "drinks": quiz.Num(30)}, ""},

		{"unknown question", quiz.Answers{"shoe": quiz.Pick("42")}, "shoe: no question has this id"},
		{"unknown question, skipped", quiz.Answers{"shoe": {}}, "shoe: no question has this id"},
		{"unknown option", quiz.Answers{"sugar": quiz.Pick("salt")}, `sugar: no option has the id "salt"`},
		{"unknown option beside a known one", quiz.Answers{"eats": quiz.Pick("vegan", "")}, `eats: no option has the id ""`},
		{"too many", quiz.Answers{"sugar": quiz.Pick("few", "daily")}, "sugar: takes one option, not several"},
		{"not together", quiz.Answers{"eats": quiz.Pick("none", "vegan")}, `eats: "none" cannot stand beside another option`},
		{"prefer not to say beside another", quiz.Answers{"skin": quiz.Pick("acne", "pns")}, `skin: "pns" cannot stand beside another option`},
		{"words for a number", quiz.Answers{"hours": quiz.Pick("eight")}, `hours: takes a number, not "eight"`},
		{"not a number", quiz.Answers{"hours": quiz.Num(math.NaN())}, `hours: takes a number, not "NaN"`},
		{"too little", quiz.Answers{"hours": quiz.Num(-0.5)}, "hours: -0.5 is outside the range it takes"},
		{"too much", quiz.Answers{"hours": quiz.Num(16.1)}, "hours: 16.1 is outside the range it takes"},
		{"without end", quiz.Answers{"hours": quiz.Num(math.Inf(1))}, "hours: +Inf is outside the range it takes"},
		{"not whole", quiz.Answers{"drinks": quiz.Num(2.5)}, "drinks: takes a whole number, not 2.5"},
		{"a number for an option", quiz.Answers{"sugar": quiz.Num(1)}, "sugar: takes an option id, not a number"},
		{"all of them, in the order of the questions, unknown ones last",
			quiz.Answers{"zoo": quiz.Pick("a"), "drinks": quiz.Num(31), "age": quiz.Pick("x"), "abc": {}},
			"age: no option has the id \"x\"\ndrinks: 31 is outside the range it takes\nabc: no question has this id\nzoo: no question has this id"},
	}
	q := small(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			err := q.Check(c.answers)
			if err != nil {
				got = err.Error()
				var faults quiz.InvalidAnswers
				if !errors.As(err, &faults) {
					t.Errorf("the error is a %T, want InvalidAnswers", err)
				}
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

// A fault of a kind that has no sentence would tell nobody anything.
func TestFaultSentences(t *testing.T) {
	kinds := []quiz.FaultKind{
		quiz.UnknownQuestion, quiz.UnknownOption, quiz.TooMany, quiz.NotTogether, quiz.NotANumber,
		quiz.NotWhole, quiz.OutOfRange, quiz.NumberGiven, quiz.NothingGiven,
	}
	seen := map[string]bool{}
	for _, kind := range kinds {
		got := quiz.Fault{Question: "x", Kind: kind, Value: "5%d"}.Error()
		if len(got) < 10 || seen[got] || strings.Contains(got, "%!") {
			t.Errorf("%s: got %q", kind, got)
		}
		seen[got] = true
	}
}

func TestParseNumber(t *testing.T) {
	cases := []struct {
		typed string
		want  float64
		ok    bool
	}{
		{"8", 8, true}, {"0", 0, true}, {"7.5", 7.5, true}, {"7,5", 7.5, true}, {" 8 ", 8, true}, {"\t6\n", 6, true},
		{"08", 8, true}, {"8.", 8, true}, {".5", 0.5, true}, {",5", 0.5, true}, {"\u00a08", 8, true},
		{"123456789012", 123456789012, true},
		{"", 0, false}, {" ", 0, false}, {".", 0, false}, {",", 0, false},
		{"-1", 0, false}, {"+3", 0, false}, {"1e9", 0, false}, {"1E2", 0, false}, {"0x10", 0, false}, {"1_0", 0, false},
		{"NaN", 0, false}, {"Inf", 0, false}, {"infinity", 0, false},
		{"7.5.1", 0, false}, {"7,5,1", 0, false}, {"7.5,1", 0, false}, {"7 5", 0, false}, {"7½", 0, false},
		{"eight", 0, false}, {"8h", 0, false}, {"1a1", 0, false}, {"٣", 0, false}, {"８", 0, false}, {"8\x00", 0, false},
		{"1234567890123", 0, false}, {strings.Repeat("9", 400), 0, false}, {strings.Repeat("0", 1<<20), 0, false},
	}
	for _, c := range cases {
		got, ok := quiz.ParseNumber(c.typed)
		if got != c.want || ok != c.ok {
			t.Errorf("ParseNumber(%.20q) = %v, %v; want %v, %v", c.typed, got, ok, c.want, c.ok)
		}
	}
}

func TestFormatNumber(t *testing.T) {
	for n, want := range map[float64]string{0: "0", 8: "8", 7.5: "7.5", 30: "30", 0.1: "0.1", 1e21: "1000000000000000000000"} {
		if got := quiz.FormatNumber(n); got != want {
			t.Errorf("FormatNumber(%v) = %q, want %q", n, got, want)
		}
	}
}

func TestAnswerJSON(t *testing.T) {
	cases := []struct {
		json  string
		want  quiz.Answer
		again string // written back
	}{
		{`"adult"`, quiz.Pick("adult"), `"adult"`},
		{`["a","b"]`, quiz.Pick("a", "b"), `["a","b"]`},
		{`["a"]`, quiz.Pick("a"), `"a"`},
		{`7.5`, quiz.Num(7.5), `7.5`},
		{`0`, quiz.Num(0), `0`},
		{`null`, quiz.Answer{}, `[]`},
		{`[]`, quiz.Answer{}, `[]`},
		{`""`, quiz.Pick(""), `""`},
		{`"7.5"`, quiz.Pick("7.5"), `"7.5"`},
	}
	for _, c := range cases {
		var got quiz.Answer
		if err := json.Unmarshal([]byte(c.json), &got); err != nil {
			t.Errorf("%s: %v", c.json, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.json, diff)
		}
		if again, err := json.Marshal(got); err != nil || string(again) != c.again {
			t.Errorf("%s is written as %s, want %s (%v)", c.json, again, c.again, err)
		}
	}
	for _, bad := range []string{`true`, `{}`, `{"a":1}`, `[1]`, `[null]`, `["a",["b"]]`, `1e999`, `01`, `"a`, ``, `NaN`} {
		got := quiz.Pick("kept")
		if err := json.Unmarshal([]byte(bad), &got); err == nil || !got.Has("kept") {
			t.Errorf("%s: got %v with error %v, want an error and the answer left alone", bad, got, err)
		}
	}
}

func TestAnswerValues(t *testing.T) {
	cases := []struct {
		answer quiz.Answer
		want   []string
		skip   bool
	}{
		{quiz.Answer{}, nil, true},
		{quiz.Pick(), nil, true},
		{quiz.Pick("a", "b"), []string{"a", "b"}, false},
		{quiz.Num(7.5), []string{"7.5"}, false},
		{quiz.Num(0), []string{"0"}, false},
	}
	for _, c := range cases {
		if diff := cmp.Diff(c.want, c.answer.Values()); diff != "" {
			t.Errorf("values (-want +got):\n%s", diff)
		}
		if got := c.answer.IsSkip(); got != c.skip {
			t.Errorf("%v: skip %v, want %v", c.want, got, c.skip)
		}
	}
}

func TestAnswersRoundTrip(t *testing.T) {
	q := small(t)
	rapid.Check(t, func(t *rapid.T) {
		answers := answersTo(q).Draw(t, "answers")
		body, err := json.Marshal(answers)
		if err != nil {
			t.Fatal(err)
		}
		var again quiz.Answers
		if err := json.Unmarshal(body, &again); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(answers, again); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", body, diff)
		}
	})
}

// answersTo answers some questions, on the path or off it, in a form that Check
// accepts.
func answersTo(q *quiz.Questionnaire) *rapid.Generator[quiz.Answers] {
	return rapid.Custom(func(t *rapid.T) quiz.Answers {
		answers := quiz.Answers{}
		for i := range q.Questions {
			x := &q.Questions[i]
			if rapid.IntRange(0, 4).Draw(t, "leave out") == 0 {
				continue
			}
			v := quiz.Visit{Question: x}
			for j := range x.Options {
				v.Offered = append(v.Offered, &x.Options[j])
			}
			answers[x.ID] = answerTo(v).Draw(t, x.ID)
		}
		return answers
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, seed := range []string{"7,5", "8", " .5 ", "1e9", "NaN", "-1", "7.5.1", "٣"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, ok := quiz.ParseNumber(s)
		switch {
		case !ok && n != 0:
			t.Errorf("refused, yet gave %v", n)
		case ok && (n < 0 || n >= 1e12 || math.IsNaN(n)):
			t.Errorf("ParseNumber(%q) = %v, want 0 or more and below 1e12", s, n)
		case ok:
			// No way of typing a number means two numbers.
			plain := strings.Replace(strings.TrimSpace(s), ",", ".", 1)
			if want, err := strconv.ParseFloat(plain, 64); err != nil || want != n {
				t.Errorf("ParseNumber(%q) = %v, want %v (%v)", s, n, want, err)
			}
		}
	})
}

func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{`"a"`, `["a","b"]`, `7.5`, `null`, `[]`, `{}`, `[[]]`, `-0`, `1e308`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var a quiz.Answer
		if json.Unmarshal(body, &a) != nil {
			return
		}
		written, err := json.Marshal(a)
		if err != nil {
			t.Fatalf("read but not written: %v", err)
		}
		var again quiz.Answer
		if err := json.Unmarshal(written, &again); err != nil {
			t.Fatalf("%s was written and not read: %v", written, err)
		}
		if diff := cmp.Diff(a, again); diff != "" {
			t.Errorf("changed on the way (-want +got):\n%s", diff)
		}
	})
}

// FuzzSheet takes any JSON object as answers: what Check lets through can be walked
// and scored.
func FuzzSheet(f *testing.F) {
	q := small(f)
	whole, err := json.Marshal(settled())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	for _, seed := range []string{
		`{}`, `{"age":"child"}`, `{"hours":1e-300,"drinks":30,"skin":["acne","acne"]}`,
		`{"evening":["late","screens","drink","moves","shift"]}`, `{"milk":"upset","hours":"varies"}`, `{"hours":-0}`, `{"x":null}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var answers quiz.Answers
		if json.Unmarshal(body, &answers) != nil || q.Check(answers) != nil {
			return
		}
		w := q.Walk(answers)
		if w.Most < len(w.Steps) {
			t.Errorf("%d steps of %d", len(w.Steps), w.Most)
		}
		card := q.Score(w.Kept, quiz.Veil{})
		for _, s := range card.Scores {
			if s.Figures != nil && (s.Low < 0 || s.Low > s.Value || s.Value > s.High || s.High > 100) {
				t.Errorf("%s: %+v", s.Pillar, *s.Figures)
			}
		}
		for name := range q.Labels {
			q.Holds(&quiz.Condition{Is: name}, w.Kept, card.Scores)
		}
	})
}
