package web

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"gutskin/data"
	"gutskin/quiz"
	"gutskin/recommend"
)

// draft is a quiz in progress. It lives in one cookie on the visitor's device and
// exists only once they have agreed to it.
type draft struct {
	Attempt      string // the id of this run through the quiz
	Key          string // the key its results will be kept under
	Count        bool   // may be counted in totals
	Answers      quiz.Answers
	Acknowledged []string  // emergency rules answered on the get-help page
	Missed       string    // the question that came back last …
	Misses       int       // … and how often in a row
	Sections     bool      // asked a section at a time
	Again        bool      // not the first under its key
	Started      time.Time // to the second; zero: not known

	edition *data.Edition // what is asked, in the visitor's language; never kept
}

// known keeps the answers that the questionnaire can read.
func known(q *quiz.Questionnaire, a quiz.Answers) quiz.Answers {
	kept := make(quiz.Answers, len(a))
	for id, answer := range a {
		if x := q.Question(id); x != nil && x.Check(answer) == nil {
			kept[id] = answer
		}
	}
	return kept
}

// isKey reports that s has the form of a key: 26 letters and digits of base 32.
func isKey(s string) bool {
	return len(s) == 26 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}

// miss counts a form that came back.
func (d *draft) miss(question string) {
	if d.Missed != question {
		d.Missed, d.Misses = question, 0
	}
	d.Misses++
}

// answer records what was said. An acknowledged emergency that no longer fires, or
// fires for a new reason, is forgotten: then the get-help page is due again.
func (d *draft) answer(q *quiz.Questionnaire, b *recommend.Book, given quiz.Answers) {
	var before []recommend.Notice
	if len(d.Acknowledged) > 0 {
		before = b.Emergencies(q, d.Answers)
	}
	maps.Copy(d.Answers, given)
	d.Missed, d.Misses = "", 0
	if len(d.Acknowledged) == 0 {
		return
	}
	after := b.Emergencies(q, d.Answers)
	d.Acknowledged = slices.DeleteFunc(d.Acknowledged, func(id string) bool {
		now := reasons(after, id)
		known := reasons(before, id)
		return len(now) == 0 || slices.ContainsFunc(now, func(r quiz.Reason) bool { return !slices.Contains(known, r) })
	})
}

// reasons are why an emergency fires; none when it does not.
func reasons(fires []recommend.Notice, id string) []quiz.Reason {
	for _, n := range fires {
		if n.ID == id {
			return n.Because
		}
	}
	return nil
}

func (s *site) readDraft(c *fiber.Ctx) (*draft, bool) {
	d, ok := decodeDraft(s.edition.Quiz, s.cookies.get(c, draftCookie))
	if ok {
		d.edition = s.inLanguage(c)
	}
	return d, ok
}

func (s *site) keepDraft(c *fiber.Ctx, d *draft) {
	s.cookies.set(c, draftCookie, d.encode(), draftAge)
}

// openDraft returns the quiz in progress, or sends the visitor to start one. One
// that was finished in another tab is over.
func (s *site) openDraft(c *fiber.Ctx) (*draft, error) {
	d, ok := s.readDraft(c)
	if ok {
		if _, finished := s.readMine(c).attempt(d.Attempt); !finished {
			return d, nil
		}
	}
	if s.cookies.get(c, draftCookie) != "" {
		s.cookies.clear(c, draftCookie)
	}
	return nil, seeOther{to: "/quiz/consent"}
}

// draftOf returns the quiz in progress that a form belongs to. A form of a quiz
// that is finished leads to its results, one of another quiz to the quiz in
// progress.
func (s *site) draftOf(c *fiber.Ctx, attempt string) (*draft, error) {
	if done, ok := s.readMine(c).attempt(attempt); ok {
		return nil, seeOther{"/r/" + done.Key, noticeElsewhen}
	}
	d, err := s.openDraft(c)
	if err != nil {
		return nil, errLostDraft
	}
	if d.Attempt != attempt {
		return nil, seeOther{"/quiz", noticeOther}
	}
	return d, nil
}
