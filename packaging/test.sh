#!/usr/bin/env bash
# All tests on the embedded server, then the database and its guards on Debian's PostgreSQL 15. What only tests
# need is installed first where apt may be used: a server with TLS, a desktop's keyring, an RTSP server.
set -uo pipefail
cd "$(dirname "$0")/.."
python=${1:-.venv/bin}/python
speaker=test
status=0
export QT_QPA_PLATFORM=offscreen
. packaging/apt.sh

# The programs alone are wanted: Debian would also make and start a server of its own.
provide_server() {
  local settings=/etc/postgresql-common/createcluster.d/without.conf
  local missing
  mapfile -t missing < <(not_installed postgresql-15)
  [ "${#missing[@]}" -gt 0 ] || return 0
  if may_be_root; then
    as_root mkdir -p "${settings%/*}"
    echo 'create_main_cluster = false' | as_root tee "$settings" >/dev/null
  fi
  provide "${missing[@]}" || say "without it the tests of TLS and of PostgreSQL 15 are skipped"
  ! may_be_root || as_root rm -f "$settings"
}

provide_keyring() {
  local missing
  mapfile -t missing < <(not_installed gnome-keyring dbus)
  provide "${missing[@]}" || say "without them the test of a real keyring is skipped"
}

# An RTSP server that is not ours, for the players of cameras.
provide_peer() {
  local missing
  mapfile -t missing < <(not_installed gir1.2-gst-rtsp-server-1.0 python3-gi gstreamer1.0-plugins-base \
    gstreamer1.0-plugins-good gstreamer1.0-plugins-ugly)
  provide "${missing[@]}" || say "without them the tests of an independent RTSP server are skipped"
}

if is_debian; then
  provide_server
  provide_keyring
  provide_peer
fi

# Three at a time on two cores, as windows mostly wait; whole files, as a file's tests share what its fixtures made. In
# their order, or the longest test, alone in its file, would begin when all others are done.
all=("$python" -m pytest --numprocesses=3 --dist=loadfile --no-loadscope-reorder)
"${all[@]}" || status=$?
if [ -x /usr/lib/postgresql/15/bin/postgres ]; then
  "${all[@]}" tests/db tests/security --server=15 -m "not once" || status=$?
fi
exit "$status"
