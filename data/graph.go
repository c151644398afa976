package data

import (
	"fmt"
	"slices"
	"strings"

	"gutskin/quiz"
	"gutskin/recommend"
)

// Flow is the way through the questions as a graph.
type Flow struct {
	Sections []FlowSection
	Start    string // the ids of the nodes that are no question
	Results  string
	Help     string // "" where no answer leads there
	Stops    []FlowNode
	Edges    []FlowEdge
}

// FlowSection is a run of questions under one heading.
type FlowSection struct {
	FlowNode
	Questions []FlowNode
}

// FlowNode is a place a visitor can be.
type FlowNode struct{ ID, Text string }

// FlowEdge leads from one place to another.
type FlowEdge struct {
	From, To string
	When     string // in words, "" for always
	Aside    bool   // not the path itself: to the get-help page, or past a section
}

// Flow draws the way through the questions of an edition. The ids of its nodes begin
// with what they are: q_ a question, s_ a section, stop_ an early end.
func (e *Edition) Flow() Flow {
	f := Flow{Start: "start", Results: "results"}
	for _, s := range e.Quiz.Sections {
		section := FlowSection{FlowNode: FlowNode{"s_" + s.ID, s.Name}}
		for i := range e.Quiz.Questions {
			if x := &e.Quiz.Questions[i]; x.Section == s.ID {
				section.Questions = append(section.Questions, FlowNode{"q_" + x.ID, x.Short})
			}
		}
		f.Sections = append(f.Sections, section)
	}
	for _, s := range e.Quiz.Stops {
		f.Stops = append(f.Stops, FlowNode{"stop_" + s.ID, "Ends here: " + strings.ReplaceAll(s.ID, "_", " ")})
	}
	for i := -1; i < len(e.Quiz.Questions); i++ {
		f.leave(e, i)
	}
	f.skips(e)
	f.help(e)
	return f
}

// leave adds the edges from question i, or from the start, to all that can come next:
// stops, then questions that are asked under a condition, up to one that is always asked.
func (f *Flow) leave(e *Edition, i int) {
	q, from, otherwise := e.Quiz, f.Start, ""
	when := func(c *quiz.Condition) string {
		words := otherwise + "if " + e.Sentence(c)
		otherwise = "otherwise, "
		return words
	}
	if i >= 0 {
		from = "q_" + q.Questions[i].ID
		for j := range q.Stops {
			if s := &q.Stops[j]; s.After == q.Questions[i].ID {
				f.Edges = append(f.Edges, FlowEdge{From: from, To: "stop_" + s.ID, When: when(&s.When)})
			}
		}
	}
	for j := i + 1; j < len(q.Questions); j++ {
		x := &q.Questions[j]
		if x.AskIf == nil {
			f.Edges = append(f.Edges, FlowEdge{From: from, To: "q_" + x.ID, When: strings.TrimSuffix(otherwise, ", ")})
			return
		}
		f.Edges = append(f.Edges, FlowEdge{From: from, To: "q_" + x.ID, When: when(x.AskIf)})
	}
	f.Edges = append(f.Edges, FlowEdge{From: from, To: f.Results, When: strings.TrimSuffix(otherwise, ", ")})
}

// skips adds the button that leads past the rest of a section.
func (f *Flow) skips(e *Edition) {
	for i := range e.Quiz.Sections {
		s := &e.Quiz.Sections[i]
		if s.SkipIf == nil || len(f.Sections[i].Questions) == 0 {
			continue
		}
		to := f.Results
		for _, later := range f.Sections[i+1:] {
			if len(later.Questions) > 0 {
				to = later.Questions[0].ID
				break
			}
		}
		f.Edges = append(f.Edges, FlowEdge{f.Sections[i].Questions[0].ID, to, "may be skipped if " + e.Sentence(s.SkipIf), true})
	}
}

// help adds the answers that lead to the get-help page at once.
func (f *Flow) help(e *Edition) {
	ways := map[string][]quiz.Condition{}
	for i := range e.Book.Rules {
		if r := &e.Book.Rules[i]; r.Level == recommend.Emergency {
			for _, way := range branches(e.Quiz, &r.When) {
				last := lastQuestion(e.Quiz, &way)
				ways[last] = gather(ways[last], way)
			}
		}
	}
	for i := range e.Quiz.Questions {
		if any := ways[e.Quiz.Questions[i].ID]; len(any) > 0 {
			f.Help = "help"
			words := e.Sentence(&quiz.Condition{Any: any})
			f.Edges = append(f.Edges, FlowEdge{"q_" + e.Quiz.Questions[i].ID, f.Help, "if " + words, true})
		}
	}
}

// branches are the conditions of which any is enough.
func branches(q *quiz.Questionnaire, c *quiz.Condition) []quiz.Condition {
	switch {
	case c.Is != "":
		label := q.Labels[c.Is]
		return branches(q, &label)
	case c.Any != nil:
		var all []quiz.Condition
		for i := range c.Any {
			all = append(all, branches(q, &c.Any[i])...)
		}
		return all
	}
	return []quiz.Condition{*c}
}

// gather adds a condition, putting options of one question into one list.
func gather(list []quiz.Condition, c quiz.Condition) []quiz.Condition {
	at := slices.IndexFunc(list, func(o quiz.Condition) bool { return o.In != nil && c.In != nil && o.Question == c.Question })
	if at < 0 {
		return append(list, c)
	}
	list[at].In = slices.Concat(list[at].In, c.In)
	return list
}

// lastQuestion is the last one asked of those that a condition looks at.
func lastQuestion(q *quiz.Questionnaire, c *quiz.Condition) string {
	last := -1
	q.Mentions(c, func(question, _ string) {
		last = max(last, slices.IndexFunc(q.Questions, func(x quiz.Question) bool { return x.ID == question }))
	})
	if last < 0 {
		return ""
	}
	return q.Questions[last].ID
}

// DOT writes the flow for Graphviz.
func (f Flow) DOT() string {
	var b strings.Builder
	quote := func(s string) string {
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
	}
	node := func(indent string, n FlowNode, shape string) {
		fmt.Fprintf(&b, "%s%s [label=%s, shape=%s];\n", indent, quote(n.ID), quote(n.Text), shape)
	}
	b.WriteString("digraph questions {\n")
	node("  ", FlowNode{f.Start, "Start"}, "oval")
	for _, s := range f.Sections {
		fmt.Fprintf(&b, "  subgraph %s {\n    label=%s;\n", quote("cluster_"+s.ID), quote(s.Text))
		for _, n := range s.Questions {
			node("    ", n, "box")
		}
		b.WriteString("  }\n")
	}
	for _, n := range f.Stops {
		node("  ", n, "octagon")
	}
	if f.Help != "" {
		node("  ", FlowNode{f.Help, "Get help now"}, "octagon")
	}
	node("  ", FlowNode{f.Results, "Results"}, "oval")
	for _, e := range f.Edges {
		style := "solid"
		if e.Aside {
			style = "dashed"
		}
		fmt.Fprintf(&b, "  %s -> %s [label=%s, style=%s];\n", quote(e.From), quote(e.To), quote(e.When), style)
	}
	b.WriteString("}\n")
	return b.String()
}

// Mermaid writes the flow for pages that draw Mermaid, such as those of GitHub.
func (f Flow) Mermaid() string {
	var b strings.Builder
	quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, "#quot;") + `"` }
	b.WriteString("flowchart TD\n")
	fmt.Fprintf(&b, "  %s([%s])\n", f.Start, quote("Start"))
	for _, s := range f.Sections {
		fmt.Fprintf(&b, "  subgraph %s[%s]\n", s.ID, quote(s.Text))
		for _, n := range s.Questions {
			fmt.Fprintf(&b, "    %s[%s]\n", n.ID, quote(n.Text))
		}
		b.WriteString("  end\n")
	}
	for _, n := range f.Stops {
		fmt.Fprintf(&b, "  %s{{%s}}\n", n.ID, quote(n.Text))
	}
	if f.Help != "" {
		fmt.Fprintf(&b, "  %s{{%s}}\n", f.Help, quote("Get help now"))
	}
	fmt.Fprintf(&b, "  %s([%s])\n", f.Results, quote("Results"))
	for _, e := range f.Edges {
		arrow := "-->"
		if e.Aside {
			arrow = "-.->"
		}
		if e.When != "" {
			arrow += "|" + quote(e.When) + "|"
		}
		fmt.Fprintf(&b, "  %s %s %s\n", e.From, arrow, e.To)
	}
	return b.String()
}
