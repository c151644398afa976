package web

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"gutskin/data"
)

// edited is the content with one text of one file replaced.
func edited(t *testing.T, file, old, new string) *data.Library {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(data.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(data.Files, name)
		files[name] = &fstest.MapFile{Data: body}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	text := string(files[file].Data)
	if !strings.Contains(text, old) {
		t.Fatalf("%s does not hold %q", file, old)
	}
	files[file].Data = []byte(strings.ReplaceAll(text, old, new))
	l, err := data.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// saveWith finishes a check with some content and returns its key.
func saveWith(t *testing.T, l *data.Library, st Store, said string) string {
	t.Helper()
	b := newServer(t, func(o *Options) { o.Library, o.Store = l, st }).browser()
	b.start()
	b.fill(saidIn(dashed(said)))
	return b.finish()
}

func TestOldReportReadsAsOnItsDay(t *testing.T) {
	st := openStore(t)
	key := saveWith(t, edited(t, "topics/start.yaml", "text: 35 to 64", "text: 36 to 63"), st, healthy)
	s := newServer(t, func(o *Options) { o.Store = st })
	for range 2 { // the second time from memory
		s.browser().journey([]step{{"GET /r/" + key + "/sums", "200 36 to 63 & no 35 to 64"}})
	}
}

func TestTodaysWarningsStandAboveAnOldReport(t *testing.T) {
	st := openStore(t)
	old := edited(t, "safety.yaml", "in: [blood_stool, weight_loss, swallow, anaemia_fever, night_gut]", "in: [blood_stool, weight_loss, swallow, anaemia_fever]")
	key := saveWith(t, old, st, strings.Replace(healthy, "gut_flags=none", "gut_flags=night_gut", 1))
	b := newServer(t, func(o *Options) { o.Store = st }).browser()
	b.journey([]step{{"GET /r/" + key, "200 word news.title"}})
	healthyKey := saveWith(t, old, st, strings.Replace(healthy, "gut_flags=none", "gut_flags=family_hx", 1))
	b.journey([]step{{"GET /r/" + healthyKey, "200 no word news.title"}})
}

func TestAWarningThatIsLouderTodayStandsAboveAnOldReport(t *testing.T) {
	st := openStore(t)
	old := edited(t, "safety.yaml", "id: S07\n    level: clinician", "id: S07\n    level: note")
	key := saveWith(t, old, st, strings.Replace(healthy, "gut_flags=none", "gut_flags=family_hx", 1))
	newServer(t, func(o *Options) { o.Store = st }).browser().journey([]step{{"GET /r/" + key, "200 word news.title"}})
}

func TestAdviceThatTodayIsHeldIsMarkedOnAnOldReport(t *testing.T) {
	st := openStore(t)
	old := edited(t, "safety.yaml", "hold: [R39, R41]\n    without: [fluid]", "hold: [R41]")
	said := strings.NewReplacer("medicines=none", "medicines=lithium_diuretic", "drinks=n:7", "drinks=n:2").Replace(healthy)
	key := saveWith(t, old, st, said)
	newServer(t, func(o *Options) { o.Store = st }).browser().journey([]step{
		{"GET /r/" + key, "200 word news.title & word news.held & word advice.held"},
		{"GET /r/" + key + "/advice/steady_sips", "200 word advice.held"},
	})
}

func TestDamagedResults(t *testing.T) {
	st := openStore(t)
	l, err := library()
	if err != nil {
		t.Fatal(err)
	}
	today := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	for name, saved := range map[string]Saved{
		"no report":              {Edition: l.Hash(), Payload: []byte("hello")},
		"another edition's":      {Edition: l.Hash(), Payload: []byte(`{"edition":"sha256:other"}`)},
		"an edition that is not": {Edition: "sha256:lost", Payload: []byte(`{"edition":"sha256:lost"}`)},
	} {
		t.Run(name, func(t *testing.T) {
			key := newKey()
			saved.Attempt, saved.TakenAt = aKey, today
			if err := st.Save(t.Context(), key, saved); err != nil {
				t.Fatal(err)
			}
			newServer(t, func(o *Options) { o.Store = st }).browser().journey([]step{
				{"GET /r/" + key, "500 word error.damaged.title"},
				{"GET /r/" + key + "/delete", "200 form /r/" + key + "/delete"},
				{"POST /r/" + key + "/delete", "200 word deleted.title"},
				{"GET /r/" + key, "410 word error.gone.title"},
			})
		})
	}
}

func TestStoredEditionMustBeWhatItsNameSays(t *testing.T) {
	st := openStore(t)
	l, _ := library()
	if err := st.KeepEdition(t.Context(), "sha256:other", l.Pack()); err != nil {
		t.Fatal(err)
	}
	if err := st.KeepEdition(t.Context(), "sha256:bytes", []byte("hello")); err != nil {
		t.Fatal(err)
	}
	for _, hash := range []string{"sha256:other", "sha256:bytes"} {
		key := newKey()
		saved := Saved{Attempt: aKey, Edition: hash, TakenAt: time.Now(), Payload: []byte(`{"edition":"` + hash + `"}`)}
		if err := st.Save(t.Context(), key, saved); err != nil {
			t.Fatal(err)
		}
		newServer(t, func(o *Options) { o.Store = st }).browser().journey([]step{{"GET /r/" + key, "500 word error.damaged.title"}})
	}
}

func TestPrivateLink(t *testing.T) {
	for base, want := range map[string]string{"": "http://localhost/r/", "https://check.example.org/": "https://check.example.org/r/"} {
		b := newServer(t, func(o *Options) { o.BaseURL = base }).browser()
		b.start()
		b.fill(saidIn(dashed(healthy)))
		key := b.finish()
		if b.get("/r/" + key + "/save"); !b.shows(want + key) {
			t.Errorf("with the base %q the page of the link does not show %s…", base, want)
		}
	}
}

// slow is a store that takes longer than a visitor waits.
type slow struct{ Store }

func (s slow) Save(ctx context.Context, _ string, _ Saved) error {
	ctx, cancel := context.WithTimeout(ctx, time.Millisecond)
	defer cancel()
	<-ctx.Done()
	return ctx.Err()
}

// full is a store whose disk has no room left.
type full struct{ Store }

func (full) Save(context.Context, string, Saved) error { return ErrFull }

func TestStoreThatCannotSave(t *testing.T) {
	for _, st := range []Store{slow{openStore(t)}, full{openStore(t)}} {
		b := newServer(t, func(o *Options) { o.Store = st }).browser()
		b.start()
		b.fill(saidIn(dashed(healthy)))
		b.journey([]step{{"POST /quiz/finish", "503 word error.busy.title"}, {"GET /quiz/answers", "200 form /quiz/finish"}})
		b.journey([]step{{"POST /quiz/finish", "503 word error.safe"}})
	}
}

func TestViewOnlyLinkDeletesNothing(t *testing.T) {
	st := openStore(t)
	b := newServer(t, func(o *Options) { o.Store = st }).browser()
	b.start()
	b.fill(saidIn(dashed(healthy)))
	key := b.finish()
	view, err := st.Share(t.Context(), key, Share{Label: "my dietitian"})
	if err != nil {
		t.Fatal(err)
	}
	b.journey([]step{
		{"GET /r/" + view, "200"},
		{"POST /r/" + view + "/delete", "403 word error.read_only.title"},
		{"GET /r/" + key, "200"},
	})
	if err := st.Unshare(t.Context(), key, view); err != nil {
		t.Fatal(err)
	}
	b.journey([]step{{"GET /r/" + view, "410 word error.gone.title"}, {"GET /r/" + key, "200"}})
}
