package web

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// gate lets the owner in and keeps guesses few: a thousand get nowhere. It counts wrong
// guesses in the memory of this process, by address and in all.
type gate struct {
	each, all *limit
	busy      *sync.Mutex // one password is checked at a time: each takes memory
}

const (
	guessesEach = 5
	guessesAll  = 50
	guessSpan   = 15 * time.Minute
)

func newGate(now func() time.Time) gate {
	return gate{newLimit(guessesEach, guessSpan, now), newLimit(guessesAll, guessSpan, now), &sync.Mutex{}}
}

// knock counts a guess before it is looked at, so that many at once are no way round.
// Otherwise it reports how many seconds are left.
func (g gate) knock(client string) (wait int, ok bool) {
	if wait, ok = g.each.take(client); !ok {
		return wait, false
	}
	if wait, ok = g.all.take(""); !ok {
		g.each.giveBack(client)
	}
	return wait, ok
}

// welcome takes a guess back that was right.
func (g gate) welcome(client string) {
	g.each.giveBack(client)
	g.all.giveBack("")
}

const ownerKey = "owner" // of what operatorOnly found, for the handlers behind it

// operatorOnly hides everything until a password was set.
func (s *site) operatorOnly(c *fiber.Ctx) error {
	owner, err := s.Store.Operator(c.UserContext())
	if err != nil {
		return err
	}
	c.Locals(ownerKey, owner)
	return c.Next()
}

func ownerOf(c *fiber.Ctx) Operator {
	owner, _ := c.Locals(ownerKey).(Operator)
	return owner
}

// newSession makes a cookie that says when somebody signed in. Only who has the key of the
// database can make one, and another key makes all that there are worthless.
func newSession(owner Operator, at time.Time) (string, error) {
	seal, err := sealer(owner)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, seal.NonceSize())
	rand.Read(nonce) // never fails
	text := binary.BigEndian.AppendUint64(nil, uint64(at.Unix()))
	return base64.RawURLEncoding.EncodeToString(seal.Seal(nonce, nonce, text, []byte(operatorCookie))), nil
}

// signedIn reports that a request comes from somebody who signed in less than an hour
// ago.
func (s *site) signedIn(c *fiber.Ctx) bool {
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(s.cookies.get(c, operatorCookie))
	if err != nil {
		return false
	}
	seal, err := sealer(ownerOf(c))
	if err != nil || len(sealed) < seal.NonceSize() {
		return false
	}
	text, err := seal.Open(nil, sealed[:seal.NonceSize()], sealed[seal.NonceSize():], []byte(operatorCookie))
	if err != nil || len(text) != 8 {
		return false
	}
	ago := s.Now().Sub(time.Unix(int64(binary.BigEndian.Uint64(text)), 0))
	return ago > -time.Minute && ago < operatorAge
}

func sealer(owner Operator) (cipher.AEAD, error) {
	block, err := aes.NewCipher(owner.Seal)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

func (s *site) showSignIn(c *fiber.Ctx) error {
	if s.signedIn(c) {
		return s.redirect(c, figuresAddress, "")
	}
	return s.sendSignIn(c, http.StatusOK, views.SignInForm{})
}

func (s *site) sendSignIn(c *fiber.Ctx, status int, form views.SignInForm) error {
	return s.send(c, status, false, func(p views.Page) screen { return views.NewSignInPage(p, form) })
}

// signIn checks a password. Whatever cookie there was, the one that follows is new.
func (s *site) signIn(c *fiber.Ctx) error {
	form, err := formOf(c)
	if err != nil {
		return err
	}
	wait, ok := s.gate.knock(client(c))
	if !ok {
		retryIn(c, wait)
		return s.sendSignIn(c, http.StatusTooManyRequests, views.SignInForm{Wait: wait})
	}
	right, err := s.checkPassword(ownerOf(c), form.Get("password"))
	if err != nil {
		return err
	}
	if !right {
		return s.sendSignIn(c, http.StatusUnprocessableEntity, views.SignInForm{Wrong: true})
	}
	s.gate.welcome(client(c))
	cookie, err := newSession(ownerOf(c), s.Now())
	if err != nil {
		return err
	}
	s.cookies.setStrict(c, operatorCookie, cookie, operatorAge)
	return s.redirect(c, figuresAddress, "")
}

func (s *site) checkPassword(owner Operator, password string) (bool, error) {
	if len(password) > passwordMost {
		return false, nil
	}
	s.gate.busy.Lock()
	defer s.gate.busy.Unlock()
	return fits(owner.Hash, password)
}

// signOut ends every session, on this device and on others.
func (s *site) signOut(c *fiber.Ctx) error {
	if s.signedIn(c) {
		if err := s.Store.EndSessions(c.UserContext()); err != nil {
			return err
		}
	}
	s.cookies.clear(c, operatorCookie)
	return s.redirect(c, "/operator", noticeSignedOut)
}
