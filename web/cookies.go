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
	operatorCookie  = "operator" // the owner is signed in
	heardCookie     = "heard"    // was asked whether results were useful
	insideCookie    = "inside"   // the check was opened inside another site

	draftAge     = 7 * 24 * time.Hour
	mineAge      = 365 * 24 * time.Hour
	forgottenAge = 7 * 24 * time.Hour
	noticeAge    = time.Minute
	operatorAge  = time.Hour
	heardAge     = 365 * 24 * time.Hour

	mineFramedAge = time.Hour // in a frame: until the results are opened outside of it
)

// setCookies are all the cookies that this site can set. The page about privacy lists
// them.
func (s *site) setCookies() []views.Cookie {
	list := []views.Cookie{
		{Word: draftCookie, Age: draftAge}, {Word: mineCookie, Age: mineAge},
		{Word: forgottenCookie, Age: forgottenAge}, {Word: noticeCookie, Age: noticeAge},
	}
	list = append(list, views.Cookie{Word: operatorCookie, Age: operatorAge})
	if s.edition.Site.Feedback {
		list = append(list, views.Cookie{Word: heardCookie, Age: heardAge})
	}
	if s.languages.choice() {
		list = append(list, views.Cookie{Word: langCookie, Age: langAge})
	}
	for i := range list {
		list[i].Name = s.cookies.full(list[i].Word)
	}
	if s.framers == "" {
		return list
	}
	framed := []views.Cookie{{Word: insideCookie, Name: insideCookie, Age: draftAge}}
	for _, c := range list {
		if c.Word == mineCookie {
			c.Age = mineFramedAge
		}
		if c.Word != operatorCookie && c.Word != heardCookie && c.Word != forgottenCookie {
			framed = append(framed, views.Cookie{Word: "framed", Name: c.Word, Age: c.Age})
		}
	}
	for _, c := range framed {
		c.Name = s.cookies.full("framed_" + c.Name)
		list = append(list, c)
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
	noticeHeard    = "heard"

	noticeSignedOut = "signed_out"
)

var notices = []string{
	noticeSaved, noticeElsewhen, noticeOther, noticeForgot, noticePlan, noticeTicks, noticeOtherTab, noticeUnplan,
	noticeShared, noticeUnshared, noticeRenewed, noticeSent, noticeHeard, noticeSignedOut,
}

// cookies sets and reads cookies that scripts cannot see and that other sites'
// forms do not carry. With https their names bind them to this very host. Where the
// check has only a part of a host, browsers take no such name: then the cookies go
// to that part, and the answers in them to nobody else who serves pages there.
//
// In a frame of another site they have other names, and are partitioned: a browser keeps
// them apart for each site around, and sends them nowhere but in that frame.
type cookies struct {
	secure  bool
	path    string // with a slash at its end
	framing bool   // the check may stand in a frame
}

func (k cookies) name(c *fiber.Ctx, name string) string {
	if k.framing && framed(c) {
		name = "framed_" + name
	}
	return k.full(name)
}

// full is what a cookie is called on the device.
func (k cookies) full(name string) string {
	switch {
	case k.secure && k.path == "/":
		return "__Host-" + name
	case k.secure:
		return "__Secure-" + name
	}
	return name
}

func (k cookies) get(c *fiber.Ctx, name string) string { return c.Cookies(k.name(c, name)) }

// any reports that the browser sent a cookie of ours.
func (k cookies) any(c *fiber.Ctx) bool {
	return slices.ContainsFunc([]string{draftCookie, mineCookie, forgottenCookie, noticeCookie, langCookie}, func(name string) bool {
		return k.get(c, name) != ""
	})
}

func (k cookies) set(c *fiber.Ctx, name, value string, age time.Duration) {
	k.write(c, &fiber.Cookie{Name: k.name(c, name), Value: value, MaxAge: int(age.Seconds())})
}

// setStrict sets a cookie that no link from another site brings along.
func (k cookies) setStrict(c *fiber.Ctx, name, value string, age time.Duration) {
	k.write(c, &fiber.Cookie{Name: k.name(c, name), Value: value, MaxAge: int(age.Seconds()), SameSite: fiber.CookieSameSiteStrictMode})
}

func (k cookies) clear(c *fiber.Ctx, name string) {
	k.write(c, &fiber.Cookie{Name: k.name(c, name), Expires: time.Unix(1, 0)})
}

func (k cookies) write(c *fiber.Ctx, cookie *fiber.Cookie) {
	cookie.Path = k.path
	cookie.HTTPOnly = true
	cookie.Secure = k.secure
	if cookie.SameSite == "" {
		cookie.SameSite = fiber.CookieSameSiteLaxMode
	}
	if !k.framing || !framed(c) {
		c.Cookie(cookie)
		return
	}
	cookie.Secure = true
	cookie.SameSite = fiber.CookieSameSiteNoneMode
	c.Cookie(cookie)
	// Neither Fiber nor fasthttp knows the word.
	h := &c.Response().Header
	written := string(h.PeekCookie(cookie.Name))
	h.DelCookie(cookie.Name)
	h.Add(fiber.HeaderSetCookie, written+"; Partitioned")
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
