# Every target makes its own environment first: nothing has to be installed by hand.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/installed
JOBS ?= 2
# Questions of each kind and split that bench-search takes from the papers.
SAMPLE ?= 20
# Where tests are that print whole documents, draw all pictures, run notebooks or type what readers are told to type.
PAGES := tests/render tests/workbench tests/test_notebooks.py tests/test_readme.py tests/test_conventions.py \
	tests/cli/test_processes.py tests/cli/test_running.py \
	$(addprefix tests/papers/test_,appendices.py corrections.py statements.py trails.py)

.PHONY: help env verify test test-pages test-all lint docs api docs-check source-maps pin pin-check pdf site docs-site notebooks bench bench-search certificates claims lock clean

help:
	@echo "make verify      judge every claim of every paper and print the table of verdicts"
	@echo "make test        run the tests that are not slow"
	@echo "make test-pages  run the slow tests of what is printed, drawn and typed"
	@echo "make test-all    run all tests"
	@echo "make lint        ruff and mypy"
	@echo "make docs        write the documents under derivations/ and the API reference"
	@echo "make api         write the API reference under docs/api/, from docstrings"
	@echo "make docs-check  write them to a temporary folder and compare with the committed ones, and what is kept of claims"
	@echo "make source-maps write which equation is argued in which file, at the door of each paper"
	@echo "make pin         write hashes of documents, verdicts, certificates and pages to build/pins.json"
	@echo "make pin-check   say which of them are other now"
	@echo "make pdf         compile the documents with pdflatex; fails on errors and overfull lines"
	@echo "make site        write the report under site/ and check its links, size and formulas"
	@echo "make docs-site   write the documentation as a site under build/docs, its gallery judged anew"
	@echo "make notebooks   run the notebooks and keep what they show"
	@echo "make bench       measure symhet against SymPy and hand-written NumPy, in one run"
	@echo "make bench-search  rates, work and times of the search, z3 beside it"
	@echo "make certificates search for every certificate of the papers anew and keep them"
	@echo "make claims      judge every claim and keep what was found, which commands tell again"
	@echo "make lock        resolve requirements.lock anew"

env: $(STAMP)

$(STAMP): pyproject.toml requirements.lock scripts/make_env.sh
	@bash scripts/make_env.sh "$(PYTHON)" .venv
	@touch $@

verify: $(STAMP)
	$(BIN)/symhet verify

test: $(STAMP)
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not slow"

test-pages: $(STAMP)
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m slow $(PAGES)

test-all: $(STAMP)
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(STAMP) api source-maps
	$(BIN)/symhet docs -o derivations

source-maps: $(STAMP)
	$(BIN)/python scripts/source_maps.py

api: $(STAMP)
	$(BIN)/python scripts/make_api.py docs/api

docs-check: $(STAMP)
	$(BIN)/python scripts/check_docs.py derivations
	$(BIN)/python scripts/list_claims.py --check

# Before a change that must change nothing, and after it.
pin: $(STAMP)
	@mkdir -p build
	$(BIN)/python scripts/pin.py write build/pins.json

pin-check: $(STAMP)
	$(BIN)/python scripts/pin.py compare build/pins.json

pdf: $(STAMP)
	$(BIN)/python scripts/check_pdf.py derivations

site: $(STAMP)
	$(BIN)/symhet report -o site --quiet
	$(BIN)/python scripts/check_site.py site

docs-site: $(STAMP)
	$(BIN)/python scripts/make_docs_site.py

notebooks: $(STAMP)
	$(BIN)/python scripts/run_notebooks.py --write

# Each file is a program of its own, so that no measurement warms the caches of the next.
bench-search: $(STAMP)
	$(BIN)/python benchmarks/bench_search.py
	$(BIN)/python benchmarks/bench_papers.py --sample $(SAMPLE) --jobs $(JOBS)

bench: $(STAMP)
	@set -e; for file in benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python "$$file"; done

certificates: $(STAMP)
	$(BIN)/python scripts/keep_theorems.py
	$(BIN)/python scripts/list_claims.py

claims: $(STAMP)
	$(BIN)/python scripts/list_claims.py

lock:
	bash scripts/make_lock.sh "$(PYTHON)"

clean:
	rm -rf .venv build dist docs/api .pytest_cache .mypy_cache .ruff_cache .hypothesis
