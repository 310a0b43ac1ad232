# Relative names only, so that the folder may have spaces in its path. `make help` lists the targets.
PYTHON ?=
PORT ?=
BIND ?=
export PYTHON PORT BIND
VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run stop test bench check format pictures lock demo-reset venv venv-dev

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do printf 'make %-11s %s\n' "$$name" "$$text"; done

run: venv ## start the portal at http://127.0.0.1:8000/ (PORT=8123 and BIND=… choose the address); Ctrl-C ends it
	@$(VENV) -m reg4covid.run

stop: venv ## end a running portal of this folder, and its database
	@$(VENV) -m reg4covid.run stop

test: venv-dev ## run every test, those in a browser too
	@$(VENV) -m tools.browser
	@$(VENV) -m pytest -n 2

bench: venv-dev ## print what each page costs at 1,000 and 100,000 initiatives and topics; takes about 20 minutes
	@$(VENV) bench/web.py
	@$(VENV) bench/forum.py

check: venv-dev ## run the static checks; starts nothing
	@sh tools/check.sh

format: venv-dev ## format Python and templates
	@sh tools/format.sh

pictures: venv-dev ## draw the pictures of the README, of a demonstration of their own
	@$(VENV) -m tools.pictures

lock: venv-dev ## pin the newest versions that requirements.in and requirements-dev.in allow
	@$(VENV) -m piptools compile --quiet --upgrade --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --output-file requirements.txt requirements.in
	@$(VENV) -m piptools compile --quiet --upgrade --strip-extras --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options --output-file requirements-dev.txt requirements-dev.in

demo-reset: venv ## stop the portal and remove the demonstration's data (refused with DATABASE_URL)
	@$(VENV) -m reg4covid.run reset

venv:
	@sh tools/venv.sh requirements.txt

venv-dev:
	@sh tools/venv.sh requirements-dev.txt
