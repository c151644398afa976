package web

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"gutskin/quiz"
)

func questionnaire(t testing.TB) *quiz.Questionnaire {
	t.Helper()
	l, err := library()
	if err != nil {
		t.Fatal(err)
	}
	return l.Edition("").Quiz
}

var aKey = strings.Repeat("AB", 13)

func TestDraftComesBackAsItWas(t *testing.T) {
	q := questionnaire(t)
	d := &draft{
		Attempt: aKey, Key: strings.Repeat("CD", 13), Count: true,
		Answers: quiz.Answers{
			"age": quiz.Pick("a65"), "urgent": {}, "sleep_hours": quiz.Num(7.5), "skin": quiz.Pick("acne", "eczema"),
		},
		Acknowledged: []string{"S01"}, Missed: "drinks", Misses: 2, Started: time.Unix(1_770_000_123, 0),
	}
	got, ok := decodeDraft(q, d.encode())
	if !ok || !reflect.DeepEqual(got, d) {
		t.Errorf("got %+v, %t; want %+v", got, ok, d)
	}
}

// A cookie of more than 4,096 bytes, name and attributes included, is dropped by browsers.
func TestLongestDraftFitsACookie(t *testing.T) {
	l, err := library()
	if err != nil {
		t.Fatal(err)
	}
	longest := longestDraft(l.Edition("").Quiz, l.Edition("").Book.Rules)
	t.Logf("every option of every question ticked: %d bytes", len(longest.encode()))
	if err := fitsCookie(longest); err != nil {
		t.Error(err)
	}
	longest.Answers["age"] = quiz.Pick(strings.Repeat("x", cookieLimit))
	if err := fitsCookie(longest); err == nil || !strings.Contains(err.Error(), "shorten") {
		t.Errorf("answers that are too long: got %v", err)
	}
	for _, id := range []string{"a+b", "a~b", "a:b", "é", "a b"} {
		d := &draft{Answers: quiz.Answers{"age": quiz.Pick(id)}}
		if err := fitsCookie(d); err == nil || !strings.Contains(err.Error(), "cannot stand in a cookie") {
			t.Errorf("an option %q: got %v", id, err)
		}
	}
}

func TestDraftsThatAreNone(t *testing.T) {
	good := "2~" + aKey + "~" + aKey + "~c~~~age:a65"
	if _, ok := decodeDraft(questionnaire(t), good); !ok {
		t.Fatal("a good draft is refused")
	}
	cases := map[string]string{
		"nothing":           "",
		"of no kind":        "!!!",
		"truncated":         good[:40],
		"padded":            "=" + good,
		"an older version":  strings.Replace(good, "2~", "1~", 1),
		"a newer version":   strings.Replace(good, "2~", "3~", 1),
		"no consent":        strings.Replace(good, "~c~", "~t~", 1),
		"a key of low case": strings.Replace(good, "~"+aKey+"~c", "~"+strings.ToLower(aKey)+"~c", 1),
		"no attempt":        strings.Replace(good, aKey, "", 1),
		"too long":          strings.Replace(good, "a65", strings.Repeat("x", cookieLimit), 1),
	}
	for name, value := range cases {
		t.Run(name, func(t *testing.T) {
			if d, ok := decodeDraft(questionnaire(t), value); ok {
				t.Fatalf("got a draft: %+v", d)
			}
			b := newServer(t).browser()
			b.jar[draftCookie] = value
			b.get("/quiz/age")
			if b.page.status != 303 || b.page.location != "/quiz/consent" {
				t.Errorf("GET: got %d %s, want 303 to consent", b.page.status, b.page.location)
			}
			if _, still := b.jar[draftCookie]; still && value != "" {
				t.Error("GET: the cookie is still there")
			}
			b.jar[draftCookie] = value
			b.post("/quiz/age", "a=a65")
			if b.page.status != 409 || !b.shows("word error.lost_draft.title") {
				t.Errorf("POST: got %d, want 409 and a kind page", b.page.status)
			}
		})
	}
}

func TestAnswersTheContentDoesNotKnowAreAskedAgain(t *testing.T) {
	value := "2~" + aKey + "~" + aKey + "~c~~~age:a65~urgent:none+retired~retired_question:x~sleep_hours:=99~drinks:many~hours:=x~:~gut_flags:"
	d, ok := decodeDraft(questionnaire(t), value)
	if !ok {
		t.Fatal("the draft is refused")
	}
	if got := slices.Sorted(maps.Keys(d.Answers)); !slices.Equal(got, []string{"age", "gut_flags"}) {
		t.Errorf("kept %v, want age and gut_flags", got)
	}
	b := newServer(t).browser()
	b.jar[draftCookie] = value
	b.journey([]step{{"GET /quiz/stool", "303 /quiz/urgent"}})
}

func FuzzDecodeDraft(f *testing.F) {
	q := questionnaire(f)
	f.Add("2~" + aKey + "~" + aKey + "~ct~age+2~S01~age:a65~sleep_hours:=7.5~skin:acne+eczema~urgent:")
	f.Add("2~" + aKey + "~" + aKey + "~c~~~")
	f.Add("")
	f.Fuzz(func(t *testing.T, value string) {
		d, ok := decodeDraft(q, value)
		if !ok {
			return
		}
		if err := q.Check(d.Answers); err != nil {
			t.Fatalf("kept answers that cannot be read: %v", err)
		}
		again, ok := decodeDraft(q, d.encode())
		if len(d.encode()) <= cookieLimit && (!ok || again.Key != d.Key || len(again.Answers) != len(d.Answers)) {
			t.Fatalf("%+v did not come back: %+v, %t", d, again, ok)
		}
		q.Walk(d.Answers)
	})
}

func FuzzDecodeMine(f *testing.F) {
	f.Add(mine{{Key: aKey, Attempt: aKey, Taken: 1}}.encode())
	f.Add("W10")
	f.Fuzz(func(t *testing.T, value string) {
		m := decodeMine(value)
		if len(m) > mineMost {
			t.Fatalf("%d entries", len(m))
		}
		for _, s := range m {
			if !isKey(s.Key) || !isKey(s.Attempt) {
				t.Fatalf("kept %+v", s)
			}
		}
	})
}

func TestMineKeepsTheNewest(t *testing.T) {
	var m mine
	for i := range 30 {
		key := strings.Repeat("A", 24) + string([]byte{'A' + byte(i/26), 'A' + byte(i%26)})
		m = m.add(savedCheck{Key: key, Attempt: key, Taken: 1 << 40})
	}
	m = m.add(m[3])
	if len(m) != mineMost || m[0].Key != strings.Repeat("A", 24)+"BA" {
		t.Errorf("got %d entries, the first %s; want %d, the one added last", len(m), m[0].Key, mineMost)
	}
	if n := len(m.encode()); n > cookieLimit {
		t.Errorf("the cookie takes %d bytes, want at most %d", n, cookieLimit)
	}
	if got := decodeMine(m.encode()); !slices.Equal(got, m) {
		t.Errorf("got %v back, want %v", got, m)
	}
}
