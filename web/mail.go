package web

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/textproto"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"

	"gutskin/views"
)

const (
	messagesAnHour = 3 // from one address, and of one journal
	mailTimeout    = 10 * time.Second
)

// errRefused says that the mail server does not take an address, and never will.
var errRefused = errors.New("the mail server refused the address")

// Mailer sends messages through a mail server. It keeps no connection.
type Mailer struct {
	host, port     string
	user, password string
	implicit       bool // TLS from the first byte
	here           bool // the server is on this machine
	from           mail.Address
}

// NewMailer reads the address of a mail server, smtp://user:password@host:port or
// smtps://…, and who its messages are from. User and password may be left out
// together; the port is 587, or 465 for smtps. Nothing is connected yet. Its errors
// never quote the address, which holds a password.
func NewMailer(server, from string) (*Mailer, error) {
	u, err := url.Parse(server)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("the mail server cannot be read: write it like smtp://user:password@mail.example.org:587, with %40 for @ and %2F for / in a password")
	}
	m := &Mailer{host: u.Hostname(), port: u.Port(), user: u.User.Username(), implicit: u.Scheme == "smtps"}
	m.password, _ = u.User.Password()
	if (m.user == "") != (m.password == "") {
		return nil, errors.New("the mail server has a user or a password, but not both: give both or neither")
	}
	switch n, err := strconv.Atoi(m.port); {
	case m.port == "" && m.implicit:
		m.port = "465"
	case m.port == "":
		m.port = "587"
	case err != nil || n < 1 || n > 65535:
		return nil, errors.New("the port of the mail server is not between 1 and 65535: give another")
	}
	ip := net.ParseIP(m.host)
	m.here = m.host == "localhost" || ip != nil && ip.IsLoopback()
	sender, err := mail.ParseAddress(from)
	if err != nil || !isMailbox(sender.Address) {
		return nil, errors.New("who mail is from cannot be read: give it like check@example.org, or like 'The check <check@example.org>'")
	}
	m.from = *sender
	return m, nil
}

// mailbox is an address as people type it, with nothing beside it. It can hold no
// space, comma or line break, so it cannot become a second address or a header.
var mailbox = regexp.MustCompile(`^[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_{|}~-]+)*` +
	`@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$`)

func isMailbox(s string) bool {
	return len(s) <= 254 && strings.IndexByte(s, '@') <= 64 && mailbox.MatchString(s)
}

// send sends one message, in 10 seconds at most. It answers errRefused when the
// server does not take the address, and errMail for everything else; neither quotes
// the address or what the server said.
func (m *Mailer) send(ctx context.Context, to string, letter views.Letter) error {
	// The time that a store may take does not count here.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), mailTimeout)
	defer cancel()
	return m.sendWithin(ctx, to, letter)
}

// Try connects to the mail server and signs in, and sends nothing.
func (m *Mailer) Try(ctx context.Context) error {
	client, err := m.client(ctx)
	if err == nil {
		err = client.DialWithContext(ctx)
	}
	if err != nil {
		return fmt.Errorf("the mail server does not let this program in: %s", cause(err))
	}
	return client.Close()
}

// sendWithin is send within the time of ctx, which ends.
func (m *Mailer) sendWithin(ctx context.Context, to string, letter views.Letter) error {
	message := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	message.FromMailAddress(&m.from)
	message.ToMailAddress(&mail.Address{Address: to})
	message.Subject(letter.Subject)
	message.SetMessageIDWithValue(rand.Text() + m.from.Address[strings.LastIndexByte(m.from.Address, '@'):])
	message.SetGenHeader("Auto-Submitted", "auto-generated")
	message.SetBodyString(gomail.TypeTextPlain, letter.Text)
	client, err := m.client(ctx)
	if err == nil {
		err = client.DialAndSendWithContext(ctx, message)
	}
	if err == nil || message.IsDelivered() {
		return nil
	}
	var sending *gomail.SendError
	if errors.As(err, &sending) && sending.Reason == gomail.ErrSMTPRcptTo && sending.ErrorCode()/100 == 5 {
		return fmt.Errorf("%w: code %d", errRefused, sending.ErrorCode())
	}
	return fmt.Errorf("%w: %s", errMail, cause(err))
}

// cause says what went wrong without the words of the server, which can quote the
// visitor's address.
func cause(err error) string {
	var sending *gomail.SendError
	var answer *textproto.Error
	switch {
	case errors.As(err, &sending):
		return fmt.Sprintf("%s, code %d", sending.Reason, sending.ErrorCode())
	case errors.As(err, &answer):
		return fmt.Sprintf("the mail server answered with code %d", answer.Code)
	}
	return err.Error()
}

// client is a connection yet to be made, which ends with ctx. Beyond this machine
// nothing goes out without TLS; on this machine the server's certificate proves
// nothing, and TLS is used when it is offered.
func (m *Mailer) client(ctx context.Context) (*gomail.Client, error) {
	port, err := strconv.Atoi(m.port)
	if err != nil {
		return nil, err
	}
	secure := &tls.Config{ServerName: m.host, MinVersion: tls.VersionTLS12, InsecureSkipVerify: m.here} //nolint:gosec // on this machine alone
	policy := gomail.TLSMandatory
	if m.here || m.implicit {
		policy = gomail.TLSOpportunistic
	}
	options := []gomail.Option{
		gomail.WithPort(port), gomail.WithTLSConfig(secure), gomail.WithTLSPolicy(policy),
		gomail.WithDialContextFunc(m.dial(ctx, secure)), gomail.WithTimeout(mailTimeout), gomail.WithoutNoop(), gomail.WithoutRset(),
	}
	if m.user != "" {
		ways := []gomail.SMTPAuthType{gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthCramMD5, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin}
		if m.here {
			ways = append(ways[:2], gomail.SMTPAuthPlainNoEnc, gomail.SMTPAuthLoginNoEnc)
		}
		options = append(options, gomail.WithUsername(m.user), gomail.WithPassword(m.password), gomail.WithOpportunisticSMTPAuth(ways...))
	}
	return gomail.NewClient(m.host, options...)
}

// dial connects for as long as ctx lasts. The context that the client hands over
// ends as soon as the connection stands, and the client's own deadlines add up.
func (m *Mailer) dial(ctx context.Context, secure *tls.Config) gomail.DialContextFunc {
	return func(_ context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		context.AfterFunc(ctx, func() { _ = conn.Close() })
		if m.implicit {
			return tls.Client(conn, secure), nil
		}
		return conn, nil
	}
}
