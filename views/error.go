package views

import "strings"

// ErrorPage says what happened, what became of the answers and where to go.
type ErrorPage struct {
	Page
	Status  int
	Heading string
	Text    []string
	Action  *Link
	Links   []Link
}

// Template names the page's template.
func (ErrorPage) Template() string { return "error" }

// NewErrorPage makes the page for an HTTP status. key chooses the words, as in
// "error.gone.title"; wait is in seconds, for too_many and busy.
func NewErrorPage(p Page, status int, key string, wait int) ErrorPage {
	page := ErrorPage{Page: p, Status: status}
	page.Back = ""
	start := Link{"/", p.T("error.to_start")}
	mine := Link{"/mine", p.T("error.to_mine")}
	help := Link{"/help", p.T("error.to_help")}
	again := &Link{page.address(), p.T("error.try_again")}
	fresh := &Link{"/", p.T("error.fresh")}
	onward := &Link{"/quiz", p.T("error.onward")}
	safe := p.T("error.safe")
	switch key {
	case "gone":
		page.say("gone", fresh, mine)
	case "too_many":
		page.say("too_many", again, start)
		page.Text = []string{p.N("error.wait", max(1, wait)), safe}
	case "busy":
		page.say("busy", again, help)
		page.Text = append(page.Text, safe)
	case "read_only":
		page.say("read_only", p.toResults(), start)
	case "shares":
		page.say("shares", &Link{page.address(), p.T("error.to_links")}, mine)
	case "mail", "mail_limit":
		page.say(key, &Link{page.address(), p.T("error.to_links")}, help)
	case "too_large":
		page.say("too_large", onward, start)
	case "bad_request":
		page.say("bad_request", onward, start)
	case "lost_draft":
		page.say("lost_draft", fresh, mine)
	case "cross_site":
		page.say("cross_site", onward, start)
	case "blocked":
		page.say("blocked", &Link{"/", p.T("error.own_tab")})
	case "cookies":
		page.say("cookies", again, Link{"/privacy", p.T("error.to_privacy")})
	case "damaged":
		page.say("damaged", fresh, mine)
	case "server":
		page.say("server", again, help)
		page.Text = append(page.Text, safe)
	default:
		page.say("not_found", nil, start, mine)
	}
	return page
}

func (page *ErrorPage) say(key string, action *Link, links ...Link) {
	page.Heading = page.T("error." + key + ".title")
	page.Text = []string{page.T("error." + key + ".text")}
	page.Action, page.Links = action, links
	page.private(page.Heading)
}

// toResults leads to the results that the address belongs to, or nowhere.
func (p Page) toResults() *Link {
	below, ok := strings.CutPrefix(p.Path, "/r/")
	if !ok {
		return nil
	}
	key, _, _ := strings.Cut(below, "/")
	return &Link{"/r/" + key, p.T("error.to_results")}
}
