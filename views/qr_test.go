package views

import (
	"image"
	"image/color"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"pgregory.net/rapid"
)

// Another program's reader reads what the drawing on the page shows.
func TestQRCodeOpensTheLink(t *testing.T) {
	for _, link := range []string{
		"http://localhost:8080/r/" + resultsKey,
		"https://check.example.org/r/ABCDEFGHIJKLMNOPQRSTUVWX23",
		"https://a-name-that-is-as-long-as-names-of-hosts-may-be-" + strings.Repeat("x", 160) + ".example/r/" + resultsKey,
	} {
		doc := parse(t, NewSavePage(Page{Edition: full(t)}, SaveInput{Key: resultsKey, Link: link, KeptUntil: taken}))
		svg := doc.Find("svg[role=img][aria-label='QR code for your private link']")
		if svg.Length() != 1 {
			t.Fatalf("%d drawings with the name of the QR code, want 1", svg.Length())
		}
		side, err := strconv.Atoi(strings.Fields(svg.AttrOr("viewbox", svg.AttrOr("viewBox", "")))[2])
		if err != nil {
			t.Fatal(err)
		}
		if ground := svg.Find("path").First(); ground.AttrOr("fill", "") != "#fff" || svg.Find("path").Last().AttrOr("fill", "") != "#000" {
			t.Error("the code is not black on white")
		}
		if width, _ := strconv.Atoi(svg.AttrOr("width", "")); width < 200 || width%side != 0 {
			t.Errorf("%d pixels for %d modules: want 200 at least, and a whole number for each", width, side)
		}
		got, err := decode(drawn(t, svg.Find("path").Last().AttrOr("d", ""), side))
		if err != nil || got != link {
			t.Errorf("the code says %q, %v; want %q", got, err, link)
		}
	}
}

func TestQRCodeSaysAnyText(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringMatching(`https?://[a-z0-9.:-]{1,120}/r/[A-Z2-7]{26}`).Draw(rt, "link")
		q := newQR(text)
		if got, err := decode(drawn(t, q.Path, q.Side)); err != nil || got != text {
			rt.Fatalf("got %q, %v; want %q", got, err, text)
		}
	})
}

func TestNoQRCodeForWhatFitsNone(t *testing.T) {
	page := NewSavePage(Page{Edition: full(t)}, SaveInput{Key: resultsKey, Link: strings.Repeat("x", 4000), KeptUntil: taken})
	if page.QR != nil || parse(t, page).Find("main svg").Length() != 0 {
		t.Error("a code is shown that cannot hold the link")
	}
}

var bar = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`)

// drawn paints the bars of a path, 4 pixels for each unit, and wants the quiet zone
// white.
func drawn(t *testing.T, path string, side int) image.Image {
	t.Helper()
	const scale = 4
	img := image.NewGray(image.Rect(0, 0, side*scale, side*scale))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	if rest := bar.ReplaceAllString(path, ""); rest != "" {
		t.Fatalf("the path holds %q", rest)
	}
	for _, m := range bar.FindAllStringSubmatch(path, -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		n, _ := strconv.Atoi(m[3])
		if m[3] != m[4] || min(x, y) < 4 || x+n > side-4 || y+1 > side-4 {
			t.Fatalf("the bar %s is not closed, or stands in the quiet zone of %d", m[0], side)
		}
		for px := x * scale; px < (x+n)*scale; px++ {
			for py := y * scale; py < (y+1)*scale; py++ {
				img.SetGray(px, py, color.Gray{})
			}
		}
	}
	return img
}

func decode(img image.Image) (string, error) {
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		return "", err
	}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, map[gozxing.DecodeHintType]interface{}{gozxing.DecodeHintType_PURE_BARCODE: true})
	if err != nil {
		return "", err
	}
	return result.GetText(), nil
}
