package data_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

// card is a recommendation as a visitor reads it.
type card struct {
	id string
	recommend.AdviceWords
	because []quiz.Reason
}

func cards(e *data.Edition, v visitor, r recommend.Report) []card {
	reader := recommend.NewReader(e.Quiz, e.Book, "", v.answers, v.acknowledged...)
	var list []card
	for _, n := range r.Care {
		if n.Level == recommend.Care {
			list = append(list, card{n.ID, reader.Advice(n.ID, nil), n.Because})
		}
	}
	for _, shelf := range [][]recommend.Pick{r.Top, r.Beyond, r.Companions, r.Supplements} {
		for i := range shelf {
			list = append(list, card{shelf[i].ID, reader.Advice(shelf[i].ID, &shelf[i]), shelf[i].Because})
		}
	}
	return list
}

// clauses are the visitor's own answers as the check gives them back.
func clauses(e *data.Edition, v visitor) []string {
	var list []string
	for id, a := range v.answers {
		x := e.Quiz.Question(id)
		for _, value := range a.Values() {
			if o := x.Option(value); o != nil {
				list = append(list, o.Said)
			} else if x.Range != nil {
				list = append(list, strings.ReplaceAll(x.Range.Said, "{n}", value), strings.ReplaceAll(x.Range.SaidOne, "{n}", value))
			}
		}
	}
	return list
}

// unquoted may stand without the visitor's own words.
var unquoted = map[string]string{
	"R30": "it is about what was not ticked, and says so",
	"R44": "it is there when nothing else is, even if nothing was said",
}

// Every card says why it is there in the visitor's own words.
func TestEveryCardQuotesTheVisitor(t *testing.T) {
	e := edition(t)
	everybody(t, 10, 1_000, func(v visitor) string {
		own := clauses(e, v)
		for _, c := range cards(e, v, v.assess(e)) {
			quoted := slices.ContainsFunc(own, func(clause string) bool {
				return clause != "" && strings.Contains(strings.ToLower(c.Why), strings.ToLower(clause))
			})
			if !quoted && unquoted[c.id] == "" {
				return fmt.Sprintf("%s quotes nothing: %q", c.id, c.Why)
			}
		}
		return ""
	})
}

// What makes a card apply is what it names as its reason: every reason is an answer
// that this visitor gave.
func TestReasonsAreTheVisitorsOwn(t *testing.T) {
	e := edition(t)
	everybody(t, 11, 1_000, func(v visitor) string {
		for _, c := range cards(e, v, v.assess(e)) {
			if len(c.because) == 0 && c.id != "R44" {
				return c.id + " gives no reason"
			}
			for _, b := range c.because {
				switch {
				case b.Question != "" && b.Value != "" && !slices.Contains(v.answers[b.Question].Values(), b.Value):
					return fmt.Sprintf("%s: nobody said %s=%s", c.id, b.Question, b.Value)
				case b.Lacks != "" && v.said(b.Question, b.Lacks):
					return fmt.Sprintf("%s: %s=%s was said", c.id, b.Question, b.Lacks)
				}
			}
		}
		return ""
	})
}

// Nothing that a visitor reads is empty, half resolved or, in one sentence, longer
// than 20 words. A sentence that gives answers back is as long as they are.
func TestEverythingReadsWell(t *testing.T) {
	e := edition(t)
	known := memo{}
	everybody(t, 12, 1_000, func(v visitor) string {
		r := v.assess(e)
		for _, c := range cards(e, v, r) {
			if c.Title == "" || c.Do == "" || c.Why == "" {
				return fmt.Sprintf("%s is not complete: title %q, do %q, why %q", c.id, c.Title, c.Do, c.Why)
			}
			for _, text := range c.All()[1:] {
				if what := known.of(text, func() string { return untidy(text) }); what != "" {
					return c.id + ": " + what
				}
			}
		}
		reader := recommend.NewReader(e.Quiz, e.Book, "", v.answers, v.acknowledged...)
		for _, n := range r.Care {
			said := reader.Rule(n.ID)
			if n.Level != recommend.Care && (said.Heading == "" || len(said.Say) == 0) {
				return n.ID + " says nothing"
			}
			for _, text := range said.Say {
				if what := known.of(text, func() string { return untidy(text) }); what != "" {
					return n.ID + ": " + what
				}
			}
		}
		for _, p := range reads(e, v, r) {
			if what := known.of("long "+p.text, func() string { return long(p.text) }); what != "" {
				return p.from + ": " + what
			}
		}
		return ""
	})
}

var slips = regexp.MustCompile(`[{}]|  | [.,;:?!]|\.\.|,,|,\.|(^|[.?!] )\p{Ll}|[^.!?”"')]$`)

// untidy finds the traces of markup that did not work out.
func untidy(text string) string {
	if at := slips.FindStringIndex(text); at != nil {
		return fmt.Sprintf("there is a slip at %q in %q", text[at[0]:at[1]], text)
	}
	return ""
}

func long(text string) string {
	for _, s := range recommend.Sentences(text) {
		if n := len(strings.Fields(s)); n > 20 && !strings.Contains(s, "(their answer)") {
			return fmt.Sprintf("%d words in %q", n, s)
		}
	}
	return ""
}
