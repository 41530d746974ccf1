#!/bin/sh
# setup.sh VENV LOCK WORDS: make the environment, with the packages that the lock file pins.
# What is missing on the machine is said in one line, with the package's name.
set -eu
venv=$1 lock=$2 words=$3

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c "$fits" 2>/dev/null; then
    python=
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c "$fits" 2>/dev/null; then
            python=$name
            break
        fi
    done
    if [ -z "$python" ]; then
        echo "Missing: Python 3.11, 3.12 or 3.13. On Debian and Ubuntu install the package python3 (or name yours: make PYTHON=/path/to/python3.12)." >&2
        exit 1
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        echo "Missing: Python's venv. On Debian and Ubuntu install the package $version." >&2
        exit 1
    fi
    rm -rf "$venv"
    echo "Making the environment $venv with $("$python" --version)" >&2
    "$python" -m venv "$venv"
fi

echo "Installing the pinned packages ($words)" >&2
pip="$venv/bin/python -m pip --disable-pip-version-check --quiet"
if ! $pip install --require-hashes -r "$lock"; then
    echo "The packages could not be installed: see the lines above. Is the network there?" >&2
    exit 1
fi
# Our own package: linked, not copied, so that changes count at once; no network is needed.
$pip install --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
