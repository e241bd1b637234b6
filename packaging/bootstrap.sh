#!/usr/bin/env bash
# From a bare machine to a virtual environment with everything: system libraries and a Chinese font
# where apt may be used, else their names; Python 3.11 or newer; pinned packages by hash; the program.
set -euo pipefail
cd "$(dirname "$0")/.."
venv=${1:-.venv}
speaker=setup

# Qt without a screen; Qt in an X window.
libraries=(libegl1 libgl1 libfontconfig1 libdbus-1-3 libxkbcommon0 libglib2.0-0
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1
  libxkbcommon-x11-0)
fonts=(fonts-noto-cjk fonts-wqy-microhei fonts-wqy-zenhei fonts-arphic-uming)

. packaging/apt.sh

find_python() {
  local name
  for name in python3 python3.11 python3.12 python3.13 python3.14; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  return 1
}

has_font() {
  local name
  for name in "${fonts[@]}"; do
    installed "$name" && return
  done
  return 1
}

missing_packages() {
  local python
  not_installed "${libraries[@]}"
  has_font || echo fonts-wqy-microhei
  if ! python=$(find_python); then
    printf '%s\n' python3 python3-venv
  elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
  fi
}

install_system_packages() {
  local missing
  if ! is_debian; then
    [ "$(uname -s)" = Linux ] && say "not a Debian: Qt needs the libraries that Debian calls ${libraries[*]}, and a Chinese font"
    return 0
  fi
  mapfile -t missing < <(missing_packages)
  provide "${missing[@]}" || return 0
}

make_environment() {
  local python
  python=$(find_python) || { say "Python 3.11 or newer is needed, with its venv module"; exit 1; }
  if ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
    say "creating $venv with $python"
    "$python" -m venv --clear "$venv" || { say "python3-venv is missing: apt-get install python3-venv"; exit 1; }
  fi
  say "installing pinned packages"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
    --requirement packaging/requirements-dev.lock
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
  # A start of what nobody compiled takes half a second more, each time where bytecode may not be kept.
  "$venv/bin/python" -m compileall -q console db packaging resources tests
}

install_system_packages
make_environment
