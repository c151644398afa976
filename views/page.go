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
	Look       *Look           // the owner's; nil: the design as it is
	Framers    string          // in a frame: the sites that it may stand in, with a space between
	Origin     string          // where the site stands, as in https://check.example, or ""
	Path       string          // the address shown, for "try again"
	Query      string          // what stands after it, but for the choice of a language
	Languages  []*data.Edition // the languages to choose from; one is no choice
	Back       string          // where Back leads; constructors set it where the way is known
	Notice     string          // key of a line above the heading, as in "notice.saved"
	NoticeLink Link            // where that line leads, if anywhere
	CrisisHelp bool            // a line with help stays on every page
	ViewOnly   bool            // opened by a view-only link: nothing is offered that changes something
	OpensUntil time.Time       // with ViewOnly, the midnight from which the link opens nothing
	CanSend    bool            // a private link can be sent by email
	Dev        bool            // style and script as they are on disk now

	Title       string // the whole title of the window
	Description string // what a search engine says about a page that is for everyone
	Shared      bool   // passed on as a link, the title and the description go with it
	NoIndex     bool   // not for search engines

	Extra string // a style sheet of its own, by its plain name

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

// Outside reports that a link leads out of the quiz, which alone may stand in a frame.
func (l Link) Outside() bool { return l.Href != "/quiz" && !strings.HasPrefix(l.Href, "/quiz/") }

// T is the interface word of a key. An old report is framed in today's words, which
// are the ones the templates of today ask for.
func (p Page) T(key string, args ...any) string { return p.words().T(key, args...) }

func (p Page) words() words {
	if p.frame != nil {
		return words{p.frame}
	}
	return words{p.Edition}
}

// N is T for words that depend on a number, which is their first argument.
func (p Page) N(key string, n int, args ...any) string { return p.words().edition.N(key, n, args...) }

// Tongue is one language of the switch, by the name that it has for itself.
type Tongue struct {
	Lang, Dir, Name string
	Href            string // "" for the language of the page
}

// Switch leads to this page in each language, or is empty where there is one only.
func (p Page) Switch() []Tongue {
	if len(p.Languages) < 2 {
		return nil
	}
	query := p.Query
	if query != "" {
		query += "&"
	}
	list := make([]Tongue, len(p.Languages))
	for i, e := range p.Languages {
		list[i] = Tongue{Lang: e.Lang, Dir: e.Dir, Name: e.Name}
		if e.Lang != p.words().edition.Lang {
			list[i].Href = p.address() + "?" + query + "lang=" + e.Lang
		}
	}
	return list
}

// first is the address of the first page, which is another one in a frame.
func (p Page) first() string {
	if p.Framers != "" {
		return "/embed"
	}
	return "/"
}

// address is where the page can be opened again. Some addresses only take forms:
// there it is the page that holds the form.
func (p Page) address() string {
	forms := map[string]string{"": "/", "/quiz/finish": "/quiz/answers", "/quiz/restart": "/quiz", "/mine/forget": "/mine", "/mine/reopen": "/mine", "/mine/take-over": "/mine"}
	if holder, ok := forms[p.Path]; ok {
		return holder
	}
	for _, form := range []string{"/email", "/share", "/unshare"} {
		if results, ok := strings.CutSuffix(p.Path, form); ok {
			return results + "/save"
		}
	}
	if results, ok := strings.CutSuffix(p.Path, "/feedback"); ok && strings.HasPrefix(p.Path, "/r/") {
		return results
	}
	return strings.TrimSuffix(p.Path, "/ticks")
}

// Canonical is the one address of a page that is for everyone, where the site knows
// its own.
func (p Page) Canonical() string {
	if p.Origin == "" || p.Description == "" {
		return ""
	}
	return p.Origin + p.Path
}

// Asset is the address of a static file by its plain name.
func (p Page) Asset(plain string) string { return p.Look.Assets(p.Dev).Path(plain) }

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

// ViewOnlyText says what a view-only link is and how long it opens, or is "".
func (p Page) ViewOnlyText() string {
	if !p.ViewOnly {
		return ""
	}
	return p.T("page.view_only", p.date(lastDay(p.OpensUntil)))
}

// lastDay is the last day of what is gone from a midnight on.
func lastDay(until time.Time) time.Time { return until.AddDate(0, 0, -1) }

// private marks a page that belongs to one person and names it.
func (p *Page) private(heading string) {
	p.NoIndex = true
	p.named(heading)
}

func (p *Page) named(heading string) {
	p.Title = heading + " – " + p.Edition.Site.Brand
}

// reviewed says who signed the safety wording off. Until somebody has, it says so. It also
// says which words are the owner's own.
func (p Page) reviewed() string {
	site, text := p.Edition.Site, p.T("about.unreviewed")
	if r := site.Reviewed; r.On != "" && r.By != "" {
		text = p.T("about.reviewed", p.dayOf(r.On), r.By, p.dayOf(r.Next))
	}
	var names []string
	for _, id := range site.Changed {
		if pillar := p.Edition.Quiz.Pillar(id); pillar != nil {
			names = append(names, pillar.Name)
		}
	}
	if len(names) == 0 {
		return text
	}
	return text + " " + p.T("about.changed", site.Owner.Name, p.joined(names))
}

// slug is a question's place in addresses.
func slug(question string) string {
	return "/quiz/" + strings.ReplaceAll(question, "_", "-")
}

// date is a day as people write it: 3 March 2026.
func (p Page) date(t time.Time) string {
	month := p.T("date.month." + itoa(int(t.Month())))
	return p.T("date.day", t.Day(), month, t.Year())
}

// dayOf turns a date of the content (2026-05-01) into one for people. What is not
// a date stays as it is.
func (p Page) dayOf(s string) string {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return p.date(t)
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
func (p Page) joined(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	line := texts[0]
	for _, text := range texts[1:] {
		line = p.T("list.answers", line, text)
	}
	return line
}
