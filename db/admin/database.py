"""`liangdeng db`: prepare and upgrade a database, load a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import psycopg
import typer
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from db import schema
from db.admin import calendar, server_rules
from db.admin.context import DATABASE, admin_dsn, given_dsn
from db.admin.output import JsonFlag, answer, note
from db.admin.tls import Authority

app = typer.Typer(help="Prepare and upgrade a database, load a calendar.")
app.command("calendar")(calendar.load)


@app.command()
def init(
    network: Annotated[
        list[str] | None, typer.Option(help="Where consoles are, as 10.1.0.0/16; repeat for more.")
    ] = None,
    hba: Annotated[
        Path | None, typer.Option(help="File for the lines of pg_hba.conf; without: standard error.")
    ] = None,
    tls: Annotated[
        Path | None, typer.Option(help="Folder for a test server's certificates and settings.")
    ] = None,
    host: Annotated[list[str] | None, typer.Option(help="The server's name, for --tls.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Create roles and database if missing, bring it to the current schema, write the server's rules."""
    dsn = given_dsn()
    if dsn is None:  # the embedded server is prepared whenever it is lent, and has rules of its own
        with admin_dsn():
            answer({"ok": True}, as_json)
        return
    given = conninfo_to_dict(dsn)
    database = str(given.get("dbname", DATABASE))
    schema.prepare(make_conninfo(dsn, dbname="postgres"), make_conninfo(dsn, dbname=database), database)
    if network or hba:
        lines = server_rules.hba_lines(database, network or ["samenet"], str(given.get("user", "postgres")))
        if hba:
            hba.write_text(lines, "utf-8")
        else:
            note(lines)
    if tls:
        try:
            _write_tls(tls, host or [str(given.get("host", "localhost"))])
        except ValueError as error:
            raise typer.BadParameter(
                f"a certificate takes no such name: {error}", param_hint="--host"
            ) from error
    answer({"ok": True, "hba": hba, "tls": tls}, as_json)


def _write_tls(folder: Path, hosts: Sequence[str]) -> None:
    """Write ca.crt, server.crt, server.key and liangdeng.conf."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority = Authority.new()
    authority.write(folder)
    certificate, key = authority.issue(folder, hosts)
    text = server_rules.settings(certificate.resolve(), key.resolve())
    (folder / "liangdeng.conf").write_text(text, "utf-8")


@app.command()
def upgrade(as_json: JsonFlag = False) -> None:
    """Migrate to the current schema and replay every routine."""
    with admin_dsn() as dsn:
        schema.upgrade(dsn)
        with psycopg.connect(dsn) as connection:
            row = connection.execute("select version_num from alembic_version").fetchone()
    answer({"ok": True, "head": row[0] if row else None}, as_json)
