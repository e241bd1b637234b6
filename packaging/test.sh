#!/usr/bin/env bash
# All tests on the embedded server, then the database's on Debian's PostgreSQL 15 where it is installed.
set -uo pipefail
cd "$(dirname "$0")/.."
python=${1:-.venv/bin}/python
status=0
export QT_QPA_PLATFORM=offscreen
# Two at a time, whole files: a file's tests share what its fixtures made.
all=("$python" -m pytest --numprocesses=2 --dist=loadfile)
"${all[@]}" || status=$?
if [ -x /usr/lib/postgresql/15/bin/postgres ]; then
  "${all[@]}" tests/db --server=15 || status=$?
fi
exit "$status"
