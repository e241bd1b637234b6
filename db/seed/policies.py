"""Load the default settings and clock policies of every district."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import psycopg
from psycopg.types.json import Jsonb

FILE = Path(__file__).parent / "policies.toml"
COLUMNS = (
    "contact_workdays",
    "contact_hours",
    "answer_workdays",
    "answer_hours",
    "complex_workdays",
    "redo_workdays",
    "basis",
)

POLICY = """
insert into core.sla_policy (district_id, category_id, contact_workdays, contact_hours, answer_workdays,
  answer_hours, complex_workdays, redo_workdays, basis)
select %(district)s, c.id, %(contact_workdays)s, %(contact_hours)s, %(answer_workdays)s, %(answer_hours)s,
  coalesce(%(complex_workdays)s::smallint, 10), coalesce(%(redo_workdays)s::smallint, 3), %(basis)s
from (select null::int as id, null as code
      union all select id, code from core.category where district_id = %(district)s) c
where c.code is not distinct from %(category)s::text
"""


def load_policies(connection: psycopg.Connection[Any]) -> None:
    """Store what each district lacks; values somebody changed stay. Categories must be there."""
    defaults = tomllib.loads(FILE.read_text("utf-8"))
    with connection.transaction(), connection.cursor() as cursor:
        for (district,) in connection.execute("select id from core.district order by id").fetchall():
            cursor.executemany(
                """
                insert into core.setting (district_id, key, value, note) values (%s, %s, %s, %s)
                on conflict (district_id, key) do nothing
                """,
                [(district, row["key"], Jsonb(row["value"]), row["note"]) for row in defaults["setting"]],
            )
            cursor.execute("select from core.sla_policy where district_id = %s limit 1", [district])
            if cursor.fetchone() is None:
                cursor.executemany(POLICY, _policies(defaults["policy"], district))


def _policies(rows: list[dict[str, Any]], district: int) -> list[dict[str, Any]]:
    return [
        {"district": district, "category": code} | {column: row.get(column) for column in COLUMNS}
        for row in rows
        for code in row.get("categories", [None])
    ]
