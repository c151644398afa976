package recommend

import (
	"cmp"
	"slices"
	"strings"

	"gutskin/quiz"
)

// Reader puts content into words for one person: their answers are quoted, and
// foods they must not have, or do not eat, are left out of every sentence.
type Reader struct {
	s      *sitting
	region Region
	focus  []quiz.Reason // {said} quotes only these parts of an answer, where it has any
}

// about returns a reader that quotes only what made a rule or an advice apply.
func (r *Reader) about(because []quiz.Reason) *Reader {
	focused := *r
	focused.focus = because
	return &focused
}

// RuleWords are the words of a safety rule for one person.
type RuleWords struct {
	Heading string
	Say     []string
}

// AdviceWords are the words of a recommendation for one person.
type AdviceWords struct {
	Title, Do, Plan, Why, Notice       string
	Always, Correction, NotIf, Unknown string
	Notes                              []string // how it is fitted to this person
	Cautions                           []string // texts of safety rules that belong on the card
}

// All lists everything the card says.
func (w AdviceWords) All() []string {
	return slices.Concat(
		[]string{w.Title, w.Do, w.Plan, w.Why, w.Notice, w.Always, w.Correction, w.NotIf, w.Unknown}, w.Notes, w.Cautions)
}

// NewReader returns a reader for the person who gave these answers. It serves one
// goroutine.
func NewReader(q *quiz.Questionnaire, b *Book, region string, a quiz.Answers, acknowledged ...string) *Reader {
	return &Reader{s: newSitting(q, b, a, acknowledged), region: b.Region(region)}
}

// Text resolves the markup of a content text.
func (r *Reader) Text(text string) string {
	p := r.s.b.phrasesOf(text)
	if p.all != "" {
		return p.all
	}
	var kept []string
	for _, sentence := range p.list {
		if s := r.resolve(sentence); s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, " ")
}

// Rule returns the words of a rule that fired, with those of its cases.
func (r *Reader) Rule(id string) RuleWords {
	i := slices.IndexFunc(r.s.ruling.fired, func(v verdict) bool { return v.rule.ID == id })
	if i < 0 {
		// A report of another edition can name a rule that no longer fires.
		if rule := r.s.b.RuleByID(id); rule != nil {
			return RuleWords{Heading: r.Text(rule.Heading), Say: nonEmpty(r.Text(rule.Say))}
		}
		return RuleWords{}
	}
	v := r.s.ruling.fired[i]
	r = r.about(v.because(r.s.form, nil))
	heading, say := v.rule.Heading, []string{v.rule.Say}
	for _, c := range v.cases {
		heading = cmp.Or(c.Heading, heading)
		if c.Instead {
			say = nil
		}
		say = append(say, c.Say)
	}
	words := RuleWords{Heading: r.Text(heading)}
	for _, s := range say {
		words.Say = append(words.Say, nonEmpty(r.Text(s))...)
	}
	return words
}

// Advice returns the words of a recommendation, fitted by the variants of p; with
// p nil, by the variants that fit these answers.
func (r *Reader) Advice(id string, p *Pick) AdviceWords {
	a := r.s.b.AdviceByID(id)
	if a == nil {
		return AdviceWords{}
	}
	fitting, cautions := r.s.variants(a), r.s.ruling.cautions(a)
	because := r.s.because(a)
	if p != nil {
		fitting, cautions, because = p.Variants, p.Cautions, p.Because
	}
	r = r.about(because)
	title, do, plan := a.Title, a.Do, a.Plan
	var notes []string
	for i := range a.Variants {
		v := &a.Variants[i]
		if !slices.Contains(fitting, v.ID) {
			continue
		}
		title, do, plan = cmp.Or(v.Title, title), cmp.Or(v.Do, do), cmp.Or(v.Plan, plan)
		notes = append(notes, nonEmpty(r.Text(v.Note))...)
	}
	words := AdviceWords{
		Title: r.Text(title), Do: r.Text(do), Plan: r.Text(plan), Why: r.Text(a.Why), Notice: r.Text(a.Notice),
		Always: r.Text(a.Always), Correction: r.Text(a.Correction), NotIf: r.Text(a.NotIf), Unknown: r.Text(a.Unknown),
		Notes: notes,
	}
	for _, rule := range cautions {
		words.Cautions = append(words.Cautions, r.Rule(rule).Say...)
	}
	return words
}

// AdviceTitle is what a recommendation is called where it is fitted to these answers.
func (r *Reader) AdviceTitle(id string) string {
	a := r.s.b.AdviceByID(id)
	if a == nil {
		return ""
	}
	title := a.Title
	for i := range a.Variants {
		if v := &a.Variants[i]; r.s.fits(v) {
			title = cmp.Or(v.Title, title)
		}
	}
	return r.about(r.s.because(a)).Text(title)
}

// KeepsBack reports that a safety rule holds this recommendation for the person.
func (r *Reader) KeepsBack(id string) bool {
	a := r.s.b.AdviceByID(id)
	return a != nil && r.s.ruling.keepsBack(a)
}

// Because puts reasons into clauses that read on after "you told us that".
func (r *Reader) Because(reasons []quiz.Reason) []string {
	var clauses []string
	for _, reason := range reasons {
		x := r.s.q.Question(reason.Question)
		if x == nil || reason.Value == "" {
			continue
		}
		if c := r.clause(x, reason.Value); c != "" && !slices.Contains(clauses, c) {
			clauses = append(clauses, c)
		}
	}
	return clauses
}

// Strengths are sentences on what already goes well, best first, for one pillar or,
// with "", for everything that may be told. Nothing is told of hidden or withheld
// pillars.
func (r *Reader) Strengths(pillar string) []string {
	if len(r.s.ruling.veil.Withhold) > 0 {
		return nil
	}
	hides := r.s.ruling.veil.Hide
	type strength struct {
		points int
		text   string
	}
	var list []strength
	for i := range r.s.q.Questions {
		x := &r.s.q.Questions[i]
		if pillar != "" && x.Pillar != pillar || len(hides[x.Pillar]) > 0 {
			continue
		}
		if !x.Scored() && len(hides) > 0 {
			continue // context answers could tell of what is hidden
		}
		if r.s.touchy(x.ID) {
			continue
		}
		points, _ := x.Points(r.s.answers[x.ID])
		for _, text := range good(x, r.s.answers[x.ID]) {
			list = append(list, strength{points, text})
		}
	}
	slices.SortStableFunc(list, func(a, b strength) int { return b.points - a.points })
	var sentences []string
	for _, s := range list {
		sentences = append(sentences, s.text)
	}
	return sentences
}

// touchy reports that a safety rule holds advice about this question: then nothing
// is praised there either. Nobody with a fluid limit is told that drinking much is
// going well.
func (s *sitting) touchy(question string) bool {
	return s.anyAdvice(func(a *Advice) bool { return s.ruling.held[a.fit.place] && ranks(a, question) })
}

func good(x *quiz.Question, a quiz.Answer) []string {
	var texts []string
	if a.Number != nil && x.Range != nil {
		return nonEmpty(x.Range.Good(*a.Number))
	}
	for _, id := range a.Picked {
		if o := x.Option(id); o != nil {
			texts = append(texts, nonEmpty(o.Good)...)
		}
	}
	return texts
}

// said gives a person's answers to questions back as clauses: those that are the
// reason for what is said, or else the first question's that was answered.
func (r *Reader) said(questions []string) string {
	var clauses []string
	for _, question := range questions {
		clauses = append(clauses, r.clauses(question, r.reasons(question))...)
	}
	for i := 0; i < len(questions) && clauses == nil; i++ {
		clauses = r.clauses(questions[i], r.s.answers[questions[i]].Values())
	}
	return r.s.b.Speech.and(clauses)
}

// reasons are the parts of an answer that made a rule or an advice apply.
func (r *Reader) reasons(question string) []string {
	var values []string
	for _, reason := range r.focus {
		if reason.Question == question && reason.Value != "" {
			values = append(values, reason.Value)
		}
	}
	return values
}

func (r *Reader) clauses(question string, values []string) []string {
	x := r.s.q.Question(question)
	if x == nil {
		return nil
	}
	var clauses []string
	for _, value := range values {
		clauses = append(clauses, nonEmpty(r.clause(x, value))...)
	}
	return clauses
}

// clause is what one value of an answer means, in the second person.
func (r *Reader) clause(x *quiz.Question, value string) string {
	if o := x.Option(value); o != nil {
		return o.Said
	}
	if x.Range != nil {
		return strings.ReplaceAll(x.Range.SaidIn(r.s.b.Speech.plural(value)), "{n}", value)
	}
	return ""
}

func (r *Reader) help(kind string) string {
	switch kind {
	case "emergency":
		return r.region.Emergency
	case "urgent":
		return r.region.Urgent
	case "crisis":
		return r.s.b.Speech.sentences(r.region.Crisis)
	case "eating":
		return r.region.Eating
	case "minors":
		return r.s.b.Speech.commas(r.region.Minors)
	}
	return ""
}

func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}
