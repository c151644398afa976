package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/quick"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
)

// gathered is all that a scrape would tell.
func gathered(t testing.TB, r *prometheus.Registry) map[string][]*dto.Metric {
	t.Helper()
	families, err := r.Gather()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]*dto.Metric{}
	for _, f := range families {
		all[f.GetName()] = f.GetMetric()
	}
	return all
}

// labelled adds up the counters that have all of these labels, "route=/ code=200".
func labelled(metrics []*dto.Metric, want string) (sum float64) {
	for _, m := range metrics {
		has := func(label string) bool {
			return slices.ContainsFunc(m.GetLabel(), func(l *dto.LabelPair) bool { return l.GetName()+"="+l.GetValue() == label })
		}
		if !slices.ContainsFunc(strings.Fields(want), func(label string) bool { return !has(label) }) {
			sum += m.GetCounter().GetValue() + float64(m.GetHistogram().GetSampleCount())
		}
	}
	return sum
}

// strangeParts are things that people put into addresses.
var strangeParts = []string{
	"secret", "%00", "%2e%2e%2fetc", "..", "%F0%9F%92%A9", "{route=\"x\"}", "a18_34", "acne", strings.Repeat("x", 500),
	"ann@example.com", "KEYKEYAAAAAAAAAAAAAAAAAAAA", "\xff\xfe", "%22%0agutskin_fake%201", ":key", "*",
}

// knock asks for every address of the site map with strange things in its places and
// behind it, with every method there is and some there are not.
func (b *browser) knock(with []string) {
	b.t.Helper()
	methods := []string{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PURGE", "KEYKEY"}
	i := 0
	for _, route := range b.app.check.serving.Load().app.GetRoutes(true) {
		for _, bad := range with {
			target := route.Path
			for _, place := range route.Params {
				target = strings.Replace(target, ":"+place, bad, 1)
			}
			for _, at := range []string{target, target + "/" + bad, target + "?q=" + bad} {
				r := b.request(methods[i%len(methods)], "/", "")
				r.URL = &url.URL{Opaque: at}
				r.RequestURI = strings.NewReplacer(" ", "%20", "\n", "%0a").Replace(at)
				r.Header.Set("Sec-Fetch-Site", "same-origin")
				if response, err := b.app.Test(r, -1); err == nil {
					response.Body.Close()
				}
				i++
			}
		}
	}
}

// Whatever is asked for, the labels come from the site map, the methods, the statuses
// and the reasons, and nothing that somebody sent is among them.
func TestLabelsAreClosed(t *testing.T) {
	r := prometheus.NewRegistry()
	s := newServer(t, func(o *Options) { o.Metrics = r })
	b := s.browser()
	b.start()
	b.fill(saidIn(dashed(worried + " " + tired)))
	key := b.finish()
	b.journey([]step{{"POST /mine link=" + key, "303 /r/" + key}, {"POST /r/" + key + "/delete", "200 "}, {"GET /r/" + key, "410 "}})
	b.knock(append(strangeParts, key))

	known := map[string][]string{
		"route": {noRoute}, "method": countedMethods[:], "reason": {"overload", "rate", "mail"},
		"edition": {s.check.options.Library.Hash()}, "code": {"other"},
	}
	for _, route := range s.check.serving.Load().app.GetRoutes() {
		known["route"] = append(known["route"], route.Path)
	}
	for i := range countedCodes {
		known["code"] = append(known["code"], codeName(uint8(i)))
	}
	series := 0
	for name, metrics := range gathered(t, r) {
		for _, m := range metrics {
			series++
			for _, l := range m.GetLabel() {
				if !slices.Contains(known[l.GetName()], l.GetValue()) {
					t.Errorf("%s has the label %s=%q", name, l.GetName(), l.GetValue())
				}
				if strings.Contains(l.GetValue(), "KEYKEY") || strings.Contains(l.GetValue(), "secret") {
					t.Errorf("%s tells %q", name, l.GetValue())
				}
			}
		}
	}
	if requests := gathered(t, r)["gutskin_requests_total"]; labelled(requests, "route=none") == 0 || labelled(requests, "method=other") == 0 {
		t.Errorf("nothing was counted for unknown routes and methods")
	}
	if series > 1000 {
		t.Errorf("%d series, which is more than a closed list makes", series)
	}
}

func TestRequestsAreCounted(t *testing.T) {
	r := prometheus.NewRegistry()
	s := newServer(t, func(o *Options) { o.Metrics, o.Limit = r, 3 })
	b := s.browser()
	b.start() // 2 forms of consent and 1 that stays on the page
	for range 4 {
		b.post("/mine", "link=x")
	}
	b.get("/nowhere")
	b.get("/r/" + strings.Repeat("A", 26))
	b.do(b.request(http.MethodHead, "/help", ""))
	all := gathered(t, r)
	for want, n := range map[string]float64{
		"route=/quiz/consent method=GET code=200":  1,
		"route=/quiz/consent method=POST code=303": 1,
		"route=/mine method=POST code=422":         2,
		"route=/mine method=POST code=429":         0, // refused before a route is found
		"method=POST code=429":                     2,
		"route=none code=404":                      1,
		"route=/r/:key code=404":                   1,
		"route=/help method=HEAD code=200":         1,
	} {
		if got := labelled(all["gutskin_requests_total"], want); got != n {
			t.Errorf("%s: got %v, want %v", want, got, n)
		}
	}
	if got := labelled(all["gutskin_requests_refused_total"], "reason=rate"); got != 2 {
		t.Errorf("turned away: got %v, want 2", got)
	}
	if got, want := labelled(all["gutskin_request_duration_seconds"], ""), labelled(all["gutskin_requests_total"], ""); got != want || got == 0 {
		t.Errorf("%v times for %v requests", got, want)
	}
	if got := labelled(all["gutskin_request_duration_seconds"], "route=/quiz/consent method=GET"); got != 1 {
		t.Errorf("times of one route: got %v, want 1", got)
	}
	if all["gutskin_requests_in_work"][0].GetGauge().GetValue() != 0 || all["gutskin_requests_in_work_max"][0].GetGauge().GetValue() == 0 {
		t.Error("requests are in work although all are answered, or none may be")
	}
}

// Every status there can be has a place.
func TestEveryStatusCounts(t *testing.T) {
	app := fiber.New()
	app.Get("/x", func(*fiber.Ctx) error { return nil })
	r := prometheus.NewRegistry()
	route := newMetrics(r, &Server{common: newCommon(Options{}), front: app}).ofRoutes(app)["/x"]
	count := func(method string, code int) bool { route.count(method, code, time.Second); return true }
	if err := quick.Check(count, nil); err != nil {
		t.Fatal(err)
	}
	for _, s := range statuses {
		if !slices.Contains(countedCodes[:], s.status) {
			t.Errorf("the status %d has no place of its own", s.status)
		}
	}
	if got := labelled(gathered(t, r)["gutskin_requests_total"], "route=/x method=other code=other"); got < 90 {
		t.Errorf("got %v, want nearly all", got)
	}
}

func BenchmarkCount(b *testing.B) {
	app := fiber.New()
	app.Get("/r/:key", func(*fiber.Ctx) error { return nil })
	routes := newMetrics(prometheus.NewRegistry(), &Server{common: newCommon(Options{}), front: app}).ofRoutes(app)
	b.ReportAllocs()
	for b.Loop() {
		routes["/r/:key"].count(fiber.MethodGet, 200, time.Millisecond)
	}
}
