# The habits of the house: what one does here every day. `make help` prints this list.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run dev test check e2e net fuzz bench build contract
export PATH := $(PATH):$(HOME)/.cargo/bin

# Everything the front end is built from, folders too, so that a file that went away counts as a change.
WEB_SOURCES := $(shell find web -mindepth 1 \( -name node_modules -o -name dist -o -name dev-dist -o -name coverage -o -name .tanstack \) -prune -o -print 2>/dev/null)

# The server as `make test` builds it: beside a test of the workspace, dependencies get the same features, and nothing is built twice.
BUILD_SERVER := cargo build --workspace --bin vdp --test tidy
export BUILD_SERVER

# Build what changed and serve a sample day at the printed address, with its data in ./data; VDP_* settings are honoured.
run:
	@scripts/setup run
	@$(MAKE) -s --no-print-directory web/dist/index.html
	@echo "run: building the server (the first time takes some minutes), then starting it"
	@$(BUILD_SERVER)
	@exec $${CARGO_TARGET_DIR:-target}/debug/vdp serve --demo

# Work on it: the page reloads and the server restarts by itself when a source changes.
dev:
	@scripts/setup run
	@$(MAKE) -s --no-print-directory web/dist/index.html
	@scripts/dev

# Everything that must hold: format, tidy, the web's lint and tests, Rust tests on both databases, contract, browser stories.
test:
	@scripts/test

# The quick look before a commit: format, clippy (clippy.toml has the reasons), tidy, the web's lint and types.
check:
	@scripts/setup check
	@$(MAKE) -s --no-print-directory web/dist/index.html
	cargo fmt --all --check
	@mkdir -p target
	rustc --test --edition 2024 crates/server/tests/tidy.rs -o target/tidy
	target/tidy --quiet
	cargo clippy --workspace --all-targets -- -D warnings -W clippy::too_many_lines
	cd web && npm run lint
	cd web && npm run types

# The browser stories alone, in Debian's Chromium with real media; `make e2e STORY=first-day` runs one.
e2e:
	@scripts/setup test
	@$(MAKE) -s --no-print-directory web/dist/index.html e2e/node_modules/.package-lock.json
	$(BUILD_SERVER)
	scripts/with-postgres e2e/run $(STORY)

# A real browser behind blocked UDP, NAT, loss, delay and narrow lines, in network namespaces; wants root and coturn.
net:
	@scripts/setup test
	@$(MAKE) -s --no-print-directory web/dist/index.html e2e/node_modules/.package-lock.json
	$(BUILD_SERVER)
	e2e/net/run $(CASE)

# Look for packets, descriptions, messages and updates of boards that make the server panic, five minutes each; wants nightly Rust and cargo-fuzz.
fuzz:
	@scripts/fuzz $(TARGET)

# Measure against references in the same run, and write the table to docs/benchmarks.md.
bench:
	@scripts/setup test
	@$(MAKE) -s --no-print-directory web/dist/index.html
	cargo build --release --workspace --bin vdp --bin xtask --example whip_whep
	scripts/with-postgres target/release/xtask bench $(ROW)

# What one installs: the front end and target/release/vdp.
build:
	@scripts/setup run
	@$(MAKE) -s --no-print-directory web/dist/index.html
	cargo build --release --workspace --bin vdp

# Write the client's types anew from the server's own description, after a change of the API or of a socket's messages.
contract:
	@scripts/setup run
	@$(MAKE) -s --no-print-directory web/dist/index.html
	$(BUILD_SERVER)
	scripts/contract write

# Print what can be asked of make here.
help:
	@sed -n '/^# /{h;n;/^[a-z0-9]*:/{s/:.*//;G;s/\(.*\)\n# \(.*\)/  make \1\t\2/p;}}' Makefile | expand -t 18

# What npm wrote last when all packages were in place.
PACKAGES := web/node_modules/.package-lock.json e2e/node_modules/.package-lock.json scripts/contract-types/node_modules/.package-lock.json
$(PACKAGES): %/node_modules/.package-lock.json: %/package-lock.json %/package.json
	@echo "$*: fetching its npm packages"
	@cd $* && npm ci --no-progress --loglevel=error
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(WEB_SOURCES)
	@echo "web: building the front end"
	@cd web && npm run --silent build
	@touch $@
