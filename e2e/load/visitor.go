package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/valyala/fasthttp"
)

// said is what the visitor answers; what is not here is left out.
const said = "age=a=a18_34 urgent=a=none gut-flags=a=none conditions=a=none medicines=a=none pregnancy=a=no eating-pattern=a=vegan " +
	"food-feelings=a=fine plants=a=p10_19 fruitveg=a=fv2 wholegrain=a=daily fermented=a=never prebiotic=a=d0 upf=a=daily sugar=a=daily " +
	"stress-freq=a=most stress-cope=a=just unwind=a=d1_2 sleep-hours=n=5 sleep-trouble=a=n3_4 rested=a=rarely " +
	"evening=a=irregular&a=screens_bed drinks=n=4 thirst-signs=a=sometimes alcohol=a=low gut-feel=a=weekly stool=a=ok " +
	"skin=a=acne skin-detail=a=moderate extras=a=none"

// visitor is a browser as far as the quiz needs one.
type visitor struct {
	*conn
	jar map[string]string
}

// newVisitor opens a browser that knows nothing yet.
func newVisitor(c *conn) *visitor { return &visitor{c, map[string]string{}} }

func (v *visitor) cookies() string {
	parts := make([]string, 0, len(v.jar))
	for name, value := range v.jar {
		parts = append(parts, name+"="+value)
	}
	return strings.Join(parts, "; ")
}

// send wants a status, and keeps the cookies that come with it.
func (v *visitor) send(status int, request string) (*fasthttp.Response, error) {
	res, err := v.want(status, request)
	if err != nil {
		return nil, err
	}
	res.Header.VisitAllCookie(func(name, line []byte) {
		var c fasthttp.Cookie
		if c.ParseBytes(line) != nil || len(c.Value()) == 0 {
			delete(v.jar, string(name))
			return
		}
		v.jar[string(name)] = string(c.Value())
	})
	return res, nil
}

func (v *visitor) open(path string) error {
	_, err := v.send(http.StatusOK, get(path, v.cookies()))
	if err != nil {
		return fmt.Errorf("GET %s: %w", path, err)
	}
	return nil
}

// answer sends a form and returns where it leads.
func (v *visitor) answer(path, fields string) (to string, err error) {
	form := fields
	if draft, err := readDraft(v.jar["draft"]); err == nil {
		form += "&attempt=" + draft.attempt()
	}
	res, err := v.send(http.StatusSeeOther, postForm(path, v.cookies(), form))
	if err != nil {
		return "", fmt.Errorf("POST %s: %w", path, err)
	}
	return string(res.Header.Peek("Location")), nil
}

// begin goes from the start page to the first question.
func (v *visitor) begin() error {
	for _, path := range []string{"/", "/quiz/consent"} {
		if err := v.open(path); err != nil {
			return err
		}
	}
	_, err := v.answer("/quiz/consent", "agree=1")
	return err
}

// form is one question answered.
type form struct{ at, fields string }

// quizTaken is a quiz that was taken once, so that others can go the same way without
// reading pages.
type quizTaken struct {
	way  []form
	half draft // with half of the answers
	due  form  // what is asked then
	full draft // with all of them
}

// learn takes the quiz, up to the last form.
func (v *visitor) learn() (q quizTaken, err error) {
	answers := map[string]string{}
	for part := range strings.FieldsSeq(said) {
		slug, fields, _ := strings.Cut(part, "=")
		answers["/quiz/"+slug] = fields
	}
	if err := v.begin(); err != nil {
		return q, err
	}
	res, err := v.send(http.StatusSeeOther, get("/quiz", v.cookies()))
	if err != nil {
		return q, err
	}
	for at := string(res.Header.Peek("Location")); at != "/quiz/answers"; {
		if err := v.open(at); err != nil {
			return q, err
		}
		next := form{at, answers[at]}
		if next.fields == "" {
			next.fields = "a=" + skipOf(v.page())
		}
		if len(q.way) == len(answers)/2 {
			q.due = next
			if q.half, err = readDraft(v.jar["draft"]); err != nil {
				return q, err
			}
		}
		q.way = append(q.way, next)
		if at, err = v.answer(next.at, next.fields); err != nil {
			return q, err
		}
	}
	q.full, err = readDraft(v.jar["draft"])
	return q, err
}

// page is the body of the last response.
func (v *visitor) page() string {
	body, err := v.res.BodyUncompressed()
	if err != nil {
		return ""
	}
	return string(body)
}

var radios = regexp.MustCompile(`name="a" value="([^"]*)"`)

// skipOf is the last choice of a question, which leaves it out.
func skipOf(page string) string {
	found := radios.FindAllStringSubmatch(page, -1)
	if len(found) == 0 {
		return ""
	}
	return found[len(found)-1][1]
}

// byForms goes the whole way as a browser without scripts does, and opens the
// results.
func (v *visitor) byForms(way []form) error {
	if err := v.begin(); err != nil {
		return err
	}
	for _, f := range way {
		if err := v.open(f.at); err != nil {
			return err
		}
		if _, err := v.answer(f.at, f.fields); err != nil {
			return err
		}
	}
	return v.finish()
}

// batchOf is how many answers the script sends at a time, when somebody answers
// faster than the network.
const batchOf = 3

// byBatches goes the whole way as the script does: one page, then answers only.
func (v *visitor) byBatches(way []form) error {
	if err := v.begin(); err != nil {
		return err
	}
	if err := v.open(way[0].at); err != nil {
		return err
	}
	for len(way) > 0 {
		batch := way[:min(batchOf, len(way))]
		way = way[len(batch):]
		body, err := v.steps(batch)
		if err != nil {
			return err
		}
		if _, err := v.send(http.StatusOK, post("/quiz/steps", v.cookies(), "application/json", body)); err != nil {
			return fmt.Errorf("POST /quiz/steps: %w", err)
		}
	}
	return v.finish()
}

func (v *visitor) steps(batch []form) (string, error) {
	draft, err := readDraft(v.jar["draft"])
	if err != nil {
		return "", err
	}
	list := make([]map[string]string, len(batch))
	for i, f := range batch {
		list[i] = map[string]string{"at": f.at, "form": f.fields}
	}
	body, err := json.Marshal(map[string]any{"attempt": draft.attempt(), "steps": list})
	return string(body), err
}

// longestDoubt is after how long a quiz may have been answered.
const longestDoubt = 4 * time.Second

func (v *visitor) finish() error {
	if err := v.open("/quiz/answers"); err != nil {
		return err
	}
	to, err := v.answer("/quiz/finish", "")
	if err != nil {
		// Where there are limits, nobody is believed to answer everything in an instant. The
		// page says to press the button again.
		time.Sleep(longestDoubt)
		to, err = v.answer("/quiz/finish", "")
	}
	if err != nil {
		return err
	}
	return v.open(to)
}

// draft is the cookie of a quiz in progress: its version, attempt, key and answers with ~
// between them.
type draft string

func readDraft(cookie string) (draft, error) {
	if strings.Count(cookie, "~") < 3 {
		return "", fmt.Errorf("the cookie %q is no draft", cookie)
	}
	return draft(cookie), nil
}

func (d draft) attempt() string { return strings.Split(string(d), "~")[1] }

func (d draft) key() string { return strings.Split(string(d), "~")[2] }

func (d draft) cookie() string { return "draft=" + string(d) }

// copies makes finishing forms: each is the same answers of somebody new.
type copies struct{ before, middle, after string }

func copiesOf(d draft) copies {
	before, rest, _ := strings.Cut(string(d), d.attempt())
	middle, after, _ := strings.Cut(rest, d.key())
	return copies{before, middle, after}
}

// finishing is the last form of somebody new, whose results will be under key.
func (c copies) finishing() (request, key string) {
	attempt, key := rand.Text(), rand.Text()
	return postForm("/quiz/finish", "draft="+c.before+attempt+c.middle+key+c.after, url.Values{"attempt": {attempt}}.Encode()), key
}
