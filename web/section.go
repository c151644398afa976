package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"gutskin/quiz"
	"gutskin/views"
)

// showSection asks all questions of a section on one page.
func (s *site) showSection(c *fiber.Ctx) error {
	section := s.edition.Quiz.Section(c.Params("section"))
	if section == nil {
		return ErrNotFound
	}
	d, err := s.openDraft(c)
	if err != nil {
		return err
	}
	p := s.locate(d)
	if p.barredSection(section.ID) {
		return s.redirect(c, p.next(), "")
	}
	return s.sendSection(c, http.StatusOK, d, p, views.SectionInput{Section: section.ID, Open: c.Query("open") == "1"})
}

func (s *site) sendSection(c *fiber.Ctx, status int, d *draft, p place, in views.SectionInput) error {
	in.Walk, in.Attempt = p.walk, d.Attempt
	if i := p.firstOf(in.Section); !in.Open {
		in.Change = changed(p.walk, p.walk.Steps[i].Question.ID)
	}
	return s.send(c, status, p.crisis, func(page views.Page) screen {
		return views.NewSectionPage(page, in)
	})
}

// saveSection keeps every answer of a section that can be kept. An emergency among
// them comes first; then what is not right is asked again; then what the answers
// opened, alone.
func (s *site) saveSection(c *fiber.Ctx) error {
	section := s.edition.Quiz.Section(c.Params("section"))
	if section == nil {
		return ErrNotFound
	}
	form, err := formOf(c)
	if err != nil {
		return err
	}
	d, err := s.draftOf(c, form.Get("attempt"))
	if err != nil {
		return err
	}
	p := s.locate(d)
	if p.barredSection(section.ID) {
		return s.redirect(c, p.next(), "")
	}
	d.Sections = true
	back, from := s.takeSection(d, form), due(p.walk)
	p = s.locate(d)
	s.counts.moved(d.edition, from, due(p.walk))
	if len(back) == 0 || len(p.pending) > 0 || p.walk.Stop != "" {
		s.keepDraft(c, d)
		to := p.next()
		if to == sectionAddress+section.ID {
			to += "?open=1"
		}
		return s.redirect(c, to, "")
	}
	d.miss(sectionAddress + section.ID)
	s.keepDraft(c, d)
	for id, sent := range back {
		s.counts.missed(d.edition, id)
		sent.Miss = d.Misses
		back[id] = sent
	}
	return s.sendSection(c, http.StatusUnprocessableEntity, d, p, views.SectionInput{
		Section: section.ID, Open: form.Get("open") == "1", Sent: back,
	})
}

// takeSection reads the questions that the form asked, one after the other, as if
// each had been sent alone. It returns those that must be asked again.
func (s *site) takeSection(d *draft, form url.Values) map[string]views.Sent {
	back := map[string]views.Sent{}
	misses, asked := d.Misses, listed(form, "asked")
	missed := d.Missed
	for i := range s.edition.Quiz.Questions {
		x := &s.edition.Quiz.Questions[i]
		if !slices.Contains(asked, x.ID) {
			continue
		}
		walk := s.edition.Quiz.Walk(d.Answers)
		at := walk.Find(x.ID)
		if at < 0 {
			continue // an answer before it closed this question
		}
		fields, withdrawn := sectionFields(walk.Steps[at], form)
		if withdrawn {
			continue // what was picked is not on offer any more: it is asked again
		}
		given, r := s.given(walk, at, fields)
		if r.fault != nil {
			back[x.ID] = r.sent()
			continue
		}
		d.answer(s.edition.Quiz, s.edition.Book, given)
	}
	d.Missed, d.Misses = missed, misses // the whole page counts as one question
	return back
}

// sectionFields are the fields of one question, named as on a page of its own.
func sectionFields(v quiz.Visit, form url.Values) (fields url.Values, withdrawn bool) {
	x := v.Question
	fields = url.Values{"n": form[x.ID+".n"]}
	for _, id := range form[x.ID] {
		if o := x.Option(id); o != nil && !slices.Contains(v.Offered, o) {
			withdrawn = true
			continue
		}
		fields.Add("a", id)
	}
	if len(fields["a"]) == 0 && strings.TrimSpace(fields.Get("n")) == "" {
		fields["skip"] = form["skip"] // the button leaves out what is still empty
	}
	return fields, withdrawn && len(fields["a"]) == 0
}

// barredSection reports that a section cannot be answered now: it has no question
// on the path, or one before it is still open.
func (p place) barredSection(section string) bool {
	first := p.firstOf(section)
	return first < 0 || len(p.pending) > 0 || slices.ContainsFunc(p.walk.Steps[:first], open)
}

// firstOf is the place of a section's first question on the path, or -1.
func (p place) firstOf(section string) int {
	return slices.IndexFunc(p.walk.Steps, func(v quiz.Visit) bool { return v.Question.Section == section })
}
