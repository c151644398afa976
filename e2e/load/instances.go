package main

import (
	"errors"
	"fmt"
	"os"
	"time"

	"gutskin/data"
	"gutskin/store/pgtest"
)

// extent is how much and how long things are tried.
type extent struct {
	people int
	rounds int
	calm   time.Duration // before and after something happens
	away   time.Duration // of the database
}

func extentOf(o options) extent {
	if o.short {
		return extent{people: 12, rounds: 1, calm: time.Second, away: 2 * time.Second}
	}
	return extent{people: 24, rounds: 3, calm: 3 * time.Second, away: 5 * time.Second}
}

// clusterTrial is something that has to hold when instances share a database. It says
// what it saw.
type clusterTrial struct {
	name string
	run  func(c *cluster, e extent) (saw string, err error)
}

// instances tries three instances on one PostgreSQL: directly, and through PgBouncer.
func instances(o options, dir string) (err error) {
	library, err := data.Load(data.Files)
	if err != nil {
		return err
	}
	defer func() {
		if errors.Is(err, pgtest.ErrMissing) && os.Getenv("CI") == "" {
			fmt.Println("NOT TESTED:", err)
			err = nil
		}
	}()
	postgres, err := pgtest.Start()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, postgres.Stop()) }()
	pooler, err := pgtest.StartPgBouncer(postgres)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pooler.Stop()) }()

	c := cluster{binary: o.binary, dir: dir, postgres: postgres, safe: library.Edition("").T("error.safe")}
	e := extentOf(o)
	away := []clusterTrial{{"PostgreSQL restarted", restarted}, {"PostgreSQL crashed", crashed}}
	if o.short {
		away = away[:1]
	}
	err = c.try("", e, nil, append([]clusterTrial{{"a journey", journey}, {"rolling restart", rolling}}, away...))
	if !o.short {
		err = errors.Join(err, c.try("", e, nil, []clusterTrial{{"what a result costs", capacity}}))
	}
	c.limit = 60
	err = errors.Join(err, c.try("through PgBouncer: ", e, pooler, []clusterTrial{{"limits", limits}, {"a journey", journey}}))
	if o.short {
		return err
	}
	c.limit = 0
	return errors.Join(err, c.try("through PgBouncer: ", e, pooler, away))
}

// try starts three instances on an empty database, by way of a pooler unless that is nil,
// and tries everything on them.
func (c cluster) try(how string, e extent, pooler *pgtest.Pooler, list []clusterTrial) (err error) {
	if c.db, err = c.postgres.NewDatabase(); err != nil {
		return err
	}
	if pooler != nil {
		c.db = pooler.URL(c.db)
	}
	if err := c.open(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.close()) }()
	var failures []error
	for _, trial := range list {
		began := time.Now()
		saw, err := trial.run(&c, e)
		if err == nil {
			err = c.whole()
		}
		if err != nil {
			saw = "FAILED: " + err.Error() + "; " + saw
			failures = append(failures, fmt.Errorf("%s%s: %w", how, trial.name, err))
		}
		fmt.Printf("%s%s: %s (%v)\n", how, trial.name, saw, time.Since(began).Round(100*time.Millisecond))
	}
	return errors.Join(failures...)
}

// rolling stops one instance after the other and starts it anew, while people go on.
// Nobody may notice.
func rolling(c *cluster, e extent) (saw string, err error) {
	before, err := c.reports()
	if err != nil {
		return "", err
	}
	crowd := c.gather(e.people)
	time.Sleep(e.calm)
	for i := range e.rounds * instancesOf {
		if err = c.restart(i % instancesOf); err != nil {
			break
		}
	}
	time.Sleep(e.calm)
	crowd.sendHome()
	n := crowd.so()
	if err == nil {
		saw, err = crowd.settle(before)
	}
	saw = fmt.Sprintf("%d restarts: %v; %d given to another instance because a connection was refused; %s",
		e.rounds*instancesOf, n, c.proxy.passedOn.Load(), saw)
	if n.failed+n.refused > 0 || n.finished == 0 {
		err = errors.Join(err, fmt.Errorf("somebody noticed: %w", crowd.failed))
	}
	return saw, err
}

func restarted(c *cluster, e extent) (string, error) {
	return databaseAway(c, e, (*pgtest.Server).Halt)
}

func crashed(c *cluster, e extent) (string, error) {
	return databaseAway(c, e, (*pgtest.Server).Kill)
}

// databaseAway stops the database while people go on, and starts it again. Results are
// refused meanwhile, with words and not with errors; quiz steps go on.
func databaseAway(c *cluster, e extent, stop func(*pgtest.Server) error) (saw string, err error) {
	before, err := c.reports()
	if err != nil {
		return "", err
	}
	crowd := c.gather(e.people)
	for range e.rounds {
		time.Sleep(e.calm)
		var gone outage
		if gone, err = oneAway(crowd, e.away, stop); err != nil {
			break
		}
		saw += gone.String() + "; "
		time.Sleep(e.calm)
		n := crowd.so()
		saw += fmt.Sprintf("in the %v after that: %v; ", e.calm, n)
		if err = wantServed(n); err != nil {
			break
		}
	}
	crowd.sendHome()
	if err == nil {
		var settled string
		settled, err = crowd.settle(before)
		saw += settled
	}
	if crowd.failed != nil {
		err = errors.Join(err, fmt.Errorf("not all were answered: %w", crowd.failed))
	}
	return saw, err
}

// wantServed wants everybody to be served as if nothing had been.
func wantServed(n counts) error {
	if n.finished == 0 || n.refused+n.failed > 0 {
		return fmt.Errorf("not everybody is served again: %v", n)
	}
	return nil
}

// outage is what came of requests while the database was away, and until it was back.
type outage struct {
	away         time.Duration
	gone         counts
	coming       counts        // until every instance saved again
	start, saves time.Duration // until the database was there, and from then until every instance saved
}

func (o outage) String() string {
	return fmt.Sprintf("away for %v: %v; started in %v, and every instance saved %v later: %v",
		o.away, o.gone, o.start.Round(10*time.Millisecond), o.saves.Round(10*time.Millisecond), o.coming)
}

func oneAway(crowd *people, away time.Duration, stop func(*pgtest.Server) error) (o outage, err error) {
	o.away = away
	crowd.so()
	if err := stop(crowd.postgres); err != nil {
		return o, err
	}
	time.Sleep(away)
	o.gone = crowd.so()
	began := time.Now()
	if err := crowd.postgres.Resume(); err != nil {
		return o, err
	}
	back := time.Now()
	o.start = back.Sub(began)
	err = crowd.eachSaves(&crowd.kept)
	o.saves = time.Since(back)
	o.coming = crowd.so()
	switch {
	case err != nil:
	case o.gone.refused == 0:
		err = errors.New("nobody was refused while the database was away")
	case o.gone.steps == 0:
		err = errors.New("nobody could go on with the quiz while the database was away")
	}
	return o, err
}
