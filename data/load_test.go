package data_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"gutskin/data"
	"gutskin/data/pseudo"
	"gutskin/quiz"
	"gutskin/recommend"
)

func TestShippedContent(t *testing.T) {
	library, err := data.Load(data.Files)
	if err != nil {
		t.Fatalf("the content has problems:\n%v", err)
	}
	people, err := data.LoadPeople(data.Files)
	if err != nil {
		t.Fatalf("the personas have problems:\n%v", err)
	}
	for _, lang := range library.Languages() {
		if problems := people.Check(library.Edition(lang)); len(problems) > 0 {
			t.Errorf("%s: personas do not get what they must:\n%v", lang, problems)
		}
	}
	if people.Len() < 30 {
		t.Errorf("there are %d personas, the content needs at least 30", people.Len())
	}
}

// A file that is taken away, emptied, or holds something else altogether is always
// noticed.
func TestEveryFileIsNeeded(t *testing.T) {
	whole := tiny(t)
	for _, name := range slices.Sorted(maps.Keys(whole)) {
		if strings.HasPrefix(name, "personas/") || name == "conflicts.yaml" {
			continue // nobody has to be made up, and no clash is no problem
		}
		for what, body := range map[string]*fstest.MapFile{"missing": nil, "empty": {Data: []byte("# nothing\n")}, "a list": {Data: []byte("- 1\n")}} {
			t.Run(name+" "+what, func(t *testing.T) {
				files := maps.Clone(whole)
				if files[name] = body; body == nil {
					delete(files, name)
				}
				_, err := data.Load(files)
				if err == nil {
					t.Fatal("got no problem")
				}
				if first, _, _ := strings.Cut(err.Error(), "\n"); strings.Count(first, ":") < 3 {
					t.Errorf("got %q, want a file, a line and a column", first)
				}
				if !strings.Contains(err.Error(), name+":1:1: ") && !strings.HasPrefix(name, "advice/") && what != "empty" {
					t.Errorf("%s is not named:\n%v", name, err)
				}
			})
		}
	}
}

func TestUnreadFiles(t *testing.T) {
	cases := map[string]string{
		"advice/new.yml":          "advice/new.yml:1:1: this file would not be read, let its name end in .yaml",
		"topics/mood.yaml":        "topics/mood.yaml:1:1: nothing reads this file, check its name and folder",
		"kitchn.yaml":             "kitchn.yaml:1:1: nothing reads this file, check its name and folder",
		"personas/old/crew.yaml":  "personas/old/crew.yaml:1:1: nothing reads this file, check its name and folder",
		"locales/drafts/de.yaml":  "locales/drafts/de.yaml:1:1: nothing reads this file, check its name and folder",
		"README.md":               "",
		"personas/crew.yaml":      "",
		".git/config.yaml":        "",
		"advice/more.yaml":        "",
		"topics/.hidden/any.yaml": "",
	}
	for name, want := range cases {
		t.Run(name, func(t *testing.T) {
			files := tiny(t)
			files[name] = &fstest.MapFile{Data: []byte("# nothing\n")}
			got := ""
			if _, err := data.Load(files); err != nil {
				got = err.Error()
			}
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// Whatever stands in a file, the answer is an error with a place, and it comes soon.
func TestHostileFiles(t *testing.T) {
	const big = 1<<20 - 1
	repeat := func(s string) string { return strings.Repeat(s, big/len(s)) }
	bomb := "labels:\n  l0: &l0 {question: age, in: [u18]}\n"
	for i := range 30 {
		bomb += fmt.Sprintf("  l%d: &l%d {any: [*l%d, *l%d]}\n", i+1, i+1, i, i)
	}
	deep := "labels:\n"
	for i := range 1400 {
		deep += strings.Repeat(" ", i+1) + "x:\n"
	}
	for name, body := range map[string]string{
		"larger than 1 MB":         repeat("#") + "##",
		"anchors that double":      bomb,
		"an anchor in a circle":    "labels: &a\n  x: {any: [*a]}\n",
		"brackets without an end":  repeat("["),
		"braces without an end":    repeat("{a: "),
		"dashes without an end":    repeat("- "),
		"explicit keys":            repeat("? "),
		"tags":                     repeat("!!str "),
		"documents":                repeat("---\n"),
		"a long list":              "labels:\n" + repeat("- a\n"),
		"the same key":             repeat("a: b\n"),
		"deep":                     deep,
		"one word":                 repeat("a"),
		"quotes":                   repeat(`"`),
		"nothing but line ends":    repeat("\n"),
		"not text":                 "\x00\x01\xff\xfe",
		"a picture":                "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\xff", 500),
		"a byte order mark":        "\ufeff\ufefflabels: {}",
		"tabs":                     "\tlabels:\n\t\tx: y\n",
		"a null":                   "null",
		"an entry without a value": "bands:\n  -\nlabels:\n  x:\nsections: [{}, null, ~]\n",
		"a colon":                  ":",
		"a key that is a list":     "[a, b]: c\n{a: b}: c\n",
		"lines of quotes":          repeat("\"\"\n"),
		"a long list in brackets":  "labels: [" + repeat("a,\n"),
		"many keys":                manyKeys(),
		"no end of a text":         "labels: \"x",
	} {
		t.Run(name, func(t *testing.T) {
			files := tiny(t)
			files["questionnaire.yaml"] = &fstest.MapFile{Data: []byte(body)}
			begun := time.Now()
			_, err := data.Load(files)
			if took := time.Since(begun); took > 5*time.Second {
				t.Errorf("it took %v", took)
			}
			var problems data.Problems
			if !errors.As(err, &problems) || len(problems) == 0 {
				t.Fatalf("got %v, want problems", err)
			}
			if p := problems[0]; p.Line < 1 || p.Column < 1 || p.File == "" || p.Text == "" {
				t.Errorf("got %+v, want a place and a sentence", p)
			}
		})
	}
}

func manyKeys() string {
	var out strings.Builder
	for i := 0; out.Len() < 1<<20-20; i++ {
		fmt.Fprintf(&out, "key%d: x\n", i)
	}
	return out.String()
}

func TestWrongFolder(t *testing.T) {
	many := fstest.MapFS{}
	for i := range 300 {
		many[fmt.Sprintf("%d.yaml", i)] = &fstest.MapFile{}
	}
	for name, c := range map[string]struct {
		folder fs.FS
		want   string
	}{
		"empty":          {fstest.MapFS{}, "there is no YAML file here"},
		"no YAML":        {fstest.MapFS{"a.txt": &fstest.MapFile{}}, "there is no YAML file here"},
		"not there":      {fstest.MapFS{"x": &fstest.MapFile{Mode: 0}}, "there is no YAML file here"},
		"too many":       {many, "more than 200 YAML files"},
		"cannot be read": {broken{}, "read the content"},
	} {
		if _, err := data.Load(c.folder); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// What cannot be opened is named beside every other problem, each with its place.
func TestClosedFiles(t *testing.T) {
	files := tiny(t)
	files["site.yaml"] = &fstest.MapFile{Data: bytes.Repeat([]byte("#"), 10<<20)}
	files["kitchen.yaml"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	_, err := data.Load(closed{files, []string{"advice", "safety.yaml"}})
	want := []string{
		"advice:1:1: this cannot be opened, check who may read it: open advice: permission denied",
		"kitchen.yaml:1:1: this is no ordinary file, put the text itself here",
		"safety.yaml:1:1: this file cannot be read, check who may read it: open safety.yaml: permission denied",
		"site.yaml:1:1: this file is larger than 1 MB, split it",
	}
	if err == nil {
		t.Fatal("got no problem")
	}
	if diff := cmp.Diff(want, strings.Split(err.Error(), "\n")); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	var problems data.Problems
	if _, err := data.LoadPeople(closed{files, nil}); !errors.As(err, &problems) || len(problems) != 2 {
		t.Errorf("personas beside files that are not read: got %v", err)
	}
}

// closed is a folder of which some names may not be opened.
type closed struct {
	fs.FS
	names []string
}

func (c closed) Open(name string) (fs.File, error) {
	if slices.Contains(c.names, name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return c.FS.Open(name)
}

type broken struct{}

func (broken) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("the disk is gone")}
}

// All problems come at once, file by file and from top to bottom.
func TestSeveralProblems(t *testing.T) {
	files := copied(t)
	breaks := func(file, find, with string) string {
		return breakage{file: file, find: find, with: with}.breaks(t, files)
	}
	want := []string{
		breaks("advice/eating.yaml", "id: R01…effort: low", "‸effort: easy") + `the effort is "easy", it must be low, medium or high`,
		breaks("advice/eating.yaml", "id: R02…shelf: ranked", "‸shelf: top") + `no shelf is called "top"`,
		breaks("kitchen.yaml", "{id: carrot, text: carrot, tags: [potassium]", "{id: carrot, text: carrot, tags: [‸potasium]") + `no food tag has the id "potasium"`,
		breaks("safety.yaml", "id: S06…hold: [H-GUT", "hold: [‸H-GUTS") + `"H-GUTS" is neither an advice nor a hold set`,
		breaks("sources.yaml", "id: C01…year: 2007", "‸year: 7") + "a source needs its year",
		breaks("topics/diet.yaml", "id: plants…text: ", "‸text: If you fail to cheat, ") + `"fail" is a word we do not use, find a kinder one`,
	}
	for range 3 { // the order never depends on chance
		_, err := data.Load(files)
		if err == nil {
			t.Fatal("got no problem")
		}
		if diff := cmp.Diff(want, strings.Split(err.Error(), "\n")); diff != "" {
			t.Fatalf("problems (-want +got):\n%s", diff)
		}
	}
}

// Mistakes in reading are all named too, before anything is judged.
func TestSeveralUnreadableFiles(t *testing.T) {
	files := copied(t)
	delete(files, "kitchen.yaml")
	files["topics/mood.yaml"] = &fstest.MapFile{}
	want := []string{
		"kitchen.yaml:1:1: this file is missing",
		breakage{file: "safety.yaml", find: "id: S06…hold:", with: "‸holds:"}.breaks(t, files) + `unknown field "holds"`,
		"topics/mood.yaml:1:1: nothing reads this file, check its name and folder",
	}
	_, err := data.Load(files)
	if err == nil {
		t.Fatal("got no problem")
	}
	if diff := cmp.Diff(want, strings.Split(err.Error(), "\n")); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
}

// locale is what a translator writes.
type locale struct {
	Name    string            `yaml:"name"`
	Dir     string            `yaml:"dir"`
	Words   map[string]string `yaml:"words"`
	Content map[string]string `yaml:"content"`
}

func translated(e *data.Edition) locale {
	l := locale{Name: "Deutsch", Dir: "rtl", Words: map[string]string{}, Content: map[string]string{}}
	for key, text := range e.Words {
		l.Words[key] = pseudo.Text(text)
	}
	e.EachText(func(path string, text *string) {
		if *text != "" {
			l.Content[path] = pseudo.Text(*text)
		}
	})
	return l
}

func (l locale) file(t *testing.T) *fstest.MapFile {
	t.Helper()
	body, err := yaml.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: body}
}

func TestOverlay(t *testing.T) {
	source := edition(t)
	files := copied(t)
	files["locales/de.yaml"] = translated(source).file(t)
	library, err := data.Load(files)
	if err != nil {
		t.Fatalf("the made-up language has problems:\n%.2000s", err)
	}
	if diff := cmp.Diff([]string{"en", "de"}, library.Languages()); diff != "" {
		t.Errorf("languages (-want +got):\n%s", diff)
	}
	en, xx := library.Edition("en"), library.Edition("de")
	if xx.Lang != "de" || xx.Dir != "rtl" || xx.Hash != en.Hash || en.Lang != "en" || en.Dir != "ltr" || en.Hash != library.Hash() {
		t.Errorf("got %s %s %s and %s %s %s", en.Lang, en.Dir, en.Hash, xx.Lang, xx.Dir, xx.Hash)
	}
	for _, lang := range []string{"", "fr", "EN"} {
		if got := library.Edition(lang); got != en {
			t.Errorf("Edition(%q) is in %s, want the source language", lang, got.Lang)
		}
	}
	for key, text := range en.Words {
		if xx.Words[key] != pseudo.Text(text) {
			t.Errorf("the words %s are %q", key, xx.Words[key])
		}
	}
	texts := map[string]string{}
	en.EachText(func(path string, text *string) { texts[path] = *text })
	xx.EachText(func(path string, text *string) {
		if want := texts[path]; want != "" && *text != pseudo.Text(want) {
			t.Errorf("%s is %q", path, *text)
		}
		*text = texts[path]
	})
	xx.Book.Speech = en.Book.Speech
	// With the words put back, not a point, a weight or a rule differs.
	if !reflect.DeepEqual(en.Quiz, xx.Quiz) || !reflect.DeepEqual(en.Book, xx.Book) || !reflect.DeepEqual(en.Site, xx.Site) {
		t.Error("a language changed more than words")
	}
	if _, err := data.Unpack(library.Pack()); err != nil {
		t.Errorf("unpack: %v", err)
	}
}

func TestBrokenOverlays(t *testing.T) {
	const said = "questions.plants.options.p10_19.said"
	source := edition(t)
	cases := []struct {
		name   string
		breaks func(*locale)
		want   string
		place  string // where the problem stands; "" for the first line
	}{
		{"a missing word", func(l *locale) { delete(l.Words, "page.skip") }, `the words "page.skip" are missing`, "words:"},
		{"an empty word", func(l *locale) { l.Words["page.skip"] = "" }, `the words "page.skip" are missing`, "words:"},
		{"an unknown word", func(l *locale) { l.Words["page.jump"] = "x" }, `the source language has no words "page.jump"`, "page.jump:"},
		{"a word without its number", func(l *locale) { l.Words["question.change"] = "x %d y %s" }, fmt.Sprintf("keep every %%s and %%d of %q; in another order, write %%[2]s for the second", source.Words["question.change"]), "question.change:"},
		{"a missing text", func(l *locale) { delete(l.Content, said) }, `the text "` + said + `" is missing`, "content:"},
		{"an empty text", func(l *locale) { l.Content[said] = "" }, `the text "` + said + `" is missing`, "content:"},
		{"an unknown path", func(l *locale) { l.Content["questions.plants.points"] = "4" }, `the content has no text "questions.plants.points"`, "questions.plants.points:"},
		{"a point", func(l *locale) { l.Content["questions.plants.options.p10_19.points"] = "4" }, `the content has no text "questions.plants.options.p10_19.points"`, "questions.plants.options.p10_19.points:"},
		{"a food written out", func(l *locale) { l.Content["advice.R01.do"] = "Eat an egg." }, fmt.Sprintf("the parts in braces differ from those of %q", source.Book.AdviceByID("R01").Do), "advice.R01.do:"},
		{"a help number written out", func(l *locale) { l.Content["rules.S01.heading"] = "Call 999" }, fmt.Sprintf("the parts in braces differ from those of %q", source.Book.RuleByID("S01").Heading), "rules.S01.heading:"},
		{"a direction", func(l *locale) { l.Dir = "up" }, `the direction is "up", it must be ltr or rtl`, "dir:"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			files := copied(t)
			l := translated(source)
			c.breaks(&l)
			files["locales/de.yaml"] = l.file(t)
			body := text(t, files, "locales/de.yaml")
			want := position("locales/de.yaml", body[:strings.Index(body, c.place)]) + c.want
			if _, err := data.Load(files); err == nil || err.Error() != want {
				t.Errorf("got\n%v\nwant\n%s", err, want)
			}
		})
	}
	t.Run("not even YAML", func(t *testing.T) {
		files := copied(t)
		files["locales/de.yaml"] = &fstest.MapFile{Data: []byte("words: {}\nwrods: {}\n")}
		if _, err := data.Load(files); err == nil || err.Error() != `locales/de.yaml:2:1: unknown field "wrods"` {
			t.Errorf("got\n%.500v\nwant one problem", err)
		}
	})
}

func TestWords(t *testing.T) {
	e := &data.Edition{Words: map[string]string{"a": "Question %d of %d", "b": "100%", "c": ""}}
	cases := []struct {
		key  string
		args []any
		want string
	}{
		{"a", []any{3, 12}, "Question 3 of 12"},
		{"a", nil, "Question %d of %d"},
		{"b", nil, "100%"},
		{"c", nil, ""},
		{"missing", nil, "missing"},
		{"missing %d", []any{1}, "missing %d"},
	}
	for _, c := range cases {
		if got := e.T(c.key, c.args...); got != c.want {
			t.Errorf("T(%q, %v) = %q, want %q", c.key, c.args, got, c.want)
		}
	}
}

func TestHash(t *testing.T) {
	hash := func(change func(fstest.MapFS)) string {
		files := copied(t)
		change(files)
		library, err := data.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		return library.Hash()
	}
	append1 := func(name string) func(fstest.MapFS) {
		return func(files fstest.MapFS) {
			files[name] = &fstest.MapFile{Data: append(slices.Clone(files[name].Data), "\n# more\n"...)}
		}
	}
	shipped := hash(func(fstest.MapFS) {})
	if !regexp.MustCompile(`^sha256:[0-9a-f]{64}$`).MatchString(shipped) {
		t.Errorf("the hash is %q", shipped)
	}
	for name, change := range map[string]func(fstest.MapFS){
		"a persona changes": append1("personas/everyday.yaml"),
		"personas go":       func(files fstest.MapFS) { delete(files, "personas/everyday.yaml") },
		"a read-me comes":   func(files fstest.MapFS) { files["README.md"] = &fstest.MapFile{} },
	} {
		if got := hash(change); got != shipped {
			t.Errorf("%s: the hash changes", name)
		}
	}
	seen := map[string]string{shipped: "nothing changes"}
	for name, change := range map[string]func(fstest.MapFS){
		"a topic": append1("topics/diet.yaml"),
		"a word":  append1("locales/en.yaml"),
		"a site":  append1("site.yaml"),
		"more":    func(files fstest.MapFS) { files["advice/zz.yaml"] = &fstest.MapFile{Data: []byte("advice: []\n")} },
		"a divided file": func(files fstest.MapFS) {
			files["advice/zzz.yaml"] = &fstest.MapFile{Data: []byte("advice: []\n")}
		},
	} {
		got := hash(change)
		if other, ok := seen[got]; ok {
			t.Errorf("%s: the same hash as when %s", name, other)
		}
		seen[got] = name
	}
}

func TestPack(t *testing.T) {
	library, err := data.Load(data.Files)
	if err != nil {
		t.Fatal(err)
	}
	again, err := data.Unpack(library.Pack())
	if err != nil {
		t.Fatal(err)
	}
	if again.Hash() != library.Hash() {
		t.Errorf("the hash is %s, was %s", again.Hash(), library.Hash())
	}
	if !bytes.Equal(again.Pack(), library.Pack()) {
		t.Error("packed again, the content differs")
	}
	old, now := library.Edition("en"), again.Edition("en")
	if !reflect.DeepEqual(old, now) {
		t.Error("an edition differs after it was packed")
	}
	for name, blob := range map[string][]byte{
		"nothing": nil, "not a zip": []byte("hello"), "cut off": library.Pack()[:len(library.Pack())/2],
		"no content": zipped(t, fstest.MapFS{"a.txt": &fstest.MapFile{}}),
	} {
		if _, err := data.Unpack(blob); err == nil {
			t.Errorf("%s: got no error", name)
		}
	}
}

// What once served is read again, even when the rules for content have changed since:
// nobody loses a result over a new rule.
func TestUnpackIsLenient(t *testing.T) {
	files := copied(t)
	maps.DeleteFunc(files, func(name string, _ *fstest.MapFile) bool { return strings.HasPrefix(name, "personas/") })
	for _, b := range []breakage{
		{file: "questionnaire.yaml", find: "weight: 40", with: "share: 3\n    weight: 40"},
		{file: "topics/diet.yaml", find: "id: plants…text: ", with: "text: Never fail. "},
		{file: "site.yaml", find: "keep_months: 12", with: "keep_months: 500"},
	} {
		b.breaks(t, files)
	}
	files["moods.yaml"] = &fstest.MapFile{Data: []byte("moods: []\n")}
	if _, err := data.Load(files); err == nil {
		t.Fatal("this content is not good enough to serve anew, but loads")
	}
	library, err := data.Unpack(zipped(t, files))
	if err != nil {
		t.Fatal(err)
	}
	if got := library.Edition("en").Quiz.Question("plants").Text; !strings.HasPrefix(got, "Never fail.") {
		t.Errorf("the text is %q", got)
	}
}

func zipped(t *testing.T, files fstest.MapFS) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.Create(name)
		if err == nil {
			_, err = io.Copy(f, bytes.NewReader(files[name].Data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestBrokenPersonas(t *testing.T) {
	const base = "personas:\n  - id: calm\n    answers: {age: a35_64, plants: p30, drinks: 4, thirst_signs: rarely}\n"
	anna := func(lines string) string { return base + "  - id: anna\n    like: calm\n" + lines }
	cases := []struct{ body, find, want string }{
		{anna(""), "", ""},
		{base + "  - id: calm\n", "id: calm", `"calm" is used twice, ids must be unique`},
		{anna("    expcet: {}\n"), "expcet", `unknown field "expcet"`},
		{base + "  - id: anna\n    like: bob\n", "like: bob", `no earlier persona has the id "bob"`},
		{base + "  - id: anna\n    like: bob\n  - id: bob\n", "like: bob", `no earlier persona has the id "bob"`},
		{base + "  - id: anna\n    like: anna\n", "like: anna", `no earlier persona has the id "anna"`},
		{anna("    answers: {plant: p30}\n"), "answers: {plant:", "plant: no question has this id"},
		{anna("    answers: {plants: p40, drinks: 99}\n"), "answers: {plants: p40", `plants: no option has the id "p40"; drinks: 99 is outside the range it takes`},
		{anna("    expect: {scores: {hydration: 1}}\n"), "hydration: 1", "the score is 70 (scored), not 1"},
		{anna("    expect: {scores: {diet: 1}}\n"), "diet: 1", "the score is -1 (incomplete), not 1"},
		{anna("    expect: {scores: {water: 1}}\n"), "water: 1", `no pillar has the id "water"`},
		{anna("    expect: {bands: {hydration: well}}\n"), "hydration: well", "the band is mostly, not well"},
		{anna("    expect: {states: {hydration: hidden}}\n"), "hydration: hidden", "the score is scored, not hidden"},
		{anna("    expect: {ranges: {hydration: [1, 2]}}\n"), "hydration: [1", "the range is [70 70], not [1 2]"},
		{anna("    expect: {labels: {gut: quiet}}\n"), "gut: quiet", "the label is , not quiet"},
		{anna("    expect: {care: [S01]}\n"), "care:", "care is [], not [S01]"},
		{anna("    expect: {levels: {S01: urgent}}\n"), "S01: urgent", "S01 is not among the notices"},
		{anna("    expect: {top: []}\n"), "top:", "top is [R39], not []"},
		{anna("    expect: {beyond: [R14]}\n"), "beyond:", "beyond is [], not [R14]"},
		{anna("    expect: {held: [R39]}\n"), "held:", "held is [], not [R39]"},
		{anna("    expect: {held_by: {R39: [S16]}}\n"), "R39: [S16]", "R39 is not held"},
		{anna("    expect: {shows: [R01]}\n"), "R01]", "R01 is not shown"},
		{anna("    expect: {never: [R39]}\n"), "R39]", "R39 is shown"},
		{anna("    expect: {never: [R99]}\n"), "R99]", `no advice or rule has the id "R99"`},
		{anna("    expect: {variants: {R39: [vegan]}}\n"), "R39: [vegan]", "R39 is fitted for [], not for vegan"},
		{anna("    expect: {priority: {R39: 99}}\n"), "R39: 99", "R39 does not rank 99"},
		{anna("    expect: {says: [purple]}\n"), "purple", `this person does not read "purple"`},
		{anna("    expect: {unsaid: [drink]}\n"), "drink]", `this person reads "drink"`},
		// A persona without answers can be started from as well.
		{"personas:\n  - id: silent\n  - id: anna\n    like: silent\n    answers: {plants: p30}\n    expect: {states: {diet: scored}}\n", "diet: scored", "the score is incomplete, not scored"},
	}
	for _, c := range cases {
		t.Run(c.want, func(t *testing.T) {
			got, want := "", ""
			if c.want != "" {
				want = position("personas/crew.yaml", c.body[:strings.Index(c.body, c.find)]) + c.want
			}
			people, err := data.LoadPeople(fstest.MapFS{"personas/crew.yaml": &fstest.MapFile{Data: []byte(c.body)}})
			if err != nil {
				got = err.Error()
			} else if problems := people.Check(edition(t)); len(problems) > 0 {
				got = problems.Error()
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// tiny is a content folder with one of everything.
func tiny(t testing.TB) fstest.MapFS {
	t.Helper()
	body, err := os.ReadFile("testdata/tiny.txt")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for _, part := range strings.Split("\n"+string(body), "\n-- ")[1:] {
		name, content, _ := strings.Cut(part, " --\n")
		files[name] = &fstest.MapFile{Data: []byte(content + "\n")}
	}
	return files
}

func TestTinyContent(t *testing.T) {
	library, err := data.Load(tiny(t))
	if err != nil {
		t.Fatalf("the tests break a content that is broken already:\n%v", err)
	}
	people, err := data.LoadPeople(tiny(t))
	if err != nil {
		t.Fatal(err)
	}
	if problems := people.Check(library.Edition("")); len(problems) > 0 {
		t.Error(problems)
	}
}

// FuzzLoad replaces one file of a tiny content. What is refused is refused with a
// place; with what is accepted anybody can be assessed and everything can be read.
func FuzzLoad(f *testing.F) {
	whole := tiny(f)
	names := slices.Sorted(maps.Keys(whole))
	for i, name := range names {
		f.Add(uint8(i), whole[name].Data)
	}
	f.Add(uint8(0), []byte("- ["))
	people := []quiz.Answers{
		{},
		{"plants": quiz.Pick("none"), "drinks": quiz.Num(0), "skin": quiz.Pick("none")},
		{"plants": quiz.Pick("many"), "drinks": quiz.Num(9), "skin": quiz.Pick("acne", "lines")},
	}
	f.Fuzz(func(t *testing.T, which uint8, body []byte) {
		files := maps.Clone(whole)
		files[names[int(which)%len(names)]] = &fstest.MapFile{Data: body}
		library, err := data.Load(files)
		if (library == nil) == (err == nil) {
			t.Fatalf("got library %v and error %v", library != nil, err)
		}
		var problems data.Problems
		if errors.As(err, &problems) {
			for _, p := range problems {
				if p.Line < 1 || p.Column < 1 || files[p.File] == nil && p.Text != "this file is missing" {
					t.Errorf("a problem without a place: %v", p)
				}
			}
			return
		}
		e := library.Edition("")
		for _, answers := range people {
			if e.Quiz.Check(answers) == nil {
				data.Spoken(e, recommend.Assess(e.Quiz, e.Book, answers))
				data.Spoken(e, recommend.Assess(e.Quiz, e.Book, answers, "S1"))
			}
		}
		if people, err := data.LoadPeople(files); err == nil {
			_ = people.Check(e)
			people.Coverage(e)
		}
		begun := time.Now()
		data.Prove(library, data.ProofOptions{Samples: 1})
		library.Due(begun)
		if took := time.Since(begun); took > time.Minute {
			t.Errorf("the proof took %v", took)
		}
	})
}
