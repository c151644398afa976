package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"gutskin/quiz"
)

// Problem is something wrong with the content, and where.
type Problem struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Text   string `json:"text"`

	untranslated bool // a text that a language lacks
}

// String is one line, whatever the files hold.
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", printable(p.File), p.Line, p.Column, printable(p.Text))
}

// printable keeps a text to what fits a line of a terminal and cannot steer it: a problem
// quotes what stands in a file.
func printable(text string) string {
	const most = 1000
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control) {
			return ' '
		}
		return r
	}, text)
}

// Problems is an error that names everything wrong with the content, in the order
// of the files.
type Problems []Problem

func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].String()
	}
	return strings.Join(lines, "\n")
}

// Untranslated counts the texts that each language lacks, by its file.
func (p Problems) Untranslated() map[string]int {
	lacks := map[string]int{}
	for _, problem := range p {
		if problem.untranslated {
			lacks[problem.File]++
		}
	}
	return lacks
}

func (p Problems) sorted() Problems {
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Column, b.Column), cmp.Compare(a.Text, b.Text))
	})
	return p
}

// atlas knows where each path of the content stands: keys and ids joined by dots,
// as in "questions.plants.options.p0_9.points". Entries of lists go by their id,
// scalars in lists by their value, other entries by their number.
type atlas map[string]Problem

// locate gives a problem of the domain its place. Where the exact path does not
// stand in the files (a missing key), the nearest path above it is named.
func (a atlas) locate(p quiz.Problem) Problem {
	for path := p.Path; ; {
		if at, ok := a[path]; ok {
			at.Text = p.Text
			return at
		}
		cut := strings.LastIndexByte(path, '.')
		if cut < 0 {
			return Problem{File: "questionnaire.yaml", Line: 1, Column: 1, Text: p.Text}
		}
		path = path[:cut]
	}
}

// maxTokens is how many keys, values and marks a file may hold, and maxDepth how deep
// lists may stand in each other on one line: far more than anybody writes, and little
// enough for the parser, whose time grows with the square of both.
const (
	maxTokens = 50_000
	maxDepth  = 20
)

// foreign finds YAML that the content does without, because it hides what is
// written (anchors can make a small file endless) or is passed over in silence.
func foreign(tokens token.Tokens) (token.Position, string) {
	depth, dashes, line, begun := 0, 0, 0, false
	if len(tokens) > maxTokens {
		return *tokens[maxTokens].Position, "this file holds too much to be read fast, split it"
	}
	for _, t := range tokens {
		if t.Position.Line != line {
			line, dashes = t.Position.Line, 0
		}
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			return *t.Position, "anchors and aliases are not read here, write the text out"
		case token.TagType, token.DirectiveType, token.MappingKeyType:
			return *t.Position, "tags, directives and ? keys are not read here, write plain keys and values"
		case token.DocumentHeaderType:
			if begun {
				return *t.Position, "nothing after this line would be read, take it out"
			}
		case token.SequenceStartType, token.MappingStartType:
			depth++
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.SequenceEntryType:
			dashes++
		}
		if depth > maxDepth || dashes > maxDepth {
			return *t.Position, "lists stand too deep in each other here, check the brackets and dashes"
		}
		begun = begun || t.Type != token.CommentType
	}
	return token.Position{}, ""
}

// chart adds a file to the atlas.
func (a atlas) chart(name string, t tree) {
	if t.File == nil {
		return
	}
	for _, doc := range t.Docs {
		a.walk(name, "", doc.Body)
	}
}

func (a atlas) walk(file, path string, n ast.Node) {
	switch n := n.(type) {
	case *ast.MappingNode:
		for _, v := range n.Values {
			a.pair(file, path, v)
		}
	case *ast.MappingValueNode:
		a.pair(file, path, n)
	case *ast.SequenceNode:
		for i, v := range n.Values {
			at := join(path, nameOf(v, i))
			a.mark(file, at, first(v))
			a.mark(file, join(path, fmt.Sprint(i)), first(v))
			a.walk(file, at, v)
		}
	}
}

// first is where an entry of a list begins: at its first key, or its bracket.
func first(n ast.Node) *token.Token {
	switch n := n.(type) {
	case *ast.MappingNode:
		if !n.IsFlowStyle && len(n.Values) > 0 {
			return n.Values[0].Key.GetToken()
		}
	case *ast.MappingValueNode:
		return n.Key.GetToken()
	}
	return n.GetToken()
}

func (a atlas) pair(file, path string, v *ast.MappingValueNode) {
	key := v.Key.GetToken()
	at := join(path, key.Value)
	a.mark(file, at, key)
	a.walk(file, at, v.Value)
}

func (a atlas) mark(file, path string, t *token.Token) {
	if _, ok := a[path]; !ok && t != nil && t.Position != nil {
		a[path] = Problem{File: file, Line: t.Position.Line, Column: t.Position.Column}
	}
}

// nameOf is how an entry of a list is called in a path.
func nameOf(n ast.Node, i int) string {
	switch n := n.(type) {
	case *ast.MappingNode:
		for _, v := range n.Values {
			if v.Key.GetToken().Value == "id" {
				return v.Value.GetToken().Value
			}
		}
	case *ast.MappingValueNode:
		if n.Key.GetToken().Value == "id" {
			return n.Value.GetToken().Value
		}
	case ast.ScalarNode:
		return n.GetToken().Value
	}
	return fmt.Sprint(i)
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
