PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
PINS := release/constraints.txt
# The versions of pip and of the build system are pinned too. An isolated build would ignore these pins.
INSTALL := -m pip install --quiet --constraint $(PINS)
# uv creates the further environments, because it is faster. Like pip, it trusts the certificates of the system.
UV := $(VENV)/bin/uv --system-certs
ALL := dev,docs,demo,bench
# The tests start hundreds of Python processes. Without stored bytecode, each process would compile all modules again.
unexport PYTHONDONTWRITEBYTECODE

# Tests spend much of their time waiting, so more processes than cores are faster. The tests of one file share servers,
# so one process runs the whole file. conftest.py orders the files: pytest-xdist's own order starts the files with the
# fewest tests last, and some of these take longest.
PARALLEL := -n 3 --dist loadfile --no-loadscope-reorder

.PHONY: test test-lowest test-newest test-python lint lint-mypy lint-pyright dist audit api
.PHONY: licences lock screenshots mutation docs demo django-shop flask-shop bench bench-quick backend backend-stop clean

# The packages in the virtual environment. make installs them again when the requirements change. The demo and the shops
# need fewer packages than the tests.
$(VENV)/.installed: EXTRAS := $(ALL)
$(VENV)/.installed-for-demo: EXTRAS := demo,sandbox
$(VENV)/.installed-for-shops: EXTRAS := shops,sandbox
$(VENV)/.installed $(VENV)/.installed-for-demo $(VENV)/.installed-for-shops: setup.cfg pyproject.toml $(PINS)
	$(PYTHON) -m venv $(VENV)
	$(RUN) $(INSTALL) pip setuptools
	$(RUN) $(INSTALL) --no-build-isolation --editable '.[$(EXTRAS)]'
	touch $@

# test-lowest, test-python and test-newest run many of these tests again with other versions.
test: lint
	$(RUN) -m pytest $(PARALLEL) -m 'not lowest'

# Run the tests that need no server and depend on versions, with the lowest versions of the four dependencies.
test-lowest: $(VENV)/.installed
	$(RUN) -m pytest -m lowest tests/test_package.py

# Run the tests that need no server and depend on the Python version: make test-python PYTHON=python3.13
test-python: $(VENV)/.installed
	rm -rf .venv-other
	$(UV) venv --quiet --python $(PYTHON) .venv-other
	$(UV) pip install --quiet --python .venv-other --constraint $(PINS) setuptools
	$(UV) pip install --quiet --python .venv-other --constraint $(PINS) --no-build-isolation --editable '.[$(ALL)]'
	.venv-other/bin/python -m pytest $(PARALLEL) -m 'not server and not once'
	rm -rf .venv-other

# Run the tests that need no server and depend on versions, with the newest versions of all dependencies.
test-newest: $(VENV)/.installed
	rm -rf .venv-newest
	$(UV) venv --quiet --python $(PYTHON) .venv-newest
	$(UV) pip install --quiet --python .venv-newest --editable '.[$(ALL)]'
	NEWEST=1 .venv-newest/bin/python -m pytest $(PARALLEL) -m 'not server and not once'

# mypy and pyright use one core each, so they run at the same time.
lint: $(VENV)/.installed
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(MAKE) --jobs 2 --output-sync lint-mypy lint-pyright
	$(VENV)/bin/pyrefly check

lint-mypy:
	$(VENV)/bin/mypy
	$(VENV)/bin/mypy --platform win32 medusa

lint-pyright:
	$(VENV)/bin/pyright

# Build the files for the package index in dist/, and install and try them on each supported Python.
dist: $(VENV)/.installed
	rm -rf dist
	$(RUN) -m build --no-isolation
	$(VENV)/bin/twine check --strict dist/*
	$(RUN) -m release.check

# Check the dependencies. If the index cannot be asked about the vulnerabilities of a package, this target fails. With
# WARN=--warn, it only prints a warning.
audit: $(VENV)/.installed
	$(RUN) -m release.audit $(WARN)

api: $(VENV)/.installed
	$(RUN) -m release.options
	$(RUN) -m release.names
	$(RUN) -m release.api

licences: $(VENV)/.installed
	$(RUN) -m release.licences

# Pin the newest versions that work on all supported Pythons.
lock: $(VENV)/.installed
	$(RUN) -m release.lock

screenshots: $(VENV)/.installed
	$(RUN) -m release.screenshots

mutation: $(VENV)/.installed
	$(VENV)/bin/mutmut run --max-children 1
	$(VENV)/bin/mutmut results

# Build the site in docs/_build.
docs: $(VENV)/.installed
	$(RUN) -m sphinx --fail-on-warning --keep-going docs docs/_build

# The demo uses a sandbox store, or a real Medusa with BACKEND=real.
demo: $(VENV)/.installed-for-demo $(if $(filter real,$(BACKEND)),backend)
	@$(RUN) -m examples.demo $(if $(filter real,$(BACKEND)),$$($(PYTHON) backend/run.py start))

# The shops use the same backends as the demo. The default PORT is 8000.
django-shop flask-shop: $(VENV)/.installed-for-shops $(if $(filter real,$(BACKEND)),backend)
	@exec $(RUN) -m examples.serve $(@:-shop=) $(if $(filter real,$(BACKEND)),$$($(PYTHON) backend/run.py start)) --port $(or $(PORT),8000)

# requests reads the environment variables at every call, so the benchmarks run with PATH alone.
bench: $(VENV)/.installed
	env -i PATH="$$PATH" $(abspath $(RUN)) -m benchmarks.run

bench-quick: $(VENV)/.installed
	env -i PATH="$$PATH" $(abspath $(RUN)) -m benchmarks.run --quick

# PROFILE is default, flags, inventory or seeded: make backend PROFILE=flags
backend:
	$(PYTHON) backend/run.py start --profile $(or $(PROFILE),default)

backend-stop:
	$(PYTHON) backend/run.py stop $(addprefix --profile ,$(PROFILE))

clean: backend-stop
	rm -rf $(VENV) .venv-newest .venv-other dist docs/_build mutants backend/.run backend/node_modules backend/postgres/node_modules tests/parity/node_modules
