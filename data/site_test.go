package data_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"gutskin/data"
)

// painted is a PNG; noisy ones pack badly.
func painted(t testing.TB, wide, high int, noisy bool) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, wide, high))
	chance := rand.New(rand.NewPCG(1, 2))
	for i := range picture.Pix {
		if picture.Pix[i] = 0xff; noisy {
			picture.Pix[i] = byte(chance.Uint32())
		}
	}
	picture.Set(0, 0, color.Black)
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withSite is the shipped content with lines of site.yaml in the place of others, and
// files beside it.
func withSite(t testing.TB, lines map[string]string, beside map[string][]byte) fstest.MapFS {
	t.Helper()
	files := copied(t)
	site := string(files["site.yaml"].Data)
	for old, line := range lines {
		if strings.Count(site, old) != 1 {
			t.Fatalf("%q does not stand in site.yaml once", old)
		}
		site = strings.Replace(site, old, line, 1)
	}
	files["site.yaml"] = &fstest.MapFile{Data: []byte(site)}
	for name, body := range beside {
		files[name] = &fstest.MapFile{Data: body}
	}
	return files
}

const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M2 2h20v20z" fill="#1e5945"/></svg>`

func TestSite(t *testing.T) {
	const ramp = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"><defs><linearGradient id="a"><stop offset="0"/></linearGradient>` +
		`<path id="b" d="M0 0h9"/></defs><use xlink:href="#b" fill="url(#a)" style="stroke:url('#a')"/></svg>`
	svg := func(inside string) map[string][]byte {
		return map[string][]byte{"logo.svg": []byte(strings.Replace(mark, "</svg>", "\n"+inside+"</svg>", 1))}
	}
	logo := map[string]string{`logo: ""`: "logo: logo.svg"}
	offer := func(title, text, link string) map[string]string {
		return map[string]string{`title: "" `: "title: " + title + " ", `text: "" `: "text: " + text + " ", `link: "" `: "link: " + link + " "}
	}
	colours := func(light, dark string) map[string]string {
		return map[string]string{`light: ""`: "light: " + light, `dark: ""`: "dark: " + dark}
	}
	embed := func(sites string) map[string]string { return map[string]string{"embed: []": "embed: " + sites} }
	for name, c := range map[string]struct {
		lines  map[string]string
		beside map[string][]byte
		want   []string // beginnings of problems, in order
	}{
		"a whole brand": {map[string]string{
			`light: ""`: `light: "#7a2048"`, `dark: ""`: `dark: "#f0a6cc"`, `logo: ""`: "logo: logo.svg", `card: ""`: "card: card.png",
			"embed: []": "embed: [https://ashley.example, http://localhost:8000]", "changed: []": "changed: [diet, sleep]", "languages: []": "languages: [en]",
			`title: "" `: "title: A guide ", `text: "" `: "text: 30 simple meals. ", `link: "" `: "link: https://ashley.example/guide ", "feedback: false": "feedback: true",
		}, map[string][]byte{"logo.svg": []byte(ramp), "card.png": painted(t, 1200, 630, false)}, nil},

		"a pale colour": {colours(`"#88cc99"`, `"#8fd3b4"`), nil, []string{
			"site.yaml:44:3: #88cc99 has a contrast of 1.56 on the foot of the page (#f1e9dd), and text needs 4.5: make it darker, #",
		}},
		"a night colour": {colours(`"#1e5945"`, `"#1e5945"`), nil, []string{"site.yaml:45:3: #1e5945 has a contrast of 1.8"}},
		"one colour":     {colours(`"#1e5945"`, `""`), nil, []string{"site.yaml:45:3: give a colour for dark pages as well"}},
		"no colour":      {colours(`green`, `"#FFFFFF"`), nil, []string{`site.yaml:44:3: "green" is not a colour like`, `site.yaml:45:3: "#FFFFFF" is not a colour like`}},

		"half an offer":       {offer(`A guide`, `""`, `""`), nil, []string{"site.yaml:38:3: an offer has a title, a text and a link: its text", `site.yaml:39:3: "" is not an address like`}},
		"a long offer":        {offer(strings.Repeat("x", 61), strings.Repeat("x ", 101), "https://a.example"), nil, []string{"site.yaml:37:3: the title has 61 characters", "site.yaml:38:3: a sentence has 101 words", "site.yaml:38:3: the text has 201 characters"}},
		"an offer that cures": {offer("A guide", "It cures you, guaranteed.", "https://a.example"), nil, []string{`site.yaml:38:3: "cures" promises more`}},
		"an offer by http":    {offer("A guide", "Meals.", "http://a.example"), nil, []string{`site.yaml:39:3: "http://a.example" is not an address like`}},
		"an offer by script":  {offer("A guide", "Meals.", "javascript:alert(1)"), nil, []string{`site.yaml:39:3: "javascript:alert(1)" is not an address like`}},

		"a changed score that is none": {map[string]string{"changed: []": "changed: [diet, mood]"}, nil, []string{`site.yaml:20:17: no score has the id "mood"`}},
		"a language that is not there": {map[string]string{"languages: []": "languages: [en, de]"}, nil, []string{"site.yaml:16:17: there is no file locales/de.yaml"}},
		"no language of the source":    {map[string]string{"languages: []": "languages: [de]"}, nil, []string{"site.yaml:16:1: add en", "site.yaml:16:13: there is no file locales/de.yaml"}},

		"any site":           {embed(`["*"]`), nil, []string{`site.yaml:52:9: "*" is not a site like`}},
		"any of its sites":   {embed(`["https://*.a.example"]`), nil, []string{`site.yaml:52:9: "https://*.a.example" is not a site`}},
		"a page":             {embed(`["https://a.example/quiz"]`), nil, []string{`site.yaml:52:9: "https://a.example/quiz" is not a site`}},
		"a second directive": {embed(`["https://a.example; script-src *"]`), nil, []string{`site.yaml:52:9: "https://a.example; script-src *" is not a site`}},
		"an open way":        {embed(`["http://a.example"]`), nil, []string{"site.yaml:52:9: http://a.example could be changed by anybody"}},

		"no such logo":       {logo, nil, []string{"site.yaml:47:1: there is no file logo.svg beside this one"}},
		"a logo elsewhere":   {map[string]string{`logo: ""`: "logo: ../logo.svg"}, nil, []string{`site.yaml:47:1: "../logo.svg" is not the name of a picture`}},
		"a large logo":       {logo, map[string][]byte{"logo.svg": []byte(mark + strings.Repeat(" ", 5<<10))}, []string{"site.yaml:47:1: logo.svg has 5224 bytes, keep to 5120"}},
		"a script":           {logo, svg("<script>alert(1)</script>"), []string{"logo.svg:2:1: take <script> out"}},
		"an event":           {logo, svg(`<g onload="alert(1)"/>`), []string{"logo.svg:2:1: take onload out"}},
		"a web page":         {logo, svg(`<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>`), []string{"logo.svg:2:1: take <foreignObject> out"}},
		"another picture":    {logo, svg(`<image href="https://a.example/x.png"/>`), []string{"logo.svg:2:1: take <image> out"}},
		"a part elsewhere":   {logo, svg(`<use href="https://a.example/x.svg#a"/>`), []string{`logo.svg:2:1: "https://a.example/x.svg#a" leads out`}},
		"a fill elsewhere":   {logo, svg(`<path fill="url(https://a.example/x.svg#a)"/>`), []string{"logo.svg:2:1: fill="}},
		"a style that hides": {logo, svg(`<path style="fill:u\72l(//a.example)"/>`), []string{"logo.svg:2:1: style="}},
		"a style sheet":      {logo, svg(`<style>@import "https://a.example"</style>`), []string{"logo.svg:2:1: take <style> out"}},
		"an animation":       {logo, svg(`<set attributeName="href" to="x"/>`), []string{"logo.svg:2:1: take <set> out"}},
		"a style for all":    {logo, map[string][]byte{"logo.svg": []byte(`<?xml-stylesheet href="x.css"?>` + mark)}, []string{"logo.svg:1:1: take <?xml-stylesheet?> out"}},
		"entities":           {logo, map[string][]byte{"logo.svg": []byte(`<!DOCTYPE svg [<!ENTITY a "b">]>` + mark)}, []string{"logo.svg:1:1: take the <!DOCTYPE> out"}},
		"two logos":          {logo, map[string][]byte{"logo.svg": []byte(mark + mark)}, []string{"logo.svg:1:105: the first and only element"}},
		"no logo at all":     {logo, map[string][]byte{"logo.svg": []byte("hello")}, []string{"logo.svg:1:1: there is no <svg>"}},
		"half a logo":        {logo, map[string][]byte{"logo.svg": []byte(mark[:40])}, []string{"logo.svg:1:41: this is no SVG that can be read"}},
		"half a PNG":         {map[string]string{`logo: ""`: "logo: logo.png"}, map[string][]byte{"logo.png": painted(t, 9, 9, false)[:60]}, []string{"logo.png:1:1: this is no PNG"}},
		"a wide PNG":         {map[string]string{`logo: ""`: "logo: logo.png"}, map[string][]byte{"logo.png": painted(t, 513, 9, false)}, []string{"logo.png:1:1: the logo has 513 by 9 pixels"}},

		"a card of another size": {map[string]string{`card: ""`: "card: card.png"}, map[string][]byte{"card.png": painted(t, 630, 1200, false)}, []string{"card.png:1:1: the picture for links has to be a PNG of 1200 by 630"}},
		"a heavy card":           {map[string]string{`card: ""`: "card: card.png"}, map[string][]byte{"card.png": painted(t, 400, 400, true)}, []string{"site.yaml:48:1: card.png has"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := data.Load(withSite(t, c.lines, c.beside))
			got := []string{}
			if err != nil {
				got = strings.Split(err.Error(), "\n")
			}
			if !slices.EqualFunc(got, c.want, strings.HasPrefix) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestContrast(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21}, {"#ffffff", "#000000", 21}, {"#777777", "#ffffff", 4.478}, {"#2b1e2f", "#faf6ef", 14.66},
		{"#123456", "#123456", 1}, {"red", "#ffffff", 0}, {"#ffffff", "#12345g", 0},
	} {
		if got := data.Contrast(tt.a, tt.b); math.Abs(got-tt.want) > .01 {
			t.Errorf("%s on %s: got %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}

// What a report says belongs to its edition. How the pages look does not, so that a new
// colour makes no old report of anybody's.
func TestEditionIsWhatIsSaid(t *testing.T) {
	hash := func(lines map[string]string, beside map[string][]byte) string {
		t.Helper()
		library, err := data.Load(withSite(t, lines, beside))
		if err != nil {
			t.Fatal(err)
		}
		again, err := data.Unpack(library.Pack())
		if err != nil || again.Hash() != library.Hash() {
			t.Errorf("packed and unpacked it is another edition (%v)", err)
		}
		return library.Hash()
	}
	plain := hash(nil, nil)
	for name, c := range map[string]struct {
		lines  map[string]string
		beside map[string][]byte
		same   bool
	}{
		"colours":        {map[string]string{`light: ""`: `light: "#7a2048"`, `dark: ""`: `dark: "#f0a6cc"`}, nil, true},
		"a logo":         {map[string]string{`logo: ""`: "logo: logo.svg"}, map[string][]byte{"logo.svg": []byte(mark)}, true},
		"sites":          {map[string]string{"embed: []": "embed: [https://a.example]"}, nil, true},
		"sites in lines": {map[string]string{"embed: []": "embed:\n# two\n- https://a.example\n\n- https://b.example"}, nil, true},
		"an offer":       {map[string]string{`title: "" `: "title: A guide ", `text: "" `: "text: Meals. ", `link: "" `: "link: https://a.example "}, nil, true},
		"feedback":       {map[string]string{"feedback: false": "feedback: true"}, nil, true},
		"languages":      {map[string]string{"languages: []": "languages: [en]"}, nil, true},
		"the region":     {map[string]string{`region: ""`: "region: uk"}, nil, false},
		"changed words":  {map[string]string{"changed: []": "changed: [diet]"}, nil, false},
		"the owner":      {map[string]string{"name: Ashley": "name: Robin"}, nil, false},
		"the sign-off":   {map[string]string{`by: ""`: "by: Dr Robin"}, nil, false},
	} {
		lines := c.lines
		got := hash(lines, c.beside)
		if name == "sites in lines" {
			continue // a comment more is another file: that it can be read back is enough
		}
		if (got == plain) != c.same {
			t.Errorf("%s: the same edition %v, want %v", name, got == plain, c.same)
		}
	}
}

func TestLanguagesOffered(t *testing.T) {
	files := withSite(t, map[string]string{"languages: []": "languages: [en]"}, nil)
	files["locales/de.yaml"] = &fstest.MapFile{Data: []byte("name: Deutsch # just begun\n")}
	library, err := data.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if got := library.Languages(); !slices.Equal(got, []string{"en"}) {
		t.Errorf("offered: %v", got)
	}
	if got := library.Hidden(); !slices.Equal(got, []string{"de"}) {
		t.Errorf("not offered: %v", got)
	}
}
