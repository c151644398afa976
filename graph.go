package main

import (
	"fmt"
	"strings"
)

// graphCmd draws the questions, or says the rules.
type graphCmd struct {
	Format  string `help:"dot for Graphviz, or mermaid." enum:"dot,mermaid" default:"dot"`
	Rules   bool   `help:"Print each recommendation and each safety rule as a sentence instead."`
	Content string `help:"Content folder; the built-in content when left out." env:"GUTSKIN_CONTENT" placeholder:"DIR"`
}

// Run prints one graph, or one sentence a line.
func (c *graphCmd) Run(s streams) error {
	library, err := library(c.Content)
	if err != nil {
		return err
	}
	e := library.Edition("")
	switch {
	case c.Rules:
		_, err = fmt.Fprintln(s.out, strings.Join(e.RuleSentences(), "\n\n"))
	case c.Format == "mermaid":
		_, err = fmt.Fprint(s.out, e.Flow().Mermaid())
	default:
		_, err = fmt.Fprint(s.out, e.Flow().DOT())
	}
	if err != nil {
		return fmt.Errorf("write the graph: %w", err)
	}
	return nil
}
