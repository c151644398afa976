package views

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"gutskin/data"
	"gutskin/quiz"
)

// Page is what every screen knows. web fills in the first block; constructors
// fill in the second.
type Page struct {
	Edition    *data.Edition
	Path       string // the address shown, for "try again"
	Back       string // where Back leads; constructors set it where the way is known
	Notice     string // key of a line above the heading, as in "notice.saved"
	NoticeLink Link   // where that line leads, if anywhere
	CrisisHelp bool   // a line with help stays on every page
	Dev        bool   // style and script as they are on disk now

	Title   string // the whole title of the window
	NoIndex bool   // not for search engines

	frame *data.Edition // whose interface words are used, where it is not Edition
}

// noticeSaved greets somebody who has just finished.
const noticeSaved = "saved"

// words put keys into the language of an edition. Cards carry them, so that a
// partial needs nothing but its card.
type words struct{ edition *data.Edition }

// T is the interface word of a key.
func (w words) T(key string, args ...any) string { return w.edition.T(key, args...) }

// Link is an address and its words.
type Link struct{ Href, Text string }

// T is the interface word of a key. An old report is framed in today's words, which
// are the ones the templates of today ask for.
func (p Page) T(key string, args ...any) string { return p.words().T(key, args...) }

func (p Page) words() words {
	if p.frame != nil {
		return words{p.frame}
	}
	return words{p.Edition}
}

// N is T for words that depend on a number: key.one for 1, else key.other. The
// number is the first argument of both.
func (p Page) N(key string, n int, args ...any) string {
	form := ".other"
	if n == 1 {
		form = ".one"
	}
	return p.T(key+form, append([]any{n}, args...)...)
}

// Asset is the address of a static file by its plain name.
func (p Page) Asset(plain string) string {
	if p.Dev {
		if live, err := LiveAssets(); err == nil {
			return live.Path(plain)
		}
	}
	return Assets().Path(plain)
}

// NoticeText is the line above the heading, or "".
func (p Page) NoticeText() string {
	if p.Notice == "" {
		return ""
	}
	key := "notice." + p.Notice
	if text := p.T(key); text != key {
		return text
	}
	return ""
}

// private marks a page that belongs to one person and names it.
func (p *Page) private(heading string) {
	p.NoIndex = true
	p.named(heading)
}

func (p *Page) named(heading string) {
	p.Title = heading + " – " + p.Edition.Site.Brand
}

// reviewed says who signed the safety wording off. Until somebody has, it says so.
func (p Page) reviewed() string {
	r := p.Edition.Site.Reviewed
	if r.On == "" || r.By == "" {
		return p.T("about.unreviewed")
	}
	return p.T("about.reviewed", dayOf(r.On), r.By, dayOf(r.Next))
}

// slug is a question's place in addresses.
func slug(question string) string {
	return "/quiz/" + strings.ReplaceAll(question, "_", "-")
}

// date is a day as people write it: 3 March 2026.
func date(t time.Time) string { return t.Format("2 January 2006") }

// dayOf turns a date of the content (2026-05-01) into one for people. What is not
// a date stays as it is.
func dayOf(s string) string {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return date(t)
	}
	return s
}

// answerTexts gives an answer in the words of its options, or the number.
func answerTexts(x *quiz.Question, values []string) []string {
	texts := slices.Clone(values)
	for i, v := range values {
		if o := x.Option(v); o != nil {
			texts[i] = o.Text
		}
	}
	return texts
}

func itoa(n int) string { return strconv.Itoa(n) }

// joined lists several answers on one line.
func joined(texts []string) string { return strings.Join(texts, "; ") }
