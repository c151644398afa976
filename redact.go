package main

import (
	"bytes"
	"strings"
	"unicode"
)

// What looks like a secret: the key of a link, which is 26 letters and digits of base
// 32; a cookie, which is one long word; and an email address, also with its @ written
// as %40. Nothing else in a log looks like one: ids of requests have 12 letters, and
// the hash of an edition 64.
const (
	keyLength    = 26
	cookieLength = 72

	hidden = "[hidden]"
)

// redact returns a line without what looks like a secret, and without what hangs
// together with it. Nearly every line has none, and comes back as it is.
func redact(line []byte) []byte {
	mail := bytes.IndexByte(line, '@') >= 0 || bytes.Contains(line, []byte("%40"))
	if !mail && !hasRun(line) {
		return line
	}
	var out []byte
	kept := 0 // up to here, the line is in out
	for i := 0; i < len(line); i++ {
		i += escaped(line, i)
		begin := i
		for i < len(line) && wordBytes[line[i]] {
			i++
		}
		if word := line[begin:i]; longRun(word) || mail && mailbox(word) {
			out = append(append(out, line[kept:begin]...), hidden...)
			kept = i
		}
	}
	if kept == 0 {
		return line
	}
	return append(out, line[kept:]...)
}

// hasRun reports that a line may hold a key or a cookie. Looking at every 26th byte is
// enough for that, and takes a tenth of the time.
func hasRun(line []byte) bool {
	for i := keyLength - 1; i < len(line); i += keyLength {
		begin, end := i, i
		for end < len(line) && inCookie(line[end]) {
			end++
		}
		for begin > 0 && end > i && inCookie(line[begin-1]) {
			begin--
		}
		if end-begin >= keyLength {
			return true
		}
	}
	return false
}

func inCookie(b byte) bool { return letter(b) || digit(b) || b == '_' || b == '-' }

// escaped is how many bytes from i on belong to a backslash before them: to hide these
// as well would leave a line that no reader of JSON takes.
func escaped(line []byte, i int) int {
	if i == 0 || i >= len(line) || line[i-1] != '\\' {
		return 0
	}
	n := 1
	switch line[i] {
	case 'u':
		n = len("u0026")
	case 'x':
		n = len("x7f")
	}
	return min(n, len(line)-i)
}

// wordBytes can stand inside a key, a cookie or an email address, or hang on one.
var wordBytes = func() (in [256]bool) {
	for b := range in {
		in[b] = b >= 0x80 || letter(byte(b)) || digit(byte(b))
	}
	for _, b := range []byte("_-+.%@~!#$&'*^:=") {
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
		if cookie++; !inCookie(b) {
			cookie = 0
		}
		if key >= keyLength || cookie >= cookieLength {
			return true
		}
	}
	return false
}

// mailbox reports that a word holds an email address: something, an @, and a host whose
// last part is of letters. The name of a Go module with its version has an @, and no
// such host.
func mailbox(word []byte) bool {
	for i := 1; i < len(word); i++ {
		size := 0
		switch {
		case word[i] == '@':
			size = len("@")
		case word[i] == '%' && bytes.HasPrefix(word[i:], []byte("%40")):
			size = len("%40")
		default:
			continue
		}
		host := word[i+size:]
		if end := bytes.IndexFunc(host, outsideHost); end >= 0 {
			host = host[:end]
		}
		host = bytes.TrimRight(host, ".-")
		last := host[bytes.LastIndexByte(host, '.')+1:]
		if len(last) > 1 && len(last) < len(host) && bytes.IndexFunc(last, noLetter) < 0 {
			return true
		}
	}
	return false
}

func outsideHost(r rune) bool { return noLetter(r) && !strings.ContainsRune("0123456789.-", r) }

func noLetter(r rune) bool { return !unicode.IsLetter(r) }
