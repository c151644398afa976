package views

// PrivacyPage says what this program keeps, where and for how long. What it says
// must be true of the program as it is.
type PrivacyPage struct {
	Page
	Short   []string
	Cookies []CookieRow
	Keep    string
	Email   []string // what becomes of an address; empty where nothing can be sent
	Owner   string
	Totals  []string
	Heard   string // what becomes of what people say about their results; "" where nobody is asked
}

// CookieRow is one cookie.
type CookieRow struct{ Name, Holds, Lasts string }

// Template names the page's template.
func (PrivacyPage) Template() string { return "privacy" }

// NewPrivacyPage makes the page.
func NewPrivacyPage(p Page) PrivacyPage {
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
		Cookies: []CookieRow{
			{"draft", p.T("privacy.draft_holds"), p.T("privacy.draft_lasts")},
			{"mine", p.T("privacy.mine_holds"), p.T("privacy.mine_lasts")},
			{"forgotten", p.T("privacy.forgotten_holds"), p.T("privacy.forgotten_lasts")},
			{"notice", p.T("privacy.notice_holds"), p.T("privacy.notice_lasts")},
			{"operator", p.T("privacy.operator_holds"), p.T("privacy.operator_lasts")},
		},
		Totals: []string{p.T("privacy.totals_text"), p.T("privacy.totals_steps"), p.T("privacy.totals_seen")},
		Keep:   p.N("privacy.keep_text", site.KeepMonths),
	}
	if len(p.Languages) > 1 {
		page.Cookies = append(page.Cookies, CookieRow{"lang", p.T("privacy.lang_holds"), p.T("privacy.lang_lasts")})
	}
	if site.Feedback {
		page.Cookies = append(page.Cookies, CookieRow{"heard", p.T("privacy.heard_holds"), p.T("privacy.heard_lasts")})
		page.Heard = p.T("privacy.heard_text")
	}
	if len(site.Embed) > 0 {
		page.Cookies = append(page.Cookies, CookieRow{"framed_draft, framed_mine, framed_notice, framed_lang, framed_inside", p.T("privacy.framed_holds"), p.T("privacy.framed_lasts")})
	}
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
