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
	s := newSitting(q, b, a, acknowledged)
	report := Report{
		Answers:      s.answers,
		Acknowledged: acknowledged,
		Scores:       s.card.Scores,
		Labels:       s.labels(),
		Care:         s.notices(),
		Companions:   []Pick{},
		Supplements:  []Pick{},
		Held:         []Hold{},
		Receipt:      s.card.Receipt,
	}
	if report.Receipt == nil {
		report.Receipt = []quiz.Line{}
	}
	s.choose(&report)
	return report
}

// sitting is one visitor's answers with everything that was worked out from them. It
// serves one goroutine.
type sitting struct {
	q        *quiz.Questionnaire
	b        *Book
	answers  quiz.Answers
	form     *quiz.Form
	ruling   ruling
	card     quiz.Scorecard
	banned   []bool // by the place of the food tag: by a rule, or by the kind of eater
	concerns uint64 // skin concerns ticked, a bit for each

	all []candidate // what applies, once choose has looked

	reasons    block[quiz.Reason]
	ids        block[string]
	priorities block[Hundredths]
	because1   []quiz.Reason // for making one list
	ids1       []string      // for making one list
}

func newSitting(q *quiz.Questionnaire, b *Book, a quiz.Answers, acknowledged []string) *sitting {
	s := &sitting{q: q, b: b.For(q), form: q.NewForm()}
	s.form.Fill(a)
	s.answers = s.form.Answers(a)
	s.ruling = s.b.judge(s.form, acknowledged)
	s.form.Score(s.ruling.veil)
	s.card = s.form.Scorecard(s.ruling.veil)
	s.banned = s.b.bans(s.form, &s.ruling)
	if s.b.ready.skin >= 0 {
		s.concerns = s.form.Picked(s.b.ready.skin) & s.b.ready.concerns
	}
	return s
}

// bans are the food tags that must not be named: banned by safety rules, or not eaten
// by this kind of eater.
func (b *Book) bans(f *quiz.Form, r *ruling) []bool {
	banned := append([]bool(nil), r.banned...)
	for i := range b.Kitchen.Eaters {
		if e := &b.Kitchen.Eaters[i]; e.when.Holds(f) {
			for _, tag := range e.without {
				banned[tag] = true
			}
		}
	}
	return banned
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
			s.because1 = v.because(s.form, s.because1[:0])
			notices = append(notices, Notice{ID: v.rule.ID, Level: v.level, Because: s.reasons.copy(s.because1)})
		}
	}
	return notices
}

// because reports whether the advice's own condition holds and why: what triggered
// it and, where it takes another's place, what made it do so.
func (s *sitting) because(a *Advice) ([]quiz.Reason, bool) {
	s.because1 = a.fit.when.Reasons(s.form, s.because1[:0])
	if a.Instead != nil {
		s.because1 = a.Instead.when.Reasons(s.form, s.because1)
	}
	return s.reasons.copy(s.because1), a.fit.when.Holds(s.form)
}

// variants names the variants of an advice that fit this visitor.
func (s *sitting) variants(a *Advice) []string {
	s.ids1 = s.ids1[:0]
	for i := range a.Variants {
		if s.fits(&a.Variants[i]) {
			s.ids1 = append(s.ids1, a.Variants[i].ID)
		}
	}
	return s.ids.copy(s.ids1)
}

func (s *sitting) heldBy(a *Advice) []string {
	s.ids1 = s.ruling.holds(a, s.ids1[:0])
	return s.ids.copy(s.ids1)
}

func (s *sitting) pick(a *Advice) Pick {
	because, _ := s.because(a)
	return Pick{
		ID: a.ID, Key: a.Key, Health: a.Health, Skin: s.skinGrade(a).grade,
		Passages: orEmpty(a.Passages), Sources: orEmpty(a.Sources), Because: because,
		Variants: s.variants(a), Cautions: s.ruling.cautions(a),
	}
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
