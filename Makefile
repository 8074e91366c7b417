# Everything a newcomer types. Each command may be run again at any time; the second run is quick.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
BIN := .venv/bin
PO := $(wildcard pwa/locales/*/LC_MESSAGES/alder.po)
DEMO := var/demo
PYTEST := $(BIN)/python -m pytest -n auto --dist worksteal

.PHONY: help setup dev run test test-full bench check lock strings clean

help: ## what can be typed here
	@sed -nE 's/^([a-z-]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 20

setup: .venv/.installed $(PO:.po=.mo) ## all that running needs, in .venv

.venv/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Alder needs Python 3.11 or newer. Try: make PYTHON=python3.11 setup")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || .ci/needs venv
	$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: requirements.lock pyproject.toml .venv/.python
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

dev: setup .venv/.dev

.venv/.dev: requirements-dev.lock .venv/.installed
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

%.mo: %.po .venv/.installed
	@$(BIN)/pybabel --quiet compile --statistics --input-file $< --output-file $@

run: setup ## a demo: members on http://127.0.0.1:8000, staff on http://127.0.0.1:8001
	@mkdir -p $(DEMO)
	@exec $(BIN)/alder serve --data $(DEMO) --port 8000 --staff-port 8001 --demo

check: dev ## the checks of .pre-commit-config.yaml, without git
	@$(BIN)/python .ci/checks

test: check ## every check, in under 15 minutes
	@.ci/needs chromium postgres
	@$(PYTEST) -m "not full"

test-full: check ## the same with full counts
	@.ci/needs chromium postgres
	@$(PYTEST) --hypothesis-profile=full

bench: dev ## the figures, in bench/results.json
	@.ci/needs chromium
	@$(BIN)/python -m bench

lock: dev ## both locks again, after a change in pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	  --group build pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	  --group build --group dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock

strings: dev ## catalogues brought up to date with the code and the templates
	$(BIN)/pybabel --quiet extract --mapping-file pwa/locales/babel.cfg --output-file pwa/locales/alder.pot \
	  --keywords N_ --keywords safety --no-wrap --sort-by-file --add-location file --omit-header --project Alder server moderation pwa
	for language in es ar; do \
	  $(BIN)/pybabel --quiet update --domain alder --input-file pwa/locales/alder.pot --output-dir pwa/locales \
	    --locale $$language --init-missing --no-wrap --no-fuzzy-matching --ignore-pot-creation-date; done

clean: ## forget .venv, caches and the demo
	rm -rf .venv var .pytest_cache .ruff_cache .hypothesis .import_linter_cache
