# Two commands matter: `make serve` and `make test`. `make setup` is the first half of both.
PYTHON ?= python3
BIN := .venv/bin
PIP = $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check install --quiet
LOCK = uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --quiet pyproject.toml --group build

.PHONY: setup serve test lock clean

setup: .venv/ready

serve: setup
	@$(BIN)/mithaq migrate
	@$(BIN)/mithaq import seeds
	@exec $(BIN)/mithaq serve $(ARGS)

test: .venv/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest $(ARGS)

# The environment is made without pip of its own: Debian's Python has none to give, and the
# system's pip may install into it even where it may not into the system (PEP 668).
.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Mithaq needs Python 3.11 or newer: make PYTHON=python3.11 …" >&2; exit 1; }
	@echo "Making the environment in .venv/ …"
	@$(PYTHON) -m venv --without-pip .venv
	@touch $@

.venv/ready: .venv/python requirements.lock pyproject.toml
	@echo "Installing what the lock lists …"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/tested: .venv/ready requirements-dev.lock
	@echo "Installing what the tests need …"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

lock:
	$(LOCK) -o requirements.lock
	$(LOCK) --group dev -o requirements-dev.lock

clean:
	rm -rf .venv playground/dist playground/node_modules
