package data

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"path"
	"slices"
	"strings"
)

// The pictures of a content folder stand beside site.yaml, which names them. A logo
// goes into the style sheet, so that it costs no request: it has to be small.
const (
	maxLogo  = 5 << 10   // bytes
	logoSide = 512       // pixels, of a PNG
	maxCard  = 300 << 10 // bytes
	cardWide = 1200      // pixels
	cardHigh = 630
	svgSpace = "http://www.w3.org/2000/svg"
)

// pictured reports that a file of the content folder is a picture.
func pictured(name string) bool {
	return path.Dir(name) == "." && (path.Ext(name) == ".svg" || path.Ext(name) == ".png")
}

// picture returns the file that site.yaml names, or says that it is not there.
func (a *assembly) picture(key, name string, most int) []byte {
	body, ok := a.files[name]
	switch {
	case !pictured(name):
		a.problem(siteFile, key, "%q is not the name of a picture beside this file, such as %s.png", name, key)
	case !ok:
		a.problem(siteFile, key, "there is no file %s beside this one", name)
	case len(body) > most:
		a.problem(siteFile, key, "%s has %d bytes, keep to %d: it is sent with every first visit", name, len(body), most)
	default:
		return body
	}
	return nil
}

func (a *assembly) judgeLogo(name string) {
	if name == "" {
		return
	}
	body := a.picture("logo", name, maxLogo)
	switch {
	case body == nil:
	case path.Ext(name) == ".svg":
		if line, column, wrong := judgeSVG(body); wrong != "" {
			a.add(Problem{File: name, Line: line, Column: column, Text: wrong})
		}
	default:
		wide, high, err := pngSize(body)
		if err != nil {
			a.add(Problem{File: name, Line: 1, Column: 1, Text: fmt.Sprintf("this is no PNG that can be shown: %v", err)})
		} else if wide > logoSide || high > logoSide {
			a.add(Problem{File: name, Line: 1, Column: 1, Text: fmt.Sprintf("the logo has %d by %d pixels, keep to %d by %d", wide, high, logoSide, logoSide)})
		}
	}
}

func (a *assembly) judgeCard(name string) {
	if name == "" {
		return
	}
	body := a.picture("card", name, maxCard)
	if body == nil {
		return
	}
	if wide, high, err := pngSize(body); err != nil || wide != cardWide || high != cardHigh {
		a.add(Problem{File: name, Line: 1, Column: 1, Text: fmt.Sprintf("the picture for links has to be a PNG of %d by %d pixels", cardWide, cardHigh)})
	}
}

// pngSize reads a PNG to its end. Its size is looked at first: a small file can claim
// to be as large as a house.
func pngSize(body []byte) (wide, high int, err error) {
	c, err := png.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return 0, 0, err
	}
	if c.Width > cardWide || c.Height > cardWide {
		return c.Width, c.Height, nil
	}
	_, err = png.Decode(bytes.NewReader(body))
	return c.Width, c.Height, err
}

// drawn are the elements that a logo may be made of: they draw, and do nothing else.
var drawn = []string{
	"svg", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "title", "desc",
	"defs", "use", "symbol", "clipPath", "mask", "linearGradient", "radialGradient", "stop",
}

// judgeSVG names the first thing in an SVG that does more than draw.
func judgeSVG(body []byte) (line, column int, wrong string) {
	d := xml.NewDecoder(bytes.NewReader(body))
	depth, shapes := 0, 0
	for {
		line, column = d.InputPos()
		t, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && shapes == 0:
			return 1, 1, "there is no <svg> in this file"
		case errors.Is(err, io.EOF):
			return 0, 0, ""
		case err != nil:
			line, column = d.InputPos()
			return line, column, "this is no SVG that can be read: " + err.Error()
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth == 0 && (t.Name.Local != "svg" || shapes > 0) {
				return line, column, "the first and only element has to be <svg>"
			}
			depth, shapes = depth+1, shapes+1
			wrong = judgeElement(t)
		case xml.EndElement:
			depth--
		case xml.Directive:
			wrong = "take the <!DOCTYPE> out, or save the picture as plain SVG"
		case xml.ProcInst:
			if t.Target != "xml" {
				wrong = fmt.Sprintf("take <?%s?> out: a logo fetches nothing", t.Target)
			}
		}
		if wrong != "" {
			return line, column, wrong
		}
	}
}

func judgeElement(e xml.StartElement) string {
	if e.Name.Space != svgSpace || !slices.Contains(drawn, e.Name.Local) {
		return fmt.Sprintf("take <%s> out: a logo only draws, with shapes and gradients; save it as plain SVG with text as paths", e.Name.Local)
	}
	for _, a := range e.Attr {
		value := strings.ToLower(a.Value)
		inside := strings.NewReplacer("url(#", "", "url('#", "", `url("#`, "").Replace(value)
		switch {
		case strings.HasPrefix(strings.ToLower(a.Name.Local), "on"):
			return fmt.Sprintf("take %s out: a logo runs no script", a.Name.Local)
		case a.Name.Local == "href" && !strings.HasPrefix(value, "#"):
			return fmt.Sprintf("%q leads out of the picture: only href=\"#id\" may stand here", a.Value)
		case a.Name.Local == "base" || strings.Contains(inside, "url(") || strings.ContainsAny(value, "\\") || strings.Contains(value, "javascript:"):
			return fmt.Sprintf("%s=%q fetches something: a logo holds all that it shows", a.Name.Local, a.Value)
		}
	}
	return ""
}
