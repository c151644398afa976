package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"gutskin/data"
	"gutskin/store"
	"gutskin/web"
)

// serveCmd serves the check over HTTP.
type serveCmd struct {
	Listen   string `help:"Address to listen on." env:"GUTSKIN_LISTEN" default:":8080"`
	DB       string `name:"db" help:"Where results are kept: the path of a SQLite file." env:"GUTSKIN_DB" default:"gutskin.db"`
	Content  string `help:"Content folder; the built-in content when left out." env:"GUTSKIN_CONTENT" placeholder:"DIR"`
	BaseURL  string `name:"base-url" help:"Public address, as in https://quiz.example; makes cookies secure when it is https." env:"GUTSKIN_BASE_URL" placeholder:"URL"`
	Limit    int    `help:"Forms and missed links allowed a minute from one address; 0 for no limit." env:"GUTSKIN_LIMIT" default:"300"`
	SMTP     string `name:"smtp" help:"Mail server that sends people their own link, as in smtp://user:password@mail.example:587, or smtps:// for TLS from the start. Better given by the environment, where others do not see the password. Needs --base-url." env:"GUTSKIN_SMTP" placeholder:"URL"`
	MailFrom string `name:"mail-from" help:"Who those messages are from, as in check@example.org." env:"GUTSKIN_MAIL_FROM" placeholder:"ADDRESS"`
	Dev      bool   `help:"Read templates from ./views again for every page, and the content folder when it changes. Problems show in the browser."`
}

const (
	grace = 10 * time.Second               // how long the last requests may take once a stop was asked for
	month = 730*time.Hour + 30*time.Minute // a twelfth of a year
)

// Run serves until ctx ends, then lets the last requests finish.
func (c *serveCmd) Run(ctx context.Context, s streams) error {
	written := newLines(s.err)
	defer written.flush()
	log := slog.New(slog.NewTextHandler(written, nil))
	mailer, err := c.mailer()
	if err != nil {
		return err
	}
	library, err := library(c.Content)
	var problems data.Problems
	switch {
	case errors.As(err, &problems):
		return fmt.Errorf("the content has problems, mend them and start again:\n%w", err)
	case err != nil:
		return err
	}
	site := library.Edition("").Site
	keep := time.Duration(site.KeepMonths) * month
	db, err := store.Open(ctx, store.Options{URL: c.DB, Now: time.Now, Log: log, Keep: keep})
	if err != nil {
		return err
	}
	defer func() {
		if err := db.Close(); err != nil {
			log.Error("closing the database", "error", err)
		}
	}()
	options := web.Options{
		Library: library, Store: keeper{db}, Now: time.Now, NewKey: store.NewKey,
		BaseURL: c.BaseURL, Log: log, Mail: mailer, Dev: c.Dev, Limit: c.Limit,
	}
	app, err := web.New(options)
	if err != nil {
		return err
	}
	if c.Dev && c.Content != "" {
		app = web.NewDev(options, (&watched{files: os.DirFS(c.Content)}).load)
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", c.Listen, err)
	}
	sweeping, stop := context.WithCancel(ctx)
	defer stop()
	go db.SweepDaily(sweeping)

	fmt.Fprintf(s.out, "Gut & Skin Check is ready on http://%s\n", shown(listener.Addr()))
	served := make(chan error, 1)
	go func() { served <- app.Listener(listener) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
		return shutDown(app.ShutdownWithTimeout, log)
	}
}

// mailer is the mail server that was given, or nil.
func (c *serveCmd) mailer() (*web.Mailer, error) {
	switch {
	case c.SMTP == "" && c.MailFrom == "":
		return nil, nil
	case c.SMTP == "":
		return nil, errors.New("--mail-from says who messages are from, but there is no mail server: give --smtp as well")
	}
	return web.NewMailer(c.SMTP, c.MailFrom)
}

// shutDown lets the last requests finish. Browsers open connections ahead and never use
// some of them: one that is still silent when the grace is over is no failure.
func shutDown(stop func(time.Duration) error, log *slog.Logger) error {
	err := stop(grace)
	if errors.Is(err, context.DeadlineExceeded) {
		log.Warn("stopped while connections were open", "after", grace)
		return nil
	}
	return err
}

// shown is an address a person can open: a wildcard host becomes localhost.
func shown(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if err != nil {
		return a.String()
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return net.JoinHostPort(host, port)
}

// keeper lets web use the store without knowing it: the two packages may not
// import each other.
type keeper struct{ *store.DB }

// Save keeps one result under the journal that key opens.
func (k keeper) Save(ctx context.Context, key string, s web.Saved) error {
	return translate(k.DB.Save(ctx, key, store.Saved(s)))
}

// Read returns what a link key opens.
func (k keeper) Read(ctx context.Context, key string) (web.Journal, error) {
	j, err := k.DB.Read(ctx, key)
	if err != nil {
		return web.Journal{}, translate(err)
	}
	out := web.Journal{KeptUntil: j.KeptUntil, ViewOnly: j.ViewOnly, Notes: j.Notes}
	for _, s := range j.Entries {
		out.Entries = append(out.Entries, web.Saved(s))
	}
	for _, s := range j.Shares {
		out.Shares = append(out.Shares, web.Share(s))
	}
	return out, nil
}

// Delete removes a journal and everything in it.
func (k keeper) Delete(ctx context.Context, key string) error {
	return translate(k.DB.Delete(ctx, key))
}

// Share makes a view-only link.
func (k keeper) Share(ctx context.Context, ownerKey string, s web.Share) (string, error) {
	viewKey, err := k.DB.Share(ctx, ownerKey, store.Share(s))
	return viewKey, translate(err)
}

// Unshare switches a view-only link off.
func (k keeper) Unshare(ctx context.Context, ownerKey, viewKey string) error {
	return translate(k.DB.Unshare(ctx, ownerKey, viewKey))
}

// Renew closes a private link and opens another.
func (k keeper) Renew(ctx context.Context, oldKey, newKey string) error {
	return translate(k.DB.Renew(ctx, oldKey, newKey))
}

// Put keeps one note.
func (k keeper) Put(ctx context.Context, ownerKey, kind string, payload []byte) error {
	return translate(k.DB.Put(ctx, ownerKey, kind, payload))
}

// AddFeedback keeps what somebody says about their results.
func (k keeper) AddFeedback(ctx context.Context, useful, words string) error {
	return translate(k.DB.AddFeedback(ctx, store.Useful(useful), words))
}

// ReadFeedback returns what may be shown of it.
func (k keeper) ReadFeedback(ctx context.Context) (web.Feedback, error) {
	heard, err := k.DB.ReadFeedback(ctx)
	return web.Feedback(heard), translate(err)
}

// Edition returns the content that an old result was made with.
func (k keeper) Edition(ctx context.Context, hash string) ([]byte, error) {
	blob, err := k.DB.Edition(ctx, hash)
	return blob, translate(err)
}

// KeepEdition keeps a content for as long as results refer to it.
func (k keeper) KeepEdition(ctx context.Context, hash string, content []byte) error {
	return translate(k.DB.KeepEdition(ctx, hash, content))
}

func translate(err error) error {
	for from, to := range map[error]error{
		store.ErrNotFound: web.ErrNotFound, store.ErrGone: web.ErrGone,
		store.ErrDamaged: web.ErrDamaged, store.ErrReadOnly: web.ErrReadOnly, store.ErrShares: web.ErrShares,
		store.ErrBusy: web.ErrBusy, store.ErrFull: web.ErrFull, store.ErrClosed: web.ErrBusy,
	} {
		if errors.Is(err, from) {
			return to
		}
	}
	return err
}
