package views

import (
	"bytes"
	"compress/gzip"
	"sync"

	"github.com/andybalholm/brotli"
)

// Packed is a body in the encodings that browsers take. Each is made as small as it
// gets, when somebody first asks for it, and kept.
type Packed struct {
	Plain  []byte
	Gzip   func() []byte
	Brotli func() []byte
}

// Pack readies a body for sending. It must not be changed any more.
func Pack(body []byte) Packed {
	return Packed{
		Plain:  body,
		Gzip:   sync.OnceValue(func() []byte { return gzipped(body) }),
		Brotli: sync.OnceValue(func() []byte { return brotlied(body) }),
	}
}

// window is how far back brotli looks, as a power of two. 64 KB hold any body of ours,
// and the window left as it is costs 33 MB and 15 ms a body.
const window = 16

// Writing to memory cannot go wrong, so the errors below carry nothing.

func gzipped(b []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	_, _ = w.Write(b)
	_ = w.Close()
	return out.Bytes()
}

func brotlied(b []byte) []byte {
	var out bytes.Buffer
	w := brotli.NewWriterOptions(&out, brotli.WriterOptions{Quality: brotli.BestCompression, LGWin: window})
	_, _ = w.Write(b)
	_ = w.Close()
	return out.Bytes()
}
