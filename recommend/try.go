package recommend

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"gutskin/quiz"
)

// ErrWithheld says that the report shows no number, so that nothing can be tried.
var ErrWithheld = errors.New("nothing can be tried: a safety rule withholds the scores")

// NotTried names the questions whose answers are not for trying out: they are not
// scored, not asked of this visitor, hidden, or a safety rule has a say in them.
type NotTried []string

func (e NotTried) Error() string {
	return "not for trying out: " + strings.Join(e, ", ") + "; leave these answers as they are"
}

// Tryable lists the questions that Try takes, in the order of the questionnaire.
func Tryable(q *quiz.Questionnaire, b *Book, report Report) []string {
	return newSitting(q, b, report.Answers, report.Acknowledged).tryable()
}

func (s *sitting) tryable() []string {
	var list []string
	for _, v := range s.q.Walk(s.answers).Steps {
		score := s.card.Of(v.Question.Pillar)
		open := score != nil && (score.State == quiz.Scored || score.State == quiz.Incomplete)
		if open && !s.guarded(v.Question.ID) {
			list = append(list, v.Question.ID)
		}
	}
	return list
}

// Try works out the report for any combination of changed answers, for showing and
// not for saving: it has neither edition nor date. Every safety rule that spoke keeps
// its word. The error is ErrWithheld, NotTried, or quiz.InvalidAnswers. A report that
// raises a warning of its own is returned like any other: show its care first.
func Try(q *quiz.Questionnaire, b *Book, report Report, changes quiz.Answers) (Report, error) {
	s := newSitting(q, b, report.Answers, report.Acknowledged)
	if len(s.ruling.veil.Withhold) > 0 {
		return Report{}, ErrWithheld
	}
	if err := q.Check(changes); err != nil {
		return Report{}, err
	}
	if refused := missingIn(s.tryable(), slices.Sorted(maps.Keys(changes))); len(refused) > 0 {
		return Report{}, NotTried(refused)
	}
	answers := maps.Clone(s.answers)
	maps.Copy(answers, changes)
	if !s.ruling.keptBy(&s.rulingOn(answers, report.Acknowledged).ruling) {
		return Report{}, NotTried(slices.Sorted(maps.Keys(changes)))
	}
	return Assess(q, b, answers, report.Acknowledged...), nil
}

// rulingOn is a sitting of other answers, up to what the safety rules say.
func (s *sitting) rulingOn(answers quiz.Answers, acknowledged []string) *sitting {
	other := s.b.sitting()
	other.form.Fill(answers)
	other.ruling.judge(s.b, other.form, acknowledged)
	return other
}

// keptBy reports that every rule that fired, with each of its cases, fires in other
// too. What rules hold is a union, so nothing gets loose.
func (r *ruling) keptBy(other *ruling) bool {
	return !slices.ContainsFunc(r.fired, func(v verdict) bool {
		i := slices.IndexFunc(other.fired, func(o verdict) bool { return o.rule == v.rule })
		return i < 0 || slices.ContainsFunc(v.cases, func(c *Case) bool { return !slices.Contains(other.fired[i].cases, c) })
	})
}
