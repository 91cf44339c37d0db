PYTHON ?= python3
python := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help serve test test-long fuzz soak check audit bench bench-draft format examples lock clean

# Shows what a command prints only if it fails.
quietly = { output=$$({ $(1); } 2>&1) || { echo "$$output"; exit 1; }; }

help:
	@awk -F ': .*## ' '/^[a-z-]+: .*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

# `exec`, so that a signal to make reaches the server itself and not a shell around it.
serve: export HOST ?= 127.0.0.1
serve: export PORT ?= 8000
serve: export READOUT_PUBLIC_URL ?= http://$(HOST):$(PORT)
serve: .venv/.installed ## Load seed/summits and serve it on http://127.0.0.1:8000 (HOST, PORT, READOUT_DATABASE_URL)
	@$(python) -m seed migrate
	@$(python) -m seed load
	@$(python) -m app.exports
	@exec $(python) -m app

# Byte code is written for tests, whatever PYTHONDONTWRITEBYTECODE says: without it every process of the tests, and every
# `python -m app` that they start, compiles all modules again.
test test-long fuzz: export PYTHONDONTWRITEBYTECODE =

# With CI set, tests that are long by nature run only once, by `make test-long`. Many tests wait for other processes, so
# there are half as many workers again as cores.
workers := $(shell expr $$(getconf _NPROCESSORS_ONLN) \* 3 / 2)
pytest := $(python) -m pytest --numprocesses $(workers) --dist worksteal

test: .venv/.installed ## Run all tests on SQLite and PostgreSQL, on every core; with CI set, measure their coverage
	@$(pytest) $(if $(CI),--cov -m 'not long')

test-long: .venv/.installed ## Run the tests that are long by nature, with the large amounts of tests/amounts.py
	@TEST_LONG=1 $(pytest) -m long

# Each round has a new seed, which is printed if a fuzzer finds something.
fuzz: .venv/.installed ## Run the fuzzers, for FUZZ_SECONDS (60) each, again and again until one fails or Ctrl-C
	@while FUZZ_SECONDS=$(or $(FUZZ_SECONDS),60) $(pytest) --quiet tests/fuzz; do :; done

check: .venv/.installed ## Check format, lint, types, import laws, the lock, the Dockerfile and the migrations; change nothing
	@$(python) -m ruff format --check --quiet
	@$(python) -m ruff check --quiet
	@$(python) -m mypy --no-error-summary
	@$(call quietly, .venv/bin/lint-imports --no-logo)
	@$(python) -m tools.lock check
	@$(call quietly, .venv/bin/hadolint --no-color --failure-threshold warning Dockerfile)
	@folder=$$(mktemp -d) && trap 'rm -r "$$folder"' EXIT && export READOUT_DATABASE_URL="sqlite:///$$folder/empty.db" \
		&& $(call quietly, $(python) -m alembic upgrade head && $(python) -m alembic check)

audit: .venv/.installed ## Ask PyPI for known vulnerabilities of locked packages
	@$(python) -m tools.audit

bench: .venv/.installed .bench/datasette/.installed ## Measure speed beside peers and write docs/performance.md (an hour, 30 GB of disk)
	@$(python) -m bench

soak: .venv/.installed ## Run the service under load for MINUTES (30) while its PostgreSQL servers fail
	@$(python) -m tests.deploy.soak --minutes $(or $(MINUTES),30)

bench-draft: .venv/.installed ## Score the drafts of articles whose quotes are marked: make bench-draft ARTICLES=folder
	@$(python) -m bench.drafting "$(ARTICLES)"

format: .venv/.installed ## Format the code and fix what lint can fix
	@$(python) -m ruff check --fix-only --quiet
	@$(python) -m ruff format --quiet

examples: .venv/.installed ## Write the examples of the OpenAPI document again, after a change to a response
	@$(python) -m tools.examples

lock: .venv/.installed ## Lock the dependencies that pyproject.toml declares
	@$(python) -m tools.lock write

clean: ## Remove all generated files except the database
	rm -rf .venv .bench .*_cache .coverage* .hypothesis htmlcov build dist *.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +

usable = $(shell $(PYTHON) -c 'import ensurepip, sys; print(sys.version_info >= (3, 11))' 2>/dev/null)
advice = Readout needs Python 3.11 or newer with its venv module (on Debian: apt install python3-venv); \
	name another with `make PYTHON=…`
pip := $(python) -m pip --quiet --disable-pip-version-check

.venv/.installed: requirements-dev.txt
	$(if $(filter True,$(usable)),,$(error $(advice)))
	@echo 'Installing into .venv, once: about half a minute'
	@$(PYTHON) -m venv --clear .venv
	@$(pip) install --require-hashes --requirement $<
	@$(pip) install --no-deps --no-build-isolation --editable .
	@touch $@

# An environment of its own, for the product needs none of it; the server is the product's.
same := grep -E '^(httptools|uvicorn|uvloop)=='

.bench/datasette/.installed: requirements.txt .venv/.installed
	@echo 'Installing Datasette into .bench'
	@$(PYTHON) -m venv --clear .bench/datasette
	@.bench/datasette/bin/python -m pip --quiet --disable-pip-version-check install 'datasette>=0.65,<1' \
		$$($(python) -m pip --disable-pip-version-check freeze | $(same))
	@touch $@
