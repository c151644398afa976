package recommend

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The markup of content texts. A text is a run of sentences; a token that has
// nothing to say drops its sentence, so no sentence can be left half said.
//
//	{one: oats | eggs}        foods, joined with the language's "or"; what this person must not have is replaced or left out
//	{all: oats | eggs}        the same, joined with its "and"
//	{if fluid: , with water}  kept only while the food tag is not banned
//	{said: plants}            this person's answer as a clause
//	{said: extras | skin}     the answers among these that are the reason
//	{help: emergency}         a help number of the region
var (
	tokenPattern    = regexp.MustCompile(`\{([a-z]+) ?([a-z_]*): ?([^{}]*)\}`)
	sentencePattern = regexp.MustCompile(`[.!?؟۔।]["”»)]? +|[。！？][”」』）]?`)
)

// Token is one piece of markup in a text.
type Token struct {
	Verb string   // one, all, if, said, help
	Tag  string   // of if
	Args []string // foods, questions, or the single argument
}

// Tokens lists the markup of a text.
func Tokens(text string) []Token {
	var tokens []Token
	for _, m := range tokenPattern.FindAllStringSubmatch(text, -1) {
		tokens = append(tokens, parseToken(m))
	}
	return tokens
}

// Bare returns a text without its food lists and conditional parts: what everybody
// reads.
func Bare(text string) string {
	return tokenPattern.ReplaceAllString(text, "")
}

func parseToken(m []string) Token {
	t := Token{Verb: m[1], Tag: m[2]}
	if t.Verb == "if" || t.Verb == "help" {
		t.Args = []string{m[3]}
		return t
	}
	for _, id := range strings.Split(m[3], "|") {
		t.Args = append(t.Args, strings.TrimSpace(id))
	}
	return t
}

// Sentences splits a text after full stops, question and exclamation marks that
// are not inside a token.
func Sentences(text string) []string {
	hidden := tokenPattern.ReplaceAllStringFunc(text, func(s string) string {
		return strings.Repeat("_", len(s))
	})
	var sentences []string
	from := 0
	for _, at := range sentencePattern.FindAllStringIndex(hidden, -1) {
		sentences = append(sentences, strings.TrimSpace(text[from:at[1]]))
		from = at[1]
	}
	if rest := strings.TrimSpace(text[from:]); rest != "" {
		sentences = append(sentences, rest)
	}
	return sentences
}

// phrases is a text taken apart.
type phrases struct {
	all  string // what it says to everybody, where it has no token
	list []phrase
}

// phrase is a sentence: words, each followed by a token but for the last.
type phrase struct {
	words  []string
	tokens []Token
}

// phrasesOf takes a text of the content apart, the first time it is used. Doing so for
// every reader took a fifth of the time of a results page.
func (b *Book) phrasesOf(text string) *phrases {
	if known, ok := b.ready.texts.Load(text); ok {
		return known.(*phrases)
	}
	parsed := parsePhrases(text)
	b.ready.texts.Store(text, parsed)
	return parsed
}

func parsePhrases(text string) *phrases {
	var p phrases
	var plain []string
	for _, sentence := range Sentences(text) {
		var one phrase
		from := 0
		for _, at := range tokenPattern.FindAllStringIndex(sentence, -1) {
			one.words = append(one.words, sentence[from:at[0]])
			one.tokens = append(one.tokens, parseToken(tokenPattern.FindStringSubmatch(sentence[at[0]:at[1]])))
			from = at[1]
		}
		one.words = append(one.words, sentence[from:])
		p.list = append(p.list, one)
		if len(one.tokens) == 0 {
			plain = append(plain, capitalise(strings.TrimSpace(sentence)))
		}
	}
	if len(plain) == len(p.list) {
		p.all = strings.Join(plain, " ")
	}
	return &p
}

// resolve fills in the tokens of one sentence. It returns "" when one of them has
// nothing to say.
func (r *Reader) resolve(p phrase) string {
	var out strings.Builder
	for i, t := range p.tokens {
		text := r.token(t)
		if text == "" && t.Verb != "if" {
			return ""
		}
		out.WriteString(p.words[i])
		out.WriteString(text)
	}
	out.WriteString(p.words[len(p.tokens)])
	return capitalise(strings.TrimSpace(out.String()))
}

func (r *Reader) token(t Token) string {
	switch t.Verb {
	case "one":
		return r.s.b.Speech.or(r.foods(t.Args))
	case "all":
		return r.s.b.Speech.and(r.foods(t.Args))
	case "if":
		if at := placeOf(t.Tag, r.s.b.tag); at >= 0 && r.s.banned[at] {
			return ""
		}
		return t.Args[0]
	case "said":
		return r.said(t.Args)
	case "help":
		return r.help(t.Args[0])
	}
	return ""
}

// foods names the foods this person may have: each as it is, or its replacement,
// or not at all.
func (r *Reader) foods(ids []string) []string {
	var names []string
	for _, id := range ids {
		if f := r.s.allowed(placeOf(id, r.s.b.food)); f != nil && !slices.Contains(names, f.Text) {
			names = append(names, f.Text)
		}
	}
	return names
}

func capitalise(s string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
