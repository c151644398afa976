package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"golang.org/x/net/html"

	"gutskin/data"
	"gutskin/data/pseudo"
	"gutskin/views"
)

// hostile are texts that end what they stand in: an element, an attribute, a script, an
// address, a cell, a line of a calendar, a template.
var hostile = []string{
	`<script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)>`,
	`' onmouseover='alert(1)`,
	`</textarea></title></style></script><svg onload=alert(1)>`,
	`javascript:alert(1)`,
	`{{.Edition}}{{template "x"}}${7*7}#{7*7}`,
	`=HYPERLINK("http://evil.example","x")`,
	`@SUM(1+1)*cmd|' /C calc'!A0`,
	`END:VEVENT;ATTACH:http://evil.example`,
	`\",\"admin\":true,\"x\":\"`,
	`]]></script><!--`,
	`&lt;b&gt;&#x3c;script&#x3e;`,
}

// foreign lists the markup of a page that no template of ours can have made.
func foreign(body string) (found []string) {
	z := html.NewTokenizer(strings.NewReader(body))
	inScript := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return found
		case html.CommentToken:
			found = append(found, "a comment")
		case html.TextToken:
			if inScript {
				found = append(found, foreignAhead(z.Raw())...)
			}
		case html.EndTagToken:
			inScript = false
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			named := map[string]string{}
			for _, a := range token.Attr {
				named[a.Key] = a.Val
				scheme, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(a.Val)), ":")
				switch {
				case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc":
					found = append(found, "the attribute "+a.Key)
				case (a.Key == "href" || a.Key == "src" || a.Key == "action" || a.Key == "formaction") && strings.Contains("javascript vbscript data file", scheme) && a.Val != "" &&
					!strings.HasPrefix(a.Val, "data:image/svg+xml"):
					found = append(found, "the address "+a.Val)
				}
			}
			switch token.Data {
			case "script":
				inScript = named["type"] == "application/json"
				if !inScript && !strings.HasPrefix(named["src"], "/static/") {
					found = append(found, "a script")
				}
			case "img", "iframe", "object", "embed", "base", "style", "frame", "applet":
				found = append(found, "the element "+token.Data)
			}
		}
	}
}

// foreignAhead looks at the pages that a question carries for the script, which puts
// them in place as markup.
func foreignAhead(script []byte) (found []string) {
	var out outlook
	if err := json.Unmarshal(script, &out); err != nil {
		return []string{"a script that is no JSON"}
	}
	for _, mark := range []string{"</", "<!--"} {
		if bytes.Contains(script, []byte(mark)) {
			found = append(found, mark+" in a script")
		}
	}
	for _, step := range out.Steps {
		found = append(found, foreign(step.Main)...)
	}
	return found
}

func TestForeignMarkupIsSeen(t *testing.T) {
	for _, text := range hostile[:4] {
		if len(foreign("<p>"+text+"</p><p title='"+text+"'>")) == 0 {
			t.Errorf("%s goes unseen", text)
		}
	}
}

// TestHostileTextStaysText sends hostile text in every field that is shown again, and
// looks at every page and file that could show it.
func TestHostileTextStaysText(t *testing.T) {
	for _, text := range hostile {
		s := newScene(t)
		b := s.owner
		check := func(what string, got page, shown bool) {
			t.Helper()
			if found := foreign(got.body); len(found) > 0 {
				t.Errorf("%s with %s: the page has %v", what, text, found)
			}
			if shown && !strings.Contains(html.UnescapeString(got.body), text) {
				t.Errorf("%s with %s: it is not shown again", what, text)
			}
		}
		send := func(target string, form url.Values, shown bool) {
			t.Helper()
			r := b.request(http.MethodPost, target, form.Encode())
			check(target, b.do(r), shown)
		}
		attempt, results := s.attempt, "/r/"+s.key
		send("/quiz/sleep-hours", url.Values{"attempt": {attempt}, "n": {text}}, false)
		send("/quiz/urgent", url.Values{"attempt": {attempt}, "a": {text}}, false)
		send("/quiz/section/gut", url.Values{"attempt": {attempt}, "asked": {"urgent " + text}, "urgent": {text}, text: {text}}, false)
		send("/quiz/finish", url.Values{"attempt": {text}}, false)
		send("/mine", url.Values{"link": {text}}, true)
		send("/mine/forget", url.Values{"key": {text}}, false)
		send(results+"/what-if", url.Values{"asked": {"sleep_hours drinks"}, "sleep_hours.n": {text}, "drinks.n": {text}}, true)
		send(results+"/share", url.Values{"label": {text}, "until": {text}}, true)
		send(results+"/share", url.Values{"label": {text}, "until": {"30"}}, false)
		send(results+"/plan", url.Values{"idea": {s.idea}, "day": {text}, "month": {text}, "year": {text}, s.idea + ".text": {text}, s.idea + ".time": {text}}, true)
		send(results+"/plan/choose", url.Values{"idea": {text}}, false)
		plan := planFields(s.day(0), s.idea)
		plan.Set(s.idea+".text", text)
		send(results+"/plan", plan, false)
		if got := kept(t, s.server, s.key).Actions[0].IfThen; got != text {
			t.Fatalf("the plan keeps %q, want %q", got, text)
		}
		for _, path := range []string{"/plan", "/plan/choose", "/save", "/data", "", "/check-in"} {
			check(path, b.get(results+path+"?x="+url.QueryEscape(text)), path == "/plan" || path == "/save")
		}
		for _, target := range []string{"/" + url.PathEscape(text), "/quiz/" + url.PathEscape(text), results + "/advice/" + url.PathEscape(text), "/?" + url.QueryEscape(text) + "=1"} {
			check(target, s.browser().get(target), false)
		}
		s.filesAreHarmless(t, text)
	}
}

// filesAreHarmless reads every file that a visitor can keep, with other people's readers.
func (s *scene) filesAreHarmless(t *testing.T, text string) {
	t.Helper()
	var all download
	if err := json.Unmarshal([]byte(s.owner.get("/r/"+s.key+"/data.json").body), &all); err != nil {
		t.Fatalf("with %s the data cannot be read: %v", text, err)
	}
	note := planNote{}
	if err := json.Unmarshal(all.Plan, &note); err != nil || note.Actions[0].IfThen != text || all.Links[1].Label != text {
		t.Errorf("with %s the data holds %q and %q, %v", text, note.Actions[0].IfThen, all.Links[1].Label, err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.owner.get("/r/"+s.key+"/data.csv").body, "\ufeff"))).ReadAll()
	if err != nil || len(rows) < 20 {
		t.Errorf("with %s the table has %d rows, %v", text, len(rows), err)
	}
	events := decoded(t, []byte(s.owner.get("/r/"+s.key+"/plan.ics?checkin=1&remind=1").body))
	if len(events) != 2 {
		t.Fatalf("with %s the calendar has %d events, want 2", text, len(events))
	}
	for _, e := range events {
		if e.Props.Get("ATTACH") != nil || (e.Props.Get("URL") != nil && !strings.HasPrefix(e.Props.Get("URL").Value, "http://localhost/r/")) {
			t.Errorf("with %s the calendar has an event %v", text, e.Props)
		}
	}
}

// TestHostileContentStaysText serves a content in which every text of every page is
// hostile: whoever writes content can write nonsense, and no script.
func TestHostileContentStaysText(t *testing.T) {
	library, err := library()
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := pseudo.Overlay(library)
	if err != nil {
		t.Fatal(err)
	}
	const text = `"'><img src=x onerror=alert(1)>`
	dir := t.TempDir()
	if err := os.CopyFS(dir, data.Files); err != nil {
		t.Fatal(err)
	}
	end := regexp.MustCompile(`(?m)"$`)
	bad := end.ReplaceAllLiteralString(string(overlay), ` \"'><img src=x onerror=alert(1)>"`)
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(pseudo.File)), []byte(bad), 0o600); err != nil {
		t.Fatal(err)
	}
	var site map[string]any
	body, err := os.ReadFile(filepath.Join(dir, "site.yaml"))
	if err != nil || yaml.Unmarshal(body, &site) != nil {
		t.Fatal(err)
	}
	site["brand"], site["owner"] = text, map[string]string{"name": text, "about": text}
	site["article"] = map[string]string{"title": text, "author": text}
	if body, err = yaml.Marshal(site); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "site.yaml"), body, 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := data.Load(os.DirFS(dir))
	if err != nil {
		t.Fatalf("the hostile content has problems:\n%.2000s", err)
	}
	s := newScene(t, func(o *Options) { o.Library = l })
	for _, lang := range []string{"en", pseudo.Lang} {
		b := &browser{t: t, app: s.server, jar: maps.Clone(s.owner.jar), send: http.Header{}}
		b.jar[langCookie] = lang
		shown := 0
		for _, start := range []string{"/", "/r/" + s.key, "/quiz"} {
			s.crawl(b, start, func(target string, got page) {
				if !strings.HasPrefix(got.header.Get("Content-Type"), "text/html") {
					return
				}
				shown += strings.Count(html.UnescapeString(got.body), text)
				if found := foreign(got.body); len(found) > 0 {
					t.Errorf("%s in %s: the page has %v", target, lang, found)
				}
			})
		}
		if shown < 50 {
			t.Errorf("in %s the text is shown %d times", lang, shown)
		}
		s.filesOfContent(t, b)
	}
}

func (s *scene) filesOfContent(t *testing.T, b *browser) {
	t.Helper()
	if _, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.get("/r/"+s.key+"/data.csv").body, "\ufeff"))).ReadAll(); err != nil {
		t.Error(err)
	}
	if events := decoded(t, []byte(b.get("/r/"+s.key+"/plan.ics").body)); len(events) != 1 {
		t.Errorf("the calendar has %d events, want 1", len(events))
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	l := edited(t, "site.yaml", "brand: Gut & Skin Check", "brand: '=1+1'")
	for _, start := range []string{"=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"} {
		sheet := views.Spreadsheet(views.Page{Edition: worded(l.Edition(""), start+"1+1")}, nil)
		if !bytes.Contains(sheet, []byte(`"'`+start)) {
			t.Errorf("a cell that begins with %q stays a formula: %q", start, sheet)
		}
	}
}

// worded is an edition with one word for everything.
func worded(e *data.Edition, word string) *data.Edition {
	all := *e
	all.Words = map[string]string{}
	for key := range e.Words {
		all.Words[key] = word
	}
	return &all
}
