package recommend_test

import (
	"encoding/json"
	"sync"
	"testing"

	"gutskin/quiz"
	"gutskin/recommend"
)

var visits = []string{
	"greens=no sweets=often cups=1 skin=spots,itch health=kidney,tired", "greens=no cups=0 health=fall",
	"greens=some sweets=often cups=2 skin=itch health=allergy", "", "greens=lots sweets=rare cups=8",
}

func written(t *testing.T, r recommend.Report) string {
	t.Helper()
	body, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// Room is used again for the next visitor, in many goroutines at once. No report may
// show it, not even one that was made long before.
func TestReportsShareNothing(t *testing.T) {
	q := smallQuiz()
	b := book().For(q)
	want := make([]string, len(visits))
	for i, words := range visits {
		want[i] = written(t, recommend.Assess(q, book(), reading(words)))
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			kept := make([]recommend.Report, 0, 200)
			for i := range cap(kept) {
				kept = append(kept, recommend.Assess(q, b, reading(visits[i%len(visits)])))
			}
			for i, r := range kept {
				if got, want := written(t, r), want[i%len(visits)]; got != want {
					t.Errorf("report %d: got %s, want %s", i, got, want)
					return
				}
			}
		})
	}
	all.Wait()
}

// A book that is ready for one questionnaire is made ready anew for another, whatever
// the order of its questions and options.
func TestAnotherQuestionnaire(t *testing.T) {
	b := book().For(smallQuiz())
	q := smallQuiz()
	for i, j := 0, len(q.Questions)-1; i < j; i, j = i+1, j-1 {
		q.Questions[i], q.Questions[j] = q.Questions[j], q.Questions[i]
	}
	for i := range q.Questions {
		if o := q.Questions[i].Options; len(o) > 1 {
			o[0], o[1] = o[1], o[0]
		}
	}
	q.Compile()
	for _, words := range visits {
		got, want := recommend.Assess(q, b, reading(words)), recommend.Assess(smallQuiz(), b, reading(words))
		same(t, words, ids(got.Top), ids(want.Top))
		same(t, words, care(got), care(want))
		same(t, words, len(b.Emergencies(q, reading(words))), len(b.Emergencies(smallQuiz(), reading(words))))
	}
	if b.For(q) == b || b.For(q).For(q) == nil {
		t.Error("a book was ready for a questionnaire it had not seen")
	}
}

func TestAnswersAreTheVisitorsOwn(t *testing.T) {
	given := quiz.Answers{"greens": quiz.Pick("no")}
	r := recommend.Assess(smallQuiz(), book(), given)
	given["greens"] = quiz.Pick("lots")
	same(t, "kept", r.Answers["greens"].Picked[0], "no")
}
