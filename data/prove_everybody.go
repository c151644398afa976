package data

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"gutskin/quiz"
	"gutskin/recommend"
)

// promise is what must be true of everybody's result. broken says how it is not, and
// about which part of the content; "" and "" where it is kept.
type promise struct {
	id, says string
	broken   func(p *prover, x *examined) (path, what string)
}

// examined is somebody's result with what the promises look at.
type examined struct {
	who    person
	report recommend.Report
	shown  []string
	standing
	mirror *recommend.Book // the same book in another order
}

var promises = []promise{
	{"held", "Nothing that a safety rule holds back is ever shown", (*prover).heldShown},
	{"first-card", "A notice is never below a quieter one, and an idea never above a notice", (*prover).outOfOrder},
	{"less-of", "At most one idea on a page asks for less of something", (*prover).lessOf},
	{"tie", "Ties are always decided: neither the order of ticks nor the order in the files matters", (*prover).undecided},
	{"never-together", "Ideas that must not stand together never do", (*prover).apart},
	{"rests-on", "Every idea rests on something that the person told us", (*prover).baseless},
	{"hidden", "No number that a safety rule keeps back shows through", (*prover).showsThrough},
	{"stopped", "Whoever is stopped early is shown no number and no idea", (*prover).stopped},
}

// chunk is how many people one piece of work takes, and readers how many random ones
// among them read every word that they are shown.
const chunk, readers = 250, 25

// proveEverybody keeps the promises with people among whom all pairs of answers meet,
// and with as many random ones as asked for.
func (p *prover) proveEverybody() []*claim {
	people, pairs := p.pairs()
	meetings := p.meetings()
	people = append(people, meetings...)
	count := len(people) + p.Samples
	mirror := mirrored(p.b)
	chunks := (count + chunk - 1) / chunk
	broken, unread := make([][]*person, chunks), make([]*finding, chunks)
	parallel(p.Workers, chunks, func(i int) {
		from, to := min(i*chunk, len(people)), min((i+1)*chunk, len(people))
		crowd := p.crowd(people[from:to], min((i+1)*chunk, count)-i*chunk, uint64(i))
		broken[i] = p.sift(crowd, mirror)
		if p.wanted("words") {
			unread[i] = p.unreadable(crowd[:min(to-from+readers, len(crowd))])
		}
	})
	var claims []*claim
	for k := range promises {
		c := newClaim(promises[k].id, promises[k].says,
			fmt.Sprintf("people, with all %d pairs of answers and %d of rules and ideas", pairs, len(meetings)))
		c.add(count, false)
		if i := slices.IndexFunc(broken, func(found []*person) bool { return found[k] != nil }); i >= 0 {
			p.confront(c, promises[k], *broken[i][k], mirror)
		}
		claims = append(claims, c)
	}
	words := newClaim("words", "Every sentence that is shown has its words, in every language", "people, in "+strings.Join(p.library.Languages(), ", "))
	words.add(min(len(people)+chunks*readers, count), false)
	for _, f := range unread {
		if f != nil {
			words.found = append(words.found, *f)
		}
	}
	return append(claims, words)
}

// crowd fills up some people with random ones to a number of them.
func (p *prover) crowd(people []person, number int, piece uint64) []person {
	crowd := slices.Clone(people)
	for chance := rand.New(rand.NewPCG(p.Seed, 100+piece)); len(crowd) < number; {
		crowd = append(crowd, p.filled(quiz.Answers{}, chance))
	}
	return crowd
}

// sift returns the first person of a crowd for whom each promise is broken.
func (p *prover) sift(crowd []person, mirror *recommend.Book) []*person {
	broken := make([]*person, len(promises))
	for _, who := range crowd {
		x := p.examine(who, mirror)
		for k := range promises {
			if broken[k] != nil || !p.wanted(promises[k].id) {
				continue
			}
			if _, what := promises[k].broken(p, x); what != "" {
				broken[k] = &x.who
			}
		}
	}
	return broken
}

// confront tells of the smallest person for whom a promise is broken.
func (p *prover) confront(c *claim, q promise, who person, mirror *recommend.Book) {
	small := p.shrink(who, func(other person) bool {
		_, what := q.broken(p, p.examine(other, mirror))
		return what != ""
	})
	path, what := q.broken(p, p.examine(small, mirror))
	c.fail(path, &small, "%s", what)
}

func (p *prover) examine(who person, mirror *recommend.Book) *examined {
	kept := person{p.q.Walk(who.answers).Kept, who.acknowledged}
	report := p.assess(kept)
	return &examined{kept, report, report.Shown(), p.standing(kept), mirror}
}

func (p *prover) heldShown(x *examined) (string, string) {
	for _, id := range x.shown {
		if x.held[id] {
			return "advice." + id, id + " is shown although a safety rule holds it back"
		}
		for _, tag := range p.b.AdviceByID(id).Needs {
			if x.banned[tag] {
				return "advice." + id, fmt.Sprintf("%s is shown although it needs %s, which this person goes without", id, tag)
			}
		}
	}
	for _, u := range x.fired {
		for _, id := range u.effect.Caution {
			for _, shelf := range x.report.Shelves() {
				for i := range shelf {
					if shelf[i].ID == id && !slices.Contains(shelf[i].Cautions, u.rule.ID) {
						return u.path, fmt.Sprintf("%s is shown without the words of %s on its card", id, u.rule.ID)
					}
				}
			}
		}
	}
	return "", ""
}

func (p *prover) outOfOrder(x *examined) (string, string) {
	care := x.report.Care
	for i := 1; i < len(care); i++ {
		if care[i].Level.Louder(care[i-1].Level) {
			return "rules." + care[i].ID, fmt.Sprintf("%s is %s and stands below %s, which is %s", care[i].ID, care[i].Level, care[i-1].ID, care[i-1].Level)
		}
	}
	for _, u := range x.fired {
		there := slices.ContainsFunc(care, func(n recommend.Notice) bool {
			return n.ID == u.rule.ID && !u.level.Louder(n.Level)
		})
		if !there && !u.rule.Silent {
			return u.path, fmt.Sprintf("%s fires, but does not stand among the notices as %s", u.rule.ID, u.level)
		}
	}
	return "", ""
}

func (p *prover) lessOf(x *examined) (string, string) {
	var less []string
	for _, id := range x.shown {
		if p.b.AdviceByID(id).LessOf {
			less = append(less, id)
		}
	}
	if len(less) > 1 {
		return "advice." + less[1], fmt.Sprintf("%v all ask for less of something", less)
	}
	return "", ""
}

// undecided assesses once more with ticks and files in the opposite order.
func (p *prover) undecided(x *examined) (string, string) {
	turned := quiz.Answers{}
	for id, a := range x.who.answers {
		a.Picked = slices.Clone(a.Picked)
		slices.Reverse(a.Picked)
		turned[id] = a
	}
	again := recommend.Assess(p.q, x.mirror, turned, x.who.acknowledged...)
	for _, pair := range [][2][]recommend.Pick{{x.report.Top, again.Top}, {x.report.More, again.More}, {x.report.Beyond, again.Beyond}} {
		if a, b := ids(pair[0]), ids(pair[1]); !slices.Equal(a, b) {
			return "advice", fmt.Sprintf("a tie is decided by chance: %v or %v", a, b)
		}
	}
	return "", ""
}

// mirrored is the same book with its advice in the opposite order.
func mirrored(b *recommend.Book) *recommend.Book {
	m := *b
	m.Advice, m.Rules = slices.Clone(b.Advice), slices.Clone(b.Rules)
	slices.Reverse(m.Advice)
	for i := range m.Advice {
		m.Advice[i].Variants = slices.Clone(m.Advice[i].Variants)
	}
	for i := range m.Rules {
		r := &m.Rules[i]
		r.Cases = slices.Clone(r.Cases)
		if r.After != nil {
			after := *r.After
			r.After = &after
		}
	}
	m.Compile()
	return &m
}

func (p *prover) apart(x *examined) (string, string) {
	for _, id := range x.shown {
		a := p.b.AdviceByID(id)
		for _, other := range a.NotWith {
			if slices.Contains(x.shown, other) {
				return "advice." + id, fmt.Sprintf("%s and %s stand on one page", id, other)
			}
		}
		if a.Instead != nil && slices.Contains(x.shown, a.Instead.Of) {
			return "advice." + id, fmt.Sprintf("%s and %s, whose place it takes, stand on one page", id, a.Instead.Of)
		}
	}
	return "", ""
}

func (p *prover) baseless(x *examined) (string, string) {
	for _, shelf := range x.report.Shelves() {
		for i := range shelf {
			if len(shelf[i].Because) == 0 && p.b.AdviceByID(shelf[i].ID).Shelf != recommend.Keep {
				return "advice." + shelf[i].ID + ".when", shelf[i].ID + " is shown for no reason that the person gave"
			}
		}
	}
	return "", ""
}

func (p *prover) showsThrough(x *examined) (string, string) {
	kept := map[string]bool{}
	for _, s := range x.report.Scores {
		if s.State == quiz.Hidden || s.State == quiz.Withheld {
			kept[s.Pillar] = true
			if s.Figures != nil || len(s.By) == 0 {
				return "pillars." + s.Pillar, "a number is shown for " + s.Pillar + ", which a safety rule keeps back"
			}
		}
	}
	for _, u := range x.fired {
		for _, pillar := range u.effect.Hide {
			if !kept[pillar] {
				return u.path, fmt.Sprintf("%s hides %s, but it is shown", u.rule.ID, pillar)
			}
		}
	}
	for _, line := range x.report.Receipt {
		if kept[line.Pillar] && line.Points != nil {
			return "questions." + line.Question, "the points of a hidden score are told"
		}
	}
	for _, shelf := range x.report.Shelves() {
		for i := range shelf {
			if slices.ContainsFunc(shelf[i].Because, func(r quiz.Reason) bool { return kept[r.Pillar] }) {
				return "advice." + shelf[i].ID, shelf[i].ID + " gives away a hidden score"
			}
		}
	}
	return "", ""
}

func (p *prover) stopped(x *examined) (string, string) {
	stop := p.q.Walk(x.who.answers).Stop
	if stop == "" {
		return "", ""
	}
	withheld := !slices.ContainsFunc(x.report.Scores, func(s quiz.Score) bool { return s.State != quiz.Withheld })
	if !withheld || len(x.shown) > 0 {
		return "stops." + stop, fmt.Sprintf("whoever is stopped here is shown numbers (%t) or ideas %v", !withheld, x.shown)
	}
	return "", ""
}
