package web

import (
	"encoding/json"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// stepsSent is what the script sends in the background: the forms of questions that
// were answered since the last time, in order.
type stepsSent struct {
	Attempt string     `json:"attempt"`
	Steps   []stepSent `json:"steps"`
}

type stepSent struct {
	At   string `json:"at"`   // the address of the question's form
	Form string `json:"form"` // its fields, as a browser would send them
}

// stepsKept answers: the page that is due, and what can follow it.
type stepsKept struct {
	To    string   `json:"to"` // with the path that all pages are under, like all that the script is told
	Ahead *outlook `json:"ahead,omitempty"`
}

// stepsMost is more than a quiz has questions.
const stepsMost = 200

// saveSteps keeps answers that a script sends. It reads each like the form it is. At
// the first that cannot be kept, or that leads elsewhere, it stops and says where to.
func (s *site) saveSteps(c *fiber.Ctx) error {
	var sent stepsSent
	if err := json.Unmarshal(c.Request().Body(), &sent); err != nil || len(sent.Steps) > stepsMost {
		return errBadForm
	}
	d, err := s.draftOf(c, sent.Attempt)
	if err != nil {
		return err
	}
	to := s.locate(d).next()
	for i, step := range sent.Steps {
		at := strings.TrimPrefix(step.At, s.base)
		if i > 0 && at != to {
			break
		}
		form, err := parseForm(step.Form)
		if err != nil {
			return err
		}
		x := s.slugs[strings.TrimPrefix(at, "/quiz/")]
		if x == nil {
			return errBadForm
		}
		var r reply
		if to, r = s.take(d, s.locate(d), x, form); r.fault != nil {
			break
		}
	}
	s.keepDraft(c, d)
	return s.answerSteps(c, d, to)
}

func (s *site) answerSteps(c *fiber.Ctx, d *draft, to string) error {
	p := s.locate(d)
	if due := p.walk.Next(); due != nil && to == address(due.ID) {
		v, ok, err := s.outlook(d, p, due.ID)
		if err != nil {
			return err
		}
		if ok {
			c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
			return sendPacked(c, v.reply)
		}
	}
	return c.JSON(stepsKept{To: s.base + to})
}
