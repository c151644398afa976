package web

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

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
	Acknowledged []string // emergency rules answered on the get-help page
	Missed       string   // the question that came back last …
	Misses       int      // … and how often in a row
	Sections     bool     // asked a section at a time
	Again        bool     // not the first under its key

	edition *data.Edition // what is asked, in the visitor's language; never kept
}

// draftVersion changes when the shape does; an older draft is then started anew.
const draftVersion = 1

// draftJSON is a draft in few letters.
type draftJSON struct {
	Version      int          `json:"v"`
	Attempt      string       `json:"i"`
	Key          string       `json:"k"`
	Consent      int          `json:"c"`
	Answers      quiz.Answers `json:"a,omitempty"`
	Acknowledged []string     `json:"h,omitempty"`
	Missed       string       `json:"m,omitempty"`
	Misses       int          `json:"n,omitempty"`
	Sections     bool         `json:"s,omitempty"`
	Again        bool         `json:"r,omitempty"`
}

// What the visitor agreed to.
const (
	agreed  = 1
	counted = 2
)

func (d *draft) encode() string {
	j := draftJSON{
		Version: draftVersion, Attempt: d.Attempt, Key: d.Key, Consent: agreed,
		Answers: d.Answers, Acknowledged: d.Acknowledged, Missed: d.Missed, Misses: d.Misses, Sections: d.Sections, Again: d.Again,
	}
	if d.Count {
		j.Consent |= counted
	}
	b, err := json.Marshal(j)
	if err != nil {
		return "" // numbers come from forms or from JSON, so all of them can be written
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// decodeDraft reads a cookie. Whatever is not exactly a draft of this version, with
// consent, is none. Answers that the questionnaire does not know are left out, so
// that those questions are asked again.
func decodeDraft(q *quiz.Questionnaire, value string) (*draft, bool) {
	if value == "" || len(value) > cookieLimit {
		return nil, false
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(value)
	if err != nil {
		return nil, false
	}
	var j draftJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return nil, false
	}
	if j.Version != draftVersion || j.Consent&agreed == 0 || !isKey(j.Attempt) || !isKey(j.Key) {
		return nil, false
	}
	return &draft{
		Attempt: j.Attempt, Key: j.Key, Count: j.Consent&counted != 0,
		Answers: known(q, j.Answers), Acknowledged: j.Acknowledged, Missed: j.Missed, Misses: max(0, j.Misses), Sections: j.Sections, Again: j.Again,
	}, true
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
	before := b.Emergencies(q, d.Answers)
	for id, a := range given {
		d.Answers[id] = a
	}
	d.Missed, d.Misses = "", 0
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

// longestDraft is how many bytes the cookie takes when every option of every
// question is ticked.
func longestDraft(q *quiz.Questionnaire, rules []recommend.Rule) int {
	key := strings.Repeat("A", 26)
	d := draft{Attempt: key, Key: key, Count: true, Answers: quiz.Answers{}, Misses: 999, Sections: true, Again: true}
	for i := range q.Questions {
		x := &q.Questions[i]
		var all quiz.Answer
		for _, o := range x.Options {
			all.Picked = append(all.Picked, o.ID)
		}
		d.Answers[x.ID] = all
		for _, missed := range []string{x.ID, sectionAddress + x.Section} {
			if len(missed) > len(d.Missed) {
				d.Missed = missed
			}
		}
	}
	for _, r := range rules {
		if r.Level == recommend.Emergency {
			d.Acknowledged = append(d.Acknowledged, r.ID)
		}
	}
	return len(d.encode())
}
