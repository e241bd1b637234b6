#!/usr/bin/env bash
# Open the demo on a screen; without one say so and take the tour.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-.venv/bin}/liangdeng
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
  exec "$program" demo
fi
echo "No screen here (DISPLAY and WAYLAND_DISPLAY are empty): taking the tour instead, pictures in build/tour/." >&2
QT_QPA_PLATFORM=offscreen exec "$program" tour --out build/tour
