package views

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// QR is a QR code as a drawing. One unit is one module.
type QR struct {
	Side  int    // with the quiet zone
	Width int    // in CSS pixels, a whole number for each module
	Path  string // the black modules
}

const (
	quietZone = 4   // modules that stay white on each side
	qrWidth   = 240 // CSS pixels at least
)

// newQR is nil for a text that is too long for a QR code.
func newQR(text string) *QR {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil
	}
	side := code.Size + 2*quietZone
	return &QR{Side: side, Width: side * ((qrWidth + side - 1) / side), Path: modules(code)}
}

// modules draws each row of black modules as a few bars.
func modules(code *qr.Code) string {
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if n := x - from; n > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from+quietZone, y+quietZone, n, n)
			}
		}
	}
	return path.String()
}
