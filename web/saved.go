package web

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// mine is the list of finished checks that this device remembers, newest first.
type mine []savedCheck

type savedCheck struct {
	Key     string `json:"k"`
	Attempt string `json:"i"`
	Taken   int64  `json:"t"` // seconds since 1970
}

// mineMost is how many checks a device remembers.
const mineMost = 12

// attempt finds the check that this run through the quiz ended in.
func (m mine) attempt(id string) (savedCheck, bool) {
	for _, s := range m {
		if s.Attempt == id {
			return s, true
		}
	}
	return savedCheck{}, false
}

// add puts a check first. The oldest falls off the end; its link still works.
func (m mine) add(s savedCheck) mine {
	all := append(mine{s}, m.without(s.Key)...)
	return all[:min(len(all), mineMost)]
}

func (m mine) without(key string) mine {
	return slices.DeleteFunc(slices.Clone(m), func(s savedCheck) bool { return s.Key == key })
}

// renewed puts the new key of a journal in the place of the old one.
func (m mine) renewed(old, key string) mine {
	all := slices.Clone(m)
	for i := range all {
		if all[i].Key == old {
			all[i].Key = key
		}
	}
	return all
}

func (m mine) has(key string) bool {
	return slices.ContainsFunc(m, func(s savedCheck) bool { return s.Key == key })
}

func (m mine) links() []views.SavedLink {
	links := make([]views.SavedLink, len(m))
	for i, s := range m {
		links[i] = views.SavedLink{Key: s.Key, TakenAt: time.Unix(s.Taken, 0).UTC()}
	}
	return links
}

func (m mine) encode() string {
	b, err := json.Marshal(m)
	if err != nil {
		return "" // strings and whole numbers can always be written
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// decodeMine reads a cookie. A list that cannot be read is empty.
func decodeMine(value string) mine {
	if len(value) > cookieLimit {
		return nil
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(value)
	if err != nil {
		return nil
	}
	var m mine
	if json.Unmarshal(b, &m) != nil || len(m) > mineMost {
		return nil
	}
	return slices.DeleteFunc(m, func(s savedCheck) bool { return !isKey(s.Key) || !isKey(s.Attempt) })
}

func (s *site) readMine(c *fiber.Ctx) mine { return decodeMine(s.cookies.get(c, mineCookie)) }

func (s *site) keepMine(c *fiber.Ctx, m mine) {
	age := mineAge
	if s.framed(c) {
		age = mineFramedAge
	}
	s.cookies.set(c, mineCookie, m.encode(), age)
}

// dropMine takes a link off the list, where it is on it. A form from another site comes
// without the list, and must not put an empty one in its place.
func (s *site) dropMine(c *fiber.Ctx, key string) {
	if m := s.readMine(c); m.has(key) {
		s.keepMine(c, m.without(key))
	}
}
