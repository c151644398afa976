package recommend_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"gutskin/recommend"
)

func TestTokens(t *testing.T) {
	got := fmt.Sprintf("%+v", recommend.Tokens("Have {one: oats | eggs}{if fluid: , with tea} as {said: greens | sweets}. {help: urgent}"))
	want := "[{Verb:one Tag: Args:[oats eggs]} {Verb:if Tag:fluid Args:[, with tea]} {Verb:said Tag: Args:[greens sweets]} {Verb:help Tag: Args:[urgent]}]"
	same(t, "tokens", got, want)
	same(t, "bare text", recommend.Bare("Eat {one: oats | eggs}{if fluid: , with tea} today."), "Eat  today.")
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"One.", []string{"One."}},
		{"One. Two! Three? Four", []string{"One.", "Two!", "Three?", "Four"}},
		{"Eat 2.5 cups. Rest.", []string{"Eat 2.5 cups.", "Rest."}},
		{"Say “Help.” Then wait.", []string{"Say “Help.”", "Then wait."}},
		{"Have tea{if milk: . Add milk. Stir}. Sit.", []string{"Have tea{if milk: . Add milk. Stir}.", "Sit."}},
	} {
		sameList(t, c.text, recommend.Sentences(c.text), c.want...)
	}
}

func TestText(t *testing.T) {
	b := smallBook()
	for _, c := range []struct{ about, answers, text, want string }{
		{"plain text stays", "", "Rest well. Sleep.", "Rest well. Sleep."},
		{"a list ends with or", "", "Have {one: oats | eggs | yogurt}.", "Have oats, eggs or yogurt."},
		{"a list ends with and", "", "Have {all: oats | eggs}.", "Have oats and eggs."},
		{"a list of one", "", "Have {one: oats}.", "Have oats."},
		{"a banned food is replaced", "health=allergy", "Have {one: yogurt}.", "Have soya yogurt."},
		{"a banned food without a stand-in is left out", "health=allergy", "Have {one: cheese | oats}.", "Have oats."},
		{"a stand-in that is listed already comes once", "health=allergy", "Have {one: yogurt | soya}.", "Have soya yogurt."},
		{"with nothing left the sentence goes", "health=allergy", "Have {all: cheese}. Rest.", "Rest."},
		{"a condition that holds", "", "Eat slowly{if fluid: , with tea}.", "Eat slowly, with tea."},
		{"a condition that does not hold drops its words only", "health=kidney", "Eat slowly{if fluid: , with tea}.", "Eat slowly."},
		{"a sentence that was all condition", "health=kidney", "{if fluid: Have tea.} Rest.", "Rest."},
		{"an answer", "greens=no", "You told us that {said: greens}.", "You told us that you eat no greens."},
		{"an answer at the start", "greens=no", "{said: greens}.", "You eat no greens."},
		{"several picks", "skin=spots,itch", "You told us that {said: skin}.", "You told us that you have spots and you itch."},
		{"the first question that was answered", "greens=no", "You told us that {said: sweets | greens}.", "You told us that you eat no greens."},
		{"a number", "cups=4", "You told us that {said: cups}.", "You told us that you drink 4 cups."},
		{"the number 1", "cups=1", "You told us that {said: cups}.", "You told us that you drink 1 cup."},
		{"no answer, no sentence", "", "You told us that {said: greens}. Rest.", "Rest."},
		{"nobody knows this question", "", "{said: nothing} is said.", ""},
		{"help", "", "Call {help: emergency}.", "Call your emergency number."},
		{"all lines of help", "", "{help: crisis}.", "Call a friend. Call a line."},
		{"help for the young", "", "Ask {help: minors}.", "Ask a parent, a nurse."},
		{"help that is unknown", "", "Ask {help: nobody}. Rest.", "Rest."},
		{"a token that is unknown", "", "Ask {who: me}. Rest.", "Rest."},
	} {
		same(t, c.about, reader(b, c.answers).Text(c.text), c.want)
	}
}

// Foods whose stand-ins lead in a circle end the search; they do not hang it.
func TestStandInsInACircle(t *testing.T) {
	b := smallBook()
	b.Kitchen.Foods = []recommend.Food{
		{ID: "cheese", Text: "cheese", Tags: []string{"milk"}, Instead: "cream"},
		{ID: "cream", Text: "cream", Tags: []string{"milk"}, Instead: "cheese"},
	}
	b.Compile()
	same(t, "nothing is left", reader(b, "health=allergy").Text("Have {one: cheese}."), "")
}

// Whatever is put together, no markup reaches a reader, and no sentence is read half.
func TestTextIsNeverHalfSaid(t *testing.T) {
	b := smallBook()
	token := rapid.SampledFrom([]string{
		"", "{one: oats | cheese}", "{all: yogurt | cheese}", "{one: cheese}", "{if milk: cheese too}", "{if fluid: tea too}",
		"{said: greens}", "{said: skin | cups}", "{help: urgent}", "{help: nobody}",
	})
	people := rapid.SampledFrom([]string{"", "health=allergy", "health=kidney", "health=allergy,kidney greens=some", "skin=spots,itch cups=1"})
	rapid.Check(t, func(t *rapid.T) {
		text := ""
		for _, part := range rapid.SliceOfN(token, 1, 6).Draw(t, "tokens") {
			text += "Start " + part + " end. "
		}
		who := people.Draw(t, "answers")
		got := reader(b, who).Text(text)
		for _, s := range recommend.Sentences(got) {
			if !strings.HasPrefix(s, "Start ") || !strings.HasSuffix(s, " end.") || strings.ContainsAny(s, "{}|") {
				t.Fatalf("%s reads %q in %q", who, s, text)
			}
		}
		if strings.Contains(who, "allergy") && strings.Contains(got, "cheese") {
			t.Fatalf("%s reads of cheese: %q", who, got)
		}
	})
}
