// Package web serves the check over HTTP: it reads requests, keeps the quiz in
// progress in a cookie, asks recommend for a report, hands it to a store and shows
// pages of views. It knows no point, no rule and no database.
//
// A quiz lives on the visitor's own device until it is finished, so any number of
// instances can serve any step of it.
package web

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"gutskin/data"
	"gutskin/figures"
	"gutskin/quiz"
	"gutskin/views"
)

// Options is what the pages are served with. Library and Store must be given.
type Options struct {
	Library *data.Library
	Store   Store
	Now     func() time.Time      // time.Now when nil
	NewKey  func() string         // 26 random letters and digits of base 32; rand.Text when nil
	BaseURL string                // as in https://check.example.org, or with the path that all pages are under; empty: links are built from the request
	Trust   *Proxies              // nil: this machine and private networks
	HSTS    int                   // seconds for which browsers may use https only; 0: that is not said. BaseURL must then be https
	Log     *slog.Logger          // slog.Default() when nil
	Dev     bool                  // templates are read anew for each page, and nothing is cached
	Mail    *Mailer               // sends links by email; nil: nothing is sent. BaseURL must then be given
	Metrics prometheus.Registerer // takes the figures of this server; nil: none are kept
	Counts  *Counts               // which steps are taken; nil: they are not counted
	Limit   int                   // POSTs, and look-ups of links that do not exist, a minute from one address; 0: no limit
}

// Store keeps finished checks, each under the key of its private link. Its errors
// match those below. Links that were deleted, switched off or renewed, or whose time
// is over, answer ErrGone to everything.
type Store interface {
	Ping(ctx context.Context) error
	// Migrations counts the changes of the tables that this program makes and the
	// database lacks, and those that a newer program has made.
	Migrations(ctx context.Context) (missing, newer int, err error)
	// Save adds an entry. Saving the same attempt again changes nothing.
	Save(ctx context.Context, key string, s Saved) error
	// Read opens a private or a view-only link. All that changes something answers
	// ErrReadOnly to a view-only link.
	Read(ctx context.Context, key string) (Journal, error)
	// Delete removes everything, and closes every link.
	Delete(ctx context.Context, key string) error
	// Share makes a view-only link with the Label and the last day of s, which may
	// not be over, and returns its key. It answers ErrShares for one link too many.
	Share(ctx context.Context, ownerKey string, s Share) (viewKey string, err error)
	// Unshare switches a view-only link off; to do so again is no error. It answers
	// ErrNotFound for a link of another journal.
	Unshare(ctx context.Context, ownerKey, viewKey string) error
	// Renew closes the private link and opens another; view-only links stay. The
	// same pair again is no error. A new key in use already is ErrNotFound.
	Renew(ctx context.Context, oldKey, newKey string) error
	// Put keeps one note of a kind, which only the private link opens; an empty one
	// is removed.
	Put(ctx context.Context, ownerKey, kind string, payload []byte) error
	KeepEdition(ctx context.Context, hash string, content []byte) error
	Edition(ctx context.Context, hash string) ([]byte, error)
	// Tallies are what every counter came to in each month.
	Tallies(ctx context.Context) ([]figures.Row, error)
	// Pieces are the figures that may be seen. KeepPieces adds some; one that begins
	// where another does is left out.
	Pieces(ctx context.Context) ([]figures.Piece, error)
	KeepPieces(ctx context.Context, pieces []figures.Piece) error
	// Operator lets the owner in. It answers ErrNotFound where no password was set.
	Operator(ctx context.Context) (Operator, error)
	// EndSessions changes the key of sessions.
	EndSessions(ctx context.Context) error
}

// Operator is what it takes to let the owner in.
type Operator struct {
	Hash string // made by HashPassword
	Seal []byte // 32 random bytes: the key of sessions
}

// Saved is one finished check. Payload is a recommend.Report as JSON.
type Saved struct {
	Attempt string
	Edition string
	TakenAt time.Time
	Payload []byte
	Counts  []figures.Count // what it adds to the tallies, where its owner agreed to be counted
}

// Journal is everything that one link opens. To a view-only link that is its
// entries; KeptUntil is then the end of the link, if that comes first.
type Journal struct {
	Entries   []Saved   // oldest first
	KeptUntil time.Time // the midnight, UTC, from which nothing is there any more
	ViewOnly  bool
	Shares    []Share // the view-only links that open today, oldest first
	Notes     map[string][]byte
}

// Share is a view-only link to a journal.
type Share struct {
	Key   string
	Label string    // at most MaxLabel characters
	Until time.Time // the last day, UTC, on which it opens; zero: as long as the journal
	Made  time.Time // the day, UTC
}

// What a Store takes at most.
const (
	MaxShares = 20       // view-only links of one journal that are open at a time
	MaxLabel  = 60       // characters
	MaxNote   = 64 << 10 // bytes
)

// NotePlan is the one kind of note there is.
const NotePlan = "plan"

// The errors of a Store that visitors are told about in their own words.
var (
	ErrNotFound = errors.New("nothing is stored here")
	ErrGone     = errors.New("this was deleted or has expired")
	ErrDamaged  = errors.New("what is stored cannot be read")
	ErrReadOnly = errors.New("a view-only link changes nothing")
	ErrShares   = errors.New("as many view-only links are open as there may be")
	ErrBusy     = errors.New("the store is too busy, try again")
	ErrFull     = errors.New("the store has no room left, make room and try again")
)

const (
	bodyLimit    = 64 << 10
	headerLimit  = 16 << 10
	readTimeout  = 10 * time.Second
	writeTimeout = 30 * time.Second
	idleTimeout  = 2 * time.Minute
	storeTimeout = 8 * time.Second
)

// site is what one content makes. It is immutable but for its caches, which hold
// nothing personal.
type site struct {
	Options
	*common
	base      string // the path that all pages are under, as in /quiz, or ""
	hsts      string // the header that says so, or ""
	routed    map[string]*routeMetrics
	counts    *grid         // of the steps that visitors take
	edition   *data.Edition // what new visitors are asked and told, in the source language
	languages languages
	slugs     map[string]*quiz.Question
	advice    map[string]stillPage
	engine    *views.Engine
	assets    *views.AssetSet
	cookies   cookies
	cross     *http.CrossOriginProtection
	editions  editions
	forks     map[string]*fork
	outlooks  outlooks
	broken    map[string][]byte // the page for when nothing else works, by language
	busy      map[string][]byte // the page for when there is too much to do
}

func newSite(o Options, common *common) (*site, error) {
	origin, base, err := o.address()
	if err != nil {
		return nil, err
	}
	o.BaseURL = origin + base
	s := &site{
		Options: o,
		common:  common,
		base:    base,
		edition: o.Library.Edition(""),
		counts:  o.Counts.grid(o.Library),
		assets:  views.Assets(),
		cookies: cookies{secure: strings.HasPrefix(origin, "https://"), path: base + "/"},
	}
	if o.HSTS > 0 {
		s.hsts = "max-age=" + strconv.Itoa(o.HSTS)
	}
	if s.cross, err = crossSite(origin); err != nil {
		return nil, err
	}
	if s.languages, err = newLanguages(o.Library); err != nil {
		return nil, err
	}
	if s.engine, err = views.NewEngine(o.Dev, base, s.languages.editions...); err != nil {
		return nil, err
	}
	s.slugs = slugs(s.edition.Quiz)
	s.forks = forks(s.edition.Quiz, s.edition.Book)
	s.advice = s.advicePages()
	if err := fitsCookie(longestDraft(s.edition.Quiz, s.edition.Book.Rules)); err != nil {
		return nil, err
	}
	if s.broken, err = s.readyPages(http.StatusInternalServerError, wordsServer); err != nil {
		return nil, err
	}
	s.busy, err = s.readyPages(http.StatusServiceUnavailable, wordsBusy)
	return s, err
}

// complete fills in what was left out, and checks what needs something else beside it.
func (o Options) complete() (Options, error) {
	if o.Library == nil || o.Store == nil {
		return o, errors.New("the web needs a library and a store: give both")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.NewKey == nil {
		o.NewKey = rand.Text
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Trust == nil {
		trust, err := NewProxies(nil)
		if err != nil {
			return o, err
		}
		o.Trust = trust
	}
	origin, _, err := o.address()
	switch {
	case err != nil:
		return o, err
	case o.Mail != nil && origin == "":
		return o, errors.New("links sent by email need the public address of the check: give --base-url as well")
	case o.HSTS < 0:
		return o, errors.New("the time for --hsts is not 0 or more seconds: give another, such as 31536000 for a year")
	case o.HSTS > 0 && !strings.HasPrefix(origin, "https://"):
		return o, errors.New("--hsts tells browsers to use https only: give a --base-url that begins with https:// as well")
	}
	return o, nil
}

// publicPath is a path without escapes, empty parts or a slash at its end.
var publicPath = regexp.MustCompile(`^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*$`)

// address is the base address in two parts: scheme and host, and the path that all
// pages are under, without a slash at its end.
func (o Options) address() (origin, path string, err error) {
	if o.BaseURL == "" {
		return "", "", nil
	}
	u, err := url.Parse(strings.TrimRight(o.BaseURL, "/"))
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || (u.Scheme != "http" && u.Scheme != "https") {
		return "", "", fmt.Errorf("the base address %q is not like https://check.example.org or https://example.org/check: give scheme and host", o.BaseURL)
	}
	if !publicPath.MatchString(u.EscapedPath()) {
		return "", "", fmt.Errorf("the path in the base address %q has more in it than letters, digits, - . _ ~ and single slashes: give another", o.BaseURL)
	}
	return u.Scheme + "://" + u.Host, u.Path, nil
}

func slugs(q *quiz.Questionnaire) map[string]*quiz.Question {
	m := make(map[string]*quiz.Question, len(q.Questions))
	for i := range q.Questions {
		m[slug(q.Questions[i].ID)] = &q.Questions[i]
	}
	return m
}

// slug is how a question is called in its address.
func slug(id string) string { return strings.ReplaceAll(id, "_", "-") }
