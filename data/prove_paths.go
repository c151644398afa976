package data

import (
	"fmt"
	"slices"

	"gutskin/quiz"
)

// provePaths follows every path through the questions, one answer at a time.
func (p *prover) provePaths() []*claim {
	t := &tracks{
		p:        p,
		ends:     newClaim("path", "Every path through the questions ends in exactly one result", "paths"),
		progress: newClaim("progress", "The number of questions still to come never grows", "paths"),
		asked:    map[string]person{},
		offered:  map[string]person{},
	}
	var gates []*quiz.Condition
	for i := range p.q.Questions {
		gates = append(gates, p.gates(p.q.Questions[i].ID)...)
	}
	for i := range p.q.Stops {
		gates = append(gates, &p.q.Stops[i].When)
	}
	for i := range p.q.Sections {
		gates = append(gates, p.q.Sections[i].SkipIf)
	}
	cases, every := p.space(nil, gates...).onPath(func(at spot) bool {
		t.follow(at.answers)
		return len(t.ends.found)+len(t.progress.found) == 0
	})
	t.ends.add(cases, every)
	t.progress.add(cases, every)
	return append([]*claim{t.ends, t.progress}, t.reached(cases, every)...)
}

// tracks is what was seen on all paths.
type tracks struct {
	p              *prover
	ends, progress *claim
	asked          map[string]person // question → somebody who is asked it
	offered        map[string]person // "question option" → somebody who can pick it
}

// follow answers the questions in the order they are asked. Whatever does not decide
// the path is skipped.
func (t *tracks) follow(choice quiz.Answers) {
	who := person{answers: quiz.Answers{}}
	walk := t.p.q.Walk(who.answers)
	seen := map[string]bool{}
	for x := walk.Next(); x != nil; x = walk.Next() {
		if seen[x.ID] {
			t.ends.fail("questions."+x.ID, &who, "%q is asked again after it was answered: the questions never end", x.Short)
			return
		}
		seen[x.ID] = true
		t.note(walk, who)
		who.answers[x.ID] = t.p.offeredOf(walk, x, choice[x.ID])
		before := walk.Most
		if walk = t.p.q.Walk(who.answers); walk.Most > before {
			t.progress.fail("questions."+x.ID, &who, "after %q there are %d questions on the way, before it %d", x.Short, walk.Most, before)
		}
	}
	report := t.p.assess(who)
	if len(report.Scores) != len(t.p.q.Pillars)+1 || len(report.Care)+len(report.Top) == 0 {
		t.ends.fail("questions", &who, "at the end there is neither an idea nor a notice to show")
	}
	if walk.Most != len(walk.Steps) {
		t.progress.fail("questions", &who, "at the end %d questions are counted, %d were asked", walk.Most, len(walk.Steps))
	}
}

// note keeps the first person who meets a question and each of its options.
func (t *tracks) note(walk quiz.Walk, who person) {
	for _, v := range walk.Steps {
		if _, ok := t.asked[v.Question.ID]; !ok {
			t.asked[v.Question.ID] = person{answers: walk.Kept}
		}
		for _, o := range v.Offered {
			key := v.Question.ID + " " + o.ID
			if _, ok := t.offered[key]; ok || v.Answered {
				continue
			}
			with := person{answers: quiz.Answers{}}
			for id, a := range who.answers {
				if !a.IsSkip() {
					with.answers[id] = a
				}
			}
			with.answers[v.Question.ID] = quiz.Pick(o.ID)
			if o.Skip || t.p.q.Walk(with.answers).Kept[v.Question.ID].Has(o.ID) {
				t.offered[key] = with
			}
		}
	}
}

// offeredOf is the part of an answer that is on offer, or a skip.
func (p *prover) offeredOf(walk quiz.Walk, x *quiz.Question, a quiz.Answer) quiz.Answer {
	offered := walk.Steps[walk.Find(x.ID)].Offered
	picked := slices.DeleteFunc(slices.Clone(a.Picked), func(id string) bool {
		return !slices.ContainsFunc(offered, func(o *quiz.Option) bool { return o.ID == id })
	})
	return quiz.Answer{Picked: picked, Number: a.Number}
}

// reached claims that every question and every option can be met, and left.
func (t *tracks) reached(cases int, every bool) []*claim {
	questions := newClaim("question", "Every question is asked of somebody, and nobody has to answer it", "paths")
	options := newClaim("option", "Every answer can be picked by somebody, and nobody has to pick it", "paths")
	for i := range t.p.q.Questions {
		x := &t.p.q.Questions[i]
		if retired(x.AskIf) {
			continue
		}
		who, ok := t.asked[x.ID]
		if !ok {
			questions.fail("questions."+x.ID+".ask_if", nil, "nobody is asked %q, whatever they answer before", x.Short)
			continue
		}
		t.p.example(questions, x.ID, who)
		if x.Check(quiz.Answer{}) != nil {
			questions.fail("questions."+x.ID, &who, "%q cannot be skipped", x.Short)
		}
		for j := range x.Options {
			o := &x.Options[j]
			who, ok := t.offered[x.ID+" "+o.ID]
			switch {
			case ok:
				t.p.example(options, x.ID+" "+o.ID, who)
			case !retired(o.OfferIf):
				options.fail(fmt.Sprintf("questions.%s.options.%s", x.ID, o.ID), nil, "nobody can pick %q under %q", o.Text, x.Short)
			}
		}
	}
	questions.add(cases, every)
	options.add(cases, every)
	return []*claim{questions, options}
}

// retired reports that a condition was written to hold for nobody: the label never.
func retired(c *quiz.Condition) bool { return c != nil && c.Is == "never" }
