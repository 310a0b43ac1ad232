#!/bin/sh
# Make the map files again. Needs Node.js with npm, and Python 3.11 or newer; running the portal needs no Node.js.
set -eu
cd "$(dirname "$0")"
npm ci --no-audit --no-fund
python3 make_shapes.py
