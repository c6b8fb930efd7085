# Everything needed is brought into .venv by the first target that wants it; only Python 3.11+, git and make must be there.

PYTHON ?= python3
VENV   := .venv
UV     := $(or $(shell command -v uv 2>/dev/null),$(VENV)/bin/uv)
READY  := $(VENV)/.ready

.PHONY: help chat test model check eval bench faults picture rounds clean

help: ## lists the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

chat: $(READY) ## chats with the bot in the terminal, on the embedded handbook
	@$(VENV)/bin/haandbogsbot chat

test: $(READY) ## runs all tests
	$(VENV)/bin/pytest

model: $(READY) ## learns the models of tags and questions anew, after a change of their data
	$(VENV)/bin/python -m handlers.tags.training data
	$(VENV)/bin/python -m handlers.handbook.training data

check: $(READY) ## lint, format and type checks
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

eval: $(READY) ## scores the bot on the evaluation sets that are there
	$(VENV)/bin/python -m tests.evaluation

bench: $(READY) ## measures growth of the handbook, and the machine against a do-nothing bot (some minutes)
	$(VENV)/bin/python -m tests.bench.handbook
	$(VENV)/bin/python -m tests.bench.machine

faults: $(READY) ## asks 10 000 questions of the running bot and lets 500 reminders fall due while everything goes wrong (many minutes)
	$(VENV)/bin/python -m tests.faults

picture: $(READY) ## draws docs/chat.svg, the picture in the README
	$(VENV)/bin/python -m docs.picture

rounds: $(READY) ## writes docs/rounds.md, a transcript of both rounds
	$(VENV)/bin/python -m docs.rounds

$(READY): pyproject.toml uv.lock
	@echo "Setting up $(VENV) (about a minute the first time) ..."
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@command -v "$(UV)" >/dev/null 2>&1 || $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check uv
	@UV_SYSTEM_CERTS=1 UV_NATIVE_TLS=1 UV_COMPILE_BYTECODE=1 UV_PROJECT_ENVIRONMENT=$(VENV) \
		$(UV) sync --frozen --all-extras --python $(VENV)/bin/python --quiet
	@$(VENV)/bin/python -m compileall -q bot handlers  # so that the first start is as quick as the next
	@touch $@

clean: ## removes the set-up
	rm -rf $(VENV)
