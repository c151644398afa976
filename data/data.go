// Package data is the content: the questionnaire, the advice, the safety rules, the
// evidence and every word, as YAML files that a coach can read and change. It loads
// them strictly and names everything that is wrong with them by file, line and
// column.
package data

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"gutskin/quiz"
	"gutskin/recommend"
)

// Files is the content that is built into the program.
//
//go:embed *.yaml topics advice locales personas
var Files embed.FS

// Site says who runs the check.
type Site struct {
	Brand          string  `yaml:"brand"`
	Owner          Owner   `yaml:"owner"`
	Region         string  `yaml:"region"`      // whose help numbers are shown; "": wording that fits anywhere
	KeepMonths     int     `yaml:"keep_months"` // how long a saved result is kept
	SourceLanguage string  `yaml:"source_language"`
	Article        Article `yaml:"article"`
	Reviewed       Review  `yaml:"reviewed"`
	// SecurityContact is who is told of a weakness: an address of mail, https or tel; "" for nobody.
	SecurityContact string `yaml:"security_contact"`
}

// Owner is the person who runs the check.
type Owner struct {
	Name  string `yaml:"name"`
	About string `yaml:"about"`
}

// Article is the text the check is drawn from.
type Article struct {
	Title  string `yaml:"title"`
	Author string `yaml:"author"`
}

// Review is the clinical sign-off: empty until somebody has given it.
type Review struct {
	On   string `yaml:"on"`
	By   string `yaml:"by"`
	Next string `yaml:"next"`
}

// Edition is one content in one language, resolved and immutable.
type Edition struct {
	Hash  string // "sha256:…" of the whole content, the same in every language
	Lang  string // BCP 47
	Name  string // what the language calls itself
	Dir   string // "ltr" or "rtl"
	Site  Site
	Quiz  *quiz.Questionnaire
	Book  *recommend.Book
	Words map[string]string // of the interface
}

// T returns the interface words for a key, with args put in as by fmt.Sprintf. A
// key without words returns itself; the tests of views allow none.
func (e *Edition) T(key string, args ...any) string {
	words, ok := e.Words[key]
	switch {
	case !ok:
		return key
	case len(args) == 0 || !strings.Contains(words, "%"):
		return words // "one thing" needs no number
	}
	if e.Dir == "rtl" {
		args = isolated(args)
	}
	return fmt.Sprintf(words, args...)
}

// N is T for words that depend on a number: the key's form for that number in this
// language. The number is the first argument of every form.
func (e *Edition) N(key string, n int, args ...any) string {
	chosen := key + "." + pluralForm(e.Lang, strconv.Itoa(n))
	if _, ok := e.Words[chosen]; !ok {
		chosen = key + ".other"
	}
	return e.T(chosen, append([]any{n}, args...)...)
}

// isolated puts invisible marks round those texts among args that run from left to
// right: names, addresses, sums. They keep their own order then, and do not upset
// that of the words around them.
func isolated(args []any) []any {
	marked := slices.Clone(args)
	for i, arg := range marked {
		if text, ok := arg.(string); ok && text != "" && !strings.ContainsFunc(text, runsLeft) {
			marked[i] = "\u2066" + text + "\u2069"
		}
	}
	return marked
}

// runsLeft reports that a letter belongs to a script that is read from right to left.
func runsLeft(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam)
}

// Library is one content in all its languages.
type Library struct {
	hash     string
	packed   func() []byte
	source   string
	editions map[string]*Edition
}

// Hash returns "sha256:…" of the whole content.
func (l *Library) Hash() string { return l.hash }

// Edition returns the content in a language, or in the source language where there
// is no such overlay.
func (l *Library) Edition(lang string) *Edition {
	if e, ok := l.editions[lang]; ok {
		return e
	}
	return l.editions[l.source]
}

// Languages lists the languages there are, the source language first.
func (l *Library) Languages() []string {
	langs := slices.Sorted(maps.Keys(l.editions))
	slices.SortStableFunc(langs, func(a, b string) int {
		return strings.Compare(fmt.Sprint(a != l.source), fmt.Sprint(b != l.source))
	})
	return langs
}

// maxFile and maxFiles bound what is read, so that a wrong folder is refused fast.
const (
	maxFile  = 1 << 20
	maxFiles = 200
)

// Load reads and checks a content folder. The error is Problems: all of them, each
// with its place.
func Load(fsys fs.FS) (*Library, error) {
	files, err := read(fsys)
	if err != nil {
		return nil, err
	}
	return assemble(files, false)
}

// read returns the YAML files of a folder. What cannot be read is named with all the
// rest; only a folder that cannot be opened at all ends it at once.
func read(fsys fs.FS) (map[string][]byte, error) {
	files := map[string][]byte{}
	var problems Problems
	problem := func(name, format string, args ...any) {
		problems = append(problems, Problem{File: name, Line: 1, Column: 1, Text: fmt.Sprintf(format, args...)})
	}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return fmt.Errorf("read the content: %w", err)
		case err != nil:
			problem(name, "this cannot be opened, check who may read it: %v", err)
			return nil
		case d.IsDir() && name != "." && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case !d.IsDir() && path.Ext(name) == ".yml":
			problem(name, "this file would not be read, let its name end in .yaml")
			return nil
		case d.IsDir() || path.Ext(name) != ".yaml":
			return nil
		case len(files) == maxFiles:
			return errors.New("read the content: there are more than 200 YAML files here, give the folder that holds questionnaire.yaml")
		}
		body, wrong := readFile(fsys, name)
		if wrong != "" {
			problem(name, "%s", wrong)
			return nil
		}
		files[name] = body
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		return nil, problems.sorted()
	}
	if len(files) == 0 {
		return nil, errors.New("read the content: there is no YAML file here, give the folder that holds questionnaire.yaml")
	}
	return files, nil
}

// rehearsed files are about made-up people: they stand in a content folder, but no
// visitor is shown anything of them.
func rehearsed(name string) bool { return path.Dir(name) == "personas" || name == populationFile }

// readFile returns a file, or what is wrong with it. Links are followed before the
// size is looked at, and what is no ordinary file, such as a pipe, is never waited for.
func readFile(fsys fs.FS, name string) (body []byte, wrong string) {
	info, err := fs.Stat(fsys, name)
	if err == nil {
		switch {
		case !info.Mode().IsRegular():
			return nil, "this is no ordinary file, put the text itself here"
		case info.Size() > maxFile:
			return nil, "this file is larger than 1 MB, split it"
		}
		body, err = fs.ReadFile(fsys, name)
	}
	if err != nil {
		return nil, fmt.Sprintf("this file cannot be read, check who may read it: %v", err)
	}
	return body, ""
}

// hash covers everything a visitor can be shown. Made-up people are tests and the
// folder's read-me is not content.
func hash(files map[string][]byte) string {
	sum := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if !rehearsed(name) {
			fmt.Fprintf(sum, "%s %d\n%s", name, len(files[name]), files[name])
		}
	}
	return "sha256:" + hex.EncodeToString(sum.Sum(nil))
}
