package web

import (
	"strings"
	"testing"
)

// saved finishes a check and returns its browser, still on the results, and the key.
func saved(t *testing.T, said string) (*browser, string) {
	t.Helper()
	b := newServer(t).browser()
	b.start()
	b.fill(saidIn(dashed(said)))
	return b, b.finish()
}

// struggling is healthy but for sleep and food.
var struggling = strings.NewReplacer("sleep_hours=n:7,5", "sleep_hours=n:5", "plants=p30", "plants=p0_9", "fruitveg=fv5", "fruitveg=fv2").Replace(healthy)

func TestSumsPage(t *testing.T) {
	b, key := saved(t, worried+" "+tired)
	b.journey([]step{
		{"GET /r/" + key, "200 /r/" + key + "/sums & no <table"},
		{"GET /r/" + key + "/sums", "200 <table & word results.answers"},
		{"GET /r/" + strings.Repeat("A", 26) + "/sums", "404 word error.not_found.title"},
	})
}

func TestWhatIfJourney(t *testing.T) {
	b, key := saved(t, struggling)
	at := "/r/" + key + "/what-if"
	b.journey([]step{
		{"GET /r/" + key, "200 " + at + " & word whatif.title"},
		{"GET " + at, "200 form " + at + " & word whatif.nothing & name=\"sleep_hours.n\" value=\"5\""},
		{"POST " + at + " asked=sleep_hours&sleep_hours.n=8", "200 word whatif.result & value=\"8\" & Today: 5 & Tried: 8"},
		{"POST " + at + " asked=sleep_hours&sleep_hours.n=5", "200 word whatif.nothing & no word whatif.result"},
		{"POST " + at + " asked=&without=sleep_hours", "200 value=\"sleep_hours\" checked & word whatif.nothing"},
		{"POST " + at + " asked=&without=age&without=elephants", "200 no fixed-age & no elephants"},
		{"POST " + at + " asked=sleep_hours&sleep_hours.n=lots", "422 value=\"lots\" & word fault.not_a_number & word error.summary"},
		{"POST " + at + " asked=sleep_hours&sleep_hours.n=", "422 word error.summary"},
		{"POST " + at + " asked=sleep_hours&sleep_hours=elephants&sleep_hours.n=", "422 word error.summary"},
		{"POST " + at + " asked=plants&plants=p0_9&plants=p30", "422 word fault.too_many"},
		{"POST " + at + " asked=skin&skin=none&asked=age&age=u18", "200 word whatif.nothing"},
		{"POST " + at + " asked=stress_cope&stress_cope=unsafe", "200 word page.crisis & word score.withheld"},
		{"GET " + at, "200 no word page.crisis & value=\"5\""},
	})
}

// Nothing that was tried is kept, and no answer that was tried is logged.
func TestWhatIfKeepsNothing(t *testing.T) {
	b, key := saved(t, struggling)
	before, err := b.app.store.Read(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	b.app.log.Reset()
	b.get("/r/" + key + "/what-if")
	p := b.post("/r/"+key+"/what-if", "asked=sleep_hours&sleep_hours.n=9.75")
	if p.status != 200 || len(p.cookies) > 0 || p.header.Get("Cache-Control") != "no-store" || p.header.Get("X-Robots-Tag") != "noindex" {
		t.Errorf("got %d, %d cookies, %v", p.status, len(p.cookies), p.header)
	}
	after, err := b.app.store.Read(t.Context(), key)
	if err != nil || len(after.Entries) != 1 || string(after.Entries[0].Payload) != string(before.Entries[0].Payload) {
		t.Errorf("the report is not what it was: %v", err)
	}
	for _, secret := range []string{key, "9.75", "sleep_hours"} {
		if strings.Contains(b.app.log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

func TestViewOnlyLinkMayTry(t *testing.T) {
	b, key := saved(t, struggling)
	view, err := b.app.store.Share(t.Context(), key, Share{Label: "my dietitian"})
	if err != nil {
		t.Fatal(err)
	}
	b.journey([]step{
		{"GET /r/" + view + "/sums", "200 <table"},
		{"GET /r/" + view + "/what-if", "200 form /r/" + view + "/what-if"},
		{"POST /r/" + view + "/what-if asked=sleep_hours&sleep_hours.n=8", "200 word whatif.result"},
	})
	if err := b.app.store.Delete(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	b.journey([]step{{"POST /r/" + view + "/what-if asked=sleep_hours&sleep_hours.n=8", "410 word error.gone.title"}})
}

// Where numbers are withheld, both ways in lead back to the results.
func TestWhatIfIsNotOfferedWhereNumbersAreWithheld(t *testing.T) {
	b := newServer(t).browser()
	b.start()
	b.fill(saidIn(dashed(unsafe)))
	b.post("/quiz/get-help", "ok=1")
	b.follow()
	b.fill(nil)
	key := b.finish()
	b.journey([]step{
		{"GET /r/" + key, "200 no what-if"},
		{"GET /r/" + key + "/what-if", "303 /r/" + key},
		{"POST /r/" + key + "/what-if asked=plants&plants=p30", "303 /r/" + key},
		{"GET /r/" + key + "/sums", "200 word score.withheld & no <table"},
	})
}

// An answer that a safety notice rests on is not tried away: it comes back with words
// of its own, and with everything else that was sent.
func TestWhatIfRefusesWhatANoticeRestsOn(t *testing.T) {
	l := edited(t, "safety.yaml", "when: {question: medicines, in: [antibiotic]}", "when: {any: [{question: medicines, in: [antibiotic]}, {question: evening, in: [snore_gasp]}]}")
	b := newServer(t, func(o *Options) { o.Library = l }).browser()
	b.start()
	b.fill(saidIn(dashed(strings.Replace(struggling, "evening=none", "evening=snore_gasp", 1))))
	at := "/r/" + b.finish() + "/what-if"
	b.journey([]step{
		{"POST " + at + " asked=evening&evening=none&asked=drinks&drinks.n=7", "422 A safety notice rests on these answers & word error.summary"},
		{"POST " + at + " asked=drinks&drinks.n=7&asked=evening&evening=snore_gasp", "200 no word error.summary"},
	})
}

// An old report is tried under today's check, and the page says so. Its results keep
// what they said, with a note.
func TestWhatIfOfAnOldReport(t *testing.T) {
	st := openStore(t)
	old := edited(t, "topics/sleep.yaml", "{from: 5, points: 1}", "{from: 5, points: 2}")
	key := saveWith(t, old, st, struggling)
	b := newServer(t, func(o *Options) { o.Store = st }).browser()
	b.journey([]step{
		{"GET /r/" + key, "200 word since.title & Hours of sleep & word whatif.updated & no word news.title"},
		{"GET /r/" + key + "/what-if", "200 word whatif.updated"},
		{"POST /r/" + key + "/what-if asked=sleep_hours&sleep_hours.n=8", "200 word whatif.result & word whatif.updated"},
		{"GET /r/" + key + "/sums", "200 2 of 4"},
	})
	today, _ := library()
	same := saveWith(t, today, st, struggling)
	b.journey([]step{{"GET /r/" + same, "200 no word since.title & no word whatif.updated"}})
}

func TestWhatIfRefusesHostileForms(t *testing.T) {
	b, key := saved(t, struggling)
	at := "/r/" + key + "/what-if"
	b.journey([]step{
		{"POST " + at + " " + strings.Repeat("asked=plants&", 250), "400 word error.bad_request.title"},
		{"POST " + at + " asked=plants&plants=%00%ff", "400 word error.bad_request.title"},
		{"POST /r/" + strings.Repeat("A", 26) + "/what-if asked=plants", "404 word error.not_found.title"},
		{"GET /r/short/what-if", "404 word error.not_found.title"},
	})
	r := b.request("POST", at, "asked=plants&plants=p30")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if p := b.do(r); p.status != 403 {
		t.Errorf("a form of another site: got %d, want 403", p.status)
	}
	if p := b.do(b.request("POST", at, "%zz")); p.status != 400 {
		t.Errorf("a form that cannot be read: got %d, want 400", p.status)
	}
}
