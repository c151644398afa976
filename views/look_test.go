package views

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gutskin/data"
)

const violet = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M2 2h20v20z" fill="#7a2048"/></svg>`

// branded is the built-in content with parts of site.yaml replaced, a pair for each.
func branded(t testing.TB, oldnew ...string) *data.Library {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, data.Files); err != nil {
		t.Fatal(err)
	}
	site := filepath.Join(dir, "site.yaml")
	body, err := os.ReadFile(site)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"site.yaml": strings.NewReplacer(oldnew...).Replace(string(body)), "logo.svg": violet} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	library, err := data.Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	return library
}

// The colours that the content is measured against are those of the style sheet.
func TestGroundsAreThoseOfTheStyleSheet(t *testing.T) {
	list := colours(styleSheet(false))
	for _, g := range data.Grounds() {
		if want := (Colour{g.Token, g.Light, g.Dark}); !slices.Contains(list, want) {
			t.Errorf("the style sheet does not have %v", want)
		}
	}
	light, dark := data.Colours{Light: "#1e5945", Dark: "#8fd3b4"}.Palettes()
	for token, want := range map[string][2]string{"action": {light.Action, dark.Action}, "on-action": {light.OnAction, "#10241b"}} {
		if !slices.Contains(list, Colour{token, want[0], want[1]}) {
			t.Errorf("the style sheet does not have %s as %v", token, want)
		}
	}
}

// Whatever colour passes the check, every pair that the pages rely on stands out.
func TestContrastsOfOwnColours(t *testing.T) {
	for _, c := range []data.Colours{
		{Light: "#7a2048", Dark: "#f0a6cc"}, {Light: "#0b57d0", Dark: "#a8c7fa"}, {Light: "#6b4e00", Dark: "#ffd75e"},
		{Light: "#000000", Dark: "#ffffff"}, {Light: "#b3261e", Dark: "#ffb4ab"}, {Light: "#4c7256", Dark: "#88cc99"},
	} {
		library := branded(t, `light: ""`, `light: "`+c.Light+`"`, `dark: ""`, `dark: "`+c.Dark+`"`)
		look, err := NewLook(library)
		if err != nil {
			t.Fatal(err)
		}
		list := colours(string(look.dress([]byte(styleSheet(false)))))
		if !slices.Contains(list, Colour{"action", c.Light, c.Dark}) || !slices.Contains(list, Colour{"link", c.Light, c.Dark}) {
			t.Errorf("%v is not in the style sheet", c)
		}
		for _, pair := range contrasted(list) {
			if pair.Light < pair.Needs || pair.Dark < pair.Needs {
				t.Errorf("%v: %s on %s: %s in light and %s in dark, want %.1f", c, pair.Name, pair.On, pair.Ratio(false), pair.Ratio(true), pair.Needs)
			}
		}
	}
}

func TestLook(t *testing.T) {
	library := branded(t, `light: ""`, `light: "#7a2048"`, `dark: ""`, `dark: "#f0a6cc"`, `logo: ""`, "logo: logo.svg")
	look, err := NewLook(library)
	if err != nil {
		t.Fatal(err)
	}
	page := Page{Edition: library.Edition(""), Look: look}
	doc := parse(t, NewStartPage(page, Underway{}))
	if logos, marks := doc.Find(".brand .logo").Length(), doc.Find(".brand svg").Length(); logos != 1 || marks != 0 {
		t.Errorf("%d logos and %d marks, want the logo alone", logos, marks)
	}
	if href, _ := doc.Find("link[rel=icon]").Attr("href"); !strings.Contains(href, "fill='%237a2048'") {
		t.Errorf("the icon is %.80s", href)
	}
	address, _ := doc.Find("link[rel=stylesheet]").Attr("href")
	sheet, ok := look.Assets(false).Find(strings.TrimPrefix(address, "/static/"))
	if !ok {
		t.Fatalf("there is no style sheet %s", address)
	}
	css := string(sheet.Plain)
	for _, want := range []string{"--action:#7a2048", "--action:#f0a6cc", ".logo{", "data:image/svg+xml"} {
		if !strings.Contains(css, want) {
			t.Errorf("%s is not in the style sheet", want)
		}
	}
	if regexp.MustCompile(`1e5945|17563f`).MatchString(css) {
		t.Error("the style sheet still has the colours of the design")
	}
	if printed := css[strings.Index(css, "@media print"):]; !strings.Contains(printed, "--action:#7a2048") || !strings.Contains(printed, "--pick:#fff") {
		t.Error("on paper the colours differ")
	}

	if doc.Find("meta[property='og:image']").Length() > 0 {
		t.Error("a picture of another look goes with links")
	}

	// Without a look, the design is as it is.
	plain := parse(t, NewStartPage(Page{Edition: full(t)}, Underway{}))
	if marks := plain.Find(".brand svg").Length(); marks != 1 {
		t.Errorf("%d marks, want 1", marks)
	}
	if href, _ := plain.Find("link[rel=icon]").Attr("href"); !strings.Contains(href, "fill='%231e5945'") {
		t.Errorf("the icon is %.80s", href)
	}
	if address, _ := plain.Find("link[rel=stylesheet]").Attr("href"); address != Assets().Path("app.css") {
		t.Errorf("the style sheet is %s", address)
	}
}

// The picture goes with links to the first page, where the site knows its own address. It
// never shows the name of another check, and never goes with results.
func TestCard(t *testing.T) {
	if got := full(t).Site.Brand; got != cardBrand {
		t.Errorf("the check is called %q: run make card, and change the name in look.go", got)
	}
	card := func(library *data.Library, page func(Page) screen) string {
		t.Helper()
		look, err := NewLook(library)
		if err != nil {
			t.Fatal(err)
		}
		doc := parse(t, page(Page{Edition: library.Edition(""), Look: look, Origin: "https://quiz.example", Path: "/"}))
		return doc.Find("meta[property='og:image']").AttrOr("content", "")
	}
	start := func(p Page) screen { return NewStartPage(p, Underway{}) }
	library, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	own := regexp.MustCompile(`^https://quiz\.example/static/card\.[0-9a-f]{10}\.png$`)
	if got := card(library, start); !own.MatchString(got) {
		t.Errorf("got %q", got)
	}
	if got := card(branded(t, "brand: Gut & Skin Check", "brand: Robin asks"), start); got != "" {
		t.Errorf("another name: got %q", got)
	}
	for name, page := range map[string]func(Page) screen{
		"without an address": func(p Page) screen { p.Origin = ""; return NewStartPage(p, Underway{}) },
		"in a frame":         func(p Page) screen { p.Framers = "https://a.example"; return NewStartPage(p, Underway{}) },
		"results": func(p Page) screen {
			return NewResultsPage(p, ResultsInput{Report: assess(p.Edition, everyday()), Key: resultsKey, TodayEdition: p.Edition})
		},
		"a question": func(p Page) screen { return NewConsentPage(p, ConsentForm{}) },
	} {
		if got := card(library, page); got != "" {
			t.Errorf("%s: got %q", name, got)
		}
	}
	body, err := os.ReadFile("static/card.png")
	if err != nil {
		t.Fatal(err)
	}
	if size, err := png.DecodeConfig(bytes.NewReader(body)); err != nil || size.Width != 1200 || size.Height != 630 || len(body) > 300<<10 {
		t.Errorf("card.png: %v (%v), %d bytes", size, err, len(body))
	}
}
