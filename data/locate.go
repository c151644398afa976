package data

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"gutskin/quiz"
)

// Problem is something wrong with the content, and where.
type Problem struct {
	File         string
	Line, Column int
	Text         string
}

func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Text)
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

func (p Problems) sorted() Problems {
	slices.SortStableFunc(p, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
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

// chart adds a file to the atlas.
func (a atlas) chart(name string, body []byte) {
	file, err := parser.ParseBytes(body, 0)
	if err != nil {
		return
	}
	for _, doc := range file.Docs {
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
			a.mark(file, at, v.GetToken())
			a.mark(file, join(path, fmt.Sprint(i)), v.GetToken())
			a.walk(file, at, v)
		}
	case *ast.TagNode:
		a.walk(file, path, n.Value)
	case *ast.AnchorNode:
		a.walk(file, path, n.Value)
	}
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
