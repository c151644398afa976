package web

import (
	"maps"
	"net/http"
	"net/url"
	"slices"

	"github.com/gofiber/fiber/v2"

	"gutskin/quiz"
	"gutskin/recommend"
	"gutskin/views"
)

// checkInsMost is how many check-ins a plan keeps; the oldest goes first.
const checkInsMost = 12

// checkIn reads what a check-in needs. Without a plan there is none: to is where to go.
func (s *site) checkIn(c *fiber.Ctx) (p planned, to string, err error) {
	if p, err = s.plan(c); err == nil && p.note == nil {
		to = planAddress(c)
	}
	return p, to, err
}

// lastCheckIn is the newest look back that is compared with the newest report.
func (p *planned) lastCheckIn() *checkIn {
	if p.note == nil || len(p.note.CheckIns) == 0 {
		return nil
	}
	last := &p.note.CheckIns[len(p.note.CheckIns)-1]
	if !last.Since.Equal(p.input.Report.TakenAt) {
		return nil
	}
	return last
}

// asked are the questions behind the ideas of the plan, but for those on a topic that
// is held.
func (p *planned) asked(today recommend.Day) []quiz.Visit {
	in := p.pageInput(today)
	ids := recommend.CheckIn(p.edition.Quiz, p.edition.Book, p.input.Report, in.Live())
	var visits []quiz.Visit
	for _, v := range p.edition.Quiz.Walk(p.input.Report.Answers).Steps {
		if slices.Contains(ids, v.Question.ID) {
			v.Answered = false // people answer afresh
			visits = append(visits, v)
		}
	}
	return visits
}

func (s *site) showCheckIn(c *fiber.Ctx) error {
	p, to, err := s.checkIn(c)
	if err != nil {
		return err
	}
	if to != "" {
		return s.redirect(c, to, "")
	}
	return s.sendCheckIn(c, http.StatusOK, p, nil)
}

func (s *site) sendCheckIn(c *fiber.Ctx, status int, p planned, back map[string]views.Sent) error {
	today := s.today()
	return s.sendOf(c, status, p.result, func(page views.Page) screen {
		return views.NewCheckInPage(page, p.pageInput(today), p.asked(today), back)
	})
}

// saveCheckIn keeps the answers and leads to what they changed. Whoever tells of an
// emergency is shown where to get help at once, whatever else is open or goes wrong.
func (s *site) saveCheckIn(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	defer s.notes.lock(c.Params("key"))()
	p, to, err := s.checkIn(c)
	if err != nil {
		return err
	}
	if to != "" {
		return s.redirect(c, to, "")
	}
	today := s.today()
	asked := p.asked(today)
	answers, back := s.checkInReplies(p, asked, form)
	now := p.checkedIn(answers)
	help := now.emergency()
	if !help && (len(back) > 0 || len(asked) == 0) {
		return s.sendCheckIn(c, http.StatusUnprocessableEntity, p, back)
	}
	p.note.CheckIns = append(p.note.CheckIns, checkIn{Day: today, Since: p.input.Report.TakenAt, Answers: answers})
	p.note.CheckIns = p.note.CheckIns[max(0, len(p.note.CheckIns)-checkInsMost):]
	if err := s.putPlan(c, p.note); err != nil {
		if !help {
			return err
		}
		s.Log.Error("a check-in was not kept", "error", err.Error())
		return s.sendCheckedIn(c, p, today, now)
	}
	return s.redirect(c, "/r/"+p.input.Key+"/check-in/result", "")
}

// checkInReplies reads the answers, and which questions must be asked again. What is
// left of a contradiction counts where it tells of an emergency.
func (s *site) checkInReplies(p planned, asked []quiz.Visit, form url.Values) (quiz.Answers, map[string]views.Sent) {
	answers, back := quiz.Answers{}, map[string]views.Sent{}
	walk := p.edition.Quiz.Walk(p.input.Report.Answers)
	for _, v := range asked {
		fields, _ := sectionFields(v, form)
		r := replyTo(v, fields)
		if r.fault != nil && r.fault.Kind == quiz.NotTogether {
			if alarm := s.alarm(walk, v, r.answer); !alarm.IsSkip() {
				r = reply{answer: alarm}
			}
		}
		if r.fault != nil {
			back[v.Question.ID] = r.sent()
			continue
		}
		answers[v.Question.ID] = r.answer
	}
	return answers, back
}

func (s *site) showCheckedIn(c *fiber.Ctx) error {
	p, to, err := s.checkIn(c)
	if err != nil {
		return err
	}
	if to == "" && p.lastCheckIn() == nil {
		to = "/r/" + p.input.Key + "/check-in"
	}
	if to != "" {
		return s.redirect(c, to, "")
	}
	last := p.lastCheckIn()
	return s.sendCheckedIn(c, p, last.Day, p.checkedIn(last.Answers))
}

func (s *site) sendCheckedIn(c *fiber.Ctx, p planned, day recommend.Day, now checkedIn) error {
	p.crisis = p.crisis || now.crisis
	p.held = append(p.held, recommend.KeptBack(p.edition.Quiz, p.edition.Book, now.report, p.chosen()...)...)
	return s.sendOf(c, http.StatusOK, p.result, func(page views.Page) screen {
		in := views.CheckedInInput{Plan: p.pageInput(s.today()), Day: day, Now: now.report, Care: now.care, News: now.news}
		for _, v := range p.asked(s.today()) {
			in.Asked = append(in.Asked, v.Question.ID)
		}
		return views.NewCheckedInPage(page, in)
	})
}

// checkedIn is what the answers of a check-in, put into the newest report, come to.
type checkedIn struct {
	report recommend.Report   // never kept
	care   []recommend.Notice // the safety rules that speak because of these answers
	news   []recommend.Notice // those that only today's edition has
	crisis bool
}

// emergency reports that getting help comes before everything else.
func (now *checkedIn) emergency() bool {
	return slices.ContainsFunc(slices.Concat(now.care, now.news), func(n recommend.Notice) bool {
		return n.Level == recommend.Emergency
	})
}

// checkedIn works the report out with new answers.
func (p *planned) checkedIn(answers quiz.Answers) checkedIn {
	old := p.input.Report
	all := known(p.edition.Quiz, old.Answers)
	maps.Copy(all, known(p.edition.Quiz, answers))
	now := checkedIn{report: p.edition.Assess(all, old.Acknowledged...)}
	now.report.Edition, now.report.TakenAt = old.Edition, old.TakenAt
	now.care = spoken(old.Care, now.report.Care, answers)
	now.crisis = crisis(p.edition, now.report.Answers)
	if today := p.input.TodayEdition; today.Hash != p.edition.Hash {
		report := today.Assess(known(today.Quiz, all), old.Acknowledged...)
		now.news = recommend.Louder(now.care, spoken(slices.Concat(old.Care, p.input.Today), report.Care, answers))
		now.crisis = now.crisis || crisis(today, report.Answers)
	}
	return now
}

// spoken are the safety notices that were not there before, and those that these
// answers are a reason for.
func spoken(before, now []recommend.Notice, answers quiz.Answers) []recommend.Notice {
	anew := recommend.Louder(before, now)
	return slices.DeleteFunc(slices.Clone(now), func(n recommend.Notice) bool {
		isNew := slices.ContainsFunc(anew, func(o recommend.Notice) bool { return o.ID == n.ID })
		because := slices.ContainsFunc(n.Because, func(r quiz.Reason) bool { _, asked := answers[r.Question]; return asked })
		return n.Level == recommend.Care || !isNew && !because
	})
}
