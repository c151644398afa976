package recommend

import (
	"slices"

	"gutskin/quiz"
)

// Comparison is what changed between two reports.
type Comparison struct {
	EditionsDiffer bool         // no direction is claimed: give both to Rework first
	Scores         []Difference // the pillars in order, the overall last
	Answers        []AnswerChange
	Advice         Traffic // every recommendation shown, care-first ones too
	Notices        Traffic // the safety rules that spoke
}

// Difference is one score then and now. Where a safety rule keeps back one of the two
// numbers, neither is here.
type Difference struct {
	Pillar    string
	Then, Now quiz.Score
	Direction Direction
	Why       Why // of an unknown direction
}

// By is how many points the score changed by. It is only told where both have a
// number and the direction is known, else it is 0.
func (d Difference) By() int {
	if d.Direction == Unknown {
		return 0
	}
	return d.Now.Value - d.Then.Value
}

// Direction is where a score went, as far as can be said.
type Direction string

// The directions.
const (
	Up      Direction = "up"
	Down    Direction = "down"
	Same    Direction = "same" // no more than SameWithin apart, or the ranges overlap
	Unknown Direction = "unknown"
)

// SameWithin is a difference that one other answer can make: it is no direction.
const SameWithin = 5

// Why says what keeps a direction from being known.
type Why string

// The reasons. The states of both scores say more.
const (
	NoNumberThen  Why = "no_number_then"
	NoNumberNow   Why = "no_number_now"
	NoNumbers     Why = "no_numbers"
	OtherEditions Why = "other_editions"
)

// AnswerChange is a question that was answered differently.
type AnswerChange struct {
	Question string
	From, To quiz.Answer
	Kind     ChangeKind
	Pillar   string // where it is scored
	Points   *int   // the difference in points × weight, where both counted and may be told
}

// ChangeKind says how an answer changed.
type ChangeKind string

// The kinds of change. A question that was reached and skipped has an answer, the skip.
const (
	Changed ChangeKind = "changed"
	New     ChangeKind = "new"  // it was not reached then
	Gone    ChangeKind = "gone" // it was not reached now
)

// Traffic is what came, stayed and went, by id. What came or stayed is in the order of
// the later report, what went in that of the earlier one.
type Traffic struct{ Came, Stayed, Went []string }

// Compare says what changed from one report to a later one. Points, weights and rules
// are those of q, the edition of both.
func Compare(q *quiz.Questionnaire, then, now Report) Comparison {
	c := Comparison{
		EditionsDiffer: then.Edition != now.Edition,
		Answers:        AnswerChanges(q, then.Answers, now.Answers),
		Advice:         traffic(then.Shown(), now.Shown()),
		Notices:        traffic(notices(then), notices(now)),
	}
	for _, s := range now.Scores {
		c.Scores = append(c.Scores, difference(scoreOf(then, s.Pillar), s, c.EditionsDiffer))
	}
	for _, s := range then.Scores {
		if !slices.ContainsFunc(now.Scores, func(o quiz.Score) bool { return o.Pillar == s.Pillar }) {
			c.Scores = append(c.Scores, difference(s, scoreOf(now, s.Pillar), c.EditionsDiffer))
		}
	}
	if !c.EditionsDiffer {
		c.countPoints(then.Receipt, now.Receipt)
	}
	return c
}

// scoreOf is a report's score of a pillar; one it does not know has no number.
func scoreOf(r Report, pillar string) quiz.Score {
	if s := (quiz.Scorecard{Scores: r.Scores}).Of(pillar); s != nil {
		return *s
	}
	return quiz.Score{Pillar: pillar, State: quiz.Incomplete}
}

func difference(then, now quiz.Score, otherEdition bool) Difference {
	d := Difference{Pillar: now.Pillar, Then: then, Now: now, Direction: Unknown}
	switch {
	case then.Figures == nil && now.Figures == nil:
		d.Why = NoNumbers
	case then.Figures == nil:
		d.Why = NoNumberThen
	case now.Figures == nil:
		d.Why = NoNumberNow
	case otherEdition:
		d.Why = OtherEditions
	case then.Low <= now.High && now.Low <= then.High || max(now.Value-then.Value, then.Value-now.Value) <= SameWithin:
		d.Direction = Same
	case now.Value > then.Value:
		d.Direction = Up
	default:
		d.Direction = Down
	}
	if veiled(then) || veiled(now) {
		d.Then.Figures, d.Now.Figures = nil, nil
	}
	return d
}

// veiled reports that a safety rule keeps the number back. Then an earlier or later
// one is not shown beside it either.
func veiled(s quiz.Score) bool { return s.State == quiz.Hidden || s.State == quiz.Withheld }

// AnswerChanges lists the questions whose answers differ, in the order of the
// questionnaire, those it does not know last. With questions, only these are compared.
func AnswerChanges(q *quiz.Questionnaire, then, now quiz.Answers, questions ...string) []AnswerChange {
	var changes []AnswerChange
	for _, id := range known(q, then, now) {
		if len(questions) > 0 && !slices.Contains(questions, id) {
			continue
		}
		from, was := then[id]
		to, is := now[id]
		c := AnswerChange{Question: id, From: from, To: to, Kind: Changed}
		switch {
		case was && is && sameAnswer(from, to):
			continue
		case !was:
			c.Kind = New
		case !is:
			c.Kind = Gone
		}
		if x := q.Question(id); x != nil {
			c.Pillar = x.Pillar
		}
		changes = append(changes, c)
	}
	return changes
}

// known lists every question that either answers, in the order of the questionnaire.
func known(q *quiz.Questionnaire, then, now quiz.Answers) []string {
	var ids, others []string
	for i := range q.Questions {
		id := q.Questions[i].ID
		_, was := then[id]
		if _, is := now[id]; was || is {
			ids = append(ids, id)
		}
	}
	for _, answers := range []quiz.Answers{then, now} {
		for id := range answers {
			if q.Question(id) == nil && !slices.Contains(others, id) {
				others = append(others, id)
			}
		}
	}
	slices.Sort(others)
	return append(ids, others...)
}

// sameAnswer does not mind the order of ticks.
func sameAnswer(a, b quiz.Answer) bool {
	if (a.Number == nil) != (b.Number == nil) || a.Number != nil && *a.Number != *b.Number {
		return false
	}
	return slices.Equal(slices.Sorted(slices.Values(a.Picked)), slices.Sorted(slices.Values(b.Picked)))
}

// countPoints says of each changed answer how it moved the points of its pillar.
func (c *Comparison) countPoints(then, now []quiz.Line) {
	for i := range c.Answers {
		from, to := weighted(then, c.Answers[i].Question), weighted(now, c.Answers[i].Question)
		if from != nil && to != nil {
			by := *to - *from
			c.Answers[i].Points = &by
		}
	}
}

// weighted is points × weight of a question; nil where it does not count or is hidden.
func weighted(receipt []quiz.Line, question string) *int {
	for _, line := range receipt {
		if line.Question == question && line.Points != nil {
			n := *line.Points * line.Weight
			return &n
		}
	}
	return nil
}

func traffic(then, now []string) Traffic {
	t := Traffic{Came: missingIn(then, now), Went: missingIn(now, then)}
	t.Stayed = missingIn(t.Came, now)
	return t
}

// notices are the safety rules that spoke.
func notices(r Report) []string {
	var ids []string
	for _, n := range r.Care {
		if n.Level != Care {
			ids = append(ids, n.ID)
		}
	}
	return ids
}
