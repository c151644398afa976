package recommend

import "gutskin/quiz"

// KeptBack lists those of the advice that safety rules keep from the person of a
// report, whether it applies to them or not.
func KeptBack(q *quiz.Questionnaire, b *Book, report Report, advice ...string) []string {
	s := newSitting(q, b, report.Answers, report.Acknowledged)
	var kept []string
	for _, id := range advice {
		if a := s.b.AdviceByID(id); a != nil && s.ruling.keepsBack(a) {
			kept = append(kept, id)
		}
	}
	return kept
}

// Holds lists the advice that an effect keeps back by name, with hold sets spelled
// out, in the order of the book. The book must have been made ready by For.
func (b *Book) Holds(e *Effect) []string {
	var ids []string
	for i, held := range e.holds {
		if held {
			ids = append(ids, b.Advice[i].ID)
		}
	}
	return ids
}
