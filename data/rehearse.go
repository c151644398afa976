package data

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"gutskin/quiz"
)

// RehearseOptions is what two editions are compared with.
type RehearseOptions struct {
	Old, New   Side
	Population *Population
	Visitors   int    // how many to make up
	Seed       uint64 // the same seed makes up the same visitors
	// Progress is told how many people are done, and of how many; nil tells nobody.
	// It is called from one goroutine at a time.
	Progress func(done, of int)
}

// Side is one of the two editions.
type Side struct {
	Name    string // as the owner calls it
	Edition *Edition
	People  *People // its personas; nil when it has none
}

// Rehearsal says what changes for whom between two editions. Its JSON is the shape
// that `gutskin rehearse --json` prints.
type Rehearsal struct {
	Old      Copy         `json:"old"`
	New      Copy         `json:"new"`
	Personas int          `json:"personas"`
	Visitors int          `json:"visitors"` // made up
	Seed     uint64       `json:"seed"`
	Alarm    Alarm        `json:"alarm"`
	Changes  []Change     `json:"changes"`
	Added    []string     `json:"added"`   // ids: question, question.option, advice or rule
	Retired  []string     `json:"retired"` // ids that are no longer in use, and marked so
	Texts    []TextChange `json:"texts"`
	Unread   []Unread     `json:"unread"`
	Notes    []string     `json:"notes"` // what the population leaves open
}

// Copy names one of the two editions.
type Copy struct {
	Name string `json:"name"`
	Hash string `json:"edition"`
}

// Alarm is what must not be published without a second look.
type Alarm struct {
	Silenced int      `json:"silenced"` // people who lose a safety notice
	Quieter  int      `json:"quieter"`  // people for whom a notice speaks less loudly
	Vanished []string `json:"vanished"` // ids that are gone without being retired
}

// Raised reports that there is something to look at again.
func (a Alarm) Raised() bool { return a.Silenced+a.Quieter+len(a.Vanished) > 0 }

// Change is one thing that is different, and for how many people.
type Change struct {
	Difference
	Name             string           `json:"name"`           // in words
	People           int              `json:"people"`         // personas and visitors
	Personas         int              `json:"personas"`       // of them
	Most             int              `json:"most,omitempty"` // of numbers: the largest step
	RehearsalExample RehearsalExample `json:"example"`
}

// Unread is a part of people's answers that an edition has no question or option for.
type Unread struct {
	In     string `json:"in"` // old or new
	ID     string `json:"id"` // question or question.option
	People int    `json:"people"`
}

// batch is how many people a worker takes at a time.
const batch = 256

// Rehearse asks the same people twice, once with each edition, on all cores. Equal
// options give an equal rehearsal. It fails only when ctx ends.
func Rehearse(ctx context.Context, o RehearseOptions) (*Rehearsal, error) {
	s := newStage(o)
	total := len(s.people) + o.Visitors
	turnouts := make([]*turnout, runtime.GOMAXPROCS(0))
	var (
		wait       sync.WaitGroup
		lock       sync.Mutex
		next, done int
	)
	take := func() (from, to int) {
		lock.Lock()
		defer lock.Unlock()
		from = next
		next = min(next+batch, total)
		return from, next
	}
	report := func(n int) {
		lock.Lock()
		defer lock.Unlock()
		if done += n; o.Progress != nil {
			o.Progress(done, total)
		}
	}
	for i := range turnouts {
		turnouts[i] = newTurnout()
		wait.Go(func() {
			for from, to := take(); from < to && ctx.Err() == nil; from, to = take() {
				for n := from; n < to; n++ {
					turnouts[i].add(s, n)
				}
				report(to - from)
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("the rehearsal was stopped: %w", err)
	}
	all := newTurnout()
	for _, t := range turnouts {
		all.merge(t)
	}
	return s.result(all), nil
}

// result puts what was counted into words and order.
func (s *stage) result(t *turnout) *Rehearsal {
	r := &Rehearsal{
		Old: Copy{s.Old.Name, s.Old.Edition.Hash}, New: Copy{s.New.Name, s.New.Edition.Hash},
		Personas: len(s.people), Visitors: s.Visitors, Seed: s.Seed,
		Alarm:   Alarm{Silenced: t.silenced, Quieter: t.quieter},
		Changes: []Change{}, Unread: []Unread{}, Notes: orEmpty(s.Population.Notes),
	}
	r.compareIDs(s.Old.Edition, s.New.Edition)
	r.Texts = textChanges(s.Old.Edition, s.New.Edition)
	for d, c := range t.changes {
		r.Changes = append(r.Changes, Change{
			Difference: d, Name: s.name(d), People: c.people, Personas: c.personas, Most: c.most, RehearsalExample: s.example(d, c.first),
		})
	}
	slices.SortFunc(r.Changes, func(a, b Change) int {
		return cmp.Or(
			cmp.Compare(chapters[a.About], chapters[b.About]),
			cmp.Compare(s.place(a.ID), s.place(b.ID)), cmp.Compare(a.ID, b.ID), -cmp.Compare(a.About, b.About),
			cmp.Compare(b.People, a.People), cmp.Compare(a.By, b.By), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To),
		)
	})
	for u, people := range t.unread {
		u.People = people
		r.Unread = append(r.Unread, u)
	}
	slices.SortFunc(r.Unread, func(a, b Unread) int { return cmp.Or(-cmp.Compare(a.In, b.In), cmp.Compare(a.ID, b.ID)) })
	return r
}

// name is what a change is about, in the words of the newest edition that has it.
func (s *stage) name(d Difference) string {
	for _, e := range []*Edition{s.New.Edition, s.Old.Edition} {
		if p := e.Quiz.Pillar(d.ID); p != nil {
			return p.Name
		}
		if a := e.Book.AdviceByID(d.ID); a != nil {
			return spellOut(e, a.Title)
		}
		if r := e.Book.RuleByID(d.ID); r != nil {
			return spellOut(e, r.Heading)
		}
	}
	if d.ID == quiz.Overall {
		return "Overall"
	}
	return ""
}

// place is where a pillar stands, the overall score last; other ids are ordered by
// themselves.
func (s *stage) place(id string) int {
	if id == quiz.Overall {
		return len(s.New.Edition.Quiz.Pillars)
	}
	return slices.IndexFunc(s.New.Edition.Quiz.Pillars, func(p quiz.Pillar) bool { return p.ID == id })
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
