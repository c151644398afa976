package quiz_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gutskin/quiz"
)

func TestLastingAnswers(t *testing.T) {
	q := small(t)
	q.Question("eats").Lasting, q.Question("age").Lasting = true, true
	for _, c := range []struct {
		about         string
		earlier, want quiz.Answers
	}{
		{"only what lasts", quiz.Answers{"eats": quiz.Pick("vegan", "nuts"), "sugar": quiz.Pick("few"), "shoe": quiz.Num(42)}, quiz.Answers{"eats": quiz.Pick("vegan", "nuts")}},
		{"not what was skipped", quiz.Answers{"eats": {}, "age": quiz.Pick("old")}, quiz.Answers{"age": quiz.Pick("old")}},
		{"not an answer that is lost in part", quiz.Answers{"eats": quiz.Pick("vegan", "gone")}, quiz.Answers{}},
		{"nothing", nil, quiz.Answers{}},
	} {
		if diff := cmp.Diff(c.want, q.Lasting(c.earlier)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.about, diff)
		}
	}
}
