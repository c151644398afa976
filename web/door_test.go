package web

import (
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
	"pgregory.net/rapid"
)

// trusting is a list of trusted networks.
func trusting(t testing.TB, list ...string) *Proxies {
	t.Helper()
	p, err := NewProxies(list)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// clientOf asks which address a request from a peer counts for. forwarded are the lines
// of X-Forwarded-For.
func clientOf(p *Proxies, peer net.Addr, forwarded ...string) string {
	app := fiber.New(appConfig(nil))
	var r fasthttp.RequestCtx
	r.Init(&fasthttp.Request{}, peer, nil)
	for _, line := range forwarded {
		r.Request.Header.Add(fiber.HeaderXForwardedFor, line)
	}
	p.settle(&r)
	c := app.AcquireCtx(&r)
	defer app.ReleaseCtx(c)
	return client(c)
}

func tcp(t testing.TB, peer string) net.Addr {
	t.Helper()
	a, err := net.ResolveTCPAddr("tcp", peer)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestClientAddress(t *testing.T) {
	socket := &net.UnixAddr{Name: "@", Net: "unix"}
	near, edge, nobody := trusting(t), trusting(t, "203.0.113.0/24", " 10.0.0.2 ", "2001:db8::/32"), trusting(t, "none")
	const stranger, visitor = "203.0.113.7:1", "198.51.100.1"
	for _, c := range []struct {
		name      string
		trust     *Proxies
		peer      net.Addr
		forwarded []string
		want      string
	}{
		{"no proxy", near, tcp(t, stranger), nil, "203.0.113.7"},
		{"a stranger claims another address", near, tcp(t, stranger), []string{visitor}, "203.0.113.7"},
		{"a proxy on this machine", near, tcp(t, "127.0.0.1:1"), []string{visitor}, visitor},
		{"version 6 on this machine", near, tcp(t, "[::1]:1"), []string{visitor}, visitor},
		{"a private network", near, tcp(t, "[fd00::3]:1"), []string{visitor}, visitor},
		{"an address of version 4 written as one of 6", near, tcp(t, "[::ffff:10.0.0.2]:1"), []string{visitor}, visitor},
		{"what the visitor claims stands left", near, tcp(t, "10.0.0.2:1"), []string{"6.6.6.6, " + visitor}, visitor},
		{"a proxy that adds a line of its own", near, tcp(t, "10.0.0.2:1"), []string{"6.6.6.6", visitor}, visitor},
		{"two proxies", near, tcp(t, "10.0.0.2:1"), []string{"6.6.6.6, " + visitor + ",192.168.1.4"}, visitor},
		{"the visitor is on the private network", near, tcp(t, "127.0.0.1:1"), []string{"10.3.3.3"}, "10.3.3.3"},
		{"nonsense", near, tcp(t, "127.0.0.1:1"), []string{"nonsense"}, "127.0.0.1"},
		{"nonsense from the visitor", near, tcp(t, "127.0.0.1:1"), []string{"nonsense, " + visitor}, visitor},
		{"nonsense behind a proxy", near, tcp(t, "127.0.0.1:1"), []string{"6.6.6.6, nonsense, 10.0.0.9"}, "10.0.0.9"},
		{"nothing but commas", near, tcp(t, "127.0.0.1:1"), []string{",,"}, "127.0.0.1"},
		{"with a port", near, tcp(t, "127.0.0.1:1"), []string{visitor + ":4711"}, visitor},
		{"version 6 with a port", near, tcp(t, "127.0.0.1:1"), []string{"[2001:db8:1:2:3::4]:1"}, "2001:db8:1:2::/64"},
		{"version 6", near, tcp(t, "[2001:db8:1:2:3::4]:1"), nil, "2001:db8:1:2::/64"},
		{"a unix socket", near, socket, []string{visitor}, visitor},
		{"a unix socket and a list", edge, socket, []string{visitor}, visitor},
		{"a proxy of the list", edge, tcp(t, stranger), []string{visitor}, visitor},
		{"one address of the list", edge, tcp(t, "10.0.0.2:1"), []string{visitor}, visitor},
		{"a private network that is not in the list", edge, tcp(t, "10.0.0.3:1"), []string{visitor}, "10.0.0.3"},
		{"this machine is not in the list", edge, tcp(t, "127.0.0.1:1"), []string{visitor}, "127.0.0.1"},
		{"over two of the list", edge, tcp(t, "10.0.0.2:1"), []string{"6.6.6.6, " + visitor, "2001:db8::9, 203.0.113.9"}, visitor},
		{"nobody is trusted", nobody, tcp(t, "127.0.0.1:1"), []string{visitor}, "127.0.0.1"},
		{"not even the unix socket", nobody, socket, []string{visitor}, "0.0.0.0"},
	} {
		if got := clientOf(c.trust, c.peer, c.forwarded...); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// Whatever a visitor writes into the header, the proxy's own entry stands right of it
// and decides.
func TestNobodyForgesTheirAddress(t *testing.T) {
	p := trusting(t)
	rapid.Check(t, func(t *rapid.T) {
		entry := rapid.OneOf(
			rapid.SampledFrom([]string{"127.0.0.1", "10.0.0.1", "::1", "", " ", ",", "[", "198.51.100.1:", "1.2.3.4"}),
			rapid.StringMatching(`[0-9a-fA-F:.,\[\] ]{0,40}`),
		)
		lines := rapid.SliceOfN(entry, 0, 4).Draw(t, "lines")
		joined := rapid.Bool().Draw(t, "joined")
		forwarded := append(lines, "198.51.100.9")
		if joined {
			forwarded = []string{strings.Join(forwarded, ",")}
		}
		if got := clientOf(p, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}, forwarded...); got != "198.51.100.9" {
			t.Fatalf("%q: got %s, want the entry of the proxy", forwarded, got)
		}
	})
}

func TestProxiesThatCannotBeRead(t *testing.T) {
	for _, list := range [][]string{
		{"10.0.0.0/33"}, {"10.0.0"}, {"proxy.example"}, {"none", "10.0.0.0/8"}, {"10.0.0.0/8", ""}, {"fe80::1%eth0"}, {"::ffff:10.0.0.0/104"},
	} {
		if _, err := NewProxies(list); err == nil || !strings.Contains(err.Error(), "is no network: write it like") {
			t.Errorf("%q: got %v", list, err)
		}
	}
}

// A link that is shown follows what a trusted proxy says about the browser, and nothing
// that a stranger says.
func TestForwardedScheme(t *testing.T) {
	for _, c := range []struct {
		trust string
		proto []string
		want  string
	}{
		{"0.0.0.0", nil, "http://localhost/r/"},
		{"0.0.0.0", []string{"https"}, "https://localhost/r/"},
		{"0.0.0.0", []string{"HTTPS"}, "https://localhost/r/"},
		{"0.0.0.0", []string{"http, https"}, "https://localhost/r/"},
		{"0.0.0.0", []string{"http", "https"}, "https://localhost/r/"},
		{"0.0.0.0", []string{"javascript"}, "http://localhost/r/"},
		{"127.0.0.0/8", []string{"https"}, "http://localhost/r/"},
	} {
		s := newServer(t, func(o *Options) { o.Trust = trusting(t, c.trust) })
		b := s.browser()
		b.send["X-Forwarded-Proto"] = c.proto
		b.send.Set("X-Forwarded-Host", "evil.example")
		b.start()
		b.fill(saidIn(dashed(healthy)))
		key := b.finish()
		if b.get("/r/" + key + "/save"); !strings.Contains(b.page.body, `"`+c.want+key+`"`) {
			t.Errorf("%+v: the page of the link does not hold %s…", c, c.want)
		}
	}
}

// Under a path, what lies outside is not found, but for the questions of those who
// watch the process.
func TestOutsideOfTheBasePath(t *testing.T) {
	s := newServer(t, func(o *Options) { o.BaseURL = "https://example.org/our/check/" })
	b := s.browser()
	for target, want := range map[string]int{
		"/our/check": 200, "/our/check/": 200, "/our/check/help": 200, "/our/check?lang=xx": 303, "/our/check/livez": 200,
		"/livez": 200, "/readyz": 200,
		"/": 404, "/help": 404, "/our": 404, "/our/checks": 404, "/our/check//": 404, "/our//check/help": 404, "/OUR/CHECK/": 404,
		"/livez/": 404, "/r/" + strings.Repeat("A", 26): 404,
	} {
		got := b.get(target)
		if got.status != want {
			t.Errorf("%s: got %d, want %d", target, got.status, want)
		}
		if want == 404 && (!b.shows("word error.not_found.title") || got.header.Get("Content-Security-Policy") == "") {
			t.Errorf("%s: not the page for what is not there: %s", target, got.text())
		}
	}
	if got := b.get("/our/check//evil.example?lang=en").location; got != "/our/check/evil.example" {
		t.Errorf("the language switch leads to %q", got)
	}
	if got := b.do(b.request(http.MethodPost, "/quiz/consent", "agree=1")); got.status != 404 || len(got.cookies) > 0 {
		t.Errorf("a form sent outside: got %d and %d cookies", got.status, len(got.cookies))
	}
}
