PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python

.PHONY: test test-lowest test-python lint dist audit api licences screenshots mutation docs demo django-shop flask-shop
.PHONY: bench bench-quick backend backend-stop clean

# The environment, made anew when what it holds changes.
$(VENV)/.installed: setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --upgrade pip
	$(RUN) -m pip install --quiet --editable '.[dev,docs,demo,bench]'
	touch $@

$(VENV)/.installed-for-demo: setup.cfg
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --editable '.[demo,sandbox]'
	touch $@

$(VENV)/.installed-for-shops: setup.cfg
	$(PYTHON) -m venv $(VENV)
	$(RUN) -m pip install --quiet --editable '.[shops,sandbox]'
	touch $@

test: lint
	$(RUN) -m pytest

test-lowest: $(VENV)/.installed
	$(RUN) -m pytest tests/test_package.py -k lowest

# On another Python, which is to be there.
test-python: $(VENV)/.installed
	WITH=$(WITH) $(RUN) -m pytest tests/test_package.py -k 'tests_pass or enough'

lint: $(VENV)/.installed
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/mypy --platform win32 medusa
	$(VENV)/bin/pyright
	$(VENV)/bin/pyrefly check

# What is uploaded to a package index, in dist/.
dist: $(VENV)/.installed
	rm -rf dist
	$(RUN) -m build
	$(VENV)/bin/twine check --strict dist/*

# Fails where a package's vulnerabilities can't be looked up, unless WARN=--warn.
audit: $(VENV)/.installed
	$(RUN) -m release.audit $(WARN)

api: $(VENV)/.installed
	$(RUN) -m release.api

licences: $(VENV)/.installed
	$(RUN) -m release.licences

screenshots: $(VENV)/.installed
	$(RUN) -m release.screenshots

mutation: $(VENV)/.installed
	$(VENV)/bin/mutmut run --max-children 1
	$(VENV)/bin/mutmut results

# The site, in docs/_build.
docs: $(VENV)/.installed
	$(RUN) -m sphinx --fail-on-warning --keep-going docs docs/_build

# On a sandbox store, or with BACKEND=real on a real Medusa.
demo: $(VENV)/.installed-for-demo $(if $(filter real,$(BACKEND)),backend)
	@$(RUN) -m examples.demo $(if $(filter real,$(BACKEND)),$$($(PYTHON) backend/run.py start))

# As the demo; PORT is 8000 where it is not set.
django-shop flask-shop: $(VENV)/.installed-for-shops $(if $(filter real,$(BACKEND)),backend)
	@exec $(RUN) -m examples.serve $(@:-shop=) $(if $(filter real,$(BACKEND)),$$($(PYTHON) backend/run.py start)) --port $(or $(PORT),8000)

bench: $(VENV)/.installed
	env -i PATH="$$PATH" $(abspath $(RUN)) -m benchmarks.run

bench-quick: $(VENV)/.installed
	env -i PATH="$$PATH" $(abspath $(RUN)) -m benchmarks.run --quick

backend:
	$(PYTHON) backend/run.py start

backend-stop:
	$(PYTHON) backend/run.py stop

clean: backend-stop
	rm -rf $(VENV) dist docs/_build mutants backend/node_modules backend/postgres/node_modules tests/parity/node_modules
