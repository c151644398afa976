package web

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"math/big"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
	"pgregory.net/rapid"

	"gutskin/views"
)

// post is a mail server for tests. It keeps what it takes.
type post struct {
	address string // host and port
	want    string // user and password, as in "user:password"; "": anyone may send

	mu   sync.Mutex
	took []letter
}

type letter struct {
	from, to string
	body     []byte
	secure   bool
	user     string
}

// newPost starts a mail server. With secure it offers STARTTLS, or speaks TLS from
// the first byte.
func newPost(t testing.TB, want string, secure, implicit bool) *post {
	t.Helper()
	p := &post{want: want}
	server := smtp.NewServer(p)
	server.Domain, server.AllowInsecureAuth = "post.example", true
	server.ErrorLog = log.New(io.Discard, "", 0)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.address = ln.Addr().String()
	if secure {
		server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{selfSigned(t)}}
	}
	if implicit {
		ln = tls.NewListener(ln, server.TLSConfig)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(ln) }()
	t.Cleanup(func() {
		_ = server.Close()
		if err := <-served; err != nil {
			t.Errorf("the mail server: %v", err)
		}
	})
	return p
}

func selfSigned(t testing.TB) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"post.example"}}
	cert, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{cert}, PrivateKey: key}
}

func (p *post) letters() []letter {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.took
}

// NewSession takes a connection.
func (p *post) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &session{post: p, conn: c}, nil
}

// session is one connection.
type session struct {
	post *post
	conn *smtp.Conn
	letter
}

func (*session) Logout() error { return nil }

func (s *session) Reset() { s.letter = letter{user: s.user} }

func (s *session) AuthMechanisms() []string {
	if s.post.want == "" {
		return nil
	}
	return []string{sasl.Plain}
}

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user+":"+password != s.post.want {
			return smtp.ErrAuthFailed
		}
		s.user = user
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	if s.post.want != "" && s.user == "" {
		return smtp.ErrAuthRequired
	}
	s.from = from
	return nil
}

// Rcpt refuses two addresses: one for good, one for now. It quotes them.
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch {
	case strings.HasPrefix(to, "nobody@"):
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "<" + to + "> is nobody here"}
	case strings.HasPrefix(to, "later@"):
		return &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 0}, Message: "<" + to + "> later"}
	}
	s.to += to
	return nil
}

func (s *session) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	_, s.secure = s.conn.TLSConnectionState()
	s.body = body
	s.post.mu.Lock()
	defer s.post.mu.Unlock()
	s.post.took = append(s.post.took, s.letter)
	return err
}

func newMailer(t testing.TB, server string) *Mailer {
	t.Helper()
	m, err := NewMailer(server, "The check <check@example.org>")
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var aLetter = views.Letter{Subject: "Your link from Ünder & Co", Text: "Hello,\n\nhttps://check.example/r/" + aKey + "\n\n“Make a new link”\n"}

func TestMessageArrives(t *testing.T) {
	for name, c := range map[string]struct {
		scheme, want     string
		secure, implicit bool
	}{
		"plain on this machine":                    {scheme: "smtp://"},
		"STARTTLS where it is offered":             {scheme: "smtp://", secure: true},
		"TLS from the first byte":                  {scheme: "smtps://", secure: true, implicit: true},
		"with a password":                          {scheme: "smtp://us%40er:p%2Fw@", want: "us@er:p/w"},
		"with a password, STARTTLS":                {scheme: "smtp://user:secret@", want: "user:secret", secure: true},
		"with a password, TLS from the first byte": {scheme: "smtps://user:secret@", want: "user:secret", secure: true, implicit: true},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, c.want, c.secure, c.implicit)
			if err := newMailer(t, c.scheme+p.address).send(t.Context(), "ann@example.com", aLetter); err != nil {
				t.Fatal(err)
			}
			got := p.letters()
			if len(got) != 1 || got[0].from != "check@example.org" || got[0].to != "ann@example.com" || got[0].secure != c.secure {
				t.Fatalf("got %d messages: %+v", len(got), got)
			}
			subject, text, header := opened(t, got[0].body)
			if subject != aLetter.Subject || text != aLetter.Text {
				t.Errorf("got %q, %q", subject, text)
			}
			if header.Get("To") != "<ann@example.com>" || header.Get("From") != `"The check" <check@example.org>` || header.Get("Auto-Submitted") != "auto-generated" {
				t.Errorf("headers: %v", header)
			}
			for _, name := range []string{"User-Agent", "X-Mailer", "Bcc"} {
				if header.Get(name) != "" {
					t.Errorf("the message has the header %s", name)
				}
			}
		})
	}
}

// opened reads a message as a mail program does.
func opened(t testing.TB, body []byte) (subject, text string, header mail.Header) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if kind, _, _ := mime.ParseMediaType(m.Header.Get("Content-Type")); kind != "text/plain" || m.Header.Get("Content-Transfer-Encoding") != "quoted-printable" {
		t.Fatalf("the message is %q", m.Header)
	}
	plain, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		t.Fatal(err)
	}
	subject, err = (&mime.WordDecoder{}).DecodeHeader(m.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return subject, strings.ReplaceAll(string(plain), "\r\n", "\n"), m.Header
}

func TestMessageThatIsNotSent(t *testing.T) {
	open, closed := newPost(t, "", true, false), newPost(t, "user:secret", false, false)
	nothing, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := nothing.Addr().String()
	nothing.Close()
	for name, c := range map[string]struct {
		server, to string
		abroad     bool // as if it were not on this machine
		want       error
		says       string
	}{
		"wrong password":                   {"smtp://user:hunter2@" + closed.address, "ann@example.com", false, errMail, "code 535"},
		"no password":                      {"smtp://" + closed.address, "ann@example.com", false, errMail, "code 502"},
		"a password nobody asks for":       {"smtp://user:hunter2@" + open.address, "ann@example.com", false, errMail, ""},
		"no such person":                   {"smtp://" + open.address, "nobody@example.com", false, errRefused, "code 550"},
		"not now":                          {"smtp://" + open.address, "later@example.com", false, errMail, "code 450"},
		"nobody listens":                   {"smtp://" + gone, "ann@example.com", false, errMail, "refused"},
		"TLS where there is none":          {"smtps://" + open.address, "ann@example.com", false, errMail, ""},
		"no TLS beyond this machine":       {"smtp://user:secret@" + closed.address, "ann@example.com", true, errMail, "STARTTLS"},
		"a certificate that nobody signed": {"smtp://" + open.address, "ann@example.com", true, errMail, "certificate"},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMailer(t, c.server)
			m.here = m.here && !c.abroad
			err := m.send(t.Context(), c.to, aLetter)
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Fatalf("got %v, want %v with %q", err, c.want, c.says)
			}
			for _, secret := range []string{"ann@", "nobody", "later@", "hunter2", "secret", aKey} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("the error tells %q: %v", secret, err)
				}
			}
		})
	}
	if n := len(open.letters()) + len(closed.letters()); n != 0 {
		t.Errorf("%d messages were taken, want none", n)
	}
}

// A server that stops answering, at whichever point, costs a visitor no more than
// the time there is.
func TestServerThatNeverAnswers(t *testing.T) {
	for name, says := range map[string][]string{
		"at once":                        nil,
		"after the greeting":             {"220 post.example\r\n"},
		"after hello":                    {"220 post.example\r\n", "250 post.example\r\n"},
		"after the sender":               {"220 post.example\r\n", "250 post.example\r\n", "250 ok\r\n"},
		"one letter at a time, for ever": {"220-\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			ln, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer ln.Close()
			closed := make(chan struct{})
			go silent(ln, says, closed)
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			start := time.Now()
			err = newMailer(t, "smtp://"+ln.Addr().String()).sendWithin(ctx, "ann@example.com", aLetter)
			if took := time.Since(start); !errors.Is(err, errMail) || took > 3*time.Second {
				t.Errorf("got %v after %v", err, took)
			}
			select {
			case <-closed:
			case <-time.After(5 * time.Second):
				t.Error("the connection stays open")
			}
		})
	}
}

// silent answers a connection with these lines, then never more. It reports when the
// other side has gone.
func silent(ln net.Listener, says []string, closed chan<- struct{}) {
	defer close(closed)
	conn, err := ln.Accept()
	if err != nil {
		return
	}
	defer conn.Close()
	buffer := make([]byte, 1024)
	for i, line := range says {
		if i > 0 {
			_, _ = conn.Read(buffer)
		}
		_, _ = conn.Write([]byte(line))
	}
	for len(says) == 1 && strings.HasPrefix(says[0], "220-") {
		if _, err := conn.Write([]byte(says[0])); err != nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	for {
		if _, err := conn.Read(buffer); err != nil {
			return
		}
	}
}

func TestMailServersThatCannotBeRead(t *testing.T) {
	for _, c := range []struct{ server, from string }{
		{"", "check@example.org"},
		{"mail.example.org:587", "check@example.org"},
		{"http://user:hunter2@mail.example.org", "check@example.org"},
		{"smtp://user:hunter2@", "check@example.org"},
		{"smtp://user:hunt/er2@mail.example.org", "check@example.org"},
		{"smtp://user:hunt%zzer2@mail.example.org", "check@example.org"},
		{"smtp://user:hunter2@mail.example.org/inbox", "check@example.org"},
		{"smtp://user:hunter2@mail.example.org:0", "check@example.org"},
		{"smtp://user@mail.example.org", "check@example.org"},
		{"smtp://mail.example.org", ""},
		{"smtp://mail.example.org", "check"},
		{"smtp://mail.example.org", "check@example.org\r\nBcc: all@example.org"},
	} {
		_, err := NewMailer(c.server, c.from)
		if err == nil {
			t.Errorf("%q from %q: no error", c.server, c.from)
			continue
		}
		if s := err.Error(); strings.Contains(s, "hunt") || strings.Contains(s, "\n") {
			t.Errorf("%q: the error tells too much: %s", c.server, s)
		}
	}
	for server, port := range map[string]string{"smtp://mail.example.org": "587", "smtps://user:pw@mail.example.org": "465", "smtp://mail.example.org:25/": "25"} {
		if m, err := NewMailer(server, "check@example.org"); err != nil || m.port != port || m.here {
			t.Errorf("%s: got %v, %v; want port %s", server, m, err, port)
		}
	}
}

func TestMailbox(t *testing.T) {
	for _, good := range []string{"name@example.com", "first.last+tag@mail.example.co.uk", "o'neil@example.ie", "x@xn--bcher-kva.example"} {
		if !isMailbox(good) {
			t.Errorf("%q is refused", good)
		}
	}
	for _, bad := range []string{
		"", "name", "@example.com", "name@", "name@example", "name@example.c", "a b@example.com", "name@example.com ", "name@example..com",
		"name@-example.com", ".name@example.com", "na..me@example.com", "name@example.com, all@example.com", "Name <name@example.com>",
		"name@example.com\n", "name@example.com\r\nBcc: all@example.com", "name@[127.0.0.1]", "\"a b\"@example.com", "name@example.com\x00",
		strings.Repeat("a", 65) + "@example.com", "a@" + strings.Repeat("b.", 130) + "example.com", "nämé@example.com",
	} {
		if isMailbox(bad) {
			t.Errorf("%q is taken", bad)
		}
	}
}

// What is taken as an address is exactly one address to everybody who reads it.
func TestMailboxIsOneAddress(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ -~\r\n]{0,12}@[a-z.\r\n<>, -]{0,20}`), rapid.StringMatching(`[a-z.+'=-]{1,9}@[a-z0-9.-]{1,12}\.[a-z-]{2,4}`)).Draw(t, "typed")
		if !isMailbox(typed) {
			return
		}
		if a, err := mail.ParseAddress(typed); err != nil || a.Address != typed || strings.ContainsAny(typed, " \r\n\t,;<>\"") {
			t.Fatalf("%q is taken, and reads as %v, %v", typed, a, err)
		}
	})
}

func TestSendingTheLink(t *testing.T) {
	p := newPost(t, "user:hunter2", true, false)
	s := newServer(t, func(o *Options) {
		o.Mail, o.BaseURL = newMailer(t, "smtp://user:hunter2@"+p.address), "http://localhost"
	})
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(tired + " age=a35_64")))
	key := b.finish()
	save, form := "/r/"+key+"/save", "POST /r/"+key+"/email email="
	b.journey([]step{
		{"GET /r/" + key, "200 word results.save_send"},
		{"GET " + save, "200 form /r/" + key + "/email & word save.email_hint"},
		{form, "422 word save.email_format & word error.prefix & autocomplete=\"email\""},
		{form + "ann@example", "422 value=\"ann@example\""},
		{form + url.QueryEscape("ann@example.com\r\nBcc: all@example.com"), "422 word save.email_format"},
		{form + url.QueryEscape(" ann@example.com "), "303 " + save},
		{"follow", "200 word notice.sent & no ann@example.com"},
		{form + "nobody@example.com", "422 word save.email_refused & value=\"nobody@example.com\""},
		{form + "ann@example.com", "303 " + save},
		{form + "ann@example.com", "429 word error.mail_limit.title & href=\"" + save + "\""},
		{"GET " + save, "200 form /r/" + key + "/email"},
	})
	stranger := s.browser()
	stranger.send.Set("X-Forwarded-For", "198.51.100.7")
	stranger.journey([]step{{form + "ann@example.com", "429 word error.mail_limit.title"}})
	if wait := stranger.page.header.Get("Retry-After"); wait != "3601" && wait != "3600" {
		t.Errorf("Retry-After is %q, want an hour", wait)
	}
	s.now = s.now.Add(time.Hour)
	b.journey([]step{{form + "ann@example.com", "303 " + save}})

	got := p.letters()
	if len(got) != 3 {
		t.Fatalf("%d messages arrived, want 3", len(got))
	}
	subject, text, _ := opened(t, got[0].body)
	if subject != "Your link from Gut & Skin Check" || !strings.Contains(text, "\nhttp://localhost/r/"+key+"\n") {
		t.Errorf("got %q:\n%s", subject, text)
	}
	for _, secret := range []string{"ann@", "nobody", "example.com", "hunter2", "user", key} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}

func TestMailServerThatIsDown(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ln.Close()
	s := newServer(t, func(o *Options) {
		o.Mail, o.BaseURL = newMailer(t, "smtp://user:hunter2@"+ln.Addr().String()), "http://localhost"
	})
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(healthy)))
	key := b.finish()
	for range messagesAnHour + 1 { // what was not sent is not counted
		b.journey([]step{{"POST /r/" + key + "/email email=ann@example.com", "502 word error.mail.title & word error.mail.text & href=\"/r/" + key + "/save\""}})
	}
	b.journey([]step{{"GET /r/" + key, "200"}})
	if said := s.log.String(); strings.Contains(said, "ann@") || strings.Contains(said, "hunter2") || !strings.Contains(said, "connection refused") {
		t.Errorf("the log tells too much, or not why:\n%s", said)
	}
}

func TestNothingIsSentWithoutAMailServer(t *testing.T) {
	s := newServer(t)
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(healthy)))
	key := b.finish()
	b.journey([]step{
		{"GET /r/" + key, "200 word results.save & no word results.save_send"},
		{"GET /r/" + key + "/save", "200 no form /r/" + key + "/email"},
		{"POST /r/" + key + "/email email=ann@example.com", "404 word error.not_found.title"},
	})
	l, _ := library()
	if _, err := New(Options{Library: l, Store: s.store, Mail: newMailer(t, "smtp://mail.example.org")}); err == nil {
		t.Error("links are sent, and nobody knows their address")
	}
}
