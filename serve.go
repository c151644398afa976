package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"time"

	"gutskin/data"
	"gutskin/store"
	"gutskin/web"
)

// serveCmd serves the check over HTTP.
type serveCmd struct {
	Listen      string        `help:"Address to listen on, as in :8080 or 127.0.0.1:8080, or unix:/run/gutskin/gutskin.sock for a socket that its owner and group may use." env:"GUTSKIN_LISTEN" default:":8080"`
	DB          string        `name:"db" help:"Where results are kept: the path of a SQLite file, or postgres://user:password@host/name. A password is better given by the environment, where others do not see it." env:"GUTSKIN_DB" default:"gutskin.db"`
	Content     string        `help:"Content folder; the built-in content when left out." env:"GUTSKIN_CONTENT" placeholder:"DIR"`
	BaseURL     string        `name:"base-url" help:"Public address, as in https://quiz.example, or https://site.example/quiz to serve everything under /quiz; makes cookies secure when it is https." env:"GUTSKIN_BASE_URL" placeholder:"URL"`
	TrustProxy  []string      `name:"trust-proxy" help:"Networks whose X-Forwarded-For and X-Forwarded-Proto are believed, as in 10.1.0.0/16,192.0.2.7; 'none' for nobody's. When left out: this machine, private networks, and whoever may use the unix socket." env:"GUTSKIN_TRUST_PROXY" placeholder:"CIDR"`
	HSTS        int           `name:"hsts" help:"Seconds for which browsers that were here use https only, as in 31536000 for a year; 0 does not say so. It cannot be taken back. Needs a --base-url with https." env:"GUTSKIN_HSTS" default:"0" placeholder:"SECONDS"`
	Limit       int           `help:"Forms and missed links allowed a minute from one address; 0 for no limit." env:"GUTSKIN_LIMIT" default:"300"`
	SMTP        string        `name:"smtp" help:"Mail server that sends people their own link, as in smtp://user:password@mail.example:587, or smtps:// for TLS from the start. Better given by the environment, where others do not see the password. Needs --base-url." env:"GUTSKIN_SMTP" placeholder:"URL"`
	MailFrom    string        `name:"mail-from" help:"Who those messages are from, as in check@example.org." env:"GUTSKIN_MAIL_FROM" placeholder:"ADDRESS"`
	Metrics     string        `help:"Address of its own for /metrics, in the format of Prometheus, as in 127.0.0.1:9090. Off when left out, and never on the address of the check." env:"GUTSKIN_METRICS" placeholder:"ADDRESS"`
	Log         string        `help:"Lines of the log: text or json." env:"GUTSKIN_LOG" enum:"text,json" default:"text"`
	Drain       time.Duration `help:"How long to go on serving after SIGTERM while /readyz says 503, as in 5s, so that a proxy can send visitors elsewhere. Longer than the proxy takes to notice; 0 where there is no other instance." env:"GUTSKIN_DRAIN" default:"0s" placeholder:"TIME"`
	PIDFile     string        `name:"pid-file" help:"File to write the number of this process into, for gutskin reload." env:"GUTSKIN_PID_FILE" placeholder:"FILE"`
	CheckConfig bool          `name:"check-config" help:"Check all of these settings, and the content, the database, the mail server and the addresses they name; say what would be done, and do nothing."`
	Dev         bool          `help:"Read templates from ./views again for every page, and the content folder when it changes. Problems show in the browser."`
}

const (
	grace = 10 * time.Second               // how long the last requests may take once a stop was asked for
	month = 730*time.Hour + 30*time.Minute // a twelfth of a year
)

// Run serves until ctx ends, then lets the last requests finish.
func (c *serveCmd) Run(ctx context.Context, s streams) error {
	written := newLines(s.err)
	defer written.flush()
	log := newLog(c.Log, written)
	if c.CheckConfig {
		return c.checkConfig(ctx, s, log)
	}
	asked := whenAsked() // before anything that takes time: unheard, the signal ends a process
	options, err := c.options(log)
	if err != nil {
		return err
	}
	registry := newRegistry()
	keep := options.Library.Edition("").Site.KeepMonths
	db, err := store.Open(ctx, store.Options{
		URL: c.DB, Now: time.Now, Log: log, Keep: time.Duration(keep) * month, Observer: observeStore(registry),
	})
	if err != nil {
		return err
	}
	defer func() {
		if err := db.Close(); err != nil {
			log.Error("closing the database", "error", err)
		}
	}()
	registry.MustRegister(storeFigures{db.Stats})
	options.Store, options.Metrics, options.Counts = keeper{db}, registry, &web.Counts{}
	server, err := web.New(options)
	if err != nil {
		return err
	}
	if c.Dev && c.Content != "" {
		server.Watch((&watched{files: os.DirFS(c.Content)}).load)
	}
	working, stop := context.WithCancel(ctx)
	defer stop()
	reloads := &reloader{dir: c.Content, keep: keep, server: server, log: log, count: countReloads(registry)}
	go reloads.until(working, asked)
	go db.SweepDaily(working)
	defer flushing(db, options.Counts, log)()
	if c.Metrics != "" {
		end, at, err := serveMetrics(ctx, c.Metrics, registry, log)
		if err != nil {
			return fmt.Errorf("the figures cannot be served: %w", err)
		}
		defer end()
		log.Info("figures are served", "address", at+"/metrics")
	}
	return c.serve(ctx, s, server, log)
}

// serve answers requests until ctx ends, and for some time after.
func (c *serveCmd) serve(ctx context.Context, s streams, server *web.Server, log *slog.Logger) error {
	listener, err := listen(ctx, c.Listen)
	if err != nil {
		return err
	}
	remove, err := writePID(c.PIDFile)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	defer remove()
	fmt.Fprintf(s.out, "Gut & Skin Check is ready on %s\n", shown(listener.Addr()))
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	go debug.FreeOSMemory() // a third of it was needed for the start only
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	server.Drain()
	if c.Drain > 0 {
		log.Info("told to stop; serving on for others to notice", "for", c.Drain.String())
		select {
		case err := <-served:
			return err
		case <-time.After(c.Drain):
		}
	}
	return shutDown(server.Shutdown, log)
}

// options are what the pages are served with, but for the store.
func (c *serveCmd) options(log *slog.Logger) (o web.Options, err error) {
	o = web.Options{Now: time.Now, NewKey: store.NewKey, BaseURL: c.BaseURL, HSTS: c.HSTS, Log: log, Dev: c.Dev, Limit: c.Limit}
	if c.Drain < 0 {
		return o, errors.New("--drain is a time that is over already: give 0s or more")
	}
	if o.Mail, err = c.mailer(); err != nil {
		return o, err
	}
	if o.Trust, err = web.NewProxies(c.TrustProxy); err != nil {
		return o, err
	}
	o.Library, err = library(c.Content)
	if errors.As(err, new(data.Problems)) {
		return o, fmt.Errorf("the content has problems, mend them and start again:\n%w", err)
	}
	return o, err
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

// Operator lets the owner in.
func (k keeper) Operator(ctx context.Context) (web.Operator, error) {
	o, err := k.DB.Operator(ctx)
	return web.Operator(o), translate(err)
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
