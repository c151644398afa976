package web

import (
	"errors"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The attacks here are bytes on a connection, which no client of the standard library
// would send.

// listen serves a site on a port of this machine.
func (s *server) listen(t testing.TB) (address string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Listener(ln) }()
	t.Cleanup(func() {
		if err := errors.Join(s.ShutdownWithTimeout(5*time.Second), <-served); err != nil {
			t.Errorf("stop the server: %v", err)
		}
	})
	return ln.Addr().String()
}

// say sends bytes and returns what comes back until the server closes the connection,
// or has been silent for a moment.
func say(t testing.TB, address string, parts ...string) string {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for i, part := range parts {
		if i > 0 {
			time.Sleep(20 * time.Millisecond)
		}
		if _, err := io.WriteString(conn, part); err != nil {
			break // the server had enough
		}
	}
	if err := conn.SetReadDeadline(time.Now().Add(250 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	answer, _ := io.ReadAll(conn)
	return string(answer)
}

var statusLine = regexp.MustCompile(`(?m)^HTTP/1\.1 (\d{3}) `)

// statuses are those of the answers on a connection.
func statusesIn(answer string) (list []string) {
	for _, m := range statusLine.FindAllStringSubmatch(answer, -1) {
		list = append(list, m[1])
	}
	return list
}

// TestNothingIsSmuggled sends requests that two readers could take for different ones. A
// second answer would mean that somebody's bytes were taken for the request of the next
// visitor.
func TestNothingIsSmuggled(t *testing.T) {
	const host, form = "Host: localhost\r\nSec-Fetch-Site: same-origin\r\n", "Content-Type: application/x-www-form-urlencoded\r\n"
	const inner = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
	const get, post = "GET / HTTP/1.1\r\n" + host, "POST /mine HTTP/1.1\r\n" + host + form
	length := strconv.Itoa(len(inner))
	s := newServer(t)
	address := s.listen(t)
	for _, c := range []struct{ name, bytes, want string }{
		{"an ordinary form", post + "Content-Length: 6\r\n\r\nlink=x", "422"},
		{"an ordinary form in chunks", post + "Transfer-Encoding: chunked\r\n\r\n6\r\nlink=x\r\n0\r\n\r\n", "422"},
		{"two ordinary requests", get + "\r\n" + inner, "200 404"},
		{"a length, and chunks", post + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner, "400"},
		{"chunks, and a length", post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n2b\r\n" + inner + "\r\n0\r\n\r\n", "400"},
		{"two codings", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + inner, "400"},
		{"chunks after a tab, and a length", post + "Transfer-Encoding:\tchunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + inner, "400"},
		{"a coding that is none", post + "Transfer-Encoding: xchunked\r\nContent-Length: 4\r\n\r\nlink" + inner, "400"},
		{"a space before the colon", post + "Transfer-Encoding : chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + inner, "400"},
		{"a length with a space before the colon", get + "Content-Length : " + length + "\r\n\r\n" + inner, "400"},
		{"a folded coding", post + "Transfer-Encoding:\r\n chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n" + inner, "400"},
		{"a folded length", get + "X-A: b\r\n Content-Length: " + length + "\r\n\r\n" + inner, "400"},
		{"a length after a bare CR", get + "X-A: b\rContent-Length: " + length + "\r\n\r\n" + inner, "400"},
		{"lines that end with LF alone", "GET / HTTP/1.1\nHost: localhost\n\n", "400"},
		{"two lengths", post + "Content-Length: " + length + "\r\nContent-Length: 0\r\n\r\n" + inner, "400"},
		{"two lengths, the other way", post + "Content-Length: 0\r\nContent-Length: " + length + "\r\n\r\n" + inner, "400"},
		{"a list of lengths", post + "Content-Length: 4, 0\r\n\r\n" + inner, "400"},
		{"a length with a sign", post + "Content-Length: +0\r\n\r\n" + inner, "400"},
		{"a negative length", post + "Content-Length: -1\r\n\r\n" + inner, "400"},
		{"a length beyond all numbers", post + "Content-Length: 99999999999999999999\r\n\r\n" + inner, "400"},
		{"a length in another base", post + "Content-Length: 0x0\r\n\r\n" + inner, "400"},
		{"a body where none belongs", "GET /mine HTTP/1.1\r\n" + host + "Content-Length: " + length + "\r\n\r\n" + inner, "200"},
		{"a chunk of negative size", post + "Transfer-Encoding: chunked\r\n\r\n-1\r\nlink=x\r\n0\r\n\r\n" + inner, "400"},
		{"a chunk beyond all numbers", post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nlink=x\r\n0\r\n\r\n" + inner, "400"},
		{"a length at the end", post + "Transfer-Encoding: chunked\r\nTrailer: Content-Length\r\n\r\n6\r\nlink=x\r\n0\r\nContent-Length: " + length + "\r\n\r\n", "400"},
		{"chunks in HTTP/1.0", "POST /mine HTTP/1.0\r\n" + host + form + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner, "400"},
		{"no host", "GET / HTTP/1.1\r\n\r\n", "400"},
		{"two hosts", "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", "400"},
		{"a host after a tab", "GET / HTTP/1.1\r\nHost: \tlocalhost\r\n\r\n", "400"},
		{"a host that none can have", "GET / HTTP/1.1\r\nHost: local\x80host\r\n\r\n", "400"},
		{"a host with its port", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "200"},
		{"another host in the first line", "POST http://evil.example/mine HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n" + form + "Content-Length: 6\r\n\r\nlink=x", "400"},
		{"its own host in the first line", "GET http://localhost/ HTTP/1.1\r\n" + host + "\r\n", "200"},
		{"a host that begins like its own", "GET http://localhost.evil.example/ HTTP/1.1\r\n" + host + "\r\n", "400"},
		{"somebody before its own host", "GET http://localhost@evil.example/ HTTP/1.1\r\n" + host + "\r\n", "400"},
		{"a host to connect to", "CONNECT evil.example:443 HTTP/1.1\r\n" + host + "\r\n", "400"},
		{"no path", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", "400"},
		{"two spaces", "GET  / HTTP/1.1\r\n" + host + "\r\n", "400"},
		{"a null byte in the path", "GET /\x00 HTTP/1.1\r\n" + host + "\r\n", "400"},
		{"a null byte in a header", get + "X-A: \x00\r\n\r\n", "400"},
		{"a null byte in a name", get + "X\x00A: b\r\n\r\n", "400"},
		{"HTTP/0.9, read as 1.0", "GET /\r\n\r\n", "200"},
		{"HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", "200"},
		{"HTTP/2 without asking", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "400"},
		{"a version that does not exist", "GET / HTTP/9.9\r\n" + host + "\r\n", "400"},
		{"HTTP/2 by asking", get + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n", "200"},
		{"a body that says it is packed", post + "Content-Encoding: gzip\r\nContent-Length: 6\r\n\r\nlink=x", "422"},
		{"TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + strings.Repeat("\xff", 100) + "\r\n\r\n", "400"},
		{"asking before sending", post + "Expect: 100-continue\r\nContent-Length: 6\r\n\r\nlink=x", "100 422"},
		{"a method of 9,000 letters", strings.Repeat("G", 9000) + " / HTTP/1.1\r\n" + host + "\r\n", "405"},
	} {
		answer := say(t, address, c.bytes)
		if got := strings.Join(statusesIn(answer), " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
		if strings.HasPrefix(c.want, "4") && !strings.Contains(answer, "Content-Security-Policy: ") {
			t.Errorf("%s: the answer has not the usual headers\n%s", c.name, answer)
		}
	}
}

// TestNoRequestForgesALine puts line ends and the signs that steer a terminal wherever a
// request has room.
func TestNoRequestForgesALine(t *testing.T) {
	s := newServer(t)
	address := s.listen(t)
	const forged = "time=2026-01-01T00:00:00Z level=ERROR msg=forged"
	for _, inject := range []string{"\r\n" + forged + "\r\n", "\n" + forged, "\r" + forged, "%0d%0a" + forged, "\x1b[2J\x1b[31m" + forged, "\u2028" + forged, "\x00" + forged, "\"} msg=forged"} {
		for _, request := range []string{
			"GET /" + inject + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
			"GET /r/" + inject + "?q=" + inject + " HTTP/1.1\r\nHost: localhost\r\n\r\n",
			inject + " / HTTP/1.1\r\nHost: localhost\r\n\r\n",
			"GET / HTTP/1.1" + inject + "\r\nHost: localhost\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: localhost" + inject + "\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: " + inject + "\r\nX-Request-Id: " + inject + "\r\nX-Forwarded-For: " + inject + "\r\nCookie: draft=" + inject + "\r\n\r\n",
			"POST /mine HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + inject + "\r\nContent-Length: 6\r\n\r\nlink=x",
		} {
			say(t, address, request)
		}
	}
	s.lock.Lock()
	log := s.log.String()
	s.lock.Unlock()
	for line := range strings.Lines(log) {
		if !regexp.MustCompile(`^time=\S+ level=INFO msg=request method=[A-Z]+ route=[a-z0-9/:.-]+ status=\d+ duration=\S+ id=[A-Z0-9]{12}\n$`).MatchString(line) {
			t.Errorf("a line of the log: %q", line)
		}
	}
	if strings.Contains(log, "forged") || strings.Count(log, "\n") < 20 {
		t.Errorf("the log:\n%s", log)
	}
}

// TestSlowSendersHoldNobodyUp: connections that never finish a request cost a file
// descriptor each, and end when the time for reading is over.
func TestSlowSendersHoldNobodyUp(t *testing.T) {
	s := newServer(t)
	address := s.listen(t)
	for range 200 {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, "POST /mine HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\nlink="); err != nil {
			t.Fatal(err)
		}
	}
	if got := statusesIn(say(t, address, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")); len(got) != 1 || got[0] != "200" {
		t.Errorf("beside slow senders: got %v, want 200", got)
	}
	server := s.Server()
	if server.ReadTimeout != readTimeout || server.WriteTimeout != writeTimeout || server.IdleTimeout != idleTimeout || server.Concurrency != connectionsMax ||
		server.MaxRequestBodySize != bodyLimit || server.ReadBufferSize != headerLimit {
		t.Error("the server does not keep the limits that are written down")
	}
}
