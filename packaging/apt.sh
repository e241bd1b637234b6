# Sourced: packages of the system, installed where apt may be used, else named for whoever may.

say() { printf '%s: %s\n' "$speaker" "$*" >&2; }
is_debian() { command -v dpkg-query >/dev/null; }
installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
provided() { installed "$1" || installed "$1t64"; } # Debian 13 and Ubuntu 24.04 renamed some with t64
is_root() { [ "$(id -u)" -eq 0 ]; }
may_be_root() { is_root || sudo -n true 2>/dev/null; }
as_root() { if is_root; then "$@"; else sudo -n "$@"; fi; }

not_installed() {
  local name
  for name; do
    provided "$name" || echo "$name"
  done
}

# Install packages; fails, and says what to ask for, where that may not be.
provide() {
  [ "$#" -gt 0 ] || return 0
  if ! may_be_root; then
    say "missing, and apt is not ours to use. Ask an administrator for:"
    say "  apt-get install --no-install-recommends $*"
    return 1
  fi
  say "installing $*"
  if ! { as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; } >&2; then
    say "apt failed. By hand: apt-get install --no-install-recommends $*"
    return 1
  fi
}
