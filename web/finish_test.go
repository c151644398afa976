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
		{"GET /quiz/get-help", "200 form /quiz/get-help & href=\"/quiz/stress-cope\" & word page.crisis"},
		{"GET /quiz/unwind", "303 /quiz/get-help"},
		{"GET /privacy", "200 word page.crisis"},
		{"GET /mine", "200 word page.crisis"},
		{"GET /quiz/get-help", "200 form /quiz/get-help"},
		{"POST /quiz/get-help ok=1", "303 /quiz/unwind"},
		{"follow", "200 form /quiz/unwind & word page.crisis"},
	})
	b.fill(saidIn(dashed(tired)))
	key := b.finish()
	if !b.shows("word page.crisis") {
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
	b.journey([]step{{"GET /", "200 no word page.crisis"}})
}

func TestAnEmergencyBesideNoneShowsHelpAtOnce(t *testing.T) {
	b := newServer(t).browser()
	b.start()
	b.journey([]step{
		{"POST /quiz/age a=a18_34", "303 /quiz/urgent"},
		{"follow", "200"},
		{"POST /quiz/urgent a=self_harm&a=none", "303 /quiz/get-help"},
		{"follow", "200 word page.crisis"},
		{"POST /quiz/get-help ok=1", "303 /quiz/gut-flags"},
		{"follow", "200"},
		{"POST /quiz/gut-flags a=blood_stool&a=none", "422 form /quiz/gut-flags"},
	})
}

func TestANewReasonForAnEmergencyStopsTheQuizAgain(t *testing.T) {
	b := newServer(t).browser()
	b.start()
	b.journey([]step{
		{"POST /quiz/age a=a18_34", "303 /quiz/urgent"},
		{"follow", "200"},
		{"POST /quiz/urgent a=self_harm", "303 /quiz/get-help"},
		{"follow", "200"},
		{"POST /quiz/get-help ok=1", "303 /quiz/gut-flags"},
		{"GET /quiz/urgent", "200"},
		{"POST /quiz/urgent a=self_harm", "303 /quiz/gut-flags"},
		{"follow", "200 form /quiz/gut-flags"},
	})
	b.fill(saidIn(dashed(unsafe)))
	b.journey([]step{{"GET /quiz/unwind", "303 /quiz/get-help"}})
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

func TestNumbersAsPeopleTypeThem(t *testing.T) {
	b := newServer(t).browser()
	b.start()
	b.fill(saidIn(dashed(healthy)))
	b.journey([]step{
		{"GET /quiz/sleep-hours?return=1", "200 value=\"7.5\""},
		{"POST /quiz/sleep-hours n=seven&a=varies", "422 value=\"seven\" & value=\"varies\" checked & word fault.not_a_number & name=\"return\""},
		{"POST /quiz/sleep-hours n=99", "422 value=\"99\" & no checked"},
		{"POST /quiz/sleep-hours n=6%2C5&a=varies", "303 /quiz/answers"},
		{"GET /quiz/sleep-hours", "200 value=\"6.5\" & no checked"},
		{"POST /quiz/sleep-hours n=&a=skip", "303 /quiz/answers"},
		{"GET /quiz/sleep-hours", "200 value=\"skip\" checked"},
	})
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
		{"GET /r/" + key, "200 word forgotten.text & form /mine/reopen"},
		{"POST /mine/reopen", "303 /r/" + key},
		{"follow", "200 /r/" + key + "/delete"},
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
