# Two commands start everything: `make run` and `make test`. `make` lists the rest.

SHELL       := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.NOTPARALLEL:

# No C compiler is needed, and the binary does not tell where it was built.
export PATH        := $(PATH):/usr/local/go/bin
export CGO_ENABLED := 0
export GOFLAGS     := $(strip $(GOFLAGS) -trimpath -buildvcs=false)
# An older Go fetches the one that go.mod asks for.
export GOTOOLCHAIN ?= auto

FUZZTIME ?= 10s
COUNT    ?= 6
BIN      := bin/gutskin
CHROMIUM ?= /usr/bin/chromium
export CHROMIUM
VERSION  := $(shell awk '/^## / {print $$2; exit}' CHANGELOG.md)
LINT     := nice go tool -modfile=tools/go.mod golangci-lint

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

run: build ## Start the check on http://localhost:8080
	$(BIN) serve $(ARGS)

dev: need-go ## The same, reading templates and content anew when they change
	go run . serve --dev --content data $(ARGS)

build: need-go ## Build bin/gutskin, one static file
	go build -ldflags "-s -w -X main.version=$(VERSION)" -o $(BIN) .

release: need-go ## Build the archives for amd64 and arm64, with checksums, in dist/
	tools/release $(VERSION) dist

release-check: release ## Build them again elsewhere, compare, and start them
	tools/release-check $(VERSION) dist

image-check: release ## Build the container image, and try what it holds (as root)
	tools/image-check $(VERSION) dist

units-check: build ## Let systemd judge its units: 0 is closed, 10 is open
	tools/units-check $(BIN)

check: build ## Check the content: every problem as file:line:column
	$(BIN) check $(ARGS)

test: need-go need-postgres ## Run all tests
	go test ./...

golden: need-go ## Rewrite the golden pages; read the diff before you commit
	go test ./views -update

# Go itself now and then takes the end of the time for a failure ("context deadline
# exceeded", with no input that failed): then the target runs once more.
fuzz: need-go ## Fuzz every input parser, FUZZTIME (10s) each
	@grep -rEo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]+' . | sort | while IFS=: read -r file func; do \
	    name=$${func#func }; \
	    echo "$$name in $${file%/*}"; \
	    once() { go test -run='^$$' -fuzz="^$$name\$$" -fuzztime=$(FUZZTIME) -fuzzminimizetime=1x "$${file%/*}" </dev/null 2>&1; }; \
	    out=$$(once) || { grep -q 'context deadline exceeded' <<<"$$out" && ! grep -q 'Failing input' <<<"$$out" && out=$$(once); } || { echo "$$out"; exit 1; }; \
	    tail -n 2 <<<"$$out"; \
	done

fuzz-nightly: ## Fuzz for longer, 30 seconds each
	@$(MAKE) --no-print-directory fuzz FUZZTIME=30s

bench: need-go ## Run the benchmarks 6 times, as benchstat reads them
	@go test -run='^$$' -bench=. -benchmem -count=$(COUNT) ./...

load: build ## Measure the built check beside bare handlers (four minutes)
	go run ./e2e/load -bin $(BIN) $(ARGS)

load-crash: build ## Kill it, fill its disk, lock its file, flood it (two minutes)
	go run ./e2e/load -bin $(BIN) $(ARGS) crash

load-instances: build need-postgres ## Restart instances and PostgreSQL under load (five minutes)
	go run ./e2e/load -bin $(BIN) $(ARGS) instances

instances: build need-postgres ## Three instances on one PostgreSQL, behind a proxy (a minute)
	go run ./e2e/load -bin $(BIN) -short instances

licences: need-go ## List what the project is built from, and its licences
	tools/licences >docs/licences.md

licences-check: need-go
	@list=$$(tools/licences) && diff -u docs/licences.md - <<<"$$list" || { echo "the list of licences is not true any more: run make licences"; exit 1; }

# Known weaknesses are read from the list of the Go project, so this needs the network and is
# no part of ci.
vulns: need-go ## Look for known weaknesses in what is used; needs the network
	go tool -modfile=tools/go.mod govulncheck ./...

fmt: need-go ## Format the Go files
	"$$(go env GOROOT)/bin/gofmt" -s -w .

fmt-check: need-go
	@files=$$("$$(go env GOROOT)/bin/gofmt" -s -l .); \
	[[ -z $$files ]] || { echo "not formatted, run make fmt:"; echo "$$files"; exit 1; }

lint: need-go ## Run the linters (the first time builds them: two minutes)
	$(LINT) run $(ARGS) ./...

vet: need-go
	go vet ./...

tidy-check: need-go ## Fail if go.mod or go.sum is not tidy
	go mod tidy -diff

smoke: build
	tools/smoke $(BIN)

# Journeys in a real browser. On CI all of it must be there; elsewhere what is
# missing is said.
e2e: build need-browser ## Walk through the check in Chromium: journeys, axe, HTML, budgets
	@cd e2e && rm -rf out && status=0; \
	node --test --test-concurrency=2 --test-reporter=spec tests/*.test.mjs || status=$$?; \
	cat out/budgets.txt; exit $$status

e2e-steps: build need-browser ## Time each step on slow 4G with a slow processor
	node e2e/steps.mjs

shots: build need-browser ## Write every screen to e2e/shots/
	node e2e/shots.mjs

card: need-browser ## Make the picture for links again, from the name and the mark
	node e2e/card.mjs $(ARGS)

lighthouse: build need-browser ## Run Lighthouse as a phone
	@cd e2e/lighthouse && [[ node_modules/.package-lock.json -nt package-lock.json ]] || npm ci --no-audit --no-fund
	node e2e/lighthouse.mjs

# The race detector watches what serves many people at once. It needs a C compiler: on
# CI that must be there; elsewhere its absence is said aloud. The content is proven
# without it: pure functions, over very many answers.
SHARED := ./figures ./quiz ./recommend ./store ./views ./web
test-race: need-go need-postgres
	@if command -v gcc >/dev/null; then \
	    set -x; CGO_ENABLED=1 go test -race -shuffle=on -timeout=20m $(SHARED); \
	elif [[ -n "$${CI:-}" ]]; then \
	    echo "the race detector needs gcc: install it"; exit 1; \
	else \
	    echo "gcc is missing: testing without the race detector"; set -x; go test -shuffle=on $(SHARED); \
	fi
	go test -shuffle=on -timeout=20m $$(go list ./... | grep -vxF "$$(go list $(SHARED))")

# The tests stand last, so that their lines close the output. They also compare the
# golden pages and run the personas.
ci: FUZZTIME := 3s
ci: fmt-check tidy-check licences-check vet build check smoke release-check image-check units-check lint fuzz instances e2e test-race ## Everything a change must pass

need-go:
	@command -v go >/dev/null || { echo "Go is missing: install it from https://go.dev/dl/"; exit 1; }
	@[[ -n "$$(go env GOTOOLCHAIN)" ]] || { echo "$$(go version) is too old: install 1.21 or newer from https://go.dev/dl/"; exit 1; }

need-postgres:
	@tools/need-postgres

need-browser:
	@command -v node >/dev/null && command -v npm >/dev/null && [[ -x $(CHROMIUM) ]] || { \
	    echo "the browser tests need node 18.19 or newer, npm and Chromium: on Debian, apt-get install nodejs npm chromium"; \
	    echo "another Chromium is named by CHROMIUM=/path/to/it"; exit 1; }
	@cd e2e && { [[ node_modules/.package-lock.json -nt package-lock.json ]] || npm ci --no-audit --no-fund; }

.PHONY: help run dev build release release-check image-check units-check check test golden fuzz fuzz-nightly bench load load-crash load-instances instances licences licences-check vulns fmt fmt-check lint vet tidy-check smoke test-race e2e e2e-steps shots card lighthouse ci need-go need-postgres need-browser
