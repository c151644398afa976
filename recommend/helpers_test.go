package recommend_test

import (
	"slices"
	"strings"
	"testing"

	"gutskin/quiz"
	"gutskin/recommend"
)

// A small check that was made up for these tests: two pillars, five questions, three
// rules and a handful of advice. What the real content says is tested with the data.

func question(id, pillar string, weight int, options ...quiz.Option) quiz.Question {
	return quiz.Question{ID: id, Kind: quiz.One, Pillar: pillar, Weight: weight, Options: options}
}

func option(id string, points int, said, good string) quiz.Option {
	return quiz.Option{ID: id, Points: points, Said: said, Good: good}
}

func number(n float64) *float64 { return &n }

func smallQuiz() *quiz.Questionnaire {
	none := option("none", 0, "you ticked nothing", "")
	none.Exclusive = true
	health := question("health", "", 0,
		option("fall", 0, "you had a fall", ""), option("kidney", 0, "you have kidney trouble", ""),
		option("allergy", 0, "milk makes you ill", ""), option("tired", 0, "you are tired", ""), none)
	health.Kind = quiz.Many
	skin := question("skin", "", 0, option("spots", 0, "you have spots", ""), option("itch", 0, "you itch", ""), none)
	skin.Kind = quiz.Many
	cups := question("cups", "drinking", 2)
	cups.Kind = quiz.Number
	cups.Range = &quiz.Range{Max: 20, Said: "you drink {n} cups", SaidOne: "you drink 1 cup", Steps: []quiz.Step{
		{From: number(0), Points: 0}, {From: number(3), Points: 2}, {From: number(6), Points: 4, Good: "You drink enough."},
	}}
	q := &quiz.Questionnaire{
		Pillars: []quiz.Pillar{{ID: "eating", Weight: 60}, {ID: "drinking", Weight: 40}},
		Bands:   []quiz.Band{{ID: "low"}, {ID: "high", From: 50}},
		Rules:   quiz.ScoreRules{PillarAnswered: 60, OverallPillars: 1, OverallWeight: 40},
		Skin:    quiz.SkinLabels{Question: "skin", Professional: in("health", "fall")},
		Questions: []quiz.Question{
			health, skin,
			question("greens", "eating", 2, option("no", 0, "you eat no greens", ""), option("some", 2, "you eat some greens", ""),
				option("lots", 4, "you eat lots of greens", "You eat lots of greens.")),
			question("sweets", "eating", 1, option("often", 0, "you often eat sweets", ""), option("rare", 4, "you rarely eat sweets", "You rarely eat sweets.")),
			cups,
		},
	}
	q.Compile()
	return q
}

func in(question string, options ...string) quiz.Condition {
	return quiz.Condition{Question: question, In: options}
}

// tip is advice that is ranked by the gap of one question.
func tip(id, pillar, question string, options ...string) recommend.Advice {
	return recommend.Advice{
		ID: id, Shelf: recommend.Ranked, Pillar: pillar, Effort: recommend.Low, Health: recommend.Limited, Skin: recommend.Weak,
		When: in(question, options...), Trigger: []recommend.Trigger{{Question: question}},
		Title: id, Do: "Do " + id + ".", Why: "You told us that {said: " + question + "}.",
	}
}

func onShelf(shelf recommend.Shelf, a recommend.Advice) recommend.Advice {
	a.Shelf, a.Trigger = shelf, nil
	return a
}

func rules() []recommend.Rule {
	fall := recommend.Rule{ID: "E1", Level: recommend.Emergency, When: in("health", "fall"), Heading: "Call {help: emergency}",
		Say:    "You told us that {said: health}. Call {help: emergency} now.",
		Effect: recommend.Effect{Hold: []string{recommend.Everything}, Withhold: true},
		After:  &recommend.Effect{Hold: []string{recommend.Everything, "-water"}}}
	kidney := recommend.Rule{ID: "N1", Level: recommend.Note, When: in("health", "kidney"), Heading: "Ask your team", Say: "Ask about drinks.",
		Effect: recommend.Effect{Hold: []string{"DRINKS"}, Hide: []string{"drinking"}, Without: []string{"fluid"}, Caution: []string{"greens"}},
		Cases: []recommend.Case{
			{When: in("health", "tired"), Level: recommend.Urgent, Heading: "Ask today", Say: "Tell them you are tired.", Effect: recommend.Effect{Hold: []string{"sweets"}}},
			{When: in("skin", "itch"), Say: "Itch can be a sign.", Instead: true},
		}}
	allergy := recommend.Rule{ID: "A1", Level: recommend.Note, When: in("health", "allergy"), Silent: true,
		Effect: recommend.Effect{Without: []string{"milk"}}}
	return []recommend.Rule{kidney, allergy, fall}
}

func kitchen() recommend.Kitchen {
	return recommend.Kitchen{
		Tags: []recommend.Tag{{ID: "milk", Words: []string{"milk", "yogurt"}}, {ID: "soy"}, {ID: "fluid"}},
		Foods: []recommend.Food{
			{ID: "oats", Text: "oats"}, {ID: "eggs", Text: "eggs"},
			{ID: "yogurt", Text: "yogurt", Tags: []string{"milk"}, Instead: "soya"},
			{ID: "soya", Text: "soya yogurt", Tags: []string{"soy"}},
			{ID: "cheese", Text: "cheese", Tags: []string{"milk"}},
		},
		Eaters: []recommend.Eater{{ID: "dairy_free", When: in("health", "allergy"), Without: []string{"milk"}}},
	}
}

// smallBook is a book with these pieces of advice.
func smallBook(advice ...recommend.Advice) *recommend.Book {
	b := &recommend.Book{
		HoldSets: map[string][]string{"DRINKS": {"water", "tea"}},
		Rules:    rules(), Advice: advice, Kitchen: kitchen(),
		Grades: []recommend.GradeWords{
			{ID: recommend.Strong, Worth: 3}, {ID: recommend.Moderate, Worth: 2}, {ID: recommend.Limited, Worth: 1},
			{ID: recommend.Weak}, {ID: recommend.NoGrade},
		},
		Regions: []recommend.Region{
			{ID: "default", Emergency: "your emergency number", Urgent: "a doctor", Crisis: []string{"Call a friend", "Call a line"},
				Eating: "a charity", Minors: []string{"a parent", "a nurse"}},
			{ID: "uk", Emergency: "999"},
		},
	}
	b.Compile()
	return b
}

// reading makes answers of words like "greens=no skin=spots,itch cups=4".
func reading(words string) quiz.Answers {
	answers := quiz.Answers{}
	for _, word := range strings.Fields(words) {
		id, value, _ := strings.Cut(word, "=")
		if n, ok := quiz.ParseNumber(value); ok {
			answers[id] = quiz.Num(n)
			continue
		}
		answers[id] = quiz.Pick(strings.Split(value, ",")...)
	}
	return answers
}

func reader(b *recommend.Book, words string) *recommend.Reader {
	return recommend.NewReader(smallQuiz(), b, "", reading(words))
}

func ids(picks []recommend.Pick) string {
	var list []string
	for _, p := range picks {
		list = append(list, p.ID)
	}
	return strings.Join(list, " ")
}

func same[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

func sameList[T comparable](t *testing.T, what string, got []T, want ...T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}
