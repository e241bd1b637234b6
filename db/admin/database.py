"""`liangdeng db`: prepare and upgrade a database, load a calendar."""

from __future__ import annotations

import psycopg
import typer
from sqlalchemy import make_url

from db import schema
from db.admin import calendar
from db.admin.context import admin_dsn, given_dsn
from db.admin.output import JsonFlag, answer

app = typer.Typer(help="Prepare and upgrade a database, load a calendar.")
app.command("calendar")(calendar.load)


@app.command()
def init(as_json: JsonFlag = False) -> None:
    """Create roles and database if they are missing, and bring it to the current schema."""
    dsn = given_dsn()
    if dsn is None:  # the embedded server is prepared whenever it is lent
        with admin_dsn():
            answer({"ok": True}, as_json)
        return
    url = make_url(dsn)
    maintenance = url.set(database="postgres").render_as_string(hide_password=False)
    schema.prepare(maintenance, dsn, url.database or "liangdeng")
    answer({"ok": True}, as_json)


@app.command()
def upgrade(as_json: JsonFlag = False) -> None:
    """Migrate to the current schema and replay every routine."""
    with admin_dsn() as dsn:
        schema.upgrade(dsn)
        with psycopg.connect(dsn) as connection:
            row = connection.execute("select version_num from alembic_version").fetchone()
    answer({"ok": True, "head": row[0] if row else None}, as_json)
