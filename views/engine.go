package views

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"sync"
	syntax "text/template/parse"

	"github.com/gofiber/template/html/v2"

	"gutskin/data"
)

//go:embed *.html partials/*.html
var templates embed.FS

// Engine puts pages into HTML. Each language of today has templates of its own, with
// its words in place of the calls that ask for them: results take half the time that
// way. Pages in other words, of which there are none but in development, take the
// templates as they are written.
type Engine struct {
	plain func() (*html.Engine, error)
	ready map[*data.Edition]*html.Engine
}

// NewEngine reads the templates and puts the words of these editions into them. With dev
// it reads ./views for every page instead, so that an edit shows at once. All addresses
// on the pages are under base, as in "/quiz", or "".
func NewEngine(dev bool, base string, editions ...*data.Edition) (*Engine, error) {
	if dev {
		live := engineOver(http.Dir("./views"), base)
		live.Reload(true)
		return &Engine{plain: func() (*html.Engine, error) { return live, nil }}, nil
	}
	embedded := func() (*html.Engine, error) { return newEngine(base) }
	e := &Engine{plain: sync.OnceValues(embedded), ready: map[*data.Edition]*html.Engine{}}
	for _, edition := range editions {
		engine, err := embedded()
		if err != nil {
			return nil, err
		}
		for _, t := range engine.Templates.Templates() {
			if t.Tree != nil {
				settle(t.Tree.Root, edition)
			}
		}
		e.ready[edition] = engine
	}
	return e, nil
}

func newEngine(base string) (*html.Engine, error) {
	engine := engineOver(http.FS(templates), base)
	if err := engine.Load(); err != nil {
		return nil, fmt.Errorf("read the templates: %w", err)
	}
	return engine, nil
}

// Render writes a page with the template of that name.
func (e *Engine) Render(w io.Writer, name string, page any) error {
	if p, ok := page.(interface{ words() words }); ok {
		if engine := e.ready[p.words().edition]; engine != nil {
			return engine.Templates.ExecuteTemplate(w, name, page)
		}
	}
	engine, err := e.plain()
	if err != nil {
		return err
	}
	return engine.Render(w, name, page)
}

// settle puts the words of an edition in place of every call of T that has nothing but a
// key, in all that hangs on a list of nodes. All parts of a page speak in its words.
func settle(list *syntax.ListNode, edition *data.Edition) {
	if list == nil {
		return
	}
	var kept []syntax.Node
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *syntax.IfNode:
			settleBoth(&n.BranchNode, edition)
		case *syntax.RangeNode:
			settleBoth(&n.BranchNode, edition)
		case *syntax.WithNode:
			settleBoth(&n.BranchNode, edition)
		case *syntax.ActionNode:
			if key, ok := askedFor(n); ok {
				node = &syntax.TextNode{NodeType: syntax.NodeText, Pos: n.Pos, Text: []byte(template.HTMLEscapeString(edition.T(key)))}
			}
		}
		if text, ok := node.(*syntax.TextNode); ok && len(kept) > 0 {
			if before, ok := kept[len(kept)-1].(*syntax.TextNode); ok {
				before.Text = append(before.Text, text.Text...)
				continue
			}
		}
		kept = append(kept, node)
	}
	list.Nodes = kept
}

func settleBoth(branch *syntax.BranchNode, edition *data.Edition) {
	settle(branch.List, edition)
	settle(branch.ElseList, edition)
}

// askedFor is the key of a word that an action does nothing but show.
func askedFor(n *syntax.ActionNode) (key string, ok bool) {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) != 1 || len(n.Pipe.Cmds[0].Args) != 2 {
		return "", false
	}
	word, ok := n.Pipe.Cmds[0].Args[1].(*syntax.StringNode)
	if !ok {
		return "", false
	}
	switch call := n.Pipe.Cmds[0].Args[0].String(); call {
	case ".T", "$.T":
		return word.Text, true
	}
	return "", false
}
