#!/bin/sh
# Formats Python and templates: `make format`.
set -eu
.venv/bin/python -m ruff check --fix-only --quiet .
.venv/bin/python -m ruff format --quiet .
# djade answers 1 when it changed something.
find . -path ./.venv -prune -o -path ./var -prune -o -name node_modules -prune -o -path '*/templates/*' -name '*.html' -type f -print0 |
    xargs -0 .venv/bin/djade --target-version 5.2 || true
