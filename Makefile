# Every target sets up what it needs; `make` alone prints this list.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup demo test check test-system bench docs train clean

help:  ## print this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(STAMP)  ## create .venv and install the program with its pinned dependencies

$(STAMP): pyproject.toml constraints.txt hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit("worldstage needs Python 3.11 or newer, and this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $(STAMP)

demo: setup  ## read, code and measure the bundled case; ends with the dossier's path
	$(BIN)/worldstage demo

check: setup  ## lint, types, import rules and the fast tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -m 'not slow and not system' -n 2

test: check  ## everything that needs no browser and no Java
	$(BIN)/python -m pytest -q -m 'slow and not system' -n 2

test-system: setup  ## tests in a real browser (needs chromium)
	$(BIN)/python -m pytest -q -m system

bench: setup  ## measure accuracy and speed against the pinned floors
	$(BIN)/python -m benchmarks

docs: setup  ## write the reference pages from the code
	$(BIN)/python -m docs.generate

train: setup  ## train the coder from the sentences in training/
	$(BIN)/python -m training

clean:  ## remove what the other targets made
	rm -rf $(VENV) demo site .mypy_cache .ruff_cache .pytest_cache .hypothesis
