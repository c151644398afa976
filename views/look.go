package views

import (
	"encoding/base64"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"

	"gutskin/data"
)

// Look is what the owner's colours and pictures make of the design. It is made once and
// never changes. The zero pointer is the design as it is.
type Look struct {
	assets  *AssetSet
	colours data.Colours
	logo    string // a data: address, or ""
	tile    string // the colour of the tile in a tab, without #, where it is the owner's
	card    bool   // card.png is of this check, and not of another name or colour
}

// NewLook makes the look of a library. A logo goes into the style sheet: a request of its
// own would delay the first view.
func NewLook(l *data.Library) (*Look, error) {
	look := &Look{colours: l.Edition("").Site.Colours}
	if name, body := l.Logo(); body != nil {
		kind := map[string]string{".svg": "image/svg+xml", ".png": "image/png"}[path.Ext(name)]
		look.logo = "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(body)
	}
	if look.colours != (data.Colours{}) {
		look.tile = look.colours.Light[1:]
	}
	sub, err := fs.Sub(static, "static")
	if err != nil {
		return nil, err
	}
	if look.assets, err = buildAssets(sub, look.dress); err != nil {
		return nil, err
	}
	look.card = l.Edition("").Site.Brand == cardBrand && look.tile == "" && look.logo == ""
	if own := l.Card(); own != nil {
		look.assets.add(card, "image/png", own)
		look.card = true
	}
	return look, nil
}

// The picture that goes with links to the first page, and the name that stands on it. The
// command make card makes it.
const (
	card      = "card.png"
	cardBrand = "Gut & Skin Check"
)

// Assets are the static files in this look. With dev they are built from ./views/static
// as it is now, where there is one.
func (l *Look) Assets(dev bool) *AssetSet {
	if dev {
		dress := asWritten
		if l != nil {
			dress = l.dress
		}
		if live, err := buildAssets(os.DirFS("views/static"), dress); err == nil {
			return live
		}
	}
	if l == nil {
		return Assets()
	}
	return l.assets
}

// logoRules show a logo beside the name of the check. A logo is drawn for light paper, so
// in the dark it keeps a piece of it.
const logoRules = `
.logo { inline-size: 2.75rem; block-size: 2.5rem; padding: .25rem; border-radius: .5rem; background: url("%s") center/contain no-repeat content-box; print-color-adjust: exact; }
@media (prefers-color-scheme: dark) { .logo { background-color: #faf6ef; background-clip: border-box; } }
`

// dress writes the owner's colours into the style sheet, in the place of those of the
// design, and adds the logo.
func (l *Look) dress(css []byte) []byte {
	text := string(css)
	if l.colours != (data.Colours{}) {
		light, dark := l.colours.Palettes()
		nth := 0
		text = rootRule.ReplaceAllStringFunc(text, func(rule string) string {
			switch nth++; nth {
			case lightRule:
				return inked(rule, light)
			case darkRule:
				return inked(rule, dark)
			}
			return inked(rule, data.Palette{Action: light.Action}) // a printer's paper is light
		})
	}
	if l.logo != "" {
		text += fmt.Sprintf(logoRules, l.logo)
	}
	return []byte(text)
}

// lightRule and darkRule are which of the rules for the root hold the two themes.
const (
	lightRule = 1
	darkRule  = 2
)

// inked replaces those tokens of a rule that follow the owner's colour.
func inked(rule string, p data.Palette) string {
	for name, colour := range map[string]string{"action": p.Action, "on-action": p.OnAction, "hover": p.Hover, "link": p.Action, "pick": p.Pick} {
		if colour != "" {
			rule = regexp.MustCompile(`(--`+name+`: )#[0-9a-f]+;`).ReplaceAllString(rule, "${1}"+colour+";")
		}
	}
	return rule
}

// Logo reports that the owner has a logo.
func (p Page) Logo() bool { return p.Look != nil && p.Look.logo != "" }

// Card is the whole address of the picture that goes with links to a page that may be
// passed on, or "" where the site does not know its own address or has no picture.
func (p Page) Card() string {
	if !p.Shared || p.Origin == "" || p.Look == nil || !p.Look.card {
		return ""
	}
	return p.Origin + p.Asset(card)
}

// Tile is the colour of the tile in a tab: that of buttons, without #.
func (p Page) Tile() string {
	const design = "1e5945"
	if p.Look == nil || p.Look.tile == "" {
		return design
	}
	return p.Look.tile
}
