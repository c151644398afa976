package data

import (
	"gutskin/quiz"
)

// provePraise claims that what is praised never scores less than what is not.
func (p *prover) provePraise() *claim {
	c := newClaim("praise", "An answer that we praise never scores less than one that we do not", "answers")
	for i := range p.q.Questions {
		x := &p.q.Questions[i]
		if !x.Scored() {
			continue
		}
		least, unpraised := "", -1 // the most points without praise
		for _, a := range everyAnswer(x)[1:] {
			points, state := x.Points(a)
			if c.Cases++; state == quiz.LineAnswered && praise(x, a) == "" && len(a.Picked) < 2 && points > unpraised {
				least, unpraised = spoken(x, a), points
			}
		}
		for _, a := range everyAnswer(x)[1:] {
			points, state := x.Points(a)
			if state == quiz.LineAnswered && praise(x, a) != "" && points < unpraised && x.Kind != quiz.Many {
				c.fail(scored(x, a), nil, "under %q we praise %q, which gives %d points, and not %q, which gives %d",
					x.Short, spoken(x, a), points, least, unpraised)
			}
		}
	}
	return c
}

func praise(x *quiz.Question, a quiz.Answer) string {
	if a.Number != nil && x.Range != nil {
		return x.Range.Good(*a.Number)
	}
	if len(a.Picked) == 1 {
		return x.Option(a.Picked[0]).Good
	}
	return ""
}

// scored is the place of the points of an answer.
func scored(x *quiz.Question, a quiz.Answer) string {
	if a.Number != nil || len(a.Picked) == 0 {
		return "questions." + x.ID + ".range.steps"
	}
	return "questions." + x.ID + ".options." + a.Picked[0] + ".points"
}
