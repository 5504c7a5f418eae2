# Everything one can do here; `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
CODE := config.py wsgi.py stakeholder surveys analysis
LANGUAGES := cy pl ur
PORT ?= 8000

.PHONY: help setup documents demo serve browser test check lint quick deep train evaluate bench screenshots translate lock clean

help: ## List what can be done
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: .venv/installed ## Make .venv with everything the product needs, so that .venv/bin/stakeholder works

documents: .venv/installed-documents ## Add what writes PDF, Word, PowerPoint, SPSS and Parquet files (needs Pango)

demo: setup ## Build an example school (first time) and serve it at http://127.0.0.1:8000
	@$(BIN)/stakeholder demo --port $(PORT)

serve: setup ## Serve this installation's own data (STAKEHOLDER_DATA, default ./data)
	@$(BIN)/stakeholder serve --port $(PORT)

browser: .venv/installed-dev ## Find or install a headless browser for the tests
	@bash tests/install/browser.sh

test: .venv/installed-dev documents browser ## Run every test, installing all that they need
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n auto --dist worksteal

check: lint quick ## Look the code over and run the quick tests: before every commit

lint: .venv/installed-dev documents ## Style, types, borders between packages, templates
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates

quick: .venv/installed-dev documents ## The tests that need no browser and little time
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n auto --dist worksteal -m "not browser and not slow"

deep: .venv/installed-dev documents browser ## Every test with many more random examples: before a release
	STAKEHOLDER_TEST_DEPTH=deep OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n auto --dist worksteal

train: .venv/installed ## Make the model anew; public sets from STAKEHOLDER_SAMPLES, to the folder TO (default: in place)
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m analysis.training.making $(if $(TO),--to $(TO))

evaluate: .venv/installed ## Measure the reading of comments and write docs/evaluation.md; sets from STAKEHOLDER_SAMPLES
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m analysis.training.evaluation

bench: .venv/installed-dev ## Measure answering, the reading of comments and editions; prints tables
	$(BIN)/python bench/respond.py
	$(BIN)/python bench/comments.py
	OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.edition
	$(BIN)/python -m bench.pages
	$(BIN)/python -m bench.exchange

screenshots: .venv/installed-dev documents browser ## Make the pictures of the documentation from the example school
	$(BIN)/python docs/screenshots.py

translate: .venv/installed-dev ## Collect new words for translators and compile what they gave
	@mkdir -p .make
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ --no-location --no-wrap -o .make/messages.pot --project stakeholder-voice \
	  --ignore-dirs "tests bench docs data .*" .
	for language in $(LANGUAGES); do \
	  $(BIN)/pybabel -q update -N --no-wrap --ignore-pot-creation-date -i .make/messages.pot -d stakeholder/locales -l $$language && \
	  $(BIN)/pybabel -q compile -d stakeholder/locales -l $$language || exit 1; done

lock: .venv/installed-dev ## Choose versions anew and write them down with hashes
	for name in base documents dev; do $(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 \
	  --no-emit-index-url --no-emit-find-links requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean: ## Remove .venv and what tools left behind; never the data
	rm -rf .venv .make .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build *.egg-info

.venv/bin/python:
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed. On Debian: apt install python3 python3-venv; then run make again."; exit 1; }
	@"$(PYTHON)" -m venv .venv || \
	  { rm -rf .venv; echo "Python's venv module is missing. On Debian: apt install python3-venv; then run make again."; exit 1; }

.venv/installed: requirements/base.txt pyproject.toml | .venv/bin/python
	@echo "Installing what the product needs (once) ..."
	@$(PIP) install --quiet --require-hashes -r requirements/base.txt
	@$(PIP) install --quiet --no-deps --no-index --no-build-isolation --editable .
	@touch $@

.venv/installed-documents: requirements/documents.txt .venv/installed
	@echo "Installing what writes PDF, Word, PowerPoint, SPSS and Parquet files (once) ..."
	@$(PIP) install --quiet --require-hashes -r requirements/documents.txt
	@bash tests/install/pango.sh
	@touch $@

.venv/installed-dev: requirements/dev.txt .venv/installed
	@echo "Installing what tests and checks need (once) ..."
	@$(PIP) install --quiet --require-hashes -r requirements/dev.txt
	@touch $@
