package views

import (
	"slices"
	"strings"

	"gutskin/quiz"
	"gutskin/recommend"
)

// resting lists all that rests on a source: topics, and with them the questions that
// they are the basis of, ideas, safety rules and numbers.
func (w evidence) resting(source string) []Use {
	var topics, questions []Use
	book := w.Edition.Book
	for i := range book.Evidence {
		t := &book.Evidence[i]
		if !slices.Contains(t.Sources, source) {
			continue
		}
		topics = append(topics, w.known(t))
		for _, u := range w.asked(t.ID) {
			if !slices.Contains(questions, u) {
				questions = append(questions, u)
			}
		}
	}
	uses := append(topics, w.advised(func(a *recommend.Advice) bool { return slices.Contains(a.Sources, source) })...)
	for i := range book.Rules {
		if r := &book.Rules[i]; slices.Contains(r.Sources, source) && r.Heading != "" {
			uses = append(uses, w.guarded(r))
		}
	}
	for _, n := range book.Limits {
		if slices.Contains(n.Sources, source) {
			uses = append(uses, Use{Kind: w.T("use.number"), Text: recommend.Sentences(w.reader.Text(n.Says))[0], Href: "/evidence#" + n.ID})
		}
	}
	return append(uses, questions...)
}

// known leads to a topic on the page of the evidence.
func (w evidence) known(t *recommend.Topic) Use {
	return Use{Kind: w.T("use.topic"), Text: t.Name, Href: "/evidence#" + t.ID}
}

// advised leads to the pages of the advice that is meant.
func (w evidence) advised(meant func(*recommend.Advice) bool) []Use {
	var uses []Use
	for i := range w.Edition.Book.Advice {
		if a := &w.Edition.Book.Advice[i]; meant(a) {
			link := w.adviceLink(a)
			uses = append(uses, Use{Kind: w.T("use.idea"), Text: link.Text, Href: link.Href})
		}
	}
	return uses
}

// adviceLink leads to the page of an advice that is the same for everyone.
func (w evidence) adviceLink(a *recommend.Advice) Link {
	pick := plainPick(a)
	return Link{"/advice/" + a.Key, w.reader.Advice(a.ID, &pick).Title}
}

func (w evidence) guarded(r *recommend.Rule) Use {
	return Use{Kind: w.T("use.rule"), Text: w.reader.Text(r.Heading), Href: "/evidence#" + r.ID}
}

// asked lists the questions whose points rest on a topic, or that it is why we ask.
func (w evidence) asked(topic string) []Use {
	return w.questions(func(x *quiz.Question) bool { return slices.Contains(x.Evidence, topic) })
}

func (w evidence) questions(meant func(*quiz.Question) bool) []Use {
	var uses []Use
	for i := range w.Edition.Quiz.Questions {
		if x := &w.Edition.Quiz.Questions[i]; meant(x) {
			uses = append(uses, Use{Kind: w.T("use.question"), Text: short(x)})
		}
	}
	return uses
}

// cited leads to sources on the page of the evidence.
func (w evidence) cited(ids []string) []Use {
	var uses []Use
	for _, id := range ids {
		if s := w.Edition.Book.SourceByID(id); s != nil {
			uses = append(uses, w.citation(s))
		}
	}
	return uses
}

func (w evidence) citation(s *recommend.Source) Use {
	return Use{Kind: w.T("use.source"), Text: shortCite(s), Href: "/evidence#" + s.ID, Foreign: true}
}

// shortCite is who wrote a source, or what it is called, and when: "Smith RN et al,
// 2007".
func shortCite(s *recommend.Source) string {
	who, _, _ := strings.Cut(s.Cite, ". ")
	if year := itoa(s.Year); s.Year > 0 && !strings.Contains(who, year) {
		who += ", " + year
	}
	return strings.TrimSuffix(who, ".")
}
