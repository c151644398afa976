package main

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"gutskin/store"
	"gutskin/web"
)

// mailPatience is how long the mail server may take to answer a try.
const mailPatience = 10 * time.Second

// checkConfig looks at everything that serve needs and says what it would do. It changes
// nothing, and looks at each thing whatever is wrong with the others.
func (c *serveCmd) checkConfig(ctx context.Context, s streams, log *slog.Logger) error {
	failed := false
	say := func(what string, err error, good string) {
		if err == nil {
			fmt.Fprintf(s.out, "%s: ok%s\n", what, good)
			return
		}
		failed = true
		fmt.Fprintf(s.out, "%s: NOT OK, %s\n", what, strings.ReplaceAll(err.Error(), "\n", "\n    "))
	}
	options, err := c.options(log)
	say("settings and content", err, "")
	if err == nil {
		options.Store = keeper{} // is not asked for anything before the first visitor
		_, err = web.New(options)
		say("pages", err, c.wouldServe(options))
	}
	good, err := c.tryDatabase(ctx)
	say("database", err, good)
	say("address", tryListen(ctx, c.Listen), ", would listen on "+c.Listen)
	if c.Metrics != "" {
		say("figures", tryListen(ctx, c.Metrics), ", would serve /metrics on "+c.Metrics)
	}
	if options.Mail != nil {
		trying, cancel := context.WithTimeout(ctx, mailPatience)
		defer cancel()
		say("mail", options.Mail.Try(trying), ", the mail server lets this program in; nothing was sent")
	}
	if failed {
		return errReported
	}
	fmt.Fprintln(s.out, "all is well; nothing was changed")
	return nil
}

// wouldServe says which content would be served, and where.
func (c *serveCmd) wouldServe(o web.Options) string {
	return fmt.Sprintf(", would serve %s, edition %s, under %s", cmp.Or(c.Content, "the built-in content"), o.Library.Hash(),
		cmp.Or(c.BaseURL, "whatever address visitors use"))
}

func (c *serveCmd) tryDatabase(ctx context.Context) (good string, err error) {
	found, err := store.Inspect(ctx, c.DB)
	switch {
	case err != nil:
		return "", err
	case found.New:
		return ", would make " + found.Name, nil
	case found.Missing > 0:
		return fmt.Sprintf(", would bring %s up to date: %d changes of its tables", found.Name, found.Missing), nil
	}
	return ", " + found.Name + " is up to date", nil
}

// tryListen listens and stops at once. For a socket it does so beside the one that may
// be there.
func tryListen(ctx context.Context, address string) error {
	if path, ok := strings.CutPrefix(address, unixScheme); ok && path != "" {
		if _, err := stale(ctx, path); err != nil {
			return err
		}
		address += ".try"
	}
	l, err := listen(ctx, address)
	if err != nil {
		return err
	}
	return l.Close()
}
