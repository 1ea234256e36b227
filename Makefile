# Two commands matter: `make run` and `make test`. Each sets up what it needs.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test setup bench chaos shots docs fmt lock

help: ## this list
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/'

run: ## set up what is needed and open Jam Room on port 8000 (VOICES=1 with voices, ARGS="--lan" and so on)
	@$(PYTHON) scripts/environment.py $(if $(VOICES),audio,run)
	@exec $(BIN)/jam serve $(ARGS)

setup: ## install all that the tests need
	@$(PYTHON) scripts/environment.py test
	@$(BIN)/python scripts/tools.py

test: setup ## every check and every test, browser included
	@$(BIN)/python scripts/check.py

bench: setup ## measure; what came out before stands in bench/README.md
	@$(BIN)/python -m bench

chaos: setup ## the long forms of simulation, fuzz and chaos
	@JAM_LONG=1 $(BIN)/python scripts/check.py chaos

shots: setup ## draw the pictures of docs/look anew
	@$(BIN)/python scripts/shots.py

docs: setup ## write the tables of docs/protocol.md and the README from the code
	@$(BIN)/python scripts/docs.py

fmt: setup ## put every Python file in form
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: ## compile requirements/*.in again (needs uv)
	@$(PYTHON) scripts/lock.py
