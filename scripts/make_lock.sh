#!/usr/bin/env bash
# Resolves requirements.lock for every supported Python: scripts/make_lock.sh PYTHON
set -euo pipefail

python=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$python" -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet uv
"$work/env/bin/uv" pip compile --quiet --universal --python-version 3.11 --no-annotate --no-header \
    --all-extras pyproject.toml scripts/build-requirements.txt --output-file "$work/lock"
{
    echo "# Every package that the Makefile installs, for Python 3.11 to 3.13. Written by: make lock"
    cat "$work/lock"
} > requirements.lock
