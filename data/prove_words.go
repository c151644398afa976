package data

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gutskin/recommend"
)

// unreadable looks for a notice or a card without words.
func (p *prover) unreadable(people []person) *finding {
	for _, lang := range p.library.Languages() {
		e := p.library.Edition(lang)
		for i := range people {
			if _, what := speechless(e, people[i]); what != "" {
				small := p.shrink(people[i], func(q person) bool { _, what := speechless(e, q); return what != "" })
				path, what := speechless(e, small)
				return &finding{path, lang + ": " + what, &small}
			}
		}
	}
	return nil
}

func speechless(e *Edition, who person) (path, what string) {
	report := recommend.Assess(e.Quiz, e.Book, who.answers, who.acknowledged...)
	reader := recommend.NewReader(e.Quiz, e.Book, e.Site.Region, report.Answers, who.acknowledged...)
	missing := func(at string, texts map[string]string) (string, string) {
		for _, name := range slices.Sorted(maps.Keys(texts)) {
			if text := texts[name]; text == "" || strings.ContainsAny(text, "{}") {
				return at + "." + name, fmt.Sprintf("%s of %s reads %q", name, at[strings.IndexByte(at, '.')+1:], text)
			}
		}
		return "", ""
	}
	card := func(id string, pick *recommend.Pick) (string, string) {
		w := reader.Advice(id, pick)
		return missing("advice."+id, map[string]string{"title": w.Title, "do": w.Do, "why": w.Why, "unknown": w.Unknown})
	}
	for _, n := range report.Care {
		if n.Level == recommend.Care {
			path, what = card(n.ID, nil)
		} else {
			w := reader.Rule(n.ID)
			path, what = missing("rules."+n.ID, map[string]string{"heading": w.Heading, "say": strings.Join(w.Say, " ")})
		}
		if what != "" {
			return path, what
		}
	}
	for _, shelf := range report.Shelves() {
		for i := range shelf {
			if path, what := card(shelf[i].ID, &shelf[i]); what != "" {
				return path, what
			}
		}
	}
	return "", ""
}
