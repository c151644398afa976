package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gutskin/data"
)

// beGutskin makes the test binary run as the program itself.
const beGutskin = "GUTSKIN_TEST_PROCESS"

// process is gutskin serve in a process of its own.
type process struct {
	t    *testing.T
	cmd  *exec.Cmd
	at   string // as it says itself: http://localhost:4711, or unix:/path
	mu   sync.Mutex
	log  bytes.Buffer
	ends chan error
}

// Write collects the log.
func (p *process) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.Write(b)
}

func (p *process) logged() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

// waitFor waits until the log holds some words, n times.
func (p *process) waitFor(words string, n int) {
	p.t.Helper()
	for end := time.Now().Add(2 * time.Minute); strings.Count(p.logged(), words) < n; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("the log does not say %q:\n%s", words, p.logged())
		}
	}
}

// startServe starts gutskin serve with a database of its own, and waits until it is ready.
func startServe(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{t: t, ends: make(chan error, 1)}
	p.cmd = exec.Command(os.Args[0], append([]string{"serve", "--db", filepath.Join(t.TempDir(), "test.db")}, args...)...)
	p.cmd.Env = append(os.Environ(), beGutskin+"=1")
	p.cmd.Stderr = p
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	_, at, ok := strings.Cut(strings.TrimSpace(line), "is ready on ")
	if !ok {
		t.Fatalf("it did not start: %q %v\n%s", line, err, p.logged())
	}
	p.at = at
	go func() { p.ends <- p.cmd.Wait() }()
	return p
}

func (p *process) signal(s os.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// stops waits for the end of the process, which must be a clean one.
func (p *process) stops(within time.Duration) {
	p.t.Helper()
	select {
	case err := <-p.ends:
		if err != nil {
			p.t.Fatalf("it ended with %v\n%s", err, p.logged())
		}
	case <-time.After(within):
		p.t.Fatalf("it has not ended within %v\n%s", within, p.logged())
	}
}

// visitor is a browser as far as cookies and redirects go.
func visitor(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, Transport: &http.Transport{}, Timeout: 20 * time.Second}
}

// page fetches a page, or sends a form when fields are given.
func page(t *testing.T, c *http.Client, at string, fields ...string) (status int, body string) {
	t.Helper()
	var response *http.Response
	var err error
	if len(fields) > 0 {
		form, _ := url.ParseQuery(strings.Join(fields, "&"))
		response, err = c.PostForm(at, form)
	} else {
		response, err = c.Get(at)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

var attemptField = regexp.MustCompile(`name="attempt" value="(\w+)"`)

// An instance that is told to stop goes on for the time it was given: nobody who was sent
// to it loses anything, and whoever asks learns that others are to be sent elsewhere.
func TestDrainingLosesNoRequest(t *testing.T) {
	p := startServe(t, "--listen", "127.0.0.1:0", "--drain", "1500ms")
	var visitors sync.WaitGroup
	told := make(chan struct{}) // closed once the proxy has noticed
	for range 8 {
		visitors.Go(func() {
			c := visitor(t)
			for n := 0; ; n++ {
				select {
				case <-told:
					return
				default:
				}
				if response, err := c.Get(p.at + "/quiz/consent"); err != nil {
					t.Errorf("request %d: %v", n, err)
				} else if response.Body.Close(); response.StatusCode != http.StatusOK {
					t.Errorf("request %d: got %d", n, response.StatusCode)
				}
			}
		})
	}
	c := visitor(t)
	if status, body := page(t, c, p.at+"/readyz"); status != http.StatusOK {
		t.Fatalf("before: %d %s", status, body)
	}
	time.Sleep(200 * time.Millisecond)
	begun := time.Now()
	p.signal(syscall.SIGTERM)
	for status, body := 200, ""; status == http.StatusOK; time.Sleep(20 * time.Millisecond) {
		if status, body = page(t, c, p.at+"/readyz"); status != http.StatusOK && !strings.Contains(body, "draining: NOT OK") {
			t.Errorf("it is not ready because of %s", body)
		}
	}
	if response, err := c.Get(p.at + "/"); err != nil || !response.Close {
		t.Errorf("a page while draining: %v; the connection stays open", err)
	}
	time.Sleep(500 * time.Millisecond) // the visitors go on, as they would until the proxy notices
	close(told)
	visitors.Wait()
	p.stops(5 * time.Second)
	if took := time.Since(begun); took < 1500*time.Millisecond {
		t.Errorf("it stopped after %v, want 1.5 seconds and more", took)
	}
}

// Who asks twice does not want to wait.
func TestASecondSignalEndsIt(t *testing.T) {
	p := startServe(t, "--listen", "127.0.0.1:0", "--drain", "1h")
	p.signal(os.Interrupt)
	p.waitFor("told to stop", 1)
	p.signal(os.Interrupt)
	select {
	case <-p.ends:
	case <-time.After(5 * time.Second):
		t.Error("it goes on after a second signal")
	}
}

// A quiz under way goes on with its answers while the content changes, and content that
// is wrong changes nothing but the log.
func TestReloading(t *testing.T) {
	dir := t.TempDir()
	content, pid := filepath.Join(dir, "content"), filepath.Join(dir, "pid")
	if err := os.CopyFS(content, data.Files); err != nil {
		t.Fatal(err)
	}
	change := func(file, from, to string) {
		t.Helper()
		path := filepath.Join(content, file)
		body, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(body, []byte(from)) {
			t.Fatalf("%s does not hold %q (%v)", file, from, err)
		}
		if err := os.WriteFile(path, bytes.Replace(body, []byte(from), []byte(to), 1), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p := startServe(t, "--listen", "127.0.0.1:0", "--content", content, "--pid-file", pid, "--metrics", "127.0.0.1:0")
	metrics := regexp.MustCompile(`address=(\S+)`).FindStringSubmatch(logOf(p, "figures are served"))[1]
	reload := func() {
		t.Helper()
		var errs bytes.Buffer
		if got := run(t.Context(), []string{"reload", "--pid-file", pid}, nil, io.Discard, &errs); got != ok {
			t.Fatalf("gutskin reload: got %d, %s", got, errs.String())
		}
	}
	c := visitor(t)
	page(t, c, p.at+"/quiz/consent", "agree=1")
	_, asked := page(t, c, p.at+"/quiz/age")
	attempt := "attempt=" + attemptField.FindStringSubmatch(asked)[1]
	_, urgent := page(t, c, p.at+"/quiz/age", attempt, "a=a35_64")
	if !strings.Contains(urgent, "About you") {
		t.Fatalf("the second question is not in its section:\n%s", urgent)
	}

	reload()
	p.waitFor("the content is the same", 1)

	change("questionnaire.yaml", "name: About you", "name: [All about you")
	reload()
	p.waitFor("the old content stays", 1)
	if log := p.logged(); !strings.Contains(log, "questionnaire.yaml:") || !strings.Contains(log, "problems=1") {
		t.Errorf("the log does not name the problem:\n%s", log)
	}
	if _, body := page(t, c, p.at+"/quiz/urgent"); !strings.Contains(body, "About you") {
		t.Errorf("the old content is not served any more:\n%s", body)
	}

	change("questionnaire.yaml", "name: [All about you", "name: All about you")
	reload()
	for n := 0; !strings.Contains(p.logged(), "other content is served"); n++ { // the proof takes seconds; nobody waits for it
		if status, body := page(t, c, p.at+"/quiz/urgent"); status != http.StatusOK || n > 2000 {
			t.Fatalf("meanwhile: got %d\n%s\n%s", status, body, p.logged())
		}
		time.Sleep(50 * time.Millisecond)
	}
	if _, body := page(t, c, p.at+"/quiz/urgent"); !strings.Contains(body, "All about you") || !strings.Contains(body, attempt[len("attempt="):]) {
		t.Errorf("the new content, or the quiz under way, is not there:\n%s", body)
	}
	if _, body := page(t, c, p.at+"/quiz/age"); !strings.Contains(body, `value="a35_64" checked`) {
		t.Errorf("the answer is gone:\n%s", body)
	}
	if _, body := page(t, c, metrics); !strings.Contains(body, `gutskin_content_reloads_total{result="taken"} 1`) ||
		!strings.Contains(body, `gutskin_content_reloads_total{result="refused"} 1`) || strings.Count(body, "gutskin_edition_info{") != 1 {
		t.Errorf("the figures do not tell of the reload:\n%s", body)
	}
	p.signal(syscall.SIGTERM)
	p.stops(15 * time.Second)
	if _, err := os.Stat(pid); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the pid file is still there: %v", err)
	}
}

// logOf is the first line of the log with these words.
func logOf(p *process, words string) string {
	p.t.Helper()
	p.waitFor(words, 1)
	for _, line := range strings.Split(p.logged(), "\n") {
		if strings.Contains(line, words) {
			return line
		}
	}
	return ""
}

// Figures are on an address of their own and on no other.
func TestMetricsHaveAnAddressOfTheirOwn(t *testing.T) {
	p := startServe(t, "--listen", "127.0.0.1:0", "--metrics", "127.0.0.1:0", "--log", "json")
	at := regexp.MustCompile(`"address":"([^"]+)"`).FindStringSubmatch(logOf(p, "figures are served"))[1]
	c := visitor(t)
	if status, _ := page(t, c, p.at+"/metrics"); status != http.StatusNotFound {
		t.Errorf("the address of the check: got %d, want 404", status)
	}
	status, body := page(t, c, at)
	if status != http.StatusOK {
		t.Errorf("%s: got %d", at, status)
	}
	for _, want := range []string{
		`gutskin_requests_total{code="404",method="GET",route="none"} 1`, "gutskin_build_info{", "gutskin_store_commit_changes_sum 1",
		`gutskin_store_commit_duration_seconds_count{result="committed"} 1`, "gutskin_store_queue_changes 0", `gutskin_store_connections{pool="write",state=`,
		"gutskin_store_sweep_last_success_timestamp_seconds", "gutskin_requests_in_work 0", "go_goroutines", "process_open_fds",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("the figures lack %s:\n%s", want, body)
		}
	}
	if status, _ := page(t, c, strings.TrimSuffix(at, "/metrics")+"/"); status != http.StatusNotFound {
		t.Errorf("the other address answers / with %d, want 404", status)
	}
	p.signal(syscall.SIGTERM)
	p.stops(15 * time.Second)
}

// A socket is for its owner and group, and that of a process that is gone is in nobody's
// way.
func TestListeningOnASocket(t *testing.T) {
	dir, err := os.MkdirTemp("", "gutskin") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, "g.sock")
	first := startServe(t, "--listen", "unix:"+path)
	if first.at != "unix:"+path {
		t.Errorf("it says it is on %s", first.at)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o660 {
		t.Fatalf("the socket: %v %v, want 0660", info.Mode(), err)
	}
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", path)
	}
	c := &http.Client{Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}}
	if status, body := page(t, c, "http://check/readyz"); status != http.StatusOK {
		t.Errorf("got %d %s", status, body)
	}
	refused := func(want string) {
		t.Helper()
		var errs bytes.Buffer
		got := run(t.Context(), []string{"serve", "--db", filepath.Join(t.TempDir(), "x.db"), "--listen", "unix:" + path}, nil, io.Discard, &errs)
		if got != failed || !strings.Contains(errs.String(), want) {
			t.Errorf("got %d, %s; want it refused: %s", got, errs.String(), want)
		}
	}
	refused("another process answers on " + path)
	if err := first.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-first.ends
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("a killed process took its socket along: %v", err)
	}
	second := startServe(t, "--listen", "unix:"+path)
	if status, _ := page(t, c, "http://check/livez"); status != http.StatusOK {
		t.Errorf("over the old socket: got %d", status)
	}
	second.signal(syscall.SIGTERM)
	second.stops(15 * time.Second)
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a process that stops leaves its socket: %v", err)
	}
	if err := os.WriteFile(path, []byte("dear diary"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(path + " is no socket and was left as it is")
	if body, _ := os.ReadFile(path); string(body) != "dear diary" {
		t.Errorf("the file holds %q now", body)
	}
}

// A pid file is only believed while its process lives.
func TestPIDFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pid")
	if _, err := readPID(path); err == nil || !strings.Contains(err.Error(), "--pid-file") {
		t.Errorf("without a file: %v", err)
	}
	if err := os.WriteFile(path, []byte("1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readPID(path); err == nil || !strings.Contains(err.Error(), "has ended") {
		t.Errorf("the file of a process that is gone: %v", err)
	}
	remove, err := writePID(path)
	if err != nil {
		t.Fatal(err)
	}
	if process, err := readPID(path); err != nil || process.Pid != os.Getpid() {
		t.Errorf("got %v, %v; want this process", process, err)
	}
	if _, err := writePID(path); err == nil || !strings.Contains(err.Error(), "another process has the pid file") {
		t.Errorf("a second process: %v", err)
	}
	remove()
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
	if _, err := writePID(filepath.Join(path, "nowhere")); err == nil || !strings.Contains(err.Error(), "check its folder") {
		t.Errorf("no folder: %v", err)
	}
}
