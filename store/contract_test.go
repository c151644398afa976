package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// What every engine promises. Each case gets an empty store of its own.
var contract = []struct {
	name string
	run  func(*testing.T, *fixture)
}{
	{"a report comes back as it was saved", readsBack},
	{"a report of no size and one of full size come back", extremeSizes},
	{"the same attempt saved again changes nothing", idempotentAttempt},
	{"later attempts join the journal, oldest first", severalAttempts},
	{"a key that opened nothing is not found", unknownKey},
	{"a malformed key is not found", malformedKeys},
	{"a key opens its own journal only", anothersKey},
	{"a deleted journal is gone and stays gone", deletedIsGone},
	{"a journal is kept for its time after the last save", keptUntil},
	{"an expired journal is gone before the sweep and after it", expiredIsGone},
	{"a sweep of more than one batch removes all", sweepInBatches},
	{"a daily sweep runs at once and logs counts only", sweepDaily},
	{"a clock that jumps forward removes nothing", clockJumpsForward},
	{"a clock that jumps back closes nothing", clockJumpsBack},
	{"an edition is kept once", editions},
	{"what cannot be kept is refused", refusals},
	{"a restart keeps all", restart},
	{"many savers at once all get what they saved", concurrentSavers},
	{"one attempt sent many times at once is saved once", concurrentRepeats},
	{"a link that moved or changed opens nothing", tamperedLinks},
	{"a view-only link opens the reports and nothing else", sharedIsViewOnly},
	{"a view-only link changes nothing", viewersChangeNothing},
	{"a view-only link can be switched off", switchedOff},
	{"a view-only link closes after its last day", shareExpires},
	{"a view-only link that cannot be made is refused", shareRefusals},
	{"view-only links made at once are all listed", sharesAtOnce},
	{"a renewed link opens all, the old one nothing", renewed},
	{"a link renewed many times at once is renewed once", renewedAtOnce},
	{"a deleted journal leaves tombstones only", deletedWithAll},
	{"a link whose role or last day changed opens nothing", tamperedRoles},
	{"a note is put, put anew and put away", notes},
	{"notes go with their journal", notesGoWithTheirJournal},
	{"a note that moved or changed opens nothing", tamperedNotes},
	{"a report counts once, and a second one again", countsOnce},
	{"whoever did not agree is not counted", countsNobodyElse},
	{"what is refused is not counted", countsNoRefused},
	{"reports sent many times at once count once each", countsOnceAtOnce},
	{"a report and its counts are kept together or not at all", countsWithTheReport},
	{"tallies of long ago are summed by month", talliesAge},
	{"figures that were seen stay as they are", piecesStay},
	{"a password replaced or sessions ended, the key of sessions is another", operator},
	{"what people say is shown late and 10 at a time", feedbackComesInBatches},
	{"what people say leads to nobody", feedbackLeadsToNobody},
	{"what people say goes after 24 months", feedbackIsForgotten},
	{"feedback that cannot be kept is refused", feedbackRefusals},
	{"a failing statement is logged without its values", logsNoValues},
	{"a report that moved or changed opens nothing", tamperedReports},
	{"a stolen copy of a thousand results tells nothing", stolenCopyTellsNothing},
	{"what is deleted or renewed is nowhere on the disk", goneIsGone},
}

func TestContract(t *testing.T) {
	for _, e := range engines {
		for _, c := range contract {
			t.Run(e.name+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				c.run(t, newFixture(t, e.url(t)))
			})
		}
	}
}

// engines lists where the contract runs. Each makes an empty database.
var engines = []struct {
	name string
	url  func(testing.TB) string
}{
	{"sqlite", func(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "results.db") }},
	{"postgres", newPostgres},
}

// fixture is a store with a clock that the test moves, and a log that is searched
// for secrets at the end.
type fixture struct {
	*DB
	t       testing.TB
	ctx     context.Context
	options Options
	log     *lockedBuffer
	mu      sync.Mutex
	time    time.Time
	secrets []string
}

var testDay = time.Date(2026, 3, 14, 15, 9, 26, 535897000, time.UTC)

func newFixture(t testing.TB, url string) *fixture {
	t.Helper()
	f := &fixture{t: t, ctx: context.Background(), log: &lockedBuffer{}, time: testDay}
	f.options = Options{
		URL: url,
		Now: f.clock,
		Log: slog.New(slog.NewTextHandler(f.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	f.open()
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
		for _, secret := range f.secrets {
			if strings.Contains(f.log.String(), secret) {
				t.Errorf("the log shows %q:\n%s", secret, f.log)
			}
		}
	})
	return f
}

func (f *fixture) open() {
	f.t.Helper()
	db, err := Open(f.ctx, f.options)
	if err != nil {
		f.t.Fatalf("Open: %v", err)
	}
	f.DB = db
}

func (f *fixture) clock() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.time
}

func (f *fixture) pass(d time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.time = f.time.Add(d)
}

// report makes a report whose every part is a secret.
func (f *fixture) report(name string) Saved {
	s := Saved{
		Attempt: "ATTEMPT" + name,
		Edition: "sha256:0e5751c0",
		TakenAt: f.clock().UTC(),
		Payload: fmt.Appendf(nil, `{"answers":{"gut_flags":["blood_stool_%s"]},"note":"tummy pain, %s"}`, name, name),
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.secrets = append(f.secrets, s.Attempt, string(s.Payload), "blood_stool_"+name)
	return s
}

// newKey makes a key that must not reach the log.
func (f *fixture) newKey() string {
	key := NewKey()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.secrets = append(f.secrets, key)
	return key
}

func (f *fixture) save(key string, s Saved) {
	f.t.Helper()
	if err := f.Save(f.ctx, key, s); err != nil {
		f.t.Fatalf("Save(%s): %v", s.Attempt, err)
	}
}

// saved saves one report under a new key.
func (f *fixture) saved(name string) (key string, s Saved) {
	f.t.Helper()
	key, s = f.newKey(), f.report(name)
	f.save(key, s)
	return key, s
}

func (f *fixture) wantEntries(key string, want ...Saved) {
	f.t.Helper()
	got, err := f.Read(f.ctx, key)
	if err != nil {
		f.t.Fatalf("Read: %v", err)
	}
	if reflect.DeepEqual(want, got.Entries) {
		return // in a fraction of the time that the next takes for large reports
	}
	if diff := cmp.Diff(want, got.Entries); diff != "" {
		f.t.Fatalf("Read gave other entries (-want +got):\n%s", diff)
	}
}

func (f *fixture) wantRead(key string, want error) {
	f.t.Helper()
	if j, err := f.Read(f.ctx, key); !errors.Is(err, want) || len(j.Entries) > 0 {
		f.t.Fatalf("Read gave %d entries and %v, want %v", len(j.Entries), err, want)
	}
}

// exec changes the database behind the store's back.
func (f *fixture) exec(sql string, values ...any) {
	f.t.Helper()
	if err := f.writer.db.Exec(sql, values...).Error; err != nil {
		f.t.Fatal(err)
	}
}

func (f *fixture) count(table string) (n int64) {
	f.t.Helper()
	if err := f.read.Table(table).Count(&n).Error; err != nil {
		f.t.Fatal(err)
	}
	return n
}

func wantErr(t testing.TB, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
