package recommend

import "gutskin/quiz"

// CheckIn lists the questions behind the actions of a plan that are asked of this
// visitor, in the order of the questionnaire: those that the advice is ranked by, all
// of a pillar where it is ranked by a score, and otherwise those that called for it.
func CheckIn(q *quiz.Questionnaire, b *Book, report Report, p Plan) []string {
	behind := map[string]bool{}
	for _, action := range p.Actions {
		a := b.AdviceByID(action.Advice)
		if a == nil {
			continue
		}
		for _, t := range a.Trigger {
			for i := range q.Questions {
				if x := &q.Questions[i]; x.ID == t.Question || t.Pillar != "" && x.Pillar == t.Pillar {
					behind[x.ID] = true
				}
			}
		}
		if len(a.Trigger) > 0 {
			continue
		}
		_, because := q.Holds(&a.When, report.Answers, report.Scores)
		for _, reason := range because {
			behind[reason.Question] = true
		}
	}
	var questions []string
	for _, v := range q.Walk(report.Answers).Steps {
		if behind[v.Question.ID] {
			questions = append(questions, v.Question.ID)
		}
	}
	return questions
}
