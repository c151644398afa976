package quiz

import (
	"maps"
	"math/bits"
	"slices"
)

// Form is some answers laid out question by question, options as bits, so that
// predicates and scores read them without looking anything up. It can be filled in
// again and again, by one goroutine at a time.
type Form struct {
	q         *Questionnaire
	entries   []entry    // by the place of the question
	standings []Standing // after Score: the pillars in order, then the overall
}

// entry is what was said to one question.
type entry struct {
	answer  Answer // the part that counts
	picked  uint64 // its options, a bit for each, by their place
	state   reply
	trimmed bool // answer is not what was given, letter by letter
	settled bool // said, skipped or not asked, whatever else is said later
}

type reply uint8

const (
	unsaid reply = iota
	skipped
	answered
)

// maxOptions is how many options a question can have: there is a bit for each.
const maxOptions = 64

// NewForm returns an empty form.
func (q *Questionnaire) NewForm() *Form {
	return &Form{q: q, entries: make([]entry, len(q.Questions)), standings: make([]Standing, 0, len(q.Pillars)+1)}
}

// Clear forgets everything that was filled in.
func (f *Form) Clear() {
	clear(f.entries)
	f.standings = f.standings[:0]
}

// Fill takes over the answers that count, as Walk does, and forgets what the form
// said before. Nothing is scored yet.
func (f *Form) Fill(a Answers) { f.replay(a, func(int, uint64) {}) }

// Answers are those that count of the answers that the form was filled with. Copying
// a map whole and mending the copy takes half the time of building it (1 µs for 2).
func (f *Form) Answers(given Answers) Answers {
	if len(given) == 0 {
		return Answers{}
	}
	kept, count := maps.Clone(given), 0
	for i := range f.entries {
		e := &f.entries[i]
		if e.state != unsaid {
			count++
		}
		if e.trimmed && e.state != unsaid {
			kept[f.q.Questions[i].ID] = e.answer
		}
	}
	if len(kept) > count {
		maps.DeleteFunc(kept, func(id string, _ Answer) bool {
			at := f.q.Place(id)
			return at < 0 || f.entries[at].state == unsaid
		})
	}
	return kept
}

// Is reports that a named label holds. None holds that the questionnaire does not have.
func (f *Form) Is(label string) bool {
	p := f.q.labels[label]
	return p.Holds(f)
}

// Picked are the options picked of the question at this place, a bit for each.
func (f *Form) Picked(question int) uint64 { return f.entries[question].picked }

// Points returns what the answer to the question at this place gives, as
// Question.Points does.
func (f *Form) Points(question int) (int, LineState) {
	return f.q.Questions[question].points(&f.entries[question])
}

// Score works out the scores. The veil must outlive the form's use.
func (f *Form) Score(veil Veil) {
	f.standings = f.q.standings(f.standings[:0], veil, f.Points)
}

// Value returns the score of the pillar at this place, or the overall one after the
// last, and whether there is one to show.
func (f *Form) Value(pillar int) (int, bool) {
	if pillar >= len(f.standings) || f.standings[pillar].State != Scored {
		return 0, false
	}
	return f.standings[pillar].Value, true
}

// take takes over a score that was worked out before.
func (f *Form) take(s *Score) {
	f.standings = f.standings[:len(f.q.Pillars)+1]
	if at := f.q.PillarPlace(s.Pillar); at >= 0 && s.Figures != nil {
		f.standings[at] = Standing{Scored, *s.Figures}
	}
}

// read lays out what was said to this question in an empty entry.
func (x *Question) read(a Answers, e *entry) {
	if answer, ok := a[x.ID]; ok {
		x.lay(answer, e)
	}
}

// lay lays out an answer as it was given in an empty entry.
func (x *Question) lay(answer Answer, e *entry) {
	e.answer, e.state = answer, answered
	if answer.Number != nil {
		return
	}
	if len(answer.Picked) == 0 {
		e.state = skipped
	}
	last := -1
	for _, id := range answer.Picked {
		at := slices.Index(x.ids, id)
		if at >= 0 {
			e.picked |= 1 << at
		}
		e.trimmed = e.trimmed || at <= last
		last = at
	}
}

// keep leaves of an entry the options that are offered, in their order, each once. A
// "prefer not to say" becomes a skip; an answer of which nothing is left is none.
func (x *Question) keep(e *entry, offered uint64) {
	if e.state != answered || e.answer.Number != nil {
		return
	}
	left := e.picked & offered
	switch {
	case left&x.skips != 0:
		*e = entry{state: skipped, trimmed: true}
	case left == 0:
		*e = entry{}
	case left != e.picked || e.trimmed:
		*e = entry{answer: Answer{Picked: x.named(left)}, picked: left, state: answered, trimmed: true}
	}
}

func (x *Question) named(options uint64) []string {
	ids := make([]string, 0, bits.OnesCount64(options))
	for b := options; b != 0; b &= b - 1 {
		ids = append(ids, x.ids[bits.TrailingZeros64(b)])
	}
	return ids
}

// bits is a bit for each of these options that the question has.
func (x *Question) bits(options []string) uint64 {
	var set uint64
	for _, id := range options {
		if at := slices.Index(x.ids, id); at >= 0 {
			set |= 1 << at
		}
	}
	return set
}
