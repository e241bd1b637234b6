# setup, run, test, check, strings, clean: each makes what it needs first, nothing twice.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup run test check strings clean

setup: $(STAMP)

$(STAMP): packaging/requirements-dev.lock pyproject.toml packaging/bootstrap.sh packaging/apt.sh
	packaging/bootstrap.sh $(VENV)
	touch $@

run: setup
	@packaging/run.sh $(BIN)

test: setup
	packaging/test.sh $(BIN)

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python packaging/strings.py check
	packaging/test.sh $(BIN)

strings: setup
	$(BIN)/python packaging/strings.py update

clean:
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
