# run     read the sample corpus into a ledger, print what it holds, and serve the page until Ctrl-C
# test    ruff, mypy, then every test that takes seconds
# test-long  the tests that take minutes
# lint    ruff and mypy alone
# bench   start-up and speed, printed; bench/README.md lists the other benches
# docs    the files under docs/ that are made from the code

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
LEDGER := build/aleppo-2016.db
PYTEST_ARGS ?=
PORT ?= 8611

.PHONY: run test test-long lint bench docs clean
.DELETE_ON_ERROR:

PAGE := $(shell find frontend -path frontend/node_modules -prune -o -type f -print)

$(READY): pyproject.toml constraints.txt hatch_build.py $(PAGE)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,postgres,ray,web]'
	touch $@

run: $(READY)
	@mkdir -p build
	@$(BIN)/rashomon add examples/aleppo-2016 --ledger $(LEDGER)
	@$(BIN)/rashomon incidents --ledger $(LEDGER)
	@$(BIN)/rashomon status --ledger $(LEDGER)
	@echo
	@echo "Look further:  $(BIN)/rashomon --help"
	@echo "One incident:  $(BIN)/rashomon show ID --ledger $(LEDGER) --why"
	@echo "Search:        $(BIN)/rashomon search hospital --ledger $(LEDGER)"
	@echo
	@$(BIN)/rashomon serve --ledger $(LEDGER) --port $(PORT)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/mypy

test: lint
	$(BIN)/python -m pytest -m 'not long$(EXCLUDE:%= and not %)' -rs $(PYTEST_ARGS)

test-long: $(READY)
	$(BIN)/python -m pytest -m long -rs $(PYTEST_ARGS)

bench: $(READY)
	$(BIN)/python bench/help.py
	$(BIN)/python bench/speed.py

docs: $(READY)
	$(BIN)/python docs/make.py

clean:
	rm -rf $(VENV) build
