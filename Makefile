# Everything a newcomer needs is Python 3.11 or newer: the rest goes into .venv.
#
#   make demo    set up, and run the main job on a workbook it writes first
#   make test    set up, and run the tests (COVER=1 also asks for the coverage floors)
#   make deep    the long randomised suites (QUICK=1 a tenth of them, RELEASE=1 all of them)
#   make check   format, lint, types, generated docs
#   make bench   speed and memory, against yardsticks taken in the same run (QUICK=1: under a minute)
#   make docs    write docs/commands.md and docs/errors.md again
#   make clean   remove what these made

COMMA := ,
VENV ?= .venv
BIN := $(VENV)/bin
BENCH := build/bench
QUIET_PIP := -qq --disable-pip-version-check --no-input
# Both names: which one reaches the isolated build of the package depends on pip's version.
PIP_PINS := PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt
SOURCES := $(shell find collect -type f -not -name '*.pyc')

DEEP := $(if $(RELEASE),release,$(if $(QUICK),quick,1))
TESTS := $(BIN)/python -m pytest -n auto

# What stands directly in collect/ decides and is pure, except for these (tests/test_architecture.py): floor 90, not 100.
EDGES := __main__ cli lazy boundary options desk folders book backups db schema screen terminal blocks cells layout plaintable
EDGE_FILES := $(subst $() ,$(COMMA),$(EDGES:%=collect/%.py))

.PHONY: help demo test deep check bench docs clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^#   //p' Makefile

demo: $(VENV)/.run
	@$(BIN)/collect demo

ifdef COVER
test: $(VENV)/.dev
	@rm -f .coverage .coverage.*
	$(TESTS) --cov --cov-report=
	$(BIN)/python -m coverage report --include='collect/*.py' --omit='$(EDGE_FILES)' --fail-under=100
	$(BIN)/python -m coverage report --include='collect/*/**,$(EDGE_FILES)' --fail-under=90
else
test: $(VENV)/.dev
	$(TESTS)
endif

deep: $(VENV)/.dev
	COLLECT_DEEP=$(DEEP) $(TESTS)

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy -p collect -p tests -p bench
	$(BIN)/python docs/generate.py --check

docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py

bench: $(BENCH)/.installed
	@$(BENCH)/venv/bin/python -m bench.bench $(if $(QUICK),--quick)

clean:
	rm -rf $(VENV) build dist demo .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -type d -name __pycache__ -prune -exec rm -rf {} +

# What stands below makes the environments; a stamp is newer than what it was made from.

$(VENV)/bin/python:
	@sh .ci/venv $(VENV)

$(VENV)/.run: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing collect into $(VENV) ..."
	@$(PIP_PINS) $(BIN)/python -m pip install $(QUIET_PIP) -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing collect and what tests it into $(VENV) ..."
	@$(PIP_PINS) $(BIN)/python -m pip install $(QUIET_PIP) -e '.[dev]'
	@touch $@ $(VENV)/.run

$(BENCH)/venv/bin/python:
	@sh .ci/venv $(BENCH)/venv

# As users have it: a wheel, not a checkout, with the bytecode of everything compiled.
$(BENCH)/.installed: pyproject.toml constraints.txt $(SOURCES) | $(BENCH)/venv/bin/python
	@echo "Installing the wheel into $(BENCH)/venv ..."
	@rm -rf $(BENCH)/wheel && mkdir -p $(BENCH)/wheel
	@$(PIP_PINS) $(BENCH)/venv/bin/python -m pip wheel $(QUIET_PIP) --no-deps --wheel-dir $(BENCH)/wheel .
	@$(PIP_PINS) $(BENCH)/venv/bin/python -m pip install $(QUIET_PIP) --force-reinstall --no-deps $(BENCH)/wheel/*.whl
	@$(PIP_PINS) $(BENCH)/venv/bin/python -m pip install $(QUIET_PIP) $(BENCH)/wheel/*.whl
	@env -u PYTHONDONTWRITEBYTECODE $(BENCH)/venv/bin/python -m compileall -q $(BENCH)/venv/lib || true
	@touch $@
