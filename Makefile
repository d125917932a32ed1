# soket: `make demo` sets up everything and runs the main job; `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
LOCKED := requirements.txt requirements-dev.txt
# A stack and the tests start hundreds of processes: what one has compiled the next one reads, wherever that is off.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help
help: ## List what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: setup
setup: $(VENV)/.ready ## Install everything into .venv

$(VENV)/.ready: $(LOCKED) pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode $(addprefix -r ,$(LOCKED))
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	touch $@

.PHONY: demo
demo: setup ## Replay the 2021 campaign on an embedded stack (five to ten minutes), and leave the stack up
	$(BIN)/python -m demo $(DEMO)

.PHONY: up
up: setup ## Start the embedded stack in the foreground
	$(BIN)/soket up

.PHONY: down
down: setup ## Stop the embedded stack
	$(BIN)/soket down

.PHONY: test
test: setup ## Run the tests
	$(BIN)/pytest -n 3 --no-loadscope-reorder $(TESTS)

.PHONY: fuzz
fuzz: setup ## Change the corpus at random and read it, a minute or FUZZ="--seconds N"; keeps what fails in .fuzz/
	PYTHONPATH=tests $(BIN)/python -m fuzz.run $(FUZZ)

.PHONY: corpus
corpus: setup ## Judge what the field sends and compare with what is right; CORPUS="FOLDER T12" for another, or some
	PYTHONPATH=tests:. $(BIN)/python -m intake.folders $(CORPUS)

.PHONY: parity
parity: setup ## Judge every case of the corpus on the page, by the command line and by intake, and compare; mark its files, too
	PARITY_EVERY=1 $(BIN)/pytest -q tests/intake/test_parity.py tests/reading/test_marks.py

.PHONY: roundtrips
roundtrips: setup ## Let LibreOffice save the corpus' workbooks in each format, and judge them again
	PYTHONPATH=tests:. $(BIN)/python -m intake.round_trips $(CORPUS)

.PHONY: pages
pages: setup ## Draw every paper of a played campaign of 1, 60 and 300 units as pages into .pages/; PAGES="60" for some
	PYTHONPATH=tests:. $(BIN)/python -m stages.pages .pages $(PAGES)

.PHONY: dressings
dressings: setup ## Dress generated tables as clerks do, and see that no figure changes in silence; TABLES=20000
	TABLES=$(or $(TABLES),20000) $(BIN)/pytest tests/intake/test_dressings.py

.PHONY: break
break: setup ## Kill and freeze what a stack of its own is made of, for half an hour; BREAK="'freeze postgres'" for some
	cd tests && PYTHONPATH=..:. ../$(BIN)/python -m e2e.break_all $(BREAK)

.PHONY: drill
drill: setup ## Lose a whole stack, and go on from a copy of its bucket; says how long each step took
	cd tests && PYTHONPATH=..:. ../$(BIN)/python -m e2e.drill

.PHONY: trial
trial: setup ## Try docker-compose.yml out on a Docker engine of its own, killing what carries it (root; no registry); TRIAL=--demo
	$(BIN)/python -m trial $(TRIAL)

.PHONY: simulate
simulate: setup ## Live through thousands of campaigns on a virtual clock; SIMULATIONS=3000
	SIMULATIONS=$(or $(SIMULATIONS),3000) $(BIN)/pytest tests/simulation

.PHONY: faults
faults: setup ## Live through campaigns that everything goes wrong in, and say what was lost; FAULTS="--seeds 1-50"
	$(BIN)/python -m ordeal $(FAULTS)

.PHONY: soak
soak: setup ## Live through a year of many campaigns in an hour, and say what grew; SOAK="--plans 20 --minutes 100"
	$(BIN)/python -m soak $(SOAK)

.PHONY: security
security: setup ## Run the test of every threat in docs/security.md, and the audit of what is locked
	$(BIN)/pytest -n 3 --no-loadscope-reorder -m security $$(PYTHONPATH=tests $(BIN)/python -m security.threats) $(SECURITY)
	@$(MAKE) --no-print-directory audit

.PHONY: audit
audit: setup ## Ask OSV for known holes in what is locked; says so where it cannot be asked
	PYTHONPATH=tests $(BIN)/python -m security.audit || test $$? -eq 3

.PHONY: lint
lint: setup ## Check style and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

.PHONY: format
format: setup ## Put the code into the house style
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: bench
bench: setup ## Measure, and write docs/performance.md
	$(BIN)/python -m bench.run

.PHONY: bench-stock
bench-stock: setup ## Measure soket beside Airflow's stock parts on the same work, half an hour; STOCK="6 1" for a small trial
	$(BIN)/python -m bench.stock.run $(STOCK)

.PHONY: lock
lock: setup ## Make requirements*.txt anew from requirements*.in
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 requirements-dev.in -o requirements-dev.txt

.PHONY: clean
clean: ## Remove what was installed and every state folder
	rm -rf $(VENV) .soket .stock
