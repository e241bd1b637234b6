#!/usr/bin/env bash
# All tests on the embedded server, then the database's on Debian's PostgreSQL 15 where it is installed.
set -uo pipefail
cd "$(dirname "$0")/.."
python=${1:-.venv/bin}/python
status=0
export QT_QPA_PLATFORM=offscreen
"$python" -m pytest || status=$?
if [ -x /usr/lib/postgresql/15/bin/postgres ]; then
  "$python" -m pytest tests/db --server=15 || status=$?
fi
exit "$status"
