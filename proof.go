package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"gutskin/data"
)

// checked is what `gutskin check` found out about a content folder.
type checked struct {
	Edition  string         `json:"edition,omitempty"`
	Problems []data.Problem `json:"problems"`
	Content  string         `json:"content,omitempty"`
	Personas string         `json:"personas,omitempty"`
	Spoken   []string       `json:"languages,omitempty"`
	data.Proof
	Notes []string `json:"notes"`

	took time.Duration
}

func (r *checked) summary(library *data.Library, people *data.People) {
	e := library.Edition("")
	r.Edition = e.Hash
	r.Content = fmt.Sprintf("%d questions, %d recommendations, %d safety rules, %d sources: no problem",
		len(e.Quiz.Questions), len(e.Book.Advice), len(e.Book.Rules), len(e.Book.Sources))
	r.Personas = fmt.Sprintf("%d of %d get what they must", people.Len(), people.Len())
	for i, lang := range library.Languages() {
		state := "complete"
		if i == 0 {
			state = "the source"
		}
		r.Spoken = append(r.Spoken, fmt.Sprintf("%s (%s), %s", lang, library.Edition(lang).Name, state))
	}
	for _, lang := range library.Hidden() {
		r.Spoken = append(r.Spoken, lang+", not offered: languages in site.yaml leaves it out")
	}
}

// report prints what was found. An error is printed as it is; it and a claim that
// does not hold make the check fail.
func (r *checked) report(c *checkCmd, s streams, found error) error {
	if c.JSON {
		return r.asJSON(s.out, found)
	}
	if found != nil {
		fmt.Fprintln(s.out, found)
		sayUntranslated(s.out, found)
		return errReported
	}
	fmt.Fprintln(s.out, "content:", r.Content)
	fmt.Fprintln(s.out, "personas:", r.Personas)
	for _, line := range r.Spoken {
		fmt.Fprintln(s.out, "language:", line)
	}
	for _, claim := range r.Claims {
		tellClaim(s.out, claim, c.Verbose)
	}
	if c.Verbose {
		fmt.Fprintf(s.out, "the proof took %.1f seconds on %d processors\n", r.took.Seconds(), runtime.GOMAXPROCS(0))
	}
	if !r.Holds() {
		return errReported
	}
	fmt.Fprintf(s.out, "proof: all %d claims hold\n", len(r.Claims))
	for _, line := range r.Notes {
		fmt.Fprintln(s.out, "note:", line)
	}
	fmt.Fprintln(s.out, "edition:", r.Edition)
	return nil
}

// asJSON prints everything for machines.
func (r *checked) asJSON(out io.Writer, found error) error {
	var problems data.Problems
	if errors.As(found, &problems) {
		r.Problems = problems
	} else if found != nil {
		return found
	}
	if r.Problems == nil {
		r.Problems = []data.Problem{}
	}
	if r.Notes == nil {
		r.Notes = []string{}
	}
	body := json.NewEncoder(out)
	body.SetIndent("", "  ")
	if err := body.Encode(r); err != nil {
		return fmt.Errorf("write the proof: %w", err)
	}
	if found != nil || !r.Holds() {
		return errReported
	}
	return nil
}

// tellClaim prints one claim in a line, and under it each place where it does not hold with
// the smallest answers that show it.
func tellClaim(out io.Writer, c data.Claim, verbose bool) {
	mark, basis := "✓", map[data.Basis]string{
		data.Every: "every one of %d %s", data.Sampled: "a sample of %d %s", data.Found: "an example of each, after trying %d %s",
	}[c.Basis]
	if len(c.Failed) > 0 {
		mark = "✗"
	}
	fmt.Fprintf(out, "%s %s ("+basis+")\n", mark, c.Says, c.Cases, c.Of)
	for _, f := range c.Failed {
		fmt.Fprintln(out, f.Problem)
		if f.Answers != nil {
			answers(out, "for somebody with these answers:", f.Answers)
		}
	}
	if verbose {
		for _, x := range c.Examples {
			answers(out, x.Of+", for example:", x.Answers)
		}
	}
}

func answers(out io.Writer, heading string, lines []string) {
	if len(lines) == 0 {
		lines = []string{"no answers at all"}
	}
	fmt.Fprintf(out, "    %s\n        %s\n", heading, strings.Join(lines, "\n        "))
}
