package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gutskin/data"
	"gutskin/figures"
	"gutskin/figures/crowd"
)

const (
	thePassword = "four words that do not belong"
	another     = "quite another set of words"
)

// newOwned is a server whose owner set a password.
func newOwned(t *testing.T, change ...func(*Options)) *server {
	t.Helper()
	s := newServer(t, change...)
	s.setPassword(thePassword)
	return s
}

func (s *server) setPassword(password string) {
	s.t.Helper()
	hash, err := HashPassword(password)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.store.(realStore).SetOperator(s.t.Context(), hash); err != nil {
		s.t.Fatal(err)
	}
}

func (b *browser) signIn(password string) page {
	b.t.Helper()
	b.get("/operator")
	return b.post("/operator", "username=operator&password="+url.QueryEscape(password))
}

func TestNoPasswordNoDoor(t *testing.T) {
	b := newServer(t).browser()
	for _, do := range []string{"GET /operator", "POST /operator password=x", "GET /operator/figures", "GET /operator/figures.csv", "POST /operator/sign-out"} {
		b.journey([]step{{do, "404 word error.not_found.title"}})
	}
}

func TestSignInAndOut(t *testing.T) {
	s := newOwned(t)
	b := s.browser()
	b.journey([]step{
		{"GET /operator/figures", "303 /operator"},
		{"GET /operator/figures.csv", "303 /operator"},
		{"follow", `200 word signin.title & autocomplete="current-password" & autocomplete="username" & noindex`},
	})
	if b.signIn("something else altogether"); b.page.status != 422 || len(b.page.cookies) > 0 {
		t.Errorf("a wrong password: status %d, cookies %v", b.page.status, b.page.cookies)
	}
	if b.signIn(thePassword); b.page.status != 303 || b.page.location != figuresAddress {
		t.Fatalf("the password: status %d to %s", b.page.status, b.page.location)
	}
	c := b.page.cookies[0]
	if c.Name != operatorCookie || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.MaxAge != 3600 {
		t.Errorf("the cookie is %v", c)
	}
	b.journey([]step{{"follow", "200 word figures.title & word figures.none & noindex"}, {"GET /operator", "303 " + figuresAddress}})
	if h := b.page.header; h.Get("Cache-Control") != "no-store" || h.Get("X-Robots-Tag") != "noindex" || h.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("headers: %v", h)
	}
	tab := s.browser()
	tab.jar[operatorCookie] = b.jar[operatorCookie]
	b.journey([]step{{"POST /operator/sign-out", "303 /operator"}, {"follow", "200 word notice.signed_out"}, {"GET /operator/figures", "303 /operator"}})
	tab.journey([]step{{"GET /operator/figures", "303 /operator"}})
	if strings.Contains(s.log.String(), "four") || strings.Contains(s.log.String(), c.Value) {
		t.Errorf("the log knows too much:\n%s", s.log)
	}
}

func TestSecureSession(t *testing.T) {
	b := newOwned(t, func(o *Options) { o.BaseURL = "https://check.example" }).browser()
	b.signIn(thePassword)
	if c := b.page.cookies[0]; c.Name != "__Host-operator" || !c.Secure || c.Domain != "" {
		t.Errorf("the cookie is %v", c)
	}
}

// A thousand guesses get nowhere. Whoever is signed in stays so, and the password works
// again later.
func TestGuesses(t *testing.T) {
	s := newOwned(t)
	owner := s.browser()
	owner.signIn(thePassword)
	b, tried := s.browser(), 0
	for i := range 1000 {
		p := b.signIn(fmt.Sprint("guess number ", i))
		if p.status == 422 {
			tried++
		} else if wait, _ := strconv.Atoi(p.header.Get("Retry-After")); p.status != 429 || wait < 1 || wait > 901 {
			t.Fatalf("guess %d: status %d, Retry-After %d", i, p.status, wait)
		}
	}
	if tried != guessesEach {
		t.Errorf("%d guesses were looked at, want %d", tried, guessesEach)
	}
	if p := b.signIn(thePassword); p.status != 429 || !strings.Contains(p.text(), "Wait for 15 minutes, then try again") {
		t.Errorf("the password after too many guesses: status %d\n%s", p.status, p.text())
	}
	owner.journey([]step{{"GET /operator/figures", "200 word figures.title"}})
	s.now = s.now.Add(guessSpan)
	if p := b.signIn(thePassword); p.status != 303 {
		t.Errorf("the password a quarter of an hour later: status %d", p.status)
	}
}

// Guesses from a thousand addresses get nowhere either, and right ones cost nothing.
func TestGuessesFromEverywhere(t *testing.T) {
	now := time.Now()
	d := newGate(func() time.Time { return now })
	for range 200 {
		if _, ok := d.knock("203.0.113.1"); !ok {
			t.Fatal("somebody who knows the password is kept out")
		}
		d.welcome("203.0.113.1")
	}
	looked := 0
	for i := range 1000 {
		if _, ok := d.knock(fmt.Sprintf("198.51.%d.%d", i/200, i%200)); ok {
			looked++
		}
	}
	if looked != guessesAll {
		t.Errorf("%d guesses were looked at, want %d", looked, guessesAll)
	}
	now = now.Add(guessSpan)
	if _, ok := d.knock("203.0.113.1"); !ok {
		t.Error("the password does not work a quarter of an hour later")
	}
}

func TestGuessesAtOnce(t *testing.T) {
	d := newGate(time.Now)
	looked := make(chan bool, 1000)
	for range 1000 {
		go func() {
			_, ok := d.knock("203.0.113.9")
			looked <- ok
		}()
	}
	n := 0
	for range 1000 {
		if <-looked {
			n++
		}
	}
	if n != guessesEach {
		t.Errorf("%d of 1000 guesses at once were let through, want %d", n, guessesEach)
	}
}

// A cookie that was not made here, or for another password, or an hour ago, opens
// nothing.
func TestForgedSessions(t *testing.T) {
	s := newOwned(t)
	b := s.browser()
	b.jar[operatorCookie] = "planted"
	b.signIn(thePassword)
	good := b.jar[operatorCookie]
	if good == "planted" {
		t.Fatal("a session is one that somebody else chose")
	}
	open := func(cookie string) bool {
		b := s.browser()
		b.jar[operatorCookie] = cookie
		return b.get(figuresAddress).status == http.StatusOK
	}
	if !open(good) {
		t.Fatal("a good session opens nothing")
	}
	for i := range good {
		for _, letter := range []string{"A", "_"} {
			if forged := good[:i] + letter + good[i+1:]; forged != good && open(forged) {
				t.Fatalf("a session with another letter at %d opens the figures", i)
			}
		}
	}
	foreign, err := newSession(Operator{Seal: make([]byte, 32)}, s.now)
	if err != nil {
		t.Fatal(err)
	}
	for name, cookie := range map[string]string{
		"empty": "", "short": good[:20], "doubled": good + good, "no letters": "!!!", "of another key": foreign, "long": strings.Repeat("A", 3000),
	} {
		if open(cookie) {
			t.Errorf("a session that is %s opens the figures", name)
		}
	}
	if b.signIn(thePassword); b.jar[operatorCookie] == good {
		t.Error("two sessions are the same")
	}
	s.now = s.now.Add(operatorAge - time.Minute)
	if !open(good) {
		t.Error("a session ends before its hour")
	}
	s.now = s.now.Add(time.Minute)
	if open(good) {
		t.Error("a session outlives its hour")
	}
	s.now = s.now.Add(-3 * operatorAge)
	if open(good) {
		t.Error("a session of the future opens the figures")
	}
}

func TestNewPasswordEndsSessions(t *testing.T) {
	s := newOwned(t)
	b := s.browser()
	b.signIn(thePassword)
	s.setPassword(another)
	b.journey([]step{{"GET /operator/figures", "303 /operator"}})
	if b.signIn(thePassword).status != 422 {
		t.Error("the old password opens the figures")
	}
	if b.signIn(another).status != 303 {
		t.Error("the new password opens nothing")
	}
}

// Forms of other sites neither sign in nor out, and nobody signs the owner out without
// being signed in.
func TestOperatorFormsOfOthers(t *testing.T) {
	s := newOwned(t)
	b := s.browser()
	b.signIn(thePassword)
	for _, at := range []string{"/operator", "/operator/sign-out"} {
		r := b.request(http.MethodPost, at, "password="+url.QueryEscape(thePassword))
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		if b.do(r); b.page.status != http.StatusForbidden {
			t.Errorf("%s from another site: status %d", at, b.page.status)
		}
	}
	s.browser().journey([]step{{"POST /operator/sign-out", "303 /operator"}})
	b.journey([]step{{"GET /operator/figures", "200 word figures.title"}})
}

func TestPasswords(t *testing.T) {
	for password, want := range map[string]string{
		"": "0 characters", "short words": "11 characters", "éééééééééé": "10 characters", strings.Repeat("x", passwordMost+1): "at most 1024",
	} {
		if _, err := HashPassword(password); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: got %v, want %q", password, err, want)
		}
	}
	hash, err := HashPassword(thePassword)
	again, _ := HashPassword(thePassword)
	if err != nil || hash == again || !strings.HasPrefix(hash, "$argon2id$v=19$m=32768,t=3,p=1$") {
		t.Errorf("hashes: %q and %q (%v)", hash, again, err)
	}
	for password, want := range map[string]bool{thePassword: true, thePassword + " ": false, strings.ToUpper(thePassword): false, "": false} {
		if got, err := fits(hash, password); got != want || err != nil {
			t.Errorf("%q fits: got %v (%v), want %v", password, got, err, want)
		}
	}
	cheap := "$argon2id$v=19$m=8,t=1,p=1$" + hash[len("$argon2id$v=19$m=32768,t=3,p=1$"):]
	if got, err := fits(cheap, thePassword); got || err != nil {
		t.Errorf("with other parameters the same sum fits: %v (%v)", got, err)
	}
	for _, bad := range []string{"", "x", hash[:40], hash + "AAAA", strings.Replace(hash, "t=3", "t=0", 1), strings.Replace(hash, "p=1", "p=0", 1), strings.Replace(hash, "argon2id", "argon2i", 1), strings.ReplaceAll(hash, "=1$", "=1$!")} {
		if got, err := fits(bad, thePassword); got || err == nil {
			t.Errorf("the hash %q: got %v (%v), want an error", bad, got, err)
		}
	}
}

// crowded keeps the counts of made-up people, each month's on a day of that month.
func crowded(t *testing.T, s *server) {
	t.Helper()
	l, _ := library()
	e := l.Edition("")
	rows := crowd.Tallies(e.Quiz, e.Book, "en", []string{"2026-01", "2026-02", "2026-03"}, 500, 1)
	pieces := figures.Cut(e.Quiz, e.Book, rows, nil, s.now)
	if err := s.store.KeepPieces(t.Context(), pieces); err != nil || len(pieces) < 4 {
		t.Fatalf("%d pieces: %v", len(pieces), err)
	}
}

func TestFiguresPage(t *testing.T) {
	s := newOwned(t)
	crowded(t, s)
	b := s.browser()
	b.signIn(thePassword)
	b.journey([]step{
		{"follow", "200 January 2026 to March 2026 & word figures.funnel & word figures.answers & /static/figures."},
		{"GET /operator/figures?from=2026-02&to=2026-02", "200 Steps from February 2026 & no January"},
		{"GET /operator/figures?from=2026-05", "200 word figures.none_chosen"},
		{"GET /operator/figures?from=soon", "422 word figures.from_fault & no word figures.funnel"},
		{"GET /operator/figures?language=xx", "200 word figures.none_chosen"},
		{"GET /operator/figures.csv?from=2026-02&to=2026-03", "200 2026-02"},
	})
	if got := b.page.header.Get("Content-Disposition"); got != `attachment; filename="figures.csv"` || strings.Contains(b.page.body, "2026-01") {
		t.Errorf("the download: %q\n%.200s", got, b.page.body)
	}
}

// tallied is all that was counted.
func tallied(t *testing.T, s *server) map[figures.Tally]int {
	t.Helper()
	rows, err := s.store.Tallies(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sums := map[figures.Tally]int{}
	for _, r := range rows {
		if r.Lang != "en" {
			t.Errorf("counted in the language %q", r.Lang)
		}
		sums[r.Tally] += r.N
	}
	return sums
}

// With consent a finish counts once, however often it is sent; doing the check again
// counts again. Without consent it leaves not one row.
func TestFinishCounts(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.get("/quiz/consent")
	b.journey([]step{{"POST /quiz/consent agree=1", "303 /quiz?started=1"}, {"follow", "303 /quiz/age"}, {"follow", "200 form /quiz/age"}})
	b.fill(saidIn(dashed(healthy)))
	b.finish()
	if got := tallied(t, s); len(got) > 0 {
		t.Fatalf("without consent: counted %v", got)
	}

	b = s.browser()
	b.get("/quiz/consent")
	b.journey([]step{{"POST /quiz/consent agree=1&count=1", "303 /quiz?started=1"}, {"follow", "303 /quiz/age"}, {"follow", "200 form /quiz/age"}})
	b.fill(saidIn(dashed(healthy)))
	twin := b.tab()
	twin.jar, twin.page = cloned(b.jar), b.page
	key := b.finish()
	twin.finish() // a second press of the button, on its way before the first was answered
	got := tallied(t, s)
	if got[figures.Tally{Kind: figures.Counted}] != 1 || got[figures.Tally{Kind: figures.Answer, Item: "urgent", Value: "none"}] != 1 || len(got) < 30 {
		t.Errorf("with consent: counted %v", got)
	}
	for tally, n := range got {
		if n != 1 {
			t.Errorf("%v counts %d times", tally, n)
		}
	}
	b.get("/r/" + key + "/again")
	b.post("/r/"+key+"/again", "agree=1&count=1")
	b.follow()
	b.follow()
	b.fill(saidIn(dashed(healthy)))
	b.finish()
	if n := tallied(t, s)[figures.Tally{Kind: figures.Counted}]; n != 2 {
		t.Errorf("a check done again: counted %d, want 2", n)
	}
}

func cloned(jar map[string]string) map[string]string {
	copied := map[string]string{}
	for name, value := range jar {
		copied[name] = value
	}
	return copied
}

// Steps are counted in memory, for everybody, and written down without a trace of who
// took them. Who started stands at some step, or has finished.
func TestStepsCount(t *testing.T) {
	counts := &Counts{}
	s := newServer(t, func(o *Options) { o.Counts = counts })
	left := s.browser()
	left.start()
	left.post("/quiz/age", "a=nonsense")
	left.post("/quiz/age", "a=a65")
	left.follow()
	left.post("/quiz/age", "a=a35_64") // another answer, and no further

	young := s.browser()
	young.start()
	young.post("/quiz/age", "a=u18")
	young.follow()
	young.post("/quiz/urgent", "a=none")
	young.follow() // the check ends here for them

	b := s.browser()
	b.start()
	s.now = s.now.Add(6 * time.Minute)
	b.fill(saidIn(dashed(healthy)))
	key := b.finish()
	b.get("/r/" + key + "/save")

	whole := s.browser()
	whole.start()
	whole.get("/quiz/section/start")
	whole.post("/quiz/section/start", "asked=age&asked=urgent&asked=gut_flags&age=a65&urgent=none&gut_flags=none")

	if got := tallied(t, s); len(got) > 0 {
		t.Errorf("before they are written: %v", got)
	}
	if err := counts.Flush(t.Context(), s.store.(realStore)); err != nil {
		t.Fatal(err)
	}
	got := tallied(t, s)
	at := func(kind, item string) int { return got[figures.Tally{Kind: kind, Item: item}] }
	for name, c := range map[string][2]int{
		"started":        {at(figures.Started, ""), 4},
		"finished":       {at(figures.Finished, ""), 1},
		"shown age":      {at(figures.Shown, "age"), 4},
		"answered age":   {at(figures.Answered, "age"), 4},
		"left at urgent": {at(figures.Shown, "urgent") - at(figures.Answered, "urgent"), 2},
		"errors at age":  {at(figures.Error, "age"), 1},
		"left at check":  {at(figures.Shown, figures.Check) - at(figures.Answered, figures.Check), 0},
		"saved the link": {at(figures.Linked, ""), 1},
		"six minutes":    {got[figures.Tally{Kind: figures.Minutes, Value: "5"}], 1},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: got %d, want %d", name, c[0], c[1])
		}
	}
	standing := at(figures.Finished, "")
	for tally, n := range got {
		switch tally.Kind {
		case figures.Shown:
			standing += n
		case figures.Answered:
			standing -= n
		}
		if !slices.Contains([]string{figures.Started, figures.Finished, figures.Shown, figures.Answered, figures.Error, figures.Minutes, figures.Linked}, tally.Kind) {
			t.Errorf("without consent %v is counted", tally)
		}
	}
	if standing != 4 {
		t.Errorf("%d people stand somewhere, want 4", standing)
	}
	if err := counts.Flush(t.Context(), s.store.(realStore)); err != nil || !sameTallies(got, tallied(t, s)) {
		t.Errorf("written twice (%v)", err)
	}
}

func sameTallies(a, b map[figures.Tally]int) bool {
	return fmt.Sprint(a) == fmt.Sprint(b)
}

// What cannot be written stays counted.
func TestFlushThatFails(t *testing.T) {
	counts := &Counts{}
	s := newServer(t, func(o *Options) { o.Counts = counts })
	s.browser().start()
	closed := openStore(t).(realStore)
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	if err := counts.Flush(t.Context(), closed); err == nil {
		t.Fatal("a closed store takes counts")
	}
	s.browser().start()
	if err := counts.Flush(t.Context(), s.store.(realStore)); err != nil {
		t.Fatal(err)
	}
	if n := tallied(t, s)[figures.Tally{Kind: figures.Started}]; n != 2 {
		t.Errorf("started: got %d, want 2", n)
	}
}

func BenchmarkStepCounted(b *testing.B) {
	l, err := data.Load(data.Files)
	if err != nil {
		b.Fatal(err)
	}
	g, e := (&Counts{}).grid(l), l.Edition("")
	b.ReportAllocs()
	for b.Loop() {
		g.moved(e, "age", "urgent")
	}
}
