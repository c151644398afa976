package web

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"gutskin/data"
	"gutskin/figures"
	"gutskin/quiz"
)

// Counts is how often each step was taken since the last Flush, by everybody together:
// which question came up, was answered, came back, and where the quiz was left. It
// knows of no visitor, no cookie and no address, and so counts the same person twice
// who does the same thing twice. The zero value is ready.
type Counts struct {
	mu    sync.Mutex
	grids []*grid
}

// grid has a counter for everything that can happen in each language of some content.
// It is made once: to count is to add to a number that is there already.
type grid struct {
	langs map[string]*langGrid
	place map[string]int // of a question, and of the look over all answers
}

type langGrid struct {
	started, finished, planned, linked counter
	steps                              []stepCounters
	minutes                            []counter
}

type stepCounters struct{ shown, answered, errors counter }

type counter struct{ atomic.Int64 }

// grid makes the counters of some content. Without Counts it returns nil, and nil
// counts nothing.
func (c *Counts) grid(l *data.Library) *grid {
	if c == nil {
		return nil
	}
	q := l.Edition("").Quiz
	g := &grid{langs: map[string]*langGrid{}, place: make(map[string]int, len(q.Questions)+1)}
	for i := range q.Questions {
		g.place[q.Questions[i].ID] = i
	}
	g.place[figures.Check] = len(q.Questions)
	for _, lang := range l.Languages() {
		g.langs[lang] = &langGrid{
			steps: make([]stepCounters, len(q.Questions)+1), minutes: make([]counter, len(figures.Stretches())),
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.grids = append(c.grids, g)
	return g
}

// Tallier takes what was counted.
type Tallier interface {
	Count(ctx context.Context, counts []figures.Count) error
}

// Flush hands over what was counted since the last time. When that does not work, it
// stays counted.
func (c *Counts) Flush(ctx context.Context, to Tallier) error {
	var list []figures.Count
	var taken []func()
	c.mu.Lock()
	for _, g := range c.grids {
		g.each(func(n *counter, count figures.Count) {
			if count.N = int(n.Swap(0)); count.N != 0 {
				list = append(list, count)
				taken = append(taken, func() { n.Add(int64(count.N)) })
			}
		})
	}
	c.mu.Unlock()
	if len(list) == 0 {
		return nil
	}
	err := to.Count(ctx, list)
	if err != nil {
		for _, giveBack := range taken {
			giveBack()
		}
	}
	return err
}

func (g *grid) each(yield func(*counter, figures.Count)) {
	items := make([]string, len(g.place))
	for item, i := range g.place {
		items[i] = item
	}
	for lang, l := range g.langs {
		one := func(n *counter, kind, item, value string) {
			yield(n, figures.Count{Tally: figures.Tally{Kind: kind, Item: item, Value: value}, Lang: lang})
		}
		one(&l.started, figures.Started, "", "")
		one(&l.finished, figures.Finished, "", "")
		one(&l.planned, figures.Planned, "", "")
		one(&l.linked, figures.Linked, "", "")
		for i := range l.steps {
			one(&l.steps[i].shown, figures.Shown, items[i], "")
			one(&l.steps[i].answered, figures.Answered, items[i], "")
			one(&l.steps[i].errors, figures.Error, items[i], "")
		}
		for i, s := range figures.Stretches() {
			one(&l.minutes[i], figures.Minutes, "", s)
		}
	}
}

// of are the counters of a language, or nil.
func (g *grid) of(e *data.Edition) *langGrid {
	if g == nil {
		return nil
	}
	return g.langs[e.Lang]
}

// due is the step that a visitor stands at. Whom a stop has ended stays at the question
// that did it.
func due(w quiz.Walk) string {
	switch x := w.Next(); {
	case w.Stop != "" && len(w.Steps) > 0:
		return w.Steps[len(w.Steps)-1].Question.ID
	case x != nil:
		return x.ID
	}
	return figures.Check
}

// began counts a quiz that starts at this step.
func (g *grid) began(e *data.Edition, at string) {
	if l := g.of(e); l != nil {
		l.started.Add(1)
		l.steps[g.place[at]].shown.Add(1)
	}
}

// moved counts that a visitor left one step and came to another. Whoever changes an
// answer and stays at the same step is not counted again.
func (g *grid) moved(e *data.Edition, from, to string) {
	if l := g.of(e); l != nil && from != to {
		l.steps[g.place[from]].answered.Add(1)
		l.steps[g.place[to]].shown.Add(1)
	}
}

// missed counts a form that came back.
func (g *grid) missed(e *data.Edition, question string) {
	if l := g.of(e); l != nil {
		l.steps[g.place[question]].errors.Add(1)
	}
}

// ended counts a quiz that was finished so long after it began; less than nothing is
// not known.
func (g *grid) ended(e *data.Edition, took time.Duration) {
	if l := g.of(e); l != nil {
		l.steps[g.place[figures.Check]].answered.Add(1)
		l.finished.Add(1)
		n := -1
		if took >= 0 {
			n = int(took.Minutes())
		}
		l.minutes[figures.Stretch(n)].Add(1)
	}
}

func (g *grid) planned(e *data.Edition) {
	if l := g.of(e); l != nil {
		l.planned.Add(1)
	}
}

func (g *grid) linked(e *data.Edition) {
	if l := g.of(e); l != nil {
		l.linked.Add(1)
	}
}
