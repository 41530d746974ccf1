# `make` alone lists what can be done. Nothing here needs more than Python 3.11-3.13 and make.

VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test check install bench quality learn campaign lock clean

help: ## list what can be done
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 18

run: install ## start the bot; without GREENBIN_TOKEN, open the playground
	@exec $(BIN)/greenbin run

test: $(VENV)/tests ## run all tests
	@exec $(BIN)/python -m pytest --numprocesses=2 --dist=worksteal $(ARGS)

check: $(VENV)/tests ## format, lint, strict types and import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/tests ## measure look-up, drop-offs, books, reminders and throughput, with plots; ARGS="books"
	@exec $(BIN)/python -m tests.bench $(ARGS)

quality: $(VENV)/tests ## grade the answers; FILE=… for another set than our own
	@exec $(BIN)/python -m tests.quality $(FILE)

learn: $(VENV)/tests ## learn anew from the catalogue what names say; after every edit of it
	@exec $(BIN)/python -m knowledge.training

campaign: $(VENV)/tests ## the long trials; ARGS="kills --shard 1/4", ARGS=--table
	@exec $(BIN)/python -m tests.campaign $(ARGS)

install: $(VENV)/ready ## only make the environment, with .venv/bin/greenbin

$(VENV)/ready: requirements.lock pyproject.toml setup.sh
	@sh ./setup.sh $(VENV) requirements.lock "about half a minute, once"
	@touch $@

$(VENV)/tests: $(VENV)/ready requirements-dev.lock
	@sh ./setup.sh $(VENV) requirements-dev.lock "what the tests need, about half a minute, once"
	@touch $@

lock: ## choose newer versions of the packages (needs uv)
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml --group build -o requirements.lock
	@uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		-c requirements.lock pyproject.toml --group build --group dev -o requirements-dev.lock

clean: ## remove the environment and what tools leave behind; var/ stays
	@rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
