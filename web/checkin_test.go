package web

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"gutskin/recommend"
)

// asking is the form of a check-in with answers to some of its questions.
func asking(said string) string {
	form := url.Values{}
	for _, part := range strings.Fields(said) {
		id, values, _ := strings.Cut(part, "=")
		if n, ok := strings.CutPrefix(values, "n:"); ok {
			form.Set(id+".n", n)
			continue
		}
		form[id] = strings.Split(values, ",")
	}
	return form.Encode()
}

// withPlan is somebody with a plan of these ideas.
func withPlan(t testing.TB, s *server, said string, ideas ...string) (b *browser, key string) {
	t.Helper()
	b, key, shown := finishedWith(t, s, said)
	b.get("/r/" + key + "/plan")
	if b.post("/r/"+key+"/plan", planFields("2026-06-01", ideas...).Encode()); b.page.status != 303 {
		t.Fatalf("a plan with %v of %v: got %d", ideas, shown, b.page.status)
	}
	return b, key
}

func TestCheckIn(t *testing.T) {
	s := newServer(t)
	b, key := withPlan(t, s, eager(), "R39")
	at := "/r/" + key + "/check-in"
	b.journey([]step{
		{"GET " + at + "/result", "303 " + at},
		{"GET " + at, "200 form " + at + " & name=\"drinks.n\" & no checked & no value=\"3\" & no name=\"plants\" & noindex"},
		{"POST " + at, "422 form " + at + " & id=\"problem\""},
		{"POST " + at + " " + asking("drinks=n:99"), "422 value=\"99\""},
		{"POST " + at + " " + asking("drinks=n:6 plants=p30"), "303 " + at + "/result"},
		{"follow", "200 Then: 3 & Now: 6 & Then is your check of 1 June 2026. & answer has moved up & no word news.title"},
		{"GET /r/" + key + "/plan", "200 See how you looked back on 1 June 2026"},
	})
	note := kept(t, s, key)
	if len(note.CheckIns) != 1 || len(note.CheckIns[0].Answers) != 1 || note.CheckIns[0].Day != "2026-06-01" {
		t.Errorf("%+v is kept, want one answer of today", note.CheckIns)
	}
	if got := newest(t, s, key).Answers["drinks"].Values()[0]; got != "3" {
		t.Errorf("the report says %s glasses now, want what it said", got)
	}
	b.journey([]step{
		{"GET " + at, "200 no value=\"6\""},
		{"POST " + at + " " + asking("drinks=n:3"), "303 " + at + "/result"},
		{"follow", "200 word checkin.same & word checkin.kind"},
		{"GET " + at, "200 "},
		{"POST " + at + " " + asking("drinks=n:1"), "303 " + at + "/result"},
		{"follow", "200 Then: 3 & Now: 1 & It does not undo what you did."},
		{"GET " + at, "200 "},
		{"POST " + at + " drinks=skip", "303 " + at + "/result"},
		{"follow", "200 Then: 3 & word answers.none & word checkin.changed"},
	})
	// After a retake there is nothing to compare yet.
	retake(t, s, key, eager())
	b.journey([]step{{"GET " + at + "/result", "303 " + at}})
}

func TestCheckInWithoutAPlan(t *testing.T) {
	s := newServer(t)
	b, key, _ := finishedWith(t, s, eager())
	at := "/r/" + key + "/check-in"
	b.journey([]step{
		{"GET " + at, "303 /r/" + key + "/plan"},
		{"GET " + at + "/result", "303 /r/" + key + "/plan"},
		{"POST " + at + " " + asking("drinks=n:6"), "303 /r/" + key + "/plan"},
	})
}

// Whoever tells of an emergency is shown help at once, even beside a question that is
// still open, and no difference; again, when they say it again.
func TestCheckInThatTellsOfAnEmergency(t *testing.T) {
	s := newServer(t)
	b, key := withPlan(t, s, strings.Replace(eager(), "stress_cope=just", "stress_cope=overwhelmed", 1), "R32", "R39")
	at := "/r/" + key + "/check-in"
	b.journey([]step{
		{"GET " + at, "200 name=\"stress_cope\" & name=\"drinks.n\" & no word page.crisis"},
		{"POST " + at + " " + asking("drinks=n:6"), "422 no class=\"care emergency\""},
		{"POST " + at + " " + asking("stress_cope=unsafe"), "303 " + at + "/result"},
		{"follow", "200 class=\"care emergency\" & word page.crisis & no word checkin.points & no Then: & no out of"},
		{"GET " + at, "200 "},
		{"POST " + at + " " + asking("stress_cope=unsafe drinks=n:6"), "303 " + at + "/result"},
		{"follow", "200 class=\"care emergency\" & word page.crisis & no Then:"},
		{"GET " + at, "200 "},
		{"POST " + at + " " + asking("stress_cope=well drinks=n:6"), "303 " + at + "/result"},
		{"follow", "200 Then: & no class=\"care emergency\" & no word page.crisis"},
	})
}

// The page with help does not wait for the store.
func TestHelpIsShownThoughNothingCanBeKept(t *testing.T) {
	full := &fullStore{Store: openStore(t)}
	s := newServer(t, func(o *Options) { o.Store = full })
	b, key := withPlan(t, s, strings.Replace(eager(), "stress_cope=just", "stress_cope=overwhelmed", 1), "R32", "R39")
	at := "/r/" + key + "/check-in"
	b.get(at)
	full.full = true
	b.journey([]step{
		{"POST " + at + " " + asking("stress_cope=unsafe"), "200 class=\"care emergency\" & word page.crisis"},
		{"GET " + at, "200 "},
		{"POST " + at + " " + asking("stress_cope=well drinks=n:6"), "503 word error.busy.title"},
	})
	if log := s.log.String(); strings.Contains(log, "unsafe") || strings.Contains(log, key) {
		t.Error("the log tells what somebody said")
	}
}

// fullStore is a store that can run out of room.
type fullStore struct {
	Store
	full bool
}

func (f *fullStore) Put(ctx context.Context, key, kind string, payload []byte) error {
	if f.full {
		return ErrFull
	}
	return f.Store.Put(ctx, key, kind, payload)
}

// A year of check-ins stays within what a note holds; the oldest goes.
func TestCheckInsAreBounded(t *testing.T) {
	s := newServer(t)
	b, key := withPlan(t, s, eager(), "R39")
	at := "/r/" + key + "/check-in"
	for range checkInsMost + 3 {
		b.get(at)
		b.post(at, asking("drinks=n:6"))
		s.now = s.now.AddDate(0, 0, 1)
	}
	note := kept(t, s, key)
	if len(note.CheckIns) != checkInsMost || note.CheckIns[0].Day != "2026-06-04" {
		t.Errorf("%d check-ins are kept from %s", len(note.CheckIns), note.CheckIns[0].Day)
	}
	for i := range note.Actions {
		note.Actions[i].IfThen = strings.Repeat("<", recommend.PlanText)
	}
	body, err := json.Marshal(note)
	if err != nil || len(body) > MaxNote/4 {
		t.Errorf("%d bytes, %v; want far less than %d", len(body), err, MaxNote)
	}
}
