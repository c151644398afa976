package data

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gutskin/quiz"
)

const siteFile = "site.yaml"

// Site says who runs the check, what it looks like and where it may stand.
type Site struct {
	Brand          string   `yaml:"brand"`
	Owner          Owner    `yaml:"owner"`
	Region         string   `yaml:"region"`      // whose help numbers are shown; "": wording that fits anywhere
	KeepMonths     int      `yaml:"keep_months"` // how long a saved result is kept
	SourceLanguage string   `yaml:"source_language"`
	Languages      []string `yaml:"languages"` // the languages offered; none named: all there are
	Changed        []string `yaml:"changed"`   // pillars whose words the owner changed
	Article        Article  `yaml:"article"`
	Reviewed       Review   `yaml:"reviewed"`
	Offer          Offer    `yaml:"offer"`
	Colours        Colours  `yaml:"colours"`
	Logo           string   `yaml:"logo"`     // a file of the content folder: SVG or PNG
	Card           string   `yaml:"card"`     // a file of the content folder: the picture that goes with links
	Embed          []string `yaml:"embed"`    // sites that may show the check in a frame, as in https://site.example
	Feedback       bool     `yaml:"feedback"` // visitors are asked whether their results were useful
	// SecurityContact is who is told of a weakness: an address of mail, https or tel; "" for nobody.
	SecurityContact string `yaml:"security_contact"`
}

// Owner is the person who runs the check.
type Owner struct {
	Name  string `yaml:"name"`
	About string `yaml:"about"`
}

// Article is the text the check is drawn from.
type Article struct {
	Title  string `yaml:"title"`
	Author string `yaml:"author"`
}

// Review is the clinical sign-off: empty until somebody has given it.
type Review struct {
	On   string `yaml:"on"`
	By   string `yaml:"by"`
	Next string `yaml:"next"`
}

// Offer is something of the owner's own, such as a guide. It has no part in any advice.
type Offer struct {
	Title string `yaml:"title"`
	Text  string `yaml:"text"`
	Link  string `yaml:"link"` // https
}

// Host is where the link of an offer leads, or "".
func (o Offer) Host() string {
	u, err := url.Parse(o.Link)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// offers reports that visitors can read the check in a language.
func (s Site) offers(lang string) bool {
	return len(s.Languages) == 0 || slices.Contains(s.Languages, lang)
}

// lookKeys begin the parts of site.yaml that change nothing of what a report says.
var lookKeys = regexp.MustCompile(`^(offer|colours|logo|card|embed|languages|feedback):`)

// withoutLook is site.yaml without the parts that change nothing of what a report says.
func withoutLook(body []byte) []byte {
	var kept strings.Builder
	inside := false
	for line := range strings.Lines(string(body)) {
		switch {
		case lookKeys.MatchString(line):
			inside = true
			continue
		case inside && strings.ContainsAny(line[:1], " \t-"):
			continue
		case strings.TrimSpace(line) != "" && line[0] != '#':
			inside = false
		}
		kept.WriteString(line)
	}
	return []byte(kept.String())
}

// Bounds of what stands in site.yaml, in characters and in sites.
const (
	maxOfferTitle = 60
	maxOfferText  = 200
	maxFramers    = 20
)

// judgeSite names what cannot be in site.yaml.
func (a *assembly) judgeSite(e *Edition) {
	site := e.Site
	a.judgeOffer(site.Offer)
	a.judgeColours(site.Colours)
	a.judgeLogo(site.Logo)
	a.judgeCard(site.Card)
	a.judgeFramers(site.Embed)
	for i, id := range site.Changed {
		if e.Quiz.Pillar(id) == nil {
			a.problem(siteFile, fmt.Sprintf("changed.%d", i), "no score has the id %q, the ids stand in questionnaire.yaml under pillars", id)
		}
	}
	for i, lang := range site.Languages {
		if _, ok := a.files["locales/"+lang+".yaml"]; !ok {
			a.problem(siteFile, fmt.Sprintf("languages.%d", i), "there is no file locales/%s.yaml, start it with: gutskin words %s", lang, lang)
		}
	}
	if !site.offers(e.Lang) {
		a.problem(siteFile, "languages", "add %s, the language that this content is written in: visitors read it where no other fits", e.Lang)
	}
}

// judgeOffer wants all of an offer or none of it, in words that we use.
func (a *assembly) judgeOffer(o Offer) {
	if o == (Offer{}) {
		return
	}
	wrong := func(key, format string, args ...any) { a.problem(siteFile, "offer."+key, format, args...) }
	f := &quiz.Finder{}
	for _, part := range []struct {
		key, text string
		most      int
	}{{"title", o.Title, maxOfferTitle}, {"text", o.Text, maxOfferText}} {
		switch n := utf8.RuneCountInString(part.text); {
		case n == 0:
			wrong(part.key, "an offer has a title, a text and a link: its %s is missing", part.key)
		case n > part.most:
			wrong(part.key, "the %s has %d characters, keep to %d at most", part.key, n, part.most)
		}
		judgeText(f, part.key, part.text)
	}
	for _, p := range f.Problems {
		wrong(p.Path, "%s", p.Text)
	}
	if u, err := url.Parse(o.Link); err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		wrong("link", "%q is not an address like https://site.example/guide", o.Link)
	}
}

// framer is what the address of a site may be made of. It is written into headers and
// into a script, so nothing else gets through.
var framer = regexp.MustCompile(`^https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?$`)

func (a *assembly) judgeFramers(sites []string) {
	if len(sites) > maxFramers {
		a.problem(siteFile, "embed", "there are %d sites here, keep to %d at most", len(sites), maxFramers)
	}
	for i, site := range sites {
		at := fmt.Sprintf("embed.%d", i)
		u, err := url.Parse(site)
		switch {
		case !framer.MatchString(site) || err != nil:
			a.problem(siteFile, at, "%q is not a site like https://site.example: give scheme and host in small letters, nothing after it and no *", site)
		case u.Scheme == "http" && !local(u.Hostname()):
			a.problem(siteFile, at, "%s could be changed by anybody on its way: give a site that begins with https://", site)
		}
	}
}

// local reports that a host is the machine itself, where pages are tried out.
func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// checkSite looks at what stands in the file itself; judgeSite at the rest, once the other
// files are known.
func (a *assembly) checkSite(site *Site) {
	if site.KeepMonths < 1 || site.KeepMonths > 120 {
		a.problem(siteFile, "keep_months", "results are kept for 1 to 120 months, not %d", site.KeepMonths)
	}
	if site.Brand == "" {
		a.problem(siteFile, "brand", "give the check a name")
	}
	if !isContact(site.SecurityContact) {
		a.problem(siteFile, "security_contact", "%q cannot be written to, give an address like mailto:me@example.org or https://example.org/contact", site.SecurityContact)
	}
	for _, r := range []struct{ key, date string }{{"on", site.Reviewed.On}, {"next", site.Reviewed.Next}} {
		if _, err := time.Parse(time.DateOnly, r.date); err != nil && r.date != "" {
			a.problem(siteFile, "reviewed."+r.key, "%q is not a date like \"2026-11-22\"", r.date)
		}
	}
}

// isContact reports that a contact is empty or an address as RFC 9116 wants it, which can
// stand on a line of its own.
func isContact(s string) bool {
	if s == "" {
		return true
	}
	u, err := url.Parse(s)
	if err != nil || strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return false
	}
	switch u.Scheme {
	case "https":
		return u.Host != ""
	case "mailto":
		return strings.Contains(u.Opaque, "@")
	case "tel":
		return u.Opaque != ""
	}
	return false
}
