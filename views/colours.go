package views

import (
	"fmt"
	"io/fs"
	"math"
	"os"
	"regexp"

	"gutskin/data"
)

// Colour is a token of the style sheet, as #rrggbb in both themes.
type Colour struct{ Name, Light, Dark string }

// Contrast is how well one colour stands out on another, in both themes. Needs is
// what WCAG asks of it: 4.5 for text, 3 for graphics and borders.
type Contrast struct {
	Name, On    string
	Needs       float64
	Light, Dark float64
}

// contrasts are the pairs that the pages rely on. A colour is a token, or #rrggbb
// where both themes share it.
var contrasts = []Contrast{
	{Name: "ink", On: "paper", Needs: 4.5}, {Name: "ink", On: "surface", Needs: 4.5}, {Name: "ink", On: "sunken", Needs: 4.5}, {Name: "ink", On: "pick", Needs: 4.5},
	{Name: "ink-2", On: "paper", Needs: 4.5}, {Name: "ink-2", On: "surface", Needs: 4.5}, {Name: "ink-2", On: "sunken", Needs: 4.5},
	{Name: "link", On: "paper", Needs: 4.5}, {Name: "link", On: "surface", Needs: 4.5}, {Name: "link", On: "sunken", Needs: 4.5}, {Name: "link", On: "pick", Needs: 4.5},
	{Name: "visited", On: "paper", Needs: 4.5}, {Name: "visited", On: "surface", Needs: 4.5}, {Name: "visited", On: "sunken", Needs: 4.5},
	{Name: "action", On: "paper", Needs: 4.5}, {Name: "action", On: "pick", Needs: 4.5}, {Name: "action", On: "track", Needs: 3},
	{Name: "on-action", On: "action", Needs: 4.5}, {Name: "on-action", On: "hover", Needs: 4.5},
	{Name: "line", On: "paper", Needs: 3}, {Name: "line", On: "surface", Needs: 3},
	{Name: "error", On: "paper", Needs: 4.5}, {Name: "error", On: "surface", Needs: 4.5}, {Name: "error", On: "error-tint", Needs: 4.5},
	{Name: "on-focus", On: "focus", Needs: 4.5},
	{Name: "diet", On: "surface", Needs: 4.5}, {Name: "stress", On: "surface", Needs: 4.5}, {Name: "sleep", On: "surface", Needs: 4.5}, {Name: "hydration", On: "surface", Needs: 4.5},
	{Name: "diet", On: "track", Needs: 3}, {Name: "stress", On: "track", Needs: 3}, {Name: "sleep", On: "track", Needs: 3}, {Name: "hydration", On: "track", Needs: 3},
	{Name: "#ffffff", On: "care", Needs: 4.5}, {Name: "#ffffff", On: "urgent", Needs: 4.5}, {Name: "#f5efe6", On: "night", Needs: 4.5}, {Name: "#2b1e2f", On: "#f5efe6", Needs: 4.5},
}

var (
	rootRule = regexp.MustCompile(`:root \{([^}]*)\}`)
	token    = regexp.MustCompile(`--([a-z0-9-]+): #([0-9a-f]{6}|[0-9a-f]{3});`)
)

// styleSheet is app.css as it is written; with dev, as it is on disk now.
func styleSheet(dev bool) string {
	files := fs.FS(static)
	if dev {
		files = os.DirFS("views")
	}
	css, err := fs.ReadFile(files, "static/app.css")
	if err != nil {
		css, _ = fs.ReadFile(static, "static/app.css") // served from elsewhere: the embedded one is always there
	}
	return string(css)
}

// colours reads the tokens of a style sheet. Its first rule for the root is the
// light theme, its second what is different in the dark.
func colours(css string) []Colour {
	themes := rootRule.FindAllStringSubmatch(css, 3)
	if len(themes) < 2 {
		return nil
	}
	dark := map[string]string{}
	for _, m := range token.FindAllStringSubmatch(themes[1][1], -1) {
		dark[m[1]] = sixDigits(m[2])
	}
	var list []Colour
	for _, m := range token.FindAllStringSubmatch(themes[0][1], -1) {
		c := Colour{Name: m[1], Light: sixDigits(m[2]), Dark: dark[m[1]]}
		if c.Dark == "" {
			c.Dark = c.Light
		}
		list = append(list, c)
	}
	return list
}

func sixDigits(hex string) string {
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	return "#" + hex
}

// contrasted works all pairs out. A colour that is not there gives 0.
func contrasted(list []Colour) []Contrast {
	find := func(name string) Colour {
		for _, c := range list {
			if c.Name == name {
				return c
			}
		}
		return Colour{Light: name, Dark: name}
	}
	pairs := make([]Contrast, len(contrasts))
	for i, pair := range contrasts {
		a, b := find(pair.Name), find(pair.On)
		pair.Light, pair.Dark = data.Contrast(a.Light, b.Light), data.Contrast(a.Dark, b.Dark)
		pairs[i] = pair
	}
	return pairs
}

// Ratio is a contrast as people write it: 4.52.
func (c Contrast) Ratio(dark bool) string {
	v := c.Light
	if dark {
		v = c.Dark
	}
	return fmt.Sprintf("%.2f", math.Floor(v*100)/100) // rounding up could pass what does not
}
