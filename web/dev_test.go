package web

import (
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"

	"gutskin/data"
)

// renamed is the shipped content with another name of the first section.
func renamed(t *testing.T, name string) *data.Library {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, data.Files); err != nil {
		t.Fatal(err)
	}
	file := dir + "/questionnaire.yaml"
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	body = []byte(strings.Replace(string(body), "name: About you", "name: "+name, 1))
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	library, err := data.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	return library
}

// Whoever edits the content sees what is wrong with it on every page, and the page comes
// back with the new words once it is mended. The quiz in the cookie lives on.
func TestDevReloads(t *testing.T) {
	s := newServer(t)
	today, err := library()
	if err != nil {
		t.Fatal(err)
	}
	var wrong error
	s.check.Watch(func() (*data.Library, error) {
		if wrong != nil {
			return nil, wrong
		}
		return today, nil
	})
	b := s.browser()
	b.start()
	if got := b.get("/quiz/age"); got.status != http.StatusOK || !strings.Contains(got.body, "About you") {
		t.Fatalf("the first question: %d\n%s", got.status, got.body)
	}

	wrong = data.Problems{
		{File: "topics/diet.yaml", Line: 3, Column: 5, Text: `"<b>" is a word we do not use`},
		{File: "site.yaml", Line: 1, Column: 1, Text: "this file is missing"},
	}
	for _, address := range []string{"/", "/quiz/age", "/nowhere"} {
		got := b.get(address)
		for _, want := range []string{
			"The content has problems: 2", "<code>topics/diet.yaml:3:5:</code> &#34;&lt;b&gt;&#34; is a word we do not use",
			"<code>site.yaml:1:1:</code> this file is missing",
		} {
			if got.status != http.StatusInternalServerError || !strings.Contains(got.body, want) {
				t.Errorf("%s: got %d without %q:\n%s", address, got.status, want, got.body)
			}
		}
		if got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept: %q", address, got.header.Get("Cache-Control"))
		}
	}
	wrong = errors.New("the disk is gone")
	if got := b.get("/"); !strings.Contains(got.body, "<code></code> the disk is gone") {
		t.Errorf("got %s", got.body)
	}

	wrong, today = nil, renamed(t, "All about you")
	if got := b.get("/quiz/age"); got.status != http.StatusOK || !strings.Contains(got.body, "All about you") {
		t.Errorf("the mended page: got %d\n%s", got.status, got.body)
	}
	if got := b.post("/quiz/age", "a=a35_64"); got.status != http.StatusSeeOther {
		t.Errorf("a form: got %d\n%s", got.status, got.body)
	}
}

// A page that works is not made anew for each request.
func TestDevKeepsWhatWorks(t *testing.T) {
	s := newServer(t)
	today := s.check.options.Library
	s.check.Watch(func() (*data.Library, error) { return today, nil })
	made := s.check.serving.Load()
	s.browser().journey([]step{{"GET /", "200 "}})
	if s.check.serving.Load() != made {
		t.Error("the same content was made into pages again")
	}
	today = renamed(t, "Another")
	s.browser().journey([]step{{"GET /", "200 "}})
	if s.check.serving.Load() == made {
		t.Error("other content was not taken up")
	}
}
