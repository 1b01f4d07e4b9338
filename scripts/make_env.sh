#!/usr/bin/env bash
# Makes the virtual environment of the Makefile: scripts/make_env.sh PYTHON FOLDER
set -euo pipefail

python=$1
folder=$2

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "symhet needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python3 ..." >&2
    exit 1
fi
# Debian ships venv without ensurepip unless python3-venv is installed.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "this Python cannot make virtual environments; on Debian: apt-get install python3-venv" >&2
    exit 1
fi

echo "installing symhet into $folder (first time, or after a change of requirements.lock)"
"$python" -m venv --clear "$folder"
"$folder/bin/python" -m pip install --quiet --no-deps --requirement requirements.lock
# The build backend is pinned by the lock too, so nothing is resolved a second time here.
"$folder/bin/python" -m pip install --quiet --no-deps --no-build-isolation --editable .
"$folder/bin/python" -m pip check
