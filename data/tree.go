package data

import (
	"runtime"
	"sync"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
)

// tree is a file taken apart, which is a third of the time of a start. It is done once
// for everyone who reads the file.
type tree struct {
	*ast.File          // nil: the file cannot be read
	wrong     *Problem // why not: it has what is not read here …
	err       error    // … or it is no YAML
}

func treeOf(body []byte) tree {
	tokens := lexer.Tokenize(string(body))
	if at, text := foreign(tokens); text != "" {
		return tree{wrong: &Problem{Line: at.Line, Column: at.Column, Text: text}}
	}
	file, err := parser.Parse(tokens, 0)
	return tree{File: file, err: err}
}

// decode fills in v from the file, or leaves it as it is where the file is empty. When
// strict, it knows no field that v does not have.
func (t tree) decode(v any, strict bool) error {
	if t.err != nil {
		return t.err
	}
	var options []yaml.DecodeOption
	if strict {
		options = append(options, yaml.Strict())
	}
	for _, doc := range t.Docs {
		if doc.Body != nil {
			return yaml.NodeToValue(doc.Body, v, options...)
		}
	}
	return nil
}

// tree takes a file apart, unless grow has.
func (a *assembly) tree(name string) tree {
	t, ok := a.trees[name]
	if !ok {
		t = treeOf(a.files[name])
	}
	return t
}

// grow takes all files apart at once that an edition is made of.
func grow(files map[string][]byte) map[string]tree {
	var names []string
	for name := range files {
		if !rehearsed(name) && !pictured(name) {
			names = append(names, name)
		}
	}
	next := make(chan string, len(names))
	for _, name := range names {
		next <- name
	}
	close(next)
	trees := make(map[string]tree, len(names))
	var mu sync.Mutex
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for name := range next {
				t := treeOf(files[name])
				mu.Lock()
				trees[name] = t
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return trees
}
