package web

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"gutskin/views"
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

	draftAge     = 7 * 24 * time.Hour
	mineAge      = 365 * 24 * time.Hour
	forgottenAge = 7 * 24 * time.Hour
	noticeAge    = time.Minute
)

// setCookies are all the cookies that this site can set. The page about privacy lists
// them.
func (s *site) setCookies() []views.Cookie {
	list := []views.Cookie{
		{Word: draftCookie, Age: draftAge}, {Word: mineCookie, Age: mineAge},
		{Word: forgottenCookie, Age: forgottenAge}, {Word: noticeCookie, Age: noticeAge},
	}
	if s.languages.choice() {
		list = append(list, views.Cookie{Word: langCookie, Age: langAge})
	}
	for i := range list {
		list[i].Name = s.cookies.name(list[i].Word)
	}
	return list
}

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
)

var notices = []string{
	noticeSaved, noticeElsewhen, noticeOther, noticeForgot, noticePlan, noticeTicks, noticeOtherTab, noticeUnplan,
	noticeShared, noticeUnshared, noticeRenewed, noticeSent,
}

// cookies sets and reads cookies that scripts cannot see and that other sites'
// forms do not carry. With https their names bind them to this very host.
type cookies struct{ secure bool }

func (k cookies) name(name string) string {
	if k.secure {
		return "__Host-" + name
	}
	return name
}

func (k cookies) get(c *fiber.Ctx, name string) string { return c.Cookies(k.name(name)) }

// any reports that the browser sent a cookie of ours.
func (k cookies) any(c *fiber.Ctx) bool {
	return slices.ContainsFunc([]string{draftCookie, mineCookie, forgottenCookie, noticeCookie, langCookie}, func(name string) bool {
		return k.get(c, name) != ""
	})
}

func (k cookies) set(c *fiber.Ctx, name, value string, age time.Duration) {
	k.write(c, &fiber.Cookie{Name: k.name(name), Value: value, MaxAge: int(age.Seconds())})
}

func (k cookies) clear(c *fiber.Ctx, name string) {
	k.write(c, &fiber.Cookie{Name: k.name(name), Expires: time.Unix(1, 0)})
}

func (k cookies) write(c *fiber.Ctx, cookie *fiber.Cookie) {
	cookie.Path = "/"
	cookie.HTTPOnly = true
	cookie.Secure = k.secure
	cookie.SameSite = fiber.CookieSameSiteLaxMode
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
