#!/usr/bin/env bash
# Write the two locks anew: versions and hashes for every platform, no addresses.
# Needs uv (pip install uv); run it by hand after changing dependencies in pyproject.toml.
set -euo pipefail
cd "$(dirname "$0")/.."
compile() {
  uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate \
    --no-header --no-emit-index-url --no-emit-find-links --quiet "$@"
}
compile --output-file packaging/requirements.lock
compile --group pyproject.toml:dev --constraints packaging/requirements.lock \
  --output-file packaging/requirements-dev.lock
