package data

import (
	"archive/zip"
	"bytes"
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"gutskin/quiz"
	"gutskin/recommend"
)

// Proof is what is true of a content for everybody who may ever answer it.
type Proof struct {
	Claims []Claim `json:"claims"`
}

// Claim is one sentence about the content, and what it rests on.
type Claim struct {
	ID       string    `json:"id"`
	Says     string    `json:"says"`
	Basis    Basis     `json:"basis"`
	Cases    int       `json:"cases"`
	Of       string    `json:"of"` // what was counted: "paths", "people"
	Failed   []Failure `json:"failed,omitempty"`
	Examples []Example `json:"examples,omitempty"`
}

// Basis says how far a claim was looked into.
type Basis string

// What a claim can rest on.
const (
	Every   Basis = "every"   // every case there is
	Sampled Basis = "sampled" // every pair of answers, and many people beside them
	Found   Basis = "found"   // an example of each thing was found; of what fails, none
)

// Failure is where a claim does not hold, with the smallest answers that show it.
type Failure struct {
	Problem
	Answers []string `json:"answers,omitempty"` // in words, "Age group: 18 to 34"
}

// Example is something that a claim says can happen, and who it happens to.
type Example struct {
	Of      string   `json:"of"`
	Answers []string `json:"answers"`
}

// Holds reports that every claim holds.
func (p Proof) Holds() bool {
	return !slices.ContainsFunc(p.Claims, func(c Claim) bool { return len(c.Failed) > 0 })
}

// ProofOptions say how hard to look. The zero value is what `gutskin check` uses.
type ProofOptions struct {
	Seed    uint64
	Samples int      // people beside the pairs; 0: 20,000
	Only    []string // ids of the claims to prove; nil: all
	Workers int      // processors to use; 0: all of them
}

// manySamples are enough to meet each pair of answers thousands of times, and few
// enough for a check to end within 10 seconds.
const manySamples = 20_000

// Prove looks for a person for whom the content of a library breaks a promise. The
// same content and options give the same proof.
func Prove(l *Library, o ProofOptions) Proof {
	o.Samples = cmp.Or(o.Samples, manySamples)
	o.Workers = cmp.Or(o.Workers, runtime.GOMAXPROCS(0))
	p := newProver(l, o)
	jobs := []struct {
		claims string // the ids of the claims it proves
		prove  func() []*claim
	}{
		{"path progress question option", p.provePaths},
		{"bounds band better praise", p.proveScores},
		{"better-overall", p.proveOverall},
		{"label signal condition part", p.proveConditions},
		{"rule case care-text", p.proveRules},
		{"lasting", p.proveLasting},
		{"emergency stop", p.proveEmergencies},
		{"contradiction help-first", p.proveTexts},
		{"advice variant", p.proveAdvice},
		{"held first-card less-of tie never-together rests-on hidden stopped words", p.proveEverybody},
	}
	results := make([][]*claim, len(jobs))
	parallel(o.Workers, len(jobs), func(i int) {
		if o.Only == nil || slices.ContainsFunc(strings.Fields(jobs[i].claims), p.wanted) {
			results[i] = jobs[i].prove()
		}
	})
	var proof Proof
	for _, c := range slices.Concat(results...) {
		if p.wanted(c.ID) {
			proof.Claims = append(proof.Claims, p.finish(c))
		}
	}
	return proof
}

// prover is one content under proof.
type prover struct {
	ProofOptions
	library *Library
	e       *Edition
	q       *quiz.Questionnaire
	b       *recommend.Book
	units   []unit
	held    map[*recommend.Effect]map[string]bool // what each effect holds, sets spelled out
	decides map[string]bool                       // questions that have a say in which others are asked
	bases   []person                              // people to start from, the least said first
}

// person is somebody's answers, and the emergencies they answered on the get-help page.
type person struct {
	answers      quiz.Answers
	acknowledged []string
}

func newProver(l *Library, o ProofOptions) *prover {
	e := l.Edition("")
	p := &prover{ProofOptions: o, library: l, e: e, q: e.Quiz, b: e.Book, held: map[*recommend.Effect]map[string]bool{}}
	p.units = p.notices()
	p.decides = p.deciding()
	for _, u := range p.units {
		p.held[u.effect] = p.spell(u.effect.Hold)
		if after := u.rule.After; after != nil {
			p.held[after] = p.spell(after.Hold)
		}
	}
	p.bases = p.startingPeople()
	return p
}

func (p *prover) wanted(id string) bool { return p.Only == nil || slices.Contains(p.Only, id) }

func (p *prover) assess(who person) recommend.Report {
	return recommend.Assess(p.q, p.b, who.answers, who.acknowledged...)
}

// claim collects what was found about one claim.
type claim struct {
	Claim
	found []finding
}

// finding is a failure before it has a place in the files.
type finding struct {
	path, text string
	who        *person
}

func newClaim(id, says, of string) *claim {
	return &claim{Claim: Claim{ID: id, Says: says, Basis: Every, Of: of}}
}

func (c *claim) fail(path string, who *person, format string, args ...any) {
	c.found = append(c.found, finding{path, fmt.Sprintf(format, args...), who})
}

// add counts the cases of a space.
func (c *claim) add(cases int, every bool) {
	c.Cases += cases
	if !every {
		c.Basis = Sampled
	}
}

func (p *prover) example(c *claim, of string, who person) {
	c.Examples = append(c.Examples, Example{of, p.inWords(who)})
}

// maxFailures is how many failures of one claim are told: one is enough to go on with.
const maxFailures = 5

// finish puts the failures of a claim into words, and finds their places.
func (p *prover) finish(c *claim) Claim {
	if len(c.found) == 0 {
		return c.Claim
	}
	places := p.library.atlas()
	for _, f := range c.found[:min(len(c.found), maxFailures)] {
		failure := Failure{Problem: places.locate(quiz.Problem{Path: f.path, Text: f.text})}
		if f.who != nil {
			failure.Answers = p.inWords(*f.who)
		}
		c.Failed = append(c.Failed, failure)
	}
	return c.Claim
}

// atlas charts the files that the library was read from.
func (l *Library) atlas() atlas {
	places := atlas{}
	r, err := zip.NewReader(bytes.NewReader(l.Pack()), int64(len(l.Pack())))
	if err != nil {
		return places
	}
	files, err := read(r)
	if err != nil {
		return places
	}
	a := &assembly{files: files}
	return a.atlas()
}

// inWords writes a person's answers as they read them themselves.
func (p *prover) inWords(who person) []string {
	lines := []string{}
	for i := range p.q.Questions {
		x := &p.q.Questions[i]
		if a, ok := who.answers[x.ID]; ok && !a.IsSkip() {
			lines = append(lines, x.Short+": "+spoken(x, a))
		}
	}
	for _, id := range who.acknowledged {
		lines = append(lines, "Get-help page answered for: "+id)
	}
	return lines
}

func spoken(x *quiz.Question, a quiz.Answer) string {
	if a.Number != nil && x.Range != nil {
		return quiz.FormatNumber(*a.Number) + " " + x.Range.Unit
	}
	var texts []string
	for _, id := range a.Picked {
		if o := x.Option(id); o != nil {
			texts = append(texts, o.Text)
		}
	}
	return strings.Join(texts, " + ")
}

// parallel calls work for 0 to n-1, on so many processors.
func parallel(workers, n int, work func(i int)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range min(n, workers) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				work(i)
			}
		})
	}
	group.Wait()
}

// spell turns a hold list into advice ids, sets spelled out.
func (p *prover) spell(hold []string) map[string]bool {
	ids := map[string]bool{}
	for _, h := range hold {
		set, isSet := p.b.HoldSets[h]
		switch {
		case h == recommend.Everything:
			for i := range p.b.Advice {
				ids[p.b.Advice[i].ID] = true
			}
		case strings.HasPrefix(h, "-"):
			delete(ids, h[1:])
		case isSet:
			for _, id := range set {
				ids[id] = true
			}
		default:
			ids[h] = true
		}
	}
	return ids
}
