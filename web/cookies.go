package web

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
)

// cookieLimit keeps every cookie under what all browsers take, name and attributes
// included.
const cookieLimit = 3800

// The cookies, and how long each is kept.
const (
	draftCookie     = "draft" // a quiz in progress
	mineCookie      = "mine"  // links to finished checks
	forgottenCookie = "forgotten"
	noticeCookie    = "notice"
	operatorCookie  = "operator" // the owner is signed in

	draftAge     = 7 * 24 * time.Hour
	mineAge      = 365 * 24 * time.Hour
	forgottenAge = 7 * 24 * time.Hour
	noticeAge    = time.Minute
	operatorAge  = time.Hour
)

// The notices that one page can leave for the next.
const (
	noticeSaved    = "saved"
	noticeElsewhen = "finished_elsewhere"
	noticeOther    = "other_check"
	noticeForgot   = "forgotten"
	noticePlan     = "plan_saved"
	noticeTicks    = "ticks_saved"
	noticeOtherTab = "plan_elsewhere"
	noticeUnplan   = "plan_removed"
	noticeShared   = "shared"
	noticeUnshared = "unshared"
	noticeRenewed  = "renewed"
	noticeSent     = "sent"

	noticeSignedOut = "signed_out"
)

var notices = []string{
	noticeSaved, noticeElsewhen, noticeOther, noticeForgot, noticePlan, noticeTicks, noticeOtherTab, noticeUnplan,
	noticeShared, noticeUnshared, noticeRenewed, noticeSent, noticeSignedOut,
}

// cookies sets and reads cookies that scripts cannot see and that other sites'
// forms do not carry. With https their names bind them to this very host. Where the
// check has only a part of a host, browsers take no such name: then the cookies go
// to that part, and the answers in them to nobody else who serves pages there.
type cookies struct {
	secure bool
	path   string // with a slash at its end
}

func (k cookies) name(name string) string {
	switch {
	case k.secure && k.path == "/":
		return "__Host-" + name
	case k.secure:
		return "__Secure-" + name
	}
	return name
}

func (k cookies) get(c *fiber.Ctx, name string) string { return c.Cookies(k.name(name)) }

func (k cookies) set(c *fiber.Ctx, name, value string, age time.Duration) {
	k.write(c, &fiber.Cookie{Name: k.name(name), Value: value, MaxAge: int(age.Seconds())})
}

// setStrict sets a cookie that no link from another site brings along.
func (k cookies) setStrict(c *fiber.Ctx, name, value string, age time.Duration) {
	k.write(c, &fiber.Cookie{Name: k.name(name), Value: value, MaxAge: int(age.Seconds()), SameSite: fiber.CookieSameSiteStrictMode})
}

func (k cookies) clear(c *fiber.Ctx, name string) {
	k.write(c, &fiber.Cookie{Name: k.name(name), Expires: time.Unix(1, 0)})
}

func (k cookies) write(c *fiber.Ctx, cookie *fiber.Cookie) {
	cookie.Path = k.path
	cookie.HTTPOnly = true
	cookie.Secure = k.secure
	if cookie.SameSite == "" {
		cookie.SameSite = fiber.CookieSameSiteLaxMode
	}
	c.Cookie(cookie)
}

func (k cookies) leaveNotice(c *fiber.Ctx, notice string) {
	k.set(c, noticeCookie, notice, noticeAge)
}

// takeNotice returns the notice left for this page and removes it.
func (k cookies) takeNotice(c *fiber.Ctx) string {
	notice := k.get(c, noticeCookie)
	if notice == "" {
		return ""
	}
	k.clear(c, noticeCookie)
	if !slices.Contains(notices, notice) {
		return ""
	}
	return notice
}
