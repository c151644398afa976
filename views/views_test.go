package views

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/brotli"

	"bytes"

	"gutskin/recommend"
)

// Every page, in every state, is well built.
func TestStructure(t *testing.T) {
	for name, page := range screens(t) {
		t.Run(name, func(t *testing.T) {
			html := render(t, page)
			doc := parse(t, page)
			checkFrame(t, doc)
			checkIDs(t, doc)
			checkLabels(t, doc)
			checkHeadings(t, doc)
			checkErrors(t, doc)
			checkStrict(t, doc)
			for _, leak := range []string{"%!", "ZgotmplZ", "&amp;lt;", "<no value>", "{said", "{one", "{help"} {
				if strings.Contains(html, leak) {
					t.Errorf("the page holds %q", leak)
				}
			}
		})
	}
}

func checkFrame(t *testing.T, doc *goquery.Document) {
	t.Helper()
	if n := doc.Find("h1").Not(".specimen h1").Length(); n != 1 {
		t.Errorf("h1: got %d, want 1", n)
	}
	if text(doc.Find("h1")) == "" {
		t.Error("the h1 is empty")
	}
	if title := text(doc.Find("title")); !strings.Contains(title, "Gut & Skin Check") || strings.Contains(title, "  ") {
		t.Errorf("title: got %q", title)
	}
	if doc.Find("html[lang=en][dir=ltr]").Length() != 1 {
		t.Error("html has no language or direction")
	}
	if doc.Find("main#main").Length() != 1 || doc.Find("body > a.skip:first-child[href='#main']").Length() != 1 {
		t.Error("the skip link does not lead to main")
	}
	if doc.Find("[autofocus]").Length() > 1 {
		t.Error("more than one autofocus")
	}
}

func checkIDs(t *testing.T, doc *goquery.Document) {
	t.Helper()
	ids := map[string]bool{}
	doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
		id := s.AttrOr("id", "")
		if ids[id] || id == "" {
			t.Errorf("id %q is empty or not unique", id)
		}
		ids[id] = true
	})
	for _, attr := range []string{"for", "aria-describedby", "aria-labelledby", "data-copy"} {
		doc.Find("[" + attr + "]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr(attr, "")) {
				if !ids[id] {
					t.Errorf("%s points to %q, which is not there", attr, id)
				}
			}
		})
	}
	doc.Find("a[href^='#'], use[href^='#']").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("href", "")[1:]; !ids[id] {
			t.Errorf("a link leads to #%s, which is not there", id)
		}
	})
}

func checkLabels(t *testing.T, doc *goquery.Document) {
	t.Helper()
	doc.Find("input:not([type=hidden]), textarea").Each(func(_ int, s *goquery.Selection) {
		if doc.Find("label[for='"+s.AttrOr("id", "?")+"']").Length() != 1 {
			t.Errorf("input %q has no label of its own", s.AttrOr("id", ""))
		}
		if _, required := s.Attr("required"); required {
			t.Error("an input is required")
		}
	})
	doc.Find("form").Each(func(_ int, s *goquery.Selection) {
		method, action := s.AttrOr("method", ""), s.AttrOr("action", "")
		asks := strings.HasSuffix(action, ".ics") || strings.HasSuffix(action, "/compare") || action == "/operator/figures" // they change nothing, and tell nothing
		if method != "post" && !asks || s.Find("button").Length() == 0 {
			t.Error("a form that changes something is not posted, or has no button")
		}
	})
	doc.Find("button, a, summary, label").Each(func(_ int, s *goquery.Selection) {
		if text(s) == "" {
			t.Errorf("a %s has no words", goquery.NodeName(s))
		}
	})
	doc.Find("svg").Each(func(_ int, s *goquery.Selection) {
		named := s.AttrOr("role", "") == "img" && s.AttrOr("aria-label", "") != ""
		if s.AttrOr("aria-hidden", "") != "true" && !named {
			t.Error("a drawing is neither hidden from screen readers nor named")
		}
	})
	doc.Find("table").Each(func(_ int, s *goquery.Selection) {
		if s.Find("caption").Length() != 1 || s.Find("th:not([scope])").Length() > 0 {
			t.Error("a table has no caption, or a heading without scope")
		}
	})
}

// Headings never jump down by more than one level. An error summary and news stand
// above the h1 on purpose.
func checkHeadings(t *testing.T, doc *goquery.Document) {
	t.Helper()
	last := 1
	doc.Find("main").Find("h1,h2,h3,h4").Each(func(_ int, s *goquery.Selection) {
		if s.Closest("#problem, .news").Length() > 0 {
			return
		}
		level := int(goquery.NodeName(s)[1] - '0')
		if level > last+1 {
			t.Errorf("heading %q jumps from level %d to %d", text(s), last, level)
		}
		last = level
	})
}

func checkErrors(t *testing.T, doc *goquery.Document) {
	t.Helper()
	summary := doc.Find("#problem")
	title := doc.Find("title").Text()
	if strings.HasPrefix(title, "Error: ") != (summary.Length() == 1) {
		t.Errorf("title %q does not go with %d error summaries", title, summary.Length())
	}
	if summary.Length() == 0 {
		return
	}
	if doc.Find("main > *:first-child#problem").Length() != 1 {
		t.Error("the error summary is not first in main")
	}
	if doc.Find("#problem[autofocus][tabindex='-1'] > [role=alert] a[href^='#']").Length() == 0 {
		t.Error("the error summary takes no focus, or does not lead to the field")
	}
	links := summary.Find("a")
	if n := doc.Find(".msg").Length(); n != links.Length() {
		t.Errorf("%d inline messages, but %d links in the summary", n, links.Length())
	}
	for i := range links.Length() {
		if inline := text(doc.Find(".msg").Eq(i)); inline != "Error: "+text(links.Eq(i)) {
			t.Errorf("inline message %q is not that of the summary %q", inline, text(links.Eq(i)))
		}
	}
}

// Nothing on a page needs a looser content security policy, or another site.
func checkStrict(t *testing.T, doc *goquery.Document) {
	t.Helper()
	doc.Find("*").Each(func(_ int, s *goquery.Selection) {
		for _, a := range s.Nodes[0].Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Val, "javascript:") {
				t.Errorf("<%s> has %s=%q", goquery.NodeName(s), a.Key, a.Val)
			}
		}
	})
	if doc.Find("style, script:not([src^='/static/']), link:not([href^='/static/'], [rel=canonical], [rel=icon][href^='data:']), img, iframe").Length() > 0 {
		t.Error("the page has inline style or script, or loads something from elsewhere")
	}
	doc.Find("a[href^='http']").Each(func(_ int, s *goquery.Selection) {
		if s.AttrOr("rel", "") != "noreferrer" {
			t.Errorf("the outside link %s tells where it comes from", s.AttrOr("href", ""))
		}
	})
}

// No two questions share a heading, and none stands on another page's path.
func TestHeadingsDiffer(t *testing.T) {
	seen := map[string]string{}
	for name, page := range screens(t) {
		q, ok := page.(QuestionPage)
		if !ok || q.Error != nil || name == "question, skippable" {
			continue
		}
		if other, twice := seen[q.Ask.Heading]; twice {
			t.Errorf("%s and %s share the heading %q", name, other, q.Ask.Heading)
		}
		seen[q.Ask.Heading] = name
	}
}

func TestEveryTemplateIsExecuted(t *testing.T) {
	for _, page := range screens(t) {
		render(t, page)
	}
	files, err := fs.Glob(templates, "*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if !executed.names[strings.TrimSuffix(file, ".html")] {
			t.Errorf("no test executes %s", file)
		}
	}
}

func TestEveryPartialIsUsed(t *testing.T) {
	sources := readAll(t, ".", ".html")
	partials, err := fs.Glob(templates, "partials/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range partials {
		if !strings.Contains(sources, `"`+strings.TrimSuffix(file, ".html")+`"`) {
			t.Errorf("nothing uses %s", file)
		}
	}
}

var (
	wordCall  = regexp.MustCompile(`\bT\(?\s?"([a-z0-9_.]+)"( ?\+)?`)
	countCall = regexp.MustCompile(`\bN\("([a-z0-9_.]+)"`)
)

// Every word that a template or a constructor asks for exists, and none is left over.
func TestWords(t *testing.T) {
	words := full(t).Words
	source := readAll(t, ".", ".html") + readAll(t, ".", ".go")
	used, prefixes := map[string]bool{}, []string{"notice.", "list."}
	for _, m := range wordCall.FindAllStringSubmatch(source, -1) {
		if strings.HasSuffix(m[1], ".") {
			prefixes = append(prefixes, m[1])
			continue
		}
		used[m[1]] = true
	}
	for _, m := range countCall.FindAllStringSubmatch(source, -1) {
		used[m[1]+".one"], used[m[1]+".other"] = true, true
	}
	for key := range used {
		if words[key] == "" {
			t.Errorf("no words for %q", key)
		}
	}
	for key := range words {
		if !used[key] && !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(key, p) }) {
			t.Errorf("nothing uses the words %q", key)
		}
	}
	for _, key := range []string{"notice.saved", "notice.finished_elsewhere", "notice.other_check", "notice.forgotten", "notice.shared", "notice.unshared", "notice.renewed", "notice.sent"} {
		if words[key] == "" {
			t.Errorf("no words for %q", key)
		}
	}
}

var shunned = regexp.MustCompile(`(?i)\b(suffer|fail|poor|unhealthy|naughty|guilty|obese|victim|should|please|sorry|invalid|required|oops|forgot)\w*`)

// The words of the interface are plain: short sentences, none that shame.
func TestWordsArePlain(t *testing.T) {
	for key, words := range full(t).Words {
		if found := shunned.FindString(strings.Replace(words, "action required", "", 1)); found != "" && found != "forgotten" {
			t.Errorf("%s: we do not say %q", key, found)
		}
		for _, sentence := range recommend.Sentences(words) {
			if n := len(strings.Fields(sentence)); n > 20 {
				t.Errorf("%s: a sentence has %d words, keep to 20", key, n)
			}
		}
	}
}

func readAll(t *testing.T, root, ext string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ext || strings.HasSuffix(path, "_test.go") || strings.Contains(path, "testdata") {
			return err
		}
		body, err := os.ReadFile(path)
		all.Write(body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

func TestStyleIsLogical(t *testing.T) {
	css, err := os.ReadFile("static/app.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, physical := range []string{"left", "right", "margin-top", "margin-bottom", "padding-top", "padding-bottom", "border-top", "border-bottom"} {
		if bytes.Contains(css, []byte(physical)) {
			t.Errorf("the style sheet says %q: use a logical property", physical)
		}
	}
	if width := regexp.MustCompile(`[^-(]\b(width|height)\s*:`).Find(css); width != nil {
		t.Errorf("the style sheet says %q: use inline-size or block-size", width)
	}
	for _, foreign := range []string{"http", "@import", "@font-face"} {
		if bytes.Contains(css, []byte(foreign)) {
			t.Errorf("the style sheet says %q", foreign)
		}
	}
}

func TestSizes(t *testing.T) {
	asset := func(plain string) int {
		a, ok := Assets().Find(strings.TrimPrefix(Assets().Path(plain), "/static/"))
		if !ok {
			t.Fatalf("%s is not found by its hashed name", plain)
		}
		if len(a.Gzip()) == 0 || len(a.Brotli()) == 0 || len(a.Brotli()) >= len(a.Plain) {
			t.Errorf("%s is not compressed", plain)
		}
		return len(a.Brotli())
	}
	css, js := asset("app.css"), asset("app.js")
	if css > 5<<10 {
		t.Errorf("app.css: %d bytes, want 5120 at most", css)
	}
	if js > 3584 {
		t.Errorf("app.js: %d bytes, want 3584 at most", js)
	}
	e := full(t)
	for name, page := range map[string]screen{
		"start": NewStartPage(Page{Edition: e}, Underway{}), "question": ask(e, everyday(), QuestionInput{Question: "eating_pattern"}),
	} {
		var b bytes.Buffer
		w := brotli.NewWriterLevel(&b, brotli.BestSpeed)
		_, _ = w.Write([]byte(render(t, page)))
		_ = w.Close()
		total := css + js + b.Len()
		t.Logf("%s: html %d, css %d, js %d, in all %d bytes", name, b.Len(), css, js, total)
		if total > 14<<10 {
			t.Errorf("first view of %s: %d bytes, want 14336 at most", name, total)
		}
	}
}

func TestAssetsAreNamedByContent(t *testing.T) {
	path := Assets().Path("app.css")
	if !regexp.MustCompile(`^/static/app\.[0-9a-f]{10}\.css$`).MatchString(path) {
		t.Errorf("app.css: got %q", path)
	}
	if got := Assets().Path("nothing.css"); got != "" {
		t.Errorf("a file that is not there: got %q, want none", got)
	}
	if _, ok := Assets().Find("app.css"); ok {
		t.Error("a file is found without its hash")
	}
}
