package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gutskin/data"
)

// The worked example of data/README.md is followed as it stands there: what it says to
// write is written, what it says to run is run, and what it shows is printed.
func TestWorkedExample(t *testing.T) {
	guide, err := data.Files.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, found := strings.Cut(string(guide), "\n## A worked example")
	example, _, whole := strings.Cut(example, "\n## ")
	if !found || !whole {
		t.Fatal("data/README.md has no worked example")
	}
	t.Chdir(t.TempDir())
	var said string // the words before a block
	var printed string
	for _, part := range paragraphs(example) {
		switch block := unindented(part); {
		case block == "":
			said, printed = part, ""
		case strings.HasPrefix(block, "bin/gutskin serve "):
			checkServed(t, arguments(block))
		case strings.HasPrefix(block, "bin/gutskin "):
			printed = command(t, arguments(block))
		case printed != "":
			for line := range strings.Lines(block) {
				if !strings.Contains("\n"+printed, "\n"+line) {
					t.Errorf("%q is not printed:\n%s", line, printed)
				}
			}
			printed = ""
		default:
			write(t, said, block)
		}
	}
}

// paragraphs are parts of a text: words, or an indented block with its empty lines.
func paragraphs(text string) []string {
	var parts []string
	for _, part := range strings.Split(text, "\n\n") {
		part = strings.Trim(part, "\n")
		last := len(parts) - 1
		if last >= 0 && unindented(part) != "" && unindented(parts[last]) != "" && !strings.HasPrefix(parts[last], "    bin/") {
			parts[last] += "\n\n" + part
			continue
		}
		parts = append(parts, part)
	}
	return parts
}

// unindented is a block without its indent, or "" for words.
func unindented(part string) string {
	var b strings.Builder
	for line := range strings.Lines(part) {
		rest, ok := strings.CutPrefix(line, "    ")
		if !ok && strings.TrimSpace(line) != "" {
			return ""
		}
		b.WriteString(rest)
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

var inBackticks = regexp.MustCompile("`([a-z/.-]+\\.yaml)`:$")

// write does what the words before a block ask for.
func write(t *testing.T, said, block string) {
	t.Helper()
	name := inBackticks.FindStringSubmatch(said)
	if name == nil {
		t.Fatalf("%q does not say which file the block is for", said)
	}
	path := filepath.Join("my-content", filepath.FromSlash(name[1]))
	flags := os.O_WRONLY | os.O_APPEND
	if strings.Contains(said, "Write `") {
		flags = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	} else if !strings.Contains(said, "at the end of") {
		t.Fatalf("%q does not say where", said)
	}
	f, err := os.OpenFile(path, flags, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("\n" + block); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func arguments(block string) []string {
	return strings.Fields(strings.TrimPrefix(block, "bin/gutskin "))
}

// command runs a command that ends, and returns what it prints.
func command(t *testing.T, args []string) string {
	t.Helper()
	if args[0] == "check" {
		args = append(args, "--samples=200") // to be quick
	}
	var out, errs bytes.Buffer
	if status := run(t.Context(), args, strings.NewReader(""), &out, &errs); status != ok {
		t.Fatalf("%v ends with %d:\n%s%s", args, status, &out, &errs)
	}
	return out.String()
}

// checkServed serves, and reads the page of the new question's advice.
func checkServed(t *testing.T, args []string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out, in := io.Pipe()
	done := make(chan int, 1)
	var errs bytes.Buffer
	go func() { done <- run(ctx, append(args, "--listen=127.0.0.1:0"), strings.NewReader(""), in, &errs) }()
	var address string
	if _, err := fmt.Fscanf(out, "Gut & Skin Check is ready on %s\n", &address); err != nil {
		t.Fatalf("the server does not say where it is: %v\n%s", err, &errs)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	client := http.Client{Timeout: 10 * time.Second}
	response, err := client.Get(address + "/advice/morning_light")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK || !bytes.Contains(body, []byte("Step outside in the morning")) {
		t.Errorf("the new idea is not served: %s (%v)", response.Status, err)
	}
	if err := response.Body.Close(); err != nil {
		t.Error(err)
	}
	client.CloseIdleConnections()
	stop()
	if status := <-done; status != ok {
		t.Errorf("the server ends with %d:\n%s", status, &errs)
	}
}
