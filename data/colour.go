package data

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Colours is the owner's own colour, as #rrggbb: one for pages on light paper and one
// for pages on dark. Both or none.
type Colours struct {
	Light string `yaml:"light"`
	Dark  string `yaml:"dark"`
}

// Needs of contrast, as WCAG 2.2 gives them at level AA.
const (
	TextContrast  = 4.5
	ShapeContrast = 3.0 // borders of controls, graphics
)

// Ground is a colour of the design that the owner's colour stands on, as #rrggbb.
type Ground struct {
	Token, Name string // of the style sheet, and for people
	Light, Dark string
	Needs       float64
}

// Grounds are the colours of the style sheet that links, buttons and borders stand on.
func Grounds() []Ground {
	return []Ground{
		{"paper", "the page", "#faf6ef", "#17121b", TextContrast},
		{"surface", "cards", "#ffffff", "#221b28", TextContrast},
		{"sunken", "the foot of the page", "#f1e9dd", "#2d2434", TextContrast},
		{"track", "the line that shows how far you are", "#e6dccd", "#3a3042", ShapeContrast},
	}
}

// Palette is what is made of one colour, as #rrggbb.
type Palette struct {
	Action   string // buttons, borders, links
	OnAction string // text on a button
	Hover    string // a button under the pointer
	Pick     string // behind an answer that was picked, and behind notices
}

// Palettes are for light and for dark paper. Both colours must be such.
func (c Colours) Palettes() (light, dark Palette) {
	light = Palette{Action: c.Light, OnAction: "#ffffff", Hover: mix(c.Light, "#000000", .28), Pick: mix("#ffffff", c.Light, .12)}
	dark = Palette{Action: c.Dark, OnAction: "#17121b", Hover: mix(c.Dark, "#ffffff", .35), Pick: mix("#221b28", c.Dark, .16)}
	return light, dark
}

// judgeColours measures the owner's colours against everything they stand on.
func (a *assembly) judgeColours(c Colours) {
	if c == (Colours{}) {
		return
	}
	for _, theme := range []struct {
		key, colour, towards string
		dark                 bool
	}{{"light", c.Light, "darker", false}, {"dark", c.Dark, "lighter", true}} {
		at := "colours." + theme.key
		switch {
		case theme.colour == "":
			a.problem(siteFile, at, "give a colour for %s pages as well", theme.key)
			continue
		case !isColour(theme.colour):
			a.problem(siteFile, at, "%q is not a colour like \"#1e5945\": write # and 6 digits or small letters a to f, in quotes", theme.colour)
			continue
		}
		if worst, ratio := weakest(theme.colour, theme.dark); worst.Name != "" {
			what := "text"
			if worst.Needs == ShapeContrast {
				what = "a control"
			}
			a.problem(siteFile, at, "%s has a contrast of %s on %s (%s), and %s needs %.1f: make it %s, %s is enough",
				theme.colour, ratioText(ratio), worst.Name, worst.shade(theme.dark), what, worst.Needs, theme.towards, enough(theme.colour, theme.dark))
		}
	}
}

func (g Ground) shade(dark bool) string {
	if dark {
		return g.Dark
	}
	return g.Light
}

// weakest is the ground on which a colour falls furthest below what it needs, or an
// empty one where it stands out from all.
func weakest(colour string, dark bool) (worst Ground, ratio float64) {
	c := Colours{Light: colour, Dark: colour}
	light, night := c.Palettes()
	grounds := append(Grounds(), Ground{"pick", "a picked answer", light.Pick, night.Pick, TextContrast})
	short := 1.0
	for _, g := range grounds {
		r := Contrast(colour, g.shade(dark))
		if share := r / g.Needs; share < short {
			worst, ratio, short = g, r, share
		}
	}
	return worst, ratio
}

// enough is the nearest colour of the same hue that stands out from everything.
func enough(colour string, dark bool) string {
	end := "#000000"
	if dark {
		end = "#ffffff"
	}
	for share := .0; share < 1; share += .02 {
		nearer := mix(colour, end, share)
		if worst, _ := weakest(nearer, dark); worst.Name == "" {
			return nearer
		}
	}
	return end
}

// Contrast is the ratio of WCAG between two colours written #rrggbb, from 1 to 21; 0
// when one is not a colour.
func Contrast(a, b string) float64 {
	if !isColour(a) || !isColour(b) {
		return 0
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

// ratioText never rounds up: that could pass what does not.
func ratioText(ratio float64) string { return fmt.Sprintf("%.2f", math.Floor(ratio*100)/100) }

func isColour(s string) bool {
	return len(s) == 7 && s[0] == '#' && strings.Trim(s[1:], "0123456789abcdef") == ""
}

// channel is one of red, green and blue, from 0 to 255. What is no colour is black.
func channel(colour string, i int) float64 {
	v, err := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
	if err != nil {
		return 0
	}
	return float64(v)
}

// luminance is the relative luminance of WCAG, from 0 for black to 1 for white.
func luminance(colour string) float64 {
	linear := func(i int) float64 {
		v := channel(colour, i) / 255
		if v <= .04045 {
			return v / 12.92
		}
		return math.Pow((v+.055)/1.055, 2.4)
	}
	return .2126*linear(0) + .7152*linear(1) + .0722*linear(2)
}

// mix is a colour with a share, 0 to 1, of another in it.
func mix(colour, other string, share float64) string {
	var b strings.Builder
	b.WriteByte('#')
	for i := range 3 {
		v := channel(colour, i)*(1-share) + channel(other, i)*share
		fmt.Fprintf(&b, "%02x", int(math.Round(v)))
	}
	return b.String()
}
