#!/bin/sh
# The static checks: `make check`. No server is started and none is needed.
set -eu
python=.venv/bin/python
bin=.venv/bin

step() {
    echo "== $1"
}

step "ruff"
$python -m ruff check .
$python -m ruff format --check .
step "imports"
$python -c 'import sys; from importlinter.cli import lint_imports_command; lint_imports_command(sys.argv[1:])' --no-cache
step "templates"
find . -path ./.venv -prune -o -path ./var -prune -o -name node_modules -prune -o -path '*/templates/*' -name '*.html' -type f -print0 |
    xargs -0 "$bin/djade" --target-version 5.2 --check

# As in production, with a database that is nowhere: whoever tried to connect would fail.
unset PORTAL_DEMO BIND PORT
export DATABASE_URL=postgres://nobody@127.0.0.1:1/nowhere
SECRET_KEY=$($python -c 'import secrets; print(secrets.token_urlsafe(64))')
export SECRET_KEY ALLOWED_HOSTS=portal.example.org SITE_URL=https://portal.example.org
export EMAIL_URL=smtp+tls://user:password@mail.example.org:587
step "migrations"
$python -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run
step "deployment"
$python manage.py check --deploy --fail-level WARNING
