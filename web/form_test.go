package web

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"gutskin/quiz"
)

func visitOf(t testing.TB, id string, before quiz.Answers) quiz.Visit {
	t.Helper()
	q := questionnaire(t)
	x := q.Question(id)
	v := quiz.Visit{Question: x}
	for i := range x.Options {
		o := &x.Options[i]
		holds := o.OfferIf == nil
		if !holds {
			holds, _ = q.Holds(o.OfferIf, before, nil)
		}
		if holds {
			v.Offered = append(v.Offered, o)
		}
	}
	return v
}

func TestReplies(t *testing.T) {
	cases := []struct {
		question, form string
		want           string // values of the answer, or the fault
	}{
		{"age", "a=a65", "a65"},
		{"age", "a=a65&a=a65", "a65"},
		{"age", "a=pns", ""},
		{"age", "a=skip", ""},
		{"age", "a=", "nothing_given"},
		{"age", "", "nothing_given"},
		{"age", "n=7", "nothing_given"},
		{"age", "a=none", "unknown_option"},
		{"age", "a=a65&a=skip", "too_many"},
		{"age", "a=a65&a=a18_34", "too_many"},
		{"skin", "a=eczema&a=acne", "acne eczema"},
		{"skin", "a=acne&a=none", "not_together"},
		{"skin", "a=acne&a=pns", "not_together"},
		{"skin", "a=acne&a=skip", "not_together"},
		{"skin_detail", "a=joints", "unknown_option"}, // only offered with psoriasis
		{"sleep_hours", "n=7.5", "7.5"},
		{"sleep_hours", "n=7%2C5", "7.5"},
		{"sleep_hours", "n=+8+", "8"},
		{"sleep_hours", "n=&a=varies", "varies"},
		{"sleep_hours", "n=&a=skip", ""},
		{"sleep_hours", "n=7&a=varies", "7"},
		{"sleep_hours", "n=7&a=skip", "7"},
		{"sleep_hours", "n=seven&a=varies", "not_a_number"},
		{"sleep_hours", "n=", "nothing_given"},
		{"sleep_hours", "n=-1", "not_a_number"},
		{"sleep_hours", "n=1e9", "not_a_number"},
		{"sleep_hours", "n=NaN", "not_a_number"},
		{"sleep_hours", "n=Infinity", "not_a_number"},
		{"sleep_hours", "n=seven", "not_a_number"},
		{"sleep_hours", "n=16.5", "out_of_range"},
		{"drinks", "n=6.5", "not_whole"},
		{"drinks", "n=31", "out_of_range"},
	}
	for _, c := range cases {
		form, err := parseForm(c.form)
		if err != nil {
			t.Fatal(err)
		}
		r := replyTo(visitOf(t, c.question, quiz.Answers{"skin": quiz.Pick("acne")}), form)
		got := strings.Join(r.answer.Values(), " ")
		if r.fault != nil {
			got = string(r.fault.Kind)
		}
		if got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.question, c.form, got, c.want)
		}
	}
}

func TestKeyInAPastedLink(t *testing.T) {
	const key = "ABCDEFGHIJKLMNOPQRSTUVWX23"
	for _, pasted := range []string{
		key, " " + key + "\n", strings.ToLower(key),
		"https://check.example.org/r/" + key, "check.example.org/r/" + key + "/delete", "/r/" + key + "?from=mail#top",
		"https://check.example.org/r/ABCDEFGHIJKLM\r\nNOPQRSTUVWX23",
		"https://check.example.org/r/" + key + "/save", "https://check.example.org/r/" + key + "/plan?day=2#top",
		"<https://check.example.org/r/" + key + ">", "My results: https://check.example.org/r/" + key + ". Have a look", "(" + key + ")",
	} {
		if got, ok := keyIn(pasted); !ok || got != key {
			t.Errorf("%q: got %q, %t", pasted, got, ok)
		}
	}
	for _, pasted := range []string{"", "hello", key + "A", key[1:], "https://check.example.org/", strings.Repeat("0", 26), "/r//r/", "\u212a" + key[1:], "https://check.example.org/r/" + key + "8"} {
		if got, ok := keyIn(pasted); ok {
			t.Errorf("%q: got %q, want none", pasted, got)
		}
	}
}

func FuzzKeyIn(f *testing.F) {
	f.Add("https://check.example.org/r/ABCDEFGHIJKLMNOPQRSTUVWX23")
	f.Add("\u0131" + strings.Repeat("A", 25))
	f.Fuzz(func(t *testing.T, pasted string) {
		if key, ok := keyIn(pasted); ok && (!isKey(key) || url.PathEscape(key) != key) {
			t.Fatalf("%q gives the key %q", pasted, key)
		}
	})
}

func FuzzReply(f *testing.F) {
	q := questionnaire(f)
	f.Add("a=acne&a=eczema&n=7%2C5")
	f.Add("n=..5&a=skip")
	f.Add("a=%ff")
	f.Fuzz(func(t *testing.T, body string) {
		form, err := parseForm(body)
		if err != nil {
			return
		}
		for i := range q.Questions {
			x := &q.Questions[i]
			r := replyTo(visitOf(t, x.ID, nil), form)
			if r.fault != nil {
				continue
			}
			if f := x.Check(r.answer); f != nil {
				t.Fatalf("%s took %q: %v", x.ID, body, f)
			}
			if !r.answer.IsSkip() && r.answer.Number == nil && slices.Contains(r.answer.Picked, skip) {
				t.Fatalf("%s kept a skip as an option", x.ID)
			}
		}
	})
}
