package recommend

import (
	"math/bits"

	"gutskin/quiz"
)

// Assess turns answers into a report: safety rules first, then scores, then
// advice. What a rule holds, nothing brings back. Answers off the path do not
// count. Acknowledged names the emergency rules that the visitor has answered on
// the get-help page. Answers must have passed Check.
func Assess(q *quiz.Questionnaire, b *Book, a quiz.Answers, acknowledged ...string) Report {
	b = b.For(q)
	s, again := b.ready.sittings.Get().(*sitting)
	if !again {
		s = b.sitting()
	}
	defer s.leave()
	s.sit(a, acknowledged)
	report := Report{
		Answers:      s.answers,
		Acknowledged: acknowledged,
		Scores:       s.card.Scores,
		Labels:       s.labels(),
		Care:         s.notices(),
		Receipt:      s.card.Receipt,
	}
	if report.Receipt == nil {
		report.Receipt = []quiz.Line{}
	}
	s.choose(&report)
	return report
}

// ban notes the food tags that must not be named: banned by safety rules, or not eaten
// by this kind of eater.
func (s *sitting) ban() {
	copy(s.banned, s.ruling.banned)
	for i := range s.b.Kitchen.Eaters {
		if e := &s.b.Kitchen.Eaters[i]; e.when.Holds(s.form) {
			for _, tag := range e.without {
				s.banned[tag] = true
			}
		}
	}
}

func (s *sitting) labels() Labels {
	l := Labels{Skin: make([]string, 0, bits.OnesCount64(s.concerns)), SeeProfessional: s.b.ready.professional.Holds(s.form)}
	for b := s.concerns; b != 0; b &= b - 1 {
		l.Skin = append(l.Skin, s.q.Questions[s.b.ready.skin].Options[bits.TrailingZeros64(b)].ID)
	}
	for i, signal := range s.b.ready.gut {
		if signal.Holds(s.form) {
			l.Gut = s.q.Gut[i].ID
			break
		}
	}
	return l
}

// notices lists the rules that fired, in the order they are shown, without the
// silent ones.
func (s *sitting) notices() []Notice {
	notices := make([]Notice, 0, len(s.ruling.fired)+2)
	for i := range s.ruling.fired {
		if v := &s.ruling.fired[i]; !v.rule.Silent {
			s.room.reasons = v.because(s.form, s.room.reasons[:0])
			notices = append(notices, Notice{ID: v.rule.ID, Level: v.level, Because: s.reasons.copy(s.room.reasons)})
		}
	}
	return notices
}

// because is why the advice's own condition holds: what triggered it and, where it
// takes another's place, what made it do so.
func (s *sitting) because(a *Advice) []quiz.Reason {
	s.room.reasons = a.fit.when.Reasons(s.form, s.room.reasons[:0])
	if a.Instead != nil {
		s.room.reasons = a.Instead.when.Reasons(s.form, s.room.reasons)
	}
	return s.reasons.copy(s.room.reasons)
}

// variants names the variants of an advice that fit this visitor.
func (s *sitting) variants(a *Advice) []string {
	s.room.ids = s.room.ids[:0]
	for i := range a.Variants {
		if s.fits(&a.Variants[i]) {
			s.room.ids = append(s.room.ids, a.Variants[i].ID)
		}
	}
	return s.ids.copy(s.room.ids)
}

func (s *sitting) heldBy(a *Advice) []string {
	s.room.ids = s.ruling.holds(a, s.room.ids[:0])
	return s.ids.copy(s.room.ids)
}

func (s *sitting) pick(a *Advice) Pick {
	return Pick{
		ID: a.ID, Key: a.Key, Health: a.Health, Skin: s.skinGrade(a).grade,
		Passages: orEmpty(a.Passages), Sources: orEmpty(a.Sources), Because: s.because(a),
		Variants: s.variants(a), Cautions: s.ruling.cautions(a),
	}
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
