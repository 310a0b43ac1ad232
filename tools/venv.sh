#!/bin/sh
# Makes .venv and installs the pinned requirements into it, unless that is done: tools/venv.sh requirements.txt
# Run from the project's folder. Everything is called as `.venv/bin/python -m …`, so the folder may have spaces and move.
set -eu

fail() {
    echo "reg4covid: $1" >&2
    exit 2
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if command -v "$name" >/dev/null && new_enough "$name"; then
            echo "$name"
            return
        fi
    done
}

requirements=$1
mkdir -p -m 700 var && touch var/venv.lock 2>/dev/null || fail "this user may not write to $PWD/var"
exec 9>var/venv.lock
if command -v flock >/dev/null; then
    flock 9 # two starts at once
fi

stamp=.venv/installed-$requirements
if [ -f "$stamp" ] && cmp -s "$requirements" "$stamp" && new_enough .venv/bin/python; then
    exit 0
fi

if ! new_enough .venv/bin/python || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    [ -n "$python" ] || fail "Python 3.11 or newer is needed; install it, or name it: make run PYTHON=/path/to/python3"
    "$python" -c 'import venv, ensurepip' 2>/dev/null ||
        fail "this Python has no venv module; install it (on Debian and Ubuntu: apt-get install python3-venv)"
    echo "Making the virtual environment in .venv ..."
    "$python" -m venv --clear .venv || fail "the virtual environment could not be made"
fi
echo "Installing $requirements ..."
.venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$requirements" ||
    fail "the packages of $requirements could not be installed; the reason stands above"
cp "$requirements" "$stamp"
if [ "$requirements" = requirements-dev.txt ]; then
    cp requirements.txt .venv/installed-requirements.txt # it holds them all
fi
