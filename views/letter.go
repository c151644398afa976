package views

import (
	"strings"
	"time"
)

// Letter is a message in plain text. It names nothing about anybody's health,
// because mail is read on screens that others can see.
type Letter struct{ Subject, Text string }

// NewLetter makes the message with a private link: who can open it, and how to stop
// it.
func NewLetter(p Page, link string, kept time.Time) Letter {
	parts := []string{
		p.T("mail.hello"),
		link,
		p.T("mail.who") + "\n" + p.T("mail.who_text"),
		p.T("mail.stop") + "\n" + p.T("mail.stop_text", p.T("results.save_send"), p.T("save.renew")),
		p.T("mail.kept", p.date(lastDay(kept))),
		p.T("mail.once") + " " + p.T("mail.not_you"),
		p.Edition.Site.Brand,
	}
	return Letter{Subject: p.T("mail.subject", p.Edition.Site.Brand), Text: strings.Join(parts, "\n\n") + "\n"}
}
