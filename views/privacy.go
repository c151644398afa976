package views

import "time"

// PrivacyPage says what this program keeps, where and for how long. What it says
// must be true of the program as it is: cookies come from the code that sets them, and
// tests of web hold the rest against it.
type PrivacyPage struct {
	Page
	Short   []string
	Cookies []CookieRow
	Tables  []TableRow
	Keep    string
	Email   []string // what becomes of an address; empty where nothing can be sent
	Owner   string
	Totals  []string
	Heard   string   // what becomes of what people say about their results; "" where nobody is asked
	Not     []string // what nobody is protected from
}

// Cookie is a cookie that the site sets: what it is called in words, its name on the
// device, and how long it is kept there.
type Cookie struct {
	Word, Name string
	Age        time.Duration
}

// CookieRow is one cookie.
type CookieRow struct{ Name, Holds, Lasts string }

// TableRow is one table of the database.
type TableRow struct{ Name, Holds string }

// tables are those of the database.
var tables = []string{"journals", "links", "reports", "notes", "tallies", "pieces", "operators", "feedback", "editions", "sweeps", "migrations"}

// Template names the page's template.
func (PrivacyPage) Template() string { return "privacy" }

// NewPrivacyPage makes the page for a site that sets these cookies.
func NewPrivacyPage(p Page, cookies []Cookie) PrivacyPage {
	site := p.Edition.Site
	page := PrivacyPage{
		Page: p,
		Short: []string{
			p.T("privacy.short_name"),
			p.T("privacy.short_device"),
			p.T("privacy.short_sealed"),
			p.N("privacy.short_keep", site.KeepMonths),
			p.T("privacy.short_share"),
		},
		Totals: []string{p.T("privacy.totals_text"), p.T("privacy.totals_steps"), p.T("privacy.totals_seen")},
		Keep:   p.N("privacy.keep_text", site.KeepMonths),
	}
	for _, c := range cookies {
		page.Cookies = append(page.Cookies, CookieRow{c.Name, p.T("privacy." + c.Word + "_holds"), p.T("privacy."+c.Word+"_lasts", p.lasting(c.Age))})
	}
	if site.Feedback {
		page.Heard = p.T("privacy.heard_text")
	}
	for _, name := range tables {
		page.Tables = append(page.Tables, TableRow{name, p.T("privacy.table." + name)})
	}
	page.Not = []string{p.T("privacy.not_link"), p.T("privacy.not_device"), p.T("privacy.not_server")}
	if p.CanSend {
		page.Short[0] = p.T("privacy.short_name_email")
		page.Email = []string{p.T("privacy.email_text"), p.T("privacy.email_count")}
	}
	if site.Owner.Name != "" {
		page.Owner = p.T("privacy.owner_text", site.Owner.Name)
	}
	page.named(p.T("privacy.title"))
	page.Description = p.T("privacy.meta")
	page.Back = ""
	return page
}

// lasting is a time in words: minutes, days or, from a year on, months.
func (p Page) lasting(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < day:
		return p.N("privacy.minutes", int(d/time.Minute))
	case d < 365*day:
		return p.N("privacy.days", int(d/day))
	}
	return p.N("privacy.months", int(12*d/(365*day)))
}
