package web

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"gutskin/quiz"
	"gutskin/recommend"
	"gutskin/views"
)

// planNote is what a journal keeps about a plan. Its JSON reads back as it was.
type planNote struct {
	recommend.Plan
	CheckIns []checkIn `json:"check_ins,omitempty"` // oldest first
}

// checkIn is a look back at the habits behind a plan.
type checkIn struct {
	Day     recommend.Day `json:"day"`
	Since   time.Time     `json:"since"` // when the report was taken that it is compared with
	Answers quiz.Answers  `json:"answers"`
}

// planOf reads the plan of a journal; nil where there is none.
func planOf(j Journal) (*planNote, error) {
	body := j.Notes[NotePlan]
	if len(body) == 0 {
		return nil, nil
	}
	note := &planNote{}
	if json.Unmarshal(body, note) != nil || len(note.Actions) == 0 {
		return nil, fmt.Errorf("%w: the plan is not what was saved", ErrDamaged)
	}
	return note, nil
}

// planned is a result with the plan beside it.
type planned struct {
	result
	note *planNote // nil where there is none
	held []string
}

// plan reads the newest report and the plan. Only the private link has one.
func (s *site) plan(c *fiber.Ctx) (p planned, err error) {
	if p.result, err = s.result(c); err != nil {
		return p, err
	}
	if p.journal.ViewOnly {
		return p, ErrReadOnly
	}
	if p.note, err = planOf(p.journal); err != nil {
		return p, err
	}
	ideas := p.input.Report.Shown()
	if p.note != nil {
		for _, a := range p.note.Actions {
			ideas = append(ideas, a.Advice)
		}
	}
	p.hold(ideas)
	return p, nil
}

// hold finds out which ideas a safety rule holds, in the words of the report's day or
// in today's.
func (p *planned) hold(ideas []string) {
	report := p.input.Report
	p.held = recommend.KeptBack(p.edition.Quiz, p.edition.Book, report, ideas...)
	if today := p.input.TodayEdition; today.Hash != p.edition.Hash {
		report.Answers = known(today.Quiz, report.Answers)
		p.held = append(p.held, recommend.KeptBack(today.Quiz, today.Book, report, ideas...)...)
	}
}

// pageInput is what the pages of the plan are made from.
func (p *planned) pageInput(today recommend.Day) views.PlanInput {
	in := views.PlanInput{Results: p.input, Held: p.held, Today: today}
	if p.note != nil {
		in.Plan = p.note.Plan
		if last := p.lastCheckIn(); last != nil {
			in.LookedAt = last.Day
		}
	}
	return in
}

// chosen are the ideas of the plan that is kept.
func (p *planned) chosen() []string {
	if p.note == nil {
		return nil
	}
	var ids []string
	for _, a := range p.note.Actions {
		ids = append(ids, a.Advice)
	}
	return ids
}

// sendOf sends a page about a report, in the words of its edition.
func (s *site) sendOf(c *fiber.Ctx, status int, r result, make maker) error {
	return s.send(c, status, r.crisis, func(page views.Page) screen {
		page.Edition = r.edition
		c.Set(fiber.HeaderContentLanguage, r.edition.Lang)
		return make(page)
	})
}

// today is the date in UTC.
func (s *site) today() recommend.Day { return recommend.DayOf(s.Now().UTC()) }

func planAddress(c *fiber.Ctx) string { return "/r/" + c.Params("key") + "/plan" }

// showPlan shows the plan or, where there is none, the ideas to make one of.
func (s *site) showPlan(c *fiber.Ctx) error {
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	if p.note == nil {
		return s.sendIdeas(c, http.StatusOK, p, nil, "")
	}
	return s.sendOf(c, http.StatusOK, p.result, func(page views.Page) screen {
		return views.NewPlanPage(page, p.pageInput(s.today()))
	})
}

// saveTicks keeps the boxes that were changed since the page was made, and no other:
// what another tab ticked meanwhile stays.
func (s *site) saveTicks(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	defer s.notes.lock(c.Params("key"))()
	p, err := s.plan(c)
	if err != nil {
		return err
	}
	if p.note == nil || p.note.ID != form.Get("plan") {
		return s.redirect(c, planAddress(c), noticeOtherTab)
	}
	had, has := strings.Split(form.Get("had"), ","), form["t"]
	for _, t := range slices.Concat(had, has) {
		if before, now := slices.Contains(had, t), slices.Contains(has, t); before != now {
			day, advice, _ := strings.Cut(t, " ")
			p.note.Tick(recommend.Day(day), advice, now)
		}
	}
	if err := s.putPlan(c, p.note); err != nil {
		return err
	}
	return s.redirect(c, planAddress(c), noticeTicks)
}

func (s *site) showRemovePlan(c *fiber.Ctx) error {
	r, err := s.result(c)
	if err != nil {
		return err
	}
	if r.journal.ViewOnly {
		return ErrReadOnly
	}
	if len(r.journal.Notes[NotePlan]) == 0 {
		return s.redirect(c, planAddress(c), "")
	}
	return s.sendOf(c, http.StatusOK, r, func(page views.Page) screen {
		return views.NewRemovePlanPage(page, r.input.Key)
	})
}

// removePlan removes the plan, its ticks and its check-ins. Sent twice, it says the same.
func (s *site) removePlan(c *fiber.Ctx) error {
	key := c.Params("key")
	if !isKey(key) {
		return ErrNotFound
	}
	defer s.notes.lock(key)()
	if err := s.Store.Put(c.UserContext(), key, NotePlan, nil); err != nil {
		return err
	}
	return s.redirect(c, "/r/"+key, noticeUnplan)
}

func (s *site) putPlan(c *fiber.Ctx, note *planNote) error {
	body, err := json.Marshal(note)
	if err != nil {
		return err
	}
	return s.Store.Put(c.UserContext(), c.Params("key"), NotePlan, body)
}

// noteLocks let one change of a note follow another, so that neither is lost. They
// hold in this process; on several, the later of two changes at once wins.
type noteLocks [256]sync.Mutex

func (l *noteLocks) lock(key string) (unlock func()) {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key))
	m := &l[h.Sum32()%uint32(len(l))]
	m.Lock()
	return m.Unlock
}
