package web

import (
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"gutskin/quiz"
	"gutskin/views"
)

// maxFields is far more than any form of ours sends.
const maxFields = 200

// formOf reads a form. What no form of ours can have sent is errBadForm.
func formOf(c *fiber.Ctx) (url.Values, error) {
	kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
	body := string(c.Request().Body())
	if body != "" && !strings.EqualFold(strings.TrimSpace(kind), fiber.MIMEApplicationForm) {
		return nil, errBadForm
	}
	return parseForm(body)
}

func parseForm(body string) (url.Values, error) {
	if strings.Count(body, "&") >= maxFields {
		return nil, errBadForm
	}
	form, err := url.ParseQuery(body)
	if err != nil {
		return nil, errBadForm
	}
	for name, values := range form {
		if !utf8.ValidString(name) || !utf8.ValidString(strings.Join(values, "")) {
			return nil, errBadForm
		}
	}
	return form, nil
}

// listed reads a field that holds several ids, with spaces between them, or that was
// sent once for each.
func listed(form url.Values, name string) []string {
	return strings.Fields(strings.Join(form[name], " "))
}

// skip is the value of the choice that leaves a question out.
const skip = "skip"

// reply is what a question's form said.
type reply struct {
	answer quiz.Answer // to be kept; with a fault, as it was ticked
	typed  string      // in the number field
	fault  *quiz.Fault
}

func (r reply) sent() views.Sent {
	return views.Sent{Answer: r.answer, Typed: r.typed, Fault: r.fault}
}

// replyTo reads the fields of one question. Where a number and an option are both
// given, the number wins, because it says more; but a number that cannot be read
// is asked for again, because we do not guess.
func replyTo(v quiz.Visit, form url.Values) reply {
	x := v.Question
	ticked := slices.DeleteFunc(slices.Clone(form["a"]), func(s string) bool { return s == "" })
	r := reply{answer: quiz.Answer{Picked: ticked}}
	if x.Kind == quiz.Number {
		r.typed = strings.TrimSpace(form.Get("n"))
	}
	switch {
	case r.typed != "":
		r.readNumber(x)
	case len(ticked) == 0:
		r.fault = &quiz.Fault{Question: x.ID, Kind: quiz.NothingGiven}
	default:
		r.readOptions(v)
	}
	return r
}

func (r *reply) readNumber(x *quiz.Question) {
	n, ok := quiz.ParseNumber(r.typed)
	if !ok {
		r.fault = &quiz.Fault{Question: x.ID, Kind: quiz.NotANumber}
		return
	}
	if r.fault = x.Check(quiz.Num(n)); r.fault == nil {
		r.answer = quiz.Num(n)
	}
}

// readOptions keeps the ticked options in the order of the question. Leaving the
// question out, in whichever words, is a skip.
func (r *reply) readOptions(v quiz.Visit) {
	x := v.Question
	var picked []string
	for _, o := range v.Offered {
		if r.answer.Has(o.ID) {
			picked = append(picked, o.ID)
		}
	}
	skips := r.answer.Has(skip) && x.Option(skip) == nil
	for _, id := range r.answer.Picked {
		if !slices.Contains(picked, id) && (!skips || id != skip) {
			r.fault = &quiz.Fault{Question: x.ID, Kind: quiz.UnknownOption, Value: id}
			return
		}
	}
	if skips && len(picked) > 0 {
		r.fault = &quiz.Fault{Question: x.ID, Kind: together(x), Value: skip}
		return
	}
	answer := quiz.Answer{Picked: picked}
	if r.fault = x.Check(answer); r.fault != nil {
		return
	}
	if len(picked) == 1 && x.Option(picked[0]).Skip {
		answer = quiz.Answer{}
	}
	r.answer = answer
}

// together is the fault of a skip beside another choice.
func together(x *quiz.Question) quiz.FaultKind {
	if x.Kind == quiz.One {
		return quiz.TooMany
	}
	return quiz.NotTogether
}
