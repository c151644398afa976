package views

import (
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

func TestEmailIsOfferedOnlyWhereItCanBeSent(t *testing.T) {
	in := SaveInput{Key: "KEY", Link: "https://check.example/r/KEY", KeptUntil: taken}
	if doc := parse(t, NewSavePage(Page{Edition: full(t)}, in)); doc.Find("#email, form[action$='/email']").Length() > 0 {
		t.Error("the page asks for an address that nothing is sent to")
	}
	doc := parse(t, NewSavePage(Page{Edition: full(t), CanSend: true}, in))
	if doc.Find("form[action='/r/KEY/email'] input[type=email][autocomplete=email]").Length() != 1 {
		t.Error("the page does not ask for an address")
	}
	results := parse(t, NewResultsPage(Page{Edition: full(t), CanSend: true}, ResultsInput{Report: assess(full(t), everyday()), Key: "KEY", KeptUntil: taken, TodayEdition: full(t)}))
	if got := text(results.Find("#keep a.btn")); got != "Save or send my link" {
		t.Errorf("results lead on with %q", got)
	}
}

func TestViewOnlyLinks(t *testing.T) {
	list := screens(t)
	doc := parse(t, list["save, shared"])
	if doc.Find("[name=until][checked]").Length() > 0 {
		t.Error("how long a link opens is chosen for the visitor")
	}
	rows := doc.Find("li.copy")
	if rows.Length() != 2 || doc.Find("form[action='/r/KEY/unshare']").Length() != 2 {
		t.Fatalf("%d links are listed, want 2 that can be switched off", rows.Length())
	}
	for i, want := range []string{
		"View-only link: for my <dietitian> It opens until 1 July 2026.",
		"View-only link It opens as long as your results.",
	} {
		if got := text(rows.Eq(i)); !strings.HasPrefix(got, want) {
			t.Errorf("link %d: got %q, want %q first", i+1, got, want)
		}
	}
	if got := rows.First().Find("input[readonly]").AttrOr("value", ""); got != "https://check.example/r/VIEW1" {
		t.Errorf("the field holds %q", got)
	}
	faults := parse(t, list["save, faults"])
	if faults.Find("#label").AttrOr("value", "") != "<for my dietitian>" || faults.Find("#email").AttrOr("value", "") != "a b" {
		t.Error("what was typed is lost")
	}
	if faults.Find("fieldset.wrong[aria-describedby=until-error]").Length() != 1 {
		t.Error("the group of radios does not say what to do")
	}
}

// Whoever has a view-only link is told so, and is offered nothing that it cannot do.
func TestResultsOfAViewOnlyLink(t *testing.T) {
	doc := parse(t, screens(t)["results, shown"])
	if got := text(doc.Find("main > :first-child")); !strings.HasPrefix(got, "This is a view-only copy. It opens until 31 May 2026.") {
		t.Errorf("first in main is %q", got)
	}
	if doc.Find("main form, #keep, a[href$='/save'], a[href$='/delete'], main a[href='/quiz']").Length() > 0 {
		t.Error("a view-only page offers what only the owner can do")
	}
	if strings.Contains(render(t, screens(t)["results"]), "view-only copy") {
		t.Error("the owner's page says it is a view-only copy")
	}
}

func TestDaysOfAShare(t *testing.T) {
	for value, want := range map[string]int{"30": 30, "90": 90, "0": 0} {
		if got, ok := ShareDays(value); !ok || got != want {
			t.Errorf("%q: got %d, %t, want %d", value, got, ok, want)
		}
	}
	for _, value := range []string{"", "31", "-30", "030", "30 "} {
		if _, ok := ShareDays(value); ok {
			t.Errorf("%q is a choice", value)
		}
	}
}

var healthWords = regexp.MustCompile(`(?i)\b(health|results?|scores?|answers?|quiz|habits?|gut|skin|diet|eat(ing)?|food|sleep|stress|drink(s|ing)?|hydration|symptoms?|condition|medicines?|doctor|weight|mood|acne|eczema|poo|tummy|pregnan\w+)\b`)

// A message tells whoever sees it on a screen nothing but that there is a link.
func TestLetterTellsNothingAboutHealth(t *testing.T) {
	e := full(t)
	const link = "https://check.example/r/KEY"
	letter := NewLetter(Page{Edition: e}, link, taken)
	if letter.Subject != "Your link from "+e.Site.Brand {
		t.Errorf("subject: got %q", letter.Subject)
	}
	bare := strings.ReplaceAll(letter.Text, e.Site.Brand, "")
	if found := healthWords.FindString(bare); found != "" {
		t.Errorf("the message says %q", found)
	}
	words := " " + strings.Join(regexp.MustCompile(`[a-z]+`).FindAllString(strings.ToLower(bare), -1), " ") + " "
	var names []string
	for _, p := range e.Quiz.Pillars {
		names = append(names, p.ID, p.Name)
	}
	for _, s := range e.Quiz.Sections {
		names = append(names, s.Name)
	}
	for i := range e.Quiz.Questions {
		names = append(names, short(&e.Quiz.Questions[i]))
	}
	for _, name := range names {
		if strings.Contains(words, " "+strings.ToLower(name)+" ") {
			t.Errorf("the message says %q", name)
		}
	}
	for _, want := range []string{"\n" + link + "\n", "“Save or send my link”", "“Make a new link”", "until 31 May 2026", "did not keep your address", e.Site.Brand} {
		if !strings.Contains(letter.Text, want) {
			t.Errorf("the message does not say %q:\n%s", want, letter.Text)
		}
	}
}

func TestPrivacyIsTrueOfEmail(t *testing.T) {
	list := screens(t)
	if got := text(parse(t, list["privacy"]).Find("main")); strings.Contains(got, "mail service") || !strings.Contains(got, "We do not ask for your name, email or date of birth") {
		t.Error("the page speaks of mail that is never sent")
	}
	if got := text(parse(t, list["privacy, sends"]).Find("main")); !strings.Contains(got, "mail service") || strings.Contains(got, "name, email or date") {
		t.Error("the page does not say what becomes of an address")
	}
	rows := parse(t, list["privacy"]).Find("tbody th").Map(func(_ int, s *goquery.Selection) string { return text(s) })
	if got := strings.Join(rows, " "); got != "draft mine lang" {
		t.Errorf("cookies: got %q", got)
	}
}

// Where a form was sent to is no page: the way back leads to the page it stood on.
func TestFormsLeadBackToTheirPage(t *testing.T) {
	for path, want := range map[string]string{
		"/r/KEY/email": "/r/KEY/save", "/r/KEY/share": "/r/KEY/save", "/r/KEY/unshare": "/r/KEY/save",
		"/mine/reopen": "/mine", "/r/KEY/renew": "/r/KEY/renew",
		"/r/KEY/feedback": "/r/KEY", "/mine/take-over": "/mine", "/operator/feedback": "/operator/feedback",
	} {
		if got := (Page{Path: path}).address(); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
	page := NewErrorPage(Page{Edition: full(t), Path: "/r/KEY/delete"}, 403, "read_only", 0)
	if page.Action == nil || page.Action.Href != "/r/KEY" {
		t.Errorf("a view-only visitor is led to %v", page.Action)
	}
}
