package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"gutskin/recommend"
)

var (
	march = time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)
	june  = time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	later = time.Date(2026, 6, 1, 21, 0, 0, 0, time.UTC)
)

// Three visits of one person: a starting point, a better one with what rarely changes
// kept, and a third on the same day with everything asked.
const (
	first  = "age=a18_34 urgent=none gut_flags=none conditions=ibs medicines=none pregnancy=no eating_pattern=vegan,al_nut food_feelings=fine plants=p10_19 fruitveg=fv2 wholegrain=few_week fermented=never prebiotic=d0 upf=daily sugar=daily " + tired
	second = "age=a18_34 urgent=none gut_flags=family_hx medicines=none pregnancy=no food_feelings=fine plants=p20_29 fruitveg=fv5 wholegrain=daily fermented=never prebiotic=d0 upf=rarely sugar=daily " + tired
	third  = "age=a18_34 urgent=none gut_flags=none conditions=none medicines=none pregnancy=no eating_pattern=vegan food_feelings=fine plants=p20_29 fruitveg=fv5 wholegrain=daily fermented=never prebiotic=d0 upf=rarely sugar=daily stress_freq=little stress_cope=well unwind=d5_7 " +
		"sleep_hours=n:7,5 sleep_trouble=n0 rested=often evening=none drinks=n:7 thirst_signs=rarely alcohol=none gut_feel=never stool=ok skin=none extras=active"
)

// again does the check once more under a link, from the page that leads to it.
func (b *browser) again(key, fields, said string) {
	b.t.Helper()
	b.get("/r/" + key + "/again")
	b.post("/r/"+key+"/again", fields)
	b.follow()
	b.follow()
	b.fill(saidIn(dashed(said)))
	if got := b.finish(); got != key {
		b.t.Fatalf("the results are under another link")
	}
}

// threeVisits leaves a person on their newest results.
func threeVisits(t *testing.T) (*browser, string) {
	t.Helper()
	s := newServer(t)
	b := s.browser()
	s.now = march
	b.start()
	b.fill(saidIn(dashed(first)))
	key := b.finish()
	s.now = june
	b.again(key, "agree=1&keep=1", second)
	s.now = later
	b.again(key, "agree=1", third)
	return b, key
}

func reports(t *testing.T, s *server, key string) []recommend.Report {
	t.Helper()
	j, err := s.store.Read(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	var list []recommend.Report
	for _, e := range j.Entries {
		r, err := readReport(e)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

func TestThreeVisits(t *testing.T) {
	b, key := threeVisits(t)
	all := reports(t, b.app, key)
	if len(all) != 3 {
		t.Fatalf("got %d reports, want 3", len(all))
	}
	for id, want := range map[string]string{"conditions": "ibs", "eating_pattern": "vegan al_nut", "gut_flags": "family_hx"} {
		if got := strings.Join(all[1].Answers[id].Values(), " "); got != want {
			t.Errorf("the second time, %s is %q, want %q", id, got, want)
		}
	}
	if got := strings.Join(all[2].Answers["conditions"].Values(), " "); got != "none" {
		t.Errorf("the third time, conditions are %q, want none", got)
	}
	at := "/r/" + key
	b.journey([]step{
		{"GET " + at, "200 Last time (1 June 2026): & Results of 3 March 2026 & href=\"" + at + "/report/2\" & " + at + "/compare"},
		{"GET " + at + "/report/1", "200 word results.newest & no " + at + "/delete\" & no Last time"},
		{"GET " + at + "/report/3", "200 no word results.newest"},
		{"GET " + at + "/compare", "200 word compare.title & 1 June 2026 (1) & 1 June 2026 (2) & <circle"},
		{"GET " + at + "/compare?then=1&now=3", "200 <th scope=\"col\" class=\"n\">3 March 2026</th>"},
		{"GET " + at + "/compare?then=3&now=1", "200 <th scope=\"col\" class=\"n\">3 March 2026</th>"},
		{"GET " + at + "/compare?then=2&now=2", "422 word compare.twice"},
	})
	for _, bad := range []string{"/report/0", "/report/4", "/report/01", "/report/x", "/report/-1", "/report/99999999999999999999",
		"/compare?then=0", "/compare?now=4", "/compare?then=one", "/compare?then=1&now=", "/compare?then=+1"} {
		want := http.StatusNotFound
		if bad == "/compare?then=1&now=" {
			want = http.StatusOK // an empty field asks for nothing
		}
		if b.get(at + bad); b.page.status != want {
			t.Errorf("%s: got %d, want %d", bad, b.page.status, want)
		}
	}
	if strings.Contains(b.app.log.String(), key) {
		t.Error("the log holds the key")
	}
}

// Each number in the tables of the page is that of a report.
func TestComparedNumbers(t *testing.T) {
	b, key := threeVisits(t)
	all := reports(t, b.app, key)
	b.get("/r/" + key + "/compare?then=1&now=3")
	tables := b.page.document(t).Find("table")
	for i := range all[0].Scores {
		cells := tables.Eq(0).Find("tbody tr").Eq(i).Find("td")
		if then, now := cells.Eq(0).Text(), cells.Eq(1).Text(); then != strconv.Itoa(all[0].Scores[i].Value) || now != strconv.Itoa(all[2].Scores[i].Value) {
			t.Errorf("%s: got %s and %s", all[0].Scores[i].Pillar, then, now)
		}
		for n, r := range all {
			if got := tables.Eq(1).Find("tbody tr").Eq(n).Find("td").Eq(i).Text(); got != strconv.Itoa(r.Scores[i].Value) {
				t.Errorf("%s of report %d: got %s, want %d", r.Scores[i].Pillar, n+1, got, r.Scores[i].Value)
			}
		}
	}
}

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

func TestDownload(t *testing.T) {
	l, _ := library()
	b, key := threeVisits(t)
	at := "/r/" + key
	all := reports(t, b.app, key)
	if _, err := b.app.store.Share(t.Context(), key, Share{Label: `=cmd "x"`}); err != nil {
		t.Fatal(err)
	}
	if err := b.app.store.Put(t.Context(), key, NotePlan, []byte(`{"id":"p"}`)); err != nil {
		t.Fatal(err)
	}
	b.journey([]step{{"GET " + at + "/data", "200 3 sets of results & word data.plan & 1 link that you made & " + at + "/data.json & " + at + "/data.csv & " + at + "/delete"}})

	body := b.get(at + "/data.json").body
	if got := b.page.header.Get("Content-Disposition"); got != `attachment; filename="my-data.json"` || b.page.header.Get("Cache-Control") != "no-store" {
		t.Errorf("the file is sent with %q", b.page.header)
	}
	var whole struct {
		Reports   []recommend.Report `json:"reports"`
		Plan      struct{ ID string }
		KeptUntil string            `json:"kept_until"`
		Links     []json.RawMessage `json:"view_only_links"`
	}
	if err := json.Unmarshal([]byte(body), &whole); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(mustJSON(whole.Reports), mustJSON(all)) || whole.Plan.ID != "p" || len(whole.Links) != 1 || whole.KeptUntil == "" {
		t.Errorf("the download is not what is held: %.300s", body)
	}
	for _, r := range whole.Reports {
		again := l.Edition("").Assess(r.Answers, r.Acknowledged...)
		again.TakenAt = r.TakenAt
		if !bytes.Equal(mustJSON(again), mustJSON(r)) {
			t.Error("read back, a report is another one")
		}
	}
	table := b.get(at + "/data.csv").body
	if !strings.HasPrefix(table, "\ufeff\"Date\"") || b.page.header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("the table begins with %.40q as %s", table, b.page.header.Get("Content-Type"))
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table, "\ufeff"))).ReadAll()
	want := 1
	for _, r := range all {
		want += len(r.Answers) + len(r.Scores)
	}
	if err != nil || len(rows) != want {
		t.Errorf("the table: %d rows, %v; want %d", len(rows), err, want)
	}
}

// A view-only link shows what there is to see, and neither starts nor hands out anything.
func TestViewOnlyLinkLooksOnly(t *testing.T) {
	b, key := threeVisits(t)
	view, err := b.app.store.Share(t.Context(), key, Share{})
	if err != nil {
		t.Fatal(err)
	}
	at := "/r/" + view
	b.journey([]step{
		{"GET " + at, "200"}, {"GET " + at + "/report/1", "200"}, {"GET " + at + "/compare", "200 word compare.title"},
		{"GET " + at + "/again", "403 word error.read_only.title"},
		{"POST " + at + "/again agree=1", "403 word error.read_only.title"},
		{"GET " + at + "/data", "403 word error.read_only.title"},
		{"GET " + at + "/data.json", "403 word error.read_only.title"},
		{"GET " + at + "/data.csv", "403 word error.read_only.title"},
		{"GET /quiz", "303 /quiz/consent"},
	})
}

func TestAgainAsksForLeave(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(first)))
	key := b.finish()
	at := "/r/" + key + "/again"
	b.journey([]step{
		{"GET /r/" + key + "/compare", "404 word error.not_found.title"},
		{"GET " + at, "200 form " + at + " & Vegan & IBS & word again.keep & no checked & no word again.underway_text"},
		{"POST " + at + " keep=1&count=1", "422 word consent.error & id=\"keep\" name=\"keep\" value=\"1\" checked"},
		{"GET /quiz", "303 /quiz/consent"},
		{"POST " + at + " agree=1&keep=1&count=1", "303 /quiz?started=1"},
		{"follow", "303 /quiz/age"},
		{"GET /", "200 no form /quiz/restart"},
		{"GET /quiz/age", "200 form /quiz/age"},
		{"POST /quiz/age a=a18_34", "303 /quiz/urgent"},
		{"follow", "200"},
		{"POST /quiz/urgent a=none", "303 /quiz/gut-flags"},
		{"follow", "200"},
		{"POST /quiz/gut-flags a=none", "303 /quiz/medicines"},
		{"GET /quiz/conditions", "200 value=\"ibs\" checked"},
		{"GET /quiz/medicines", "200 href=\"/quiz/conditions\" & no checked"},
	})
	d, ok := decodeDraft(questionnaire(t), b.jar[draftCookie])
	if !ok || !d.Count || !d.Again || d.Key != key {
		t.Errorf("the draft is %+v", d)
	}
	b.get("/quiz")
	b.journey([]step{{"POST /quiz/restart", "303 " + at}, {"follow", "200 form " + at}, {"GET /quiz/age", "303 /quiz/consent"}})
}

// What is asked anew is never kept, whoever asks.
func TestOnlyWhatLastsIsKept(t *testing.T) {
	q := questionnaire(t)
	b := newServer(t).browser()
	b.start()
	b.fill(saidIn(dashed(strings.Replace(first, "medicines=none", "medicines=warfarin", 1))))
	key := b.finish()
	b.get("/r/" + key + "/again")
	b.post("/r/"+key+"/again", "agree=1&keep=1&medicines=warfarin&a=none")
	d, _ := decodeDraft(q, b.jar[draftCookie])
	if len(d.Answers) != 2 || d.Answers["conditions"].IsSkip() || d.Answers["eating_pattern"].IsSkip() {
		t.Errorf("kept: %v", d.Answers)
	}
	for _, id := range q.AskAnew {
		if _, kept := d.Answers[id]; kept {
			t.Errorf("%s is kept", id)
		}
	}
}

func TestACheckUnderWayIsNotLostSilently(t *testing.T) {
	b := newServer(t).browser()
	b.start()
	b.fill(saidIn(dashed(first)))
	key := b.finish()
	at := "/r/" + key + "/again"
	b.get(at)
	other := b.tab()
	other.start()
	other.post("/quiz/age", "a=a65")
	draft := b.jar[draftCookie]
	b.journey([]step{{"POST " + at + " agree=1", "303 " + at}})
	if b.jar[draftCookie] != draft {
		t.Fatal("the check in another tab is lost")
	}
	b.journey([]step{
		{"follow", "200 word again.underway_text & word again.replace & href=\"/quiz\""},
		{"POST " + at, "422 word again.underway_text"},
		{"POST " + at + " agree=1", "303 /quiz?started=1"},
		{"follow", "303 /quiz/age"},
		{"GET /quiz/age", "200 no checked"},
	})
}

func TestAgainInTwoTabs(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(first)))
	key := b.finish()
	s.now = s.now.Add(time.Hour)
	b.get("/r/" + key + "/again")
	b.post("/r/"+key+"/again", "agree=1")
	b.follow()
	b.follow()
	b.fill(saidIn(dashed(third)))
	tab := b.tab()
	tab.get("/quiz/answers")
	b.finish()
	tab.journey([]step{{"POST /quiz/finish", "303 /r/" + key}})
	if got := len(reports(t, s, key)); got != 2 {
		t.Errorf("got %d reports, want 2", got)
	}
}

func TestAgainUnderALinkThatIsGone(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(first)))
	key := b.finish()
	b.get("/r/" + key + "/again")
	b.post("/r/"+key+"/again", "agree=1")
	b.follow()
	b.follow()
	b.fill(saidIn(dashed(third)))
	b.tab().post("/r/"+key+"/delete", "")
	b.journey([]step{
		{"POST /quiz/finish", "410 word error.gone.title"},
		{"GET /r/" + key + "/again", "410"}, {"GET /r/" + key + "/data.json", "410"}, {"GET /r/" + key + "/compare", "410"}, {"GET /r/" + key + "/report/1", "410"},
		{"GET /r/" + strings.Repeat("A", 26) + "/data.csv", "404"},
	})
}

// A report of another edition is worked out again, said so, and stays as it was on
// its own page.
func TestComparingAcrossEditions(t *testing.T) {
	st := openStore(t)
	old := edited(t, "topics/sleep.yaml", "{from: 7, points: 4", "{from: 7, points: 2")
	key := saveWith(t, old, st, third)
	s := newServer(t, func(o *Options) { o.Store = st })
	s.now = s.now.AddDate(0, 1, 0)
	b := s.browser()
	b.again(key, "agree=1&keep=1", strings.ReplaceAll(third, "plants=p20_29", "plants=p30"))
	all := reports(t, s, key)
	was, now := all[0].Scores[2].Value, all[1].Scores[2].Value
	if was >= now {
		t.Fatalf("the editions score sleep the same: %d and %d", was, now)
	}
	if !b.shows("worked out again by newer rules: " + strconv.Itoa(now) + ". About the same.") {
		t.Errorf("the results say %s", b.page.text())
	}
	b.journey([]step{
		{"GET /r/" + key + "/compare", "200 word compare.edition & 1 June 2026, worked out again & word compare.reworked_differs"},
		{"GET /r/" + key + "/report/1", "200 <b>" + strconv.Itoa(was) + "</b>"},
	})
	b.get("/r/" + key + "/compare")
	if row := b.page.document(t).Find("table").First().Find("tbody tr").Eq(2).Text(); row != "Sleep"+strconv.Itoa(now)+strconv.Itoa(now)+"About the same" {
		t.Errorf("sleep reads %q, want %d twice", row, now)
	}
}

func TestComparingInAnotherLanguage(t *testing.T) {
	s := newBilingual(t)
	b := s.browser()
	b.send.Set("Accept-Language", "ar")
	b.start()
	b.fill(saidIn(dashed(first)))
	key := b.finish()
	for range 2 {
		s.now = s.now.AddDate(0, 1, 0)
		b.again(key, "agree=1&keep=1", third)
	}
	for _, at := range []string{"", "/again", "/compare", "/compare?then=1&now=1", "/data", "/report/1"} {
		inPseudo(t, at, b.get("/r/"+key+at))
	}
}

func TestADamagedEarlierReportKeepsNobodyFromTheNewest(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(first)))
	key := b.finish()
	l, _ := library()
	bad := Saved{Attempt: newKey(), Edition: l.Hash(), TakenAt: s.now.AddDate(0, -1, 0), Payload: []byte("hello")}
	if err := s.store.Save(t.Context(), key, bad); err != nil {
		t.Fatal(err)
	}
	b.journey([]step{
		{"GET /r/" + key, "200 no Last time"},
		{"GET /r/" + key + "/report/1", "500 word error.damaged.title"},
		{"GET /r/" + key + "/compare", "500 word error.damaged.title"},
		{"GET /r/" + key + "/data.json", "500 word error.damaged.title"},
		{"GET /r/" + key + "/again", "200"},
	})
}
