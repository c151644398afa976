package store

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

func readsBack(t *testing.T, f *fixture) {
	key, s := f.saved("one")
	f.wantEntries(key, s)
	if err := f.Ping(f.ctx); err != nil {
		t.Errorf("Ping: %v", err)
	}
}

func extremeSizes(t *testing.T, f *fixture) {
	small, large := f.report("small"), f.report("large")
	small.Payload = []byte{}
	large.TakenAt = large.TakenAt.Add(time.Microsecond)
	large.Payload = make([]byte, maxPayload)
	rand.Read(large.Payload)
	key := f.newKey()
	f.save(key, small)
	f.save(key, large)
	f.wantEntries(key, small, large)
}

func idempotentAttempt(t *testing.T, f *fixture) {
	key, s := f.saved("one")
	before, _ := f.Read(f.ctx, key)
	f.pass(100 * 24 * time.Hour)
	again := s
	again.Payload, again.TakenAt = []byte("other words"), f.clock()
	f.save(key, again)
	f.wantEntries(key, s)
	if after, _ := f.Read(f.ctx, key); !after.KeptUntil.Equal(before.KeptUntil) {
		t.Errorf("a repeat moved the end from %v to %v", before.KeptUntil, after.KeptUntil)
	}
}

func severalAttempts(t *testing.T, f *fixture) {
	key, second := f.saved("second")
	first, third := f.report("first"), f.report("third")
	first.TakenAt = first.TakenAt.Add(-time.Microsecond)
	third.TakenAt, third.Edition = third.TakenAt.Add(time.Hour), "sha256:next"
	f.save(key, third)
	f.save(key, first)
	f.wantEntries(key, first, second, third)
}

func unknownKey(t *testing.T, f *fixture) {
	f.saved("one")
	f.wantRead(NewKey(), ErrNotFound)
	wantErr(t, "Delete", f.Delete(f.ctx, NewKey()), ErrNotFound)
}

func malformedKeys(t *testing.T, f *fixture) {
	key, _ := f.saved("one")
	for name, bad := range map[string]string{
		"empty":        "",
		"lower case":   strings.ToLower(key),
		"one off":      key[:25],
		"one more":     key + "A",
		"padding":      key[:25] + "=",
		"look-alike 0": "0" + key[1:],
		"look-alike 1": "1" + key[1:],
		"space before": " " + key,
		"space inside": key[:12] + " " + key[13:],
		"line end":     key + "\n",
		"null byte":    key[:25] + "\x00",
		"not ASCII":    key[:24] + "É",
		"wildcard":     strings.Repeat("%", 26),
		"very long":    strings.Repeat("A", 1<<20),
	} {
		_, err := f.Read(f.ctx, bad)
		wantErr(t, "Read "+name, err, ErrNotFound)
		wantErr(t, "Save "+name, f.Save(f.ctx, bad, f.report("bad")), ErrNotFound)
		wantErr(t, "Delete "+name, f.Delete(f.ctx, bad), ErrNotFound)
	}
	if got := f.count("links"); got != 1 {
		t.Errorf("malformed keys left %d links, want 1", got)
	}
}

func anothersKey(t *testing.T, f *fixture) {
	ann, hers := f.saved("ann")
	bob, his := f.saved("bob")
	f.wantEntries(ann, hers)
	f.wantEntries(bob, his)
	wantErr(t, "Delete", f.Delete(f.ctx, bob), nil)
	f.wantEntries(ann, hers)
}

func deletedIsGone(t *testing.T, f *fixture) {
	key, s := f.saved("one")
	f.save(key, f.report("two"))
	wantErr(t, "Delete", f.Delete(f.ctx, key), nil)
	f.wantRead(key, ErrGone)
	wantErr(t, "Delete again", f.Delete(f.ctx, key), ErrGone)
	wantErr(t, "Save", f.Save(f.ctx, key, s), ErrGone)
	for table, want := range map[string]int64{"journals": 0, "reports": 0, "links": 1} {
		if got := f.count(table); got != want {
			t.Errorf("%s holds %d rows after Delete, want %d", table, got, want)
		}
	}
}

func keptUntil(t *testing.T, f *fixture) {
	key, _ := f.saved("one")
	check := func(want string) {
		t.Helper()
		j, err := f.Read(f.ctx, key)
		if got := j.KeptUntil.Format(time.RFC3339); err != nil || got != want {
			t.Errorf("kept until %s (%v), want %s", got, err, want)
		}
	}
	check("2027-03-15T00:00:00Z") // 365 days, then to the end of that day
	f.pass(31 * 24 * time.Hour)
	f.save(key, f.report("two"))
	check("2027-04-15T00:00:00Z")
}

func editions(t *testing.T, f *fixture) {
	const hash = "sha256:0e5751c0"
	_, err := f.Edition(f.ctx, hash)
	wantErr(t, "Edition", err, ErrNotFound)
	for _, content := range []string{"the first words", "other words"} {
		wantErr(t, "KeepEdition", f.KeepEdition(f.ctx, hash, []byte(content)), nil)
	}
	if got, err := f.Edition(f.ctx, hash); string(got) != "the first words" || err != nil {
		t.Errorf("Edition gave %q (%v), want the first words", got, err)
	}
}

func refusals(t *testing.T, f *fixture) {
	long := strings.Repeat("x", maxName+1)
	for name, change := range map[string]func(*Saved){
		"no attempt":      func(s *Saved) { s.Attempt = "" },
		"long attempt":    func(s *Saved) { s.Attempt = long },
		"no edition":      func(s *Saved) { s.Edition = "" },
		"long edition":    func(s *Saved) { s.Edition = long },
		"a large payload": func(s *Saved) { s.Payload = make([]byte, maxPayload+1) },
	} {
		s := f.report("refused")
		change(&s)
		if err := f.Save(f.ctx, f.newKey(), s); err == nil {
			t.Errorf("%s was saved", name)
		}
	}
	for _, hash := range []string{"", long} {
		if err := f.KeepEdition(f.ctx, hash, nil); err == nil {
			t.Errorf("an edition with a hash of %d bytes was kept", len(hash))
		}
	}
}

func restart(t *testing.T, f *fixture) {
	key, s := f.saved("one")
	gone, _ := f.saved("gone")
	wantErr(t, "Delete", f.Delete(f.ctx, gone), nil)
	wantErr(t, "KeepEdition", f.KeepEdition(f.ctx, s.Edition, []byte("words")), nil)
	wantErr(t, "Close", f.Close(), nil)
	wantErr(t, "Close again", f.Close(), nil)
	wantErr(t, "Delete after Close", f.Delete(f.ctx, key), ErrClosed)
	if f.Ping(f.ctx) == nil || f.Save(f.ctx, key, f.report("late")) == nil {
		t.Error("a closed store still answers")
	}
	f.open()
	f.wantEntries(key, s)
	f.wantRead(gone, ErrGone)
	if got, err := f.Edition(f.ctx, s.Edition); !bytes.Equal(got, []byte("words")) || err != nil {
		t.Errorf("Edition after a restart gave %q (%v)", got, err)
	}
}

func concurrentSavers(t *testing.T, f *fixture) {
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			key, first := f.saved(fmt.Sprint("first", i))
			second := f.report(fmt.Sprint("second", i))
			second.TakenAt = second.TakenAt.Add(time.Second)
			f.save(key, second)
			f.wantEntries(key, first, second)
		})
	}
	all.Wait()
	if got := f.count("reports"); got != 80 {
		t.Errorf("%d reports are kept, want 80", got)
	}
}

func concurrentRepeats(t *testing.T, f *fixture) {
	key, s := f.newKey(), f.report("one")
	var all sync.WaitGroup
	for range 40 {
		all.Go(func() { f.save(key, s) })
	}
	all.Wait()
	f.wantEntries(key, s)
	if got := f.count("journals"); got != 1 {
		t.Errorf("%d journals are kept, want 1", got)
	}
}

func logsNoValues(t *testing.T, f *fixture) {
	key, s := f.saved("one")
	f.exec("DROP TABLE reports")
	if err := f.Save(f.ctx, f.newKey(), s); err == nil {
		t.Error("Save without a table to save into was no error")
	}
	if _, err := f.Read(f.ctx, key); err == nil {
		t.Error("Read without a table to read from was no error")
	}
	log := f.log.String()
	if !regexp.MustCompile("INSERT INTO [`\"]?reports").MatchString(log) || strings.Contains(log, s.Edition) {
		t.Errorf("want the statements in the log, and no values:\n%s", log)
	}
}
