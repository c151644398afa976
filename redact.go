package main

import "bytes"

// What looks like a secret: the key of a link, which is 26 letters and digits of base
// 32; a cookie, which is one long word; and an email address, also with its @ written
// as %40. Nothing else in a log looks like one: ids of requests have 12 letters, and
// the hash of an edition 64.
const (
	keyLength    = 26
	cookieLength = 72
	shortest     = len("a@b.cd")

	hidden = "[hidden]"
)

// redact returns a line without what looks like a secret. Nearly every line has none,
// and comes back as it is.
func redact(line []byte) []byte {
	var out []byte
	kept := 0 // up to here, the line is in out
	for i := 0; i < len(line); i++ {
		begin := i
		for i < len(line) && wordBytes[line[i]] {
			i++
		}
		if word := line[begin:i]; len(word) >= shortest && (longRun(word) || mailbox(word)) {
			out = append(append(out, line[kept:begin]...), hidden...)
			kept = i
		}
	}
	if kept == 0 {
		return line
	}
	return append(out, line[kept:]...)
}

// wordBytes can stand inside a key, a cookie or an email address.
var wordBytes = func() (in [256]bool) {
	for b := range in {
		in[b] = b >= 0x80 || letter(byte(b)) || digit(byte(b))
	}
	for _, b := range []byte("_-+.%@~!#$&'*^`{|}") {
		in[b] = true
	}
	return in
}()

func letter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

func digit(b byte) bool { return '0' <= b && b <= '9' }

// longRun reports that a word holds a key or a cookie.
func longRun(word []byte) bool {
	if len(word) < keyLength {
		return false
	}
	key, cookie := 0, 0
	for _, b := range word {
		if key++; (b < 'A' || b > 'Z') && (b < '2' || b > '7') {
			key = 0
		}
		if cookie++; !letter(b) && !digit(b) && b != '_' && b != '-' {
			cookie = 0
		}
		if key >= keyLength || cookie >= cookieLength {
			return true
		}
	}
	return false
}

// mailbox reports that a word is an email address: something, an @, and a host whose
// last part is of letters. The name of a Go module with its version has an @, and no
// such host.
func mailbox(word []byte) bool {
	name, host, found := bytes.Cut(word, []byte("@"))
	if !found {
		name, host, found = bytes.Cut(word, []byte("%40"))
	}
	dot := bytes.LastIndexByte(bytes.TrimRight(host, "."), '.')
	if !found || len(name) == 0 || dot < 1 {
		return false
	}
	last := bytes.TrimRight(host, ".")[dot+1:]
	return len(last) > 1 && bytes.IndexFunc(last, func(r rune) bool { return r > 0x7f || !letter(byte(r)) }) < 0
}
