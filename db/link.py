"""The way to a server: no less than a verified one outside this machine, and words for why it failed."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import ssl
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from db.accounts import verifier_of

VERIFIED = "verify-full"
SSL_REQUEST = bytes.fromhex("0000000804d2162f")
PROBE_S = 5.0
EXPIRED, WRONG_NAME = 10, 62  # OpenSSL's numbers of what a certificate fails by


class Trouble(StrEnum):
    """Why there is no link; the console has a sentence for each."""

    PASSWORD = "password"  # noqa: S105 - not one
    NOT_ADMITTED = "not_admitted"
    NO_DATABASE = "no_database"
    TOO_MANY = "too_many"
    UNKNOWN_HOST = "unknown_host"
    NO_ANSWER = "no_answer"
    NO_TLS = "no_tls"
    NO_CA = "no_ca"
    EXPIRED = "expired"
    WRONG_NAME = "wrong_name"
    FOREIGN = "foreign"
    INSECURE = "insecure"
    OLD_SERVER = "old_server"
    OLD_SCHEMA = "old_schema"
    OLD_CONSOLE = "old_console"


class LinkRefused(Exception):
    """This link must not be used."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


# What libpq and the server say; a server of another language is told apart by what libpq itself knows.
_SAYINGS = (
    (r"could not translate host name|name or service not known", Trouble.UNKNOWN_HOST),
    (r"root certificate file .* does not exist|could not load root certificate", Trouble.NO_CA),
    (r"does not match host name", Trouble.WRONG_NAME),
    (r"server does not support SSL|SSL was required", Trouble.NO_TLS),
    (r"password authentication failed|empty password|no password supplied", Trouble.PASSWORD),
    (r"not permitted to log in|no pg_hba.conf entry|permission denied for database", Trouble.NOT_ADMITTED),
    (r"too many (connections|clients)|connection slots are reserved", Trouble.TOO_MANY),
    (r"database .* does not exist", Trouble.NO_DATABASE),
)


def is_address(dsn: str) -> bool:
    """Say whether libpq can read a DSN. Why it cannot is for nobody to read: it quotes the password."""
    try:
        ports = str(conninfo_to_dict(dsn).get("port", ""))
    except (psycopg.ProgrammingError, UnicodeError):
        return False
    return all(port.isdecimal() for port in ports.split(",") if port)


def secured(dsn: str) -> str:
    """Return the DSN with a verified link outside this machine; refuse one that asks for less."""
    given = conninfo_to_dict(dsn)
    if _is_local(given):
        return dsn
    if given.get("sslmode", VERIFIED) != VERIFIED:
        raise LinkRefused(Trouble.INSECURE)
    # Said here, so that no variable of the environment says otherwise; and no server may ask for a readable
    # password, however well its name is verified.
    strict = {"sslmode": VERIFIED, "gssencmode": "disable", "require_auth": "scram-sha-256"}
    added = {name: value for name, value in strict.items() if name not in given}
    if not dsn.startswith(("postgresql://", "postgres://")):
        return make_conninfo(dsn, **added)
    query = "&".join(f"{name}={value}" for name, value in added.items())
    return f"{dsn}{'&' if '?' in dsn else '?'}{query}" if query else dsn


def conninfo(hosts: str, port: int, database: str, user: str, password: str, ca_file: str = "") -> str:
    """Return what libpq needs; with several hosts it takes the one that can be written to."""
    values: dict[str, Any] = {"host": hosts, "port": port, "dbname": database, "user": user}
    if "," in hosts:
        values |= {"target_session_attrs": "read-write"}
    if ca_file:
        values |= {"sslmode": VERIFIED, "sslrootcert": ca_file}
    return secured(make_conninfo(password=password, **values))


def standby_of(dsn: str, hosts: str) -> str:
    """Return the same link to a standby: `host[:port]`, several separated by commas."""
    given = conninfo_to_dict(dsn)
    ends = [_host_and_port(end.strip(), str(given.get("port", "5432"))) for end in hosts.split(",")]
    names, ports = (",".join(each) for each in zip(*ends, strict=True))
    # An empty address is none: the one of the DSN is the primary's.
    there = {"host": names, "port": ports, "hostaddr": "", "target_session_attrs": "standby"}
    return secured(make_conninfo(dsn, **there))


def server_of(dsn: str) -> str:
    """Name server and database without person and secret."""
    given = conninfo_to_dict(dsn)
    return f"{given.get('host', '')}:{given.get('port', '')}/{given.get('dbname', '')}"


def with_password(dsn: str, password: str) -> str:
    """Return the same link with another password."""
    return make_conninfo(dsn, password=password)


def try_password(dsn: str, password: str) -> None:
    """Ask the server by a connection of its own whether a password is right; refuse when it is not."""
    try:
        psycopg.connect(with_password(secured(dsn), password), connect_timeout=5).close()
    except psycopg.OperationalError as error:
        raise LinkRefused(trouble_of(error, dsn) or Trouble.NO_ANSWER) from error


def change_password(dsn: str, password: str) -> None:
    """Give oneself a new password; only its verifier leaves this machine."""
    with psycopg.connect(secured(dsn), autocommit=True, connect_timeout=5) as connection:
        connection.execute("select api.change_password(%s)", [verifier_of(connection, password)])


def trouble_of(error: BaseException, dsn: str) -> Trouble | None:
    """Say why a login failed; None when it did not fail on the way."""
    if isinstance(error, LinkRefused):
        return error.trouble
    cause = getattr(error, "orig", error)
    if not isinstance(cause, psycopg.OperationalError) or cause.sqlstate is not None:
        return None
    words = str(cause)
    for saying, trouble in _SAYINGS:
        if re.search(saying, words, re.IGNORECASE):
            return trouble
    if "SSL error" in words:
        return _fault(dsn)
    if cause.pgconn is not None and (cause.pgconn.needs_password or cause.pgconn.used_password):
        return Trouble.PASSWORD
    return Trouble.NO_ANSWER


def turned_away(error: psycopg.Error, dsn: str) -> Trouble | None:
    """Say why the server lets somebody in no more who had been in; None when the link is merely down."""
    if error.diag.constraint_name == "not_staff":
        return Trouble.NOT_ADMITTED
    trouble = trouble_of(error, dsn)
    return trouble if trouble in (Trouble.PASSWORD, Trouble.NOT_ADMITTED) else None


def _fault(dsn: str) -> Trouble:
    """Look at the certificate again: libpq says that it failed and not by what."""
    given = conninfo_to_dict(dsn)
    for name, address, port in _ends(given):
        try:
            _shake_hands(name, address, port, str(given.get("sslrootcert") or "") or None)
        except ssl.SSLCertVerificationError as error:
            return {EXPIRED: Trouble.EXPIRED, WRONG_NAME: Trouble.WRONG_NAME}.get(
                error.verify_code, Trouble.FOREIGN
            )
        except OSError:
            continue
    return Trouble.FOREIGN


def _shake_hands(name: str, address: str, port: int, ca_file: str | None) -> None:
    context = ssl.create_default_context(cafile=ca_file)
    with socket.create_connection((address, port), timeout=PROBE_S) as link:
        link.sendall(SSL_REQUEST)
        if link.recv(1) == b"S":
            context.wrap_socket(link, server_hostname=name).close()


def _ends(given: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    names = str(given.get("host", "")).split(",")
    addresses = str(given.get("hostaddr") or given.get("host", "")).split(",")
    ports = [int(port) for port in str(given.get("port", "5432")).split(",")]
    for number, (name, address) in enumerate(zip(names, addresses, strict=False)):
        yield name or address, address, ports[min(number, len(ports) - 1)]


def _host_and_port(end: str, default: str) -> tuple[str, str]:
    name, _, port = end.rpartition(":")
    return (name.strip("[]"), port) if name and port.isdigit() else (end.strip("[]"), default.split(",")[0])


def _is_local(given: Mapping[str, Any]) -> bool:
    """Say whether every end the DSN, or the environment behind it, may mean lies on this machine."""
    if given.get("service") or os.environ.get("PGSERVICE"):
        return False
    hosts = given.get("host") or os.environ.get("PGHOST", "")
    addresses = given.get("hostaddr") or os.environ.get("PGHOSTADDR", "")
    ends = [end for end in (*str(hosts).split(","), *str(addresses).split(",")) if end]
    return all(_is_loopback(end) for end in ends)


def _is_loopback(end: str) -> bool:
    if end == "localhost" or end.startswith(("/", "@")):
        return True
    try:
        return ipaddress.ip_address(end).is_loopback
    except ValueError:
        return False
