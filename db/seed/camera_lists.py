"""Load what every district's cameras are sorted by: systems, purposes, kinds of place."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import psycopg

FILE = Path(__file__).parent / "cameras.toml"
LISTS = {"purpose": "camera_purpose", "place": "camera_place", "view": "camera_view"}


def load_camera_lists(connection: psycopg.Connection[Any]) -> None:
    """Store what is lacking; names that a centre changed stay."""
    lists = tomllib.loads(FILE.read_text("utf-8"))
    with connection.transaction(), connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into core.camera_source (district_id, code, name_zh, name_en, rank)
            select d.id, %(code)s, %(name_zh)s, %(name_en)s, %(rank)s from core.district d
            on conflict (district_id, code) do nothing
            """,
            _ranked(lists["source"]),
        )
        for key, name in LISTS.items():
            cursor.executemany(
                """
                insert into core.reason (list, code, name_zh, name_en, rank)
                values (%(list)s, %(code)s, %(name_zh)s, %(name_en)s, %(rank)s)
                on conflict (list, code) do nothing
                """,
                [row | {"list": name} for row in _ranked(lists[key])],
            )


def _ranked(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row | {"rank": rank} for rank, row in enumerate(rows)]
