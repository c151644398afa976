package web

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"golang.org/x/text/language"

	"gutskin/data"
)

const (
	langCookie = "lang" // the language that was chosen
	langAge    = 365 * 24 * time.Hour
	langField  = "lang" // names a language in an address
)

// languages are the editions of today's content, the source language first.
type languages struct {
	editions []*data.Edition
	matcher  language.Matcher
}

func newLanguages(l *data.Library) (languages, error) {
	var ls languages
	var tags []language.Tag
	for _, lang := range l.Languages() {
		tag, err := language.Parse(lang)
		if err != nil {
			return ls, fmt.Errorf("%q is not a language: %w", lang, err)
		}
		tags = append(tags, tag)
		ls.editions = append(ls.editions, l.Edition(lang))
	}
	ls.matcher = language.NewMatcher(tags)
	return ls, nil
}

// choice reports that there is more than one language.
func (ls languages) choice() bool { return len(ls.editions) > 1 }

// named is the edition in exactly this language, or nil.
func (ls languages) named(lang string) *data.Edition {
	i := slices.IndexFunc(ls.editions, func(e *data.Edition) bool { return e.Lang == lang })
	if i < 0 {
		return nil
	}
	return ls.editions[i]
}

// inLanguage is today's content in the language of a visitor: the one they chose,
// else the best of those their browser asks for, else the source language.
func (s *site) inLanguage(c *fiber.Ctx) *data.Edition {
	if !s.languages.choice() {
		return s.edition
	}
	c.Vary(fiber.HeaderCookie, fiber.HeaderAcceptLanguage)
	if e := s.languages.named(s.cookies.get(c, langCookie)); e != nil {
		return e
	}
	tags, _, err := language.ParseAcceptLanguage(c.Get(fiber.HeaderAcceptLanguage))
	if err != nil {
		return s.edition
	}
	_, i, _ := s.languages.matcher.Match(tags...)
	return s.languages.editions[i]
}

// chooseLanguage answers the links of the language switch: it keeps the choice and
// leads to the same page without it. That a GET does this is safe: a language is how
// pages are worded, not something that is known or kept about a person.
func (s *site) chooseLanguage(c *fiber.Ctx) error {
	if c.Method() != fiber.MethodGet && c.Method() != fiber.MethodHead {
		return c.Next()
	}
	raw := c.Request().URI().QueryString()
	if len(raw) == 0 {
		return c.Next()
	}
	query, err := url.ParseQuery(string(raw))
	if err != nil || !query.Has(langField) {
		return c.Next()
	}
	if e := s.languages.named(query.Get(langField)); e != nil && s.languages.choice() {
		s.cookies.set(c, langCookie, e.Lang, langAge)
	}
	return s.redirect(c, here(c.Path(), without(query)), "")
}

// here is the address of a page of ours. However many slashes a path begins with, a
// browser must not read it as the address of another site.
func here(path, query string) string {
	if strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r == 0x7f }) {
		path = ""
	}
	path = "/" + strings.TrimLeft(path, `/\`)
	if query == "" {
		return path
	}
	return path + "?" + query
}

// without is a query without the choice of a language.
func without(query url.Values) string {
	query.Del(langField)
	return query.Encode()
}

// queryOf is what stands in the address of the page, but for the choice of a
// language.
func queryOf(c *fiber.Ctx) string {
	query, err := url.ParseQuery(string(c.Request().URI().QueryString()))
	if err != nil {
		return ""
	}
	return without(query)
}
