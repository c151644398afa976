package data_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"gutskin/data"
	"gutskin/quiz"
)

func tinyEdition(t *testing.T) *data.Edition {
	t.Helper()
	library, err := data.Load(tiny(t))
	if err != nil {
		t.Fatal(err)
	}
	return library.Edition("")
}

func TestSentence(t *testing.T) {
	e := tinyEdition(t)
	in := func(question string, options ...string) quiz.Condition {
		return quiz.Condition{Question: question, In: options}
	}
	not := func(c quiz.Condition) quiz.Condition { return quiz.Condition{Not: &c} }
	all := func(c ...quiz.Condition) quiz.Condition { return quiz.Condition{All: c} }
	any := func(c ...quiz.Condition) quiz.Condition { return quiz.Condition{Any: c} }
	seven, nine := 7.0, 9.0
	plants, spots := in("plants", "many"), in("skin", "acne")
	lacks := quiz.Condition{Question: "skin", Lacks: []string{"acne", "lines"}}
	for _, test := range []struct {
		c    quiz.Condition
		want string
	}{
		{plants, "plants is ‘Many’"},
		{in("plants", "many", "none"), "plants is ‘No’ or ‘Many’"}, // in the order of the question
		{spots, "skin includes ‘Spots’"},
		{in("skin", "acne", "lines", "none"), "skin includes ‘Spots’, ‘Lines’ or ‘None’"},
		{not(plants), "plants is not ‘Many’"},
		{not(spots), "skin does not include ‘Spots’"},
		{quiz.Condition{Question: "plants", Lacks: []string{"none"}}, "plants was answered and is not ‘No’"},
		{lacks, "skin was answered and does not include ‘Spots’ or ‘Lines’"},
		{not(lacks), "skin includes ‘Spots’ or ‘Lines’ or was skipped"},
		{quiz.Condition{Question: "drinks", Below: &seven}, "glasses is below 7 glasses"},
		{quiz.Condition{Question: "drinks", AtLeast: &seven}, "glasses is 7 or more glasses"},
		{quiz.Condition{Question: "drinks", AtLeast: &seven, Below: &nine}, "glasses is 7 or more and below 9 glasses"},
		{not(quiz.Condition{Question: "drinks", Below: &seven}), "glasses is not below 7 glasses"},
		{quiz.Condition{Pillar: "food", Below: &seven}, "the food score is below 7"},
		{quiz.Condition{Pillar: "overall", AtLeast: &nine}, "the overall score is 9 or more"},
		{not(quiz.Condition{Pillar: "food", Below: &seven}), "the food score is hidden, or is not below 7"},
		{quiz.Condition{Is: "itchy"}, "skin includes ‘Spots’"},
		{quiz.Condition{Is: "calm"}, "skin does not include ‘Spots’"},
		{not(quiz.Condition{Is: "calm"}), "skin includes ‘Spots’"},
		{all(plants, spots), "plants is ‘Many’ and skin includes ‘Spots’"},
		{any(plants, spots), "plants is ‘Many’ or skin includes ‘Spots’"},
		{all(plants), "plants is ‘Many’"},
		{all(any(plants, spots), not(lacks)), "(plants is ‘Many’ or skin includes ‘Spots’) and skin includes ‘Spots’ or ‘Lines’ or was skipped"},
		{all(plants, all(spots, not(plants))), "plants is ‘Many’ and skin includes ‘Spots’ and plants is not ‘Many’"},
		{all(any(all(plants, spots)), spots), "plants is ‘Many’ and skin includes ‘Spots’ and skin includes ‘Spots’"},
		{not(all(plants, spots)), "plants is not ‘Many’ or skin does not include ‘Spots’"},
		{not(any(plants, spots)), "plants is not ‘Many’ and skin does not include ‘Spots’"},
		{not(any(plants, all(spots, plants))), "plants is not ‘Many’ and (skin does not include ‘Spots’ or plants is not ‘Many’)"},
	} {
		if got := e.Sentence(&test.c); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

func TestRuleSentences(t *testing.T) {
	e := edition(t)
	sentences := map[string]string{}
	for _, s := range e.RuleSentences() {
		id, words, _ := strings.Cut(s, " ")
		sentences[id] = words
	}
	if len(sentences) != len(e.Book.Advice)+len(e.Book.Rules) {
		t.Errorf("got %d sentences", len(sentences))
	}
	for id, parts := range map[string][]string{
		"R01": {"when different plant foods is ‘0 to 9’, ‘10 to 19’ or ‘20 to 29’;", "competes for the first 3 places;", "held by S01, S02, S03, S04, S05, S06,"},
		"R04": {"unless bloating or tummy pain is ‘Every day’;", "S16,"}, // S16 holds it in a case
		"R05": {"only beside R01, R02, R03, R04 or R08;"},
		"R06": {"gives way to R07 when how you eat includes ‘Vegan’", "S20"}, // S20 bans a food that it needs
		"R07": {"instead of R06 when how you eat includes ‘Vegan’"},
		"R13": {"and the eating score is below 80;", "measured by how far the eating score is from 100;"},
		"R14": {"never beside R06;"},
		"S01": {"Call", "an emergency, when happening now includes ‘Swollen lips", "holds all advice; shows no number at all; after the get-help page it only holds R01, R06"},
		"S12": {"hides the score of eating and overall."},
		"S14": {"names no food with ‘raw’, ‘liver’ or ‘alcohol’;", "if usual week includes ‘Vitamin A or cod liver oil’ it also speaks as a word with a clinician and has its own words;"},
		"S31": {"(no card): a note, when how you eat includes"},
	} {
		for _, part := range parts {
			if !strings.Contains(sentences[id], part) {
				t.Errorf("%s does not say %q:\n%s", id, part, sentences[id])
			}
		}
	}
	for id, s := range sentences {
		if strings.Contains(s, "{") || strings.Contains(s, "‘’") || strings.Contains(s, "  ") || !strings.HasSuffix(s, ".") {
			t.Errorf("%s is not a whole sentence: %s", id, s)
		}
	}
}

// graph is what a drawing says, read back from its text.
type graph struct {
	nodes map[string]string // id → text
	edges map[[2]string]string
}

var (
	dotNode     = regexp.MustCompile(`^ +"(\w+)" \[label="((?:[^"\\]|\\.)*)", shape=\w+\];$`)
	dotEdge     = regexp.MustCompile(`^ +"(\w+)" -> "(\w+)" \[label="((?:[^"\\]|\\.)*)", style=\w+\];$`)
	dotOther    = regexp.MustCompile(`^(digraph questions \{| +subgraph "cluster_\w+" \{| +label="(?:[^"\\]|\\.)*";| *\})$`)
	chartNode   = regexp.MustCompile(`^ +(\w+)(?:\[|\(\[|\{\{)"([^"]*)"(?:\]|\]\)|\}\})$`)
	chartEdge   = regexp.MustCompile(`^ +(\w+) (?:-->|-\.->)(?:\|"([^"]*)"\|)? (\w+)$`)
	chartOther  = regexp.MustCompile(`^(flowchart TD| +subgraph \w+\["[^"]*"\]| +end)$`)
	unescapeDOT = strings.NewReplacer(`\"`, `"`, `\\`, `\`)
)

func readDOT(t *testing.T, text string) graph {
	g := graph{map[string]string{}, map[[2]string]string{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if m := dotEdge.FindStringSubmatch(line); m != nil {
			g.edges[[2]string{m[1], m[2]}] = unescapeDOT.Replace(m[3])
		} else if m := dotNode.FindStringSubmatch(line); m != nil {
			g.nodes[m[1]] = unescapeDOT.Replace(m[2])
		} else if !dotOther.MatchString(line) {
			t.Errorf("this is not DOT: %s", line)
		}
	}
	if strings.Count(text, "{") != strings.Count(text, "}") {
		t.Error("the braces do not match")
	}
	return g
}

func readMermaid(t *testing.T, text string) graph {
	g := graph{map[string]string{}, map[[2]string]string{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if m := chartEdge.FindStringSubmatch(line); m != nil {
			g.edges[[2]string{m[1], m[3]}] = strings.ReplaceAll(m[2], "#quot;", `"`)
		} else if m := chartNode.FindStringSubmatch(line); m != nil {
			g.nodes[m[1]] = strings.ReplaceAll(m[2], "#quot;", `"`)
		} else if !chartOther.MatchString(line) {
			t.Errorf("this is not Mermaid: %s", line)
		}
	}
	return g
}

// Both drawings show every question and every way that visitors really take.
func TestFlow(t *testing.T) {
	e := edition(t)
	flow := e.Flow()
	for name, g := range map[string]graph{"dot": readDOT(t, flow.DOT()), "mermaid": readMermaid(t, flow.Mermaid())} {
		for i := range e.Quiz.Questions {
			if x := &e.Quiz.Questions[i]; g.nodes["q_"+x.ID] != x.Short {
				t.Errorf("%s: %s is drawn as %q", name, x.ID, g.nodes["q_"+x.ID])
			}
		}
		for edge := range g.edges {
			if g.nodes[edge[0]] == "" || g.nodes[edge[1]] == "" {
				t.Errorf("%s: %v leads nowhere", name, edge)
			}
		}
		for edge, want := range map[[2]string]string{
			{"q_medicines", "q_pregnancy"}:      "if age group is not ‘65 or over’",
			{"q_medicines", "q_eating_pattern"}: "otherwise",
			{"q_urgent", "stop_under_18"}:       "if age group is ‘Under 18’",
			{"q_plants", "q_fruitveg"}:          "",
			{"q_stress_cope", "help"}:           "if how manageable life feels is ‘I cannot cope, or I do not feel safe’",
		} {
			if got, ok := g.edges[edge]; !ok || got != want {
				t.Errorf("%s: %v says %q, want %q", name, edge, got, want)
			}
		}
		if got := g.edges[[2]string{"q_plants", "q_stress_freq"}]; !strings.HasPrefix(got, "may be skipped if feelings about food is") {
			t.Errorf("%s: the food questions can be skipped, but the edge says %q", name, got)
		}
		everybody(t, 7, 500, func(v visitor) string { return wayOf(e, g, v) })
	}
}

// What a text holds cannot break out of the drawing.
func TestFlowQuotes(t *testing.T) {
	odd := `say "so" \ {it} is`
	flow := data.Flow{Start: "start", Results: "results", Stops: []data.FlowNode{{ID: "stop_a", Text: odd}},
		Edges: []data.FlowEdge{{From: "start", To: "stop_a", When: odd}}}
	for name, g := range map[string]graph{"dot": readDOT(t, flow.DOT()), "mermaid": readMermaid(t, flow.Mermaid())} {
		if g.nodes["stop_a"] != odd || g.edges[[2]string{"start", "stop_a"}] != odd {
			t.Errorf("%s: got %v", name, g)
		}
	}
}

// wayOf says which step of a visitor is not drawn.
func wayOf(e *data.Edition, g graph, v visitor) string {
	walk := e.Quiz.Walk(v.answers)
	at := "start"
	goes := func(to string) string {
		from := at
		at = to
		if _, drawn := g.edges[[2]string{from, to}]; !drawn {
			return from + " to " + to + " is not drawn"
		}
		return ""
	}
	for _, step := range walk.Steps {
		if what := goes("q_" + step.Question.ID); what != "" {
			return what
		}
	}
	if walk.Stop != "" {
		return goes("stop_" + walk.Stop)
	}
	for _, n := range e.Book.Emergencies(e.Quiz, v.answers) {
		if !slices.ContainsFunc(n.Because, func(r quiz.Reason) bool {
			_, drawn := g.edges[[2]string{"q_" + r.Question, "help"}]
			return drawn
		}) {
			return n.ID + " does not lead to help"
		}
	}
	return goes("results")
}
