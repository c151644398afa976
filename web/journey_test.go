package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"gutskin/recommend"
)

// Three people and what they say.
const (
	healthy = "age=a35_64 urgent=none gut_flags=none conditions=none medicines=none pregnancy=no eating_pattern=none food_feelings=fine " +
		"plants=p30 fruitveg=fv5 wholegrain=twice_daily fermented=daily prebiotic=d5_7 upf=rarely sugar=rarely " +
		"stress_freq=little stress_cope=well unwind=d5_7 sleep_hours=n:7,5 sleep_trouble=n0 rested=often evening=none " +
		"drinks=n:7 thirst_signs=rarely alcohol=none gut_feel=never stool=ok skin=none extras=active"
	worried = "age=a18_34 urgent=none gut_flags=none conditions=none medicines=none pregnancy=no eating_pattern=vegan food_feelings=ed"
	tired   = "stress_freq=most stress_cope=just unwind=d1_2 sleep_hours=n:5 sleep_trouble=n3_4 rested=rarely evening=irregular,screens_bed " +
		"drinks=n:4 thirst_signs=sometimes alcohol=low gut_feel=weekly stool=ok skin=acne skin_detail=moderate extras=none"
	unsafe = "age=a18_34 urgent=none gut_flags=none conditions=none medicines=none pregnancy=no eating_pattern=none food_feelings=fine " +
		"plants=p10_19 fruitveg=fv2 wholegrain=daily fermented=never prebiotic=d0 upf=daily sugar=daily stress_freq=all stress_cope=unsafe"
)

// dashed turns question ids into those of addresses.
func dashed(said string) string {
	parts := strings.Fields(said)
	for i, p := range parts {
		id, rest, _ := strings.Cut(p, "=")
		parts[i] = slug(id) + "=" + strings.ReplaceAll(rest, "n:7,5", "n:7.5")
	}
	return strings.Join(parts, " ")
}

func TestJourneys(t *testing.T) {
	begin := []step{
		{"GET /", "200 no form /quiz/consent"},
		{"GET /quiz", "303 /quiz/consent"},
		{"follow", "200 form /quiz/consent"},
		{"POST /quiz/consent agree=1", "303 /quiz?started=1"},
		{"follow", "303 /quiz/age"},
		{"follow", "200 form /quiz/age"},
	}
	urgent := append(begin,
		step{"POST /quiz/age a=a18_34", "303 /quiz/urgent"},
		step{"follow", "200 form /quiz/urgent"},
	)
	cases := map[string][]step{
		"healthy": append(begin,
			step{"fill " + dashed(healthy), "200 form /quiz/finish"},
			step{"POST /quiz/finish", "303 /r/{key}"},
			step{"follow", "200 /r/{key}/delete & word notice.saved"},
			step{"GET /r/{key}", "200 /r/{key}/delete & no word notice.saved"},
			step{"GET /quiz", "303 /quiz/consent"},
			step{"GET /mine", "200 /r/{key} & form /mine/forget"},
		),
		"food is a sore spot": append(begin,
			step{"POST /quiz/age skip=section", "422 form /quiz/age"},
			step{"fill " + dashed(worried) + " plants=p0_9", "200 form /quiz/finish"},
			step{"GET /quiz/plants?return=1", "200 form /quiz/plants & name=\"skip\""},
			step{"POST /quiz/restart", "303 /quiz/consent"},
		),
		"an emergency that was a slip": append(urgent,
			step{"POST /quiz/urgent a=swelling_breath", "303 /quiz/get-help"},
			step{"follow", "200 form /quiz/get-help & href=\"/quiz/urgent\""},
			step{"GET /quiz", "303 /quiz/get-help"},
			step{"GET /quiz/age", "303 /quiz/get-help"},
			step{"GET /quiz/gut-flags", "303 /quiz/get-help"},
			step{"GET /quiz/answers", "303 /quiz/get-help"},
			step{"GET /help", "200 "},
			step{"GET /quiz/urgent", "200 form /quiz/urgent & checked"},
			step{"POST /quiz/urgent a=none", "303 /quiz/gut-flags"},
			step{"GET /quiz/get-help", "303 /quiz/gut-flags"},
		),
		"an emergency that comes back": append(urgent,
			step{"POST /quiz/urgent a=swelling_breath", "303 /quiz/get-help"},
			step{"follow", "200 form /quiz/get-help"},
			step{"POST /quiz/get-help", "303 /quiz/get-help"},
			step{"follow", "200 form /quiz/get-help"},
			step{"POST /quiz/get-help ok=1", "303 /quiz/gut-flags"},
			step{"GET /quiz/urgent", "200 form /quiz/urgent"},
			step{"POST /quiz/urgent a=none", "303 /quiz/gut-flags"},
			step{"GET /quiz/urgent", "200 form /quiz/urgent"},
			step{"POST /quiz/urgent a=swelling_breath", "303 /quiz/get-help"},
		),
		"under 18": append(begin,
			step{"POST /quiz/age a=u18", "303 /quiz/urgent"},
			step{"follow", "200 form /quiz/urgent"},
			step{"POST /quiz/urgent a=none", "303 /quiz/under-18"},
			step{"follow", "200 no form /quiz/finish"},
			step{"GET /quiz/gut-flags", "303 /quiz/under-18"},
			step{"GET /quiz/answers", "303 /quiz/under-18"},
			step{"POST /quiz/finish", "303 /quiz"},
			step{"GET /quiz/age", "200 form /quiz/age"},
			step{"POST /quiz/age a=a65", "303 /quiz/gut-flags"},
			step{"GET /quiz/under-18", "303 /quiz/gut-flags"},
		),
		"no way round consent": {
			{"GET /quiz/age", "303 /quiz/consent"},
			{"POST /quiz/age a=a65", "409 word error.lost_draft.title"},
			{"POST /quiz/finish", "409 word error.lost_draft.title"},
			{"POST /quiz/get-help ok=1", "409 word error.lost_draft.title"},
			{"GET /quiz/answers", "303 /quiz/consent"},
			{"GET /quiz/get-help", "303 /quiz/consent"},
			{"GET /quiz/consent", "200 form /quiz/consent & no checked"},
			{"POST /quiz/consent count=1", "422 form /quiz/consent & word consent.error"},
			{"GET /quiz", "303 /quiz/consent"},
			{"GET /quiz?started=1", "400 word error.cookies.title"},
		},
		"jumping ahead": append(urgent,
			step{"GET /quiz/stool", "303 /quiz/urgent"},
			step{"GET /quiz/skin-detail", "303 /quiz/urgent"},
			step{"GET /quiz/answers", "200 href=\"/quiz/gut-flags"},
			step{"GET /quiz/nothing", "404 word error.not_found.title"},
			step{"POST /quiz/nothing a=b", "404 word error.not_found.title"},
			step{"GET /quiz/urgent", "200 form /quiz/urgent"},
			step{"POST /quiz/skin-detail a=severe", "303 /quiz"},
		),
		"back and edit": append(urgent,
			step{"POST /quiz/urgent a=none", "303 /quiz/gut-flags"},
			step{"GET /quiz/age", "200 form /quiz/age & value=\"a18_34\" checked"},
			step{"GET /quiz/age", "200 value=\"a18_34\" checked"},
			step{"POST /quiz/age a=a65", "303 /quiz/gut-flags"},
			step{"GET /quiz/age", "200 value=\"a65\" checked"},
		),
		"resuming and starting again": append(urgent,
			step{"GET /quiz", "200 form /quiz/restart"},
			step{"POST /quiz/restart", "303 /quiz/consent"},
			step{"follow", "200 form /quiz/consent & no checked"},
			step{"GET /quiz/urgent", "303 /quiz/consent"},
		),
		"agreeing again keeps the answers": append(urgent,
			step{"GET /quiz/consent", "200 form /quiz/consent & checked"},
			step{"POST /quiz/consent agree=1&count=1", "303 /quiz?started=1"},
			step{"follow", "200 form /quiz/restart"},
		),
		"answers that cannot be read": append(begin,
			step{"POST /quiz/age", "422 word error.prefix & form /quiz/age"},
			step{"POST /quiz/age a=a999", "422 form /quiz/age"},
			step{"POST /quiz/age a=a65&a=a18_34", "422 form /quiz/age"},
			step{"POST /quiz/age n=7", "422 form /quiz/age"},
			step{"POST /quiz/age a=pns", "303 /quiz/urgent"},
			step{"GET /quiz/urgent", "200 form /quiz/urgent"},
			step{"POST /quiz/urgent a=none&a=self_harm", "422 value=\"self_harm\" checked"},
			step{"POST /quiz/urgent a=none&a=skip", "422 form /quiz/urgent"},
			step{"POST /quiz/urgent a=skip", "303 /quiz/gut-flags"},
			step{"GET /quiz/age", "200 value=\"pns\" checked"},
		),
		"links that open nothing": {
			{"GET /r/" + strings.Repeat("A", 26), "404 word error.not_found.title"},
			{"GET /r/short", "404 word error.not_found.title"},
			{"GET /r/" + strings.Repeat("a", 26), "404 word error.not_found.title"},
			{"GET /r/" + strings.Repeat("A", 27) + "/delete", "404 word error.not_found.title"},
			{"POST /r/" + strings.Repeat("A", 26) + "/delete", "404 word error.not_found.title"},
			{"GET /r/%00%2e%2e%2f", "404 word error.not_found.title"},
			{"GET /r/" + strings.Repeat("A", 2000), "404 word error.not_found.title"},
		},
		"a pasted link": {
			{"GET /mine", "200 form /mine & no form /mine/forget"},
			{"POST /mine link=hello", "422 form /mine & value=\"hello\" & word mine.error"},
			{"POST /mine", "422 form /mine"},
			{"POST /mine link=+https%3A%2F%2Fcheck.example%2Fr%2FABCDEFGHIJKLMNOPQRSTUVWX23%3Fa%3Db+", "303 /r/ABCDEFGHIJKLMNOPQRSTUVWX23"},
			{"POST /mine link=abcdefghijklmnopqrstuvwx23", "303 /r/ABCDEFGHIJKLMNOPQRSTUVWX23"},
		},
		"other methods": {
			{"DELETE /quiz/age", "405 "},
			{"POST /", "405 "},
			{"GET /quiz/finish", "404 "},
			{"GET /mine/forget", "405 "},
			{"BREW /", "405 "},
			{"GET /nowhere", "404 word error.not_found.title"},
			{"HEAD /quiz", "303 /quiz/consent"},
		},
	}
	for name, steps := range cases {
		t.Run(name, func(t *testing.T) { newServer(t).browser().journey(steps) })
	}
}

// report reads back what was saved.
func report(t *testing.T, s *server, key string) (r recommend.Report) {
	t.Helper()
	j, err := s.store.Read(t.Context(), key)
	if err != nil || len(j.Entries) != 1 {
		t.Fatalf("read %s: %d entries, %v; want 1", key, len(j.Entries), err)
	}
	if err := json.Unmarshal(j.Entries[0].Payload, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestResultsHoldWhatWasSaid(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(healthy)))
	r := report(t, s, b.finish())
	if r.Edition == "" || !r.TakenAt.Equal(s.now) {
		t.Errorf("edition %q, taken at %s; want today's, %s", r.Edition, r.TakenAt, s.now)
	}
	if got := r.Answers["sleep_hours"].Values(); len(got) != 1 || got[0] != "7.5" {
		t.Errorf("hours of sleep: got %q, want 7.5", got)
	}
	if len(r.Scores) != 5 || r.Scores[0].Figures == nil || r.Scores[0].Value != 100 {
		t.Errorf("the score for eating: got %+v, want 100", r.Scores)
	}
}

func TestFoodQuestionsCanBeSkippedAtOnce(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	said := saidIn(dashed(worried + " " + tired))
	said["plants"] = "skip=section"
	b.fill(said)
	r := report(t, s, b.finish())
	for _, id := range []string{"plants", "fruitveg", "sugar"} {
		if a, ok := r.Answers[id]; !ok || !a.IsSkip() {
			t.Errorf("%s: got %v, want a skip", id, a)
		}
	}
	for _, score := range r.Scores {
		if score.Pillar == "diet" && score.Figures != nil {
			t.Error("the score for eating is shown")
		}
	}
}

func TestCrisisInTheMiddle(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(unsafe)))
	b.journey([]step{
		{"GET /quiz/get-help", "200 form /quiz/get-help & href=\"/quiz/stress-cope\" & word crisis.link"},
		{"GET /quiz/unwind", "303 /quiz/get-help"},
		{"GET /privacy", "200 word crisis.link"},
		{"GET /mine", "200 word crisis.link"},
		{"GET /quiz/get-help", "200 form /quiz/get-help"},
		{"POST /quiz/get-help ok=1", "303 /quiz/unwind"},
		{"follow", "200 form /quiz/unwind & word crisis.link"},
	})
	b.fill(saidIn(dashed(tired)))
	key := b.finish()
	if !b.shows("word crisis.link") {
		t.Error("the line with help is missing on the results")
	}
	r := report(t, s, key)
	for _, score := range r.Scores {
		if score.Figures != nil {
			t.Errorf("%s has a number", score.Pillar)
		}
	}
	if strings.Contains(b.page.text(), "out of 100") {
		t.Error("the results show a number")
	}
	b.journey([]step{{"GET /", "200 no word crisis.link"}})
}

func TestChangeFromCheckAnswers(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(healthy)))
	b.journey([]step{
		{"GET /quiz/skin?return=1", "200 form /quiz/skin & name=\"return\" & href=\"/quiz/answers\""},
		{"POST /quiz/skin a=acne", "303 /quiz/skin-detail?return=1"},
		{"follow", "200 form /quiz/skin-detail & name=\"return\""},
		{"POST /quiz/skin-detail a=severe&a=joints", "422 form /quiz/skin-detail"},
		{"POST /quiz/skin-detail a=severe", "303 /quiz/answers"},
		{"follow", "200 form /quiz/finish & /quiz/skin-detail?return=1"},
		{"GET /quiz/skin?return=1", "200 form /quiz/skin"},
		{"POST /quiz/skin a=dryness", "303 /quiz/answers"},
		{"follow", "200 form /quiz/finish & no /quiz/skin-detail"},
		{"GET /quiz/stress-cope?return=1", "200 form /quiz/stress-cope"},
		{"POST /quiz/stress-cope a=unsafe", "303 /quiz/get-help"},
		{"GET /quiz/stress-cope?return=1", "200 form /quiz/stress-cope"},
		{"POST /quiz/stress-cope a=well", "303 /quiz/answers"},
		{"follow", "200 form /quiz/finish"},
	})
	r := report(t, s, b.finish())
	if _, ok := r.Answers["skin_detail"]; ok {
		t.Error("the answer to a question off the path was kept")
	}
}

func TestOpenQuestionSendsFinishBack(t *testing.T) {
	b := newServer(t).browser()
	b.start()
	b.fill(saidIn(dashed(healthy)))
	waiting := b.tab()
	waiting.get("/quiz/answers")
	b.journey([]step{
		{"GET /quiz/skin", "200 form /quiz/skin"},
		{"POST /quiz/skin a=eczema", "303 /quiz/skin-detail"},
	})
	waiting.journey([]step{{"POST /quiz/finish", "303 /quiz/skin-detail"}})
}

func TestTwoTabs(t *testing.T) {
	s := newServer(t)
	one := s.browser()
	one.start()
	two := one.tab()
	two.get("/quiz/age")
	one.journey([]step{{"POST /quiz/age a=a65", "303 /quiz/urgent"}, {"follow", "200 form /quiz/urgent"}})
	two.journey([]step{{"POST /quiz/age a=a18_34", "303 /quiz/urgent"}})
	one.journey([]step{{"POST /quiz/urgent a=none", "303 /quiz/gut-flags"}, {"GET /quiz/age", "200 value=\"a18_34\" checked"}})

	one.get("/quiz/gut-flags")
	one.fill(saidIn(dashed(healthy)))
	two.get("/quiz/answers")
	stale := one.tab()
	stale.get("/quiz/skin")
	key := one.finish()
	two.journey([]step{
		{"POST /quiz/finish", "303 /r/" + key},
		{"follow", "200 word notice.finished_elsewhere"},
		{"GET /r/" + key, "200 no word notice.finished_elsewhere"},
	})
	stale.journey([]step{{"POST /quiz/skin a=acne", "303 /r/" + key}})

	// A form of the finished quiz does not touch the next one.
	old := one.tab()
	old.page = stale.page
	one.start()
	forged := one.tab()
	forged.get("/quiz/age")
	forged.journey([]step{
		{"POST /quiz/age a=a65&attempt=" + strings.Repeat("B", 26), "303 /quiz"},
		{"follow", "303 /quiz/age"},
		{"follow", "200 word notice.other_check & no checked"},
	})
}

func TestSendingTwiceGivesOneReport(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(healthy)))
	form := b.form("/quiz/finish", "")
	var requests []*http.Request
	for range 8 {
		requests = append(requests, b.request(http.MethodPost, "/quiz/finish", form))
	}
	locations := make([]string, len(requests))
	var wait sync.WaitGroup
	for i, r := range requests {
		wait.Go(func() {
			if response, err := s.Test(r, -1); err == nil {
				locations[i] = response.Header.Get("Location")
			}
		})
	}
	wait.Wait()
	for _, l := range locations {
		if l == "" || l != locations[0] {
			t.Fatalf("got to %q, want one address", locations)
		}
	}
	s.now = s.now.Add(time.Hour)
	report(t, s, b.finish())
}

func TestDeleteAndForget(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(healthy)))
	key := b.finish()
	stranger := s.browser()
	stranger.get("/r/" + key)
	if stranger.page.status != http.StatusOK || len(stranger.page.cookies) > 0 {
		t.Errorf("another device with the link: got %d and %d cookies, want 200 and none", stranger.page.status, len(stranger.page.cookies))
	}
	b.journey([]step{
		{"GET /mine", "200 form /mine/forget"},
		{"POST /mine/forget key=" + key, "303 /mine"},
		{"follow", "200 no form /mine/forget & word notice.forgotten"},
		{"GET /r/" + key, "200 /r/" + key + "/delete"},
		{"GET /r/" + key + "/delete", "200 form /r/" + key + "/delete"},
		{"HEAD /r/" + key + "/delete", "200 "},
		{"GET /r/" + key, "200 "},
		{"GET /r/" + key + "/delete", "200 form /r/" + key + "/delete"},
		{"POST /r/" + key + "/delete", "200 word deleted.title"},
		{"POST /r/" + key + "/delete", "200 word deleted.title"},
		{"GET /r/" + key, "410 word error.gone.title"},
		{"GET /r/" + key + "/delete", "410 word error.gone.title"},
	})
}

func TestDeletedMeanwhile(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(healthy)))
	old, form := b.request(http.MethodPost, "/quiz/finish", ""), b.form("/quiz/finish", "")
	cookie := old.Header.Get("Cookie")
	key := b.finish()
	b.journey([]step{
		{"GET /r/" + key + "/delete", "200 "},
		{"POST /r/" + key + "/delete", "200 word deleted.title"},
	})
	again := s.browser()
	again.send.Set("Cookie", cookie)
	again.do(again.request(http.MethodPost, "/quiz/finish", form))
	if again.page.status != http.StatusGone {
		t.Errorf("finishing a deleted check again: got %d, want 410", again.page.status)
	}
}
