// Package pseudo makes a made-up language for tests: real Arabic letters that run
// from right to left, with accents, and at least 40 % longer than the source. What
// still reads as English in it was never translatable. No program of ours may
// import it but those that test.
package pseudo

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"

	"gutskin/data"
)

// Lang is its tag: Arabic as spoken in a country that does not exist, so that
// numbers have all 6 forms.
const Lang = "ar-XB"

// File is where Overlay belongs in a content folder.
const File = "locales/" + Lang + ".yaml"

// Overlay is the whole of a content in this language, as the file of a content
// folder. It fills in the skeleton that the owner of a content starts from.
func Overlay(library *data.Library) ([]byte, error) {
	skeleton, err := library.Skeleton(Lang)
	if err != nil {
		return nil, err
	}
	var out strings.Builder
	source := ""
	for line := range strings.Lines(skeleton) {
		key, open := strings.CutSuffix(line, ": \"\"\n")
		switch {
		case strings.HasPrefix(line, "name:"):
			fmt.Fprintf(&out, "name: %s\n", Text("Pseudo"))
			continue
		case strings.HasPrefix(line, "dir:"):
			out.WriteString("dir: rtl\n")
			continue
		case strings.HasPrefix(line, "  # "):
			source = strings.TrimSuffix(strings.TrimPrefix(line, "  # "), "\n")
			continue
		case !open:
			out.WriteString(line)
			continue
		}
		text, err := yaml.MarshalWithOptions(Text(source), yaml.JSON())
		if err != nil {
			return nil, fmt.Errorf("write the text %s: %w", strings.TrimSpace(key), err)
		}
		fmt.Fprintf(&out, "%s: %s\n", key, strings.TrimSpace(string(text)))
	}
	return []byte(out.String()), nil
}

var (
	kept        = regexp.MustCompile(`\{if [a-z_]+: ?|\{[a-z]+: ?[^{}]*\}|\{n\}|%(?:\[[0-9]+\])?[sd]`)
	punctuation = strings.NewReplacer("?", "؟", ", ", "، ", "; ", "؛ ")
)

// Text is a text in the made-up language. What is in braces and what stands for
// something that is put in is kept; the words inside an {if} are not.
func Text(text string) string {
	var out strings.Builder
	from := 0
	for _, at := range kept.FindAllStringIndex(text, -1) {
		out.WriteString(turned(text[from:at[0]]))
		out.WriteString(text[at[0]:at[1]])
		from = at[1]
	}
	out.WriteString(turned(text[from:]))
	return out.String()
}

func turned(text string) string {
	return punctuation.Replace(letters.Replace(strings.ToLower(text)))
}

// letters doubles vowels and some consonants, for the length, and puts an accent on
// others.
var letters = strings.NewReplacer(
	"a", "اا", "b", "ب", "c", "كّ", "d", "د", "e", "يي", "f", "ف", "g", "غ", "h", "ه", "i", "إإ", "j", "ج", "k", "ق",
	"l", "لَ", "m", "م", "n", "نن", "o", "وو", "p", "پ", "q", "ڨ", "r", "رُ", "s", "سس", "t", "تِ", "u", "عع", "v", "ڤ",
	"w", "ؤ", "x", "ش", "y", "ئئ", "z", "ز",
)
