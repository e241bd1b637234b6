"""Who may knock at a shared server: the lines of pg_hba.conf, and the settings that go with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

GROUPS = ("ld_console", "ld_intake", "ld_wall")
HEADING = """\
# Liangdeng: put these lines first in pg_hba.conf, then `select pg_reload_conf()`.
# Only TLS, only SCRAM, only this database. Consoles connect with sslmode=verify-full and, best,
# channel_binding=require: then a server in between can replay nothing, whatever certificate it has.
# TYPE    DATABASE  USER  ADDRESS  METHOD
local     all  postgres  peer
"""
ENDING = """\
# Nobody else, and nobody without TLS.
host      all  all  all  reject
"""
SETTINGS = """\
# Liangdeng: include this file in postgresql.conf (include_if_exists), then restart.
ssl = on
ssl_cert_file = '{certificate}'
ssl_key_file = '{key}'
ssl_min_protocol_version = 'TLSv1.3'
password_encryption = 'scram-sha-256'
log_connections = on
log_disconnections = on
# What people write stands in statements and details of errors: neither goes into the log.
log_min_error_statement = panic
log_error_verbosity = terse
authentication_timeout = 10s
# A second after each wrong password. What the server loads already goes into the same list.
shared_preload_libraries = 'auth_delay'
auth_delay.milliseconds = 1000
tcp_keepalives_idle = 30
tcp_keepalives_interval = 10
tcp_keepalives_count = 3
client_connection_check_interval = 10s
"""


def hba_lines(database: str, networks: Sequence[str], owner: str) -> str:
    """Return the lines: the owner from the server itself, everybody else over TLS from the given networks."""
    quoted = '"' + database.replace('"', '""') + '"'
    lines = [
        f'host      all  "{owner}"  127.0.0.1/32  scram-sha-256',
        f'host      all  "{owner}"  ::1/128  scram-sha-256',
    ]
    lines += [
        f"hostssl   {quoted}  +{group}  {network}  scram-sha-256" for network in networks for group in GROUPS
    ]
    return HEADING + "\n".join(lines) + "\n" + ENDING


def settings(certificate: Path, key: Path) -> str:
    """Return what postgresql.conf includes."""
    return SETTINGS.format(certificate=certificate, key=key)
