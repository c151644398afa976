package data

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"gutskin/quiz"
	"gutskin/recommend"
)

// stage is where people take the check twice.
type stage struct {
	RehearseOptions
	people      []member // the personas of both sides
	emergencies []string // of both sides
}

// member is somebody's answers.
type member struct {
	name         string // of a persona; "" for a visitor
	answers      quiz.Answers
	acknowledged []string
}

// RehearsalExample is somebody for whom a change happens. Answers are cut down to those that
// the change needs: whoever gives them and skips the rest sees it.
type RehearsalExample struct {
	Who          string       `json:"who"` // "persona vegan_acne" or "visitor 17"
	Answers      quiz.Answers `json:"answers"`
	Acknowledged []string     `json:"acknowledged,omitempty"`
	Said         []string     `json:"said"` // the same in words
}

func newStage(o RehearseOptions) *stage {
	s := &stage{RehearseOptions: o}
	for _, side := range []Side{o.New, o.Old} {
		for i := range side.Edition.Book.Rules {
			if r := &side.Edition.Book.Rules[i]; r.Level == recommend.Emergency && !slices.Contains(s.emergencies, r.ID) {
				s.emergencies = append(s.emergencies, r.ID)
			}
		}
		if side.People != nil {
			s.invite(side.People)
		}
	}
	return s
}

// invite adds personas. One that both sides have word for word comes once.
func (s *stage) invite(people *People) {
	for i := range people.list {
		p := &people.list[i]
		answers, err := p.answers()
		if err != nil {
			continue // check names it
		}
		known := slices.ContainsFunc(s.people, func(q member) bool {
			return q.name == p.ID && slices.Equal(q.acknowledged, p.Acknowledged) &&
				maps.EqualFunc(q.answers, answers, func(a, b quiz.Answer) bool { return slices.Equal(a.Values(), b.Values()) })
		})
		if !known {
			s.people = append(s.people, member{p.ID, answers, p.Acknowledged})
		}
	}
}

// member is the nth: personas first, then visitors.
func (s *stage) member(n int) member {
	if n < len(s.people) {
		return s.people[n]
	}
	answers, helped := s.Population.Person(s.Seed, n-len(s.people))
	p := member{answers: answers}
	if helped {
		p.acknowledged = s.emergencies
	}
	return p
}

// differences asks one member with both editions.
func (s *stage) differences(p member, found func(Difference, int), unread func(Unread)) {
	report := func(in string, e *Edition) recommend.Report {
		answers := readable(e.Quiz, p.answers, func(id string) { unread(Unread{In: in, ID: id}) })
		return e.Assess(answers, p.acknowledged...)
	}
	before, now := report("old", s.Old.Edition), report("new", s.New.Edition)
	differences(&before, &now, found)
}

// readable is the part of some answers that a questionnaire can read. It names what it
// leaves out.
func readable(q *quiz.Questionnaire, a quiz.Answers, unread func(id string)) quiz.Answers {
	kept := make(quiz.Answers, len(a))
	for id, answer := range a {
		x := q.Question(id)
		if x == nil {
			unread(id)
			continue
		}
		for _, option := range answer.Picked {
			if x.Option(option) == nil {
				unread(id + "." + option)
			}
		}
		answer = x.Readable(answer)
		if x.Check(answer) != nil { // another kind of question now, or another range
			unread(id)
			continue
		}
		if !answer.IsSkip() || a[id].IsSkip() {
			kept[id] = answer
		}
	}
	return kept
}

// example cuts the nth member's answers down to those that a difference needs, one by
// one as long as it still shows.
func (s *stage) example(d Difference, n int) RehearsalExample {
	p := s.member(n)
	shows := func(p member) bool {
		seen := false
		s.differences(p, func(other Difference, _ int) { seen = seen || other == d }, func(Unread) {})
		return seen
	}
	for _, x := range slices.Backward(asked([]*quiz.Questionnaire{s.New.Edition.Quiz, s.Old.Edition.Quiz})) {
		answer, ok := p.answers[x.ID]
		if !ok {
			continue
		}
		less := member{p.name, maps.Clone(p.answers), p.acknowledged}
		if delete(less.answers, x.ID); shows(less) {
			p = less
			continue
		}
		for _, option := range answer.Picked {
			less := member{p.name, maps.Clone(p.answers), p.acknowledged}
			picked := slices.Clone(p.answers[x.ID].Picked)
			less.answers[x.ID] = quiz.Pick(slices.DeleteFunc(picked, func(o string) bool { return o == option })...)
			if len(picked) > 1 && shows(less) {
				p = less
			}
		}
	}
	if less := (member{p.name, p.answers, nil}); shows(less) {
		p = less
	}
	who := "visitor " + strconv.Itoa(n-len(s.people)+1)
	if p.name != "" {
		who = "persona " + p.name
	}
	return RehearsalExample{Who: who, Answers: p.answers, Acknowledged: p.acknowledged, Said: s.said(p)}
}

// said puts answers into words, each by the newest edition that has it.
func (s *stage) said(p member) []string {
	said := []string{}
	quizzes := []*quiz.Questionnaire{s.New.Edition.Quiz, s.Old.Edition.Quiz}
	for _, x := range asked(quizzes) {
		answer, ok := p.answers[x.ID]
		if !ok {
			continue
		}
		var words []string
		for _, value := range answer.Values() {
			words = append(words, optionText(x.ID, value, quizzes))
		}
		if answer.Number != nil && x.Range != nil {
			words[0] += " " + x.Range.Unit
		}
		if len(words) == 0 {
			words = []string{"(skipped)"}
		}
		said = append(said, x.Short+": "+strings.Join(words, ", "))
	}
	if len(p.acknowledged) > 0 {
		said = append(said, "and has answered the get-help page")
	}
	return said
}

// optionText is the text of an option, or the value itself where it is a number.
func optionText(question, value string, quizzes []*quiz.Questionnaire) string {
	for _, q := range quizzes {
		if x := q.Question(question); x != nil && x.Option(value) != nil {
			return x.Option(value).Text
		}
	}
	return value
}
