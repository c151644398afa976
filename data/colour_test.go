package data

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The colour that a message offers passes itself, and so does what is made of it.
func TestColourThatIsEnough(t *testing.T) {
	problems := func(c Colours) Problems {
		a := &assembly{files: map[string][]byte{siteFile: nil}}
		a.judgeColours(c)
		return a.problems
	}
	offered := func(text, colour string) string {
		if _, told, ok := strings.Cut(text, "make it "); ok {
			return told[strings.Index(told, "#"):][:7]
		}
		return colour
	}
	rapid.Check(t, func(r *rapid.T) {
		colour := rapid.StringMatching(`#[0-9a-f]{6}`).Draw(r, "colour")
		c := Colours{Light: colour, Dark: colour}
		for _, p := range problems(c) {
			if strings.Contains(p.Text, "darker") {
				c.Light = offered(p.Text, c.Light)
			} else {
				c.Dark = offered(p.Text, c.Dark)
			}
		}
		if again := problems(c); len(again) > 0 {
			r.Fatalf("%s: what was offered does not pass: %v", colour, again)
		}
		light, dark := c.Palettes()
		for _, p := range []Palette{light, dark} {
			for _, ground := range []string{p.Action, p.Hover} {
				if got := Contrast(p.OnAction, ground); got < TextContrast {
					r.Errorf("%s on a button %s: %.2f", p.OnAction, ground, got)
				}
			}
		}
	})
}
