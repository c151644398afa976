package recommend

import (
	"slices"
	"strings"
	"unicode"
)

// text checks the markup of one text.
func (f *finder) text(path, text string) {
	for _, t := range Tokens(text) {
		switch t.Verb {
		case "one", "all":
			for _, id := range t.Args {
				if find(f.b.Kitchen.Foods, f.b.food, id) == nil {
					f.Add(path, "no food has the id %q", id)
				}
			}
		case "if":
			f.tags(path, []string{t.Tag})
		case "said":
			for _, id := range t.Args {
				if f.q.Question(id) == nil {
					f.Add(path, "{said: %s}: no question has this id", id)
				}
			}
		case "help":
			if !slices.Contains([]string{"emergency", "urgent", "crisis", "eating", "minors"}, t.Args[0]) {
				f.Add(path, "{help: %s}: a region has no such entry", t.Args[0])
			}
		default:
			f.Add(path, "no markup is called %q", t.Verb)
		}
	}
	if strings.ContainsAny(Bare(text), "{}") {
		f.Add(path, "a brace stands alone, markup looks like {one: oats | eggs}")
	}
}

// adviceWords checks that a food can only be named where it can be left out again:
// a word that gives a food tag away stands in a food list or an {if}, or the advice
// needs the tag and is held from whoever must not have it.
func (f *finder) adviceWords(path string, a *Advice) {
	if !strings.Contains(a.Why, "{said:") && a.Shelf != Keep {
		f.Add(path+".why", "quote the visitor's answer with {said: question}")
	}
	a.eachText(path, func(at string, text *string) {
		f.text(at, *text)
		if strings.HasSuffix(at, ".not_if") || strings.HasSuffix(at, ".unknown") {
			return // these speak about foods as such, never ask anyone to eat them
		}
		for _, word := range f.giveaways.in(Bare(*text)) {
			if !slices.Contains(a.Needs, word.tag) {
				f.Add(at, "%q gives away %s: put it in a food list, or let the advice need %s",
					strings.TrimSpace(word.phrase), word.tag, word.tag)
			}
		}
	})
	f.neverEmpty(path+".do", a)
}

// neverEmpty makes sure that whichever single tag is banned, what to do keeps a
// food in each list, unless the advice needs that tag or a variant stands in.
func (f *finder) neverEmpty(path string, a *Advice) {
	for _, tag := range f.b.Kitchen.Tags {
		if slices.Contains(a.Needs, tag.ID) {
			continue
		}
		list := f.emptied(a.Do, tag.ID)
		standsIn := slices.ContainsFunc(a.Variants, func(v Variant) bool { return v.Do != "" && f.emptied(v.Do, tag.ID) == "" })
		if list != "" && !standsIn {
			f.Add(path, "without %s nothing is left of {%s}, add a food that everybody can have", tag.ID, list)
		}
	}
}

// foods reports that all of them are known: one that is not has been named already.
func (f *finder) foods(ids []string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool { _, ok := f.b.food[id]; return !ok })
}

// emptied returns the first food list that has nothing left without a tag, or "".
func (f *finder) emptied(text, tag string) string {
	s := &sitting{q: f.q, b: f.b, banned: make([]bool, len(f.b.Kitchen.Tags))}
	s.banned[placeOf(tag, f.b.tag)] = true
	r := &Reader{s: s}
	for _, t := range Tokens(text) {
		if (t.Verb == "one" || t.Verb == "all") && len(r.foods(t.Args)) == 0 && f.foods(t.Args) {
			return t.Verb + ": " + strings.Join(t.Args, " | ")
		}
	}
	return ""
}

// giveaways finds words that give a food tag away, by their first word.
type giveaways map[string][]giveaway

type giveaway struct{ phrase, tag string }

func (k *Kitchen) giveaways() giveaways {
	g := giveaways{}
	for _, tag := range k.Tags {
		for _, word := range tag.Words {
			phrase := plain(word)
			first, _, _ := strings.Cut(phrase[1:], " ")
			g[first] = append(g[first], giveaway{phrase, tag.ID})
		}
	}
	return g
}

// in returns what a text gives away.
func (g giveaways) in(text string) []giveaway {
	var found []giveaway
	text = plain(text)
	for _, word := range strings.Fields(text) {
		for _, x := range g[word] {
			if strings.Contains(text, x.phrase) && !slices.Contains(found, x) {
				found = append(found, x)
			}
		}
	}
	return found
}

// plain is a text in lower case with one space around each word and nothing else.
func plain(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	return " " + strings.Join(words, " ") + " "
}
